# Looking for transactions.
transactions-least = Betrag von
transactions-most = Betrag bis
transactions-direction = Richtung
transactions-both = Ein und aus
transactions-in = Eingang
transactions-out = Ausgang
transactions-booked = Gebucht
search-not-an-amount = Das ist kein Betrag, etwa 12,50.
