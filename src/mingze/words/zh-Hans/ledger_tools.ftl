# 账本工具：检查、公布、导出、备份、办件包、见证人与监测。

cli-ledger-short = 检查、公布、导出公开账本
cli-ledger-help = 从存储中检查公开账本，签名公布，或者写成任何人都能读的文件。
cli-ledger-example = 例：mingze ledger export /srv/public-log --dir /srv/mingze
cli-ledger-check-help = 只凭存储重放整本账：每条记录都能打开自己的条目，条目能算出每一个签过名的根，每个办件的记录首尾相连、没有缺号，公布的文件与此一致。有任何一处不符，退出码为1。
cli-ledger-fsck-help = 只凭文件检查公布的账本：签名、每个条目、每个瓦片、根。FILES是账本的任何一份副本；不给则检查实例公布的那份。
cli-ledger-fsck-option-key = 账本的公钥；不给则用实例的
cli-ledger-fsck-option-policy = C2SP tlog-policy文件：您信任的账本和见证人
cli-ledger-publish-help = 为全部已落盘的记录签名并写出公开文件，执行一次。服务运行时会自行完成。
cli-ledger-export-help = 把公开账本写入文件夹OUT，任何C2SP客户端都能读取：checkpoint、tile/…、tile/entries/…和policy.txt。已有的文件只比对，从不覆盖。

ledger-tools-checking = 正在检查……
ledger-tools-exporting = 正在写出……
ledger-tools-more = ……另有{ $count }处（--json列出全部）。
ledger-tools-check-good = 账本完整：{ $leaves }个条目，{ $cases }个办件的{ $events }条记录，已签名{ $signed }条。
ledger-tools-check-bad = 账本不完整。发现问题：{ $count }处
ledger-tools-check-next = 请不要改动任何内容。先原样保留整个文件夹的副本，再与最近一次完好的备份和公开账本的副本比对。
ledger-tools-root = 全部条目的根：{ $root }
ledger-tools-fsck-good = 文件完整：{ $size }个条目算出的正是签过名的根。{ $signature ->
    [checked] 签名出自您信任的密钥。
   *[open] 没有给出公钥，所以没有核对签名。
}
ledger-tools-fsck-bad = 这些文件不是一本完整的账。发现问题：{ $count }处
ledger-tools-published = 已签名并公布{ $size }条，文件在{ $dir }
ledger-tools-nothing-signed = 还没有任何记录签过名，没有账本可以写出。
ledger-tools-exported = { $size }条的账本已写入{ $dir }（新写{ $written }个文件，{ $kept }个未变）。
ledger-tools-export-tile_differs = 没有续写{ $dir }：其中的文件{ $path }与应有内容不符。没有覆盖任何文件。请另选空文件夹，并查明是谁改动了它。
ledger-tools-export-log_shorter = 没有续写{ $dir }：其中的账本更长（{ $signed }条），本实例只有{ $found }条，可能恢复了旧备份。没有覆盖任何文件。
ledger-tools-export-log_forked = 没有续写{ $dir }：其中是另一本账。没有覆盖任何文件。请另选空文件夹，并查明原因。
ledger-tools-way-out-log_shorter = 出路：用更新的备份找回后来的记录。如果确已丢失，请另开新账（在mingze.toml中换新的origin，并换新密钥），并公开说明经过；绝不为变短的账签名。
ledger-tools-way-out-log_forked = 出路：停止服务，原样保留文件夹的副本，运行mingze ledger check，恢复最近一次能通过检查的备份，并向见证人和公众说明经过。
ledger-tools-way-out-tile_differs = 出路：保留该文件的副本，把它移走后重新公布，文件会由数据库重新生成。如果别处的账本副本也是那个内容，请先查明原因，不要公布。

ledger-fault-no_checkpoint = 没有文件{ $path }。
ledger-fault-checkpoint_unreadable = 签名的账本声明无法读取（{ $problem }）。
ledger-fault-checkpoint_row = 存储的{ $size }条的账本声明与其所在行不符。
ledger-fault-log_unknown = 声明来自{ $found }，不是您信任的账本。
ledger-fault-unsigned = { $size }条的账本声明没有{ $name }的签名。
ledger-fault-signature_bad = { $size }条的账本声明下有假签名。
ledger-fault-quorum_unmet = { $size }条的账本声明缺少见证人：您的规则要求“{ $quorum }”。
ledger-fault-file_missing = 缺少文件{ $path }。
ledger-fault-bundle_malformed = 文件{ $path }在一个条目中间断掉。
ledger-fault-bundle_size = 文件{ $path }的条目数不对。
ledger-fault-tile_differs = 文件{ $path }中的哈希值与条目算出的不同。
ledger-fault-leaf_malformed = 第{ $index }号条目格式不规范。
ledger-fault-root_differs = 前{ $size }个条目算不出当时签过名的根：有条目被改动、添加或者删除。
ledger-fault-root_differs_published = 公布的{ $size }条文件算不出公布的根。
ledger-fault-leaf_gap = 缺少第{ $index }号条目（下一个是{ $found }号）。
ledger-fault-leaf_nodes = 第{ $index }号条目所存的树节点与条目算出的不同。
ledger-fault-log_shorter = 数据库有{ $found }个条目，但签过名的有{ $signed }个：恢复了旧备份，或者记录被删除。
ledger-fault-head_differs = 存储的账本头（{ $size }）不是最后签名的声明（{ $signed }）。
ledger-fault-event_without_leaf = 办件{ $case }的第{ $n }条记录在账本中没有第{ $index }号条目。
ledger-fault-event_unopenable = 办件{ $case }的第{ $n }条记录（条目{ $index }）无法打开：被改动、被移动，或者不是用这把密钥封存的。
ledger-fault-event_not_committed = 办件{ $case }的第{ $n }条记录不是第{ $index }号条目所对应的那一条。
ledger-fault-event_misplaced = 办件{ $case }的第{ $n }条记录（条目{ $index }）自称属于别处。
ledger-fault-chain_broken = 办件{ $case }的第{ $n }条记录（条目{ $index }）没有指明它的上一条。
ledger-fault-case_gap = 办件{ $case }缺少第{ $n }条记录（下一条是第{ $found }条）。
ledger-fault-case_order = 办件{ $case }的第{ $n }条记录在账本中排在更早的记录之前。
ledger-fault-case_row = 办件{ $case }按其所在行应有{ $n }条记录，实有{ $found }条，或者最后一条不符。
ledger-fault-slot_missing = 办件{ $case }的第{ $n }条记录与封存部分“{ $slot }”对不上：两者缺一。
ledger-fault-leaf_without_event = 第{ $index }号条目已没有对应的记录：数据库中有记录被删除。

cli-backup-short = 在运行中备份实例
cli-backup-help = 备份实例，服务不必停。写出两个归档：一个是登记库、账户库、设置和文件，另一个是封存数据的密钥（已加密）。写出后先解开并重放整本账，通过才算备份。secrets/文件夹不在其中：请另存一份到别处。
cli-backup-example = 例：mingze backup --dir /srv/mingze --to /mnt/backup
cli-backup-option-to = 归档写到哪个文件夹；不给则写到实例的backups/

cli-restore-short = 从备份恢复实例
cli-restore-help = 用备份ARCHIVE（…register.tar.gz）、密钥归档和密钥文件夹恢复实例。先重放整本账，再替换；原有的数据库移到一边，不删除；此后已清除的内容再次清除。记录少于已公布条数的备份不予恢复。
cli-restore-example = 例：mingze restore /mnt/backup/mingze-20261122T101500000.register.tar.gz --secrets /media/keys/secrets --dir /srv/mingze
cli-restore-option-vault = 密钥归档；不给则用ARCHIVE旁边同名的那个
cli-restore-option-secrets = 密钥文件夹；实例文件夹里没有时需要

backup-working = 正在备份……
backup-restoring = 正在恢复……
backup-done = 已备份，并已解开重放：{ $leaves }个条目，{ $cases }个办件的{ $events }条记录。
backup-advice = 第二个归档请与第一个分开存放，并且只短期保留：旧的密钥副本会使已清除的内容复原。两个归档都不含密钥文件夹，请把{ $secrets }另存一份到别处。
backup-restored = { $dir }已恢复，账本完整：{ $leaves }个条目，{ $cases }个办件的{ $events }条记录。
backup-erased-again = 此备份之后清除过的密钥，已再次销毁：{ $count }
backup-kept = 原有内容在{ $dir }
backup-unwritable = 备份无法写出：{ $why }。已写的部分不算备份。
backup-no_vault = 没有密钥归档{ $file }。请用--vault指明；没有它，封存的内容都无法读取。
backup-not_an_archive = { $file }不是本版本的明责备份。
backup-damaged = 备份在{ $file }处已损坏。没有改动任何内容。请使用另一份备份。
backup-not_whole = 这份副本的账本不完整（{ $count }处），没有采用。没有改动任何内容。
backup-other_instance = 这份备份属于账本{ $found }，不是{ $expected }。没有改动任何内容。
backup-other_database = 这份备份取自{ $found }，而实例设置为另一种数据库。没有改动任何内容。
backup-checkpoint_unreadable = { $file }无法作为签名声明读取。没有改动任何内容。请从公开账本放回完好的一份。
backup-no_secrets = { $dir }中没有密钥。请用--secrets指明密钥文件夹：没有密钥，备份中的内容都无法读取。没有改动任何内容。
backup-database_not_empty = PostgreSQL数据库不是空的。没有改动任何内容。请新建空数据库，写入mingze.toml后再恢复。
backup-log_shorter = 不予恢复：这份备份有{ $found }个条目，而已公布{ $signed }个。没有改动任何内容。出路：使用更新的备份。如果后来的记录确已丢失：恢复到空文件夹，在mingze.toml中换新的origin，换新的secrets/log.key，并公开说明经过；旧账不再签名。
backup-no_pg_dump = 没有找到{ $program }。请安装与服务器同版本的PostgreSQL客户端程序，或用MINGZE_PG_BIN指明其文件夹。
backup-pg_failed = { $program }失败：{ $said }
