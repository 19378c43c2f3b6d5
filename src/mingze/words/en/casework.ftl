# Refusals of linked cases, excluded offices, recused posts, invited parties, stated days and new versions. refused-<code>: for the
# person; -staff: for staff; -why: the short reason in the list "Not possible now".
refused-date_not_stated = The day this counts from is not stated yet. Nothing has changed. Give the day and send it again.
refused-date_not_stated-staff = { $case }: “{ $clock }” is counted from “{ $field }”, and no such day is stated. Nothing was written. Give the day and send it again.
refused-date_too_soon = That day is too near: what has to come before it could not be in time. Nothing has changed. Choose a later day.
refused-date_too_soon-staff = { $case }: with “{ $field }” on { $on }, “{ $clock }” would have been due by { $until } already. Nothing was written. Choose a later day.
refused-not_served = Another step has to come first. Nothing has changed.
refused-not_served-staff = { $case }: “{ $action }” has to wait until what “{ $clock }” asks for is done. Law: { $law }. Nothing was written. Do that first.
refused-not_served-why = What “{ $clock }” asks for has to be done first.
refused-not_in_time = What had to come before this was not done in time, so it cannot be held on this day. Nothing has changed. A new day has to be set.
refused-not_in_time-staff = { $case }: “{ $clock }” ran until { $until } and was not met in time, so “{ $action }” cannot be done on the day set. Law: { $law }. Nothing was written. Set a new day, and do in time what has to come before it.
refused-not_in_time-why = “{ $clock }” ran until { $until } and was not met in time.
refused-opens_a_case = This step also opens a new matter, which could not be done here. Nothing has changed. Try again later; if it happens again, telephone the service centre.
refused-opens_a_case-staff = { $case }: “{ $action }” also opens a case under another procedure, and that cannot be done from here. Nothing was written. Take this step on the case page.
refused-other_procedure = This step does not belong to this kind of matter. Nothing has changed.
refused-other_procedure-staff = { $case } stands under another procedure than “{ $name }”. Nothing was written. Choose a step of its own procedure.
refused-excluded_office = This office cannot handle the matter. Nothing has changed. Choose another.
refused-excluded_office-staff = { $case }: { $office } cannot be the { $role }: the matter is about that office, or about one it stands above. Law: { $law }. Nothing was written. Choose another office.
refused-office_excluded = The matter is about the very office that would register it, so it has to go to another one. Nothing was sent and what you entered is still here. Hand it in at the government above, or telephone the service centre.
refused-office_excluded-staff = The { $role } would be { $office }, which the matter is about, and no other office can take its place. Nothing was written. Name in authority.yaml another office for this, or pass the matter to the government above.
refused-superiors_unknown = We cannot tell yet who must not see this matter, so it was not taken in. The fault is ours and has been noted. Try again later.
refused-superiors_unknown-staff = It is not known which offices stand above the one complained about, so the case was not opened. Nothing was written. Ask whoever keeps the system to see that authority.yaml names the superior of each office.
refused-recused = You stand aside in this matter and cannot act in it. Nothing has changed.
refused-recused-staff = { $case }: { $post } stands aside in this case and can neither act in it nor read it. Nothing was written. Leave it to another post.
refused-recused-why = Your post stands aside in this case.
refused-not_invited = You have not been asked to take part in this matter yet. Nothing has changed.
refused-not_invited-staff = { $case }: the { $role } has not been invited yet, so “{ $action }” is not possible. Law: { $law }. Nothing was written. Invite them first.
refused-not_invited-why = The { $role } has not been invited yet.
refused-already_there = The matter stands under this version already. Nothing has changed.
refused-already_there-staff = { $case } stands under this version of the procedure already. Nothing was written.
refused-cannot_move = The matter stays under the rules it was opened under. Nothing has changed.
refused-cannot_move-staff = { $case } cannot be moved to the new version: { $detail }. Nothing was written; the case stays on its version. Keep the names of what has happened in the new version, or leave the case where it is.

# Why a case cannot be moved to a new version of its procedure.
move-action_taken_unknown = “{ $name }” has been taken, and the new version has no such step
move-fact_unknown = “{ $name }” has been stated, and the new version has no such field
move-office_unknown = the new version has no “{ $name }”
move-office_would_be_excluded = the “{ $name }” could have no part in the case under the new version
move-clock_unknown = the new version has no “{ $name }”, which has run in this case
move-clock_of_another = in the new version “{ $name }” binds somebody else than in this case
move-stage_unknown = the new version has no stage “{ $name }”: say which one takes its place
move-stage_is_an_end = “{ $name }” would become an end of the case
move-bearer_not_bound = at “{ $name }” nobody would have to act
move-wait_without_clock = at “{ $name }” no running period would end the wait
