# Letters before a permission ends, and who gets them.
notice-soon-subject = { $bank }: the permission ends on { $date }
notice-soon = { $days ->
    [one] The permission of { $organization } at { $bank } ends tomorrow, on { $date }. Renew it before: nothing is interrupted, and every account keeps its history.
   *[other] The permission of { $organization } at { $bank } ends in { $days } days, on { $date }. Renew it before: nothing is interrupted, and every account keeps its history.
}
notice-today-subject = { $bank }: today is the last day of the permission
notice-today = The permission of { $organization } at { $bank } ends today, { $date }. From tomorrow no new movements arrive. Renew it today: nothing is interrupted, and every account keeps its history.
notice-over-subject = { $bank }: the permission is over
notice-over = { $organization } no longer has a permission at { $bank }, so no new movements arrive. What was fetched stays readable. After a renewal, what the bank booked meanwhile is fetched, and every account keeps its history.
notice-renew = Renew the permission:
notice-why = You get this letter because you work for this organization or because it wrote down your address. Who gets these letters is decided here:
menu-notices = Who is written to
notices-title = Who is written to
notices-lead = Before a permission at a bank ends (30, 14, 7 days and 1 day), on its last day, and when it is over.
notices-member = Member
notices-further = Further address
notices-further-hint = For example your accountant. They need no login.
notices-add = Add the address
notices-remove = Remove
notices-added = The address is added.
notices-removed = The address is removed.
notices-too-many = At most { $count } further addresses. Remove one first.
renew-title = Renew the permission at { $bank }
renew-lead = You log in at your bank and confirm. Nothing is interrupted, every account keeps its history and its number, and what is missing is fetched at once.
renew-do = Renew at { $bank }
