# mingze check and mingze procedures: what is wrong with a procedure, and what one says.
check-unknown_key = Unknown key: { $found }. { $expected }
check-missing_key = Missing: { $found }
check-wrong_form = Wrong form: { $found }; expected: { $expected }
check-wrong_choice = Must be { $expected }; found { $found }
check-wrong_value = Wrong value: { $found }; { $expected }
check-too_long = Too long: { $found }; { $expected }
check-empty = Must not be empty: { $found }
check-file_too_large = File too large: { $found }; { $expected }
check-duplicate_key = A key is written twice: { $found }; { $expected }
check-not_yaml = Not well-formed YAML: { $found }; expected { $expected }
check-not_a_table = Should be a table of keys; found { $found }; expected { $expected }
check-missing_file = Missing file { $expected }: { $found }
check-unknown_bearer = No such bearer: { $found }; { $expected }
check-unknown_clock = No such clock: { $found }; { $expected }
check-unknown_actor = No such actor: { $found }; { $expected }
check-unknown_stage = No such stage: { $found }; { $expected }
check-unknown_field = No such field: { $found }; { $expected }
check-unknown_office = No such office role: { $found }; { $expected }
check-unknown_party = No such party: { $found }; { $expected }
check-unknown_action = No such action: { $found }; { $expected }
check-unknown_remedy = No such remedy: { $found }; { $expected }
check-unknown_parameter = No such number in parameters.yaml: { $found }; { $expected }
check-one_opening = Exactly one action without `from` must open a case; expected { $expected }; found { $found }
check-one_kind_of_clock = A clock is one of limit, minimum, backward, due; expected { $expected }; found { $found }
check-public_or_sealed = Field { $found } must be either public or sealed: write { $expected }
check-purpose_and_retention = The sealed field { $found } must state { $expected }
check-choices_missing = The choice field { $found } has no { $expected }
check-overlay_not_local = An overlay may change only a number marked local: { $found }; expected { $expected }
check-scenario_form = A scenario is one sentence with given, when, then, cite; expected { $expected }; found { $found }
check-wrong_weekday = Date and weekday disagree: { $found }, should be { $expected }
check-stage_unreachable = No case can reach the stage “{ $stage }”
check-end_with_bearer = The end “{ $stage }” should have no bearer
check-stage_without_bearer = When a case rests at “{ $stage }” nobody must act
check-no_end_from_here = From “{ $stage }” no end can be reached
check-wait_without_clock = When a case rests at “{ $stage }” no clock ends the wait (running: { $running })
check-office_never_bound = No action or register ever says which office “{ $office }” is: give it found_by, or let an action bind it
check-adverse_without_notice = “{ $action }” is adverse but nobody is told: add `tell`
check-adverse_without_remedy = “{ $action }” is adverse without a remedy: add `remedies`, or `no_remedy` with the cited reason
check-without_source = “{ $name }” cites no source: add `cite`
check-unknown_source = “{ $name }” cites a source nobody declared: { $source }
check-source_not_in_force = The source “{ $source }” is not in force on { $on } (in force from { $in_force })
check-source_ended = The source “{ $source }” ended on { $ended }
check-number_unused = The number “{ $parameter }” in parameters.yaml is never used
check-number_too_late = “{ $parameter }” has a value only from { $from }, but the procedure is in force from { $in_force }
check-local_without_why = “{ $parameter }” is a local number: add `why`, saying what the law leaves open
check-sensitive_field = The field “{ $field }” asks about “{ $found }”: not without declared basis, purpose and retention
check-scenario_differs = Scenario “{ $name }”: { $what } should be { $expected }, is { $found }
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
check-into_or_fork = The action { $found } has both into and fork: write { $expected }
check-guard_unreadable = The condition cannot be read; expected { $expected }: { $found }
