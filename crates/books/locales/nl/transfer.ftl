# Overschrijvingen tussen eigen rekeningen.
transfer-nav = Overschrijvingen
transfer-title = Overschrijvingen tussen eigen rekeningen
transfer-lead = Geld dat het ene dagboek verliet en in het andere binnenkwam. Zeg welke paren één overschrijving zijn; er wordt niets door geboekt.
transfer-none = Geen overschrijving gevonden
transfer-none-lead = Paren van de laatste vier maanden met hetzelfde bedrag, hoogstens vijf dagen uit elkaar, staan hier.
transfer-suggested = Voorgesteld
transfer-confirmed = Bevestigd
transfer-named = De andere rekening is genoemd
transfer-confirm = Eén overschrijving
transfer-dismiss = Geen overschrijving
transfer-take-back = Terugnemen
