# 通知邮件：只说办件有了新进展和到哪里看，不说内容，不带查询码
notice-subject = 您的办件有了新进展：{ $number }
notice-text =
    您好：

    您提交的“{ $title }”（{ $number }）有了新进展。

    请打开下面的网页，输入回执上的查询码查看：
    { $url }

    为了保护您，这封邮件不写办件内容，也不写查询码。请不要回复这封邮件。
    为发这封邮件，系统打开了一次您留的邮箱，已经记在您办件的“谁看过”里。
# 文件拆解里的几种情形
refused-not_editable = “{ $part }”不能改：原话以文件为准，只能拆开或合并。没有写入任何内容。
refused-bad_date = 日期没有看懂：{ $found }。请写成年-月-日，例如2026-12-04。没有写入任何内容。
refused-title_missing = 请写明文件的标题。
refused-control_character = 第{ $position }个字是看不见的控制字符，请删掉它再保存。没有写入任何内容。
# 账本不予签发
refused-log_shorter = 账本比已经签发过的短：现有{ $found }条，签发过{ $signed }条。多半是恢复了旧备份。没有签发，请运维人员按说明补回后面的记录。
refused-log_forked = 账本与已经签发过的对不上，没有签发。请运维人员立即核查。
refused-tile_differs = 公开账本的文件{ $path }与数据库不一致，没有签发。请运维人员核查这个文件。
refused-signer_down = 公开账本的签发进程没有应答（{ $why }）。记录照常保存；签发进程恢复之前不公布新内容。
refused-signer_other_log = 签发进程持有的是另一本账的密钥：请求的是{ $found }，它只签{ $expected }。没有签发。
refused-signer_state = 签发进程记住的内容不能用：{ $file }（{ $why }）。为免重复签发，没有签发。
refused-signer_unwritable = 签发进程写不了自己的记录（{ $why }）。没有签发。
refused-signer_moved = 签发进程在此期间已为别处签到{ $size }条。一把密钥只能由一处安装使用。
refused-standby_forgets = PostgreSQL没有等待它的{ $standbys }台备用服务器，切换时可能丢失已签发的记录。没有签发：请设置synchronous_standby_names，或断开备用服务器。
