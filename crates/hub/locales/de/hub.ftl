# Das Dashboard des Hubs.
save = Speichern
cancel = Abbrechen
search = Suchen
email = E-Mail-Adresse
password = Passwort
country = Land
street = Straße und Hausnummer
postal-code = Postleitzahl
city = Ort

nav-overview = Übersicht
nav-accounts = Konten
nav-transactions = Umsätze
nav-integrations = Integrationen
menu-organization = Organisation
menu-billing = Rechnungsdaten
menu-profile = Ihr Zugang

# Fehler in Formularen
field-missing = Diese Angabe wird benötigt.
field-too-long = Verwenden Sie höchstens { $limit } Zeichen.
field-too-short = Verwenden Sie mindestens { $limit } Zeichen.
field-not-an-email = Das ist keine E-Mail-Adresse: Schreiben Sie sie wie name@example.com.
field-not-a-country = Wählen Sie ein Land.
field-password-is-email = Verwenden Sie etwas anderes als Ihre E-Mail-Adresse.
field-vat-form = Das ist keine Umsatzsteuer-ID: Schreiben Sie sie wie { $example }.
field-vat-check-digits = Die Prüfziffern dieser Umsatzsteuer-ID stimmen nicht: Ein Zeichen wurde falsch eingegeben.
field-not-a-kind = Wählen Sie geschäftlich oder privat.

# Eingang
sign-up-title = Legen Sie Ihren Zugang an
sign-up-lead = Alle Ihre Bankkonten an einem Ort, und Ihre Buchhaltungssoftware liest genau die Konten, die Sie auswählen.
sign-up-do = Registrieren
sign-up-have-login = Sie haben schon einen Zugang?
sign-up-password-hint = Mindestens 10 Zeichen. Ein Satz ist leichter zu merken und schwerer zu erraten.
log-in-title = Willkommen zurück
log-in-do = Anmelden
log-in-no-login = Noch kein Zugang?
log-in-refused = Die E-Mail-Adresse oder das Passwort ist nicht richtig.
log-in-too-many = { $minutes ->
    [one] Zu viele Versuche sind fehlgeschlagen. Versuchen Sie es in einer Minute noch einmal.
   *[other] Zu viele Versuche sind fehlgeschlagen. Versuchen Sie es in { $minutes } Minuten noch einmal.
}
log-out-done = Sie sind abgemeldet.

# Organisation und Rechnung
organization-new-title = Ihre Organisation
organization-new-lead = Wem die Bankkonten gehören, die Sie verbinden werden.
organization-create = Organisation anlegen
organization-title = Organisation
organization-lead = Wem die Konten gehören.
organization-saved = Die Organisation ist gespeichert.
organization-name = Name
organization-kind = Wem gehören die Konten?
organization-business = Einem Unternehmen, einem Verein oder einem Selbstständigen
organization-personal = Einer Privatperson
organization-vat = Umsatzsteuer-ID
organization-vat-hint = Mit oder ohne Länderkennung davor; Leerzeichen und Punkte spielen keine Rolle.
organizations-yours = Ihre Organisationen
organization-another = Weitere hinzufügen
organization-at-work = Hier arbeiten Sie
organization-switch = Hier arbeiten
billing-title = Rechnungsdaten
billing-lead = Wohin die Rechnung geht. Das wird benötigt, bevor eine Bank verbunden wird und bevor Software ein Konto liest. Für Auszugsdateien wird es nicht benötigt.
billing-price = { $price } im Monat für jedes Konto in jeder Integration, tagesgenau gerechnet. Ein Konto, das keine Software liest, kostet nichts.
billing-name = Name auf der Rechnung
billing-email = E-Mail-Adresse für Rechnungen
billing-email-hint = Rechnungen gehen einmal im Monat an diese Adresse.
billing-saved = Die Rechnungsdaten sind gespeichert.

# Zugang
profile-title = Ihr Zugang
profile-password-title = Ihr Passwort ändern
profile-present = Aktuelles Passwort
profile-new = Neues Passwort
profile-password-do = Passwort ändern
profile-password-changed = Ihr Passwort ist geändert. Alle anderen Sitzungen wurden abgemeldet.
profile-present-wrong = Ihr aktuelles Passwort ist nicht richtig.
profile-everywhere-title = Überall abmelden
profile-everywhere-lead = Beendet alle Ihre Sitzungen auf allen Geräten, auch diese.
profile-everywhere-do = Überall abmelden
profile-logged-out = { $count ->
    [one] Eine Sitzung wurde beendet. Melden Sie sich wieder an, um fortzufahren.
   *[other] { $count } Sitzungen wurden beendet. Melden Sie sich wieder an, um fortzufahren.
}

# Übersicht
overview-lead = Was bei Ihren Banken liegt und was Ihre Software lesen darf.
overview-total = Saldo in { $currency }
overview-total-note = Nach dem letzten Abschluss Ihrer Banken
overview-proven = Bewiesene Konten
overview-proven-note = Die Salden der Bank selbst bestätigen jede Bewegung.
overview-integrations = Wer was liest
overview-all-accounts = Alle Konten
overview-newest = Neueste Umsätze
overview-look = Ansehen
overview-billing = Bevor ein Konto hinzugefügt werden kann, müssen wir wissen, wohin Rechnungen gehen.
overview-expired = Die Zustimmung für { $account } ist abgelaufen. Die Historie bleibt lesbar; erneuern Sie die Zustimmung, um Neues zu erhalten.
overview-broken = Bei { $account } stimmen die Bewegungen und die Salden der Bank nicht überein.
overview-ending = Die Zustimmung für { $account } läuft bald ab.

# Ein Konto hinzufügen
link-step-bank = Bank
link-step-consent = Zustimmung
link-step-accounts = Konten
link-step-fetch = Erster Abruf
link-title = Welche Bank?
link-lead = Wählen Sie die Bank des Kontos. Sie bestätigen bei der Bank selbst; Ihr Passwort dort sehen wir nie.
link-search = Name oder BIC
link-all-countries = Alle Länder
link-none-title = Keine Bank gefunden
link-none = Prüfen Sie die Schreibweise oder suchen Sie in allen Ländern.
link-iban-mistyped = Die Prüfziffern dieser Kontonummer passen nicht: Ein Zeichen ist falsch getippt.
link-iban-length = Diese Kontonummer ist für ihr Land zu kurz oder zu lang.
link-show-all = Alle Banken anzeigen
link-other-bank = Andere Bank
consent-title = { $bank } verbinden
consent-beta = { $bank } ist in der Beta-Phase: Die Verbindung funktioniert, hat aber noch wenige Nutzer. Prüfen Sie die ersten Kontoauszüge sorgfältig. Fehlt ein Konto, sagen Sie es uns und versuchen Sie es später noch einmal.
consent-experimental = Die Verbindung zu { $bank } ist experimentell: Nur wir haben sie ausprobiert. Verlassen Sie sich noch nicht darauf.
consent-maintenance = { $bank } wird gerade repariert. Was früher abgerufen wurde, bleibt lesbar; ein neues Konto können Sie danach hinzufügen.
consent-deprecated = Diese Verbindung zu { $bank } wurde durch eine andere ersetzt. Wählen Sie die neue in der Liste.
consent-what = Was
consent-what-text = Die Namen, Salden und Umsätze der Konten, die Sie bei der Bank auswählen.
consent-why = Wozu
consent-why-text = Um sie hier für Sie aufzubewahren und an die Software weiterzugeben, die Sie zulassen, Konto für Konto.
consent-how-long = Wie lange
consent-how-long-text = Bis zu { $days } Tage; die Bank kann die Zustimmung früher beenden. Wir erinnern Sie rechtzeitig, und das Erneuern dauert eine Minute.
consent-not = Was nicht
consent-not-text = Wir können nichts bezahlen, überweisen oder ändern, und wir sehen nie Ihr Bankpasswort.
consent-end = Wie Sie es beenden
consent-end-text = Trennen Sie das Konto hier jederzeit, oder widerrufen Sie die Zustimmung bei Ihrer Bank. Das Trennen löscht die Historie des Kontos hier.
consent-agree = Ich stimme zu, weiter zu { $bank }
consent-not-now = Derzeit nicht möglich
attempt-title = Warten auf Ihre Bank
attempt-lead = Schließen Sie den Vorgang bei Ihrer Bank ab, im anderen Fenster, falls sich eines geöffnet hat. Diese Seite bemerkt es von selbst.
attempt-waiting = Die Bank hat noch nicht bestätigt
attempt-done = Die Bank hat geantwortet.
attempt-i-am-done = Ich bin fertig
attempt-back-to-bank = Zurück zur Bank
attempt-refused-title = Die Zustimmung wurde nicht erteilt
attempt-refused = Sie wurde verweigert oder dauerte bei der Bank zu lange. Nichts wurde verbunden und nichts ist verloren; Sie können es noch einmal versuchen.
attempt-again = Noch einmal versuchen
attempt-nothing-title = Die Bank hat kein Konto genannt
attempt-nothing = Die Zustimmung liegt vor, aber bei der Bank wurde kein Konto angekreuzt, oder keines, das lesbar ist. Versuchen Sie es noch einmal und kreuzen Sie mindestens eines an.
choose-title = Welche Konten?
choose-lead = Diese lässt die Bank zu. Nehmen Sie die Konten, die Sie hier sehen wollen.
choose-renewed = { $count ->
    [one] Ein Konto läuft unter der neuen Zustimmung weiter.
   *[other] { $count } Konten laufen unter der neuen Zustimmung weiter.
}
choose-effect = Wenn Sie ein Konto verbinden, erlauben Sie uns, seine Salden und Umsätze zu lesen.
choose-do = Konten verbinden
choose-later = Nicht jetzt
choose-none = Kreuzen Sie mindestens ein Konto an, oder wählen Sie „Nicht jetzt“.
progress-title = Ihre Umsätze werden abgerufen
progress-lead = Das erste Mal dauert am längsten. Sie können diese Seite verlassen; es geht ohne Sie weiter.
progress-continue = Weiter
progress-accounts = Zu den Konten

# Synchronisierung
sync-waiting = Wartet auf Ausführung
sync-running = { $count ->
    [0] Die Bank wird gefragt
    [one] Bisher ein Umsatz gelesen
   *[other] Bisher { $count } Umsätze gelesen
}
sync-done = Fertig
sync-brought = { $count ->
    [0] Nichts Neues.
    [one] Ein neuer Umsatz.
   *[other] { $count } neue Umsätze.
}
sync-failed = Fehlgeschlagen
sync-failed-unknown = Es ist aus einem unbekannten Grund fehlgeschlagen. Versuchen Sie es noch einmal.
sync-failed-expired = Die Zustimmung bei der Bank ist abgelaufen. Erneuern Sie sie; die Historie bleibt lesbar.
sync-failed-consent = Die Bank akzeptiert die Zustimmung nicht mehr. Erneuern Sie sie; die Historie bleibt lesbar.
sync-failed-later = Die Bank kann gerade nicht antworten. Nichts ist verloren; der nächste Versuch ist geplant.
sync-failed-refused = Die Bank hat die Anfrage abgelehnt. Versuchen Sie es noch einmal; geschieht es wieder, sagen Sie es uns.
sync-failed-unreadable = Die Antwort der Bank war unlesbar, und nichts davon wurde verwendet. Der nächste Versuch ist geplant.
sync-too-soon = Dieses Konto wurde gerade erst synchronisiert. Das nächste Mal ist ab { $next } möglich.
sync-quota = Die Bank erlaubt vier Abrufe am Tag ohne Sie. Der nächste ist ab { $next } möglich.

# Konten
accounts-lead = { $count ->
    [one] Ein Konto
   *[other] { $count } Konten
}
accounts-none-title = Noch kein Konto
accounts-none = Verbinden Sie ein Bankkonto, und seine Umsätze erscheinen hier, so weit zurück, wie die Bank sie liefert.
accounts-total = Zusammen { $sum }
accounts-total-without = Zusammen { $sum }, { $untold ->
    [one] ohne ein Konto, zu dem die Bank keinen Saldo nannte
   *[other] ohne { $untold } Konten, zu denen die Banken keinen Saldo nannten
}
account-add = Konto hinzufügen
account-add-first = Ihr erstes Konto hinzufügen
account-add-another = Weiteres Konto hinzufügen
account-never-synchronized = noch nicht
account-expired = Zustimmung abgelaufen
account-ended-early = Vorzeitig beendet
account-expires-in = { $days ->
    [0] läuft heute ab
    [one] läuft morgen ab
   *[other] läuft in { $days } Tagen ab
}
account-days-left = noch { $days } Tage
account-no-balance = nicht genannt
account-renew = Zustimmung erneuern
account-synchronize = Jetzt synchronisieren
account-expired-title = Die Zustimmung bei der Bank ist abgelaufen.
account-expired-do = Was abgerufen wurde, bleibt lesbar. Erneuern Sie die Zustimmung, um abzurufen, was seither dazukam.
account-expires-soon = { $days ->
    [0] Die Zustimmung bei der Bank läuft heute ab. Erneuern Sie sie jetzt, dann fehlt nichts.
    [one] Die Zustimmung bei der Bank läuft morgen ab. Erneuern Sie sie jetzt, dann fehlt nichts.
   *[other] Die Zustimmung bei der Bank läuft in { $days } Tagen ab. Erneuern Sie sie jetzt, dann fehlt nichts.
}
account-next-allowed = wieder möglich ab
account-next-by-itself = nächstes Mal automatisch:
account-count = gebucht, in unserer Historie
account-chart = Endsaldo
account-chart-told = wie von der Bank genannt
account-pending = Vorgemerkt
account-pending-what = Von der Bank angekündigt, nicht gebucht: Vorgemerkte Umsätze können sich ändern oder verschwinden und kommen nie in die Buchhaltung.
account-search = Suchen
account-no-transactions = Noch keine Umsätze.
account-defects = Mängel
account-defects-what = Was die Bank gesendet hat und nicht zu verstehen war. Nichts davon wurde verworfen.
account-facts = Über dieses Konto
account-reference = Kontonummer
account-currency = Währung
account-holder = Kontoinhaber
account-product = Produkt
account-linked = Verbunden
account-opening = Anfangssaldo
account-unlink = Trennen
unlink-title = { $account } trennen?
unlink-erases = { $count ->
    [one] Der einzige Umsatz des Kontos wird hier gelöscht, und das lässt sich nicht rückgängig machen.
   *[other] Die { $count } Umsätze des Kontos werden hier gelöscht, und das lässt sich nicht rückgängig machen.
}
unlink-software = Software, die dieses Konto liest, erhält nichts mehr. Wenn Sie es wieder verbinden, kommt nur zurück, was die Bank noch liefert.
unlink-sure = Ich will dieses Konto trennen und seine Historie hier löschen
unlink-tick = Kreuzen Sie dieses Kästchen an, um fortzufahren.
unlink-done = { $account } ist getrennt.

# Umsätze
column-date = Datum
column-counterparty = Gegenpartei
column-purpose = Verwendungszweck
column-account = Konto
column-amount = Betrag
column-balance = Saldo
column-proof = Nachweis
column-synchronized = Synchronisiert
column-permission = Zustimmung bis
column-transactions = Umsätze
transactions-lead = Über alle Konten, das neueste Buchungsdatum zuerst.
transactions-search = Name, Verwendungszweck, Konto oder Betrag
transactions-from = Von
transactions-to = Bis
transactions-all = Alle Umsätze
transactions-all-accounts = Alle Konten
transactions-none-title = Nichts gefunden
transactions-none = Kein Umsatz passt. Versuchen Sie es mit weniger Wörtern oder einem längeren Zeitraum.
transaction-without-words = Bewegung ohne Text
transaction-counterparty = Gegenpartei
transaction-account = Konto
transaction-bic = BIC
transaction-structured = Strukturierte Mitteilung
transaction-communication = Verwendungszweck
transaction-value-date = Wertstellung
transaction-end-to-end = Ende-zu-Ende-Referenz
transaction-mandate = Mandat
transaction-creditor = Gläubiger-Identifikationsnummer
transaction-original = Ursprünglicher Betrag
transaction-rate = Wechselkurs
transaction-fee = Enthaltene Entgelte
transaction-card = Karte
transaction-information = Information der Bank
transaction-code = Geschäftsvorfallcode
transaction-balance-after = Saldo danach
transaction-bank-id = Referenz der Bank
transaction-seen = Zuerst gesehen
transaction-id = Kennung

# Integrationen
integrations-lead = Software, die Ihre Konten lesen darf, und welche Konten.
integrations-none-title = Keine Software liest Ihre Konten
integrations-none = Stellen Sie die Verbindung in Ihrer Buchhaltungssoftware her, oder legen Sie für eigene Software eine eigene Integration an. Jede liest nur die Konten, die Sie ankreuzen.
integration-new = Neue Integration
integration-new-title = Neue eigene Integration
integration-new-lead = Für Ihre eigene Software, mit einer Client-ID und einem geheimen Schlüssel.
integration-name = Name
integration-name-hint = Damit Sie sie später wiedererkennen, zum Beispiel der Name der Software.
integration-name-wrong = Geben Sie ihr einen Namen mit 1 bis 80 Zeichen.
integration-create = Integration anlegen
integration-may-read = Konten, die sie lesen darf
integration-no-accounts = Es gibt noch kein Konto. Sie können hier später Konten ankreuzen.
integration-custom = Eigene Integration
integration-certified = Verbundene Software
integration-accounts = { $count ->
    [0] Kein Konto
    [one] Ein Konto
   *[other] { $count } Konten
}
integration-cost = { $price } im Monat
integration-credentials = Zugangsdaten
integration-base-url = Adresse
integration-client-id = Client-ID
integration-secret = Geheimer Schlüssel
integration-secret-once = Kopieren Sie den Schlüssel jetzt: Er wird nur dieses eine Mal gezeigt. Geht er verloren, erstellen Sie einen neuen.
integration-secret-hidden = Der Schlüssel wurde bei der Erstellung gezeigt und wird hier nicht lesbar aufbewahrt.
integration-secret-renew = Neuen Schlüssel erstellen
integration-secret-renewed = Der neue Schlüssel gilt ab jetzt. Der vorige funktioniert bis { $until }.
integration-changed = Gespeichert: { $added } hinzugefügt, { $removed } entfernt.
webhook-title = Meldungen an die Software
webhook-lead = Die Software kann sofort benachrichtigt werden, wenn etwas geschieht, zum Beispiel bei neuen Umsätzen.
webhook-open = Adresse und Protokoll
webhook-address = Adresse
webhook-address-hint = Eine Adresse Ihrer Software, die mit https:// beginnt. Lassen Sie sie leer, um nichts zu senden.
webhook-address-wrong = Die Adresse muss mit https:// beginnen (http:// funktioniert nur auf diesem Computer).
webhook-address-none = Keine
webhook-address-theirs = Der Hersteller der Software legt diese Adresse fest.
webhook-saved = Die Adresse ist gespeichert.
webhook-log = Was gesendet wurde
webhook-log-none-title = Es wurde noch nichts gesendet
webhook-log-none = Jede Meldung erscheint hier mit der Antwort der Software.
webhook-log-kept = Die letzten 50 werden gezeigt. Eine Meldung wird drei Tage lang versucht und 30 Tage aufbewahrt.
webhook-waiting = Wartet
webhook-delivered = Zugestellt
webhook-given-up = Aufgegeben
webhook-attempts = { $count ->
    [0] noch nicht gesendet
    [one] einmal gesendet
   *[other] { $count }-mal gesendet
}
webhook-answered = Die Software hat mit { $status } geantwortet.
webhook-next = Nächster Versuch:
webhook-again = Erneut senden
webhook-sending = Die Meldung wird erneut gesendet.
integration-end-title = Diese Integration beenden
integration-end-lead = Die Software kann von da an nichts mehr lesen. Ihre Konten und deren Historie bleiben hier.
integration-since = Verbunden seit
integration-revoke = Integration beenden
revoke-title = { $application } beenden?
revoke-means = { $application } kann ab sofort nichts mehr lesen. Um die Verbindung wiederherzustellen, beginnen Sie in der Software.
revoke-keeps = Ihre Konten und deren Historie bleiben hier, und andere Software ist nicht betroffen.
revoke-done = Die Integration ist beendet.

# Die Seite, auf der Software zugelassen wird
oauth-title = { $application } möchte Ihre Konten lesen
oauth-lead = Sie sind angemeldet als { $email }. Danach kehren Sie zu { $host } zurück.
oauth-since = Sie hat Zugriff seit:
oauth-organization = Organisation
oauth-nothing-ticked = Kreuzen Sie mindestens ein Konto an, oder lehnen Sie ab.
oauth-lost = Wenn Sie fortfahren, kann { $application } diese Konten nicht mehr lesen:
oauth-lost-sure = Ja, diese Konten wegnehmen
oauth-may = Die Software darf
oauth-scope-accounts = Salden und Umsätze der Konten lesen, die Sie ankreuzen
oauth-scope-name = den Namen Ihrer Organisation lesen
oauth-scope-offline = das weiterhin tun, bis Sie es beenden
oauth-may-not = Sie kann nicht zahlen und sieht kein anderes Konto.
oauth-accounts = Konten
oauth-no-accounts = Es gibt noch kein Konto. Fügen Sie eines hinzu, dann kommen Sie hierher zurück.
oauth-already = Bereits zugelassen
oauth-price = { $price } im Monat für jedes angekreuzte Konto.
oauth-allow = Zulassen
oauth-refuse = Ablehnen
oauth-stale = Diese Anfrage ist nicht mehr gültig: Sie wurde bereits beantwortet, oder sie ist zu alt.
oauth-not-your-organization = Sie arbeiten nicht für diese Organisation.
oauth-unknown-client = Die Software, die Sie hierher geschickt hat, ist diesem Hub nicht bekannt. Prüfen Sie ihre Einstellungen.
oauth-unknown-address = Die Rücksprungadresse ist für diese Software nicht registriert. Der Hersteller muss sie berichtigen.
oauth-failed = Im Hub ist ein Fehler aufgetreten. Es wurde nichts geändert.
oauth-trouble-do = Gehen Sie zur Software zurück und stellen Sie die Verbindung neu her.

# Banken, die nicht antworten
bank-later = Die Bank kann gerade nicht antworten. Es wurde nichts geändert.
bank-later-do = Versuchen Sie es in einigen Minuten noch einmal.
bank-consent = Die Bank verlangt eine neue Zustimmung.
bank-consent-do = Beginnen Sie noch einmal in der Liste der Banken.
bank-refused = Die Bank hat die Anfrage abgelehnt. Es wurde nichts geändert.
bank-refused-do = Versuchen Sie es noch einmal; geschieht es wieder, nennen Sie uns die Referenz.
bank-broken = Die Antwort der Bank war nicht zu verstehen. Es wurde nichts geändert.
bank-broken-do = Versuchen Sie es in einigen Minuten noch einmal; bleibt es so, nennen Sie uns die Referenz.

# Länder
country-at = Österreich
country-be = Belgien
country-bg = Bulgarien
country-ch = Schweiz
country-cy = Zypern
country-cz = Tschechien
country-de = Deutschland
country-dk = Dänemark
country-ee = Estland
country-es = Spanien
country-fi = Finnland
country-fr = Frankreich
country-gb = Vereinigtes Königreich
country-gr = Griechenland
country-hr = Kroatien
country-hu = Ungarn
country-ie = Irland
country-is = Island
country-it = Italien
country-li = Liechtenstein
country-lt = Litauen
country-lu = Luxemburg
country-lv = Lettland
country-mt = Malta
country-nl = Niederlande
country-no = Norwegen
country-pl = Polen
country-pt = Portugal
country-ro = Rumänien
country-se = Schweden
country-si = Slowenien
country-sk = Slowakei
