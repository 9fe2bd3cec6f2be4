# De ingangen die via iemands e-mail lopen.
entrance-sign-up-hint = We sturen een link naar dit adres; daar kiest u een wachtwoord.
entrance-finish-title = Kies een wachtwoord
entrance-finish-lead = Het adres is van u. Er ontbreekt nog één ding.
entrance-sent-title = Kijk in uw e-mail
entrance-sent = Als dit adres e-mail kan ontvangen, is er een bericht onderweg naar { $email }. Er staat een link in die verder leidt.
entrance-sent-else = Niets gekregen? Kijk bij de ongewenste e-mail, controleer het adres en wacht een minuut voor u het opnieuw vraagt.
entrance-stale-title = Deze link werkt niet meer
entrance-stale = Hij is al gebruikt, te oud of onvolledig. Vraag een nieuwe.
entrance-stale-do = Een nieuwe link vragen
entrance-forgotten = Wachtwoord vergeten?
entrance-forgotten-lead = We sturen een link naar uw adres; daar kiest u een nieuw wachtwoord.
entrance-forgotten-do = De link sturen
entrance-password-title = Kies een nieuw wachtwoord
entrance-password-do = Het wachtwoord instellen
entrance-password-done = Uw wachtwoord is gewijzigd en alle sessies zijn afgemeld. Meld u aan met het nieuwe.
entrance-mail-sign-up = Uw login bij Passerelle
entrance-mail-sign-up-text = Iemand, waarschijnlijk u, vroeg met dit adres een login bij Passerelle aan.
entrance-mail-sign-up-do = Kies hier een wachtwoord, binnen 24 uur:
entrance-mail-sign-up-else = Was u het niet, doe dan niets: zonder deze link kan niemand met uw adres een login maken.
entrance-mail-known = U hebt al een login
entrance-mail-known-text = Iemand, waarschijnlijk u, vroeg met dit adres een login bij Passerelle aan. Die bestaat al.
entrance-mail-known-do = Meld u hier aan:
entrance-mail-known-password = Wachtwoord vergeten? Kies hier een nieuw:
entrance-mail-known-else = Was u het niet, doe dan niets.
entrance-mail-password = Een nieuw wachtwoord
entrance-mail-password-text = Iemand, waarschijnlijk u, vroeg een nieuw wachtwoord. De link hieronder werkt één keer, binnen { $minutes ->
    [one] een minuut
   *[other] { $minutes } minuten
}.
entrance-mail-password-do = Kies hier een nieuw wachtwoord:
entrance-mail-password-else = Was u het niet, doe dan niets: uw wachtwoord blijft zoals het is.
entrance-mail-changed = Uw wachtwoord is gewijzigd
entrance-mail-changed-text = Het wachtwoord van uw login bij Passerelle is zojuist gewijzigd en alle sessies zijn afgemeld.
entrance-mail-changed-else = Was u het niet, kies dan meteen een nieuw wachtwoord:
