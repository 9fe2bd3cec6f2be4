# Wie betaalt, gevraagd voordat software een rekening leest.
payer-before-reading = Voordat software een rekening leest, moeten we weten waar de facturen naartoe gaan. Vul dat eenmaal in, daarna gaat u verder waar u was.
payer-give = Facturatiegegevens invullen
payer-ask = Alleen een eigenaar of een beheerder kan dit invullen. Vraag het aan een van hen en kom dan terug.
payer-customer = { $customer } moet eerst zeggen wie de factuur krijgt: wat software leest, wordt aan die organisatie aangerekend. Vraag om de facturatiegegevens in te vullen en probeer het daarna opnieuw.
