# Looking for transactions.
transactions-least = Bedrag van
transactions-most = Bedrag tot
transactions-direction = Richting
transactions-both = In en uit
transactions-in = In
transactions-out = Uit
transactions-booked = Geboekt
search-not-an-amount = Dit is geen bedrag, zoals 12,50.
