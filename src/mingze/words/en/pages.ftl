# Error pages
error-home = Go to the start page
error-400-title = This request could not be understood
error-400-next = The address or the form was incomplete and nothing was sent. Go back, check and try again.
error-403-title = You cannot see or do this
error-403-next = What you are signed in as does not allow this, and nothing was changed. If you are staff, check which post you are using.
error-form-expired = The page was open for too long, or your browser did not keep this site's session, so the form was not sent. Go back, reload and send it again; it will not be filed twice.
error-404-title = Page not found
error-404-next = The address may be wrong, or you may not be allowed to see it. Check the address or start from the start page.
error-413-title = That is too large
error-413-next = Everything you send at once, with attachments, must be under 64 megabytes. Nothing was sent. Remove or compress attachments and try again.
error-500-title = Something went wrong
error-500-next = The fault is ours, not yours. Anything you saw no receipt for has not been filed. Try again later, or go to the counter or telephone.
error-503-title = The service is not available at the moment
error-503-next = Nothing was written. Wait a moment and try again; it will not be filed twice.
