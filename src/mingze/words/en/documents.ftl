# Documents
documents-state-commitment = Commitment
documents-state-excluded = Kept as text
documents-state-heading = Heading
documents-state-background = Background
documents-state-rejected = Not taken up
documents-state-furniture = Page furniture
documents-kind-target = target
documents-kind-deliverable = deliverable
documents-kind-continuing = continuing
documents-kind-exhortation = exhortation
documents-lead-source-explicit = named here
documents-lead-source-inherited = from above
documents-lead-source-none = not named
documents-line-path = { $path } · { $kind }
documents-line-negated = The criterion is written as what must not happen
documents-line-lead = Lead: { $offices } ({ $source })
documents-line-no-lead = Lead: not named
documents-line-supporting = Supporting: { $offices }
documents-line-indicator = Indicator: { $words }
documents-line-deadline = Deadline: { $words }
documents-line-excluded = Kept as text, opens no work item: { $why }
documents-line-doubt = To settle: { $words }
documents-doubt-two-leads = { $count } offices lead; the first, { $first }, is taken to answer unless you change it
documents-doubt-deadline-before = the deadline { $deadline } is before the day of the document, { $dated }
documents-doubt-share-above = a share of { $value } % is more than the whole
documents-doubt-range-reversed = the range { $value } runs downwards
documents-doubt-no-such-day = the calendar has no { $words }
documents-change-kept = Kept
documents-change-moved = Moved
documents-change-words = Words changed
documents-change-target = Target changed
documents-change-date = Date changed
documents-change-offices = Office changed
documents-change-dropped = Dropped
documents-change-new = New
documents-op-least = at least
documents-op-most = at most
documents-op-equal = equals
documents-op-up = up
documents-op-down = down
documents-op-rank = rank
documents-op-range = between
documents-bound-about =  or about
documents-bound-least =  or more
documents-ref = in step with { $ref }
documents-deadline = { $text } ({ $meaning })
documents-deadline-no-year = { $day }, the document names no year
documents-deadline-continuous = continuous
documents-recurring-daily = every day
documents-recurring-weekly = every week
documents-recurring-tenday = every ten days
documents-recurring-semimonthly = twice a month
documents-recurring-monthly = every month
documents-recurring-bimonthly = every two months
documents-recurring-quarterly = every quarter
documents-recurring-halfyearly = every half-year
documents-recurring-yearly = every year
documents-relative-minute = { $amount ->
    [one] within { $amount } minute
   *[other] within { $amount } minutes
}
documents-relative-hour = { $amount ->
    [one] within { $amount } hour
   *[other] within { $amount } hours
}
documents-relative-day = { $amount ->
    [one] within { $amount } day
   *[other] within { $amount } days
}
documents-relative-workday = { $amount ->
    [one] within { $amount } working day
   *[other] within { $amount } working days
}
documents-relative-week = { $amount ->
    [one] within { $amount } week
   *[other] within { $amount } weeks
}
documents-relative-month = { $amount ->
    [one] within { $amount } month
   *[other] within { $amount } months
}
documents-relative-year = { $amount ->
    [one] within { $amount } year
   *[other] within { $amount } years
}
documents-found = { $commitments ->
    [one] 1 commitment found
   *[other] { $commitments } commitments found
}; { $flagged } kept as text, opening no work item.
documents-none = No commitment found.
documents-summary = All { $sentences } sentences accounted for: { $commitment } commitment, { $excluded } kept as text, { $heading } heading, { $background } background, { $rejected } not taken up, { $furniture } page furniture.
reading-empty = The file is empty. Choose a file with text in it.
reading-no-text = The file holds no text. Choose a file with text in it.
reading-too-large = The file is { $megabytes } MB; the limit is { $limit } MB. Remove pictures or split it.
reading-too-long = The content exceeds the limit ({ $limit }). Split the file.
reading-binary = This is not a text file. We read .txt .md .docx .html .xlsx .pdf.
reading-encoding = The text encoding was not recognised (from byte { $offset }). Save the file as UTF-8.
reading-encrypted = The file is protected by a password. Remove it and try again.
reading-macros = The file carries macros or programs and was not opened. Save it as .docx or .xlsx without macros.
reading-zip-bomb = The file would unpack to about { $megabytes } MB and was not opened.
reading-broken = The file is damaged or incomplete. Save it again and retry.
reading-image-only = This PDF has { $pages } pages of images and no text. Provide a version whose text can be selected.
reading-unsupported = .{ $extension } files are not read. We read .txt .md .docx .html .xlsx .pdf.
reading-wrong-extension = The content does not match the file name; it looks like a { $found } file. Correct the name or save it again.
reading-missing = File not found: { $name }.
reading-unreadable = The file cannot be opened: { $name }.
cli-decompose-help = Find the commitments in a document (.txt .md .docx .html .xlsx .pdf) with their exact words, path, kind, office, indicator and deadline; every other sentence is accounted for.
cli-decompose-example = Example: mingze decompose speech.txt --json. Exit codes: 0 read (also when nothing was promised); 2 the file cannot be used.
cli-decompose-option-year = The year the document speaks of, if it does not say so
cli-decompose-option-coverage = Show what became of every sentence
cli-decompose-option-learned-file = Apply the office's own rules from this file; every row they touch says so
cli-decompose-option-asked = Also ask the address in [suggestions] of mingze.toml; its passages are shown apart, nobody has accepted them
cli-decompose-option-public-document = This document is published; only such a one may be sent
cli-documents-short = Draw rules from reviewed documents
cli-documents-help = What the office has learned from documents it reviewed, as rules people can read and edit.
cli-documents-example = Example: mingze documents learned --dir /srv/mingze --out /srv/mingze/learned.yaml
cli-documents-learned-help = Write the rules that accepted rows agree on as YAML: what documents call an office, and who leads a topic where nobody is named. An existing file is never written over.
cli-documents-learned-example = Example: mingze documents learned --dir /srv/mingze --at-least 5
cli-documents-learned-option-out = Write a new file instead of printing
cli-documents-learned-option-at-least = Reviewed rows that must agree before a topic gives a lead office
documents-edit-split-outside = The place to split lies outside the row, or one side would hold no words.
documents-edit-merge-apart = These rows have another commitment or a paragraph break between them and cannot be merged.
documents-edit-span-outside = The span lies outside the text or holds no words.
documents-rule-L0 = Signs and spaces between blocks
documents-rule-L1 = Page furniture: index number, navigation, print and share bars
documents-rule-L2 = Title or subtitle
documents-rule-L3 = Date line or issue line
documents-rule-L4 = Addressee, attachment, copy or contact line
documents-rule-L5 = Column header, category or topic cell
documents-rule-L6 = Colon lead-in to what follows
documents-rule-L7 = Score bracket
documents-rule-L8 = Table that reports results
documents-rule-L9 = Section that reports the past or problems
documents-rule-N1 = Past result
documents-rule-N2 = Problem or shortcoming
documents-rule-N3 = Quotation of others
documents-rule-N4 = Preamble
documents-rule-N5 = Transmittal
documents-rule-N6 = Definition or set-up note
documents-rule-N7 = Request addressed upwards
documents-rule-N9 = Rhetoric addressed to the meeting
documents-rule-N10 = Agenda
documents-rule-N11 = Points, bonus or deduction
documents-rule-N12 = Forecast or third party's plan
documents-rule-N13 = Note that changes the actors of other lines
documents-rule-N14 = No word of duty
documents-rule-N15 = Comment or definition clause in front of a duty
documents-rule-P1 = Modal word
documents-rule-P2 = Verb of action first
documents-rule-P3 = Value or date
documents-rule-P4 = Prohibition or rule of principle
documents-rule-P5 = Condition with a duty
documents-rule-P6 = Request to a named office
documents-rule-P7 = Named office acts
documents-rule-P8 = Criterion that exists only in negative form
documents-rule-P9 = Task cell of a table
documents-rule-P10 = What will be finished, said without a verb in front
documents-rule-S2a = Own value: cut
documents-rule-S2b = Own date for a different act: cut
documents-rule-S2c = Own office: cut
documents-rule-S3b = Finishing act without its own object: joined backward
documents-rule-S3c = Condition: joined forward
documents-rule-S3d = Date or subject alone: joined forward
documents-rule-S3e = Result clause (确保, 力争, 实现 …): joined backward
documents-rule-S3j = No own value, date or office: one commitment
documents-rule-S3m = Manner or campaign: joined forward
documents-rule-S3n = Part or size without its own target: joined backward
documents-rule-S3r = Bare rate of the act before: joined backward
documents-rule-S3t = Topic: joined forward
documents-rule-S5 = Run-in heading that the next words elaborate
documents-rule-A1 = Office named in the words
documents-rule-A2 = Responsibility bracket
documents-rule-A3 = Row of the table
documents-rule-A4 = Line or label
documents-rule-A5 = Office of the earlier clause
documents-rule-A6 = Office of the previous sentence
documents-rule-A7 = Office of the heading
documents-rule-A8 = Office of the title
documents-rule-I1 = At least
documents-rule-I2 = At most
documents-rule-I3 = Count
documents-rule-I4 = Change
documents-rule-I5 = Rank
documents-rule-I6 = Range
documents-rule-I7 = Values aligned by 分别
documents-rule-I8 = Zero condition
documents-rule-I9 = Everything condition
documents-rule-I10 = In step with another figure
documents-rule-I11 = Direction without a number
documents-rule-D0 = Start, span or origin: no deadline
documents-rule-D1 = Calendar date
documents-rule-D2 = Year, half-year or quarter
documents-rule-D3 = Named date (school term, holiday)
documents-rule-D4 = Recurring
documents-rule-D5 = Period from an event
documents-rule-D6 = Date that governs the sentence
documents-rule-D7 = Date of row, line, bracket or section
documents-rule-D9 = Event without a calendar date
documents-rule-K1 = Target
documents-rule-K2 = Deliverable
documents-rule-K3 = Exhortation
documents-rule-K4 = Continuing
documents-rule-X0 = Section about an excluded topic
documents-rule-X1 = Control or profiling of petitioners
documents-rule-X2 = Religion and believers
documents-rule-X3 = Control of specific groups
documents-rule-X4 = Control of listed persons
documents-rule-X5 = Counter-infiltration and political security
documents-rule-X6 = Anti-cult work
documents-rule-X7 = Counter-terrorism by controlling persons
documents-rule-X8 = Surveillance of or prediction about persons
documents-rule-X9 = Profiling those who complain, or pressure through families

# How a name in a document was found in the register of offices.
documents-resolved-name = So called in the register
documents-resolved-place = With the district written out
documents-resolved-list = Shortened within the list
documents-resolved-ending = Without its ending
documents-resolved-part = Named with a bracket or a post
documents-resolved-former = Called so in earlier years
documents-resolved-class = A class of offices, no single one
documents-resolved-several = Several offices may be meant
documents-resolved-unknown = Not in the register

# Rules an office draws from its own reviewed rows.
documents-lead-source-learned = from the office's own rules
documents-learned-rule-alias = Called so by your own rules, from row { $row } of document { $document }
documents-learned-rule-lead = Leads by your own rules for this topic, from row { $row } of document { $document }
documents-learned-written = { $file } has { $aliases } { $aliases ->
    [one] name
   *[other] names
 } and { $leads } { $leads ->
    [one] topic
   *[other] topics
 }. Read and edit it before you use it.
documents-learned-exists = { $file } is already there and is not written over. Give another name, or move it away.
documents-learned-unwritable = { $file } cannot be written.
documents-learned-not_yaml = { $file }, line { $line }: this is not YAML ({ $found }).
documents-learned-wrong_shape = { $file }, line { $line }: “{ $found }” does not belong here. A rule has surface or topic, office and from.
documents-learned-missing = { $file }, line { $line }: “{ $found }” is missing.

# Suggestions of another program for a public document.
documents-suggest-found = { $rows ->
    [0] Nothing was suggested.
    [one] 1 passage is suggested by another program. Nobody has accepted it.
   *[other] { $rows } passages are suggested by another program. Nobody has accepted them.
 } { $dropped ->
    [0] {""}
   *[other] Dropped because the words are not in the document as quoted, or may not become a row: { $dropped }.
 }
documents-suggest-off = No address for suggestions is set in mingze.toml, so nothing was sent.
documents-suggest-not-public = Suggestions are asked only for published documents. Nothing was sent. If this one is published, say --public-document.
documents-suggest-unreachable = The address for suggestions did not answer. The reading above stands without it.
documents-suggest-slow = The address for suggestions took longer than { $seconds } seconds and was hung up on. The reading stands without it.
documents-suggest-too-large = The answer for suggestions was larger than { $limit } KB and was not used. The reading stands without it.
documents-suggest-refused = The address for suggestions answered with status { $status }. The reading stands without it.
documents-suggest-broken = The answer for suggestions could not be understood and was not used. The reading stands without it.
