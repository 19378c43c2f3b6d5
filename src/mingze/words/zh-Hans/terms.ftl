# 期限怎么算：逐日说明、所用规则、读不懂的输入
terms-start = 起算当天，不算第一天
terms-start-named = { $event }当天，不算第一天
terms-start-hours = 从{ $time }起算，按小时走
terms-start-backward = 从这一天往前数，这一天不算
terms-counted-working = { $days ->
   *[other] 工作日
}
terms-counted-calendar = 逐日计算，休息日也算
terms-counted-hours = 按小时走，休息日也算
terms-makeup = 调休上班，算工作日
terms-extension-working = 延长的期限，工作日
terms-extension-calendar = 延长的期限，逐日计算
terms-extension-hours = 延长的期限，按小时走
terms-rest = { $days ->
    [1] 周末，不计
   *[other] 周末，{ $days }天不计
}
terms-holiday = { $days ->
    [1] { $festival }放假，不计
   *[other] { $festival }放假，{ $days }天不计
}
terms-suspended = { $days ->
    [1] 中止期间，不计
   *[other] 中止期间，{ $days }天不计
}
terms-roll-rest = 周末，最后一天不落在这里
terms-roll-holiday = { $festival }放假，最后一天不落在这里
terms-roll-suspended = 中止期间，最后一天不落在这里
terms-raw-end-weekend = 期限数到这一天，是周末
terms-raw-end-holiday = 期限数到这一天，是{ $festival }放假
terms-due-working = 工作日，最后一天
terms-due-makeup = 调休上班，算工作日，最后一天
terms-due-calendar = 最后一天
terms-due-kept-weekend = 最后一天，是周末，期限不顺延
terms-due-kept-holiday = 最后一天，是{ $festival }放假，期限不顺延
terms-due-rolled-forward = 顺延到这个工作日，最后一天
terms-due-rolled-back = 提前到这个工作日，最后一天
terms-due-hours = { $time }到期
terms-due-same-day = 当天就是最后一天
terms-today = { $how }；今天
terms-provisional-day = { $how }（放假安排还没有公布，按周末推算）
terms-none = —

terms-caption = { $start }起，{ $period }。
terms-caption-named = { $start }{ $event }，{ $period }。
terms-caption-backward = { $start }之前{ $period }。
terms-caption-extended = { $period }，延长{ $extension }
terms-caption-notices = 放假和调休按{ $notices }，日历{ $version }。
terms-caption-calendar = 日历{ $version }。
terms-notice = 《{ $title }》（{ $number }）

terms-total-days = 起算后{ $days }天
terms-total-days-backward = 往前{ $days }天
terms-total-working = { $counted }个工作日
terms-total-calendar = { $counted }日
terms-total-makeup = 含{ $days }天调休上班
terms-total-rest = { $days }天休息日不计
terms-total-suspended = 中止{ $days }天不计
terms-total-rolled-forward = 顺延{ $days }天
terms-total-rolled-back = 提前{ $days }天
terms-total-join = ，
terms-total-with = { $counted }（{ $makeup }）

terms-spoken-due = 从{ $start }到{ $due }到期，共{ $days }天：{ $totals }。
terms-spoken-backward = 从{ $start }往前数到{ $due }，共{ $days }天：{ $totals }。
terms-spoken-open = 从{ $start }起，期限已中止，还没有到期日。
terms-spoken-today = 今天{ $today }，第{ $ordinal }{ $unit }。
terms-spoken-table = 逐日说明见下表。
terms-unit-working = 个工作日
terms-unit-calendar = 日

terms-lead-limit = 最迟{ $due }。
terms-lead-minimum = 不早于{ $free }；期限到{ $due }届满。
terms-lead-backward = 最迟{ $due }，好在事前留足时间。
terms-lead-suspended = 期限自{ $since }起中止。中止结束后才算得出到期日。
terms-lead-provisional = 这个日期是暂定的：官方放假安排只公布到{ $covered }，新的公布后，这里会定下来。
terms-lead-rolled = 到期日遇休息日，单位的期限不顺延；如果顺延，会是{ $rolled }，仅供参考。

terms-policy-start_day_not_counted = 起算当天不算第一天，从第二天数起。
terms-policy-hours_run_from_the_moment = 按小时算的期限，从那一刻起走，夜里和休息日也走。
terms-policy-counted_back_from_event = 从事情那天往前数，那天不算。
terms-policy-restart_begins_anew = 期限重新起算，重新起算那天不算；以前的延长不再有效。
terms-policy-every_day_counts = 按日算，休息日也算。
terms-policy-working_days_only = 只数工作日，周末和放假的日子不数。
terms-policy-makeup_day_counts = 调休上班的周末是工作日，要数。
terms-policy-corresponding_day = 按月、按年算的，到对应的那一天为止。
terms-policy-month_end_without_corresponding_day = 那个月没有对应的日子，到月末为止。
terms-policy-suspension_days_left_out = 中止期间从第一天到最后一天都不数，两头也不数。
terms-policy-suspension_still_runs = 期限还在中止，中止结束前没有到期日。
terms-policy-extension_added_to_raw_end = 延长的期限从原来数到的那天接着数，不从顺延后的那天接着数。
terms-policy-office_limit_does_not_roll = 最后一天是休息日，法律没有规定顺延，单位的期限不顺延。
terms-policy-last_day_kept = 最后一天是休息日，这个期限不顺延。
terms-policy-person_right_rolls = 最后一天是休息日，您的权利顺延到休息日后的第一个工作日。
terms-policy-limit_rolls_by_law = 最后一天是休息日，依照法律顺延到休息日后的第一个工作日。
terms-policy-last_day_rolls_forward = 最后一天是休息日，顺延到休息日后的第一个工作日。
terms-policy-last_day_rolls_back = 数到的那天是休息日，往前提到最近的工作日。
terms-policy-makeup_day_is_no_rest_day = 最后一天是调休上班的日子，不是休息日，不顺延。
terms-policy-hours_do_not_roll = 按小时算的期限不顺延。
terms-policy-minimum_passes_fully = 这是最短期限，最后一天过完才可以做下一步。
terms-policy-local_period = 法律没有规定天数，这是本地自定的期限。
terms-policy-provisional_beyond_calendar = 官方放假安排还没有公布到那时，先按周末推算，日期是暂定的。
terms-policy-counted_from_stated_day = 从办件里写明的那一天起算；那一天改期的，期限重新计算。
terms-policy-silence_none = 到期没有办的，不会自动产生结果：记为逾期，办件继续办。
terms-policy-silence_deemed_refused = 到期没有办的，依法视为不予同意。
terms-policy-silence_deemed_granted = 到期没有办的，依法视为同意。
terms-policy-silence_may_turn_elsewhere = 到期没有办的，您可以转向其他途径。
terms-policy-with-law = { $policy }（{ $law }）

terms-law-civil-code-200 = 《民法典》第二百条
terms-law-civil-code-201 = 《民法典》第二百零一条
terms-law-civil-code-202 = 《民法典》第二百零二条
terms-law-civil-code-203 = 《民法典》第二百零三条
terms-law-civil-procedure-85 = 《民事诉讼法》第八十五条
terms-law-holiday-notice = 国务院办公厅节假日安排通知

term-error-amount_wrong = 期限的数量要写整数0、1、2……，这里写的是{ $found }。
term-error-amount_too_long = 期限太长：最多{ $expected }，这里写的是{ $found }。
term-error-unit_unknown = 期限的单位要写{ $expected }之一，这里写的是{ $found }。
term-error-direction_unknown = direction要写{ $expected }之一，这里写的是{ $found }。
term-error-roll_unknown = roll要写{ $expected }之一，这里写的是{ $found }。
term-error-suspension_ends_before_it_begins = 中止结束的日子{ $ends }早于开始的日子{ $begins }。
term-error-event_unknown = 事件要写{ $expected }之一，这里写的是{ $found }。
term-error-key_unknown = { $where }里不认识“{ $found }”，可以写的有：{ $expected }。
term-error-key_missing = { $where }里缺“{ $expected }”，现在只有：{ $found }。
term-error-not_an_object = { $where }要写成一个对象，这里是{ $found }。
term-error-not_a_list = { $where }要写成一个列表，这里是{ $found }。
term-error-not_a_date = 日期要写成{ $expected }，这里写的是{ $found }。
term-error-hours_need_an_instant = 按小时算的期限要写起算的时刻，例如2026-09-18T10:12:00+08:00，这里只有{ $found }。
term-error-extension_unit = 按{ $unit }算的期限不能按小时延长。
term-error-out_of_range = 从{ $start }算起，超出了日历能写的年份。
term-error-instant_without_offset = 时刻{ $found }没有写时区，分不清是哪一天。

calendar-error-yaml = 这里不是正确的YAML：{ $found }。
calendar-error-too_long = 日历文件太长：{ $expected }，现在{ $found }。
calendar-error-key_unknown = 不认识“{ $found }”，可以写的有：{ $expected }。
calendar-error-key_twice = “{ $found }”写了两次，每项只写一次。
calendar-error-key_missing = 缺“{ $expected }”，现在有：{ $found }。
calendar-error-wrong_type = 这里应当是：{ $expected }，现在是：{ $found }。
calendar-error-not_a_date = 日期要写成：{ $expected }，现在是：{ $found }。
calendar-error-wrong_weekday = 星期不对：按日期应当是{ $expected }，写的是{ $found }。
calendar-error-wrong_year = 不是这一年的日子：应当是{ $expected }，写的是{ $found }。
calendar-error-range_backwards = 放假结束早于开始：应当是{ $expected }，写的是{ $found }。
calendar-error-range_too_long = 放假太长：{ $expected }，写的有{ $found }。
calendar-error-wrong_day_count = 天数不对：应当是{ $expected }，写的是{ $found }。
calendar-error-day_twice = 同一天写了两次：{ $found }。
calendar-error-makeup_not_weekend = 调休上班的日子应当是周六或周日，写的是{ $found }。
calendar-error-notice_after_year = 通知的日期晚于它规定的年份：应当是{ $expected }，写的是{ $found }。
calendar-error-other_calendar = 这一年属于另一部日历：应当是{ $expected }，写的是{ $found }。
calendar-error-year_twice = { $found }年给了两个文件，每年只要一个。
calendar-error-years_contradict = 两年的通知对同一天说法不一：另一份说是{ $expected }，这里说{ $found }。

due-bad-line = 第{ $line }行不是一个JSON对象。
due-line-too-long = 第{ $line }行太长，最多{ $limit }个字节。
due-id-missing = 第{ $line }行缺“id”。
due-id-wrong = 第{ $line }行的“id”要写文字或数字。
due-no-file = 找不到文件{ $file }。
due-unreadable = 读不了{ $file }：{ $why }。
due-one-form = 写“程序 时限 --start 日期”，或者写“--batch 文件”，二者选一。
due-start-missing = 请用--start写明从哪天（或哪一刻）起算，例如--start 2026-09-18。
due-bad-event = --event要写成“类型@日期”，例如suspend@2026-10-12..2026-10-16、restart@2026-10-12，或程序里的动作名@日期；这里写的是{ $found }。
due-unknown-procedure = 没有“{ $name }”这个程序；现有：{ $known }。
due-unknown-clock = 程序“{ $procedure }”没有时限“{ $name }”；现有：{ $known }。
due-fixed-date = 时限“{ $name }”的到期日由办件自己写明，没有固定的天数可算。
due-no-number = 时限“{ $name }”在{ $on }没有生效的天数。
due-no-extension = 时限“{ $name }”不能这样延长；可以用的动作：{ $known }。
due-extension-stated = 动作“{ $action }”延长到办件里写明的日子，没有固定的天数可算。
due-not-suspended = resume之前没有suspend。
due-heading-how = 这一天是怎么来的
due-heading-policy = 用到的规则
due-heading-basis = 依据
due-basis = { $article }
due-basis-parameter = 参数{ $parameter }：{ $period }
due-today = { $today }：第{ $ordinal }{ $unit }，共{ $of }，还剩{ $left }。
due-today-over = { $today }：已过到期日{ $days }天。
due-batch-progress = 已算{ $count }行

cli-due-help = 算出一个期限的最后一天，并逐日说明怎么来的。写“程序 时限 --start 日期”；成批计算用--batch，每行一个JSON对象：id、start、rule（amount、unit、direction、roll）、events。
cli-due-example = 例：mingze due suggestion answer --start 2026-09-18 --on 2026-10-10；mingze due suggestion answer --start 2026-09-18 --event suspend@2026-10-12..2026-10-16 --json；mingze due --batch rules.jsonl。退出码：0算出来了；1成批计算中有一行算不了，或者这个期限算不了；2用法不对。
cli-due-option-start = 从哪天起算（按小时算的，从哪一刻）
cli-due-option-events = 发生了什么：suspend@日期..日期、suspend@日期、resume@日期、restart@日期、extend@日期，或程序里的动作名@日期
cli-due-option-on = 站在哪一天看：标出这一天，并说还剩几天
cli-due-option-batch = 每行一条规则的JSON文件；-表示标准输入
cli-due-option-brief = 成批计算时不要逐日说明（快得多）
cli-due-option-folder = 这个目录里有procedures/和calendars/时，用它们
