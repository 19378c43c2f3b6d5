# 病毒扫描与统一身份认证
refused-not_scanned = 这个文件还没有扫描。文件按原样保存着，请过几分钟再试。
refused-not_scanned-staff = { $case }：“{ $name }”还没有扫描，因为病毒扫描没有应答或不能处理，所以没有交给您。文件仍按原样封存，查阅已经留痕。请过几分钟再试；如果一直这样，请告诉运行维护人员。
refused-not_scanned-why = 文件还没有扫描。
refused-virus_found = 扫描发现这个文件有害。原件仍然封存着，没有改动。
refused-virus_found-staff = { $case }：病毒扫描发现“{ $name }”有害，所以没有交给您。文件作为证据仍按原样封存，查阅已经留痕。请和提交人联系，另交一份。
refused-virus_found-why = 扫描发现文件有害。
doctor-scanner-ok = 病毒扫描有应答。
doctor-scanner-mend = 病毒扫描没有应答，工作人员打不开外来文件。请启动clamd，或者改正mingze.toml中的[files] clamd。
doctor-provider-ok = 统一身份认证有应答，也有密钥。
doctor-provider-watch = 统一身份认证有应答，但它说的都不算第二种因素，所以每个人在这里还要动态码。如果它要求两种因素，请在[staff.oidc]中写明acr或amr。
doctor-provider-mend = 统一身份认证不能使用（{ $code }），工作人员不能在那里登录。请检查issuer和网络。
