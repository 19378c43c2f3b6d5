"""The programs' door: the same register, the same rights and the same words as the pages, as JSON under `/api/v1/`.

OpenAPI 3.1 describes it at `/api/v1/openapi.json`; every error is a problem (RFC 9457) with the stable code of the
refusal. A person's case is read with its receipt code as bearer token, never in an address.
"""
