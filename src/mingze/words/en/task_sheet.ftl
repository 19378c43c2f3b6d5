# Tables of responsibilities, to and fro
task-sheet-name = Table of responsibilities
task-sheet-title = { $document }: table of responsibilities
task-sheet-under = Change offices, deadlines, indicators and what counts as done, and bring the file back. Lines may be sorted or left out; the last column must stay.
task-sheet-number = No.
task-sheet-words = Task (exact words)
task-sheet-indicator = Indicator
task-sheet-lead = Lead office
task-sheet-supporting = Supporting offices
task-sheet-deadline = Deadline
task-sheet-evidence_rule = What counts as done
task-sheet-stage = How it stands
task-sheet-reported = Reported done
task-sheet-verified = Verified
task-sheet-id = Id (keep)
task-sheet-page = Changes from a table
task-sheet-box = Work on it as a table
task-sheet-get = Take the table away (Excel)
task-sheet-bring = Bring it back
task-sheet-file = The table with your changes (.xlsx)
task-sheet-look = See what it would change
task-sheet-nothing = No file was chosen. Choose the table that you took away here.
task-sheet-broken = This file cannot be read as a workbook. Save it as .xlsx and bring it again.
task-sheet-no_columns = The table lacks these columns: { $missing }. Bring back the file you took away here, with its header line.
task-sheet-no_lines = No line of the table has its id in the last column. Bring back the file you took away here.
task-sheet-twice = Line { $line } has the same id as line { $first }. Leave one of them out.
task-sheet-unknown-line = this item is not under review in this document (any more).
task-sheet-words-stay = the words are those of the document and cannot be changed in the table.
task-sheet-no-office = no office of this authority is called “{ $name }”.
task-sheet-no-day = “{ $found }” is no day. Write it as 2026-12-31.
task-sheet-would = { $items } items would change; { $same } say the same as before.
task-sheet-item = Item
task-sheet-part = What
task-sheet-before = Now
task-sheet-after = In the table
task-sheet-no-change = The table says nothing that is not so already.
task-sheet-wrong = { $count ->
    [one] One line cannot be taken in and stays as it is
   *[other] { $count } points keep lines from being taken in; these lines stay as they are
    }
task-sheet-at = Line { $line }: 
task-sheet-take = { $items ->
    [one] Change this item
   *[other] Change these { $items } items
    }
task-sheet-leave = Change nothing
task-sheet-take-hint = One step, undone in one step. An item that somebody changed since the table was taken away is refused, and then none is changed.
task-sheet-none-taken = Nothing was changed, because:
task-sheet-nothing-changed = Nothing was changed.
desk-verb-sheet = took a table in
desk-done-sheet = { $count ->
    [one] One item changed from the table; one undo takes it back.
   *[other] { $count } items changed from the table; one undo takes them back.
    }
open-way-tasks = Table of responsibilities (Excel)
open-way-tasks-words = The form offices pass round: tasks, lead and supporting offices, deadlines, how each stands.
task-sheet-board-title = { $authority }: table of responsibilities ({ $what })
task-sheet-board-under = As of { $day }. Made from the public record.
