# 拒绝与不可用的说法。id 为 refused-<code>：给当事人；refused-<code>-staff：给工作人员（哪一件、应是什么、实际是什么、依据、什么没有变、下一步）；
# refused-<code>-why：办件页“现在不能做”一栏的短理由。

# 程序不允许
refused-unknown_action = 没有这一步。什么都没有改变，请回到上一页重新选。
refused-unknown_action-staff = { $case }：程序“{ $procedure }”里没有“{ $action }”这一步。没有写入任何内容。请回到办件页，从列出的步骤里选。
refused-unknown_action-why = 程序里没有这一步。
refused-already_open = 这件事已经收到了，不用再交一次。
refused-already_open-staff = { $case }已经立过案，不能再“{ $action }”。没有写入任何内容。请打开这一件继续办理。
refused-already_open-why = 已经立过案。
refused-not_open = 没有找到这件事。请对着回执再输一次查询码。
refused-not_open-staff = “{ $action }”要在已经立案的办件上做，这里没有办件。没有写入任何内容。请从收件箱打开办件再做。
refused-not_open-why = 还没有立案。
refused-case_closed = 这件事已经办结，不能再改。您原来的记录都在；还有新的情况，可以另交一件。
refused-case_closed-staff = { $case }已于{ $closed_at }办结（{ $stage }），不能再“{ $action }”。没有写入任何内容，原有记录不变。还有新情况的，请当事人另交一件。
refused-case_closed-why = 已经办结。
refused-case_moved_on = 您打开这一页以后，这件事有了新的进展，所以刚才的操作没有记下。请看看新的进展，再决定要不要做。
refused-case_moved_on-staff = { $case }在您打开以后有了新记录：您看到的是第{ $expected_n }条，现在是第{ $n }条，停在“{ $stage }”。“{ $action }”没有写入，您填的都还在。请看过新记录，再决定要不要做。
refused-case_moved_on-why = 办件有了新记录，请刷新。
refused-not_yours = 这一步不由您来做。什么都没有改变。
refused-not_yours-staff = { $case }的“{ $action }”由{ $who }做；您是{ $post }。依据：{ $law }。没有写入任何内容。请由该岗位办理，或者从“现在可以做”里选一步。
refused-not_yours-why = 由{ $who }做。
refused-not_from_here = 现在还不能做这一步。什么都没有改变，请刷新页面，看看轮到谁了。
refused-not_from_here-staff = { $case }停在“{ $stage }”，“{ $action }”要在“{ $stages }”时才能做。依据：{ $law }。没有写入任何内容。请从“现在可以做”里选一步。
refused-not_from_here-why = 现在是“{ $stage }”，要在“{ $stages }”时才能做。
refused-not_all_there = 这一步要等同时进行的其他环节。什么都没有改变。
refused-not_all_there-staff = { $case }：“{ $action }”还要等到“{ $stages }”。依据：{ $law }。没有写入任何内容。请先办完仍在进行的环节。
refused-not_all_there-why = 还要等到“{ $stages }”。
refused-not_met = 这件事现在不能走这一步。什么都没有改变。
refused-not_met-staff = { $case }：只有{ $detail }，才能“{ $action }”。依据：{ $law }。没有写入任何内容。请从现在可以办的步骤中选择。
refused-not_met-why = 只有{ $detail }才可以。
refused-too_often = 这一步的次数已经用完了。什么都没有改变。
refused-too_often-staff = { $case }的“{ $action }”最多做{ $at_most }次，已经做满。依据：{ $law }。没有写入任何内容。请从“现在可以做”里选一步。
refused-too_often-why = 最多{ $at_most }次，已经做满。
refused-something_first = 还要先办完前一步。什么都没有改变。
refused-something_first-staff = { $case }要先有“{ $first }”，才能“{ $action }”。依据：{ $law }。没有写入任何内容。请先做“{ $first }”。
refused-something_first-why = 要先有“{ $first }”。
refused-not_yet = 还没有到可以做这一步的日子。什么都没有改变。
refused-not_yet-staff = { $case }的“{ $action }”要等“{ $clock }”届满，也就是{ $until }以后。依据：{ $law }。没有写入任何内容。请到期后再做。
refused-not_yet-why = 要等“{ $clock }”届满，{ $until }以后。

# 内容不合
refused-office_missing = 现在还定不下由哪个单位来办，所以没有受理成。请稍后再试，或者打政务服务中心的电话。
refused-office_missing-staff = { $case }：“{ $action }”要写明{ $role }，现在没有写。依据：{ $law }。没有写入任何内容。请选一个单位再交。
refused-no_office_yet = 本单位目前还没有承担这项职责的部门，暂时不能这样受理。您填写的内容没有提交。请到政务服务中心咨询。
refused-no_office_yet-staff = 暂时不能按本程序受理：authority.yaml 里还没有单位承担“{ $function }”职能。没有写入任何内容。请在该文件中写明承担单位（mingze doctor 会列出缺什么）。
refused-office_not_bindable = 这一步不能指定单位。什么都没有改变。
refused-office_not_bindable-staff = { $case }：“{ $action }”不能指定{ $role }。没有写入任何内容。请刷新页面后重填。
refused-must_differ = 办的单位和核的单位不能是同一个。什么都没有改变。
refused-must_differ-staff = { $case }：{ $role }和{ $other }不能是同一个单位，现在都是{ $office }。依据：{ $law }。没有写入任何内容。请改选一个单位再交。
refused-field_missing = 还有一项没有填。您填的都还在。
refused-field_missing-staff = { $case }：“{ $action }”要填“{ $field }”，现在是空的。依据：{ $law }。没有写入任何内容，您填的都还在。请补上再交。
refused-field_not_taken = 这张表不收这一项。请重新打开这一页再填。
refused-field_not_taken-staff = { $case }：“{ $action }”不收“{ $field }”这一项。没有写入任何内容。请刷新页面后重填。
refused-extension_not_later = 新的期限要比现在的晚。什么都没有改变。
refused-extension_not_later-staff = { $case }：“{ $clock }”现在到{ $due }，新的期限{ $until }不比它晚。没有写入任何内容，期限不变。请写一个更晚的日期。
refused-in_the_future = 日期写到了以后。什么都没有改变，请改一下再交。
refused-in_the_future-staff = 发生时间{ $occurred_at }晚于现在{ $now }。没有写入任何内容。请写实际发生的时间。
refused-before_the_last = 日期早于上一次记录。什么都没有改变，请改一下再交。
refused-before_the_last-staff = { $case }：发生时间{ $occurred_at }早于上一条记录{ $last_at }，记录不能倒着写。没有写入任何内容。请核对时间再交。
refused-no_number_in_force = 这一步的期限现在算不出来，所以没有受理成。这是我们的问题，已经记下；请稍后再试。
refused-no_number_in_force-staff = { $case }：程序里的数字“{ $parameter }”在{ $on }没有生效的值，期限算不出来。没有写入任何内容。请程序维护人在 parameters.yaml 里补上这一天的数字和依据。
refused-no_date = 这一步的日期算不出来，所以没有做成。什么都没有改变。
refused-no_date-staff = { $case }：“{ $action }”的日期算不出来（{ $detail }）。没有写入任何内容。请核对填的日期；仍不行，请联系程序维护人。
refused-unknown_procedure = 没有这种事项。请从首页重新选。
refused-unknown_procedure-staff = 没有叫“{ $name }”的程序。没有写入任何内容。请从首页重新选。
refused-invalid = 还有几项没有填好。您填的都还在。
refused-invalid-staff = 还有{ $count }项没有填好。没有写入任何内容，您填的都还在。

# 读取与打开
refused-unknown_case = 没有找到这件事。请对着回执再输一次查询码。
refused-unknown_case-staff = 没有这一件。请回到收件箱，按办件号找。
refused-not_your_case = 这件事不由本单位办理。
refused-not_your_case-staff = 本单位不在这一件里，不能查看。没有留下查阅记录。需要参与的，请由现在的承办单位或者督查单位转来。
refused-purpose_missing = 请先选用途。
refused-purpose_missing-staff = 还没有选打开的用途。没有用途就不能打开；什么都没有打开，也没有留下查阅记录。请选一项再打开。
refused-erased = 这部分内容已经按规定销毁，不能再打开。收到和答复过的证明还在。
refused-erased-staff = 这部分内容已按规定销毁（钥匙已毁），谁也不能再打开，也不能再加密写入。收到和答复过的记录不受影响。
refused-unknown_file = 没有这个附件。
refused-unknown_file-staff = 没有这个附件，可能已经销毁。请回到办件页。
refused-unknown_event = 没有这一条记录。
refused-unknown_event-staff = 没有这一条记录。请回到办件页。
refused-procedure_version_missing = 这件事暂时打不开。这是我们的问题，记录没有丢；请稍后再试。
refused-procedure_version_missing-staff = { $case }所依据的程序版本不在本机的 procedures 目录里，打不开。记录不受影响。请运行维护人员恢复该版本的程序文件。

# 系统现在不能写或不能读
refused-busy = 系统正忙，您的内容还没有提交。请稍等片刻再试一次，不会重复受理。
refused-busy-staff = 记录库正忙，本次操作没有写入，请稍后重试。
refused-read_only = 系统目前只能查看，不能提交。您填写的内容没有保存，请稍后再试。
refused-read_only-staff = 记录库为只读，本次操作没有写入。请联系运行维护人员检查数据目录的写权限。
refused-disk_full = 系统存储空间已满，您的内容没有保存。请稍后再试，或者通过窗口、电话反映。
refused-disk_full-staff = 存储空间已满，本次操作没有写入。请联系运行维护人员清理磁盘空间后重试。
refused-gone = 系统暂时打不开记录库，没有写入任何内容。请稍后再试。
refused-gone-staff = 记录库打不开或连接断了。请先刷新，看看这一步记下没有；用原来的页面再交一次也不会重复。仍不行，请联系运行维护人员。
refused-stopped = 系统写入时出了故障，已经停止接收，免得丢东西。请稍后再试，不会重复受理。
refused-stopped-staff = 记录库有一次写盘失败，为免丢失已停止写入。已经确认过的记录不受影响。请运行维护人员检查磁盘后重新启动服务。
refused-second_writer = 系统正在维护，暂时不能提交。请稍后再试。
refused-second_writer-staff = 另一个进程正在写这个记录库，本次操作没有写入。请运行维护人员确认只开了一个服务。
refused-other_version = 系统正在升级，暂时不能使用。请稍后再试。
refused-other_version-staff = 记录库的版本是{ $found }，程序需要{ $wanted }。没有写入任何内容。请运行维护人员先执行 mingze upgrade。

# 文件拆解：这一步不能做
refused-row_moved_on = 第{ $row }项在您打开以后被改过：{ $who }于{ $taken_at }“{ $verb }”。您这一步没有写入，您填的都还在。请看过现在的样子，再决定要不要做。
refused-excluded_never = 第{ $row }项会给人画像、分级或者管控人，只保留为原文，任何岗位都不能把它采纳为事项。可以附注，不能采纳。没有写入任何内容。
refused-no_lead_office = 第{ $row }项还没有牵头单位，不能采纳或公布。请先选牵头单位。
refused-lead_not_an_office = 第{ $row }项的牵头单位不在本区单位名册里。请从名册里选一个。没有写入任何内容。
refused-wrong_state = 第{ $row }项现在是“{ $state }”，不能“{ $verb }”。没有写入任何内容。请刷新后再看。
refused-nothing_to_undo = 没有可以撤销的步骤。没有写入任何内容。
refused-undo_not_last = 这不是最后一步，不能撤销：后面还有{ $who }于{ $taken_at }做的“{ $verb }”。请先撤销后面的一步。
refused-not_adjacent = 第{ $row }项后面没有可以合并的一项：只能与紧接着的、同一段里的一项合并，保留为原文的不能并进来。没有写入任何内容。
refused-bad_split = 拆开的地方不在第{ $row }项的原话中间。没有写入任何内容。请在原话里选一个断开的地方。
refused-bad_span = 原话的起止不对：要在原文里，不能是空的，也不能与别的事项重叠。没有写入任何内容。
refused-unknown_row = 没有这一项，可能已经被合并或拆开。请刷新后再看。
refused-unknown_document = 没有这份文件。请回到文件列表。
refused-published_already = 这份文件已经公布，不能再改。公布后的变化在各事项的办件里办理。
refused-not_ready = 还不能公布：{ $pending }项待定，{ $without_lead }项没有牵头单位，{ $doubts }项有疑点没有答复，{ $unconfirmed }项等第二个岗位复核，{ $changes }项与上一版的不同没有说明。没有写入任何内容。
refused-nothing_accepted = 还没有采纳任何一项，没有可以公布的。
refused-reason_missing = 请写明理由：不立项的理由会随文件公开。您填的都还在。
refused-same_reviewer = 第{ $row }项的决定是您作的，要由另一个人、在另一个岗位上复核。没有写入任何内容。
refused-step_moved_on = 这不是您看到的那一步：后来{ $who }于{ $taken_at }又“{ $verb }”过。什么都没有撤销，请刷新后再看。
refused-not_in_text = 原文里没有连着的这些字。没有写入任何内容，您填的都还在；请从左边原文照抄。
refused-excluded_new = 这段话会给人画像、分级或者管控人，只能保留为原文，不能补成事项。没有写入任何内容。

# 文件拆解：几项一起、第二个岗位复核、新版本
refused-nothing_chosen = 还没有选事项。请先勾选几项，或者选“筛出的全部”。没有写入任何内容。
refused-nothing_to_do = 还没有说要做什么。请选牵头单位、配合单位，或者勾选“采纳”。没有写入任何内容。
refused-bulk_refused = { $count }项不能这样办，所以一项都没有写入。不能办的已经列在下面并取消勾选，其余的可以再按一次。
refused-rejected_before = 第{ $row }项已经定为不立项。要采纳它，请单独打开来改。
refused-filter_moved_on = 筛出的事项在您打开以后变了：{ $who }于{ $taken_at }“{ $verb }”。没有写入任何内容，请看过现在的样子再按一次。
refused-nothing_to_confirm = 第{ $row }项现在是“{ $state }”，没有等着复核的决定。没有写入任何内容。
refused-no_such_doubt = 第{ $row }项没有这个疑点，可能已经有人答复了。没有写入任何内容。
refused-replaces_unpublished = 要替换的那一版还没有公布。请直接在它的审核里改，不必录入新版本。没有写入任何内容。
refused-replaced_already = 那一版已经有了新版本。请以最新的一版为准录入。没有写入任何内容。
refused-continued_twice = 上一版的这一项已经有去处了：另一项在沿用它，或者已经说明不再写入。没有写入任何内容。
refused-case_on_old_procedure = 办件{ $number }还按程序的旧版办理，记不了新版本的变化。请先把它转到程序的新版。没有写入任何内容。
