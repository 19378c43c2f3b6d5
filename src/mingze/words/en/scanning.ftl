# The virus scanner and the identity provider
refused-not_scanned = This file has not been scanned yet. It is kept as it came; try again in a few minutes.
refused-not_scanned-staff = { $case }: “{ $name }” is not yet scanned, because the virus scanner does not answer or will not take it, so it was not handed to you. It stays sealed as it came, and that you asked for it is recorded. Try again in a few minutes; if it stays so, tell the operator.
refused-not_scanned-why = The file is not yet scanned.
refused-virus_found = The scanner found something harmful in this file. The original is still sealed and unchanged.
refused-virus_found-staff = { $case }: the virus scanner found something harmful in “{ $name }”, so it was not handed to you. It stays sealed as it came, as evidence, and that you asked for it is recorded. Ask whoever sent it for another copy.
refused-virus_found-why = The scanner found something harmful in the file.
doctor-scanner-ok = The virus scanner answers.
doctor-scanner-mend = The virus scanner does not answer, so staff get no files from outside. Start clamd, or correct [files] clamd in mingze.toml.
doctor-provider-ok = The identity provider answers and has keys.
doctor-provider-watch = The identity provider answers. Nothing it says counts as a second factor, so everybody needs a one-time code here too: name acr or amr in [staff.oidc] if it asks for two.
doctor-provider-mend = The identity provider cannot be used ({ $code }): staff cannot sign in there. Check issuer and network.
