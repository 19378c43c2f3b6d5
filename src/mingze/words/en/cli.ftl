# The command line
cli-about = Mingze: every promise and every matter gets one accountable office, a lawful procedure, a clock that explains itself and a receipt anyone can verify.
cli-commands = Commands
cli-exit-codes = Exit codes: 0 done; 1 the answer is no (a receipt refused, a check failed); 2 used wrongly; 3 the instance cannot be used as it is; 70 a fault of the program; 130 interrupted. Language: --lang zh|en, else that of LANG.
cli-fault = The program failed ({ $kind }, { $place }). Anything not reported as done was not done. Try again with MINGZE_DEBUG=1 for details, and report it to the maintainers.
cli-option-folder = The instance folder
cli-option-lang = Language of the output
cli-option-as-json = Print one JSON object
cli-port-taken = Port { $port } is in use. Choose another with --port.

cli-demo-short = Try it: a fictional district with a year of cases, on this machine only
cli-demo-help = Make the fictional district if it is not there, serve it on this machine, and say where it is and how to stop it.
cli-demo-example = Example: mingze demo --port 8080 --no-browser
cli-demo-option-port = Port to listen on; else the first free one from 8000
cli-demo-option-no-browser = Do not open a browser
cli-demo-working = Making the demo district …
cli-demo-ready = The Mingze demo is open at { $address } – press Ctrl+C to stop it.
cli-demo-already = The demo is already running at { $address }

cli-init-short = Make an instance folder
cli-init-help = Make an instance folder: settings, keys, offices and databases. Running it again changes nothing that is there.
cli-init-example = Example: mingze init --dir /srv/mingze
cli-init-option-demo = Fill it with the fictional district; a demo never becomes a real instance
cli-init-working = Making the instance …
cli-init-done = The instance is ready: { $dir }{ $demo ->
    [yes] {" "}(demo)
   *[no] {""}
}. Run: mingze serve --dir { $dir }

cli-serve-short = Serve an instance
cli-serve-help = Serve an instance until it is stopped. Only one server can run on an instance.
cli-serve-example = Example: mingze serve --dir /srv/mingze --port 8000 (a reverse proxy in front does TLS; base_url in mingze.toml is the public address)
cli-serve-option-host = Address to listen on
cli-serve-option-port = Port to listen on
cli-serve-option-threads = Threads that answer
cli-serve-ready = Mingze is open at { $address } – press Ctrl+C to stop it.

cli-upgrade-short = Back up and upgrade an instance
cli-upgrade-help = Back up, lock and bring the databases to this version.
cli-upgrade-example = Example: mingze upgrade --dir /srv/mingze
cli-upgrade-option-have-backup = PostgreSQL only: you have made a backup with pg_dump
cli-upgrade-working = Upgrading …
cli-upgrade-done = { $dir } is now of this version.
cli-upgrade-nothing = { $dir } is already of this version; there was nothing to do.
cli-upgrade-procedures = Procedures of this version now in force: { $names }
cli-upgrade-backup = The backup from before is in { $backup }

cli-doctor-short = Check that an instance is healthy
cli-doctor-help = Check keys, database settings, versions, calendar, clock, disk and settings. Exits with 1 if anything is not right.
cli-doctor-example = Example: mingze doctor --dir /srv/mingze --json

cli-staff-short = Manage who may sign in and their posts
cli-staff-help = Add people, give and end posts, and issue enrolment links.
cli-staff-example = Example: mingze staff add zjj.first --post zjj.handler --dir /srv/mingze
cli-staff-add-help = Add a person with a post, or give a person another post. A new person gets a one-time enrolment link.
cli-staff-add-example = Example: mingze staff add zjj.first --post zjj.handler --from 2026-12-01
cli-staff-add-option-post-id = The post, e.g. zjj.handler
cli-staff-add-option-from-on = First day; today if not given
cli-staff-add-option-to-on = Last day; open if not given
cli-staff-add-option-deputy = Holds the post for somebody who is away
cli-staff-link-help = Issue a new one-time enrolment link; earlier links and sign-in devices stop working.
cli-staff-link-example = Example: mingze staff link zjj.first
cli-staff-end-help = End a post of a person.
cli-staff-end-example = Example: mingze staff end zjj.first --post zjj.handler
cli-staff-end-option-post-id = The post that ends
cli-staff-end-option-on = Last day; yesterday if not given, so that it ends at once
cli-staff-close-help = Close an account: no sign-in any more, and sessions end at once.
cli-staff-close-example = Example: mingze staff close zjj.first
cli-staff-list-help = List who may sign in and the posts held today.
cli-staff-list-example = Example: mingze staff list --json
cli-staff-unknown = There is nobody with the login { $login }. See mingze staff list.
cli-staff-bad-login = The login { $login } cannot be used: 2 to 64 small letters, digits, dots, underscores or hyphens.
cli-staff-no-post = There is no post { $post }. Posts are in authority.yaml of the instance folder, for example zjj.handler.
cli-staff-ends-before = The last day, { $to_on }, is before the first, { $from_on }.
cli-staff-added = { $login } holds { $post }, { $office }, from { $from_on }.
cli-staff-link = One-time enrolment link (valid for 72 hours; hand it over in person or by a channel you trust): { $link }
cli-staff-not-held = { $login } does not hold { $post } now.
cli-staff-ended = { $login } holds { $post } until { $on }.
cli-staff-closed = { $login } is closed and all sessions have ended.
cli-staff-nobody = Nobody can sign in yet. Add people with mingze staff add.
cli-staff-row = { $login }: { $posts } ({ $state ->
    [closed] closed
    [ready] enrolled
   *[waiting] not enrolled yet
})

cli-decompose-short = Find the commitments in a speech or document
cli-due-short = Compute a deadline and explain it day by day
cli-verify-short = Check a receipt offline
cli-check-short = Check procedure files
cli-procedures-short = List and show procedures

cli-file-short = Register a matter handed in at the counter
cli-file-help = Register a matter that came on paper or by telephone. The person gets the same receipt as on the web.
cli-file-example = Example: mingze file suggestion --field "matter=A kerb ramp at the library" --receipt receipt.tlog-proof
cli-file-option-pairs = A field of the form as NAME=VALUE; NAME=@FILE takes a file's text, NAME=- standard input
cli-file-option-receipt = Where to write the receipt file
cli-file-option-key = A key of your own: the same key again gives the same receipt, never a second case
cli-file-not-a-pair = “{ $found }” is not a field. Write NAME=VALUE, for example matter="A kerb ramp at the library".
cli-file-not-right = Nothing was registered. Please put right:
cli-file-done = Registered as { $number }. Receipt code: { $code }
cli-file-due = { $office } must act (“{ $clock }”) by { $due }{ $provisional ->
    [yes] , provisional until that year's holidays are announced.
   *[no] .
}
cli-file-receipt = Receipt file: { $file }. Check it with: mingze verify { $file } --dir { $dir }
cli-staff-deputy-until = A deputy holds a post until a day: give --to as well.
