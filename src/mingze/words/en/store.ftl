# Notices by e-mail: that something happened and where to look; never what it is about, never the code
notice-subject = News of your matter { $number }
notice-text =
    Hello,

    There is something new in your matter “{ $title }” ({ $number }).

    Open this page and enter the code on your receipt:
    { $url }

    To protect you, this message says nothing of the matter and does not contain the code. Please do not reply to it.
    To send it, the system opened your e-mail address once; that is listed in your matter under “who has read it”.
# A few cases of reviewing a document
refused-not_editable = “{ $part }” cannot be changed: the words are those of the document. Split or merge instead. Nothing was written.
refused-bad_date = That date was not understood: { $found }. Write year-month-day, for example 2026-12-04. Nothing was written.
refused-title_missing = Enter the title of the document.
refused-control_character = Character { $position } is an invisible control character. Delete it and save again. Nothing was written.
# When the log is not signed
refused-log_shorter = The log is shorter than one already signed: { $found } records, { $signed } were signed. An old backup was probably restored. Nothing was signed; ask the operator to bring back the later records.
refused-log_forked = The log does not continue the one already signed. Nothing was signed. Ask the operator to look into it at once.
refused-tile_differs = The public log file { $path } differs from the database. Nothing was signed. Ask the operator to check this file.
refused-signer_down = The signer of the public ledger does not answer ({ $why }). Records are kept as always; nothing is published until it runs again.
refused-signer_other_log = The signer holds the key of another ledger: it was asked for { $found }, it signs { $expected }. Nothing was signed.
refused-signer_state = What the signer remembers cannot be used: { $file } ({ $why }). Nothing was signed, so that nothing is signed twice.
refused-signer_unwritable = The signer cannot write its memory ({ $why }). Nothing was signed.
refused-signer_moved = The signer has meanwhile signed { $size } records for somebody else. Only one installation may use one key.
refused-standby_forgets = PostgreSQL does not wait for its { $standbys } standby servers, so a failover could lose records that were signed. Nothing was signed: set synchronous_standby_names, or detach the standby.
