# mingze check and mingze procedures: what is wrong with a procedure, and what one says.
check-unknown_key = 不认识的键：{ $found }。{ $expected }
check-missing_key = 缺少一项：{ $found }
check-wrong_form = 写法不对：{ $found }；应为：{ $expected }
check-wrong_choice = 只能是 { $expected }；现在写的是 { $found }
check-wrong_value = 值不对：{ $found }；{ $expected }
check-too_long = 太长：{ $found }；{ $expected }
check-empty = 不能空着：{ $found }
check-file_too_large = 文件太大：{ $found }；{ $expected }
check-duplicate_key = 同一个键写了两次：{ $found }；{ $expected }
check-not_yaml = 不是合格的YAML：{ $found }；{ $expected }
check-not_a_table = 应当是“键: 值”的表，现在是 { $found }；{ $expected }
check-missing_file = 缺少文件 { $expected }：{ $found }
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
check-one_opening = 要有且只有一个不写 from 的行为来立案；{ $expected }；现有：{ $found }
check-one_kind_of_clock = 一个时限只能是 limit、minimum、backward、due 之一；{ $expected }；现有：{ $found }
check-public_or_sealed = 字段 { $found } 要么公开，要么封存：写 { $expected }
check-purpose_and_retention = 封存的字段 { $found } 要写明 { $expected }
check-choices_missing = 选择字段 { $found } 没有写 { $expected }
check-overlay_not_local = 地方文件只能改标了 local 的数：{ $found }；应为{ $expected }
check-scenario_form = 场景要写成“一句话: given、when、then、cite”；{ $expected }；多出或缺少：{ $found }
check-wrong_weekday = 日期和星期对不上：写的是 { $found }，应为 { $expected }
check-stage_unreachable = 没有办件能到“{ $stage }”这个阶段
check-end_with_bearer = 终点“{ $stage }”不该有承担者
check-stage_without_bearer = 办件停在“{ $stage }”时，没有人负责
check-no_end_from_here = 从“{ $stage }”出发，永远办不结
check-wait_without_clock = 办件停在“{ $stage }”时，没有任何时限能结束等待（正在走的时限：{ $running }）
check-office_never_bound = 单位角色“{ $office }”从未确定是哪个单位：写 found_by，或让一个行为 binds 它
check-adverse_without_notice = “{ $action }”对当事人不利，却不告知当事人：写 tell
check-adverse_without_remedy = “{ $action }”对当事人不利，却没有写救济：写 remedies，或写 no_remedy 说明为什么没有
check-without_source = “{ $name }”没有写依据：写 cite
check-unknown_source = “{ $name }”引用的依据没有声明：{ $source }
check-source_not_in_force = 依据“{ $source }”在 { $on } 还没有施行（施行日：{ $in_force }）
check-source_ended = 依据“{ $source }”已于 { $ended } 失效
check-number_unused = parameters.yaml里的“{ $parameter }”没有用到
check-number_too_late = “{ $parameter }”从 { $from } 才有值，程序从 { $in_force } 就施行
check-local_without_why = “{ $parameter }”是本地的数，要写 why：法律为什么没有给出
check-sensitive_field = 字段“{ $field }”问到“{ $found }”：没有写明依据、目的和保存期限，不得收集
check-scenario_differs = 场景“{ $name }”：{ $what } 应为 { $expected }，实际是 { $found }
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
