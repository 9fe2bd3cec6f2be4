# Verbindingen bijhouden: toestemmingen, vernieuwen, hoe vaak, geschiedenis.
keep-soon = { $days ->
    [0] De toestemming voor { $bank } eindigt vandaag.
    [one] De toestemming voor { $bank } eindigt morgen.
   *[other] De toestemming voor { $bank } eindigt over { $days } dagen.
}
keep-ended = De toestemming voor { $bank } is voorbij: er komt niets nieuws meer.
keep-renew-lead = Vernieuwen duurt een minuut bij uw bank. Dezelfde rekeningen en dagboeken gaan door; geen lijn komt twee keer.
keep-renew = Vernieuwen
keep-renewed = U bent terug. Wat intussen kwam, wordt ingelezen.
keep-reference = Kenmerk om te vermelden:
keep-how-often = Hoe vaak
keep-how-often-hint = Nieuws dat de aanbieder meldt, komt meteen. Sommige banken vragen u er telkens bij: kies nooit, en synchroniseer met de hand.
keep-every = { $hours ->
    [24] Elke dag
    [168] Elke week
   *[other] Om de { $hours } uur
}
keep-never = Nooit vanzelf
keep-asked-by-webhook = De aanbieder
keep-all-imports = Alle importen
keep-history = Importen
keep-history-lead = Elke import: wie erom vroeg, wat hij bracht, wat misging.
