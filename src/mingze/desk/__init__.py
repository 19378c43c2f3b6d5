"""The desk: what clerks, handlers, heads, supervisors and verifiers work with.

Each page has a view model made by pure functions (`inbox_page`, `case_page`, `offered_actions`, `lost_race`,
`review_page`): cases, rows and words in, plain data out. `views` does what touches the world: the register, the
request, the answer.
"""
