# Checking and repairing a journal.
check-title = Check and repair
check-lead = Is everything there, and nothing twice?
check-missing = Missing transactions
check-missing-lead = Reads everything again that the provider lists for this account, and holds it against the lines of this journal. Nothing is changed by it.
check-no-account = No account feeds this journal, so there is nothing to hold it against.
check-begin = Check now
check-running = Reading everything again
check-listed = { $count ->
    [one] one movement listed
   *[other] { $count } movements listed
}
check-found = { $count ->
    [0] Nothing is missing.
    [one] One movement is missing here.
   *[other] { $count } movements are missing here.
}
check-surplus = { $count ->
    [one] One line is no longer listed by the provider. It stays and counts; compare it with your bank.
   *[other] { $count } lines are no longer listed by the provider. They stay and count; compare them with your bank.
}
check-take = Import what is missing
check-duplicates = Possible duplicates
check-duplicates-lead = Lines with the same id at the bank, or the same day, amount and partner. Two payments may well be alike: set one aside only when your bank knows one.
check-duplicates-none = None found.
check-from = From
check-same-id = The same id at the bank
check-same-content = The same day, amount and partner
check-set-aside = Set aside as a duplicate
check-set-aside-done = The line is set aside and counts no more. It can be brought back on its page.
check-is-set-aside = Set aside
check-set-aside-why = This line was set aside by a person. It does not count.
check-back = Bring it back
check-back-done = The line counts again.
