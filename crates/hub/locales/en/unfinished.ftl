# A permission that was begun at a bank and not finished here.
unfinished-attempt = You left for { $bank } and have not come back here.
unfinished-go-on = See how it went and go on
