# Keys of sealed data, erasure, and how long things are kept.

portal-entry-erased = What you gave in this case was erased
portal-entry-erased-request = You asked for it. Nobody can read it any more, and no copy of it can be brought back. That the matter was received and answered stays on record and can be proved.
portal-entry-erased-retention = It had been kept as long as you were told. Nobody can read it any more. That the matter was received and answered stays on record and can be proved.
portal-entry-stopped = The use of what you gave has been stopped
portal-entry-stopped-more = The law has it kept until { $until } ({ $cite }). Until then it is stored and nobody may read or use it; after that day it is erased. If you think this is wrong, you can ask the authority for the reasons and bring the matter to a court (个人信息保护法 50).
desk-event-erased = Erased: nobody can read what this party gave any more
desk-event-stopped = Use stopped: what this party gave is stored by law and may not be read

refused-unknown_party = This cannot be done here. Nothing was changed.
refused-unknown_party-staff = There is no such party in this procedure. Nothing was changed.
refused-undecided = Your matter, or one linked to it, is still being handled, so what you gave is still needed and was not erased (个人信息保护法 47). You can withdraw the matter where the page offers it, or ask again when it is closed. If you think this is wrong, ask the authority for its reasons; you can also bring it to a court (art 50).
refused-undecided-staff = The case, or one linked to it, still runs. What was given for it is not erased before it is closed. Nothing was changed.
refused-kept_by_law = The law has this kept for a fixed time that is not over. Its use was stopped already; it is erased when the time is over (个人信息保护法 47). If you think this is wrong, ask the authority for its reasons; you can also bring it to a court (art 50).
refused-kept_by_law-staff = A law has this kept for a fixed time that is not over, and its use was stopped already. Nothing was changed.
refused-still_kept = The time for which this is kept is not over. Nothing was erased.
refused-still_kept-staff = The time told to the person is not over. Nothing was erased.
refused-use_stopped = The use of this was stopped. It is stored because a law says so, and nobody may read it.
refused-use_stopped-staff = The person had the use of this stopped; it is stored only because a law has it kept (个人信息保护法 47). It cannot be opened, and no access was recorded.
refused-keys_down = Sealed content cannot be opened or added at the moment. Nothing was written. Try again later.
refused-keys_down-staff = Whoever holds the keys of sealed content does not answer. Nothing was opened or written. Ask the operator to see that mingze keys runs.

keys-ready = The keeper of keys answers at { $socket }. It wraps with key { $kek }. Stop it with Ctrl+C.
keys-taken = Another keeper already answers at { $socket }. Stop it, or let it be.
keys-unusable = The keys cannot be used: { $why }.
keys-keys_down = Whoever holds the keys does not answer. Start mingze keys, or restart mingze serve, which starts one.
keys-secret_missing = The key file { $file } is not there. Put it back from where you keep it apart; a new one opens nothing.
keys-secret_open = Others can read the key file { $file }. Take the right from them (chmod 600) and consider a rotation: mingze vault rotate
keys-secret_short = The key file { $file } is too short. Put back the right one; a new one opens nothing.
keys-kek_unknown = A key was wrapped with { $file }, and no file has that key-encryption key. Put back the file vault-{ $file }.kek.
keys-bad_request = The keeper of keys is of another version. Restart it.
keys-other_folder = Whoever keeps the keys does not read { $file }. Give the folder it reads with --secrets, under its account.

cli-keys-short = Hold the keys of sealed data apart from the web server
cli-keys-help = A process of its own that keeps the key-encryption key of the vault away from the web server. It wraps and unwraps the keys of single cases and gives out no key of its own. mingze serve starts one unless the settings name another socket.
cli-keys-example = Example: mingze keys --dir /srv/mingze --secrets /etc/mingze-keys --group mingze
cli-keys-option-secrets = The folder with vault.kek, when it is not secrets/ in the instance folder
cli-keys-option-group = The group whose members may ask it; empty: only its own account
cli-vault-short = Change the key that wraps the keys of sealed data
cli-vault-help = Work on the keys of sealed data.
cli-vault-example = Example: mingze vault rotate --dir /srv/mingze
cli-vault-rotate-help = Make a new key-encryption key and wrap every key with it. Sealed content is not touched, and a server may run meanwhile. Killed halfway, the next run finishes it. It is recorded in the public ledger.
cli-vault-rotate-option-secrets = The folder with vault.kek, when it is not secrets/ in the instance folder
vault-rotated = The key-encryption key was changed: { $count } keys are now wrapped with { $kek }.
vault-resumed = An earlier rotation was finished: { $count } keys are now wrapped with { $kek }. Run the command again for a new key.
vault-rotated-next = It stands in the public ledger. Keep the old key (vault-….kek) until the last vault archive made before is gone, then delete it. Copy the new one to where you keep secrets.
vault-rotated-served = The server that runs records it within a minute. Keep the old key (vault-….kek) until the last vault archive made before is gone, then delete it. Copy the new one to where you keep secrets.

cli-erase-short = Erase what a person gave in a case, with their code
cli-erase-help = For the counter: the holder of CODE asks to have erased what they gave in their case (个人信息保护法 47). The key is destroyed; that the matter was received and answered stays provable. While the case runs it is refused; where a law has it kept, its use is stopped.
cli-erase-example = Example: mingze erase 7K3M-… --yes --dir /srv/mingze
cli-erase-option-yes = Do it; without this it is only said what would happen
erase-no_case = No case has this code. Nothing was changed.
erase-would = Case { $number }: { $count } sealed parts would be erased for ever. Nothing was changed; add --yes to do it.
erase-done = Case { $number }: what the person gave was erased. Nobody can bring it back.
erase-stopped = Case { $number }: a law has it kept until { $until } ({ $cite }). Its use was stopped; after that day it is erased.

cli-retention-short = Erase what was kept as long as people were told
cli-retention-help = Erase the sealed content of closed cases whose time is over, never of one that runs or is linked to one that runs. A server does this every day by itself. Each erasure is recorded in its case.
cli-retention-example = Example: mingze retention --dry-run --dir /srv/mingze
cli-retention-option-dry-run = Only say what is due; nothing is changed, and a server may run
retention-line = { $number }: kept until { $day }
retention-due = { $count ->
    [one] One case is due to be erased. Nothing was changed.
   *[other] { $count } cases are due to be erased. Nothing was changed.
}
retention-done = { $count ->
    [one] One case was erased.
   *[other] { $count } cases were erased.
}

doctor-keys-ok = The keys of sealed data can be used; key { $kek } wraps them.
doctor-keys-watch = The keys of sealed data can be used (key { $kek } wraps them), but this account can read that key as well. To keep it from the web server, run mingze keys under an account of its own.
doctor-keys-mend = The keys of sealed data cannot be used: { $code }. Nothing sealed can be opened or added until this is mended.
doctor-rewrap-watch = Some keys are still wrapped with an old key-encryption key. Finish the rotation: mingze vault rotate
doctor-old_keys-watch = Old key-encryption keys lie in secrets: { $count }. Delete each when the last vault archive of its time is gone; until then an old archive could bring back what was erased.
doctor-vault_archives-watch = Vault archives older than { $days } days lie in backups: { $count }. Whoever has one, and the keys, could open what was erased since. Delete them.
doctor-deploy-ok = Django's own check for deployment finds nothing.
doctor-deploy-mend = Django's own check for deployment objects: { $found }

portal-rights-title = Your personal data
portal-rights-link = See, correct or erase your personal data
portal-rights-intake = Your rights in your personal data
portal-rights-lead = You have the right to see, copy, correct, complete and have erased what you gave in this case, and to have its use explained (个人信息保护法 44–50).
portal-rights-see = See and copy
portal-rights-see-more = What you gave, who has read it and why stand on the case page; you can take the whole record with you.
portal-rights-ask = Correct, complete or have it explained
portal-rights-ask-more = What is on record is not rewritten, but it can be corrected: say what is wrong. The office that holds it acts and answers you in writing within a time limit, with its reasons where it refuses.
portal-rights-ask-button = Make a request
portal-rights-erase = Erase
portal-rights-erase-more = This case is closed. Once erased, nobody can read what you gave and what was written to you ({ $count } parts), and we cannot bring it back. That the matter was received and answered stays on record. Download it first if you want to keep it.
portal-rights-sure = I know that it cannot be brought back
portal-rights-sure-missing = Tick “I know that it cannot be brought back” first.
portal-rights-erase-button = Erase what I gave
portal-rights-erased = What you gave in this case has been erased.
portal-rights-remedy = If a request is refused you can bring it to a court (个人信息保护法 50), or complain to the department charged with protecting personal data (art 65).
