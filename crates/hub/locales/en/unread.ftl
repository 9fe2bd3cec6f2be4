unread-title = Accounts that could not be read
unread-count = { $count ->
    [one] One account that the bank lists could not be read.
   *[other] { $count } accounts that the bank lists could not be read.
}
unread-advice = What the bank said is kept below. Show it to the bank or to whoever runs this hub; the other accounts are not affected.
