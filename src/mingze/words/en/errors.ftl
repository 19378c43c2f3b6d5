# Refusals and unavailability. refused-<code>: for the person; refused-<code>-staff: for staff (which case, expected and got, the law,
# what has not changed, the next step); refused-<code>-why: the short reason in the list "Not possible now".

# The procedure does not allow it
refused-unknown_action = There is no such step. Nothing has changed. Go back and choose again.
refused-unknown_action-staff = { $case }: the procedure “{ $procedure }” has no step “{ $action }”. Nothing was written. Go back to the case and choose one of the steps listed.
refused-unknown_action-why = The procedure has no such step.
refused-already_open = We already have this matter. There is no need to send it again.
refused-already_open-staff = { $case } is already open, so “{ $action }” is not possible. Nothing was written. Open the case and carry on there.
refused-already_open-why = The case is already open.
refused-not_open = We could not find this matter. Check the code on your receipt and enter it again.
refused-not_open-staff = “{ $action }” needs an open case and there is none here. Nothing was written. Open the case from the inbox first.
refused-not_open-why = There is no open case.
refused-case_closed = This matter is closed and cannot be changed. Your records are all here. If there is something new, file it as a new matter.
refused-case_closed-staff = { $case } was closed on { $closed_at } ({ $stage }), so “{ $action }” is not possible. Nothing was written and the records are unchanged. If there is something new, ask the person to file it as a new matter.
refused-case_closed-why = The case is closed.
refused-case_moved_on = Something new happened in this matter after you opened the page, so your last step was not recorded. Look at what is new, then decide whether you still want to do it.
refused-case_moved_on-staff = { $case } has new entries since you opened it: you saw entry { $expected_n }, it is now at entry { $n }, in “{ $stage }”. “{ $action }” was not written and what you typed is still here. Read the new entries, then decide whether you still want to do it.
refused-case_moved_on-why = The case has new entries. Reload the page.
refused-not_yours = This step is not yours to take. Nothing has changed.
refused-not_yours-staff = { $case }: “{ $action }” is for { $who }; you are { $post }. Law: { $law }. Nothing was written. Leave it to that post, or choose one of the steps you can take now.
refused-not_yours-why = For { $who }.
refused-not_from_here = This step is not possible now. Nothing has changed. Reload the page to see whose turn it is.
refused-not_from_here-staff = { $case } is in “{ $stage }”; “{ $action }” is possible only in “{ $stages }”. Law: { $law }. Nothing was written. Choose one of the steps you can take now.
refused-not_from_here-why = The case is in “{ $stage }”; this is possible only in “{ $stages }”.
refused-not_all_there = This step has to wait for the others that run beside it. Nothing has changed.
refused-not_all_there-staff = { $case }: “{ $action }” has to wait until “{ $stages }” is reached too. Law: { $law }. Nothing was written. Finish the branches that still run first.
refused-not_all_there-why = Has to wait until “{ $stages }” is reached too.
refused-not_met = This step is not possible in this matter. Nothing has changed.
refused-not_met-staff = { $case }: “{ $action }” is possible only if: { $detail }. Law: { $law }. Nothing was written. Choose one of the steps you can take now.
refused-not_met-why = Only if: { $detail }.
refused-too_often = This step has been taken as often as it may be. Nothing has changed.
refused-too_often-staff = { $at_most ->
    [one] { $case }: “{ $action }” may be taken at most once and has been. Law: { $law }. Nothing was written. Choose one of the steps you can take now.
   *[other] { $case }: “{ $action }” may be taken at most { $at_most } times and has been. Law: { $law }. Nothing was written. Choose one of the steps you can take now.
}
refused-too_often-why = { $at_most ->
    [one] At most once, and it has been used.
   *[other] At most { $at_most } times, all used.
}
refused-something_first = Another step has to come first. Nothing has changed.
refused-something_first-staff = { $case }: “{ $first }” has to come before “{ $action }”. Law: { $law }. Nothing was written. Take “{ $first }” first.
refused-something_first-why = “{ $first }” has to come first.
refused-not_yet = It is too early for this step. Nothing has changed.
refused-not_yet-staff = { $case }: “{ $action }” has to wait until “{ $clock }” has run, after { $until }. Law: { $law }. Nothing was written. Take the step after that day.
refused-not_yet-why = Has to wait until “{ $clock }” has run, after { $until }.

# What was given does not fit
refused-office_missing = We cannot tell yet which office should handle this, so it was not accepted. Try again later or telephone the service centre.
refused-office_missing-staff = { $case }: “{ $action }” needs the { $role } and none was given. Law: { $law }. Nothing was written. Choose an office and send it again.
refused-no_office_yet = This authority has no office for this part of the procedure yet, so nothing can be received this way. Nothing was sent. Please ask at the service centre.
refused-no_office_yet-staff = Nothing can be opened under this procedure: no office in authority.yaml has the function “{ $function }”. Nothing was written. Name one there (mingze doctor lists what is missing).
refused-office_not_bindable = This step cannot name an office. Nothing has changed.
refused-office_not_bindable-staff = { $case }: “{ $action }” cannot set the { $role }. Nothing was written. Reload the page and fill in the form again.
refused-must_differ = The office that does the work and the office that checks it cannot be the same. Nothing has changed.
refused-must_differ-staff = { $case }: the { $role } and the { $other } cannot be the same office; both are { $office }. Law: { $law }. Nothing was written. Choose another office and send it again.
refused-field_missing = One thing is still missing. What you entered is still here.
refused-field_missing-staff = { $case }: “{ $action }” needs “{ $field }” and it is empty. Law: { $law }. Nothing was written and what you typed is still here. Fill it in and send it again.
refused-field_not_taken = This form does not take one of the things sent. Open the page again and fill it in.
refused-field_not_taken-staff = { $case }: “{ $action }” does not take “{ $field }”. Nothing was written. Reload the page and fill in the form again.
refused-extension_not_later = The new deadline has to be later than the present one. Nothing has changed.
refused-extension_not_later-staff = { $case }: “{ $clock }” now runs to { $due }; the new deadline { $until } is not later. Nothing was written and the deadline is unchanged. Give a later date.
refused-in_the_future = The date lies in the future. Nothing has changed. Correct it and send it again.
refused-in_the_future-staff = The time given, { $occurred_at }, is later than now, { $now }. Nothing was written. Give the time at which it happened.
refused-before_the_last = The date is earlier than the last entry. Nothing has changed. Correct it and send it again.
refused-before_the_last-staff = { $case }: the time given, { $occurred_at }, is earlier than the last entry, { $last_at }; entries cannot run backwards. Nothing was written. Check the time and send it again.
refused-no_number_in_force = We cannot work out the time limit for this, so it was not accepted. The fault is ours and has been noted. Try again later.
refused-no_number_in_force-staff = { $case }: the procedure’s number “{ $parameter }” has no value in force on { $on }, so no time limit can be worked out. Nothing was written. Ask whoever keeps the procedure to add the number and its source for that day to parameters.yaml.
refused-no_date = We cannot work out the date for this step, so it was not taken. Nothing has changed.
refused-no_date-staff = { $case }: no date can be worked out for “{ $action }” ({ $detail }). Nothing was written. Check the dates given; if that does not help, ask whoever keeps the procedure.
refused-unknown_procedure = There is no such kind of matter. Start again from the home page.
refused-unknown_procedure-staff = There is no procedure called “{ $name }”. Nothing was written. Start again from the home page.
refused-invalid = Some answers are not right yet. What you entered is still here.
refused-invalid-staff = { $count ->
    [one] One answer is not right yet. Nothing was written and what you typed is still here.
   *[other] { $count } answers are not right yet. Nothing was written and what you typed is still here.
}

# Reading and opening
refused-unknown_case = We could not find this matter. Check the code on your receipt and enter it again.
refused-unknown_case-staff = There is no such case. Go back to the inbox and look for it by its number.
refused-not_your_case = This matter is not handled by this office.
refused-not_your_case-staff = Your office has no part in this case, so you cannot see it. No access was recorded. If you need to take part, the office now responsible or the supervision office can bring you in.
refused-purpose_missing = First choose what it is for.
refused-purpose_missing-staff = No purpose was chosen. Without one it cannot be opened; nothing was opened and no access was recorded. Choose one and open it again.
refused-erased = This content has been destroyed as the rules require and cannot be opened. The proof that we received and answered the matter remains.
refused-erased-staff = This content has been destroyed as the rules require (its key is gone). Nobody can open it or add to it. The records of receipt and answer are unchanged.
refused-unknown_file = There is no such attachment.
refused-unknown_file-staff = There is no such attachment; it may have been destroyed. Go back to the case.
refused-unknown_event = There is no such entry.
refused-unknown_event-staff = There is no such entry. Go back to the case.
refused-procedure_version_missing = This matter cannot be opened at the moment. The fault is ours and nothing is lost. Try again later.
refused-procedure_version_missing-staff = The version of the procedure that { $case } rests on is not in the procedures folder, so the case cannot be opened. The records are unchanged. Ask the operator to restore that version of the files.

# The register cannot be written or read now
refused-busy = The service is busy and your matter has not been sent. Wait a moment and try again; it will not be filed twice.
refused-busy-staff = The register is busy. This action was not written. Try again in a moment.
refused-read_only = The service can be read but not written to at the moment. What you entered was not saved. Try again later.
refused-read_only-staff = The register is read-only. This action was not written. Ask the operator to check the permissions of the data folder.
refused-disk_full = The service has run out of space and what you entered was not saved. Try again later, or go to the counter or telephone.
refused-disk_full-staff = The disk is full. This action was not written. Ask the operator to free space, then try again.
refused-gone = The service cannot open its register at the moment. Nothing was written. Try again later.
refused-gone-staff = The register cannot be opened or the connection broke. Reload to see whether this step was recorded; sending it again from the same page does not record it twice. If that does not help, tell the operator.
refused-stopped = A write failed and the service has stopped taking matters so that nothing is lost. Try again later; it will not be filed twice.
refused-stopped-staff = A write to disk failed, so the register takes nothing more. Entries already confirmed are safe. Ask the operator to check the disk and start the service again.
refused-second_writer = The service is being maintained and cannot take anything at the moment. Try again later.
refused-second_writer-staff = Another process writes to this register. This action was not written. Ask the operator to make sure that only one service runs.
refused-other_version = The service is being upgraded. Try again later.
refused-other_version-staff = The register has version { $found }, this program needs { $wanted }. Nothing was written. Ask the operator to run mingze upgrade first.

# Document review: a step that is not possible
refused-row_moved_on = Item { $row } changed after you opened the page: “{ $verb }” by { $who } on { $taken_at }. Your step was not written and what you typed is still here. Look at the item as it is now, then decide whether you still want to do it.
refused-excluded_never = Item { $row } would profile, grade or control people. It stays as text and no post can accept it as a task. You can annotate it. Nothing was written.
refused-no_lead_office = Item { $row } has no lead office yet, so it cannot be accepted or published. Choose a lead office first.
refused-lead_not_an_office = The lead office of item { $row } is not in this district’s register of offices. Choose one from the list. Nothing was written.
refused-wrong_state = Item { $row } is “{ $state }”, so “{ $verb }” is not possible. Nothing was written. Reload the page.
refused-nothing_to_undo = There is no step to undo. Nothing was written.
refused-undo_not_last = This is not the last step, so it cannot be undone: “{ $verb }” by { $who } on { $taken_at } came after it. Undo that first.
refused-not_adjacent = There is nothing after item { $row } to merge with: only the next item of the same paragraph can be merged, and never a passage kept as text. Nothing was written.
refused-bad_split = The place to split is not inside the words of item { $row }. Nothing was written. Choose a place within the words.
refused-bad_span = The start and end of the words are not right: they have to lie in the text, not be empty, and not overlap another item. Nothing was written.
refused-unknown_row = There is no such item; it may have been merged or split. Reload the page.
refused-unknown_document = There is no such document. Go back to the list of documents.
refused-published_already = This document has been published and cannot be changed here. What changes now is recorded in each commitment’s own case.
refused-not_ready = Not ready to publish: { $pending } undecided, { $without_lead } without a lead office, { $doubts } with an unanswered doubt, { $unconfirmed } waiting for a second post, { $changes } changed from the version before and not explained. Nothing was written.
refused-nothing_accepted = No item has been accepted yet, so there is nothing to publish.
refused-reason_missing = Give the reason: it is published with the document. What you typed is still here.
refused-same_reviewer = You decided on item { $row } yourself; another person, in another post, has to confirm it. Nothing was written.
refused-step_moved_on = This is not the step you saw: since then “{ $verb }” by { $who } on { $taken_at }. Nothing was undone. Reload the page.
refused-not_in_text = These words do not stand together in the text. Nothing was written and what you typed is still here; copy them from the left.
refused-excluded_new = These words would profile, grade or control people. They stay as text and cannot be added as a task. Nothing was written.

# Reviewing a document: several at once, the second post, a new version
refused-nothing_chosen = No item is chosen. Tick some, or choose all that are shown. Nothing was written.
refused-nothing_to_do = It does not say what to do. Choose a lead office, supporting offices, or tick “accept”. Nothing was written.
refused-bulk_refused = { $count } items cannot be handled this way, so none was written. Those are listed below and no longer ticked; press again for the rest.
refused-rejected_before = Item { $row } was turned down before. To take it up, open it by itself.
refused-filter_moved_on = What is shown has changed since you opened the page: “{ $verb }” by { $who } on { $taken_at }. Nothing was written. Look again, then press again.
refused-nothing_to_confirm = Item { $row } is “{ $state }”; no decision waits to be confirmed. Nothing was written.
refused-no_such_doubt = Item { $row } has no such doubt; somebody may have answered it. Nothing was written.
refused-replaces_unpublished = The version to be replaced is not published yet. Change it in its own review instead. Nothing was written.
refused-replaced_already = That version already has a newer one. Add yours to the newest. Nothing was written.
refused-continued_twice = That promise of the version before is accounted for: another item goes on from it, or it is marked as no longer made. Nothing was written.
refused-case_on_old_procedure = Case { $number } still runs under an older version of the procedure, which cannot record what a new version changes. Move it first. Nothing was written.
