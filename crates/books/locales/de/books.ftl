# Die Buchhaltung, auf Deutsch.

## Rahmen
books-nav-journals = Journale
books-nav-connections = Verbindungen
books-nav-banks = Banken
books-nav-companies = Unternehmen

## Hereinkommen
books-sign-up = Eröffnen Sie Ihre Buchhaltung
books-sign-up-lead = Ein Zugang für Sie, ein Unternehmen für den Anfang. Weitere Unternehmen können Sie später hinzufügen.
books-sign-up-do = Buchhaltung eröffnen
books-sign-up-instead = Noch kein Zugang? Eröffnen Sie Ihre Buchhaltung
books-log-in = Anmelden
books-log-in-lead = Ihre Journale warten.
books-log-in-do = Anmelden
books-log-in-instead = Sie haben einen Zugang? Melden Sie sich an
books-log-in-wrong = Diese E-Mail-Adresse und dieses Passwort gehören nicht zusammen. Prüfen Sie beide und versuchen Sie es noch einmal.
books-log-in-wait = Zu viele Fehlversuche für diese E-Mail-Adresse. Warten Sie eine Viertelstunde und versuchen Sie es dann noch einmal.
books-company = Unternehmen
books-company-missing = Geben Sie den Namen des Unternehmens ein.
books-company-long = Schreiben Sie einen kürzeren Namen: höchstens 100 Zeichen.
books-email = E-Mail-Adresse
books-email-wrong = Geben Sie eine vollständige E-Mail-Adresse ein, zum Beispiel claire@example.org.
books-email-taken = Mit dieser Adresse gibt es bereits einen Zugang. Melden Sie sich stattdessen an.
books-password = Passwort
books-password-hint = Mindestens 10 Zeichen. Ein Satz ist ein gutes Passwort.
books-password-short = Verwenden Sie mindestens 10 Zeichen.

## Unternehmen
books-companies = Unternehmen
books-companies-lead = Jedes Unternehmen hat seine eigenen Verbindungen und Journale; niemand sieht die eines anderen.
books-company-here = Gerade aktiv
books-company-turn = Für dieses Unternehmen arbeiten
books-company-add = Ein Unternehmen hinzufügen
books-company-add-do = Unternehmen hinzufügen
books-company-turned = Sie arbeiten jetzt für { $company }.

## Journale
books-journals = Journale
books-journals-lead = Jedes Bankkonto mit seinem Saldo und seinem Nachweis.
books-journals-empty = Noch kein Journal
books-journals-empty-lead = Verbinden Sie eine Bank, und jedes ihrer Konten erhält ein Journal, das sich selbst füllt.
books-add-bank = Bank hinzufügen
books-no-balance = Kein Saldo genannt
books-line-count = { $count ->
    [one] Eine Zeile
   *[other] { $count } Zeilen
}
books-to-review = { $count ->
    [one] Eine Zeile zu prüfen
   *[other] { $count } Zeilen zu prüfen
}
books-as-of = Bankdaten: { $ago }
books-never-synchronized = noch nicht bei der Bank gelesen
books-not-fed = Kein Konto speist dieses Journal.
books-unfinished = Sie haben begonnen, { $bank } zu verbinden, und sind von dort nicht zurückgekommen. Nichts ist verloren.
books-unfinished-go-on = Fortfahren
books-unfinished-discard = Verwerfen
books-discarded = Die unfertige Verbindung ist verworfen. Sonst hat sich nichts geändert.
books-to-link = { $count ->
    [one] Ein Konto bei { $bank } ist freigegeben und hat noch kein Journal.
   *[other] { $count } Konten bei { $bank } sind freigegeben und haben noch kein Journal.
}
books-to-link-do = Einem Journal zuordnen
books-lost = Das Konto { $account } ist nicht mehr freigegeben. Seine Zeilen bleiben; neue kommen nicht hinzu.
books-lost-do = Ansehen, was zu tun ist

## Ein Journal
books-defects = { $count ->
    [one] Ein Datensatz des Anbieters war unlesbar. Er wird hier aufbewahrt; alle anderen wurden importiert.
   *[other] { $count } Datensätze des Anbieters waren unlesbar. Sie werden hier aufbewahrt; alle anderen wurden importiert.
}
books-statements = Kontoauszüge
books-statements-empty = Noch kein Kontoauszug: Der erste Import legt ihn an.
books-month = Zeitraum
books-opening = Anfangssaldo
books-closing = Endsaldo
books-total = Summe der Zeilen
books-proof = Nachweis
books-by-bank = laut Bank
books-not-told = Nicht genannt
books-pending = Vorgemerkt
books-pending-lead = Von der Bank angekündigt, nur zur Information. Vorgemerkte Umsätze sind nicht in der Buchhaltung.
books-lines = Zeilen
books-lines-empty = Keine Zeilen hier.
books-search = Name, Text, Nummer suchen
books-search-do = Suchen
books-from = Von
books-to = Bis
books-date = Datum
books-partner = Gegenpartei
books-label = Buchungstext
books-amount = Betrag
books-line-review = Zu prüfen
books-line-removed = Zurückgenommen
books-line-review-why = Der Anbieter nennt für diese Zeile jetzt ein anderes Datum oder einen anderen Betrag. Die Zeile wurde nicht geändert: Vergleichen Sie sie mit Ihrer Bank.
books-line-removed-why = Die Bank hat diese Bewegung zurückgenommen. Die Zeile bleibt erhalten und zählt nicht mehr.
books-value-date = Wertstellung
books-structured = Strukturierte Mitteilung
books-end-to-end = Ende-zu-Ende-Referenz
books-remote-id = Kennung beim Anbieter
books-partner-account = Konto der Gegenpartei
books-raw = Wie vom Anbieter gesendet
books-unlinked = Das Konto speist dieses Journal nicht mehr. Die Zeilen bleiben.

## Banken
books-banks = Bank hinzufügen
books-banks-lead = Suchen Sie Ihre Bank. Sie sehen, wer sie erreicht und in welchem Zustand, bevor etwas verbunden wird.
books-bank-name = Name der Bank
books-country = Land
books-every-country = Alle Länder
books-banks-none = Keine Bank gefunden
books-banks-none-lead = Versuchen Sie es mit einem kürzeren Teil des Namens oder einem anderen Land. Eine Bank, die niemand erreicht, kann immer noch über Dateien mit Kontoauszügen hereinkommen.
books-banks-more = { $count ->
    [one] Eine weitere Bank passt: Schreiben Sie mehr vom Namen.
   *[other] { $count } weitere Banken passen: Schreiben Sie mehr vom Namen.
}
books-by-provider = über { $provider }
books-consent-days = Zustimmung für { $days } Tage
books-history-days = { $days } Tage Historie

## Verbinden
books-connect = { $bank } verbinden
books-connect-lead = Sie gehen zu { $provider }, wählen dort Ihre Konten und kommen zurück.
books-connect-do = Weiter zu { $provider }
books-cancel = Abbrechen
books-provider = Anbieter
books-state = Zustand
books-consent = Zustimmung
books-history = Historie
books-beta = Diese Bank ist in der Beta-Phase: Die Verbindung funktioniert und wird noch beobachtet. Wenn etwas schiefgeht, wenden Sie sich direkt an { $provider }; dort kann man Ihnen mit dieser Bank helfen.
books-maintenance = Diese Bank wird bei { $provider } gerade gewartet. Das Verbinden kann fehlschlagen; versuchen Sie es später noch einmal.
books-deprecated = { $provider } ersetzt diese Verbindung durch eine neuere. Wählen Sie die neuere, wenn Sie sie in der Liste finden.
books-authorise-all = Geben Sie alle Konten frei, die synchronisiert werden sollen, auch die bei anderen Banken.
books-authorise-all-why = Der Anbieter führt eine einzige Liste für Sie. Ein Konto, das dort nicht angekreuzt ist, fällt aus der Liste, gleich zu welcher Bank es gehört. Wieder hier, sehen Sie die Konten der gewählten Bank und daneben die anderen.
books-keep-ticked = Lassen Sie diese angekreuzt, sonst werden sie nicht mehr synchronisiert:
books-step-bank = Bank
books-step-authorise = Freigeben
books-step-link = Journale
books-step-import = Importieren
books-return-unknown = Diese Rückkehr gehört zu nichts, das hier begonnen wurde
books-return-unknown-why = Sie wurde für ein anderes Unternehmen, von jemand anderem oder vor langer Zeit begonnen. Es wurde nichts geändert. Wählen Sie Ihre Bank und beginnen Sie noch einmal.
books-return-refused = Es wurde nichts freigegeben
books-return-refused-why = Sie sind von { $bank } ohne Freigabe zurückgekommen ({ $detail }). Es wurde nichts geändert. Sie können es jederzeit noch einmal versuchen.
books-try-again = Noch einmal versuchen

## Zuordnen
books-link = Konten bei { $bank }
books-link-lead = Wählen Sie das Journal, das jedes Konto speist. Für ein Konto ohne Journal wird nichts importiert.
books-other-banks = Bei anderen Banken
books-authorised-chosen = { $count ->
    [one] Ein Konto von { $bank }, der gewählten Bank
   *[other] { $count } Konten von { $bank }, der gewählten Bank
}
books-authorised-from = { $count ->
    [one] eines von { $bank }
   *[other] { $count } von { $bank }
}
books-authorised-nothing = Es erscheint kein Konto, weil keines freigegeben wurde. Gehen Sie zurück zum Anbieter, fügen Sie dort Ihre Konten hinzu und kreuzen Sie sie an.
books-authorised-elsewhere = Stattdessen wurden Konten anderer Banken freigegeben. Ordnen Sie diese zu, geben Sie noch einmal frei oder wählen Sie eine andere Bank.
books-authorise-again = Noch einmal freigeben
books-choose-again = Eine andere Bank wählen
books-losses = { $count ->
    [one] Ein Konto ist nicht mehr freigegeben:
   *[other] { $count } Konten sind nicht mehr freigegeben:
}
books-losses-what = Die Zeilen bleiben in der Buchhaltung, aber Neues kommt nicht hinzu. Geben Sie noch einmal frei und kreuzen Sie diese Konten an, um sie zurückzubekommen, oder bestätigen Sie, dass Sie darauf verzichten.
books-losses-confirm = Darauf verzichten
books-losses-confirmed = Notiert. Sie können diese Konten jederzeit wieder freigeben.
books-compared = Verglichen mit der vorigen Freigabe: { $what }.
books-compared-kept = { $count ->
    [one] ein Konto wie zuvor
   *[other] { $count } Konten wie zuvor
}
books-compared-added = { $count ->
    [one] eines neu
   *[other] { $count } neu
}
books-compared-recognised = { $count ->
    [one] eines unter neuer Kennung wiedererkannt
   *[other] { $count } unter neuer Kennung wiedererkannt
}
books-compared-lost = { $count ->
    [one] eines nicht mehr da
   *[other] { $count } nicht mehr da
}
books-linked = Zugeordnet
books-link-to = Journal
books-link-new = Neues Journal
books-link-later = Nicht jetzt
books-link-do = Zuordnen und importieren
books-link-skip = Später
books-refused-no-account = Eines der Konten ist nicht mehr freigegeben. Nichts wurde zugeordnet; die Seite zeigt jetzt, was da ist.
books-refused-no-journal = Eines der Journale gibt es nicht mehr. Nichts wurde zugeordnet; die Seite zeigt jetzt, was da ist.
books-refused-currency = Das Konto { $account } lautet auf { $currency }, das Journal { $journal } auf { $other }. Ein Konto kann nur ein Journal in seiner eigenen Währung speisen. Nichts wurde zugeordnet.
books-refused-account-taken = Das Konto { $account } speist bereits das Journal { $journal }. Nichts wurde zugeordnet.
books-refused-journal-taken = Das Journal { $journal } wird bereits von einem anderen Konto gespeist. Nichts wurde zugeordnet.

## Verbindungen
books-connections = Verbindungen
books-connections-lead = Was Ihre Journale speist und wie es darum steht.
books-connections-empty = Noch keine Verbindung
books-connections-empty-lead = Eine Verbindung bringt die Bewegungen einer Bank von selbst in Ihre Journale.
books-fetch-accounts = Konten abrufen
books-update-credentials = Zugang erneuern
books-import-now = Jetzt synchronisieren
books-accounts = Konten
books-no-accounts = Kein Konto dieser Bank ist freigegeben.
books-no-accounts-do = Ansehen, was freigegeben wurde
books-next-allowed = wieder möglich ab
books-access-lost = Nicht mehr freigegeben
books-consent-left = { $days ->
    [0] Zustimmung läuft heute ab
    [one] Zustimmung noch einen Tag
   *[other] Zustimmung noch { $days } Tage
}
books-consent-ended = Zustimmung abgelaufen
books-schedule = Automatische Synchronisierung
books-automatic-on = Ein. Nächstes Mal:
books-automatic-off = Aus. Es kommt nichts, ohne dass Sie es verlangen.
books-nothing-linked = Noch kein Konto dieser Verbindung speist ein Journal. Ordnen Sie zuerst eines zu.

## Importe
books-imports = Importe
books-begun = Begonnen
books-asked-by = Auslöser
books-asked-by-person = Person
books-asked-by-schedule = Zeitplan
books-new = Neu
books-updated = Berichtigt
books-removed = Zurückgenommen
books-outcome = Ergebnis
books-running = Läuft
books-import-ended = Import beendet
books-stage-waiting = Wartet auf Ausführung
books-stage-asked = Der Anbieter fragt die Bank
books-stage-pulling = Die Bewegungen werden gelesen
books-stage-done = Fertig
books-stage-failed = Fehlgeschlagen
books-lines-new = { $count ->
    [one] eine neue Zeile
   *[other] { $count } neue Zeilen
}
books-lines-updated = { $count ->
    [one] eine berichtigt
   *[other] { $count } berichtigt
}
books-lines-removed = { $count ->
    [one] eine zurückgenommen
   *[other] { $count } zurückgenommen
}
books-accounts-failed = { $count ->
    [one] Ein Konto konnte nicht synchronisiert werden
   *[other] { $count } Konten konnten nicht synchronisiert werden
}

## Störungen
books-trouble-since = seit
books-trouble-reference = Referenz für den Kundendienst des Anbieters:
books-trouble-connect-again = Der Anbieter akzeptiert unseren Zugang nicht mehr.
books-trouble-connect-again-do = Verwenden Sie „Zugang erneuern“ und lassen Sie dort alle Ihre Konten angekreuzt. Nichts wird doppelt importiert.
books-trouble-unreachable = Der Anbieter ist nicht erreichbar.
books-trouble-wait = Der Anbieter bittet uns zu warten.
books-trouble-wait-do = Sie müssen nichts tun: Wir versuchen es von selbst noch einmal, und inzwischen geht nichts verloren.
books-trouble-slow = Die Bank hat noch nicht geantwortet.
books-trouble-slow-do = Was da war, wurde gelesen. Der Rest kommt mit der nächsten Synchronisierung.
books-trouble-contract = Der Anbieter hat auf eine Weise geantwortet, die wir nicht verstehen.
books-trouble-contract-do = Versuchen Sie es später noch einmal. Bleibt es so, geben Sie die Zeile unten an den Betreiber dieser Buchhaltung weiter.
books-trouble-provider-failed = Der Anbieter hat eine Störung.
books-trouble-provider-unknown = Der Anbieter steht nicht mehr in den Einstellungen dieser Buchhaltung.
books-trouble-operator-do = Verständigen Sie den Betreiber dieser Buchhaltung: Der Eintrag des Anbieters in den Einstellungen muss berichtigt werden.
books-trouble-credentials = Der Anbieter kennt diese Buchhaltung nicht.
books-trouble-authorization = Die Zustimmung bei der Bank ist abgelaufen oder wurde widerrufen.
books-trouble-authorization-do = Erneuern Sie sie mit „Zugang erneuern“. Die Bewegungen seither werden abgerufen, so weit zurück, wie die Bank es erlaubt.
books-trouble-quota = Die automatischen Abrufe bei der Bank sind für heute aufgebraucht.
books-trouble-quota-do = Morgen geht es von selbst weiter. „Jetzt synchronisieren“ fragt in Ihrem Namen und zählt nicht mit.
books-trouble-bank-down = Die Bank antwortet nicht.
books-trouble-bank-error = Die Bank hat eine Antwort gegeben, die ihren eigenen Regeln widerspricht.
books-trouble-bank-error-do = Versuchen Sie es in einigen Stunden noch einmal. Bleibt es so, wenden Sie sich mit der Referenz an den Anbieter.
books-trouble-maintenance = Der Anbieter repariert die Verbindung zu dieser Bank.
books-trouble-blocked = Der Anbieter hat Ihre Organisation gesperrt.
books-trouble-blocked-do = Wenden Sie sich an den Anbieter: Meist liegt es an der Abrechnung.
books-trouble-account-gone = Das Konto ist für uns nicht mehr da.
books-trouble-account-gone-do = Verwenden Sie „Konten abrufen“ und kreuzen Sie es wieder an. Seine Zeilen bleiben hier.
books-trouble-other = Die Synchronisierung ist fehlgeschlagen.
books-trouble-other-do = Versuchen Sie es später noch einmal. Bleibt es so, wenden Sie sich mit der Zeile unten an den Anbieter.
