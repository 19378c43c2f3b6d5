# mingze doctor 的结论
doctor-secret-mend = 密钥 { $name } 有问题：{ $code ->
    [secret_missing] 缺失，请从备份恢复
    [secret_open] 其他用户可读，请收紧权限（目录700，文件600）
   *[other] 长度不对，请从备份恢复
}。
doctor-secrets_folder-ok = { $count }个密钥都在，只有属主可读。
doctor-reachable-mend = 连不上数据库（{ $code }）。
doctor-versions-ok = 程序{ $program }，记录库版本{ $register }，账号库版本{ $accounts }，一致。
doctor-versions-mend = 程序{ $program }与数据库版本不一致（记录库{ $register }，账号库{ $accounts }）。请运行 mingze upgrade。
doctor-sqlite-ok = SQLite { $version }。
doctor-sqlite-mend = SQLite { $version } 太旧，需要3.37或更新。
doctor-database-ok = { $name } 可写，WAL，结构完好。
doctor-database-mend = { $name } 不能正常使用（{ $code }）。
doctor-pragmas-ok = 账号库写入即落盘（{ $found }）。
doctor-pragmas-mend = 账号库设置不安全（{ $found }）；应为 synchronous=2, foreign_keys=1。
doctor-postgres-ok = PostgreSQL { $version }。
doctor-postgres-mend = PostgreSQL { $version } 太旧，需要15或更新。
doctor-standby-ok = 没有PostgreSQL不等待的备用服务器。
doctor-standby-mend = PostgreSQL不等待它的{ $standbys }台备用服务器，切换时可能丢失记录，因此账本不签名。请设置synchronous_standby_names，且synchronous_commit不要设为local；或者断开备用服务器。
doctor-setting-ok = PostgreSQL 的 { $name } 为 { $value }。
doctor-setting-mend = PostgreSQL 的 { $name } 为 { $value }，断电会丢失已回执的记录。请改回安全值后再启动。
doctor-procedures-ok = { $count }个程序可用：{ $names }。
doctor-procedures-mend = 程序文件有错：{ $names }（读入{ $count }个）
doctor-version-ok = { $count }个程序已生效，没有等待批准的版本。
doctor-version-shipped-watch = 程序自带的这些版本在这里还没有生效：{ $names }。用 mingze upgrade 使其生效。
doctor-version-waiting-watch = 等待提出或者等待另一人批准：{ $names }。查看：mingze procedures list --dir …
doctor-version-unreadable-watch = 本单位文件夹里这些内容读不成程序：{ $names }。原因见：mingze check --dir …
doctor-version-stray-watch = “overlays”里有不存在的程序的数字：{ $names }。请核对文件夹名称。
doctor-staffing-instead-watch = authority.yaml 里还没有单位承担“{ $function }”职能；应回避的单位要由它代替。在写明之前，这类事项不能受理：{ $names }。
doctor-calendar-ok = 官方日历覆盖到{ $until }，包含{ $year }年。
doctor-calendar-watch = 官方日历只到{ $until }；{ $year }年的安排公布后请更新。此前跨到{ $year }年的工作日时限标为“暂定”。
doctor-calendar-mend = 官方日历只到{ $until }，已经过期；今天起的工作日时限都是暂定的。请更新到{ $year }年。
doctor-clock-ok = 时钟为{ $now }。
doctor-clock-mend = 时钟为{ $now }，不可信（早于程序或设置的时间，或者太晚）。请校时。
doctor-frozen-watch = 设置了 MINGZE_NOW，但这不是演示实例，因此不起作用。请去掉。
doctor-disk-ok = 磁盘可用{ $megabytes }兆字节。
doctor-disk-watch = 磁盘只剩{ $megabytes }兆字节，请留意。
doctor-disk-mend = 磁盘只剩{ $megabytes }兆字节，很快将不能受理。请清理。
doctor-offices-ok = { $count }个单位，受理、督查、核查各有其人。
doctor-offices-mend = authority.yaml 里没有单位承担：{ $missing }。
doctor-staffing-ok = 程序要用到的职能，都有单位和岗位承担。
doctor-staffing-office-watch = authority.yaml 里还没有单位承担“{ $function }”职能。在写明之前，下列程序不能受理：{ $names }。
doctor-staffing-post-watch = authority.yaml 里还没有岗位承担“{ $function }”职能。下列程序中要由它办的事，没有人能办：{ $names }。
doctor-demo-watch = 这是演示实例：任何人都能以任何岗位登录，不得用于真实办件。
doctor-address-ok = 对外地址 { $address }。
doctor-address-watch = 对外地址 { $address } 不是 https://，登录凭据会明文传输。请在前面放反向代理并改 base_url。
doctor-mail-ok = 通知由 { $host } 发出。
doctor-mail-watch = 没有设置邮件服务器（{ $host }），通知会留在发件箱里。
