# A form that was sent by somebody who is not logged in any more.
stale-session = You were logged out in the meantime, so nothing was changed. Log in, and do it again.
