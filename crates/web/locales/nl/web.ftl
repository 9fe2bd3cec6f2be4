# Woorden van het kader dat hub en boekhouding delen.
web-skip = Naar de inhoud
web-navigation = Hoofdmenu
web-language = Taal
web-menu = Uw account
web-log-out = Afmelden
web-optional = optioneel
web-older = Ouder
web-newest = Terug naar de nieuwste
web-copy = Kopiëren
web-copied = Gekopieerd
web-steps = Stappen

web-form-wrong = { $count ->
    [one] Eén veld vraagt uw aandacht.
   *[other] { $count } velden vragen uw aandacht.
}

web-proof-proven = Bewezen
web-proof-unproven = Niet bewezen
web-proof-broken = Gebroken
web-proof-proven-why = Het beginsaldo plus alle bewegingen geeft het eindsaldo.
web-proof-unproven-why = De bank heeft niet beide saldi gegeven: er valt niets te bewijzen.
web-proof-broken-why = Het beginsaldo plus de bewegingen geeft niet het eindsaldo. Verschil: { $gap }.

web-state-experimental = Experimenteel
web-state-beta = Bèta
web-state-stable = Stabiel
web-state-maintenance = Onderhoud
web-state-deprecated = Vervangen

web-ago-now = zonet
web-ago-minutes = { $count ->
    [one] een minuut geleden
   *[other] { $count } minuten geleden
}
web-ago-hours = { $count ->
    [one] een uur geleden
   *[other] { $count } uur geleden
}
web-ago-days = { $count ->
    [one] gisteren
   *[other] { $count } dagen geleden
}
web-chart-empty = Er zijn nog niet genoeg dagen om te tekenen.
web-chart-about = Van { $from } tot { $to }: laagste { $lowest }, hoogste { $highest }, laatste { $last }.

web-error-reference = Vermeld deze referentie als u hulp vraagt:
web-error-home = Naar de startpagina
web-error-400 = Dit verzoek is onvolledig
web-error-400-what = Iets wat de pagina nodig heeft, ontbrak of was onleesbaar. Er is niets gewijzigd.
web-error-400-do = Ga terug, herlaad de pagina en probeer opnieuw.
web-error-403 = Dit kwam van een andere site
web-error-403-what = Uw browser meldt dat het formulier niet van onze pagina kwam; er is niets gedaan.
web-error-403-do = Open de pagina hier en verstuur het formulier opnieuw.
web-error-404 = Deze pagina bestaat niet
web-error-404-what = Het adres is fout, of wat hier stond is weg, of het hoort bij een andere organisatie.
web-error-404-do = Controleer het adres of begin op de startpagina.
web-error-405 = Zo kan deze pagina niet gevraagd worden
web-error-405-what = Het adres bestaat, maar verwacht een formulier of link van ons.
web-error-405-do = Begin op de startpagina.
web-error-409 = Dit is intussen gewijzigd
web-error-409-what = Iemand, of een ander venster van u, was sneller. Er is niets verloren en niets dubbel gedaan.
web-error-409-do = Herlaad de pagina om de huidige toestand te zien.
web-error-413 = Dit is te groot
web-error-413-what = Er is meer verstuurd dan deze pagina aanvaardt.
web-error-413-do = Verstuur minder, bijvoorbeeld één bestand per keer.
web-error-429 = Een ogenblik, alstublieft
web-error-429-what = Dit is te vaak geprobeerd in korte tijd.
web-error-429-do = Wacht een minuut en probeer opnieuw.
web-error-500 = Er ging hier iets mis
web-error-500-what = De fout ligt bij ons. Er is niets verloren: elke stap gebeurt volledig of helemaal niet.
web-error-500-do = Probeer het zo opnieuw. Blijft het duren, geef ons dan de referentie hieronder.
web-error-503 = We kunnen nu niet antwoorden
web-error-503-what = Een onderdeel dat deze pagina nodig heeft, is niet bereikbaar. Er is niets gewijzigd.
web-error-503-do = Probeer het over een minuut opnieuw.
