# Opening on somebody else's word, the smallest circle, deferral: refusals, the desk, the person's page, the checker.
refused-identity_closed = This part was not opened.
refused-identity_closed-staff = { $case }: the step “{ $stage }” is done without knowing who it is; identity and contact are opened only after another office has approved. Nothing was opened and no access was recorded. If you need it, ask below and say why.
refused-approval_needed = This part was not opened.
refused-approval_needed-staff = { $case }: only two named posts know of this matter, and the named head approves each opening first. Nothing was opened and no access was recorded. Ask below and say why.
refused-stage_not_here = The matter is no longer at this step.
refused-stage_not_here-staff = { $case } is no longer in “{ $stage }”. Nothing was written. Reload and ask for the step it is at now.
refused-reason_needed = Give a reason of at most { $most } characters.
refused-reason_needed-staff = Give a reason of at most { $most } characters: why, and nothing of who it is. Nothing was written.
refused-account_unknown = We cannot tell who is acting. Nothing has changed.
refused-account_unknown-staff = We cannot tell who holds this post now, so it can neither ask nor approve. Nothing was written. Sign in again.
refused-ask_apart = Who it is has to be asked for alone.
refused-ask_apart-staff = { $case }: who it is and other content are approved by different people. Ask for them apart. Nothing was written.
refused-no_approval_needed = No need to ask: it can be opened.
refused-no_approval_needed-staff = { $case }: this needs nobody’s approval. Choose a purpose and open it; the access is recorded. Nothing was written.
refused-already_asked = You have asked already and the answer is awaited.
refused-already_asked-staff = { $case }: this post has asked already (entry { $n }) and the answer is awaited. Nothing was written twice.
refused-already_approved = It was approved already and can be opened.
refused-already_approved-staff = { $case }: this post’s request was approved and still holds. Nothing was written. Open it now.
refused-nobody_may_approve = No office can approve at present.
refused-nobody_may_approve-staff = { $case }: every office the procedure names to approve is the one asking or is kept out of the case. Nothing was written. The operator can add an office with that function to the register of competences.
refused-unknown_request = There is no such request.
refused-unknown_request-staff = There is no such request waiting for your post. Nothing was written.
refused-already_answered = This request has been answered.
refused-already_answered-staff = The request in entry { $n } has been answered already. Nothing was written.
refused-same_person = The same person cannot ask and approve.
refused-same_person-staff = You asked for this yourself. It takes two people of two offices: leave the answer to a colleague of the approving office. Nothing was written.
refused-request_over = This request has run out.
refused-request_over-staff = This request waited until { $until } and has run out. Nothing was written. If it is still needed, the post that handles the case asks again.
refused-step_over = This step is done.
refused-step_over-staff = The request was for the step “{ $stage }”, which is done, so there is nothing to see. Nothing was written.
refused-circle_unnamed = This cannot be sent here at present. If a child is in danger, call 110 now.
refused-circle_unnamed-staff = Only two named posts may know of such a matter, and the { $role } has no such posts. Nothing was written. The operator can add them to the register of competences.
refused-unknown_deferral = There is no such basis.
refused-unknown_deferral-staff = { $case }: its procedure declares no such basis for a deferral. Nothing was written.
refused-deferral_used = This basis was used once already.
refused-deferral_used-staff = { $case }: this basis was used once already and cannot be used again. Nothing was written.
refused-deferral_too_long = That is too long.
refused-deferral_too_long-staff = { $case }: it can be deferred to { $until } at the latest. Nothing was written. Choose a day not later than that.
refused-deferral_past = That day has passed.
refused-deferral_past-staff = { $case }: { $until } has passed. Nothing was written. Choose today or a later day.

desk-event-asked = Asked to open
desk-event-approved = Opening approved
desk-event-refused = Opening refused
desk-event-deferred = Showing access records deferred

desk-ask-identity-title = Who it is
desk-ask-identity-lead = This step is done without knowing who it is, so identity and contact are sealed apart. If you do need them, another office has to approve. The person sees who asked, who approved and why.
desk-ask-circle-title = Opening what is sealed
desk-ask-circle-lead = Only two named posts know of this matter. { $who } approves each opening first. The reporter sees who asked, who approved and why.
desk-ask-law = Law: { $law }
desk-ask-open = Ask to see it
desk-ask-parts = What to open
desk-ask-stage = For which step
desk-ask-reason = Why this step cannot be done without it
desk-ask-reason-hint = At most 500 characters. Say why, not who. The person will see these words as they are.
desk-ask-send = Send the request
desk-ask-problem = Choose a purpose and what to open, and give a reason.
desk-ask-waiting = Asked { $at }. { $who } has to answer; without an answer the request runs out after { $until }.
desk-ask-approved = { $who } approved. You can open it until { $until }, or until the step “{ $stage }” is done.
desk-ask-refused = { $who } refused: { $reason }
desk-ask-done = The request was sent. { $who } has to answer.
desk-ask-needed = This step needs to know who it is: { $why }. { $law }
desk-opened-until = The approval holds until { $until }. Leaving this page closes it; seeing it again means opening it again, and each time is recorded.

desk-nav-approvals = For my approval{ $count ->
    [0] {""}
   *[other] {" "}({ $count })
}
desk-approvals-title = For my approval
desk-approvals-lead = These colleagues want to open something sealed. You see the request, not the matter itself. The person is told of your answer either way.
desk-approvals-caption = { $count ->
    [one] 1 request waits
   *[other] { $count } requests wait
} for your answer
desk-approvals-none-title = No request waits for you
desk-approvals-none = When somebody wants to see who a person is and your post has to approve it, the request will be listed here.
desk-approvals-case = Case
desk-approvals-who = Asked by
desk-approvals-what = To open
desk-approvals-until = Waits until
desk-approvals-see = See the request
desk-approval-title = Should this be opened?
desk-approval-why = Reason
desk-approval-purpose = Purpose
desk-approval-stage = Step
desk-approval-law = Law
desk-approval-asked = Asked
desk-approval-lead = Approve only if this step cannot be done otherwise. It could then be opened until { $until }, or until the step is done, and each opening is recorded.
desk-approval-reason = Your reason
desk-approval-reason-hint = Needed for a refusal. The post that asked and the person will see it.
desk-approval-approve = Approve opening
desk-approval-refuse = Refuse
desk-approval-done-approved = Approved, and the person is told.
desk-approval-done-refused = The refusal is recorded, and the person is told.
desk-approval-back = Back to what waits for my approval

desk-defer-title = Show access records later
desk-defer-lead = Where the law allows, the person is shown later who has read the case. When the time is over the records appear by themselves, with the basis of the deferral. Each basis can be used once.
desk-defer-basis = Basis
desk-defer-until = Until which day
desk-defer-until-hint = { $until } at the latest.
desk-defer-reason = Why telling now would stand in the way
desk-defer-send = Defer
desk-defer-done = Deferred until { $until }.
desk-defer-running = Access records are shown later, until { $until }: “{ $basis }”.
desk-defer-problem = Choose a basis and a day, and give a reason.

desk-line-asked = To open { $parts }; { $purpose }; for the step “{ $stage }”; reason: { $reason }; { $who } to answer, waits until { $until }
desk-line-approved = Until { $until }
desk-line-reason = Reason: { $reason }
desk-line-deferred = { $basis } ({ $law }); until { $until }; reason: { $reason }
desk-line-approval = On the approval in entry { $n }
desk-line-needed = The step needs to know who it is: { $why }

portal-entry-asked = { $post } asked to see { $parts }
portal-entry-asked-more = For the step “{ $stage }”: { $purpose }. Reason: { $reason }. { $who } has to answer.
portal-entry-approved = { $post } approved
portal-entry-approved-more = It can be opened until { $until }, or until the step is done. { $reason }
portal-entry-refused = { $post } refused
portal-entry-refused-more = Reason: { $reason }. This part of yours was not opened.
portal-entry-deferred = { $post } decided to show you access records later
portal-entry-deferred-more = Basis: { $basis } ({ $law }). What was read from then until { $until } was not shown at the time; all of it is listed now. Reason: { $reason }
portal-entry-reason = Reason: { $reason }.
portal-read-needed = { $why }: this step needs to know who you are ({ $law })
portal-read-approved = Approved by { $post }
portal-read-deferred = Shown after { $until } by { $law }
portal-part-identity = who you are and how to reach you
portal-asked-title = Who asked to see who you are
portal-asked-lead = Your matter is mostly handled without knowing who you are. To see it, another office has to approve; approvals and refusals are both listed here.
portal-asked-circle-title = Who asked to open it
portal-asked-who = Asked by
portal-asked-why = Why
portal-asked-answer = Answer
portal-asked-waiting = Not answered yet
portal-asked-over = Not answered; the request has run out
portal-asked-said = { $post }: { $said ->
    [approved] approved until { $until }
   *[refused] refused
}

check-identity_without_reader = The field “{ $field }” tells who somebody is, but nothing says who may read it: in `reading`, write `identity` (approved by another office), or `needed` with the article by which a step cannot do without
check-reading_of_nothing = `reading` speaks of who it is, but no field seals that: delete it, or write `seals: identity` at the field
check-approves_own_asking = Offices with “{ $function }” handle these matters themselves, so no other office would approve: name another in `approved_by`, or add `otherwise`
check-identity_in_files = The files of “{ $field }” lie with other attachments and cannot be sealed apart as an identity: do not ask for them, or ask in words
check-approval_too_long = “{ $parameter }” is { $found }: an approval holds two weeks at most
check-need_without_office = “{ $need }” is at the stage “{ $stage }”, where no office works: name a stage that an office bears
check-circle_not_at_once = “{ $office }” is settled only later, so that nobody would know of a new case: name an office that is found at the opening (`found_by`)
check-circle_of_one = Handling and approving are both “{ $function }”: name two functions
check-circle_too_wide = The stage “{ $stage }” is borne by “{ $office }”, but only the posts named know of the case: let the circle’s office bear it, or leave out `circle`
check-deferral_too_long = “{ $parameter }” is { $found }: showing can be deferred half a year at most

governance-statement-deferred = Showing access records was lawfully deferred { $deferred ->
    [one] once
   *[other] { $deferred } times
}.
