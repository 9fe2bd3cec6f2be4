# Letters to people, in English.

letter-title = Letters
letter-lead = { $company } is written about to { $email }: 30, 14, 7 days and 1 day before a consent ends, when it has ended, and when a synchronisation or a delivery keeps failing.
letter-on = You are written to
letter-off = You are not written to
letter-failures = You are written to when something keeps failing, not about consents
letter-which = Letters
letter-choice-all = Consents that end, and what keeps failing
letter-choice-failures = Only what keeps failing: the provider writes to me about consents
letter-choice-none = None
letter-keep = Keep this
letter-soon-subject = { $bank }: the consent ends on { $at }
letter-soon =
    { $days ->
        [0] The consent of { $company } for { $bank } ends within a day ({ $at }). Renew it before: nothing is interrupted.
        [one] The consent of { $company } for { $bank } ends in one day ({ $at }). Renew it before: nothing is interrupted.
       *[other] The consent of { $company } for { $bank } ends in { $days } days ({ $at }). Renew it before: nothing is interrupted.
    }
letter-over-subject = { $bank }: the consent has ended
letter-over = The consent of { $company } for { $bank } has ended ({ $at }), and no new movements come. Renew it: what the bank booked meanwhile is fetched, and nothing is imported twice.
letter-renew = Renew it here with one button:
letter-why = You get this letter because you work for this company in the books. To end these letters:
letter-stuck-subject = { $company }: { $count ->
        [one] one thing needs you
       *[other] { $count } things need you
    }
letter-stuck =
    { $count ->
        [one] This does not come into the books of { $company } by itself any more:
       *[other] These do not come into the books of { $company } by themselves any more:
    }
