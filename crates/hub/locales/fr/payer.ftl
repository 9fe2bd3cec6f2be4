# Qui paie, demandé avant qu’un logiciel lise un compte.
payer-before-reading = Avant qu’un logiciel lise un compte, nous devons savoir où envoyer les factures. Dites-le une fois, puis vous continuez où vous étiez.
payer-give = Donner les informations de facturation
payer-ask = Seul un propriétaire ou un administrateur peut remplir ceci. Demandez-le à l’un d’eux, puis revenez.
payer-customer = { $customer } doit d’abord dire à qui facturer : ce que lit un logiciel lui est facturé. Demandez-lui de remplir ses informations de facturation, puis réessayez.
