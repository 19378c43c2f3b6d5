# 程序接口：协议层面的错误。业务上的拒绝见 errors.ftl。
api-malformed = 请求不符合接口约定，见 /api/v1/openapi.json。
api-unreadable = 请求体不是可读的JSON。
api-code_missing = 请把查询码放在“Authorization: Bearer 查询码”里。
api-refused = 请求被拒绝。
api-no_such_address = 没有这个地址，见 /api/v1/openapi.json。
