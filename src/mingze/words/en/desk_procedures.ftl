# The desk's pages about versions of procedures: what is in force, what waits, who proposes and who approves.
desk-nav-procedures = Procedures
desk-versions-title = Procedures and their versions
desk-versions-lead = A version is in force only after one person has proposed it and another has approved it. Cases stay on the version they were opened under.
desk-versions-waiting = Waiting for somebody
desk-versions-none = Nothing waits for approval. A folder put into the instance's “procedures” or “overlays” appears here.
desk-versions-in-force = In force
desk-versions-replaced = Replaced
desk-versions-unreadable = These folders cannot be read as procedures
desk-versions-col-name = Procedure
desk-versions-col-state = State
desk-versions-col-hash = Version
desk-version-back = All procedures
desk-version-check = What the check says
desk-version-passed = The check finds nothing wrong: { $states } states, { $scenarios } scenarios.
desk-version-faults = { $count ->
    [one] The check finds one fault. Until it is put right, this version cannot be approved.
   *[other] The check finds { $count } faults. Until they are put right, this version cannot be approved.
}
desk-version-notes = Worth knowing
desk-version-changes = What is different from the version in force
desk-version-new = No version of this procedure is in force yet.
desk-version-same = The texts are those of the version in force.
desk-version-cut = The difference is longer; the rest is not shown.
desk-version-propose = Propose this version
desk-version-propose-about = Its texts are kept as they are now, and your post is recorded as the one that proposes it.
desk-version-approve = Approve and put in force
desk-version-approve-about = From then on new cases are opened under it. Your post and the proposer's are published in the ledger.
desk-version-own = You proposed this version. Another person has to approve it.
desk-version-not-entitled = A supervisor or the head of an office proposes and approves versions.
desk-version-done-propose = Proposed. Another person approves it here.
desk-version-done-approve = In force. New cases are opened under this version.
