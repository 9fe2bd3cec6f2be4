# What software is told of.
event-quiet = The bank had nothing new
event-failed = A synchronization failed
event-details = Account facts changed
event-new = New transactions
event-updated = Transactions corrected
event-pending = New pending transactions
event-pending-updated = Pending transactions changed
event-renewed = The permission was renewed
event-expiring = The permission ends soon
event-connected = The software was let in
event-ended = The software was shut out
event-account-added = An account was added
event-account-revoked = An account was taken away
event-blocked = The organization was blocked
event-unblocked = The organization is served again
event-left-out = { $count ->
    [one] One more notice said that a bank had nothing new.
   *[other] { $count } more notices said that a bank had nothing new.
}
