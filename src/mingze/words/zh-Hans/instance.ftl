# 实例目录的问题，说给运行维护人员听
instance-missing = { $dir } 里没有明责实例。请先运行 mingze init --dir { $dir }
instance-not_chosen = 没有指定实例目录。请加 --dir 目录，或者设置环境变量 MINGZE_DIR。
instance-unreadable = 读不了 { $file }（{ $why }）。请检查文件权限和编码（应为 UTF-8）。
instance-unwritable = 写不进 { $dir }（{ $why }）。请检查目录权限和磁盘空间。
instance-bad_settings = { $file } 有错：{ $place } { $why }
instance-bad_offices = { $file } 第{ $line }行有错（{ $fault }）：应为 { $expected }，实为 { $found }
instance-bad_database = 数据库地址的类型 { $found } 不支持。留空使用 SQLite，或者写 postgres://…
instance-upgrade_needed = { $dir } 是另一个版本建立的（版本{ $found }，当前程序需要版本{ $expected }）。请先运行 mingze upgrade --dir { $dir }
instance-secret_missing = 缺少密钥文件 { $file }。请从备份恢复；重新生成会使已有记录无法读取。
instance-secret_open = 密钥文件 { $file } 对其他用户可读。请运行 chmod 600 { $file }
instance-secret_short = 密钥文件 { $file } 长度不对：应为{ $expected }字节，实为{ $found }字节。请从备份恢复。
instance-occupied = { $dir } 里已有别的内容（{ $found }），没有改动。请换一个空目录。
instance-not_demo = { $dir } 是正式实例，不会填入演示数据。请为演示另选目录。
instance-locked = { $dir } 正由进程 { $process } 使用。一个实例只能有一个服务在运行；请先停止它。
instance-not_an_instant = “{ $found }”不是带时区的时刻。示例：2026-11-22T10:00:00+08:00
