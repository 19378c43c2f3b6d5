# The demo's start page: cases worth looking at.
demo-case-received = A suggestion received today
demo-case-extended = A suggestion being handled, with an approved extension
demo-case-answered = A suggestion that was answered and waits for the person to say whether it is solved
demo-case-overdue = A request by a business that is overdue
demo-case-refused = A request that was refused, with reasons and remedies
