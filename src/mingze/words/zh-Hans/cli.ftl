# 命令行
cli-about = 明责：让每件承诺和诉求都有一个负责单位、一道法定程序、一个能自证的时限和一张谁都能核验的回执。
cli-commands = 命令
cli-exit-codes = 退出码：0 完成；1 结果为否（核验不符、检查不过）；2 用法不对；3 实例当前不能用；70 程序故障；130 被中断。语言：--lang zh|en，默认取环境变量 LANG。
cli-fault = 程序出了故障（{ $kind }，{ $place }）。没有显示完成的操作没有生效。设置 MINGZE_DEBUG=1 后重试可看到细节，请报告给维护者。
cli-option-folder = 实例目录
cli-option-lang = 输出语言
cli-option-as-json = 输出一个 JSON 对象
cli-port-taken = 端口{ $port }已被占用。请用 --port 换一个。

cli-demo-short = 试用：虚构的区，一年的办件，只在本机开放
cli-demo-help = 建立虚构的演示区（已有则直接用）并在本机开放，然后给出地址和停止办法。
cli-demo-example = 示例：mingze demo --port 8080 --no-browser
cli-demo-option-port = 监听端口；不给则从8000起找第一个空闲的
cli-demo-option-no-browser = 不打开浏览器
cli-demo-working = 正在建立演示区……
cli-demo-ready = 明责演示已在 { $address } 打开。按 Ctrl+C 停止。
cli-demo-already = 演示已经在 { $address } 运行。

cli-init-short = 建立实例目录
cli-init-help = 建立实例目录：设置、密钥、单位和数据库。重复运行不会改动已有内容。
cli-init-example = 示例：mingze init --dir /srv/mingze
cli-init-option-demo = 填入虚构的演示区；演示实例不能改为正式实例
cli-init-working = 正在建立实例……
cli-init-done = 实例已建好：{ $dir }{ $demo ->
    [yes] （演示）
   *[no] {""}
}。运行：mingze serve --dir { $dir }

cli-serve-short = 开放实例
cli-serve-help = 开放一个实例，直到停止。一个实例同时只能有一个服务。
cli-serve-example = 示例：mingze serve --dir /srv/mingze --port 8000（TLS 由前面的反向代理负责，mingze.toml 的 base_url 写对外地址）
cli-serve-option-host = 监听地址
cli-serve-option-port = 监听端口
cli-serve-option-threads = 应答线程数
cli-serve-ready = 明责已在 { $address } 开放。按 Ctrl+C 停止。

cli-upgrade-short = 备份并升级实例
cli-upgrade-help = 先备份、上锁，再把数据库升级到当前版本。
cli-upgrade-example = 示例：mingze upgrade --dir /srv/mingze
cli-upgrade-option-have-backup = 仅 PostgreSQL：您已用 pg_dump 做好备份
cli-upgrade-working = 正在升级……
cli-upgrade-done = { $dir } 已升级到当前版本。
cli-upgrade-nothing = { $dir } 已是当前版本，不需要升级。
cli-upgrade-procedures = 随本版本生效的程序：{ $names }
cli-upgrade-backup = 升级前的备份在 { $backup }

cli-doctor-short = 检查实例是否健康
cli-doctor-help = 检查密钥、数据库设置、版本、日历、时钟、磁盘和设置。有一项不行即以1退出。
cli-doctor-example = 示例：mingze doctor --dir /srv/mingze --json

cli-staff-short = 管理可以登录的人和岗位
cli-staff-help = 添加人员、授予和结束岗位、发放登记链接。
cli-staff-example = 示例：mingze staff add li.chengban --post zjj.handler --dir /srv/mingze
cli-staff-add-help = 添加一个人并授予岗位，或给已有的人再授一个岗位；新人会得到一次性登记链接。
cli-staff-add-example = 示例：mingze staff add zjj.first --post zjj.handler --from 2026-12-01
cli-staff-add-option-post-id = 岗位，例如 zjj.handler
cli-staff-add-option-from-on = 第一天；不给则为今天
cli-staff-add-option-to-on = 最后一天；不给则不限
cli-staff-add-option-deputy = 代理别人的岗位
cli-staff-link-help = 发新的一次性登记链接；以前的链接和登录设备都失效。
cli-staff-link-example = 示例：mingze staff link zjj.first
cli-staff-end-help = 结束一个人的岗位。
cli-staff-end-example = 示例：mingze staff end zjj.first --post zjj.handler
cli-staff-end-option-post-id = 要结束的岗位
cli-staff-end-option-on = 最后一天；不给则为昨天，即刻结束
cli-staff-close-help = 停用账号：不能再登录，已有会话立即结束。
cli-staff-close-example = 示例：mingze staff close zjj.first
cli-staff-list-help = 列出可以登录的人和今天所任岗位。
cli-staff-list-example = 示例：mingze staff list --json
cli-staff-unknown = 没有登录名为 { $login } 的人。用 mingze staff list 查看。
cli-staff-bad-login = 登录名 { $login } 不合要求：2至64个小写字母、数字、点、下划线或连字符。
cli-staff-no-post = 没有岗位 { $post }。岗位写在实例目录的 authority.yaml 里，例如 zjj.handler。
cli-staff-ends-before = 最后一天{ $to_on }早于第一天{ $from_on }。
cli-staff-added = { $login } 自{ $from_on }起任{ $office }{ $post }。
cli-staff-link = 一次性登记链接（72小时内有效，请当面或通过可信渠道交给本人）：{ $link }
cli-staff-not-held = { $login } 现在不任 { $post }。
cli-staff-ended = { $login } 的岗位 { $post } 到{ $on }为止。
cli-staff-closed = { $login } 已停用，已有会话已结束。
cli-staff-nobody = 还没有人可以登录。用 mingze staff add 添加。
cli-staff-row = { $login }：{ $posts }（{ $state ->
    [closed] 已停用
    [ready] 已登记
   *[waiting] 待登记
}）

cli-decompose-short = 从讲话和文件里拆出承诺事项
cli-due-short = 算一个期限，并逐日说明理由
cli-verify-short = 离线核验回执
cli-check-short = 检查程序文件
cli-procedures-short = 列出和说明程序

cli-file-short = 登记窗口收到的事项
cli-file-help = 登记书面或电话提出的事项，当事人得到与网上相同的回执。
cli-file-example = 示例：mingze file suggestion --field "matter=图书馆门口做一段无障碍坡道" --receipt receipt.tlog-proof
cli-file-option-pairs = 表单的一个字段，写成“名称=内容”；“名称=@文件”取文件内容，“名称=-”取标准输入
cli-file-option-receipt = 回执文件写到哪里
cli-file-option-key = 自定的键：同一个键再来一次，得到同一张回执，不会变成两件
cli-file-not-a-pair = “{ $found }”不是一个字段。请写成“名称=内容”，例如 matter="图书馆门口做一段无障碍坡道"。
cli-file-not-right = 没有登记。请改正：
cli-file-done = 已登记：{ $number }。查询码：{ $code }
cli-file-due = { $office }最迟在{ $due }办理（{ $clock }）{ $provisional ->
    [yes] ，暂定，待该年放假安排公布后确定。
   *[no] 。
}
cli-file-receipt = 回执文件：{ $file }。核验：mingze verify { $file } --dir { $dir }
cli-staff-deputy-until = 代理要有最后一天：请同时给出 --to。
