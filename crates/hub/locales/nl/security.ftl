# Wat een login beschermt naast het wachtwoord.
second-title = Nog één stap
second-code = Code
second-hint = De zes cijfers die uw app toont, of een van uw herstelcodes.
second-refused = Deze code is niet juist, of hij is al gebruikt.
second-again = Opnieuw beginnen
second-passkey = Een passkey gebruiken
second-passkey-refused = Deze passkey is niet aanvaard. Probeer opnieuw of gebruik een andere manier.
security-title = Tweede factor
security-lead = Een wachtwoord kan gestolen worden. Een tweede bewijs houdt uw rekeningen toch gesloten.
security-do = Uw login beveiligen
security-needed = Eigenaars van een organisatie hebben hier een tweede factor nodig. Stel er een in om verder te gaan.
security-totp = Authenticator-app
security-totp-lead = Een app op uw telefoon toont zes cijfers die elke halve minuut veranderen.
security-totp-do = Een app instellen
security-totp-on = Uw app wordt bij elke aanmelding gevraagd.
security-totp-off = De app niet meer vragen
security-totp-off-done = De app wordt niet meer gevraagd.
security-totp-scan = Open uw authenticator-app en scan deze afbeelding.
security-totp-picture = De afbeelding voor uw app; hetzelfde staat hieronder als tekst
security-totp-type = Geen camera? Typ dit dan in de app:
security-totp-enable = De app in gebruik nemen
security-codes-left = { $count ->
    [0] U hebt geen herstelcodes meer: maak nieuwe.
    [one] U hebt nog één herstelcode.
   *[other] U hebt nog { $count } herstelcodes.
}
security-codes-new = Nieuwe herstelcodes maken
security-codes-title = Uw herstelcodes
security-codes-lead = Elke code vervangt uw app één keer, als uw telefoon weg is. Ze worden alleen nu getoond: druk ze af of leg ze in een kluis.
security-codes-kept = Ik heb ze bewaard
security-passkeys = Passkeys
security-passkeys-lead = Een passkey meldt u aan met uw vingerafdruk, uw gezicht of een beveiligingssleutel, zonder wachtwoord.
security-passkeys-script = Passkeys hebben JavaScript nodig, dat in deze browser uit staat.
security-passkey-name = Hoe u hem noemt
security-passkey-add = Een passkey toevoegen
security-passkey-added = De passkey is toegevoegd.
security-passkey-remove = Verwijderen
security-passkey-removed = De passkey is verwijderd.
security-passkey-unused = nog niet gebruikt
security-passkey-used = laatst gebruikt op { $date }
