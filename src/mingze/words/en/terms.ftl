# How a period is counted: day by day, the rules applied, input that cannot be read
terms-start = The day it starts, not counted
terms-start-named = { $event }: this day is not counted
terms-start-hours = Runs from { $time }, hour by hour
terms-start-backward = Counted back from this day, which is not counted
terms-counted-working = { $days ->
    [1] Working day
   *[other] Working days
}
terms-counted-calendar = Every day counts, days off too
terms-counted-hours = Every hour counts, days off too
terms-makeup = Make-up working day, counted
terms-extension-working = Extension, working days
terms-extension-calendar = Extension, every day counts
terms-extension-hours = Extension, every hour counts
terms-rest = { $days ->
    [1] Weekend, not counted
   *[other] Weekend, { $days } days not counted
}
terms-holiday = { $days ->
    [1] { $festival }, not counted
   *[other] { $festival }, { $days } days not counted
}
terms-suspended = { $days ->
    [1] Suspended, not counted
   *[other] Suspended, { $days } days not counted
}
terms-roll-rest = Weekend, cannot be the last day
terms-roll-holiday = { $festival }, cannot be the last day
terms-roll-suspended = Suspended, cannot be the last day
terms-raw-end-weekend = The count ends here, on a weekend
terms-raw-end-holiday = The count ends here, on a day off for { $festival }
terms-due-working = Working day, the last day
terms-due-makeup = Make-up working day, counted, the last day
terms-due-calendar = The last day
terms-due-kept-weekend = The last day; a weekend, but this limit does not move
terms-due-kept-holiday = The last day; off for { $festival }, but this limit does not move
terms-due-rolled-forward = Moved on to this working day, the last day
terms-due-rolled-back = Moved back to this working day, the last day
terms-due-hours = Ends at { $time }
terms-due-same-day = The same day is the last day
terms-today = { $how }; today
terms-provisional-day = { $how } (days off not announced yet, weekends assumed)
terms-none = –

terms-caption = { $period } from { $start }.
terms-caption-named = { $event } on { $start }, { $period }.
terms-caption-backward = { $period } before { $start }.
terms-caption-extended = { $period }, extended by { $extension }
terms-caption-notices = Days off and make-up working days by { $notices }, calendar { $version }.
terms-caption-calendar = Calendar { $version }.
terms-notice = the { $title } ({ $number })

terms-total-days = { $days ->
    [1] 1 day after the start
   *[other] { $days } days after the start
}
terms-total-days-backward = { $days ->
    [1] 1 day before
   *[other] { $days } days before
}
terms-total-working = { $counted ->
    [1] 1 working day
   *[other] { $counted } working days
}
terms-total-calendar = { $counted ->
    [1] 1 day counted
   *[other] { $counted } days counted
}
terms-total-makeup = { $days ->
    [1] 1 of them a make-up day
   *[other] { $days } of them make-up days
}
terms-total-rest = { $days ->
    [1] 1 day off not counted
   *[other] { $days } days off not counted
}
terms-total-suspended = { $days ->
    [1] 1 suspended day not counted
   *[other] { $days } suspended days not counted
}
terms-total-rolled-forward = { $days ->
    [1] moved on by 1 day
   *[other] moved on by { $days } days
}
terms-total-rolled-back = { $days ->
    [1] moved back by 1 day
   *[other] moved back by { $days } days
}
terms-total-join = ,{" "}
terms-total-with = { $counted } ({ $makeup })

terms-spoken-due = From { $start } to { $due }, when it is due, { $days } days: { $totals }.
terms-spoken-backward = From { $start } back to { $due }, { $days } days: { $totals }.
terms-spoken-open = From { $start }; the period is suspended and has no due date yet.
terms-spoken-today = Today, { $today }, is { $unit } { $ordinal }.
terms-spoken-table = The table below explains each day.
terms-unit-working = working day
terms-unit-calendar = day

terms-lead-limit = By { $due } at the latest.
terms-lead-minimum = Not before { $free }; the period ends on { $due }.
terms-lead-backward = By { $due } at the latest, to leave the time the rule asks for.
terms-lead-suspended = Suspended since { $since }. The due date can be counted once the suspension ends.
terms-lead-provisional = This date is provisional: official days off are announced only up to { $covered }. It is settled when the next ones are.
terms-lead-rolled = The last day is a day off and an office’s limit does not move; if it did, it would be { $rolled }. For information only.

terms-policy-start_day_not_counted = The day it starts is not day one; counting begins the next day.
terms-policy-hours_run_from_the_moment = A period in hours runs from the moment, through nights and days off.
terms-policy-counted_back_from_event = Counted back from the day of the event, which is not counted.
terms-policy-restart_begins_anew = The period began anew; that day is not counted and earlier extensions no longer apply.
terms-policy-every_day_counts = Days are calendar days: days off count too.
terms-policy-working_days_only = Only working days are counted, not weekends or days off.
terms-policy-makeup_day_counts = A weekend day worked in exchange for a day off is a working day and counts.
terms-policy-corresponding_day = A period in months or years ends on the corresponding day.
terms-policy-month_end_without_corresponding_day = That month has no corresponding day, so the period ends at the end of the month.
terms-policy-suspension_days_left_out = Every day from the first to the last of a suspension is left out, both ends included.
terms-policy-suspension_still_runs = The period is still suspended; until that ends there is no due date.
terms-policy-extension_added_to_raw_end = An extension goes on from the day the count had reached, not from the day it had moved to.
terms-policy-office_limit_does_not_roll = The last day is a day off; where the law is silent an office’s limit does not move.
terms-policy-last_day_kept = The last day is a day off; this period does not move.
terms-policy-person_right_rolls = The last day is a day off, so your right runs to the first working day after it.
terms-policy-limit_rolls_by_law = The last day is a day off; by law the limit moves to the first working day after it.
terms-policy-last_day_rolls_forward = The last day is a day off, so the period moves to the first working day after it.
terms-policy-last_day_rolls_back = The count ends on a day off, so it moves back to the working day before.
terms-policy-makeup_day_is_no_rest_day = The last day is a make-up working day, which is not a day off, so nothing moves.
terms-policy-hours_do_not_roll = A period in hours does not move off a day off.
terms-policy-minimum_passes_fully = This is a minimum: its last day must have passed before the next step.
terms-policy-local_period = The law gives no number; this is the authority’s own period.
terms-policy-provisional_beyond_calendar = Official days off are not announced that far; weekends alone are assumed and the date is provisional.
terms-policy-counted_from_stated_day = The day it is counted from is the one stated in the case; when that day is moved, the period is counted anew.
terms-policy-silence_none = If nothing is done by then, nothing follows by itself: the period counts as missed and the case stays open.
terms-policy-silence_deemed_refused = If nothing is done by then, the law takes it as refused.
terms-policy-silence_deemed_granted = If nothing is done by then, the law takes it as granted.
terms-policy-silence_may_turn_elsewhere = If nothing is done by then, you may turn elsewhere.
terms-policy-with-law = { $policy } ({ $law })

terms-law-civil-code-200 = Civil Code, art 200
terms-law-civil-code-201 = Civil Code, art 201
terms-law-civil-code-202 = Civil Code, art 202
terms-law-civil-code-203 = Civil Code, art 203
terms-law-civil-procedure-85 = Civil Procedure Law, art 85
terms-law-holiday-notice = State Council notice on days off

term-error-amount_wrong = The amount must be a whole number 0, 1, 2, …; found { $found }.
term-error-amount_too_long = The period is too long: at most { $expected }, found { $found }.
term-error-unit_unknown = The unit must be one of { $expected }; found { $found }.
term-error-direction_unknown = The direction must be one of { $expected }; found { $found }.
term-error-roll_unknown = The roll must be one of { $expected }; found { $found }.
term-error-suspension_ends_before_it_begins = The suspension ends on { $ends }, before it begins on { $begins }.
term-error-event_unknown = An event must be one of { $expected }; found { $found }.
term-error-key_unknown = “{ $found }” is not known in { $where }; expected { $expected }.
term-error-key_missing = “{ $expected }” is missing in { $where }; there is only: { $found }.
term-error-not_an_object = { $where } must be an object; found { $found }.
term-error-not_a_list = { $where } must be a list; found { $found }.
term-error-not_a_date = A date looks like { $expected }; found { $found }.
term-error-hours_need_an_instant = A period in hours needs the moment it starts, such as 2026-09-18T10:12:00+08:00; found only { $found }.
term-error-extension_unit = A period in { $unit } cannot be extended in hours.
term-error-out_of_range = Counted from { $start } the date leaves the years a calendar can write.
term-error-instant_without_offset = { $found } has no offset, so its day is not certain.

calendar-error-yaml = This is not YAML: { $found }.
calendar-error-too_long = The calendar file is too long: { $expected }, found { $found }.
calendar-error-key_unknown = “{ $found }” is not known here; expected one of { $expected }.
calendar-error-key_twice = “{ $found }” is written twice; write each key once.
calendar-error-key_missing = “{ $expected }” is missing; there is: { $found }.
calendar-error-wrong_type = Expected { $expected }, found { $found }.
calendar-error-not_a_date = Expected { $expected }, found { $found }.
calendar-error-wrong_weekday = The weekday does not fit the date: expected { $expected }, found { $found }.
calendar-error-wrong_year = This day is of another year: expected { $expected }, found { $found }.
calendar-error-range_backwards = The days off end before they begin: expected { $expected }, found { $found }.
calendar-error-range_too_long = Too many days off in a row: { $expected }, found { $found }.
calendar-error-wrong_day_count = The number of days does not fit: expected { $expected }, found { $found }.
calendar-error-day_twice = The same day is named twice: { $found }.
calendar-error-makeup_not_weekend = A make-up working day is a Saturday or Sunday; found { $found }.
calendar-error-notice_after_year = The notice is later than its year: expected { $expected }, found { $found }.
calendar-error-other_calendar = This year belongs to another calendar: expected { $expected }, found { $found }.
calendar-error-year_twice = There are two files for { $found }; one file a year.
calendar-error-years_contradict = Two notices disagree about a day: the other says { $expected }, this one { $found }.

due-bad-line = Line { $line } is not a JSON object.
due-line-too-long = Line { $line } is too long; at most { $limit } bytes.
due-id-missing = “id” is missing in line { $line }.
due-id-wrong = “id” in line { $line } must be text or a number.
due-no-file = There is no file { $file }.
due-unreadable = { $file } cannot be read: { $why }.
due-one-form = Give PROCEDURE CLOCK --start DATE, or --batch FILE, not both.
due-start-missing = Say with --start from which day or moment to count, for example --start 2026-09-18.
due-bad-event = --event is KIND@DATE, for example suspend@2026-10-12..2026-10-16, restart@2026-10-12, or an action of the procedure @DATE; found { $found }.
due-unknown-procedure = There is no procedure “{ $name }”; there are: { $known }.
due-unknown-clock = Procedure “{ $procedure }” has no clock “{ $name }”; it has: { $known }.
due-fixed-date = The due date of “{ $name }” is stated by the case itself; there is no number of days to count.
due-no-number = “{ $name }” has no number in force on { $on }.
due-no-extension = “{ $name }” cannot be extended like this; the actions that extend it: { $known }.
due-extension-stated = “{ $action }” extends to a day the case states; there is no number of days to count.
due-not-suspended = There is no suspend before this resume.
due-heading-how = How this date came about
due-heading-policy = Rules applied
due-heading-basis = Basis
due-basis = { $article }
due-basis-parameter = parameter { $parameter }: { $period }
due-today = { $today }: { $unit } { $ordinal } of { $of }, { $left } left.
due-today-over = { $today }: { $days ->
    [1] 1 day past the due date.
   *[other] { $days } days past the due date.
}
due-batch-progress = { $count } lines done

cli-due-help = Print the last day of a period and how it came about, day by day. Give PROCEDURE CLOCK --start DATE. For many at once use --batch, one JSON object a line: id, start, rule (amount, unit, direction, roll), events.
cli-due-example = Examples: mingze due suggestion answer --start 2026-09-18 --on 2026-10-10; mingze due suggestion answer --start 2026-09-18 --event suspend@2026-10-12..2026-10-16 --json; mingze due --batch rules.jsonl. Exit codes: 0 counted; 1 a line of a batch, or the period, cannot be counted; 2 wrong use.
cli-due-option-start = The day (for hours, the moment) the period starts
cli-due-option-events = What happened: suspend@DAY..DAY, suspend@DAY, resume@DAY, restart@DAY, extend@DAY, or an action of the procedure @DAY
cli-due-option-on = The day to look from: marked in the table, with how many days are left
cli-due-option-batch = A file of bare rules, one JSON object a line; - reads standard input
cli-due-option-brief = In a batch, leave the explanations out (much faster)
cli-due-option-folder = Use this folder’s procedures/ and calendars/ if it has them
