# Die Eingänge, die über die E-Mail einer Person führen.
entrance-sign-up-hint = Wir senden einen Link an diese Adresse; dort wählen Sie ein Passwort.
entrance-finish-title = Wählen Sie ein Passwort
entrance-finish-lead = Die Adresse gehört Ihnen. Eines fehlt noch.
entrance-sent-title = Sehen Sie in Ihre E-Mails
entrance-sent = Wenn diese Adresse E-Mails empfangen kann, ist eine Nachricht an { $email } unterwegs. Sie enthält einen Link, der weiterführt.
entrance-sent-else = Nichts erhalten? Sehen Sie bei den unerwünschten E-Mails nach, prüfen Sie die Adresse und warten Sie eine Minute, bevor Sie erneut fragen.
entrance-stale-title = Dieser Link funktioniert nicht mehr
entrance-stale = Er wurde schon benutzt, ist zu alt oder unvollständig. Fordern Sie einen neuen an.
entrance-stale-do = Einen neuen Link anfordern
entrance-forgotten = Passwort vergessen?
entrance-forgotten-lead = Wir senden einen Link an Ihre Adresse; dort wählen Sie ein neues Passwort.
entrance-forgotten-do = Link senden
entrance-password-title = Wählen Sie ein neues Passwort
entrance-password-do = Passwort setzen
entrance-password-done = Ihr Passwort ist geändert, alle Sitzungen sind abgemeldet. Melden Sie sich mit dem neuen an.
entrance-mail-sign-up = Ihr Zugang bei Passerelle
entrance-mail-sign-up-text = Jemand, vermutlich Sie, hat mit dieser Adresse einen Zugang bei Passerelle angefordert.
entrance-mail-sign-up-do = Wählen Sie hier binnen 24 Stunden ein Passwort:
entrance-mail-sign-up-else = Wenn Sie es nicht waren, tun Sie nichts: Ohne diesen Link kann niemand mit Ihrer Adresse einen Zugang anlegen.
entrance-mail-known = Sie haben schon einen Zugang
entrance-mail-known-text = Jemand, vermutlich Sie, hat mit dieser Adresse einen Zugang bei Passerelle angefordert. Es gibt ihn schon.
entrance-mail-known-do = Melden Sie sich hier an:
entrance-mail-known-password = Passwort vergessen? Wählen Sie hier ein neues:
entrance-mail-known-else = Wenn Sie es nicht waren, tun Sie nichts.
entrance-mail-password = Ein neues Passwort
entrance-mail-password-text = Jemand, vermutlich Sie, hat ein neues Passwort angefordert. Der Link unten funktioniert einmal, binnen { $minutes ->
    [one] einer Minute
   *[other] { $minutes } Minuten
}.
entrance-mail-password-do = Wählen Sie hier ein neues Passwort:
entrance-mail-password-else = Wenn Sie es nicht waren, tun Sie nichts: Ihr Passwort bleibt, wie es ist.
entrance-mail-changed = Ihr Passwort wurde geändert
entrance-mail-changed-text = Das Passwort Ihres Zugangs bei Passerelle wurde soeben geändert, alle Sitzungen wurden abgemeldet.
entrance-mail-changed-else = Wenn Sie es nicht waren, wählen Sie sofort ein neues Passwort:
