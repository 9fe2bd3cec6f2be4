# How fresh an account is.
fresh-title = Freshness
fresh-as-of = The bank’s balance is of
fresh-told = told
fresh-last = Last good synchronization
fresh-next-person = You may synchronize
fresh-next-itself = Next by itself
fresh-now = now
fresh-not-planned = not planned
fresh-delay = Reason for a delay
fresh-no-delay = nothing is held up
fresh-going-on = A synchronization is going on.
fresh-expired = The permission at the bank is over.
fresh-by-files = Fed by statement files.
fresh-quota = The bank’s four fetches a day without you are used up until { $until }; with you it can be asked.
