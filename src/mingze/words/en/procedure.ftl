# mingze check and mingze procedures: what is wrong with a procedure, and what one says.
check-unknown_key = Unknown key: { $found }. { $expected ->
    [none] Take it out or correct its spelling
   *[other] Did you mean { $expected }? Correct it or take it out
}
check-missing_key = Missing: { $found }. Write it in
check-wrong_form = Wrong form: { $found }; expected: { $expected }
check-wrong_choice = { $found } is none of those that can stand here: { $expected }
check-wrong_value = Wrong value: { $found } ({ $expected }). Correct it
check-too_long = Too long: { $found }; at most { $expected } characters
check-empty = Must not be empty: { $found }
check-file_too_large = File too large: { $found } characters, at most { $expected }. Make several procedures of it
check-duplicate_key = “{ $found }” is written twice: write each key once; take one out or give it another name
check-not_yaml = This cannot be read ({ $found }): look at the brackets, quotation marks and colons of this line and the one above
check-not_a_table = The whole file should be a table of keys with values, not beginning with “-”
check-missing_file = The folder has no file { $expected }: mingze procedures new writes one to begin with
check-unknown_bearer = No such bearer: { $found }; there are: { $expected }
check-unknown_clock = No such clock: { $found }; there are: { $expected }
check-unknown_actor = No such actor: { $found }; there are: { $expected }
check-unknown_stage = No such stage: { $found }; there are: { $expected }
check-unknown_field = No such field: { $found }; there are: { $expected }
check-unknown_office = No such office role: { $found }; there are: { $expected }
check-unknown_party = No such party: { $found }; there are: { $expected }
check-unknown_action = No such action: { $found }; there are: { $expected }
check-unknown_remedy = No such remedy: { $found }; there are: { $expected }
check-unknown_parameter = No such number in parameters.yaml: { $found }; there are: { $expected }
check-one_opening = Exactly one action without `from` must open a case; found { $found }
check-one_kind_of_clock = A clock has exactly one of { $expected }; found { $found }
check-public_or_sealed = The field { $found } must be either public or sealed: write `public: true`, or `seals`
check-purpose_and_retention = The sealed field { $found } must state `purpose` and `retention_months`
check-choices_missing = The choice field { $found } has no choices: write { $expected }
check-overlay_not_local = A local file may change only a number marked local: { $found } has no `{ $expected }` in the national file; take it out of the local one
check-scenario_form = A scenario is one sentence with given, when, then, cite; expected here { $expected }; found { $found }
check-wrong_weekday = Date and weekday disagree: { $found }, should be { $expected }. Correct the one that is wrong
check-yaml_tab = This line begins with a Tab: use spaces
check-yaml_full_width = Chinese punctuation “{ $found }” stands here: write “{ $expected }”, with a space after a colon or comma
check-yaml_no_space = There is no space after the colon: { $found }. Put one there
check-yaml_no_colon = This line is not “key: value”: { $found }. Write a colon and a space after the key
check-yaml_not_closed = The bracket that opens here is not closed, or a comma is missing inside it: add “{ $expected }”, and a comma between the parts
check-yaml_indent = This line does not line up with those around it: { $found }. Begin the rows of one table in the same column, with spaces, all with “-” or none
check-not_utf8 = This file is not in UTF-8 and cannot be read: save it again in your editor with the encoding UTF-8
check-empty_file = This file is empty: it needs at least one table of keys with values
check-wrong_name = { $found } cannot be a name: small Latin letters, digits and “{ $expected }”, beginning with a letter; what people read stands in zh and en
check-not_a_number_by_name = { $found }: name a number here with $ before it, as $answer_days; the number itself stands in parameters.yaml
check-not_text = { $found }: words are needed here; if these are words, put quotation marks around them
check-not_a_list = { $found }: write rows here that begin with “- ”, or a list [one, two]
check-not_a_pair = { $found }: exactly two names stand here
check-not_a_row = { $found }: keys with values are needed here, as zh and en, each with its text
check-not_a_number = { $found }: a whole number in digits is needed, as 20
check-not_yes_or_no = { $found }: only true or false can stand here
check-wrong_date = { $found } is not a day: write it as 2026-01-31, and one that the calendar has
check-number_too_small = { $found }: at least { $expected }
check-number_too_large = { $found }: at most { $expected }
check-number_out_of_range = The number “{ $found }” must lie in { $expected }
check-scenario_names = The scenario names “{ $found }”, which the procedure has not; there are: { $expected }
check-backward_binds_nothing = “{ $clock }” counts back to a day that binds nobody: name in `holds` the act that waits for it, and in `met_by` the one that must come first (as serving the notice)
check-ends_before_minimum = “{ $clock }” wants “{ $action }”, and the minimum “{ $minimum }” that holds it back has not run by then, so nobody can be in time: lengthen “{ $clock }” or shorten “{ $minimum }”
check-stage_unreachable = No case can reach the stage “{ $stage }”: let an action lead `into` it, or take it out
check-end_with_bearer = The end “{ $stage }” should have no bearer: take `bearer` out, or `end`
check-stage_without_bearer = When a case rests at “{ $stage }” nobody must act: add `bearer`
check-no_end_from_here = From “{ $stage }” no end can be reached: add an action that leads `into` an end even when every counted action is used up
check-wait_without_clock = When a case rests at “{ $stage }” no clock ends the wait (running: { $running }): let a clock with `starts` on the way there be `met_by` an action here
check-office_never_bound = No action or register ever says which office “{ $office }” is: give it found_by, or let an action bind it
check-adverse_without_notice = “{ $action }” is adverse but nobody is told: add `tell`
check-adverse_without_remedy = “{ $action }” is adverse without a remedy: add `remedies`, or `no_remedy` with the cited reason
check-without_source = “{ $name }” cites no source: add `cite`
check-unknown_source = “{ $name }” cites a source nobody declared: { $source }. Declare it in `sources`, or correct `cite`
check-source_not_in_force = The source “{ $source }” is not in force on { $on } (in force from { $in_force }): cite the one in force then, or correct `in_force`
check-source_ended = The source “{ $source }” ended on { $ended }: `cite` the one that took its place
check-number_unused = The number “{ $parameter }” in parameters.yaml is never used: name it in a clock as ${ $parameter }, or take it out
check-number_too_late = “{ $parameter }” has a value only from { $from }, but the procedure is in force from { $in_force }: add the earlier value with its `from`
check-local_without_why = “{ $parameter }” is a local number: add `why`, saying what the law leaves open
check-sensitive_field = The field “{ $field }” asks about “{ $found }”: not without `basis`, `purpose` and `retention_months`; better not to ask
check-scenario_differs = Scenario “{ $name }”: { $what } should be { $expected }, is { $found }. Either the sentence or the tables are wrong: correct the one that departs from `cite`
check-passed = Passed { $name }: every wait has a bearer, a clock and a source; { $scenarios } scenarios hold ({ $hash })
check-refused = Refused { $name }: { $count ->
    [one] 1 fault
   *[other] { $count } faults
 }
check-path = How to get there:
check-no-procedure-here = There is no procedure.yaml in { $path }. Give a procedure's folder, for example procedures/suggestion.
procedures-open-to-all = anyone can file
procedures-opened-by-office = opened by an office
procedures-unknown = There is no procedure “{ $name }”. There are: { $known }.
procedures-by-clock = when “{ $clock }” runs out
procedures-local = (local rule)
procedures-in-force = In force from { $day } · { $hash }
procedures-actions = Who may do what:
procedures-clocks = Clocks:
procedures-remedies = Remedies:
procedures-stated-date = the date the document states; otherwise { $otherwise }
procedures-by-function = { $office }, { $function ->
    [clerk] clerk
    [handler] handler
    [head] head
   *[other] { $function }
 }
check-into_or_fork = The action { $found } can have only one of: { $expected }
check-guard_unreadable = The condition (`when`) cannot be read as { $expected }: { $found }
check-suspension_without_limit = While “{ $clock }” is suspended at “{ $stage }” no other period ends the wait: let another clock have the suspending action in `starts`, and in `met_by` one that resumes or ends the case
check-never_resumed = “{ $clock }” can be suspended and never resumed: add `resumed_by`
check-never_suspended = “{ $clock }” has `resumed_by` and nothing suspends it: add `suspended_by`, or take `resumed_by` out
check-suspended_twice = “{ $action }” can suspend “{ $clock }” while it is suspended already: let it come `from` a stage where the period runs
check-resumed_unsuspended = “{ $action }” can resume “{ $clock }” while it is not suspended: let it come `from` a stage of its own, which the suspension leads into
check-bearer_not_bound = When a case rests at “{ $stage }” nobody has said yet which office “{ $office }” is: let an earlier action have `binds: { $office }`
check-two_bearers = At “{ $stage }” two are due at once: “{ $bearer }” bears the stage, and only “{ $other }” can meet “{ $clock }”. Make one of them the `bearer`, or open a branch for each with `fork`
check-outside_not_said = “{ $clock }” and the office “{ $office }” at “{ $stage }” disagree whether this body is outside the authority: write both `borne_by: outside` and, on the office, `outside: true`, or neither
check-minimum_holds_nothing = The minimum “{ $clock }” holds nothing back: name in `holds` the actions that must not come earlier
check-minimum_bypassed = “{ $action }” gets round the minimum “{ $clock }”: add it to `holds`, or let the period start before it
check-unbounded_circle = A case can go round and round from “{ $stage }” ({ $actions }) and no period holds it: give one of these actions `at_most`
check-hand_back_uncounted = “{ $action }” can be repeated without end: add `at_most`
check-hand_back_without_arbiter = After “{ $action }” nobody decides whose matter it is: add an action with `arbitrates: { $action }`, by a named post
check-arbiter_not_a_post = “{ $action }” must be taken by a named post of another office than the one that hands back: write `by: office.head`
check-arbiter_not_there = Once “{ $action }” is used up the arbitration is not possible where the case then rests: give the arbitrating action that stage in its `from`
check-arbitrates_nothing = “{ $action }” arbitrates “{ $other }”, which is no hand-back: write `hand_back: true` there, or take `arbitrates` out
check-hand_back_stops_time = While “{ $action }” is dealt with no period that ran before runs on: take it out of `met_by` and `suspended_by` of the period that counts for the person
check-clock_action_asks = “{ $action }” happens by itself when a period runs out, and cannot ask for { $needs }: take that out, or let an office do it (`by`)
check-extension_uncounted = “{ $action }” can extend “{ $clock }” without end: add `at_most`
check-extension_not_told = “{ $action }” moves the end of “{ $clock }” and nobody is told: add `tell`
check-extends_own_period = “{ $by }” would extend a period of its own, “{ $clock }”: let another post or office approve “{ $action }” (`by`)
check-adverse_tells_no_party = “{ $action }” is adverse to a person, and only offices are told: name the person in `tell`
check-no_remedy_without_source = “{ $action }” says that there is no remedy and cites nothing: begin `no_remedy` with the source, as in “law 35 …”
check-action_from_end = “{ $action }” leads out of the end “{ $stage }”: a closed case stays closed. Take that stage out of `from`
check-action_never_possible = “{ $action }” can never be taken: what it comes `after`, or the stages it needs in `from`, never come together
check-clock_never_starts = “{ $clock }” never starts: name in `starts` an action that does not end the case
check-field_unused = The field “{ $field }” is asked by no action: name it in `takes`, or take it out
check-remedy_unused = The remedy “{ $remedy }” is told to nobody: name it in `remedies` of an adverse action, or take it out
check-local_as_law = “{ $parameter }” rests on a local rule ({ $source }): write `local: true` and `why`, so that no page shows it as law
check-pending_as_law = “{ $parameter }” rests on a text nobody could read ({ $source }): write `pending_text: true` and `why`
check-local_outlasts_law = Everybody can be in time and “{ $clock }” still run out, { $days } days before the wait at “{ $stage }” ends: shorten the local periods before it, or let an action there meet it (`met_by`)
check-too_large = The procedure has more than { $most } states and cannot be proved: split it into two `stages` tables, one procedure each
check-note-outside_bearer = “{ $stage }” rests with “{ $office }”, outside this authority: its clock is shown, the duty is marked as outside
check-note-repeats_uncounted = “{ $action }” can be repeated without a count; a period that it does not renew holds it, and the case shows as overdue
check-longest = Longest course: { $days } days ({ $law } set by law, { $local } by local rule; office { $office }, person { $person }, outside { $outside })
check-longest-once = Longest course without repeating { $actions }: { $days } days ({ $law } set by law, { $local } by local rule; office { $office }, person { $person }, outside { $outside })
check-stated = Not counted: dates the matter itself states ({ $clocks })
check-still_to_write = Still to be written: { $what }. Put your words in place of 〔请填写…〕
procedures-new-name = “{ $name }” cannot be a procedure's name: small Latin letters, digits and hyphens, beginning with a letter, as in street-permit
procedures-new-there = { $folder } is there already; nothing was written. Choose another name or another --into
procedures-new-next = Next: mingze check { $folder }
procedures-check-first = The files in { $folder } cannot be read as a procedure. See why: mingze check { $folder }
procedures-case-is-here = The case is here:
check-only_way_conditional = Where only “{ $action }” leads on, its condition (`when`) may not hold and the case is stuck: add an action for the other case, or take `when` out

# Versions and who puts them in force
procedures-no-such-post = There is no post “{ $post }”. There are: { $posts }
procedures-unreadable = cannot be read as a procedure; see why: mingze check --dir { $dir }
procedures-stray-overlay = numbers for a procedure there is none of; compare the folder's name with mingze procedures list
procedures-version-found = proposed: found in the instance's folders, nobody has put their post to it yet
procedures-version-proposed = proposed by { $proposed_by } on { $on }; a second person has to approve it
procedures-version-active = in force since { $on }; proposed by { $proposed_by }, approved by { $approved_by }
procedures-version-installed = in force since { $on }; came with the program
procedures-version-retired = replaced on { $retired_on }; its cases go on under it
procedures-proposed = { $title } ({ $hash }) { $state ->
    [active] is in force already; nothing was changed.
   *[other] is proposed. A second person approves it with: mingze procedures activate
}
procedures-proposed-faults = The checker finds { $count ->
    [one] one fault
   *[other] { $count } faults
} in it; until they are put right it cannot be approved. See them with: mingze check --dir { $dir }
procedures-checking = Checking …
procedures-which = { $count ->
    [0] No version of { $name } waits for approval. Propose one first: mingze procedures propose { $name } --post …
   *[other] { $count } versions of { $name } wait for approval; say which with --hash: { $hashes }
}
procedures-activated = { $name } ({ $hash }) is in force: proposed by { $proposed_by }, approved by { $approved_by }.
refused-not_entitled = Only a supervisor or the head of an office may do this. Nothing has changed.
refused-not_entitled-staff = Only a post with the function “supervisor” or “head” may put a procedure in force. Nothing was written.
refused-version_unknown = There is no such version of a procedure here. Nothing has changed.
refused-version_unknown-staff = There is no version { $hash } here. Nothing was written. List them with: mingze procedures list --dir …
refused-version_not_proposed = This version is not waiting for approval. Nothing has changed.
refused-version_not_proposed-staff = The version { $hash } of { $name } is not waiting for approval: { $state ->
    [active] it is in force already.
    [retired] it was in force and has been replaced. Propose it again first.
   *[other] nobody has proposed it yet. Propose it first.
} Nothing was written.
refused-second_person_needed = Another person has to approve this. Nothing has changed.
refused-second_person_needed-staff = { $post } proposed this version of { $name }; another person, in another post, has to approve it. Nothing was written.
refused-version_refused = The checker refuses this version. Nothing has changed.
refused-version_refused-staff = The checker finds { $count ->
    [one] one fault
   *[other] { $count } faults
} in this version of { $name }, so it cannot be put in force. Nothing was written. See them with: mingze check --dir …
check-basis_without_source = The basis of the field “{ $field }” names no declared source: begin `basis` with one, as in “law 12”
check-never_asked = The field “{ $field }” asks about “{ $found }” ({ $kind }): this system keeps no scores, labels or predictions about persons, no watch-lists, no profiles across cases and no feeds that follow people, on whatever basis. Take it out of `fields`
check-identity_public = The public field “{ $field }” asks for “{ $found }”, which tells who a person is: write `seals: identity` in place of `public: true`, or do not ask
check-publishes_sealed = The publication “{ $row }” shows “{ $field }”, which is sealed: name only `public` fields in `shows`
check-excluded_not_an_office = “{ $row }” excludes whom “{ $field }” names, so that must be a public field of type office which the opening `takes`
check-office_named_not_excluded = A person names an office in “{ $field }” when opening the case: add a row in `excluded` for it, or `competent: true` if it is only the office asked to act
check-exclusion_without_otherwise = The matter may be about the very office found for “{ $office }”: say with `otherwise` which function takes its place then
check-recuses_not_a_post = “{ $action }” lets “{ $field }” stand aside, so that must be a required public field of type post which the action `takes`
check-party_never_invited = “{ $action }” is for “{ $party }”, who neither opens the case nor is ever invited and has no code: let an earlier action have `invites: { $party }`
check-bearer_not_invited = When a case rests at “{ $stage }” it is up to “{ $party }”, who may not have been invited by then: let every way there pass an action with `invites: { $party }`
check-opens_unknown = “{ $name }” opens “{ $opens }”, and there is no such procedure: correct `opens`, or write that procedure
check-opens_without = “{ $action }” opens a case of “{ $opens }”, whose opening needs { $fields } in the same form: add them to `takes`, with the same type and `public` or `seals`
check-opens_for_nobody = “{ $action }” opens a case of “{ $opens }”, which whoever takes this action cannot open: let its opening be `by` a person or an office as here
check-backward_without_day = “{ $clock }” counts backward and no day says from what: add `counts_from` with the date field of that day
check-not_a_date_field = “{ $clock }” hangs on “{ $field }”, which is not a public field of type date: write `type: date, public: true`
check-stated_day_in_hours = “{ $clock }” counts hours from the day “{ $field }”, and a day has no hour: take a number of days, or take `counts_from` out
check-date_not_given = “{ $clock }” needs the day “{ $field }”, and “{ $action }” can come without it: let that action `takes` it as a required field, or one before it on every way
check-missed_and_stuck = If “{ $clock }” is not met in time, “{ $action }” is refused and nothing else leads on: add an action in `restarted_by` that states a new day, or another way on
check-silence_without_source = “{ $clock }” takes silence for a decision: only the law can, so `silence` must `cite` it
check-silence_by_local_rule = “{ $clock }” takes silence for a decision by a local rule: only the law can; `cite` it, or write `effect: none`
check-silence_without_remedy = After “{ $clock }” a person may turn elsewhere, and nothing says where: name it in `remedies` of `silence`
check-guard_asks_unknown = The condition of “{ $action }” asks for “{ $found }”, which no case has: correct `when`; facts are public fields, counts are actions
check-extension_without_reason = “{ $action }” extends “{ $clock }” and states no reason: let it, or the action it comes `after`, have a text in `takes`
check-suspension_not_told = “{ $action }” suspends “{ $clock }” and nobody is told: add `tell`
check-note-silence_not_stated = “{ $clock }” does not say what follows if it runs out without an act: `silence`
check-note-all_conditional = “{ $stage }” is left only on conditions ({ $actions }): the check takes it that one of them always holds
refused-version_not_in_force = This version of the procedure is not in force. Nothing has changed.
refused-version_not_in_force-staff = The version { $hash } of { $name } is not in force; cases are moved only to the one that is. Nothing was written.
refused-move_without_reason = Give the reason: the people of the case read it. Nothing has changed.
refused-move_without_reason-staff = Give the reason for moving the cases; the people of each case read it. Nothing was written.
procedures-move-none = No open case of { $name } is under another version.
procedures-move-case = { $number } can be moved: { $stages }
procedures-move-case-not = { $number } cannot be moved: { $why }
procedures-move-clocks = dates that stay as they were told: { $clocks }
procedures-move-other = counted otherwise only for periods that begin from now on: { $clocks }
procedures-move-new = newly possible: { $actions }
procedures-move-gone = no longer possible: { $actions }
procedures-move-remedies = remedies: new { $new }; gone { $gone }
procedures-move-dry = Dry run: { $possible } of { $count } can be moved to { $hash }. Nothing was written.
procedures-move-done = Moved to { $hash }: { $done } of { $count }. Each is on record with the reason, and its parties are told.
check-opening_opens = “{ $action }” opens the case itself and cannot open one of “{ $opens }” beside it: let the next action have `opens`
