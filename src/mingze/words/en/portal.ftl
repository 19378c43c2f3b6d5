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
portal-nav-board = What was promised
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
portal-list-and = { " " }and{ " " }

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
portal-door-file = { $title }
portal-month-title = How { $month } went
portal-month-empty-title = Nothing to count yet
portal-month-empty = No cases were received last month, so there are no figures, and no percentages instead. From the first case on, this says how many were received, answered in time, answered late, and are still open.
portal-month-received = In { $month }, { $received ->
    [one] { $received } case was
   *[other] { $received } cases were
} received: { $in_time } answered in time, { $late } answered late, { $open } not answered yet ({ $overdue } of those overdue).
portal-month-outcome = After the answer { $said ->
    [one] { $said } person
   *[other] { $said } people
} said how it turned out: { $solved } “solved”, { $unsolved } “not solved”. { $silent } said nothing.
portal-month-fine = Counts of cases only; offices are not ranked. Figures up to { $until }.

portal-choose-title = What do you want to do?
portal-choose-lead = No account and no name needed to begin. Each procedure first says who handles it, by what date you get an answer, and which rule says so.
portal-choose-how = How this works
portal-choose-empty-title = Nothing can be filed online at the moment
portal-choose-empty = Go to the government service centre, or call 12345.

portal-file-over = One form
portal-file-promise = Send it today and { $office } must answer you by { $due }.
portal-file-promise-local = This limit is the district’s own rule.
portal-file-submit = Send and get the receipt
portal-file-once = Pressing once is enough. If the network is slow and you press again, it is still one case with the same receipt.
portal-file-next = What happens then
portal-file-who = Who can see it
portal-file-read-recorded = Each time staff open what you wrote, a record is made first: when, which post, what they read and why. You can see all of them with your code.
portal-file-compromised = To be plain: if the program behind this site were taken over, what was open at that moment and what was filed during that time would be seen; what is sealed and unopened cannot be read without a master key kept apart; the public ledger holds only salted digests nobody can read text from.
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
portal-hint-files = { $count ->
    [one] One file
   *[other] Up to { $count } files
}, { $size } MB in all.
portal-date-hint = For example { $example }.

portal-problem-missing = Fill in “{ $label }”.
portal-problem-missing-choice = Choose one: { $label }.
portal-problem-too_long = “{ $label }” is too long: at most { $max } characters, now { $found }.
portal-problem-characters = “{ $label }” contains invisible control characters (for example { $found }). Delete them and send again.
portal-problem-choice = “{ $label }” must be one of the choices shown.
portal-problem-date = “{ $label }” must be a date, for example { $example }.
portal-problem-number = “{ $label }” must be a number, for example 12.
portal-problem-contact = “{ $label }” must be a telephone number or an e-mail address, for example 0451-00000000 or name@example.org.
portal-problem-office = “{ $label }” must be one of the offices shown.
portal-problem-too_many_files = Too many files: at most { $max }, now { $found }.
portal-problem-file_too_big = The file “{ $name }” is too big: at most { $max } MB in all.
portal-problem-file_empty = The file “{ $name }” is empty. Choose another.
portal-problem-unknown_field = This form has no “{ $label }”. Open the page again and fill it in once more.
portal-problem-other = “{ $label }” is not right yet. Please change it.

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
portal-promise-short = answered within { $period } of assignment
portal-door-button = File: { $title }
portal-clock-limit = { $period } from: { $starts }
portal-clock-minimum = At least { $period } after: { $starts }
portal-clock-backward = At least { $period } before: { $starts }
portal-clock-due = The date the document states; where it states none, { $period } from: { $starts }
portal-clock-stated = The date the document states
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
portal-action-line = { $action } ({ $cite })
