# The life of a promise: values, milestones, parts, evidence, confirmation, re-checks
# Why something is not done
refused-control_character-staff = Character { $position } is an invisible control character. Nothing was written. Delete it and send it again.
refused-bad_date-staff = This date could not be read: { $found }. Write year-month-day, such as 2026-12-04. Nothing was written.
refused-value_exists = The value for this day is there already. Nothing has changed.
refused-value_exists-staff = { $office } has already entered { $value } for this indicator on { $on }; you gave { $given }. A value is entered once, so nothing was written. Use the value that is there; if it is wrong, the office that entered it or the verifying office corrects it under “Data”, with a reason.
refused-value_in_future = This was not done. Nothing has changed.
refused-value_in_future-staff = The day { $on } has not come yet. Nothing was written. Give the day the value is about.
refused-value_unreadable = This was not done. Nothing has changed.
refused-value_unreadable-staff = “{ $found }” is not a number. Nothing was written. Write digits only.
refused-value_incomplete = This was not done. Nothing has changed.
refused-value_incomplete-staff = { $part ->
    [indicator] Give the name of the indicator. Nothing was written.
    [as_of] Give the day the value is about. Nothing was written.
   *[other] Say where the value comes from. Nothing was written.
}
refused-value_scope = This was not done. Nothing has changed.
refused-value_scope-staff = The area is not an office of this district. Nothing was written. Choose again.
refused-value_unknown = This was not done. Nothing has changed.
refused-value_unknown-staff = There is no such value. Nothing was written.
refused-value_not_yours = This was not done. Nothing has changed.
refused-value_not_yours-staff = This value was entered by { $office }. Only that office or the verifying office can correct it. Nothing was written.
refused-value_corrected = This was not done. Nothing has changed.
refused-value_corrected-staff = This value has been corrected already. Correct the corrected one. Nothing was written.
refused-value_reason = This was not done. Nothing has changed.
refused-value_reason-staff = Give a reason. It is published. Nothing was written.
refused-ask_kind = This was not done. Nothing has changed.
refused-ask_kind-staff = Choose whether you ask for data, a report or a meeting. Nothing was written.
refused-ask_nobody = This was not done. Nothing has changed.
refused-ask_nobody-staff = Choose which office you ask. Nothing was written.
refused-ask_yourself = This was not done. Nothing has changed.
refused-ask_yourself-staff = You need not ask your own office. Nothing was written. Take it off the list.
refused-ask_basis = This was not done. Nothing has changed.
refused-ask_basis-staff = Say on what basis you ask. Without one, other offices are not asked. Nothing was written.
refused-ask_subject = This was not done. Nothing has changed.
refused-ask_subject-staff = Say what the report or meeting is about. Nothing was written.
refused-ask_indicator = This was not done. Nothing has changed.
refused-ask_indicator-staff = Say which indicator you ask for. Nothing was written.
refused-asked_already = This was not done. Nothing has changed.
refused-asked_already-staff = { $office } asked the same office for this value on { $on } and the answer is still to come. It was not asked again; every office will see the answer.
refused-request_unknown = This was not done. Nothing has changed.
refused-request_unknown-staff = There is no such request. Nothing was written.
refused-request_not_yours = This was not done. Nothing has changed.
refused-request_not_yours-staff = This was asked of { $office }, which answers it. Nothing was written.
refused-request_answered = This was not done. Nothing has changed.
refused-request_answered-staff = This has been answered already. Nothing was written.
refused-answer_words = This was not done. Nothing has changed.
refused-answer_words-staff = Write a sentence in answer. Nothing was written.
refused-milestone_unknown = This was not done. Nothing has changed.
refused-milestone_unknown-staff = There is no milestone called “{ $milestone }”. Nothing was written. Use one of the names that were set: { $known }.
refused-milestone_after_deadline = This was not done. Nothing has changed.
refused-milestone_after_deadline-staff = The milestone’s day { $until } is after the deadline of the commitment, { $due }. Nothing was written. Give that day or an earlier one.
refused-milestones_full = This was not done. Nothing has changed.
refused-milestones_full-staff = A commitment has at most { $most } milestones and has them all. Nothing was written.
refused-stricter_without_reason = This was not done. Nothing has changed.
refused-stricter_without_reason-staff = { $how ->
    [earlier] This asks for all of it earlier than the commitment does, which needs a public reason. Nothing was written. Give the reason, or the day of the commitment.
   *[other] This asks for more than the commitment does, which needs a public reason. Nothing was written. Give the reason, or the standard of the commitment.
}
refused-parts_none = This was not done. Nothing has changed.
refused-parts_none-staff = Write at least one part. Nothing was written.
refused-parts_full = This was not done. Nothing has changed.
refused-parts_full-staff = A commitment has at most { $most } parts. Nothing was written.
refused-parts_other_unit = This was not done. Nothing has changed.
refused-parts_other_unit-staff = A part is in another unit than the commitment ({ $unit }), so they cannot be added up. Nothing was written.
refused-parts_differ = This was not done. Nothing has changed.
refused-parts_differ-staff = The parts come to { $total } and the commitment is { $target }: { $way ->
    [gap] { $difference } are missing
   *[other] { $difference } are too many
}. Nothing was written. Make the sum come out, or give a reason with a part; it is published.
refused-evidence_not_needed = This was not done. Nothing has changed.
refused-evidence_not_needed-staff = This indicator goes by its value and takes no evidence. Nothing was written. Leave the files out and send it again.
refused-evidence_full = This was not done. Nothing has changed.
refused-evidence_full-staff = This indicator takes at most { $most } files over its whole life and has { $had }. More are not taken, so that nobody is kept busy making files. Nothing was written. Leave some out and send it again.
refused-evidence_other_kind = This was not done. Nothing has changed.
refused-evidence_other_kind-staff = This indicator takes only { $kind ->
    [documents] documents
    [tables] tables
    [pictures] pictures
   *[other] what was declared
}; “{ $name }” is none. Nothing was written. Choose another file and send it again.
refused-voice_codes_count = This was not done. Nothing has changed.
refused-voice_codes_count-staff = Print between 1 and { $most } codes at a time. Nothing was written.
refused-voice_codes_full = This was not done. Nothing has changed.
refused-voice_codes_full-staff = A commitment has at most { $most } codes; { $had } have been given. Nothing was written.
refused-voice_code_unknown = We do not know this code. Compare it with your slip and enter it again.
refused-voice_code_unknown-staff = We do not know this code. Compare it with your slip and enter it again.
refused-voice_code_spent = This code has been used. A code counts once. We do not keep which code said what, so it cannot be changed.
refused-voice_code_spent-staff = This code has been used. A code counts once. We do not keep which code said what, so it cannot be changed.
refused-voice_says = Choose one answer and send it again.
refused-voice_says-staff = Choose one answer and send it again.
refused-voice_too_early = This commitment has not been reported done, so there is nothing to say yet. Come back when it is.
refused-voice_too_early-staff = This commitment has not been reported done, so there is nothing to say yet. Come back when it is.
refused-voices_enough = { $most } views have been given and no more are taken. Thank you.
refused-voices_enough-staff = { $most } views have been given and no more are taken. Thank you.
refused-lot_not_yours = This was not done. Nothing has changed.
refused-lot_not_yours-staff = Draws are announced and made by the supervision office. Nothing was written.
refused-lot_subject = This was not done. Nothing has changed.
refused-lot_subject-staff = Give the draw a name. Nothing was written.
refused-lot_items = This was not done. Nothing has changed.
refused-lot_items-staff = The list is empty or has a line that cannot be read. Nothing was written.
refused-lot_size = This was not done. Nothing has changed.
refused-lot_size-staff = Draw between 1 and { $most }. Nothing was written.
refused-lot_ahead = This was not done. Nothing has changed.
refused-lot_ahead-staff = Give a number between 1 and 100,000. Nothing was written.
refused-lot_unknown = This was not done. Nothing has changed.
refused-lot_unknown-staff = There is no such draw.
refused-lot_too_early = This was not done. Nothing has changed.
refused-lot_too_early-staff = It is too early: the log has { $have } records and the draw was announced for { $need }. Nothing was written.
refused-lot_outside_missing = This was not done. Nothing has changed.
refused-lot_outside_missing-staff = The announcement names “{ $outside }”. Enter its result, then draw. Nothing was written.
refused-lot_not_drawn = This was not done. Nothing has changed.
refused-lot_not_drawn-staff = { $number } was not drawn. Nothing was written.
refused-recheck_same_office = This was not done. Nothing has changed.
refused-recheck_same_office-staff = Another office than the lead and the verifier looks again; { $office } cannot re-check what it did or verified. Nothing was written.
refused-recheck_done = This was not done. Nothing has changed.
refused-recheck_done-staff = { $number } has been re-checked already. Nothing was written.
refused-recheck_finding = This was not done. Nothing has changed.
refused-recheck_finding-staff = Choose a finding. Nothing was written.
refused-recheck_words = This was not done. Nothing has changed.
refused-recheck_words-staff = Say how it was re-checked and what was seen. Nothing was written.
# Public records in the log
governance-value = Value: { $indicator } was { $value } on { $as_of }; source: { $source }.
governance-request = { $ask ->
    [data] Data asked of other offices
    [report] A report asked of other offices
   *[other] A meeting asked of other offices
}: { $subject }. Basis: { $basis }.
governance-voice_codes = { $codes } confirmation codes printed for { $number }, { $given } in all.
governance-voices = { $number } has { $voices } views ({ $way ->
    [code] by code
   *[other] without a code
}).
governance-draw = { $step ->
    [announced] Draw “{ $subject }” announced: { $size } of { $of }, seeded by the root of the log at { $tree_size } records.
   *[other] Draw “{ $subject }” made: { $size } of { $of }, by the root of the log at { $tree_size } records.
}
governance-recheck = { $number } re-checked: { $finding ->
    [holds] it holds
    [partly] it holds in part
   *[other] it does not hold
}.
# The public page of a commitment
promise-course = Milestones and changes
promise-milestones = Milestones
promise-milestone-reached = reported reached on { $day }
promise-milestone-reached_late = reported reached on { $day }, after the day
promise-milestone-passed = the day has passed and nothing was reported
promise-milestone-ahead = still ahead
promise-milestone-before = first set for { $day }
promise-milestone-reason = Why it is stricter than the commitment: { $reason }
promise-milestone-col-name = Milestone
promise-milestone-col-due = Day
promise-milestone-col-state = State
promise-parts = Parts
promise-parts-col-office = Office
promise-parts-col-title = Part
promise-parts-col-target = Target
promise-parts-col-state = State
promise-parts-sum = The parts come to { $total }, which is the commitment.
promise-parts-gap = The parts come to { $total }; { $difference } of the commitment are missing.
promise-parts-excess = The parts come to { $total }, { $difference } more than the commitment.
promise-parts-each = This is a rate: the same standard for each office, not added up.
promise-parts-open = The commitment states no amount, so the parts are not added up.
promise-parts-reason = Reason: { $reason }
promise-part-of = This is a part of { $number }.
promise-extension = Extension
promise-extension-asked = { $day }: asked to move from { $from } to { $until }. Reason: { $reason }
promise-extension-waiting = Not answered yet.
promise-extension-granted = { $day }: approved by { $who }, until { $until }. Reason: { $reason }
promise-extension-refused = { $day }: refused by { $who }; the deadline stays. Reason: { $reason }
promise-extension-taken_back = { $day }: taken back.
promise-extension-overtaken = It ended without an answer.
promise-objection = Objection
promise-objection-said = { $day }: { $words }
promise-objection-answered = { $day }, answered by { $who }: { $words }
promise-objection-waiting = Not answered yet.
promise-objection-taken_back = Taken back.
promise-target-changed = Until { $day } the target was { $target }. Why it changed: { $reason }
promise-evidence-rule = { $kind ->
    [none] This indicator goes by its value and takes no evidence.
    [documents] Documents only, at most { $most }; { $had } handed in.
    [tables] Tables only, at most { $most }; { $had } handed in.
    [pictures] Pictures only, at most { $most }; { $had } handed in.
   *[other] At most { $most } files; { $had } handed in.
}
promise-value-progress = { $value } of { $target }
promise-value-elsewhere = entered by { $office }
promise-value-percent = { $value } ({ $percent } %)
promise-data = Data
promise-data-current = Data are recent: as of { $day }, { $days } days ago
promise-data-old = Data are old: as of { $day }, { $days } days ago. Progress is not known
promise-data-none = No data yet
promise-data-never = No data for { $days } days. Progress is not known
promise-value-source = { $source }, { $by }
promise-confirmed-none = nobody has said yet
promise-confirmed-few = fewer than 5 people, not shown yet
promise-confirmed-code = { $voices } by code: { $yes } confirm, { $partly } in part, { $no } do not, { $cannot_tell } cannot tell
promise-confirmed-given = { $given } codes given
promise-confirmed-open = { $voices } others without a code: done { $yes }, in part { $partly }, not done { $no }, cannot tell { $cannot_tell }
promise-confirm-link = Say whether it was done
promise-recheck = Random re-check
promise-recheck-waiting = Drawn in “{ $lot }”; not looked at again yet.
promise-recheck-holds = { $day }, re-checked by { $office }: it holds. { $words }
promise-recheck-partly = { $day }, re-checked by { $office }: it holds in part. { $words }
promise-recheck-does_not_hold = { $day }, re-checked by { $office }: it does not hold. { $words }
promise-recheck-how = How it was drawn
# Say whether it was done
confirm-title = Was this done?
confirm-lead = { $office } reported it done on { $day }. What do you see?
confirm-choose = As you see it
confirm-yes = It was done
confirm-partly = Part of it was done
confirm-no = It was not done
confirm-cannot_tell = I cannot tell
confirm-code = Code on your slip (if you have one)
confirm-code-hint = 24 characters, given out by the supervision office. A code counts once. Without a code you can speak too; those views are counted apart.
confirm-private = We take no name and no text. A code is spent when used, and which code said what is not kept. Views are published five at a time.
confirm-send = Send
confirm-thanks = Noted. Thank you.
confirm-thanks-more = Views are published five at a time, so you will not see a change now.
confirm-back = Back to the commitment
confirm-early = This commitment has not been reported done, so there is nothing to say yet.
confirm-problem = One thing is missing
# The burden meter
burden-title = What offices ask of each other
burden-lead = How often each office asked other offices for data, for reports or to meetings, by month. Acts of offices are counted, never people, and nobody is ranked.
burden-spared = “Spared” are values that somebody had entered already: the register answered and nobody was asked.
burden-col-month = Month
burden-col-office = Office
burden-col-data = Data
burden-col-report = Reports
burden-col-meeting = Meetings
burden-col-asked = In all
burden-col-offices = Offices asked
burden-col-spared = Spared
burden-none-title = No office has asked another for anything yet
burden-none = Requests for data, reports and meetings that offices make on their “Data” page are listed here by month.
# Draws
draws-title = Random re-checks
draws-lead = Some of the commitments that were verified are drawn by lot and looked at again by another office. The list and the method are published first; the seed is the root of the log at a size it has yet to reach, so anybody can draw again and compare.
draws-none-title = No draw has been announced yet
draws-none = Once the supervision office announces one, its list, seed and findings are shown here.
draws-announced = Announced by { $office } on { $day }: { $size } of { $of }, to be drawn when the log has { $tree_size } records.
draws-outside = With a number from outside: { $outside }
draws-waiting = The log has { $have } records; it is too early.
draws-ready = The log is long enough; it can be drawn.
draws-drawn = Drawn on { $day }. Seed:
draws-root = Root of the log:
draws-outside-word = Number from outside: { $word }
draws-result = Drawn
draws-list = The list ({ $of })
draws-redo = To draw again yourself, save the list as a file with one number a line and run
draws-not-checked = not looked at again yet
draws-finding-holds = it holds
draws-finding-partly = it holds in part
draws-finding-does_not_hold = it does not hold
draws-by = { $office }, { $day }
# The desk
desk-nav-values = Data
desk-nav-draws = Re-checks
values-title = Data: every value entered once
values-lead = Values of indicators are kept here for everybody. Look here before asking: what exists need not be asked for.
values-search = Look up an indicator
values-search-button = Look up
values-col-name = Indicator
values-col-scope = Area
values-col-value = Value
values-col-as_of = As of
values-col-source = Source
values-col-office = Entered by
values-whole = Whole district
values-none = No value has been entered yet.
values-none-found = Nothing found. Enter the value below, or ask the office that has it.
values-corrected = Corrected: { $reason }
values-enter = Enter a value
values-enter-button = Enter
values-correct = Correct
values-correct-button = Correct
values-reason = Reason for the correction
values-field-name = Name of the indicator
values-field-scope = Area (none for the whole district)
values-field-amount = Value
values-field-unit = Unit
values-field-as_of = As of
values-field-source = Source
values-waiting = Asked of this office
values-waiting-none = No office is waiting for an answer from yours.
values-asked-by = { $office } asked on { $day }
values-basis-line = Basis: { $basis }
values-due-line = Answer wished for by { $day }
values-answer = Answer
values-answer-button = Answer
values-ask = Ask other offices
values-ask-kind = What for
values-ask-data = Data
values-ask-report = A report
values-ask-meeting = A meeting
values-ask-of = Which offices
values-ask-subject = Subject (for a report or meeting)
values-ask-basis = Basis
values-ask-due = Answer wished for by
values-ask-button = Ask
values-ask-lead = The register is looked up first: a value that exists is told to you and nobody is asked. Every request counts in the public “What offices ask of each other”.
values-saved-enter = Entered.
values-saved-correct = Corrected; the first value is kept.
values-saved-answer = Answered.
values-saved-ask = Asked.
values-saved-found = The value exists, so nobody was asked:
values-burden-link = What offices ask of each other
parts-title = Divide into parts
parts-lead = Write all parts at once. A part without a deadline is due with the commitment. Amounts must add up to the commitment; where a part is due earlier, asks for more, or the sum does not come out, give a reason. It is published.
parts-whole = Commitment: { $title }. Target { $target }, deadline { $due }.
parts-whole-open = Commitment: { $title }. Deadline { $due }.
parts-row = Part { $n }
parts-office = Office
parts-name = Part
parts-target = Target ({ $unit })
parts-due = Deadline
parts-reason = Public reason
parts-button = Open and assign
parts-link = Divide into parts
parts-more = For more parts, do it again afterwards.
codes-title = Confirmation codes
codes-lead = Cut the codes apart and hand them to people this commitment affects. Who gets one is not recorded. They are shown on this page only once.
codes-form = Print confirmation codes
codes-form-lead = For people it affects, to say whether it was done. A code counts once and nobody can look up what it said.
codes-count = How many
codes-button = Print codes
codes-where = Open { $url } and enter this code
codes-given = { $given } given so far
desk-draws-announce = Announce a draw
desk-draws-subject = Name
desk-draws-size = How many to draw
desk-draws-ahead = After how many more records of the log
desk-draws-outside = A number from outside, such as the result of a public lottery
desk-draws-outside-word = Result of the number from outside
desk-draws-population = { $count } commitments were verified and never drawn; all of them go on the list.
desk-draws-nobody = There is no verified commitment that was not drawn before.
desk-draws-announce-button = Announce
desk-draws-draw-button = Draw
desk-draws-recheck = Re-check { $number }
desk-draws-finding = Finding
desk-draws-words = How it was re-checked and what was seen
desk-draws-recheck-button = Record the finding
desk-promise-title = Milestones, parts and changes
# Commands
cli-measures-short = Calculations that anybody can do again
cli-measures-help = Published calculations that anybody can do again on their own machine.
cli-measures-example = Example: mingze measures draw list.txt --size 5 --root <64 hex digits> --lot <id>
cli-measures-draw-short = Draw again from a public seed
cli-measures-draw-help = Draws from a list in a file (one item a line) by the seed, to compare with what was published. The seed comes from the root of the log at an announced size; see docs/formats/draw.md. Needs no network and no instance.
cli-measures-draw-example = Example: mingze measures draw list.txt --size 5 --root <64 hex digits> --lot <id>
cli-measures-draw-option-size = How many to draw.
cli-measures-draw-option-seed = The seed, 64 hex digits; without it, it is computed from --root and --lot.
cli-measures-draw-option-root = Root of the log at the announced size, 64 hex digits.
cli-measures-draw-option-lot = Id of the draw.
cli-measures-draw-option-outside = Result of the number from outside, if the announcement names one.
measures-draw-list = List of { $of }, SHA-256 { $digest }
measures-draw-seed = Seed { $seed }
measures-draw-bad_list = The list is empty or cannot be read: { $file }
measures-draw-bad_seed = Give --seed, or --root and --lot; each of 64 hex digits.
measures-draw-bad_size = Draw between 1 and { $most }.
