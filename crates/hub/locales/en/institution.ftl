# Banks: how far each can be relied on, those that nobody reaches yet, and reports about them.
institution-history = { $days ->
    [one] one day of history
   *[other] { $days } days of history
}
institution-consent = { $days ->
    [one] permission for one day
   *[other] permission for { $days } days
}
institution-pending = announced movements included
institution-no-pending = without announced movements
institution-gives = What this bank gives
institution-contact = Something looks wrong? Tell us; it helps everybody at this bank:
institution-successor = Connect to { $bank } instead

bank-closed = This bank takes no new connections at the moment: it is under maintenance or was replaced.
bank-closed-do = What was fetched before stays readable. Choose another connection in the list, or come back later.

known-bank-list = Banks that we cannot reach yet
known-bank-list-lead = Their statement files work today.
known-bank-badge = files only
known-bank-more = { $count ->
    [one] One more bank fits. Write more of the name.
   *[other] { $count } more banks fit. Write more of the name.
}
known-bank-unreached = { $bank } cannot be reached automatically yet.
known-bank-files = Use statement files today
known-bank-files-how = Download your statements from { $bank } (CAMT, CODA, MT940, OFX or CSV) and upload them here. They are checked and proven like those of a connected bank, and nothing is doubled when the bank is connected later.
known-bank-tell = Tell me when it works
known-bank-tell-how = We count how many companies wait for this bank, and write to { $email } when it can be connected.
known-bank-tell-do = Tell me
known-bank-told = Noted. You will hear from us when this bank can be connected.
known-bank-arrived-subject = { $bank } can be connected now
known-bank-arrived = You asked to be told: { $bank } can be connected now. What your statement files brought stays, and nothing is doubled.
known-bank-connect = Connect it:

report-do = Report a problem
report-title = Report a problem with { $bank }
report-lead = What you write goes to the people who run this hub.
report-words = What happened?
report-words-hint = What you expected and what you see instead. Please leave out account numbers and amounts.
report-attached = What is attached
report-attached-what = Times, reference numbers and status codes of the last synchronizations. No account, no name, no amount.
report-send = Send the report
report-sent = Thank you. Your report is kept as { $reference }; quote this reference when you write to us.
