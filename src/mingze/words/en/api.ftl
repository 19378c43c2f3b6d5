# The programs' door: errors of the protocol. Refusals have their words in errors.ftl.
api-malformed = The request is not of the form the contract describes. See /api/v1/openapi.json.
api-unreadable = The body is not readable JSON.
api-code_missing = Send the receipt code as “Authorization: Bearer CODE”.
api-refused = The request was refused.
api-no_such_address = There is nothing at this address. See /api/v1/openapi.json.
