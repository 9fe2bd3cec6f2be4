# Virements entre comptes propres.
transfer-nav = Virements
transfer-title = Virements entre comptes propres
transfer-lead = De l’argent sorti d’un de vos journaux et entré dans un autre. Dites quelles paires sont un seul virement ; rien n’est comptabilisé par là.
transfer-none = Aucun virement trouvé
transfer-none-lead = Les paires des quatre derniers mois de même montant, à cinq jours au plus l’une de l’autre, apparaissent ici.
transfer-suggested = Suggérés
transfer-confirmed = Confirmés
transfer-named = L’autre compte est nommé
transfer-confirm = Un seul virement
transfer-dismiss = Pas un virement
transfer-take-back = Reprendre
