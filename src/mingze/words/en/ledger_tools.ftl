# Tools of the ledger: check, publish, export, backup, case bundles, witnesses and monitors.

cli-ledger-short = Check, publish and export the public ledger
cli-ledger-help = Check the public ledger from storage, sign and publish it, or write it out for anybody.
cli-ledger-example = Example: mingze ledger export /srv/public-log --dir /srv/mingze
cli-ledger-check-help = Replay the whole log from storage: every record opens its entry, the entries give every signed root, each case is a chain without a gap, the published files say the same. Exit code 1 if anything does not.
cli-ledger-fsck-help = Check the files of a published log from the files alone: signature, every entry, every tile, the root. FILES is any copy of the log; without it, the published one of the instance.
cli-ledger-fsck-option-key = The public key of the log; else that of the instance
cli-ledger-fsck-option-policy = A C2SP tlog-policy file: the log and witnesses you trust
cli-ledger-publish-help = Sign every durable record and write the public files, once. While a server runs, it does this by itself.
cli-ledger-export-help = Write the public log into the folder OUT as any C2SP client reads it: checkpoint, tile/…, tile/entries/… and policy.txt. Files that are there are compared, never overwritten.

ledger-tools-checking = Checking …
ledger-tools-exporting = Writing …
ledger-tools-more = … and { $count } more (--json shows all).
ledger-tools-check-good = The log is whole: { $leaves } entries, { $events } records in { $cases } cases, { $signed } entries signed.
ledger-tools-check-bad = The log is NOT whole. Found: { $count }
ledger-tools-check-next = Change nothing. Keep a copy of the folder as it is, and compare it with the last good backup and with copies of the public log.
ledger-tools-root = Root of all entries: { $root }
ledger-tools-fsck-good = The files are whole: { $size } entries lead to the signed root. { $signature ->
    [checked] The signature is by the key you trust.
   *[open] No key was given, so the signature was not checked.
}
ledger-tools-fsck-bad = The files are NOT a whole log. Found: { $count }
ledger-tools-published = { $size } entries are signed and published in { $dir }
ledger-tools-nothing-signed = Nothing has been recorded and signed yet, so there is no log to write out.
ledger-tools-exported = The log of { $size } entries is in { $dir } ({ $written } files written, { $kept } unchanged).
ledger-tools-export-tile_differs = { $dir } was not continued: its file { $path } is not what it must be. Nothing was overwritten. Choose an empty folder, and find out who changed the file.
ledger-tools-export-log_shorter = { $dir } was not continued: it holds a longer log ({ $signed } entries) than this instance ({ $found }). Probably an old backup was restored. Nothing was overwritten.
ledger-tools-export-log_forked = { $dir } was not continued: it holds another log than this instance. Nothing there was overwritten. Choose an empty folder, and find out why.
ledger-tools-way-out-log_shorter = Way out: bring back the later records from a newer backup. If they are lost for good, open a new log (a new origin and a new key in mingze.toml) and publish what happened; never sign the shorter log.
ledger-tools-way-out-log_forked = Way out: stop the service, keep a copy of the folder, run mingze ledger check, and restore the last backup that passes it. Tell the witnesses and the public what happened.
ledger-tools-way-out-tile_differs = Way out: keep a copy of the file, then move it away and publish again: it is made anew from the database. If a copy of the log elsewhere has the other content, do not publish: ask why first.

ledger-fault-no_checkpoint = There is no file { $path }.
ledger-fault-checkpoint_unreadable = The signed statement cannot be read ({ $problem }).
ledger-fault-checkpoint_row = The stored statement for { $size } entries says something else than its row.
ledger-fault-log_unknown = The statement is of { $found }, a log you do not trust.
ledger-fault-unsigned = The statement for { $size } entries is not signed by { $name }.
ledger-fault-signature_bad = A signature under the statement for { $size } entries is false.
ledger-fault-quorum_unmet = The statement for { $size } entries lacks witnesses: your policy asks for “{ $quorum }”.
ledger-fault-file_missing = The file { $path } is missing.
ledger-fault-bundle_malformed = The file { $path } ends inside an entry.
ledger-fault-bundle_size = The file { $path } holds too few or too many entries.
ledger-fault-tile_differs = The file { $path } holds other hashes than the entries give.
ledger-fault-leaf_malformed = Entry { $index } is not a well-formed entry.
ledger-fault-root_differs = The first { $size } entries do not give the root that was signed for them: an entry was changed, added or removed.
ledger-fault-root_differs_published = The published files of { $size } entries do not give the published root.
ledger-fault-leaf_gap = Entry { $index } is missing (the next one there is { $found }).
ledger-fault-leaf_nodes = The tree nodes stored with entry { $index } are not what the entries give.
ledger-fault-log_shorter = The database has { $found } entries, but { $signed } were signed: an old backup was restored, or records were removed.
ledger-fault-head_differs = The stored head of the log ({ $size }) is not the last signed statement ({ $signed }).
ledger-fault-event_without_leaf = Record { $n } of case { $case } has no entry { $index } in the log.
ledger-fault-event_unopenable = Record { $n } of case { $case } (entry { $index }) cannot be opened: it was changed, moved, or sealed with another key.
ledger-fault-event_not_committed = Record { $n } of case { $case } is not the one that entry { $index } was made for.
ledger-fault-event_misplaced = Record { $n } of case { $case } (entry { $index }) says it belongs elsewhere.
ledger-fault-chain_broken = Record { $n } of case { $case } (entry { $index }) does not name the record before it.
ledger-fault-case_gap = Case { $case } lacks record { $n } (the next one there is { $found }).
ledger-fault-case_order = Record { $n } of case { $case } stands in the log before an earlier record of that case.
ledger-fault-case_row = Case { $case } should have { $n } records as its row says; { $found } are there, or the last is another.
ledger-fault-slot_missing = Record { $n } of case { $case } and the sealed part “{ $slot }” do not belong together: one of the two is missing.
ledger-fault-leaf_without_event = Entry { $index } has no record any more: a record was removed from the database.

cli-backup-short = Back up an instance while it runs
cli-backup-help = Back up an instance, also while it is served. Two archives are written: one of the register, accounts, settings and files; one of the wrapped keys of sealed data. They are unpacked and the whole log is replayed before they count. The folder secrets/ is in neither: keep a copy of it somewhere else.
cli-backup-example = Example: mingze backup --dir /srv/mingze --to /mnt/backup
cli-backup-option-to = The folder to write the archives into; else backups/ of the instance

cli-restore-short = Restore an instance from a backup
cli-restore-help = Restore an instance from the backup ARCHIVE (…register.tar.gz), its keys and its secrets. The log is replayed before anything is replaced; databases that are there are moved aside; what was erased since is erased again. A backup with fewer records than were already published is refused.
cli-restore-example = Example: mingze restore /mnt/backup/mingze-20261122T101500000.register.tar.gz --secrets /media/keys/secrets --dir /srv/mingze
cli-restore-option-vault = The archive of the keys; else the one of the same name beside ARCHIVE
cli-restore-option-secrets = The folder of the secrets, if the instance folder has none

backup-working = Backing up …
backup-restoring = Restoring …
backup-done = Backed up, unpacked and replayed: { $leaves } entries, { $events } records in { $cases } cases.
backup-advice = Keep the second archive apart from the first and for a short time only: an old copy of the keys would undo an erasure. The secrets are in neither; keep a copy of { $secrets } in another place.
backup-restored = { $dir } is restored and its log is whole: { $leaves } entries, { $events } records in { $cases } cases.
backup-erased-again = Keys that had been erased since this backup and were destroyed again: { $count }
backup-kept = What was there before is in { $dir }
backup-unwritable = The backup could not be written: { $why }. Nothing of it counts.
backup-no_vault = The archive of the keys is not there: { $file }. Name it with --vault. Without it no sealed text could be read.
backup-not_an_archive = { $file } is not a Mingze backup of this version.
backup-damaged = The backup is damaged at { $file }. Nothing was changed. Use another backup.
backup-not_whole = The log of this copy is not whole (found: { $count }), so it was not used. Nothing was changed.
backup-other_instance = This backup is of the log { $found }, not of { $expected }. Nothing was changed.
backup-other_database = This backup was made on { $found }; the instance is set up for the other kind of database. Nothing was changed.
backup-checkpoint_unreadable = { $file } cannot be read as a signed statement. Nothing was changed. Put back a good copy of it from the public log.
backup-no_secrets = The keys are missing in { $dir }. Give their folder with --secrets: without them nothing in the backup can be read. Nothing was changed.
backup-database_not_empty = The PostgreSQL database is not empty. Nothing was changed. Make an empty database, name it in mingze.toml, and restore into that.
backup-log_shorter = Refused: this backup has { $found } entries, but { $signed } were already published. Nothing was changed. Way out: use a newer backup. If the later records are lost for good: restore into an empty folder, give it a new origin in mingze.toml and a new secrets/log.key, and publish what happened; the old log is never signed again.
backup-no_pg_dump = { $program } was not found. Install the PostgreSQL client programs of the server’s version, or name their folder in MINGZE_PG_BIN.
backup-pg_failed = { $program } failed: { $said }
