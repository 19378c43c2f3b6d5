# Opening on somebody else's word, the smallest circle, deferral: refusals, the desk, the person's page, the checker.
refused-identity_closed = 这部分没有打开。
refused-identity_closed-staff = { $case }：办“{ $stage }”这一步不用知道是谁，身份和联系方式要另一个单位同意后才能看。没有打开任何内容，也没有留下查阅记录。需要的，请在下面写明理由申请。
refused-approval_needed = 这部分没有打开。
refused-approval_needed-staff = { $case }：这件事只有指定的两个岗位知道，每次打开都要先经指定的负责人同意。没有打开任何内容，也没有留下查阅记录。请在下面写明理由申请。
refused-stage_not_here = 这件事已经不在这一步。
refused-stage_not_here-staff = { $case }已经不在“{ $stage }”。没有写入任何内容。请刷新后按现在的环节申请。
refused-reason_needed = 请写明理由，不超过{ $most }字。
refused-reason_needed-staff = 请写明理由，不超过{ $most }字；只写为什么，不写是谁。没有写入任何内容。
refused-account_unknown = 认不出是谁在操作。什么都没有改变。
refused-account_unknown-staff = 认不出是谁在用这个岗位，不能申请也不能同意。没有写入任何内容。请重新登录。
refused-ask_apart = 身份要单独申请。
refused-ask_apart-staff = { $case }：看身份和看其他内容由不同的人同意，请分开申请。没有写入任何内容。
refused-no_approval_needed = 不用申请，可以直接打开。
refused-no_approval_needed-staff = { $case }：这部分不用申请，选用途就可以打开，会留下查阅记录。没有写入任何内容。
refused-already_asked = 已经申请过，正在等答复。
refused-already_asked-staff = { $case }：这个岗位已经申请过（第{ $n }条记录），正在等答复。没有重复写入。
refused-already_approved = 已经同意过，可以直接打开。
refused-already_approved-staff = { $case }：已经同意这个岗位查看，还在期限内。没有写入任何内容。请直接打开。
refused-nobody_may_approve = 现在没有能同意的单位。
refused-nobody_may_approve-staff = { $case }：程序指定同意的单位都不能参与这一件（是申请的单位自己，或者被排除）。没有写入任何内容。请运维人员在权责清单里补上这个职能的单位。
refused-unknown_request = 没有这个申请。
refused-unknown_request-staff = 没有等您这个岗位答复的这个申请。没有写入任何内容。
refused-already_answered = 这个申请已经有答复。
refused-already_answered-staff = 第{ $n }条申请已经有人答复。没有写入任何内容。
refused-same_person = 申请和同意不能是同一个人。
refused-same_person-staff = 提出这个申请的就是您本人。看是谁要两个人、两个单位；请由同意单位的另一位同事答复。没有写入任何内容。
refused-request_over = 这个申请已经过期。
refused-request_over-staff = 这个申请等到{ $until }，已经过期。没有写入任何内容。仍需要的，由办理的岗位重新申请。
refused-step_over = 这一步已经办完。
refused-step_over-staff = 申请是为“{ $stage }”这一步提的，这一步已经办完，不用再看。没有写入任何内容。
refused-circle_unnamed = 现在还不能在这里提交。孩子有危险的，请马上拨打110。
refused-circle_unnamed-staff = 这类事只能由指定的两个岗位知道，而{ $role }现在没有这样的岗位。没有写入任何内容。请运维人员在权责清单里补上。
refused-unknown_deferral = 没有这样的依据。
refused-unknown_deferral-staff = { $case }的程序没有写明这样推迟的依据。没有写入任何内容。
refused-deferral_used = 这个依据已经用过一次。
refused-deferral_used-staff = { $case }：这个依据已经用过一次，不能再推迟。没有写入任何内容。
refused-deferral_too_long = 推迟得太久。
refused-deferral_too_long-staff = { $case }：最迟只能推迟到{ $until }。没有写入任何内容。请改一个不晚于这天的日子。
refused-deferral_past = 这一天已经过去。
refused-deferral_past-staff = { $case }：{ $until }已经过去。没有写入任何内容。请写今天或者以后的日子。

desk-event-asked = 申请打开
desk-event-approved = 同意打开
desk-event-refused = 不同意打开
desk-event-deferred = 推迟显示查阅记录

desk-ask-identity-title = 来件人是谁
desk-ask-identity-lead = 办这一步不用知道是谁，所以身份和联系方式单独封存。确实需要的，请另一个单位同意；谁申请、谁同意、为什么，来件人都会看到。
desk-ask-circle-title = 打开封存的内容
desk-ask-circle-lead = 这件事只有两个指定的岗位知道。每次打开都先经{ $who }同意；谁申请、谁同意、为什么，报告人都会看到。
desk-ask-law = 依据：{ $law }
desk-ask-open = 申请查看
desk-ask-parts = 要看哪些
desk-ask-stage = 为哪一步
desk-ask-reason = 为什么这一步非看不可
desk-ask-reason-hint = 不超过500字。只写为什么，不写是谁。来件人会原样看到。
desk-ask-send = 提出申请
desk-ask-problem = 请选用途、要看的内容，并写明理由。
desk-ask-waiting = { $at }已经申请，等{ $who }答复；没有答复的，{ $until }过后自行失效。
desk-ask-approved = { $who }已经同意。可以看到{ $until }为止；“{ $stage }”这一步办完就失效。
desk-ask-refused = { $who }不同意：{ $reason }
desk-ask-done = 已经提出申请，等{ $who }答复。
desk-ask-needed = 这一步要知道是谁：{ $why }。{ $law }
desk-opened-until = 这次同意到{ $until }为止；离开这一页就关上，再看要再打开一次，每次都有记录。

desk-nav-approvals = 待我同意{ $count ->
    [0] {""}
   *[other] （{ $count }）
}
desk-approvals-title = 待我同意
desk-approvals-lead = 这些同事要看封存的内容。您只看得到申请，看不到那件事；同意还是不同意，都会告诉当事人。
desk-approvals-caption = { $count }个申请等您答复
desk-approvals-none-title = 没有等您答复的申请
desk-approvals-none = 有人要看来件人是谁、又需要您这个岗位同意时，会列在这里。
desk-approvals-case = 哪一件
desk-approvals-who = 谁申请
desk-approvals-what = 看什么
desk-approvals-until = 等到
desk-approvals-see = 看申请
desk-approval-title = 要不要同意打开
desk-approval-why = 理由
desk-approval-purpose = 用途
desk-approval-stage = 环节
desk-approval-law = 依据
desk-approval-asked = 申请时间
desk-approval-lead = 只在这一步非知道不可时同意。同意后能看到{ $until }为止，这一步办完就失效；每次打开都留下记录。
desk-approval-reason = 您的理由
desk-approval-reason-hint = 不同意的要写。申请的岗位和当事人都会看到。
desk-approval-approve = 同意打开
desk-approval-refuse = 不同意
desk-approval-done-approved = 已经同意，并告诉了当事人。
desk-approval-done-refused = 已经记录不同意，并告诉了当事人。
desk-approval-back = 回到待我同意

desk-defer-title = 推迟显示查阅记录
desk-defer-lead = 法律允许的，可以晚些再让当事人看到谁查阅过。到期自行显示，连同推迟的依据；同一个依据只能用一次。
desk-defer-basis = 依据
desk-defer-until = 推迟到哪天
desk-defer-until-hint = 最迟{ $until }。
desk-defer-reason = 为什么现在告知会妨碍
desk-defer-send = 推迟
desk-defer-done = 已经推迟到{ $until }。
desk-defer-running = 正按“{ $basis }”推迟显示查阅记录，到{ $until }为止。
desk-defer-problem = 请选依据、写明日子和理由。

desk-line-asked = 看{ $parts }；{ $purpose }；“{ $stage }”这一步；理由：{ $reason }；请{ $who }答复，等到{ $until }
desk-line-approved = 到{ $until }为止
desk-line-reason = 理由：{ $reason }
desk-line-deferred = { $basis }（{ $law }）；到{ $until }为止；理由：{ $reason }
desk-line-approval = 依第{ $n }条的同意
desk-line-needed = 这一步要知道是谁：{ $why }

portal-entry-asked = { $post }申请查看{ $parts }
portal-entry-asked-more = 为了“{ $stage }”这一步，{ $purpose }。理由：{ $reason }。请{ $who }答复。
portal-entry-approved = { $post }同意了
portal-entry-approved-more = 可以看到{ $until }为止，这一步办完就失效。{ $reason }
portal-entry-refused = { $post }没有同意
portal-entry-refused-more = 理由：{ $reason }。您的这部分内容没有打开。
portal-entry-deferred = { $post }决定晚些让您看到查阅记录
portal-entry-deferred-more = 依据：{ $basis }（{ $law }）。从那时到{ $until }的查阅当时没有显示，现在都列在这里。理由：{ $reason }
portal-entry-reason = 理由：{ $reason }。
portal-read-needed = { $why }：这一步要知道您是谁（{ $law }）
portal-read-approved = 经{ $post }同意
portal-read-deferred = 当时按{ $law }推迟到{ $until }后显示
portal-part-identity = 您是谁、怎么联系
portal-asked-title = 谁申请过看您是谁
portal-asked-lead = 办这件事一般不用知道您是谁。要看的，须由另一个单位同意；同意的和不同意的都列在这里。
portal-asked-circle-title = 谁申请过打开
portal-asked-who = 谁申请
portal-asked-why = 为什么
portal-asked-answer = 答复
portal-asked-waiting = 还没有答复
portal-asked-over = 没有答复，已经失效
portal-asked-said = { $post }：{ $said ->
    [approved] 同意，到{ $until }为止
   *[refused] 没有同意
}

check-identity_without_reader = 字段“{ $field }”能认出是谁，程序却没有说谁能看：在reading里写identity（由另一个单位同意），或者写needed并引条文说明哪一步非知道不可
check-reading_of_nothing = reading说的是身份，可是没有一个字段封存身份：删去，或者把字段写成seals: identity
check-approves_own_asking = “{ $function }”的单位自己办这类事，就没有别的单位同意：另写approved_by，或者写otherwise
check-identity_in_files = 字段“{ $field }”的文件和别的附件放在一起，不能单独封存身份：不要收，或者写成文字
check-approval_too_long = “{ $parameter }”是{ $found }：一次同意最长两个星期
check-need_without_office = “{ $need }”写在“{ $stage }”，那里没有单位在办：写有单位负责的环节
check-circle_not_at_once = “{ $office }”要等以后才定，来件时就没有人知道：写一来件就能定的单位（found_by）
check-circle_of_one = 办理和同意都是“{ $function }”：写两个不同的职能
check-circle_too_wide = 环节“{ $stage }”由“{ $office }”负责，可是只有指定的岗位知道这件事：由指定的单位负责，或者去掉circle
check-deferral_too_long = “{ $parameter }”是{ $found }：推迟显示最长半年

governance-statement-deferred = 依法推迟显示查阅记录{ $deferred }次。
