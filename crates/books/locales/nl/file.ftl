# Afschriftbestanden, en importen ongedaan maken.
file-title = Afschriftbestanden
file-lead = Elk afschriftbestand van uw bank. Wat het dagboek al bevat wordt herkend, of het nu uit een bestand of door synchronisatie kwam.
file-choose = Afschriftbestand
file-formats = camt.053, camt.052, CODA, MT940, OFX, CFONB 120, Norma 43, QIF, CSV en andere; tot 32 MB.
file-do = Een bestand inlezen
file-taken = Ingelezen bestanden
file-created = { $count ->
    [0] geen nieuwe lijn
    [one] één nieuwe lijn
   *[other] { $count } nieuwe lijnen
}
file-known = { $count ->
    [one] één was er al
   *[other] { $count } waren er al
}
file-restored = { $count ->
    [one] één teruggehaald
   *[other] { $count } teruggehaald
}
file-early = { $count ->
    [one] één van vóór het begin van het dagboek
   *[other] { $count } van vóór het begin van het dagboek
}
file-done = { $count ->
    [0] Geen nieuwe lijn; { $known } waren er al.
    [one] Eén nieuwe lijn; { $known } waren er al.
   *[other] { $count } nieuwe lijnen; { $known } waren er al.
}
file-missing = Er kwam geen bestand aan. Kies er een en stuur het opnieuw.
file-too-large = Het bestand kwam niet volledig aan, of is groter dan 32 MB. Stuur een kortere periode.
file-not-a-statement = Dit bestand kon niet worden ingelezen: { $why }. Er is niets veranderd. Vraag uw bank om camt.053 of CODA.
file-other-account = Dit bestand bevat geen afschrift van { $account }. Het gaat over: { $found }. Lees het in bij het dagboek van die rekening. Er is niets veranderd.
file-undo = Ongedaan maken
file-redo = Terughalen
file-undone = Ongedaan gemaakt
file-undo-done = { $count ->
    [one] Eén lijn is opzijgezet en telt niet meer. Ze kan worden teruggehaald. Wat aan andere software is geleverd, blijft daar.
   *[other] { $count } lijnen zijn opzijgezet en tellen niet meer. Ze kunnen worden teruggehaald. Wat aan andere software is geleverd, blijft daar.
}
file-undo-nothing = Niets van deze import telt nog: er was niets ongedaan te maken.
file-redo-done = { $count ->
    [one] Eén lijn telt weer.
   *[other] { $count } lijnen tellen weer.
}
