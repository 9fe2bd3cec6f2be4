# Looking for transactions.
transactions-least = Amount from
transactions-most = Amount to
transactions-direction = Direction
transactions-both = In and out
transactions-in = In
transactions-out = Out
transactions-booked = Booked
search-not-an-amount = This is no amount, such as 12.50.
