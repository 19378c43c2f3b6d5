# The public page of a procedure: picture, clocks with examples, rules, the checker's verdict
portal-procedure-on-this-page = On this page
portal-procedure-picture = On one picture
portal-procedure-rules = Who is kept out, what is public
portal-procedure-opened-by-office = Not filed by the public: an office opens it.
portal-picture-read = Each box is a place where a case can rest: its name, who must act there, what can be done. A line leads from each act to the place it leads to; a round box is an end.
portal-picture-in-words = The same in words
portal-outside = outside body
portal-pending-text = text not verified
portal-colon = :{ " " }
portal-reason-cited = { $reason } ({ $cite })

portal-clock-limit-stated = Within { $period } after the day stated as “{ $starts }”
portal-clock-minimum-stated = Not before { $period } after the day stated as “{ $starts }”
portal-clock-backward-stated = At least { $period } before the day stated as “{ $starts }”
portal-clock-due-stated = The date the matter states; where it states none, { $period } after the day stated as “{ $starts }”
portal-clock-example-minimum = If it started today ({ $today }), the act would be possible from { $free }.
portal-clock-example-backward = If that day were { $day }, the last day would be { $due }.
portal-clock-example-hours-forward = If it started at { $start }, it would end at { $end }.
portal-clock-example-hours-backward = If that moment were { $start }, the last moment would be { $end }.
portal-clock-example-days = The example day by day
portal-clock-extended = “{ $action }” can add { $period }{ $times ->
    [0] {""}
    [one] , once
   *[other] , at most { $times } times
 } ({ $cite }).
portal-clock-extended-to = “{ $action }” can add { $period }{ $times ->
    [0] {""}
    [one] , once
   *[other] , at most { $times } times
 }; the example would then end on { $due } ({ $cite }).
portal-clock-extended-stated = “{ $action }” can set a later day{ $some ->
    [0] {""}
   *[other] , stated as “{ $field }”
 } ({ $cite }).
portal-clock-suspended = “{ $action }” stops the clock; the days it stands still are not counted ({ $cite }).
portal-clock-resumed = “{ $action }” lets it go on ({ $cite }).
portal-clock-restarted = “{ $action }” begins it anew ({ $cite }).
portal-clock-reopened = “{ $action }” brings it back: what had met it does not stand ({ $cite }).

portal-silence-none = If it runs out and nothing was done, the law attaches no effect of its own: the delay is recorded and the duty remains ({ $cite }).
portal-silence-deemed-refused = If it runs out and nothing was done, the law treats it as refused{ $some ->
    [0] {""}
   *[other] ; you may then: { $remedies }
 } ({ $cite }).
portal-silence-deemed-granted = If it runs out and nothing was done, the law treats it as granted, and it can be relied on ({ $cite }).
portal-silence-may-turn-elsewhere = If it runs out and nothing was done, the person need not wait any longer{ $some ->
    [0] {""}
   *[other] { " " }and may: { $remedies }
 } ({ $cite }).

portal-action-clock = by itself, when “{ $clock }” has run out
portal-action-when = Only if: { $condition }
portal-action-join = Only when every branch has got there
portal-action-fork = Runs side by side from here: { $stages }
portal-action-at-most = { $times ->
    [one] Once
   *[other] At most { $times } times
}
portal-action-adverse = Adverse; you are told what you can do: { $remedies }
portal-action-no-remedy = Adverse, and there is no remedy: { $why }

portal-remedy-after = Against: “{ $actions }”.
portal-remedy-procedure = How that procedure works

portal-rules-kept-out = Who is kept out
portal-rules-nobody-kept-out = Nobody by a rule of this procedure alone: each act is open only to the office or person named for it.
portal-rules-published = What is made public of each case
portal-rules-nothing-published = Nothing. The public ledger holds salted digests from which nobody can read who or what a case was about.
portal-rules-open-record = Everything: this is the government’s own promise, so every step, report and piece of evidence is public.
portal-rules-see-published = See what has been published
portal-rules-links = Procedures it is linked with
portal-excluded = The office named in “{ $field }” can never act in the case, nor read it.
portal-excluded-line = The office named in “{ $field }”, and every office above it in line, can never act in the case, nor read it.
portal-apart = “{ $first }” and “{ $second }” are never the same office.
portal-recuses = “{ $action }”: the post stated in “{ $field }” leaves the case for good.
portal-published-on = { $title }: from “{ $on }” on, anyone can read { $shows }.
portal-published-until = { $title }: from “{ $on }” on, anyone can read { $shows }, until “{ $until }”.
portal-link-opens = Opened by “{ $actions }”
portal-link-opened-by = Opens this one, by “{ $actions }”

portal-verdict-title = Checked before it runs
portal-verdict-yes = Passed.
portal-verdict-no = Refused.
portal-verdict-holds = A program walked all { $states ->
    [one] { $states } situation
   *[other] { $states } situations
 } a case can get into and tried the { $scenarios ->
    [one] one worked scenario
   *[other] { $scenarios } worked scenarios
 } of its author. It ran on the tables this page shows.
portal-verdict-refused = Of { $scenarios ->
    [one] one worked scenario
   *[other] { $scenarios } worked scenarios
 }, { $holding } hold. What the program refuses:
portal-verdict-proved-1 = Every place can be reached, and from every place an end can be reached.
portal-verdict-proved-2 = Wherever a case can rest, exactly one office or person must act, and a clock ends the wait.
portal-verdict-proved-3 = Every adverse act is told to those concerned with what they can do against it, or with the cited reason why there is nothing.
portal-verdict-proved-4 = Every act, clock and number cites a source in force on its day; no minimum period can be skipped.
portal-verdict-proved-5 = Nothing is asked about religion, ethnicity, politics, family or health without a stated basis, purpose and date of destruction.
portal-verdict-longest-title = How long it can take
portal-verdict-longest = If everybody acts on the last day each time: { $days } calendar days. Of these { $law } rest on the law and { $local } on the district’s own rules; { $office } are the offices’ time, { $person } the person’s, { $outside } that of outside bodies.
portal-verdict-repeats = Counted once, though it can be repeated: { $actions }.
portal-verdict-stated = Not counted: dates the matter itself states ({ $clocks }).
portal-verdict-legs = Wait by wait
portal-verdict-days = Days
portal-verdict-notes = To know
portal-verdict-yourself = Check it yourself:

portal-promise-many = Send it today and the first step, to { $first }, is due by { $first_due } at the latest; the answer ({ $then }) by { $due } at the very latest.
portal-step-yours = This one is yours; the clock says by when.
portal-step-may = You may: { $actions }
portal-step-may-more = Your right has its own clock; the case page shows its last day.
portal-silence-none-person = If you do not use it, the law attaches no other effect than that this right ends ({ $cite }).
portal-verdict-pending = The check of this version is running now; open the page again in a moment.
portal-step-refusal = If the answer is against you (“{ $action }”), it comes within the same time, with its reasons, and you are told how to contest it.
