# What can be wrong with an instance folder, said to the operator
instance-missing = There is no Mingze instance in { $dir }. Run: mingze init --dir { $dir }
instance-not_chosen = No instance folder was given. Add --dir DIR or set MINGZE_DIR.
instance-unreadable = Cannot read { $file } ({ $why }). Check its permissions and that it is UTF-8.
instance-unwritable = Cannot write to { $dir } ({ $why }). Check its permissions and the free disk space.
instance-bad_settings = { $file } is wrong: { $place } { $why }
instance-bad_offices = { $file } line { $line } is wrong ({ $fault }): expected { $expected }, found { $found }
instance-bad_database = A database address of type { $found } is not supported. Leave it empty for SQLite, or write postgres://…
instance-upgrade_needed = { $dir } was made by another version (it has { $found }, this program needs { $expected }). Run: mingze upgrade --dir { $dir }
instance-secret_missing = The key file { $file } is missing. Restore it from the backup; a new one would make existing records unreadable.
instance-secret_open = Other users can read the key file { $file }. Run: chmod 600 { $file }
instance-secret_short = The key file { $file } has the wrong length: expected { $expected } bytes, found { $found }. Restore it from the backup.
instance-occupied = { $dir } already holds something else ({ $found }); nothing was changed. Choose an empty folder.
instance-not_demo = { $dir } is not a demo instance and will not be filled with demo data. Choose another folder for the demo.
instance-locked = { $dir } is in use by process { $process }. Only one server can run on an instance; stop that one first.
instance-not_an_instant = “{ $found }” is not an instant with its offset. Example: 2026-11-22T10:00:00+08:00
