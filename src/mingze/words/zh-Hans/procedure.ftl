# mingze check and mingze procedures: what is wrong with a procedure, and what one says.
check-unknown_key = 不认识的键：{ $found }。{ $expected ->
    [none] 请删去，或对照说明改正
   *[other] 是不是想写 { $expected }？请改正或删去
}
check-missing_key = 缺少一项：{ $found }。请补上
check-wrong_form = 写法不对：{ $found }；应为：{ $expected }
check-wrong_choice = { $found } 不行，只能写其中一个：{ $expected }
check-wrong_value = 值不对：{ $found }（{ $expected }）。请对照说明改正
check-too_long = 太长：{ $found }；最多{ $expected }个字
check-empty = 不能空着：{ $found }
check-file_too_large = 文件太大，有{ $found }个字，最多{ $expected }个字：请分成几个程序
check-duplicate_key = “{ $found }”写了两次：每个键只写一次，删去一个，或改成别的名字
check-not_yaml = 这里读不懂（{ $found }）：看看这一行和上一行的括号、引号、冒号
check-not_a_table = 整个文件应当是“键: 值”的表，不以“-”开头
check-missing_file = 文件夹里缺少文件 { $expected }：用 mingze procedures new 可以得到一份样子
check-unknown_bearer = 没有声明过这个承担者：{ $found }；可以写：{ $expected }
check-unknown_clock = 没有声明过这个时限：{ $found }；可以写：{ $expected }
check-unknown_actor = 没有声明过这个行为人：{ $found }；可以写：{ $expected }
check-unknown_stage = 没有声明过这个阶段：{ $found }；可以写：{ $expected }
check-unknown_field = 没有声明过这个字段：{ $found }；可以写：{ $expected }
check-unknown_office = 没有声明过这个单位角色：{ $found }；可以写：{ $expected }
check-unknown_party = 没有声明过这个当事人：{ $found }；可以写：{ $expected }
check-unknown_action = 没有声明过这个行为：{ $found }；可以写：{ $expected }
check-unknown_remedy = 没有声明过这个救济：{ $found }；可以写：{ $expected }
check-unknown_parameter = parameters.yaml里没有这个数：{ $found }；现有：{ $expected }
check-one_opening = 要有且只有一个不写 from 的行为来立案；现有：{ $found }
check-one_kind_of_clock = 一个时限只能写 { $expected } 中的一个；现有：{ $found }
check-public_or_sealed = 字段 { $found } 要么公开，要么封存：写 public: true，或者写 seals
check-purpose_and_retention = 封存的字段 { $found } 要写明目的（purpose）和保存几个月（retention_months）
check-choices_missing = 选择字段 { $found } 没有选项：写 { $expected }
check-overlay_not_local = 地方文件只能改标了 local 的数：{ $found } 在全国的文件里没有 { $expected }，请从地方文件里删去
check-scenario_form = 场景要写成“一句话: given、when、then、cite”；这里应为 { $expected }，现在是：{ $found }
check-wrong_weekday = 日期和星期对不上：写的是 { $found }，应为 { $expected }。请改正写错的一个
check-yaml_tab = 这一行的开头用了制表符（Tab）：改用空格
check-yaml_full_width = 这里用了中文标点“{ $found }”：改成英文的“{ $expected }”，冒号、逗号后面空一格
check-yaml_no_space = 冒号后面少了空格：{ $found }。在冒号后空一格
check-yaml_no_colon = 这一行没有写成“键: 值”：{ $found }。键后面写英文冒号和一个空格
check-yaml_not_closed = 从这里开始的括号没有合上，或者里面少了逗号：补上“{ $expected }”，各项之间用英文逗号
check-yaml_indent = 这一行的缩进和前后不齐：{ $found }。同一张表的各行从同一列写起，用空格对齐，要么都以“-”开头，要么都不
check-not_utf8 = 这个文件不是UTF-8编码，读不出来：在编辑器里选“另存为”，编码选UTF-8
check-empty_file = 这个文件是空的：至少要写一张“键: 值”的表
check-wrong_name = { $found } 不能作名字：用小写拉丁字母、数字和“{ $expected }”，以字母开头；中文名称写在 zh 里
check-not_a_number_by_name = { $found }：这里写数的名字，前面加 $，如 $answer_days；数本身写在parameters.yaml里
check-not_text = { $found }：这里要写文字；如果本来就是文字，两边加英文引号
check-not_a_list = { $found }：这里要写成几行，每行以“- ”开头，或者写成 [甲, 乙]
check-not_a_pair = { $found }：这里正好要写两个名字
check-not_a_row = { $found }：这里要写成几项“键: 值”，如 zh 和 en 各一项
check-not_a_number = { $found }：要写阿拉伯数字的整数，如 20
check-not_yes_or_no = { $found }：只能写 true 或 false
check-wrong_date = { $found } 不是一个日子：写成 2026-01-31 这样，而且日历上要有这一天
check-number_too_small = { $found }：至少是{ $expected }
check-number_too_large = { $found }：最多是{ $expected }
check-number_out_of_range = 数“{ $found }”要在 { $expected } 之间
check-scenario_names = 场景里写了“{ $found }”，程序里没有；可以写：{ $expected }
check-backward_binds_nothing = “{ $clock }”往前数出了日子，却管不住任何行为：在 holds 里写要等它的那一步，在 met_by 里写必须先办好的那一步（如送达通知）
check-ends_before_minimum = “{ $clock }”要求办“{ $action }”，可最短期限“{ $minimum }”那时还没有满，谁也无法按时办：延长“{ $clock }”，或缩短“{ $minimum }”
check-stage_unreachable = 没有办件能到“{ $stage }”这个阶段：让一个行为 into 它，或删去
check-end_with_bearer = 终点“{ $stage }”不该有承担者：删去 bearer，或删去 end
check-stage_without_bearer = 办件停在“{ $stage }”时，没有人负责：写 bearer
check-no_end_from_here = 从“{ $stage }”出发，永远办不结：加一个行为 into 终点，次数用完时也能走
check-wait_without_clock = 办件停在“{ $stage }”时，没有任何时限能结束等待（正在走的时限：{ $running }）：到这里之前要有时限启动（starts），并由这里的行为满足（met_by）
check-office_never_bound = 单位角色“{ $office }”从未确定是哪个单位：写 found_by，或让一个行为 binds 它
check-adverse_without_notice = “{ $action }”对当事人不利，却不告知当事人：写 tell
check-adverse_without_remedy = “{ $action }”对当事人不利，却没有写救济：写 remedies，或写 no_remedy 说明为什么没有
check-without_source = “{ $name }”没有写依据：写 cite
check-unknown_source = “{ $name }”引用的依据没有声明：{ $source }。在 sources 里声明，或改正 cite
check-source_not_in_force = 依据“{ $source }”在 { $on } 还没有施行（施行日：{ $in_force }）：引用当时有效的，或改正 in_force
check-source_ended = 依据“{ $source }”已于 { $ended } 失效：cite 改为取代它的文件
check-number_unused = parameters.yaml里的“{ $parameter }”没有用到：在时限里写 ${ $parameter }，或删去
check-number_too_late = “{ $parameter }”从 { $from } 才有值，程序从 { $in_force } 就施行：补上更早的值，写明 from
check-local_without_why = “{ $parameter }”是本地的数，要写 why：法律为什么没有给出
check-sensitive_field = 字段“{ $field }”问到“{ $found }”：没有写明依据（basis）、目的（purpose）和保存期限（retention_months），不得收集；最好不问
check-scenario_differs = 场景“{ $name }”：{ $what } 应为 { $expected }，实际是 { $found }。不是句子错就是表错：对照 cite 改
check-passed = 通过 { $name }：每一步都有人负责、有时限、有依据；{ $scenarios }个场景全部符合（{ $hash }）
check-refused = 不通过 { $name }：{ $count }处问题
check-path = 怎样走到这里：
check-no-procedure-here = { $path } 里没有 procedure.yaml。请给出程序的文件夹，例如 procedures/suggestion。
procedures-open-to-all = 任何人可以提出
procedures-opened-by-office = 由单位立案
procedures-unknown = 没有“{ $name }”这个程序。现有：{ $known }。
procedures-by-clock = “{ $clock }”届满时自动
procedures-local = （本区规定）
procedures-in-force = 自 { $day } 起施行 · { $hash }
procedures-actions = 谁可以做什么：
procedures-clocks = 时限：
procedures-remedies = 救济：
procedures-stated-date = 按文件写明的日期；没有写的，{ $otherwise }
procedures-by-function = { $office }{ $function ->
    [clerk] 登记岗
    [handler] 承办岗
    [head] 负责人
   *[other] （{ $function }）
 }
check-into_or_fork = 行为 { $found } 只能写其中之一：{ $expected }
check-guard_unreadable = 条件（when）写得不对，不是 { $expected } 式子：{ $found }
check-suspension_without_limit = “{ $clock }”在“{ $stage }”中止期间，没有别的时限能结束等待：中止时另启动一个时限，由恢复或办结的行为满足（starts、met_by）
check-never_resumed = “{ $clock }”能中止，却永远不恢复：写 resumed_by
check-never_suspended = “{ $clock }”写了 resumed_by，却没有行为中止它：写 suspended_by，或删去 resumed_by
check-suspended_twice = “{ $clock }”已经中止时，“{ $action }”还能再中止它：让它只能 from 时限正在走的阶段
check-resumed_unsuspended = “{ $clock }”没有中止时，“{ $action }”也能恢复它：中止后进入单独的阶段，恢复只能 from 那个阶段
check-bearer_not_bound = 办件停在“{ $stage }”时，还没有确定“{ $office }”是哪个单位：让前面的行为写 binds: { $office }
check-two_bearers = 在“{ $stage }”同时有两家到期：承担者是“{ $bearer }”，而“{ $clock }”只有“{ $other }”能满足。只留一家作 bearer，或用 fork 各开一支
check-outside_not_said = “{ $clock }”与“{ $stage }”的单位“{ $office }”对“是不是本机关以外的机构”说法不一：要么都写（borne_by: outside，单位写 outside: true），要么都不写
check-minimum_holds_nothing = 最短期限“{ $clock }”没有拦住任何行为：在 holds 里写明哪些行为不得提前
check-minimum_bypassed = “{ $action }”绕过了最短期限“{ $clock }”：把它写进 holds，或让期限在它之前开始
check-unbounded_circle = 办件可以从“{ $stage }”起来回转（{ $actions }），没有时限管住：给其中一个行为写 at_most
check-hand_back_uncounted = “{ $action }”可以没完没了地退：写 at_most
check-hand_back_without_arbiter = “{ $action }”之后没有人裁定归谁办：加一个由指定岗位作出的行为，写 arbitrates: { $action }
check-arbiter_not_a_post = “{ $action }”要由退回单位以外的指定岗位作出：写 by: 单位.head
check-arbiter_not_there = “{ $action }”的次数用完后，办件所在的阶段不能裁定：在裁定行为的 from 里加上这个阶段
check-arbitrates_nothing = “{ $action }”裁定的“{ $other }”不是退回：在那里写 hand_back: true，或删去 arbitrates
check-hand_back_stops_time = “{ $action }”期间，原来在走的时限都停了：不要把它写进对当事人负责的时限的 met_by、suspended_by
check-clock_action_asks = “{ $action }”是时限届满自动发生的，不能要求 { $needs }：删去，或改由单位作出（by）
check-extension_uncounted = “{ $action }”可以无限次延长“{ $clock }”：写 at_most
check-extension_not_told = “{ $action }”改变了“{ $clock }”的截止日，却不告诉任何人：写 tell
check-extends_own_period = “{ $by }”在延长自己的时限“{ $clock }”：“{ $action }”要由别的岗位或单位批准（by）
check-adverse_tells_no_party = “{ $action }”对当事人不利，却只告诉了单位：在 tell 里写上当事人
check-no_remedy_without_source = “{ $action }”说没有救济，却没有依据：no_remedy 开头写依据，例如“law 35 ……”
check-action_from_end = “{ $action }”从终点“{ $stage }”出发：办结就是办结，从 from 里删去这个阶段
check-action_never_possible = “{ $action }”永远做不了：它的 after 或 from 所要求的，不会同时具备
check-clock_never_starts = “{ $clock }”永远不会开始：starts 要写一个不办结的行为
check-field_unused = 没有行为会问到字段“{ $field }”：写进某个行为的 takes，或删去
check-remedy_unused = 救济“{ $remedy }”没有告诉任何人：写进不利行为的 remedies，或删去
check-local_as_law = “{ $parameter }”依据的是本地规则（{ $source }）：写 local: true 和 why，任何页面都不能当成法律给人看
check-pending_as_law = “{ $parameter }”依据的文本还没有读到（{ $source }）：写 pending_text: true 和 why
check-local_outlasts_law = 人人都按时，“{ $clock }”仍会在“{ $stage }”的等待结束前{ $days }天届满：缩短前面的本地时限，或让那里的行为能满足它（met_by）
check-too_large = 程序超过{ $most }种状态，无法证明：把 stages 拆成两个程序
check-note-outside_bearer = “{ $stage }”由本机关以外的“{ $office }”办理：时限照样显示，责任标明在外部
check-note-repeats_uncounted = “{ $action }”没有次数限制；有一个不因它重算的时限管着，逾期会显示
check-longest = 最长历时：{ $days }天（法定{ $law }天，本地规定{ $local }天；单位{ $office }天，当事人{ $person }天，外部{ $outside }天）
check-longest-once = 不重复{ $actions }时最长历时：{ $days }天（法定{ $law }天，本地规定{ $local }天；单位{ $office }天，当事人{ $person }天，外部{ $outside }天）
check-stated = 不含办件自己写明日期的时限（{ $clocks }）
check-still_to_write = 还没有写：{ $what }。用您的话替换〔请填写……〕
procedures-new-name = “{ $name }”不能作程序的名字：用小写拉丁字母、数字和连字符，以字母开头，例如street-permit
procedures-new-there = { $folder } 已经存在，什么都没有写。请换一个名字，或换一个 --into
procedures-new-next = 接下来：mingze check { $folder }
procedures-check-first = { $folder } 里的文件读不成程序。看原因：mingze check { $folder }
procedures-case-is-here = 办件在这里：
check-only_way_conditional = 只有“{ $action }”能往下走时，它的条件（when）可能不成立，办件就卡住了：加一个条件不成立时的行为，或删去 when

# Versions and who puts them in force
procedures-no-such-post = 没有岗位“{ $post }”。现有：{ $posts }
procedures-unreadable = 读不成程序；原因见：mingze check --dir { $dir }
procedures-stray-overlay = 没有这个名称的程序，请与 mingze procedures list 对照文件夹名称
procedures-version-found = 待提出：在本单位的文件夹里，还没有人以岗位名义提出
procedures-version-proposed = { $proposed_by }于{ $on }提出，等待另一人批准
procedures-version-active = { $on }起生效；{ $proposed_by }提出，{ $approved_by }批准
procedures-version-installed = { $on }起生效；程序自带
procedures-version-retired = { $retired_on }被替换；原有办件仍按它办
procedures-proposed = { $title }（{ $hash }）{ $state ->
    [active] 已经生效，没有作任何改动。
   *[other] 已提出。由另一人批准：mingze procedures activate
}
procedures-proposed-faults = 检查发现{ $count }处问题，改好之前不能批准。查看：mingze check --dir { $dir }
procedures-checking = 正在检查……
procedures-which = { $count ->
    [0] 程序{ $name }没有等待批准的版本。先提出：mingze procedures propose { $name } --post …
   *[other] 程序{ $name }有{ $count }个版本等待批准，请用 --hash 写明是哪一个：{ $hashes }
}
procedures-activated = 程序{ $name }（{ $hash }）已生效：{ $proposed_by }提出，{ $approved_by }批准。
refused-not_entitled = 只有督查岗或者单位负责人可以这样做。没有作任何改动。
refused-not_entitled-staff = 只有具备 supervisor（督查）或者 head（负责人）职能的岗位，才能让程序生效。没有写入任何内容。
refused-version_unknown = 这里没有这个版本的程序。没有作任何改动。
refused-version_unknown-staff = 这里没有版本{ $hash }。没有写入任何内容。查看已有版本：mingze procedures list --dir …
refused-version_not_proposed = 这个版本现在不需要批准。没有作任何改动。
refused-version_not_proposed-staff = 程序{ $name }的版本{ $hash }现在不能批准：{ $state ->
    [active] 它已经生效。
    [retired] 它曾经生效，已被替换，要先重新提出。
   *[other] 还没有人提出，要先提出。
}没有写入任何内容。
refused-second_person_needed = 要由另一个人批准。没有作任何改动。
refused-second_person_needed-staff = 程序{ $name }的这个版本由{ $post }提出，要由另一个岗位上的另一个人批准。没有写入任何内容。
refused-version_refused = 检查没有通过。没有作任何改动。
refused-version_refused-staff = 程序{ $name }的这个版本检查出{ $count }处问题，不能生效。没有写入任何内容。查看问题：mingze check --dir …
check-basis_without_source = 字段“{ $field }”的依据没有写声明过的来源：basis 要以来源开头，如“law 12”
check-never_asked = 字段“{ $field }”要问“{ $found }”（{ $kind }）：无论依据是什么，本系统不给人打分、贴标签、作预测，不设名单，不跨办件归集个人情况，不接跟踪人的数据。请把它从 fields 里去掉
check-identity_public = 公开字段“{ $field }”要问“{ $found }”，能认出是谁：把 public: true 改成 seals: identity，或者不问
check-publishes_sealed = 公开项“{ $row }”要公开封存的“{ $field }”：shows 里只能写 public 字段
check-excluded_not_an_office = “{ $row }”排除的是“{ $field }”里写的单位，它必须是立件时要填（takes）的公开的 office 字段
check-office_named_not_excluded = 立件时在“{ $field }”里写了一个单位：在 excluded 里加一行；如果只是请它办事，写 competent: true
check-exclusion_without_otherwise = 反映的可能正是“{ $office }”所找到的单位：用 otherwise 写明这时由哪个职能的单位代替
check-recuses_not_a_post = “{ $action }”让“{ $field }”回避，它必须是这一步要填（takes）的必填、公开的 post 字段
check-party_never_invited = “{ $action }”由“{ $party }”办，而它既不立件也没有被邀请，没有查询码：让更早的一步写 invites: { $party }
check-bearer_not_invited = 办件停在“{ $stage }”要等“{ $party }”，可这时它可能还没有被邀请：通到这里的每条路都要经过 invites: { $party } 的一步
check-opens_unknown = “{ $name }”要按“{ $opens }”立件，没有这个程序：改正 opens，或者写出那个程序
check-opens_without = “{ $action }”要按“{ $opens }”立件，那边立件要填 { $fields }：在 takes 里加上，类型和 public、seals 要一样
check-opens_for_nobody = “{ $action }”要按“{ $opens }”立件，而办这一步的人在那边不能立件：那边立件的 by 要有同类的人
check-backward_without_day = “{ $clock }”是往前数的，没有写从哪一天：用 counts_from 写明日期字段
check-not_a_date_field = “{ $clock }”靠“{ $field }”算，它不是公开的日期字段：写 type: date, public: true
check-stated_day_in_hours = “{ $clock }”从“{ $field }”那天起按小时数，一天没有钟点：改用天数，或者去掉 counts_from
check-date_not_given = “{ $clock }”要有“{ $field }”那一天，而办“{ $action }”时可能没有：让这一步 takes 它并且必填，或者让之前每条路上都有
check-missed_and_stuck = “{ $clock }”没有按时办到，“{ $action }”就不能办，也没有别的路：在 restarted_by 里加一步另定日子，或者加别的出路
check-silence_without_source = “{ $clock }”把不作为当成决定：只有法律能这样规定，silence 里要写 cite
check-silence_by_local_rule = “{ $clock }”凭本地规则把不作为当成决定：只有法律能这样规定；请 cite 法律，或者写 effect: none
check-silence_without_remedy = “{ $clock }”到期后可以转向别处，没有写到哪里：在 silence 的 remedies 里写明
check-guard_asks_unknown = “{ $action }”的条件问“{ $found }”，办件里没有：改正 when；facts 是公开字段，counts 是行为
check-extension_without_reason = “{ $action }”延长“{ $clock }”，没有写理由：让它或者它之前（after）的一步在 takes 里有文字
check-suspension_not_told = “{ $action }”中止“{ $clock }”，没有告诉任何人：加上 tell
check-note-silence_not_stated = “{ $clock }”没有写到期不办会怎样：silence
check-note-all_conditional = “{ $stage }”只能有条件地离开（{ $actions }）：检查按其中总有一个成立来算
refused-version_not_in_force = 这个版本的程序没有生效。没有作任何改动。
refused-version_not_in_force-staff = 程序{ $name }的版本{ $hash }没有生效，办件只能转到生效的版本。没有写入任何内容。
refused-move_without_reason = 请写明理由，当事人会看到。没有作任何改动。
refused-move_without_reason-staff = 请写明把办件转到新版本的理由，每件的当事人都会看到。没有写入任何内容。
procedures-move-none = 程序{ $name }没有按其他版本办理的未结办件。
procedures-move-case = { $number }可以转：{ $stages }
procedures-move-case-not = { $number }不能转：{ $why }
procedures-move-clocks = 已告知的日期不变：{ $clocks }
procedures-move-other = 今后新开始的期限才按新规则计算：{ $clocks }
procedures-move-new = 新增可办事项：{ $actions }
procedures-move-gone = 不再可办事项：{ $actions }
procedures-move-remedies = 救济途径：新增{ $new }；取消{ $gone }
procedures-move-dry = 试算：{ $count }件中有{ $possible }件可以转到{ $hash }。没有写入任何内容。
procedures-move-done = 已转到{ $hash }：{ $count }件中的{ $done }件。每件都连同理由记录在案，并告知当事人。
check-opening_opens = “{ $action }”本身就是立件，不能同时按“{ $opens }”立件：把 opens 写在下一步
