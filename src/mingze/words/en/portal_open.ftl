# The board taken elsewhere: data, feed, calendar, frame, letters
portal-board-topic = Field of work
portal-board-any-topic = All fields
portal-board-follow = Follow, download or embed this list
open-all-promises = all promises
open-feed-title = { $authority }: { $what }
open-feed-title-one = { $authority }: { $number }
open-feed-words = What happened to the promises of this authority, as the public record has it.
open-feed-item = { $promise }: { $happened }
open-calendar-summary = { $office } – { $promise }
open-embed-title = What the government promised
open-embed-all = See the whole board
open-embed-more = See the rest on the board
open-follow-title = Follow the promises
open-follow-lead = You follow: { $what }. Every address below keeps this choice.
open-follow-programs = For programs
open-way-rss = News feed (RSS)
open-way-rss-words = Every record of a promise, newest first: extensions, reports, verifications, changes.
open-way-calendar = Calendar (iCalendar)
open-way-calendar-words = The day each open promise falls due; an extension moves the entry.
open-way-csv = Table (CSV)
open-way-csv-words = One line a promise, for a spreadsheet.
open-way-json = Data (JSON)
open-way-json-words = The same rows with the meaning of each column and the size of the public log.
open-follow-embed = On your own page
open-follow-embed-words = This line of HTML shows the list on another site. It sets no cookie and runs no script.
open-follow-embed-look = See how it looks
open-follow-embed-code = HTML to copy
open-follow-columns = What the data says
open-follow-columns-words = Columns keep their names and their meaning. Reported done, verified and confirmed are separate columns on purpose: they are three facts.
open-follow-columns-show = The { $count } columns
open-column-number = The number of the promise
open-column-title = What was promised, in short
open-column-words = The exact words in the document
open-column-document_id = The document's id here
open-column-document = The document's title
open-column-lead_office = The office that answers (id)
open-column-lead_office_name = The office that answers
open-column-supporting_offices = Offices that support it
open-column-indicator = What is measured
open-column-evidence_rule = What counts as done
open-column-value = The last reported value
open-column-value_as_of = The day the value is of (ISO)
open-column-value_source = Where the value comes from
open-column-first_deadline = The deadline it was given first (ISO)
open-column-deadline = The deadline now, extensions included (ISO)
open-column-stage = Where it stands (name in the procedure)
open-column-stage_name = Where it stands, in words
open-column-open = Whether it is still open
open-column-overdue = Whether the period that runs now has run out
open-column-reported_done_on = The day the lead office reported it done (ISO)
open-column-verified_on = The day another office verified it (ISO)
open-column-verified_by = Which office verified it
open-column-last_news_on = The day of the newest record (ISO)
open-column-url = The page of the promise
open-follow-one = Follow this promise
open-follow-rather-all = Follow all promises instead
follow-letter-title = By e-mail
follow-address = Your e-mail address
follow-address-hint = At most one letter a day, in the morning, and only when something happened.
follow-address-why = The address is kept encrypted, used for these letters only, and erased when you stop. Nobody here can look up what you follow.
follow-ask = Send me the first letter
follow-sent-title = Look into your mail.
follow-sent = A letter is on its way. Press the button behind its link within 48 hours; until then nothing is followed. If none comes, look among the unwanted mail or check the address.
follow-bad-address = This is not an e-mail address. It looks like name@example.org.
follow-not-now = The address cannot be kept safely just now. Please try again in a minute; nothing was saved.
follow-asked-title = Shall we write to you?
follow-asked = Somebody gave this address to follow: { $what }. Letters come only after you say yes.
follow-confirm = Yes, write to me
follow-refuse = No, that was not me
follow-confirmed-title = You will hear from us
follow-followed-title = Letters about the promises
follow-followed = You follow: { $what }. At most one letter a day; each has a link to stop.
follow-stop = Stop these letters
follow-stopped-title = Stopped
follow-stopped = The address is erased. No further letter will come.
follow-over-title = This link leads nowhere any more
follow-over = The letters were stopped, or the request was not confirmed within 48 hours. Nothing of it is kept.
follow-letter-ask-subject = { $authority }: please confirm that we may write to you
follow-letter-ask =
    Somebody gave this address to follow the promises of { $authority }: { $what }.

    If it was you, open this page and press the button within 48 hours:
    { $link }

    If it was not you, do nothing: the address is erased by itself.{ $items }
follow-letter-new-subject = { $authority }: news of { $what }
follow-letter-new =
    What happened to what you follow: { $what }

    { $items }

    --
    You asked { $authority } for these letters. Stop them with one click:
    { $link }
follow-letter-item =
    { $day } · { $promise }
    { $happened }
    { $url }
