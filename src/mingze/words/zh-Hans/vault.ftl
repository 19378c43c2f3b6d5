# 封存资料的密钥、清除和保存期限。

portal-entry-erased = 您在本件中提交的内容已清除
portal-entry-erased-request = 这是您的要求。从现在起谁也读不到，也没有副本能恢复。“收到过、答复过”的记录还在，可以证明。
portal-entry-erased-retention = 保存期限已到，与当初告诉您的一致。从现在起谁也读不到。“收到过、答复过”的记录还在，可以证明。
portal-entry-stopped = 您提交的内容已停止使用
portal-entry-stopped-more = 法律规定须保存到{ $until }（{ $cite }）。在此之前只存放，谁也不得查看或使用；到期后清除。您认为不对的，可以要求本单位说明理由，也可以依法向人民法院提起诉讼（个人信息保护法第五十条）。
desk-event-erased = 已清除：该当事人提交的内容谁也读不到了
desk-event-stopped = 已停止使用：该当事人提交的内容依法只存放，不得查看

refused-unknown_party = 这里办不了这件事。什么都没有改动。
refused-unknown_party-staff = 本程序没有这个当事人。什么都没有改动。
refused-undecided = 本件或与它相连的件还在办理，您提交的内容还用得着，所以没有清除（个人信息保护法第四十七条）。页面上能撤回的，您可以先撤回；也可以等办结后再提。您认为不对的，可以要求本单位说明理由，也可以依法向人民法院提起诉讼（第五十条）。
refused-undecided-staff = 本件或与它相连的件还在办理。办结之前不清除为它提交的内容。什么都没有改动。
refused-kept_by_law = 法律规定的保存期限还没有到。已经停止使用，到期后清除（个人信息保护法第四十七条）。您认为不对的，可以要求本单位说明理由，也可以依法向人民法院提起诉讼（第五十条）。
refused-kept_by_law-staff = 法律规定的保存期限还没有到，并且已经停止使用。什么都没有改动。
refused-still_kept = 保存期限还没有到。没有清除。
refused-still_kept-staff = 告诉当事人的保存期限还没有到。没有清除。
refused-use_stopped = 这部分内容已停止使用。依法只存放，谁也不得查看。
refused-use_stopped-staff = 当事人已要求停止使用，依法只存放（个人信息保护法第四十七条）。不能打开，也没有记入查看记录。
refused-keys_down = 封存的内容暂时不能打开或写入。什么都没有写。请稍后再试。
refused-keys_down-staff = 保管封存密钥的进程没有应答。没有打开，也没有写入。请运行维护人员确认mingze keys在运行。

keys-ready = 密钥保管进程在{ $socket }应答，使用的总密钥是{ $kek }。按Ctrl+C停止。
keys-taken = 已有另一个密钥保管进程在{ $socket }应答。请停掉那一个，或不再启动这一个。
keys-unusable = 密钥不能使用：{ $why }。
keys-keys_down = 密钥保管进程没有应答。请运行mingze keys，或重启mingze serve，由它启动。
keys-secret_missing = 密钥文件{ $file }不在。请从另行保管的地方放回；新的密钥什么也打不开。
keys-secret_open = 其他账户能读密钥文件{ $file }。请收回权限（chmod 600），并考虑更换：mingze vault rotate
keys-secret_short = 密钥文件{ $file }太短。请放回正确的文件；新的密钥什么也打不开。
keys-kek_unknown = 有密钥是用总密钥{ $file }封装的，而它的文件不在。请放回vault-{ $file }.kek。
keys-bad_request = 密钥保管进程是另一个版本。请重新启动它。
keys-other_folder = 密钥保管进程读的不是{ $file }。请用它的账户运行，并以--secrets写明它读的文件夹。

cli-keys-short = 让网站进程接触不到封存资料的密钥
cli-keys-help = 单独的进程，保管封存资料的总密钥，不让网站进程接触。它只封装、解开单个办件的密钥，自己的密钥从不交出。除非设置中写明另一个套接字，mingze serve会自行启动它。
cli-keys-example = 例：mingze keys --dir /srv/mingze --secrets /etc/mingze-keys --group mingze
cli-keys-option-secrets = 存放vault.kek的文件夹（不是实例中的secrets时）
cli-keys-option-group = 可以向它请求的用户组；空为仅限它自己的账户
cli-vault-short = 更换封存资料的总密钥
cli-vault-help = 封存资料的密钥。
cli-vault-example = 例：mingze vault rotate --dir /srv/mingze
cli-vault-rotate-help = 换一把新的总密钥，把每把密钥重新封装。封存的内容不动，服务可以照常运行。中途被打断，下一次运行接着做完。更换会记入公开账本。
cli-vault-rotate-option-secrets = 存放vault.kek的文件夹（不是实例中的secrets时）
vault-rotated = 总密钥已更换：{ $count }把密钥现在由{ $kek }封装。
vault-resumed = 上一次更换已做完：{ $count }把密钥现在由{ $kek }封装。要换新的，请再运行一次。
vault-rotated-next = 已记入公开账本。旧密钥（vault-….kek）请留到此前最后一份密钥备份删除为止，然后删掉。新密钥请抄存到保管密钥的地方。
vault-rotated-served = 正在运行的服务会在一分钟内记入公开账本。旧密钥（vault-….kek）请留到此前最后一份密钥备份删除为止，然后删掉。新密钥请抄存到保管密钥的地方。

cli-erase-short = 凭查询码清除当事人在本件中提交的内容
cli-erase-help = 窗口使用：持有CODE的人要求清除其在本件中提交的内容（个人信息保护法第四十七条）。销毁密钥；收到过、答复过仍可证明。还在办理的不清除；法律规定须保存的停止使用。
cli-erase-example = 例：mingze erase 7K3M-… --yes --dir /srv/mingze
cli-erase-option-yes = 确定清除；不写则只说明会怎样
erase-no_case = 没有用这个查询码的件。什么都没有改动。
erase-would = { $number }：将永远清除{ $count }处封存内容。什么都没有改动；确定请加--yes。
erase-done = { $number }：当事人提交的内容已清除，谁也不能恢复。
erase-stopped = { $number }：法律规定须保存到{ $until }（{ $cite }）。已停止使用，到期后清除。

cli-retention-short = 清除保存期限已到的内容
cli-retention-help = 清除已办结、保存期限已到的封存内容；还在办理的，或与在办件相连的，一概不动。服务每天自动执行。每次清除都记入该件。
cli-retention-example = 例：mingze retention --dry-run --dir /srv/mingze
cli-retention-option-dry-run = 只列出到期的；什么都不改动，服务可以照常运行
retention-line = { $number }：保存至{ $day }
retention-due = 到期应清除{ $count }件。什么都没有改动。
retention-done = 已清除{ $count }件。

doctor-keys-ok = 封存资料的密钥可以使用，总密钥是{ $kek }。
doctor-keys-watch = 封存资料的密钥可以使用（总密钥{ $kek }），但本账户也能读到总密钥。要让网站进程读不到，请用单独的账户运行mingze keys。
doctor-keys-mend = 封存资料的密钥不能使用：{ $code }。修好之前，封存内容不能打开也不能写入。
doctor-rewrap-watch = 还有密钥由旧的总密钥封装。请接着做完更换：mingze vault rotate
doctor-old_keys-watch = secrets中还有旧的总密钥：{ $count }把。同一时期最后一份密钥备份删除后，请逐一删掉；在此之前，旧备份可能让已清除的内容恢复。
doctor-vault_archives-watch = backups中有超过{ $days }天的密钥备份：{ $count }份。有了它和密钥，就可能打开此后清除的内容。请删除。
doctor-deploy-ok = Django自带的部署检查没有发现问题。
doctor-deploy-mend = Django自带的部署检查提出：{ $found }

portal-rights-title = 您的个人信息
portal-rights-link = 查看、更正或清除您的个人信息
portal-rights-intake = 您对个人信息的权利
portal-rights-lead = 您在本件中提交的内容，您有权查阅、复制、更正、补充、删除，也有权要求说明怎么使用（个人信息保护法第四十四条至第五十条）。
portal-rights-see = 查阅和复制
portal-rights-see-more = 您提交过什么、谁看过、为什么看，都在办件页面上；全部记录可以下载带走。
portal-rights-ask = 更正、补充或者要求说明
portal-rights-ask-more = 已经提交的记录不会改写，但可以更正：写清楚哪里不对，持有信息的单位在期限内办理并书面答复您，不办的要说明理由。
portal-rights-ask-button = 提出请求
portal-rights-erase = 清除
portal-rights-erase-more = 本件已办结。清除后，您提交的和写给您的内容（{ $count }处）谁也读不到，我们也不能恢复；“收到过、答复过”的记录还在。需要留底的，请先下载。
portal-rights-sure = 我知道清除后不能恢复
portal-rights-sure-missing = 请先勾选“我知道清除后不能恢复”。
portal-rights-erase-button = 清除我提交的内容
portal-rights-erased = 您在本件中提交的内容已经清除。
portal-rights-remedy = 请求被拒绝的，您可以依法向人民法院提起诉讼（个人信息保护法第五十条）；也可以向履行个人信息保护职责的部门投诉、举报（第六十五条）。
