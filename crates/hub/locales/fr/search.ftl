# Looking for transactions.
transactions-least = Montant de
transactions-most = Montant à
transactions-direction = Sens
transactions-both = Entrées et sorties
transactions-in = Entrées
transactions-out = Sorties
transactions-booked = Comptabilisées
