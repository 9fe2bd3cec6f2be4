# Looking for transactions.
transactions-least = Montant de
transactions-most = Montant à
transactions-direction = Sens
transactions-both = Entrées et sorties
transactions-in = Entrées
transactions-out = Sorties
transactions-booked = Comptabilisées
search-not-an-amount = Ce n’est pas un montant, comme 12,50.
