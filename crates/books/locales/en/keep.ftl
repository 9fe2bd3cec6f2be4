# Keeping connections: consents, renewing, how often, history.
keep-soon = { $days ->
    [0] The consent for { $bank } ends today.
    [one] The consent for { $bank } ends tomorrow.
   *[other] The consent for { $bank } ends in { $days } days.
}
keep-ended = The consent for { $bank } has ended: nothing new comes.
keep-renew-lead = Renewing takes a minute at your bank. The same accounts and journals go on; no line comes twice.
keep-renew = Renew
keep-renewed = You are back. What came meanwhile is being imported.
keep-reference = Reference to quote:
keep-how-often = How often
keep-how-often-hint = News that the provider tells of comes at once. Some banks ask for you each time: choose never, and synchronise by hand.
keep-every = { $hours ->
    [24] Every day
    [168] Every week
   *[other] Every { $hours } hours
}
keep-never = Never by itself
keep-asked-by-webhook = The provider
keep-all-imports = All imports
keep-history = Imports
keep-history-lead = Every import: who asked for it, what it brought, what went wrong.
