# The portal: what residents and businesses see
portal-name = Mingze
portal-title-sample = { " " }(sample)
portal-title-error = Error:{ " " }
portal-skip = Skip to the content
portal-sample-label = About this sample
portal-sample-word = Sample
portal-sample = The district, its offices and its cases are fictional
portal-nav = Main sections
portal-nav-home = Start
portal-nav-case = Check a case
portal-nav-board = Promises
portal-nav-ledger = Public ledger
portal-foot-ledger = The public ledger holds { $size } records.
portal-foot-quiet = This site does not record what you look at.
portal-foot-procedures = How each procedure works
portal-foot-ledger-link = Public ledger
portal-foot-verify = Verify a receipt yourself
portal-foot-desk = Staff sign in
portal-optional = (optional)
portal-choose = Choose one
portal-pager = Pages
portal-pager-first = Back to the first page
portal-pager-shown = { $count ->
    [one] { $count } entry on this page
   *[other] { $count } entries on this page
}
portal-pager-next = Next page
portal-errors = { $count ->
    [one] { $count } thing still needs an answer. What you wrote is still here
   *[other] { $count } things still need an answer. What you wrote is still here
}
portal-provisional = provisional
portal-local-rule = local rule

portal-strip-key = Key
portal-strip-table = Day by day
portal-strip-date = Date
portal-strip-how = How it counts
portal-strip-count = Day

portal-home-title = Start here
portal-home-question = What has happened?
portal-home-hint = Use your own words; one or two sentences are enough. No name, telephone number or account yet.
portal-home-next = The next page tells you which office answers, by which rule and by what date. You decide then whether to send it.
portal-home-danger-word = Emergency
portal-home-danger = If somebody is in danger now, call 110, 119 or 120 first.
portal-home-check = Check a case
portal-home-board = See what the government promised
portal-home-board-count = { $count ->
    [one] One promise has been published. For each you see the exact words, who answers for it and until when; what is reported done, what was verified and what people confirm are three separate facts.
   *[other] { $count } promises have been published. For each you see the exact words, who answers for it and until when; what is reported done, what was verified and what people confirm are three separate facts.
}
portal-home-board-none = No promises have been published yet. Once they are, each shows its exact words, who answers for it, until when, and how it stands.
portal-home-board-button = { $count ->
    [one] See the promise
   *[other] See { $count } promises
}
portal-home-board-button-none = Open the board
portal-home-list = Contents
portal-home-procedures = How each procedure works, its days and its articles
portal-home-procedures-count = { $count ->
    [one] { $count } procedure
   *[other] { $count } procedures
}
portal-home-ledger = The public ledger
portal-home-ledger-size = { $size ->
    [one] { $size } record
   *[other] { $size } records
}
portal-home-ledger-none = cannot be read now
portal-home-verify = Verify a receipt yourself
portal-home-verify-more = works offline
portal-month-title = How { $month } went
portal-month-empty-title = Nothing to count yet
portal-month-empty = No cases were received last month, so there are no figures, and no percentages instead. From the first case on, this says how many were received, answered in time, answered late, and are still open.
portal-month-received = In { $month }, { $received ->
    [one] { $received } case was
   *[other] { $received } cases were
} received: { $in_time } answered in time, { $late } answered late, { $open } not answered yet ({ $overdue } of those overdue), { $ended } not accepted.
portal-month-outcome = Of the { $answered } answered, { $said ->
    [one] { $said } person
   *[other] { $said } people
} said how it turned out: { $solved } “solved”, { $unsolved } “not solved”. { $silent } said nothing.
portal-month-fine = Counts of cases only; offices are not ranked. Figures up to { $until }.

portal-home-others = All { $count } kinds of matter
portal-choose-title = What do you want to do?
portal-choose-lead = No account and no name needed to begin. Each procedure first says who handles it, by what date you get an answer, and which rule says so.
portal-choose-how = How this works
portal-choose-empty-title = Nothing can be filed online at the moment
portal-choose-empty = Go to the government service centre, or call 12345.

portal-file-over = One form
portal-file-submit = Send and get the receipt
portal-file-once = Pressing once is enough. If the network is slow and you press again, it is still one case with the same receipt.
portal-file-next = What happens then
portal-file-who = Who can see it
portal-file-read-recorded = Each time staff open what you wrote, a record is made first: when, which post, what they read and why. You can see all of them with your code.
portal-file-compromised = To be plain: if the program behind this site were taken over, whoever did it could, for as long as it lasted, read what is filed and have what is sealed opened; a stolen copy of the database alone cannot be read without a master key kept apart; the public ledger holds only salted digests nobody can read text from.
portal-files-again-word = Files
portal-files-again = Please choose your files again: browsers do not let a page remember them. Your text is still here.
portal-not-sent = This has not been sent yet
portal-who-what = What
portal-who-who = Who can see it
portal-who-kept = How long it is kept
portal-who-public = Everybody
portal-who-public-case = Staff handling the case; the public ledger holds only a digest
portal-who-sealed = Sealed. Only the posts handling this case can open it, and each opening is recorded
portal-who-months = { $months ->
    [one] Until one month after the case closes; then its key is destroyed
   *[other] Until { $months } months after the case closes; then its key is destroyed
}
portal-who-file = As long as the case
portal-why-asked = Why we ask: { $purpose }.
portal-why-sealed = Kept sealed.
portal-why-kept = { $months ->
    [one] Destroyed one month after the case closes.
   *[other] Destroyed { $months } months after the case closes.
}
portal-why-basis = Basis: { $basis }.


portal-code-title = Check a case
portal-code-lead = Type the code on your receipt to see every step, who must act now, by what date, and who has read what you wrote.
portal-code-label = The 24-character code on your receipt
portal-code-hint = Six groups of four. Spaces, hyphens and capitals do not matter. The code never uses the letters I, L, O or U: what looks like O is zero, what looks like I or l is one, and we read them that way for you.
portal-code-hint-short = Spaces, hyphens and capitals do not matter.
portal-code-button = Check this case
portal-code-lost = We cannot recover a lost code: only its digest is stored. Bring your identity card and the case number to the government service centre and ask there.
portal-code-absent-title = Not found
portal-code-absent = This code was not found. A character may be mistyped, or the case may have been erased as the rules require; both look the same to us. Check it against your receipt and type it again.
portal-code-empty = Type the 24-character code on your receipt.
portal-left-word = Left
portal-left = This device no longer remembers your code. To look again, type it.

portal-basis-local = { $cite }. The law gives no number of days here; this one is the district’s own.
portal-cell-start = start
portal-cell-makeup = work
portal-cell-today = today
portal-cell-due = due
portal-cell-maybe = due?
portal-cell-met = done
portal-cell-gap = +{ $count }
portal-key-past-working = working day passed
portal-key-past-calendar = day passed
portal-key-left-working = working day left
portal-key-left-calendar = day left
portal-key-rest = day off, not counted
portal-key-makeup = weekend worked, counted
portal-key-paused = stopped, not counted
portal-key-more = extended
portal-key-now = today
portal-key-due = due
portal-key-maybe = provisional
portal-key-over = overdue
portal-strip-spoken-met = Done on { $day }.
portal-strip-spoken-over = { $days ->
    [one] { $days } day overdue.
   *[other] { $days } days overdue.
}
portal-how-met = { $how }; done on { $day }
portal-how-over = { $days ->
    [one] { $days } day overdue and not done yet
   *[other] { $days } days overdue and not done yet
}
portal-how-over-met = Done { $days ->
    [one] { $days } day late
   *[other] { $days } days late
}
portal-strip-reasons = Rules applied

portal-you = you
portal-promise-one = Send it today and the office must { $action } by { $due } at the latest.
portal-promise-two = Send it today and the office must { $first } by { $first_due } at the latest; then it has { $period } to { $then }, which is { $due } at the very latest.
portal-promise-provisional = { " " }That date is provisional: some holidays are not published yet.
portal-promise-short = { $clock }: { $period } from “{ $starts }”
portal-door-button = File { $title }
portal-clock-limit = { $period } after “{ $starts }”
portal-clock-minimum = At least { $period } after “{ $starts }”
portal-clock-backward = At least { $period } before “{ $starts }”
portal-clock-due = The date the matter states; where it states none, { $period } after “{ $starts }”
portal-clock-stated = The date the matter states
portal-clock-unknown = No number of days is in force on this day
portal-clock-example = If it started today ({ $today }), the last day would be { $due }.
portal-borne-office = a limit for the office
portal-borne-person = your right
portal-borne-outside = a limit for an outside body
portal-step-file = You fill in the form and get a receipt
portal-step-file-more = It carries your code, the clock that now runs and the article it rests on. No account needed.
portal-step-office = { $office }: { $action }
portal-step-due = By { $due } at the latest. If that day passes, the case is publicly marked overdue.
portal-step-due-maybe = By { $due } at the latest (provisional: some holidays are not published yet). If that day passes, the case is publicly marked overdue.
portal-step-say = You say whether it is solved
portal-step-say-more = The office saying “done” and you saying “solved” are two facts, recorded apart. If you say “not solved”, the supervision office looks into it.

portal-hint-files = { $count ->
    [one] One file
   *[other] Up to { $count } files
}, { $size } MB each, 60 MB in all.
portal-problem-missing = Fill in “{ $label }”.
portal-problem-missing-choice = Choose one: { $label }.
portal-problem-invisible_only = “{ $label }” holds only invisible characters. Write something.
portal-problem-not_text = “{ $label }” must be text. Fill it in again.
portal-problem-too_long = “{ $label }” is too long: at most { $limit } characters, now { $length }.
portal-problem-control_character = Character { $position } of “{ $label }” is an invisible control character. Delete it and send again.
portal-problem-line_break = Write “{ $label }” on one line.
portal-problem-bad_choice = Choose one of the answers shown for “{ $label }”.
portal-problem-bad_date = “{ $label }” must be a date, for example { $example }.
portal-problem-bad_number = “{ $label }” must be a number, for example 12.
portal-problem-bad_contact = “{ $label }” must be a telephone number or an e-mail address, for example 0451-00000000 or name@example.org.
portal-problem-unknown_office = Choose one of the offices shown for “{ $label }”.
portal-problem-unknown_post = Choose one of the posts shown for “{ $label }”.
portal-problem-too_many_files = Too many files in “{ $label }”: at most { $limit }, now { $count }.
portal-problem-file_too_large = The file “{ $name }” is too big: at most { $limit_mb } MB each.
portal-problem-file_empty = The file “{ $name }” is empty. Choose another.
portal-problem-unknown_field = This form has no “{ $label }”. Open the page again and fill it in once more.
portal-problem-other = “{ $label }” is not right yet. Please change it.

portal-lead-office = { $office } must { $act } by { $marked }.
portal-lead-office-working = { $office } must { $act } by { $marked }, working day { $ordinal } of { $of }.
portal-lead-office-calendar = { $office } must { $act } by { $marked }, day { $ordinal } of { $of }.
portal-lead-late = { $office } had to { $act } by { $due } and is { $marked }.
portal-lead-late-days = { $days ->
    [one] { $days } day overdue
   *[other] { $days } days overdue
}
portal-lead-late-more = The delay is on the public record and the supervision office sees it. Your code and your rights are not affected.
portal-lead-yours = It is your turn: say by { $marked } whether it is solved.
portal-lead-yours-more = What you say is recorded apart and does not change the office’s “answered”. If you say nothing, the case closes by the rules; you can still bring the matter again.
portal-lead-no-clock = It is now with { $office } ({ $stage }).
portal-lead-stopped = { $office } must { $act }; the clock is stopped and goes on when the reason for stopping has ended.
portal-lead-left = { $left } left.
portal-lead-last-day = Today is the last day.
portal-lead-provisional = This date is provisional: some holidays are not published yet. A public record will settle it.
portal-lead-closed = This case was closed on { $marked }: { $act }.
portal-lead-closed-solved = This case was closed on { $marked }. You said: solved.
portal-lead-closed-unsolved = This case was closed on { $marked }: { $act }. You had said: not solved.
portal-lead-closed-more = The answer, its basis and the record of every step stay below, and the receipt can always be verified.
portal-next-by = by { $day }
portal-next-office = { $office } must { $act }
portal-next-yours = Waiting for you to say whether it is solved
portal-next-more = If the day passes, the delay is recorded that day, and you and the supervision office are told.
portal-next-late = Overdue and still waiting.
portal-next-yours-more = If you say nothing, the case closes by the rules.
portal-entry-leaf = Public ledger, record { $index }
portal-entry-read = { $post } opened your content
portal-entry-lapsed = Overdue: { $clock }
portal-entry-lapsed-more = { $due } was the last day and it was not done.
portal-entry-moved = The case was moved to a new version of the procedure
portal-entry-moved-more = Reason: { $reason } The dates you were told stay as they are.
portal-entry-corrected = The official calendar was corrected; your date stays
portal-entry-corrected-more = { $clock }: you were told { $told }, and that stands. The corrected calendar would give { $corrected }.
portal-entry-settled = A provisional date has been settled
portal-entry-you = { $act } · you
portal-entry-office = { $act } · { $office }
portal-entry-clock = The time has run: { $act }
portal-entry-bound = { $role }: { $office }.
portal-entry-fact = { $label }: { $value }.
portal-entry-words = “{ $words }”
portal-effect-start = { $clock } begins; last day { $due }.
portal-effect-meet = { $clock }: in time.
portal-effect-meet-late = { $clock }: late.
portal-effect-extend = { $clock } extended to { $due }.
portal-effect-suspend = { $clock } stopped.
portal-effect-resume = { $clock } goes on; last day { $due }.
portal-effect-restart = { $clock } begins anew; last day { $due }.
portal-effect-settle = { $clock }: last day settled as { $due }.
portal-clock-stands = stopped, no due date
portal-clock-met = done on { $day }, in time
portal-clock-met-late = done on { $day }, { $days ->
    [one] { $days } day late
   *[other] { $days } days late
}
portal-clock-stopped = no longer waited for
portal-clock-late = { $days ->
    [one] { $days } day overdue
   *[other] { $days } days overdue
}
portal-clock-running = running
portal-outcome-solved = On { $at } you said: solved.
portal-outcome-unsolved = On { $at } you said: not solved.
portal-slot-narrative = What you wrote
portal-slot-identity = Name and contact
portal-slot-attachment = Files
portal-slot-decision = Answer and reasons
portal-slot-note = Working note

portal-late = overdue
portal-not-recorded = This step was not recorded
portal-your-word = Your word
portal-outcome-title = Is it solved?
portal-outcome-hint = What you say is recorded apart from the office’s “answered”. Neither answer takes away your right to reconsideration, a lawsuit or bringing the matter again.
portal-outcome-until = Please say so by { $day }.
portal-how-came = How this date came about
portal-basis = Basis:{ " " }
portal-basis-word = Basis
portal-file-word = File
portal-ics = Save to your calendar
portal-all-clocks = { $count ->
    [one] The clock of this case
   *[other] All { $count } clocks of this case
}
portal-clock-which = Clock
portal-clock-long = How long
portal-clock-last = Last day
portal-clock-how = How it stands
portal-answers = Answer
portal-answer-no-words = The text of this answer was erased as the rules require, or there was none. The record remains.
portal-remedies = You may also
portal-remedies-adverse = If you do not accept this decision, you may
portal-remedy-to = :{ " " }{ $to }.
portal-remedy-by = By { $day } at the latest.
portal-remedy-over = The last day, { $day }, has passed.
portal-remedy-within = Within { $period } of being told.
portal-remedy-no-limit = This page counts no period for it; the law’s own applies.
portal-no-answer-title = No answer yet
portal-no-answer = When it comes, its full text, its basis and what you can do about it stand here. The sentence at the top says by when.
portal-events = What happened
portal-filed = What you wrote
portal-filed-none = What you wrote was erased as the rules require, or there was none.
portal-reads = Who has read your information
portal-reads-count = What you wrote and your files are sealed. Each time staff open them, a record is made first. So far: { $count }.
portal-reads-when = When
portal-reads-post = Post
portal-reads-what = What
portal-reads-why = Why
portal-credentials = Your evidence
portal-credentials-more = The receipt proves that this case was received at that moment and that its record has not been changed. It can be verified offline.
portal-open-receipt = Open the receipt
portal-download-proof = Download the receipt file
portal-leave = Leave and forget the code
portal-leave-hint = On somebody else’s phone or a shared computer? Leave when you have finished.
portal-see-case = See this case

portal-receipt-title = Receipt
portal-receipt-code = Your code
portal-receipt-keep = Whoever has this code can look up the case. Keep it like a bank password. We store only its digest and cannot recover it.
portal-receipt-due-office = By this day: { $act }
portal-receipt-due-yours = Say by this day whether it is solved
portal-receipt-due-late = Was due on this day and is overdue: { $act }
portal-receipt-who = { $office } must { $act }. If another office takes over, the case page says so.
portal-receipt-who-yours = It is your turn to say whether it is solved.
portal-receipt-who-closed = This case is closed.
portal-receipt-cells = One cell a day. The number is the day counted (the working day, where working days count); “work” is a weekend worked, counted; “hol” is a holiday, not counted.
portal-receipt-number = Case
portal-receipt-matter = Matter
portal-receipt-at = Received
portal-receipt-period = Limit
portal-receipt-period-words = { $period }; the first day is not counted
portal-receipt-seal = Receipt mark: { $mark }
portal-receipt-qr = QR code: opens the page of this case
portal-receipt-verify = How to verify
portal-receipt-verify-1 = Scan the QR code, or type your code on the start page, to see how far the case is.
portal-receipt-verify-2 = To prove the record was not changed, download the receipt file and run, offline:
portal-receipt-verify-3 = The record number and digest it prints must be the ones below.
portal-receipt-key = Ledger key
portal-receipt-print = Your browser’s “Print” puts this on a narrow slip, or saves it as PDF.
portal-repeated-word = Same case
portal-repeated = This form had already arrived. This is the same receipt; no second case was opened.
portal-recorded-word = Recorded
portal-recorded = What you said has been recorded in the public ledger.
portal-ics-summary = { $office } must { $act }: { $number }
portal-ics-summary-yours = Say whether it is solved: { $number }

portal-procedures-title = How each procedure works
portal-procedures-over = Procedures
portal-procedures-lead = Who handles each kind of matter, by which steps, in how many days, on which article, and what you can do if you disagree, straight from the procedure’s own tables. The example dates were computed just now.
portal-procedure-force = In force since { $day }
portal-procedure-file = File one now
portal-procedure-steps = The usual way
portal-procedure-clocks = Clocks
portal-procedure-stages = Whose turn it is
portal-procedure-remedies = If you disagree
portal-procedure-sources = Sources
portal-procedure-hash = Digest of this version. Each case stays pinned to the version it was opened under:
portal-procedure-blind = What is not formalised
portal-stage-where = Where it is
portal-stage-who = Whose turn
portal-stage-what = What can be done
portal-stage-end = nobody’s
portal-stage-nothing = This is the end

portal-ledger-title = Public ledger
portal-ledger-over = Verify
portal-ledger-lead = { $size ->
    [one] The public ledger holds { $size } record. It can be neither changed nor removed.
   *[other] The public ledger holds { $size } records. None can be changed or removed.
}
portal-ledger-empty = The public ledger is still empty.
portal-ledger-empty-title = No record yet
portal-ledger-empty-next = The moment the first matter is received, the ledger gets its first record.
portal-ledger-what = Each step of each case adds one salted digest at the moment it happens. Nobody can read from it who or what it was about; but if anybody later changes, removes or slips in a record, everybody can compute that it happened.
portal-ledger-checkpoint = Newest signature
portal-ledger-checkpoint-more = The first line is the ledger’s name, the second the number of records, the third the root digest of them all; the signature follows.
portal-ledger-download-checkpoint = Download this signature
portal-ledger-download-key = Download the key
portal-ledger-key = The ledger’s key
portal-ledger-key-more = You need it to verify a receipt. Compare it in more than one place, for example with the one on the wall of the service centre.
portal-ledger-key-changes = The key was changed. Whoever knows only the old one gives these receipts to the verifier together with their own: each new key is announced in the ledger under the key before it.
portal-ledger-next_key = Key { $key } announced on { $on }
portal-ledger-key_end = Key { $key } ended on { $on }
portal-ledger-check = Check it yourself
portal-ledger-check-1 = Verify one receipt
portal-ledger-check-1-more = With the receipt file and the key, offline; see “Verify a receipt yourself”.
portal-ledger-check-2 = Watch the whole ledger
portal-ledger-check-2-more = Fetch the signature and tiles below from time to time. Any program that reads C2SP tlog-tiles can check that the later ledger continues the earlier one.
portal-ledger-check-3 = Count
portal-ledger-check-3-more = The number of records only grows. The day it shrinks, something is wrong.
portal-ledger-address-checkpoint = newest signature (C2SP tlog-checkpoint)
portal-ledger-address-key = key (vkey of a signed note)
portal-ledger-address-tile = first tile of the tree (C2SP tlog-tiles)
portal-ledger-address-entries = first bundle of digests

portal-verify-title = Verify a receipt yourself
portal-verify-lead = No need to trust us, no network: with the receipt file and the key anybody can check that the matter was received at that moment and that its record was not changed.
portal-verify-do = Three steps
portal-verify-1 = Download the receipt file
portal-verify-1-more = On the case page or the receipt, “Download the receipt file” gives receipt.tlog-proof, a few KB. Keep it yourself.
portal-verify-2 = Run this on your own computer
portal-verify-2-more = The program uses no network. The key comes from you, never from the receipt.
portal-verify-3 = Read what it says
portal-verify-3-more = Each thing that matches is ticked. If a single byte differs, it says what does not match.
portal-verify-what = What is in the file
portal-verify-what-1 = The record of the step: time, office, procedure version, clocks, and commitments to the sealed content (not the content).
portal-verify-what-2 = The random number that opens its digest in the ledger.
portal-verify-what-3 = The path from this record to the root of the whole ledger (RFC 6962).
portal-verify-what-4 = The signed root (Ed25519). The format is the public C2SP tlog-proof@v1, so programs we did not write can verify it too.
portal-verify-key-more = The key is also posted at the service centre. If the two differ, do not trust this page.

portal-no-form-key = This page was not complete. Press “Send” once more; what you wrote is still here.
portal-weekday-1 = Monday
portal-weekday-2 = Tuesday
portal-weekday-3 = Wednesday
portal-weekday-4 = Thursday
portal-weekday-5 = Friday
portal-weekday-6 = Saturday
portal-weekday-7 = Sunday

portal-list-comma = ,{ " " }
portal-lead-late-more-public = The delay stands here from the first day. The original date is not changed.
portal-next-more-public = If the day passes, “overdue” stands here the same day.
portal-board-title = What the government promised
portal-board-lead = Each promise comes from a published document: its exact words, who answers for it, until when. How it stands is three separate facts, never added up.
portal-board-list = List of promises
portal-board-document = Document
portal-board-office = Office
portal-board-state = State
portal-board-any-document = All documents
portal-board-any-office = All offices
portal-board-state-all = All states
portal-board-state-open = Open
portal-board-state-overdue = Overdue
portal-board-state-closed = Closed
portal-board-filter = Filter
portal-board-all = See all
portal-board-summary = { $of ->
    [one] The one promise here: { $done } reported done, { $verified } verified, { $confirmed } confirmed; { $late } overdue.
   *[other] Of the { $of } promises here, { $done } reported done, { $verified } verified, { $confirmed } confirmed; { $late } overdue.
}
portal-board-documents = Documents
portal-board-open-document = text with its promises
portal-board-none-title = No promises published yet
portal-board-none = Once the supervision office has checked a document sentence by sentence and each promise has an office that answers for it, they are listed here.
portal-board-none-next = See how promises are followed up
portal-board-none-filtered-title = No promise fits
portal-board-none-filtered = Try another document, office or state.
portal-fact-done = Reported done
portal-fact-verified = Verified
portal-fact-confirmed = Confirmed
portal-fact-dashed = Dashed grey
portal-fact-done-means = by the office that answers for it.
portal-fact-verified-means = by another office, on site or from records.
portal-fact-confirmed-means = by the people affected, with how many were asked.
portal-fact-dashed-means = No news for more than { $days } days (the number this authority has set), so not known: counted neither as done nor as not done.
portal-fact-yes-on = { $day }, { $office }
portal-fact-no-report = not reported yet
portal-fact-waiting = waiting to be verified
portal-fact-nothing-to-verify = nothing to verify yet
portal-fact-not-asked = nobody asked yet
portal-fact-unknown = not known now
portal-facts-apart = These are three facts. Reported done is not verified, and verified is not confirmed by the people affected.
portal-state-late = { $stage } · { $days ->
    [one] { $days } day overdue
   *[other] { $days } days overdue
}
portal-state-unknown = not known
portal-days-left = { $days ->
    [one] { $days } day left
   *[other] { $days } days left
}
portal-promise-no-date = the document gives no date
portal-promise-lead = Office
portal-promise-with = ; with{ " " }
portal-promise-indicator = Indicator
portal-promise-deadline = Deadline
portal-promise-value = Value now
portal-promise-sentence = the sentence
portal-promise-evidence = Evidence
portal-promise-words = The words
portal-promise-facts = How it stands
portal-value = now { $value } (as of { $day }; source: { $source })
portal-value-no-day = no day given
portal-value-no-source = none given
portal-fresh = { $days ->
    [0] Last news today, { $day }
    [one] Last news { $day }, yesterday
   *[other] Last news { $day }, { $days } days ago
}
portal-evidence-by = { $office }, { $day }
portal-evidence-none-title = No evidence yet
portal-evidence-none = What the office hands in with its reports is listed here for anybody to download.
portal-document-lead = { $sentences ->
    [one] This document has one sentence
   *[other] This document has { $sentences } sentences
}; { $promises ->
    [one] one is a promise.
   *[other] { $promises } are promises.
}
portal-document-text = Text of the document
portal-document-fine = Published on { $day }. What is underlined is a promise; its number is the one in the list.
portal-document-none-title = No promises in this document
portal-document-none = Every sentence was checked; none is a promise that can be followed up.
portal-promise-no-date-rule = the document gives no date; by the district’s rule { $day } at the latest
portal-lead-closed-public = This promise ended on { $marked }: { $stage }.

portal-demo-title = Try this demo
portal-demo-about = The district, its offices and every matter here are fictional. Step into a role, or follow a matter as the person who brought it.
portal-demo-roles = Work as
portal-demo-all-roles = All posts of the district
portal-demo-codes = Follow a matter

# New versions of a document
portal-change-title = { $title }: what changed
portal-change-heading = What version { $version } changed
portal-change-lead = Published on { $day }, in place of version { $before } of { $before_day }:
portal-change-nav = Kinds of change
portal-change-none = not stated
portal-change-part = Part
portal-change-parts = What reads otherwise
portal-change-old = Version before
portal-change-new = This version
portal-change-reason = Reason: { $reason }
portal-change-ended = (this case is over)
portal-change-part-indicator = Indicator
portal-change-part-deadline_on = Deadline
portal-change-part-lead_office = Lead office
portal-change-part-supporting_offices = Supporting offices
portal-change-group-changed = Changed: { $count }
portal-change-group-dropped = Dropped: { $count }
portal-change-group-new = New: { $count }
portal-change-group-moved = Only moved: { $count }
portal-change-group-kept = Unchanged: { $count }
portal-document-newer = There is a newer version of this document; this is the old one. See what the new one changed
portal-document-version = This is version { $version }. See what changed since the one before
portal-promise-first-date = { " " }(first set for { $day })
portal-promise-dropped = { $document } no longer makes this promise. The case goes on until a post entitled to it ends it with a reason.
portal-change-first = First
portal-change-now = Now
portal-change-part-words = Words
portal-promise-amended = { $document } changed this promise; what it said first stands beside.
