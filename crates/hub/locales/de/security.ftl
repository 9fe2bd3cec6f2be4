# Was einen Zugang außer dem Passwort schützt.
second-title = Noch ein Schritt
second-code = Code
second-hint = Die sechs Ziffern, die Ihre App zeigt, oder einer Ihrer Wiederherstellungscodes.
second-refused = Dieser Code ist nicht richtig, oder er wurde schon benutzt.
second-again = Von vorn beginnen
second-passkey = Einen Passkey verwenden
second-passkey-refused = Dieser Passkey wurde nicht angenommen. Versuchen Sie es erneut oder nehmen Sie einen anderen Weg.
security-title = Zweiter Faktor
security-lead = Ein Passwort kann gestohlen werden. Ein zweiter Nachweis hält Ihre Konten trotzdem verschlossen.
security-do = Ihren Zugang schützen
security-needed = Inhaber einer Organisation brauchen hier einen zweiten Faktor. Richten Sie einen ein, um fortzufahren.
security-totp = Authenticator-App
security-totp-lead = Eine App auf Ihrem Telefon zeigt sechs Ziffern, die sich jede halbe Minute ändern.
security-totp-do = Eine App einrichten
security-totp-on = Ihre App wird bei jeder Anmeldung verlangt.
security-totp-off = Die App nicht mehr verlangen
security-totp-off-done = Die App wird nicht mehr verlangt.
security-totp-scan = Öffnen Sie Ihre Authenticator-App und scannen Sie dieses Bild.
security-totp-picture = Das Bild für Ihre App; dasselbe steht darunter als Text
security-totp-type = Keine Kamera? Geben Sie stattdessen dies in die App ein:
security-totp-enable = Die App in Gebrauch nehmen
security-codes-left = { $count ->
    [0] Sie haben keine Wiederherstellungscodes mehr: Erzeugen Sie neue.
    [one] Sie haben noch einen Wiederherstellungscode.
   *[other] Sie haben noch { $count } Wiederherstellungscodes.
}
security-codes-new = Neue Wiederherstellungscodes erzeugen
security-codes-title = Ihre Wiederherstellungscodes
security-codes-lead = Jeder ersetzt Ihre App einmal, wenn das Telefon fort ist. Sie werden nur dieses Mal gezeigt: Drucken Sie sie aus oder legen Sie sie in einen Tresor.
security-codes-kept = Ich habe sie aufbewahrt
security-passkeys = Passkeys
security-passkeys-lead = Ein Passkey meldet Sie mit Fingerabdruck, Gesicht oder Sicherheitsschlüssel an, ohne Passwort.
security-passkeys-script = Passkeys brauchen JavaScript, das in diesem Browser aus ist.
security-passkey-name = Wie Sie ihn nennen
security-passkey-add = Einen Passkey hinzufügen
security-passkey-added = Der Passkey ist hinzugefügt.
security-passkey-remove = Entfernen
security-passkey-removed = Der Passkey ist entfernt.
security-passkey-unused = noch nicht benutzt
security-passkey-used = zuletzt benutzt am { $date }
