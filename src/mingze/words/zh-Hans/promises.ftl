# 承诺的一生：数据、节点、子项、佐证、认可、抽查
# 不予办理的理由
refused-control_character-staff = 第{ $position }个字是看不见的控制字符，没有写入任何内容。请删掉它再交。
refused-bad_date-staff = 日期没有看懂：{ $found }。请写成年-月-日，例如2026-12-04。没有写入任何内容。
refused-value_exists = 这一天的数已经有了，什么都没有改变。
refused-value_exists-staff = 这一指标{ $on }的数已由{ $office }填报，是{ $value }；您填的是{ $given }。一个数只填一次，没有写入任何内容。请直接用已有的数；原数有误的，由填报单位或核验单位在“数据”页更正并说明理由。
refused-value_in_future = 这一步没有做成，什么都没有改变。
refused-value_in_future-staff = 数据截至日{ $on }还没有到。没有写入任何内容，请写数据实际截至的日子。
refused-value_unreadable = 这一步没有做成，什么都没有改变。
refused-value_unreadable-staff = “{ $found }”不是一个数。没有写入任何内容，请只写数字。
refused-value_incomplete = 这一步没有做成，什么都没有改变。
refused-value_incomplete-staff = { $part ->
    [indicator] 请写指标名称。没有写入任何内容。
    [as_of] 请写数据截至哪一天。没有写入任何内容。
   *[other] 请写数据来源。没有写入任何内容。
}
refused-value_scope = 这一步没有做成，什么都没有改变。
refused-value_scope-staff = 统计范围不是本区的单位。没有写入任何内容，请重新选择。
refused-value_unknown = 这一步没有做成，什么都没有改变。
refused-value_unknown-staff = 没有找到这个数。没有写入任何内容。
refused-value_not_yours = 这一步没有做成，什么都没有改变。
refused-value_not_yours-staff = 这个数由{ $office }填报，只有填报单位或核验单位可以更正。没有写入任何内容。
refused-value_corrected = 这一步没有做成，什么都没有改变。
refused-value_corrected-staff = 这个数已经更正过，请在更正后的数上再更正。没有写入任何内容。
refused-value_reason = 这一步没有做成，什么都没有改变。
refused-value_reason-staff = 请写明理由，理由会公开。没有写入任何内容。
refused-ask_kind = 这一步没有做成，什么都没有改变。
refused-ask_kind-staff = 请选择要的是数据、报告还是开会。没有写入任何内容。
refused-ask_nobody = 这一步没有做成，什么都没有改变。
refused-ask_nobody-staff = 请选择向哪个单位要。没有写入任何内容。
refused-ask_yourself = 这一步没有做成，什么都没有改变。
refused-ask_yourself-staff = 不用向自己的单位要。没有写入任何内容，请去掉本单位。
refused-ask_basis = 这一步没有做成，什么都没有改变。
refused-ask_basis-staff = 请写明依据：没有依据的，不要向别的单位要。没有写入任何内容。
refused-ask_subject = 这一步没有做成，什么都没有改变。
refused-ask_subject-staff = 请写明要报告什么或开什么会。没有写入任何内容。
refused-ask_indicator = 这一步没有做成，什么都没有改变。
refused-ask_indicator-staff = 请写明要哪个指标的数。没有写入任何内容。
refused-asked_already = 这一步没有做成，什么都没有改变。
refused-asked_already-staff = { $office }已于{ $on }向同一单位要过这个数，还在等答复。没有再问一遍；答复以后各单位都能看到。
refused-request_unknown = 这一步没有做成，什么都没有改变。
refused-request_unknown-staff = 没有找到这一项。没有写入任何内容。
refused-request_not_yours = 这一步没有做成，什么都没有改变。
refused-request_not_yours-staff = 这一项是向{ $office }要的，由该单位答复。没有写入任何内容。
refused-request_answered = 这一步没有做成，什么都没有改变。
refused-request_answered-staff = 这一项已经答复过了。没有写入任何内容。
refused-answer_words = 这一步没有做成，什么都没有改变。
refused-answer_words-staff = 请写一句答复。没有写入任何内容。
refused-milestone_unknown = 这一步没有做成，什么都没有改变。
refused-milestone_unknown-staff = 没有名叫“{ $milestone }”的节点。没有写入任何内容，请按已设的名称填写：{ $known }。
refused-milestone_after_deadline = 这一步没有做成，什么都没有改变。
refused-milestone_after_deadline-staff = 节点日期{ $until }晚于承诺的期限{ $due }。没有写入任何内容，请写期限当天或以前的日子。
refused-milestones_full = 这一步没有做成，什么都没有改变。
refused-milestones_full-staff = 一条承诺最多设{ $most }个节点，已经设满。没有写入任何内容。
refused-stricter_without_reason = 这一步没有做成，什么都没有改变。
refused-stricter_without_reason-staff = { $how ->
    [earlier] 要求比承诺提前全部完成，须写明理由并公开。没有写入任何内容；写上理由，或者把日期改回承诺的期限。
   *[other] 要求比承诺更高，须写明理由并公开。没有写入任何内容；写上理由，或者改回承诺的标准。
}
refused-parts_none = 这一步没有做成，什么都没有改变。
refused-parts_none-staff = 请至少写一个子项。没有写入任何内容。
refused-parts_full = 这一步没有做成，什么都没有改变。
refused-parts_full-staff = 一条承诺最多分{ $most }个子项。没有写入任何内容。
refused-parts_other_unit = 这一步没有做成，什么都没有改变。
refused-parts_other_unit-staff = 子项的单位与承诺不同（承诺按“{ $unit }”计），加不起来。没有写入任何内容。
refused-parts_differ = 这一步没有做成，什么都没有改变。
refused-parts_differ-staff = 各子项合计{ $total }，承诺是{ $target }，{ $way ->
    [gap] 少{ $difference }
   *[other] 多{ $difference }
}。没有写入任何内容。请改到合计一致，或者在子项里写明不一致的理由，理由会公开。
refused-evidence_not_needed = 这一步没有做成，什么都没有改变。
refused-evidence_not_needed-staff = 这一指标看数据，不收佐证材料。没有写入任何内容；请去掉文件再交。
refused-evidence_full = 这一步没有做成，什么都没有改变。
refused-evidence_full-staff = 这一指标整个办理期间最多收{ $most }份佐证，已经交了{ $had }份。多的不收，是为了不让人把功夫花在做材料上。没有写入任何内容；请去掉多的文件再交。
refused-evidence_other_kind = 这一步没有做成，什么都没有改变。
refused-evidence_other_kind-staff = 这一指标只收{ $kind ->
    [documents] 文件
    [tables] 表格
    [pictures] 照片
   *[other] 声明的种类
}，“{ $name }”不是。没有写入任何内容；请换一份再交。
refused-voice_codes_count = 这一步没有做成，什么都没有改变。
refused-voice_codes_count-staff = 一次最多印{ $most }个码，至少1个。没有写入任何内容。
refused-voice_codes_full = 这一步没有做成，什么都没有改变。
refused-voice_codes_full-staff = 一条承诺最多发{ $most }个码，已经发了{ $had }个。没有写入任何内容。
refused-voice_code_unknown = 没有找到这个码。请对照纸条再输入一遍。
refused-voice_code_unknown-staff = 没有找到这个码。请对照纸条再输入一遍。
refused-voice_code_spent = 这个码已经用过了。一个码只算一次，谁说了什么我们不记，所以也不能改。
refused-voice_code_spent-staff = 这个码已经用过了。一个码只算一次，谁说了什么我们不记，所以也不能改。
refused-voice_says = 请选一项再提交。
refused-voice_says-staff = 请选一项再提交。
refused-voice_too_early = 这项承诺还没有报完成，现在还不用说。完成以后再来。
refused-voice_too_early-staff = 这项承诺还没有报完成，现在还不用说。完成以后再来。
refused-voices_enough = 看法已经收到{ $most }条，不再多收。谢谢您。
refused-voices_enough-staff = 看法已经收到{ $most }条，不再多收。谢谢您。
refused-lot_not_yours = 这一步没有做成，什么都没有改变。
refused-lot_not_yours-staff = 抽查由督查单位宣布和抽取。没有写入任何内容。
refused-lot_subject = 这一步没有做成，什么都没有改变。
refused-lot_subject-staff = 请写明抽查的名称。没有写入任何内容。
refused-lot_items = 这一步没有做成，什么都没有改变。
refused-lot_items-staff = 名单是空的，或者有看不懂的一行。没有写入任何内容。
refused-lot_size = 这一步没有做成，什么都没有改变。
refused-lot_size-staff = 抽取的件数要在1到{ $most }之间。没有写入任何内容。
refused-lot_ahead = 这一步没有做成，什么都没有改变。
refused-lot_ahead-staff = 请写一个1到100000之间的数。没有写入任何内容。
refused-lot_unknown = 这一步没有做成，什么都没有改变。
refused-lot_unknown-staff = 没有找到这次抽查。
refused-lot_too_early = 这一步没有做成，什么都没有改变。
refused-lot_too_early-staff = 还没到时候：账本现在有{ $have }条，宣布时定的是满{ $need }条才抽。没有写入任何内容。
refused-lot_outside_missing = 这一步没有做成，什么都没有改变。
refused-lot_outside_missing-staff = 宣布时说好要用“{ $outside }”，请填上它的结果再抽。没有写入任何内容。
refused-lot_not_drawn = 这一步没有做成，什么都没有改变。
refused-lot_not_drawn-staff = { $number }没有被抽中。没有写入任何内容。
refused-recheck_same_office = 这一步没有做成，什么都没有改变。
refused-recheck_same_office-staff = 复查要由牵头和核验以外的单位来做，{ $office }不能复查自己办过或核过的事。没有写入任何内容。
refused-recheck_done = 这一步没有做成，什么都没有改变。
refused-recheck_done-staff = { $number }已经复查过了。没有写入任何内容。
refused-recheck_finding = 这一步没有做成，什么都没有改变。
refused-recheck_finding-staff = 请选一个复查结果。没有写入任何内容。
refused-recheck_words = 这一步没有做成，什么都没有改变。
refused-recheck_words-staff = 请写明怎么复查的、看到什么。没有写入任何内容。
# 账本里的公开记录
governance-value = 数据：{ $indicator }，截至{ $as_of }为{ $value }；来源：{ $source }。
governance-request = { $ask ->
    [data] 向其他单位要数据
    [report] 向其他单位要报告
   *[other] 请其他单位开会
}：{ $subject }。依据：{ $basis }。
governance-voice_codes = 为{ $number }印发{ $codes }个认可码，累计{ $given }个。
governance-voices = { $number }的看法已满{ $voices }条（{ $way ->
    [code] 凭码
   *[other] 不凭码
}）。
governance-draw = { $step ->
    [announced] 宣布抽查“{ $subject }”：从{ $of }件里抽{ $size }件，种子取账本满{ $tree_size }条时的根。
   *[other] 抽查“{ $subject }”：按账本满{ $tree_size }条时的根，从{ $of }件里抽出{ $size }件。
}
governance-recheck = 复查{ $number }：{ $finding ->
    [holds] 属实
    [partly] 部分属实
   *[other] 不属实
}。
# 公开承诺页
promise-course = 节点和变化
promise-milestones = 节点
promise-milestone-reached = { $day }报完成
promise-milestone-reached_late = { $day }报完成，晚于节点
promise-milestone-passed = 日子已过，还没有报
promise-milestone-ahead = 还没到
promise-milestone-before = 原定{ $day }
promise-milestone-reason = 比承诺更严的理由：{ $reason }
promise-milestone-col-name = 节点
promise-milestone-col-due = 日期
promise-milestone-col-state = 情况
promise-parts = 子项
promise-parts-col-office = 负责单位
promise-parts-col-title = 子项
promise-parts-col-target = 目标
promise-parts-col-state = 情况
promise-parts-sum = 各子项合计{ $total }，与承诺一致。
promise-parts-gap = 各子项合计{ $total }，比承诺少{ $difference }。
promise-parts-excess = 各子项合计{ $total }，比承诺多{ $difference }。
promise-parts-each = 这是比率，各单位同一标准，不相加。
promise-parts-open = 承诺没有写数量，各子项不相加。
promise-parts-reason = 理由：{ $reason }
promise-part-of = 这是一个子项，属于{ $number }。
promise-extension = 延期
promise-extension-asked = { $day }申请从{ $from }延到{ $until }。理由：{ $reason }
promise-extension-waiting = 还没有答复。
promise-extension-granted = { $day }由{ $who }批准，延到{ $until }。理由：{ $reason }
promise-extension-refused = { $day }由{ $who }不予批准，期限不变。理由：{ $reason }
promise-extension-taken_back = { $day }撤回。
promise-extension-overtaken = 没有答复就结束了。
promise-objection = 异议
promise-objection-said = { $day }：{ $words }
promise-objection-answered = { $day }由{ $who }答复：{ $words }
promise-objection-waiting = 还没有答复。
promise-objection-taken_back = 已撤回。
promise-target-changed = { $day }之前的目标是{ $target }。改的理由：{ $reason }
promise-evidence-rule = { $kind ->
    [none] 这一指标看数据，不收佐证材料。
    [documents] 只收文件，最多{ $most }份，已交{ $had }份。
    [tables] 只收表格，最多{ $most }份，已交{ $had }份。
    [pictures] 只收照片，最多{ $most }份，已交{ $had }份。
   *[other] 最多{ $most }份，已交{ $had }份。
}
promise-value-progress = { $value }，目标{ $target }
promise-value-elsewhere = 由{ $office }填报
promise-value-percent = { $value }（{ $percent }%）
promise-data = 数据
promise-data-current = 数据较新：截至{ $day }，{ $days }天前
promise-data-old = 数据旧了：截至{ $day }，{ $days }天前。进展不清楚
promise-data-none = 还没有数据
promise-data-never = { $days }天没有数据。进展不清楚
promise-value-source = { $source }，{ $by }
promise-confirmed-none = 还没有人说
promise-confirmed-few = 不满5人，先不公布
promise-confirmed-code = 凭码{ $voices }人：认可{ $yes }，部分认可{ $partly }，不认可{ $no }，说不准{ $cannot_tell }
promise-confirmed-given = 共发码{ $given }个
promise-confirmed-open = 另有{ $voices }人不凭码说了看法：做到{ $yes }，部分{ $partly }，没有{ $no }，说不准{ $cannot_tell }
promise-confirm-link = 说说做到没有
promise-recheck = 抽查复核
promise-recheck-waiting = 在“{ $lot }”中被抽中，还没有复查。
promise-recheck-holds = { $day }由{ $office }复查：属实。{ $words }
promise-recheck-partly = { $day }由{ $office }复查：部分属实。{ $words }
promise-recheck-does_not_hold = { $day }由{ $office }复查：不属实。{ $words }
promise-recheck-how = 怎么抽的
# 说说做到没有
confirm-title = 这件事做到没有
confirm-lead = { $office }已于{ $day }报完成。您看到的是怎样的？
confirm-choose = 您看
confirm-yes = 做到了
confirm-partly = 做到一部分
confirm-no = 没有做到
confirm-cannot_tell = 说不准
confirm-code = 纸条上的码（有就填）
confirm-code-hint = 督查单位发的24位码。一个码算一次。没有码也可以说，单独计数。
confirm-private = 不收姓名，不收文字。码用过就作废，哪个码说了什么不留记录；满5人一起公布。
confirm-send = 提交
confirm-thanks = 记下了，谢谢您。
confirm-thanks-more = 满5人一起公布，所以现在看不到变化。
confirm-back = 回到这项承诺
confirm-early = 这项承诺还没有报完成，现在还不用说。
confirm-problem = 还差一步
# 负担计
burden-title = 单位之间要了什么
burden-lead = 每个单位每个月向别的单位要数据、要报告、请开会各多少次。只数单位的行为，不数人；不排名次。
burden-spared = “不用再要”是数据已经有人填过，系统直接答复、没有再问别人的次数。
burden-col-month = 月份
burden-col-office = 单位
burden-col-data = 要数据
burden-col-report = 要报告
burden-col-meeting = 请开会
burden-col-asked = 合计
burden-col-offices = 涉及单位
burden-col-spared = 不用再要
burden-none-title = 还没有哪个单位向别的单位要过什么
burden-none = 各单位在工作台的“数据”页要数据、报告或请开会以后，这里按月列出。
# 抽查
draws-title = 随机复查
draws-lead = 已经核验的承诺，随机抽一些由别的单位再看一遍。先公布名单和抽法，再等账本长到说好的条数，用那时的根作种子抽取，谁都可以重抽一遍核对。
draws-none-title = 还没有宣布过抽查
draws-none = 督查单位宣布以后，名单、种子和结果都列在这里。
draws-announced = { $day }由{ $office }宣布：从{ $of }件里抽{ $size }件，账本满{ $tree_size }条时抽。
draws-outside = 另外用一个外部的数：{ $outside }
draws-waiting = 账本现在有{ $have }条，还没有到。
draws-ready = 账本已满，可以抽取。
draws-drawn = { $day }抽取。种子：
draws-root = 账本根：
draws-outside-word = 外部的数：{ $word }
draws-result = 抽中的
draws-list = 名单（{ $of }件）
draws-redo = 自己重抽一遍：把名单存成每行一个编号的文件，运行
draws-not-checked = 还没有复查
draws-finding-holds = 属实
draws-finding-partly = 部分属实
draws-finding-does_not_hold = 不属实
draws-by = { $office }，{ $day }
# 工作台
desk-nav-values = 数据
desk-nav-draws = 抽查
values-title = 数据：一个数只填一次
values-lead = 指标的数在这里登记，各处共用。要数之前先查：有的不用再问。
values-search = 查指标
values-search-button = 查
values-col-name = 指标
values-col-scope = 范围
values-col-value = 数
values-col-as_of = 截至
values-col-source = 来源
values-col-office = 填报单位
values-whole = 全区
values-none = 还没有登记过数。
values-none-found = 没有查到。可以在下面填报，或者向有数的单位要。
values-corrected = 更正过：{ $reason }
values-enter = 填报一个数
values-enter-button = 填报
values-correct = 更正
values-correct-button = 更正
values-reason = 更正的理由
values-field-name = 指标名称
values-field-scope = 统计范围（全区的不选）
values-field-amount = 数
values-field-unit = 单位
values-field-as_of = 截至
values-field-source = 来源
values-waiting = 向本单位要的
values-waiting-none = 没有别的单位在等本单位答复。
values-asked-by = { $office }于{ $day }要
values-basis-line = 依据：{ $basis }
values-due-line = 请于{ $day }前答复
values-answer = 答复
values-answer-button = 答复
values-ask = 向别的单位要
values-ask-kind = 要什么
values-ask-data = 数据
values-ask-report = 报告
values-ask-meeting = 开会
values-ask-of = 向谁要
values-ask-subject = 事由（要报告、开会时填）
values-ask-basis = 依据
values-ask-due = 希望何时答复
values-ask-button = 发出
values-ask-lead = 发出之前系统先查：数已经有的，直接告诉您，不再问别的单位。每次发出都计入公开的“单位之间要了什么”。
values-saved-enter = 已登记。
values-saved-correct = 已更正，原数留着。
values-saved-answer = 已答复。
values-saved-ask = 已发出。
values-saved-found = 这个数已经有了，没有再问别的单位：
values-burden-link = 单位之间要了什么
parts-title = 分成子项
parts-lead = 一次写全各子项。不填期限的，与承诺同日。有数量的要加起来等于承诺；期限提前、标准更高或合计对不上的，写明理由，理由会公开。
parts-whole = 承诺：{ $title }。目标{ $target }，期限{ $due }。
parts-whole-open = 承诺：{ $title }。期限{ $due }。
parts-row = 第{ $n }个子项
parts-office = 负责单位
parts-name = 子项
parts-target = 目标值（{ $unit }）
parts-due = 期限
parts-reason = 理由（会公开）
parts-button = 立项交办
parts-link = 分成子项
parts-more = 要更多子项，交办后再来一次。
codes-title = 认可码
codes-lead = 把码裁开，发给受这项承诺影响的人。发给谁不登记。码只在这一页显示一次。
codes-form = 印认可码
codes-form-lead = 给受影响的人说“做到没有”。一个码算一次，谁说了什么查不到。
codes-count = 印几个
codes-button = 印码
codes-where = 打开{ $url }，填上这个码
codes-given = 已发{ $given }个
desk-draws-announce = 宣布一次抽查
desk-draws-subject = 名称
desk-draws-size = 抽几件
desk-draws-ahead = 再过多少条账本记录才抽
desk-draws-outside = 外部的数，例如某期公开摇奖的结果
desk-draws-outside-word = 外部的数的结果
desk-draws-population = 现有{ $count }件核验过、没有抽查过的承诺，全部进名单。
desk-draws-nobody = 现在没有核验过而没抽查过的承诺。
desk-draws-announce-button = 宣布
desk-draws-draw-button = 抽取
desk-draws-recheck = 复查{ $number }
desk-draws-finding = 结果
desk-draws-words = 怎么复查的、看到什么
desk-draws-recheck-button = 记下复查结果
desk-promise-title = 节点、子项和变化
# 命令
cli-measures-short = 可以自己重做的计算
cli-measures-help = 公布的计算，谁都可以在自己的机器上重做。
cli-measures-example = 例：mingze measures draw 名单.txt --size 5 --root <64位十六进制> --lot <编号>
cli-measures-draw-short = 按公开的种子重抽一遍
cli-measures-draw-help = 从名单文件（每行一个）里按种子抽取，与公布的结果核对。种子是账本某一条数时的根算出来的，见docs/formats/draw.md。不连网，不需要安装实例。
cli-measures-draw-example = 例：mingze measures draw 名单.txt --size 5 --root <64位十六进制> --lot <编号>
cli-measures-draw-option-size = 抽几个。
cli-measures-draw-option-seed = 种子，64位十六进制；不给就用--root和--lot算。
cli-measures-draw-option-root = 账本在宣布的条数时的根，64位十六进制。
cli-measures-draw-option-lot = 抽查编号。
cli-measures-draw-option-outside = 外部的数的结果，宣布里有才填。
measures-draw-list = 名单{ $of }个，SHA-256 { $digest }
measures-draw-seed = 种子 { $seed }
measures-draw-bad_list = 名单是空的，或者读不了：{ $file }
measures-draw-bad_seed = 给--seed，或者给--root和--lot；都是64位十六进制。
measures-draw-bad_size = 抽取的个数要在1到{ $most }之间。
