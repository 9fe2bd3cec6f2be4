# Odoo, en français.

odoo-details = Envoyer les détails
odoo-details-hint = Ajoute à chaque ligne les détails de la banque (transaction details) : référence, identifiant de bout en bout, date de valeur, communication. Odoo 17 et suivants.
odoo-opening = Compte de l’écriture d’ouverture
odoo-opening-hint = L’identifiant d’un compte là-bas. Le solde de la banque avant la première ligne y est comptabilisé une fois, avec le premier extrait prouvé. Vide : aucune écriture.
odoo-trouble-opening-locked = L’écriture d’ouverture tombe dans une période verrouillée là-bas.
odoo-trouble-opening-locked-do = Ouvrez cette période là-bas, ou videz le compte d’ouverture dans les réglages, puis appuyez sur Réessayer.
