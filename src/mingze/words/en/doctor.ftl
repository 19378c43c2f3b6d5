# What mingze doctor finds
doctor-secret-mend = The key { $name } is not right: { $code ->
    [secret_missing] it is missing; restore it from the backup
    [secret_open] other users can read it; tighten its permissions (folder 700, file 600)
   *[other] it has the wrong length; restore it from the backup
}.
doctor-secrets_folder-ok = All { $count } keys are there and only their owner can read them.
doctor-reachable-mend = The database cannot be reached ({ $code }).
doctor-versions-ok = Program { $program }, register version { $register }, accounts version { $accounts }: they agree.
doctor-versions-mend = Program { $program } and the databases differ (register { $register }, accounts { $accounts }). Run: mingze upgrade
doctor-sqlite-ok = SQLite { $version }.
doctor-sqlite-mend = SQLite { $version } is too old; 3.37 or newer is needed.
doctor-database-ok = { $name } can be written, uses WAL and is sound.
doctor-database-mend = { $name } cannot be used as it is ({ $code }).
doctor-pragmas-ok = The accounts are on disk before they are acknowledged ({ $found }).
doctor-pragmas-mend = The accounts’ settings are not safe ({ $found }); they must be synchronous=2, foreign_keys=1.
doctor-postgres-ok = PostgreSQL { $version }.
doctor-postgres-mend = PostgreSQL { $version } is too old; 15 or newer is needed.
doctor-standby-ok = No standby server is attached that PostgreSQL does not wait for.
doctor-standby-mend = PostgreSQL does not wait for its standby servers ({ $standbys }), so a failover could lose records: nothing is signed. Set synchronous_standby_names, and synchronous_commit not to local, or detach them.
doctor-setting-ok = PostgreSQL runs with { $name } = { $value }.
doctor-setting-mend = PostgreSQL runs with { $name } = { $value }: a power cut would lose records people hold receipts for. Set it back before starting.
doctor-procedures-ok = { $count } procedures can be used: { $names }.
doctor-procedures-mend = A procedure file is wrong: { $names } ({ $count } read)
doctor-version-ok = { $count } procedures are in force; nothing waits for approval.
doctor-version-shipped-watch = The program brings versions that are not in force here: { $names }. Put them in force with: mingze upgrade
doctor-version-waiting-watch = Waiting for approval by a second person, or not proposed yet: { $names }. See: mingze procedures list --dir …
doctor-version-unreadable-watch = These folders of the instance cannot be read as procedures: { $names }. See why: mingze check --dir …
doctor-version-stray-watch = “overlays” has numbers for procedures there are none of: { $names }. Compare the folders' names.
doctor-staffing-instead-watch = No office in authority.yaml has the function “{ $function }”, which stands in where the first office is excluded. Until one has, such matters are refused under: { $names }.
doctor-calendar-ok = The official calendar reaches { $until } and covers { $year }.
doctor-calendar-watch = The official calendar reaches only { $until }. Update when the notice for { $year } is out; until then deadlines in working days that reach { $year } are provisional.
doctor-calendar-mend = The official calendar reaches only { $until } and is out of date: every deadline in working days is provisional. Update it to { $year }.
doctor-clock-ok = The clock says { $now }.
doctor-clock-mend = The clock says { $now }, which cannot be right (before the program or its settings, or too late). Set it.
doctor-frozen-watch = MINGZE_NOW is set but this is not a demo, so it has no effect. Remove it.
doctor-disk-ok = { $megabytes } megabytes are free on the disk.
doctor-disk-watch = Only { $megabytes } megabytes are free on the disk. Keep an eye on it.
doctor-disk-mend = Only { $megabytes } megabytes are free on the disk; soon nothing can be filed. Free some space.
doctor-offices-ok = { $count } offices; intake, supervision and verification each have one.
doctor-offices-mend = No office in authority.yaml serves: { $missing }.
doctor-staffing-ok = Every function that a procedure asks for is held by an office or a post.
doctor-staffing-office-watch = No office in authority.yaml has the function “{ $function }”. Until one has, nothing can be filed under: { $names }.
doctor-staffing-post-watch = No post in authority.yaml has the function “{ $function }” where it is needed. Nobody could take its actions in: { $names }.
doctor-demo-watch = This is a demo: anybody can sign in as any post. Do not use it for real matters.
doctor-address-ok = The public address is { $address }.
doctor-address-watch = The public address { $address } is not https://, so sign-in travels in plain text. Put a reverse proxy in front and change base_url.
doctor-mail-ok = Notices leave through { $host }.
doctor-mail-watch = No mail server is set ({ $host }); notices stay in the outbox.
