# Odoo, in het Nederlands.

odoo-details = Details sturen
odoo-details-hint = Voegt aan elke regel de details van de bank toe (transaction details): referentie, end-to-end-id, valutadatum, mededeling. Odoo 17 en later.
odoo-opening = Rekening voor de openingsboeking
odoo-opening-hint = De id van een rekening daar. Het saldo van de bank voor de eerste regel wordt er eenmaal tegen geboekt, met het eerste bewezen afschrift. Leeg: geen boeking.
odoo-trouble-opening-locked = De openingsboeking valt daar in een afgesloten periode.
odoo-trouble-opening-locked-do = Open die periode daar, of maak de rekening voor de openingsboeking leeg in de instellingen, en druk op Opnieuw proberen.
