# Een dagboek nakijken en herstellen.
check-title = Nakijken en herstellen
check-lead = Is alles er, en niets dubbel?
check-missing = Ontbrekende bewegingen
check-missing-lead = Leest alles opnieuw wat de aanbieder voor deze rekening opsomt en legt het naast de lijnen van dit dagboek. Er verandert niets door.
check-no-account = Geen rekening voedt dit dagboek: er is niets om het naast te leggen.
check-begin = Nu nakijken
check-running = Alles wordt opnieuw gelezen
check-listed = { $count ->
    [one] één beweging opgesomd
   *[other] { $count } bewegingen opgesomd
}
check-found = { $count ->
    [0] Er ontbreekt niets.
    [one] Er ontbreekt hier één beweging.
   *[other] Er ontbreken hier { $count } bewegingen.
}
check-surplus = { $count ->
    [one] Eén lijn wordt door de aanbieder niet meer opgesomd. Ze blijft en telt; vergelijk ze met uw bank.
   *[other] { $count } lijnen worden door de aanbieder niet meer opgesomd. Ze blijven en tellen; vergelijk ze met uw bank.
}
check-take = Inlezen wat ontbreekt
check-duplicates = Mogelijk dubbel
check-duplicates-lead = Lijnen met hetzelfde kenmerk bij de bank, of dezelfde dag, hetzelfde bedrag en dezelfde partner. Twee betalingen kunnen gelijk zijn: zet er pas een opzij als uw bank er maar één kent.
check-duplicates-none = Niets gevonden.
check-from = Vanaf
check-same-id = Hetzelfde kenmerk bij de bank
check-same-content = Dezelfde dag, hetzelfde bedrag, dezelfde partner
check-set-aside = Opzijzetten als dubbel
check-set-aside-done = De lijn is opzijgezet en telt niet meer. Ze kan op haar pagina worden teruggehaald.
check-is-set-aside = Opzijgezet
check-set-aside-why = Deze lijn is door iemand opzijgezet. Ze telt niet.
check-back = Terughalen
check-back-done = De lijn telt weer.
