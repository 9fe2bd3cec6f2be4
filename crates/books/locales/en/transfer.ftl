# Transfers between own accounts.
transfer-nav = Transfers
transfer-title = Transfers between own accounts
transfer-lead = Money that left one of your journals and came into another. Say which pairs are one transfer; nothing is booked by it.
transfer-none = No transfer found
transfer-none-lead = Pairs of the last four months with the same amount, at most five days apart, show here.
transfer-suggested = Suggested
transfer-confirmed = Confirmed
transfer-named = The other account is named
transfer-confirm = One transfer
transfer-dismiss = Not a transfer
transfer-take-back = Take back
