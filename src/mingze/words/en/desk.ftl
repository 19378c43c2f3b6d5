# The desk: inbox, cases, document review
desk-wordmark = { $authority } desk
desk-nav = Desk sections
desk-nav-inbox = Inbox
desk-nav-documents = Documents
desk-nav-board = Public board
desk-nav-post = Change post
desk-nav-out = Sign out
desk-foot = Calendar { $calendar } · When you open sealed content of a case, the access is recorded first and the person can see it.
desk-title-error = Not right yet:

desk-post = { $post }, { $office }
desk-who-function = { $function }, { $office }
desk-function-clerk = Registration clerk
desk-function-handler = Handler
desk-function-head = Head of office
desk-function-supervisor = Supervisor
desk-function-verifier = Verifier
desk-function-reviewer = Reviewer
desk-this-case = This case
desk-pair = { $label }: { $value }
desk-by-clock = the system, when the time ran out
desk-by-system = the system
desk-event-acted = Action
desk-event-lapsed = Time limit passed
desk-event-moved = Moved to a new version of the procedure
desk-event-settled = Provisional date made final
desk-event-read = Sealed content opened
desk-provisional-tag = Provisional
desk-local-rule = District rule

# Clocks
desk-clock-stopped = Stopped
desk-clock-met = Met on { $at }, in time
desk-clock-met-late = Met on { $at }, late
desk-clock-ended = Ended with the case
desk-due-today = Due today
desk-left-working = { $count ->
    [one] { $count } working day left
   *[other] { $count } working days left
}
desk-left-calendar = { $count ->
    [one] { $count } day left
   *[other] { $count } days left
}
desk-left-hours = { $count ->
    [one] { $count } day left
   *[other] { $count } days left
}
desk-overdue-working = { $count ->
    [one] overdue by { $count } working day
   *[other] overdue by { $count } working days
}
desk-overdue-calendar = { $count ->
    [one] overdue by { $count } day
   *[other] overdue by { $count } days
}
desk-overdue-hours = { $count ->
    [one] overdue by { $count } day
   *[other] overdue by { $count } days
}
desk-used-working = { $used } of { $total } working days
desk-used-calendar = { $used } of { $total } days
desk-used-hours = { $used } of { $total } days
desk-lead-due = { $office } must act by { $due }: “{ $clock }”.
desk-lead-late = { $office } had to act by { $due } (“{ $clock }”):
desk-lead-stopped = It is the turn of { $office }. “{ $clock }” is stopped until what stopped it is over.
desk-lead-no-clock = It is the turn of { $office }.
desk-lead-closed = This case ended on { $day }: { $stage }.
desk-lead-today-working = Today is working day { $used } of { $total }.
desk-lead-today-calendar = Today is day { $used } of { $total }.
desk-lead-today-hours = Today is day { $used } of { $total }.
desk-lead-today-last = Today is the last day.
desk-provisional = The public holidays of { $year } have not been announced, so this date is provisional: it counts weekends only, and an entry will make it final.
desk-clock-op-start = “{ $clock }” starts, to { $due }
desk-clock-op-extend = “{ $clock }” extended to { $due }
desk-clock-op-resume = “{ $clock }” goes on, to { $due }
desk-clock-op-restart = “{ $clock }” starts again, to { $due }
desk-clock-op-settle = “{ $clock }” is final: { $due }
desk-closed-on = Ended on { $day }

# Inbox
desk-inbox-title = Inbox
desk-inbox-filters = Saved filters
desk-inbox-cases = Cases
desk-inbox-caption = { $count ->
    [one] What is due first stands first. No office can change the order, only a time limit can. { $count } case on this page.
   *[other] What is due first stands first. No office can change the order, only a time limit can. { $count } cases on this page.
}
desk-inbox-caption-closed = { $count ->
    [one] The latest first. { $count } case on this page.
   *[other] The latest first. { $count } cases on this page.
}
desk-inbox-search = Find a case by its number
desk-inbox-search-hint = Give the whole number. There is no search for a person.
desk-inbox-search-button = Find
desk-inbox-search-clear = Back to the inbox
desk-inbox-more = More cases
desk-inbox-first = Back to the first
desk-col-case = Case
desk-col-due = Due
desk-col-used = Time used
desk-col-why = Why it stands here
desk-col-holder = Turn of
desk-view-mine = My turn
desk-view-office = My office’s turn
desk-view-overdue = Overdue
desk-view-waiting = Waiting for others
desk-view-open = All open
desk-view-closed = Ended
desk-group-overdue = Overdue: { $count }
desk-group-today = Due today: { $count }
desk-group-week = This week: { $count }
desk-group-later = Later: { $count }
desk-group-waiting = Waiting for others: { $count }
desk-group-closed = Ended: { $count }
desk-holder-mine = My post
desk-holder-ours = Another post here
desk-holder-nobody = Ended
desk-why-overdue = the time limit has passed
desk-why-unsolved = the person says it is not solved
desk-why-disputed = verification failed
desk-why-handed_back = handed back
desk-why-stopped = the clock is stopped
desk-why-asked = an extension has been asked for
desk-why-extended = extended before
desk-why-provisional = due in { $year }, whose public holidays are not announced
desk-why-makeup = today is a make-up working day and counts
desk-empty-mine-title = Nothing is waiting for you
desk-empty-mine = Another post of your office may have something. See “My office’s turn”, or find a case by its number.
desk-empty-office-title = Nothing is waiting for your office
desk-empty-office = See “Waiting for others”: cases your office takes part in, where somebody else has to act.
desk-empty-overdue-title = Nothing is overdue
desk-empty-overdue = See “My office’s turn”, where what is due first stands first.
desk-empty-waiting-title = Nothing waits for others
desk-empty-waiting = See “My office’s turn”.
desk-empty-open-title = Your office has no open case
desk-empty-open = See “Ended”, or find a case by its number.
desk-empty-closed-title = Nothing has ended yet
desk-empty-closed = See “All open”.
desk-empty-search-title = No case has this number
desk-empty-search = “{ $number }” was not found, or your office has no part in that case. Check it against the receipt or the letter, with its year and brackets.
desk-title-topic = { $procedure }: { $topic }
desk-inbox-open = Open this case
desk-inbox-nothing-now = Your post can take no step now.
desk-keys-next = next, previous
desk-keys-open = open
desk-keys-search = find by number

# A case
desk-case-clock = How this date came about
desk-case-clocks = All clocks
desk-case-clocks-caption = Every clock of this case, what it rests on and how it stands
desk-case-clock-name = Clock
desk-case-clock-law = Law
desk-case-clock-state = Now
desk-case-matter = The matter
desk-case-facts = Facts on record
desk-case-public = All of these are public.
desk-case-offices = Offices
desk-case-timeline = What happened
desk-case-evidence = Evidence
desk-case-three = Three facts, kept apart
desk-three-answered = The office has answered
desk-three-done = The lead office reports it done
desk-three-verified = Another office has verified it
desk-three-person = The person says
desk-three-affected = Those affected confirm it
desk-three-not-yet = not yet
desk-three-not-said = nothing yet
desk-three-not-asked = not asked yet
desk-three-solved = solved ({ $at })
desk-three-unsolved = not solved ({ $at })
desk-next-title = Due: { $clock }
desk-sealed-line = Sealed: { $parts }
desk-read-line = Opened { $parts }; purpose: { $purpose }
desk-part-narrative = the matter
desk-part-identity = name and contact
desk-part-decision = answer and reasons
desk-part-attachment = attachments
desk-part-note = internal notes
desk-part-count = { $count ->
    [one] { $count } piece
   *[other] { $count } pieces
}
desk-sealed-title = Sealed content
desk-sealed-none = This case has no sealed content.
desk-sealed-lead = What follows is sealed. When you open it, the time, your post, what you opened and why are recorded first; then it is shown. The person sees that record with their code.
desk-sealed-parts = What to open
desk-sealed-purpose = What for
desk-sealed-open = Record access and open
desk-sealed-problem = Choose what to open and what for. Without a purpose it cannot be opened.
desk-sealed-again = Open something else
desk-opened-as = Opened; the access has been recorded (purpose: { $purpose }). If you leave or reload this page you have to open it again.
desk-opened-title = Entry { $n } · { $what } · { $who }
desk-opened-erased = This part has been destroyed as the rules require.
desk-opened-file = Download the attachment
desk-opened-file-note = Download only; it does not open in the page. Each download is recorded too.
desk-open-file-note = Public evidence. Download only; it does not open in the page.
read-purpose-assign = To decide which office is responsible
read-purpose-handle = To handle this case
read-purpose-contact = To get in touch and check facts
read-purpose-approve = To approve an answer or an extension
read-purpose-supervise = To supervise how it is handled
read-purpose-verify = To verify that it is done
desk-act-title = You can now
desk-act-none = Your post can take no step now. It is the turn of { $who }.
desk-act-closed = The case has ended. No step is possible.
desk-not-now-title = Not possible now
desk-by-others-title = For others to do
desk-act-law = Law: { $law }
desk-act-submit = { $action }
desk-act-follows = What follows
desk-act-told = The person will be told they can
desk-act-optional = optional
desk-act-once = If the network is slow you can press again; it is recorded once.
desk-act-files-again = Choose the files again: the browser does not let a page remember them. Your words are still here.
desk-follows-stage = The case goes to “{ $stage }”, the turn of { $bearer }
desk-follows-end = The case goes to “{ $stage }” and ends
desk-follows-clock = “{ $clock }” starts today: { $period }
desk-follows-tell = { $who } will be told
desk-remedy = { $remedy }: { $to }. { $law }
desk-remedy-within = { $remedy }: { $to }, within { $period } of receiving it. { $law }
desk-office-by-list = The list of competences names { $office }.
desk-saved = Recorded as entry { $n }: { $what }, { $at } ({ $number }).
desk-refused-title = Not written
desk-race-title = “{ $action }” was not written: somebody took a step after you opened this page
desk-race-line = Entry { $n }: “{ $what }” by { $who }, { $at }
desk-race-again = “{ $action }” is still possible and what you typed is below. Read the new entries; if you still want to, press again.
desk-race-over = The case is now in “{ $stage }” and “{ $action }” is no longer possible. What you typed is kept below for you to copy; it is gone when you leave this page.
desk-race-kept = What you typed
desk-case-back = Back to the inbox
desk-refused-page-title = Cannot be opened

# Document review
desk-docs-title = Documents
desk-docs-lead = A document comes in and every sentence is accounted for: a commitment, a heading, background, not taken up, or kept as text. Each accepted item becomes a case on the public board when the document is published.
desk-docs-new = Read a new document
desk-docs-caption = { $count ->
    [one] The latest first. { $count } document on this page.
   *[other] The latest first. { $count } documents on this page.
}
desk-docs-col-title = Document
desk-docs-col-progress = Reviewed so far
desk-docs-col-state = State
desk-docs-col-added = Added
desk-docs-empty-title = No document yet
desk-docs-empty = Begin with a speech, a report or a task table: upload or paste it. The program proposes, people decide.
desk-docs-open = Open
desk-doc-review = Under review
desk-doc-done = Decided, to be published
desk-doc-published = Published
desk-doc-about = { $year } · version { $version } · not published
desk-doc-about-published = { $year } · version { $version } · published
desk-doc-closed-title = Documents are reviewed by the supervision office
desk-progress = { $decided } of { $total } items decided
desk-progress-none = nothing to decide
desk-new-title = Read a new document
desk-new-lead = Upload a file or paste the text, one of the two. The text is kept exactly as it is, and every item points at its words.
desk-new-file = File
desk-new-file-hint = .txt .docx .html .xlsx .pdf, at most 20 MB. Scanned pictures hold no text we can read.
desk-new-text = Or paste the text
desk-new-text-hint = One paragraph to a line, each heading on its own line, numbering kept.
desk-new-name = Name of the document
desk-new-name-hint = Published, for example “Community services in the second half of 2026”. If you leave it empty we use the title in the text.
desk-new-year = Year
desk-new-year-hint = Which year “by the end of the year” means. If you leave it empty we look in the text.
desk-new-submit = Read and decompose
desk-new-once = Once is enough; pressing again does not add it twice.
desk-new-problem-nothing = Choose a file or paste the text.
desk-new-problem-both = There is both a file and a text, and we cannot tell which to read. Give only one.
desk-new-problem-year = The year has to be four digits, for example 2026.
desk-new-problem-title = Give the name of the document: we found no title in the text.
desk-new-problem-control = The text holds a control character that cannot be shown (character { $position }). Delete it and send it again.
desk-new-problem-long = The text is too long: at most { $limit } characters, now { $found }. Split it into several.
desk-new-problem-none = We read { $sentences } sentences and none of them is a commitment that can be checked, so nothing was added. Check that this is the right file; to add it all the same, tick the box below and send it again.
desk-new-keep-none = Add it without a commitment, as background
desk-new-files-again = Choose the file again: the browser does not let a page remember it.

desk-state-commitment = Commitment
desk-state-heading = Heading
desk-state-background = Background
desk-state-rejected = Not taken up
desk-state-excluded = Kept as text
desk-state-furniture = Page furniture
desk-excluded-why = It would profile, grade or control people, so it opens no task
desk-excluded-fixed = Kept as text only; no post can accept it. The reason is public.
desk-cover = { $count } sentences, each accounted for; { $left } without a state.
desk-cover-label = One cell a sentence, in order: { $told }
desk-cover-commitment = commitments { $count }
desk-cover-heading = headings { $count }
desk-cover-background = background { $count }
desk-cover-rejected = not taken up { $count }
desk-cover-excluded = kept as text { $count }
desk-cover-furniture = page furniture { $count }
desk-text-title = The text
desk-sentence-link = sentence { $position }
desk-rows-title = Commitments: { $accepted } accepted, { $pending } undecided, { $rejected } not taken up
desk-rows-views = Show
desk-rows-view-all = All
desk-rows-view-pending = Undecided
desk-rows-view-without_lead = Without lead office
desk-rows-view-accepted = Accepted
desk-rows-view-rejected = Not taken up
desk-rows-none-title = No item here
desk-rows-none = Choose another view, or look at the text on the left, where every sentence shows what became of it.
desk-row-proposed = Undecided
desk-row-accepted = Accepted
desk-row-rejected = Not taken up
desk-row-excluded = Kept as text
desk-row-published = Published
desk-row-now = Open
desk-row-edited = edited
desk-row-due = { $day }
desk-row-due-past = { $day }, past
desk-row-due-words = deadline “{ $words }”
desk-row-due-none = no deadline named
desk-row-lead-none = no office named
desk-row-lead-unknown = “{ $name }” is not in the register
desk-row-open = Open item { $row }
desk-row-case = case
desk-row-note = Note: { $note }
desk-row-reason = Reason: { $reason }
desk-accept = Accept
desk-accept-row = Accept item { $row }
desk-reopen = Accept after all
desk-field-title = Title
desk-field-words = The words
desk-field-words-hint = To move their ends, add or remove here: only words that stand together in the text.
desk-field-lead = Lead office
desk-field-supporting = Supporting offices
desk-field-indicator = Indicator
desk-field-deadline = Deadline
desk-field-deadline-words = The deadline’s words
desk-field-evidence = What counts as done
desk-field-reason = Why it is not taken up
desk-field-reason-hint = Published with the document.
desk-field-note = Note
desk-reasons-1 = Nothing in it that could be checked
desk-reasons-2 = It reports something already done
desk-reasons-3 = The same as another item
desk-reasons-4 = Not within the district’s powers
desk-lead-hint-none = The text names no office. Choose one from the register.
desk-lead-hint-explicit = The text says “{ $surface }”;{" "}
desk-lead-hint-inherited = From above, “{ $surface }”;{" "}
desk-lead-hint-learned = By your own rules, “{ $surface }”;{" "}
desk-lead-resolved = in the register this is { $office }.
desk-lead-unresolved = the register has no such office. Choose one.
desk-supporting-hint = The text says “{ $surface }”.
desk-deadline-hint = The text says “{ $words }”.
desk-choose-office = Choose
desk-save = Save changes only
desk-reject = Do not take up
desk-split = Split here
desk-split-title = Split
desk-split-hint = Press the scissors where it is to be cut; the parts still point at the same sentence.
desk-split-after = Split after “{ $words }”
desk-merge = Merge with the next
desk-exclude = Keep as text only
desk-annotate = Save note
desk-undo = Undo last step
desk-undo-words = Last step: { $step }
desk-step-words = { $verb } by { $who }, { $at }
desk-step-row = item { $row } { $verb } by { $who }, { $at }
desk-verb-accept = accepted
desk-verb-reject = not taken up
desk-verb-edit = edited
desk-verb-split = split
desk-verb-merge = merged
desk-verb-exclude = kept as text
desk-verb-annotate = annotated
desk-verb-move = moved
desk-verb-add = added
desk-verb-undo = undone
desk-verb-publish = published
desk-done-accept = Item { $row } accepted.
desk-done-reject = Item { $row } is not taken up; the reason is recorded.
desk-done-edit = The changes to item { $row } are saved.
desk-done-split = Split; the parts are undecided.
desk-done-merge = Merged; the new item is undecided.
desk-done-exclude = Item { $row } is kept as text only.
desk-done-annotate = The note on item { $row } is saved.
desk-done-move = The ends of the words were moved.
desk-done-add = Added; the new item is undecided.
desk-done-undo = Undone.
desk-done-publish = { $count ->
    [one] Published: { $count } item became a case.
   *[other] Published: { $count } items became a case each.
}
desk-done-new = { $count ->
    [one] Read; { $count } item proposed. Decide on it.
   *[other] Read; { $count } items proposed. Decide on each.
}
desk-add-title = Something missed? Add an item
desk-add-words = Copy its exact words from the text
desk-add-button = Add
desk-publish = Publish
desk-publish-title = Publish
desk-publish-ready = { $count ->
    [one] Ready to publish: { $count } accepted item becomes a case, assigned to its lead office, on the public board. After that nothing can be changed here.
   *[other] Ready to publish: { $count } accepted items become a case each, assigned to their lead offices, on the public board. After that nothing can be changed here.
}
desk-publish-blocked = Not yet:{" "}
desk-publish-pending = { $count } undecided
desk-publish-no-lead = { $count } without a lead office
desk-published-title = Published
desk-published-board = See this document on the public board
desk-review-readonly = The supervision office reviews this document. You can look but not change it.
desk-rules = Why it was cut like this
desk-keys-accept = accept
desk-keys-reject = do not take up, with a reason
desk-keys-edit = edit
desk-keys-split = split
desk-keys-merge = merge with the next
desk-keys-undo = undo
desk-keys-all = all keys
desk-commitment-document = From the document
desk-commitment-see = See its place in the text
desk-part-of-row-title = title
desk-part-of-row-indicator = indicator
desk-part-of-row-deadline_on = deadline
desk-part-of-row-deadline_words = the deadline’s words
desk-part-of-row-evidence_rule = what counts as done
desk-part-of-row-reason = reason
desk-part-of-row-note = note
desk-mixed-rejected = Item { $row } in it is not taken up: { $reason }
desk-mixed-live = The rest is item { $rows }
desk-label-used = Used
desk-label-why = Why
desk-lead-today-start = The count starts today; today is not day one.
desk-files-line = { $count ->
    [one] { $count } file, open to everyone
   *[other] { $count } files, open to everyone
}

# Reviewing: several at once, the second post, doubts, new versions
desk-rows-view-doubts = With doubts
desk-rows-view-second = For me to confirm
desk-row-doubts = Doubts: { $count }
desk-doubts-title = Doubts
desk-doubts-hint = Each has to be answered before publishing: change it, or say that the document has it so.
desk-doubt-answered = As written
desk-as-written = It is as written
desk-second-tag-done = Confirmed
desk-second-tag-waits = To confirm
desk-second-done = Confirmed by { $who }. A change has to be confirmed again.
desk-second-mine = You decided on this; another post has to confirm it.
desk-second-theirs = Decided by { $who }. Confirm it, or send it back with a reason.
desk-second-progress = { $done } of { $total } decisions confirmed by a second post.
desk-confirm = Confirm
desk-send-back = Send back
desk-field-back = Reason for sending it back
desk-confirm-all = Confirm all { $count }
desk-confirm-all-hint = Look at each first. Your own decisions are not among them.
desk-confirm-ticked = Confirm the ticked ones
desk-sent-back = Sent back by { $who }: { $reason }
desk-origin-cut = A person cut or joined this item; what the program proposed is kept in the steps.
desk-origin-added = A person added this item; the program did not propose it.
desk-differences = What differs from the program’s proposal
desk-difference-part = Part
desk-difference-machine = Program
desk-difference-now = Now
desk-difference-none = none
desk-part-of-row-quote = Words
desk-part-of-row-lead_office = Lead office
desk-part-of-row-supporting_offices = Supporting offices
desk-tick = Tick item { $row }
desk-bulk-title = Filter, and handle several at once
desk-filter-section = Section
desk-filter-office = Lead office
desk-filter-words = Contains
desk-filter-any = All
desk-filter-no-office = Without a lead office
desk-filter-go = Filter
desk-bulk-lead = Change lead office to
desk-bulk-supporting = Add a supporting office
desk-bulk-unchanged = Leave as it is
desk-bulk-accept = Accept them too
desk-bulk-ticked = Do the ticked ones
desk-bulk-shown = Do all { $count } shown
desk-bulk-hint = One step, undone in one step. If one item refuses, none is changed and each refusal is told.
desk-publish-doubts = { $count } with an unanswered doubt
desk-publish-second = { $count } waiting for a second post
desk-publish-changes = { $count } changed from the version before and not explained
desk-verb-bulk = handled several at once
desk-verb-confirm = confirmed
desk-verb-send_back = sent back
desk-verb-as_written = said as written for
desk-verb-continues = said that it goes on from the version before:
desk-verb-apart = said that it is another promise:
desk-verb-drop = recorded a dropped promise
desk-done-bulk = { $count } items handled in one step; one undo takes it back.
desk-done-confirm = Item { $row } confirmed.
desk-done-confirm_all = { $count } items confirmed.
desk-done-send_back = Item { $row } sent back; the reason is recorded.
desk-done-as_written = The doubt about item { $row } is answered: as written.
desk-other-here = { $who } is here too, at item { $row }.
desk-other-here-only = { $who } is here too.
desk-resumed = Going on from: { $step }.
desk-row-dropped = Dropped
desk-row-split = Split
desk-row-merged = Merged
desk-row-withdrawn = Withdrawn
desk-keys-next-row = next item
desk-keys-previous-row = previous item
desk-keys-words = move its ends
desk-keys-office = change office
desk-keys-exclude = keep as text
desk-keys-note = note
desk-keys-doubt = doubt: as written
desk-keys-confirm = confirm
desk-keys-back = send back, with a reason
desk-keys-tick = tick
desk-keys-bulk = filter, several at once
desk-keys-publish = to publishing
desk-keys-leave = leave a field
desk-keys-list = open or close this list
desk-keys-off = Do not use keys on this device
desk-new-replaces = New version of
desk-new-replaces-hint = If chosen, the two are compared promise by promise; running cases go on and are not opened again.
desk-new-version = Add a new version of this document
desk-changes-title = What changed since the version before
desk-changes-lead = This is version { $version } and replaces
desk-changes-waiting = { $count } to be explained
desk-changes-all-said = Every change since the version before is explained.
desk-changes-why = Why it changed
desk-changes-why-dropped = Why it is no longer promised
desk-changes-same = The same promise, changed so
desk-changes-apart = Not the same promise
desk-changes-dropped = Record it as dropped
desk-changes-other = It stands elsewhere in the new version
desk-changes-other-row = Which item of the new version
desk-changes-said = Explained; it goes into the case when the document is published.
desk-changes-back = Back to the review
desk-changes-open = { $count } changes since the version before are not explained
desk-changes-see = See what changed since the version before
desk-changed-same = Recorded as the same promise; it goes into the case when published.
desk-changed-apart = Recorded as another promise; it will be a case of its own.
desk-changed-dropped = Recorded as dropped. Its case does not end by this.
desk-changed-undo = Undone.
desk-changed-send_back = Sent back.
desk-changed-confirm = Confirmed.
desk-rows-parts = Pages of items
desk-rows-part = Page 
