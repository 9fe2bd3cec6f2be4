# Statement files that people upload.
files-title = Afschriftbestanden
files-lead = Voor banken die geen connector bereikt, en voor geschiedenis die een bank niet meer geeft. Wat al bekend is, wordt herkend en komt één keer binnen.
files-file = Bestand
files-formats = Een van { $formats }; hoogstens 20 MB.
files-account-by-file = Zoals het bestand zegt
files-account-hint = Alleen nodig voor bestanden die hun rekening niet noemen.
files-do = Opladen
files-earlier = Eerdere bestanden
files-refused = Het bestand is niet opgenomen.
files-no-account = Het bestand zegt niet over welke rekening het gaat. Kies de rekening en stuur het opnieuw.
files-no-currency = Het bestand zegt niet in welke munt het is. Kies de rekening en stuur het opnieuw.
files-empty = Niets in dit bestand kon worden gelezen: { $why }
files-too-large = Het bestand is groter dan 20 MB. Exporteer een kortere periode.
files-new = Nieuw
files-known = Bekend
files-came = { $listed ->
    [one] Eén transactie
   *[other] { $listed } transacties
} gelezen: { $new } nieuw, { $known } al bekend.
files-undo = { $count ->
    [0] Ongedaan maken: zijn saldi intrekken
    [one] Ongedaan maken: de nieuwe transactie intrekken
   *[other] Ongedaan maken: de { $count } nieuwe transacties intrekken
}
files-same = Hetzelfde bestand kwam al binnen. Maak dat ongedaan om terug te nemen wat het vertelt.
files-undone = Ongedaan gemaakt
files-undone-said = { $count ->
    [0] Het bestand is ongedaan gemaakt; zijn saldi zijn ingetrokken.
    [one] Het bestand is ongedaan gemaakt; één transactie is ingetrokken.
   *[other] Het bestand is ongedaan gemaakt; { $count } transacties zijn ingetrokken.
}
files-institution = Afschriftbestanden
files-upload-here = Een afschrift opladen
files-announced = { $count ->
    [one] Eén aangekondigde transactie blijft weg: ze komt binnen wanneer een afschrift ze boekt.
   *[other] { $count } aangekondigde transacties blijven weg: ze komen binnen wanneer een afschrift ze boekt.
}
