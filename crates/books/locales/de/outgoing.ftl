# Ausgehende Kontoauszugsdateien und Ziele neben Odoo, auf Deutsch.

outgoing-title-files = Kontoauszugsdateien
outgoing-title-sftp = Kontoauszugsdateien per SFTP
outgoing-format = Format
outgoing-format-camt053 = camt.053 (ISO 20022, XML)
outgoing-format-coda = CODA (Belgien)
outgoing-format-mt940 = MT940 (SWIFT)
outgoing-format-ofx = OFX 2.2
outgoing-format-csv = CSV
outgoing-every = Eine Datei je
outgoing-every-hint = Eine Datei, die die Salden der Bank nicht belegen, nimmt den nächsten Tag, die nächste Woche oder den nächsten Monat mit auf.
outgoing-every-day = Tag
outgoing-every-week = Woche
outgoing-every-month = Monat
outgoing-unproven = Unbelegte Dateien schreiben
outgoing-unproven-hint = Ihr Name sagt „unproven“. Sonst warten sie, bis die Bank einen Saldo nennt. Eine Datei, die nicht aufgeht, wird nie geschrieben.
outgoing-host = Server
outgoing-port = Port
outgoing-port-hint = 22, wenn nichts angegeben ist.
outgoing-login = Benutzername
outgoing-key = Privater Schlüssel
outgoing-key-hint = Von „-----BEGIN“ bis „-----END …-----“, ohne Passphrase. Am besten ein eigener für diesen Zweck.
outgoing-host-key = Schlüssel des Servers
outgoing-host-key-hint = Wie ssh-keyscan ihn zeigt: „ssh-ed25519 AAAA…“. Vergleichen Sie ihn mit dem, was der Betreiber des Servers sagt.
outgoing-directory = Ordner dort
outgoing-directory-hint = Buchstaben, Ziffern, Punkte, Striche und Schrägstriche. Leer ist es der Ort, an dem der Benutzer beginnt.
outgoing-token = Persönliches Zugangstoken
outgoing-token-hint = In Firefly III: Optionen, Profil, OAuth, Persönliche Zugangstoken.
outgoing-only-existing = Nur vorhandene Konten benutzen
outgoing-place-number = Nummer des Kontos dort
outgoing-files = Geschriebene Dateien
outgoing-lines =
    { $count ->
        [one] eine Zeile
       *[other] { $count } Zeilen
    }
outgoing-remove = Entfernen
outgoing-remove-what = Es gehen keine Zeilen mehr dorthin, und Einstellungen und Schlüssel werden vergessen. Was es erhalten hat, bleibt, wie es ist.
outgoing-remove-again = Wenn Sie es später wieder hinzufügen, erhält es, was inzwischen kam, und nichts doppelt: Diese Bücher merken sich, was es bestätigt hat.
outgoing-remove-not = Behalten
outgoing-remove-do = Ziel entfernen
outgoing-removed = Das Ziel wurde entfernt. Was es erhalten hat, bleibt dort.
outgoing-trouble-taken = Eine Datei dieses Namens ist schon da und enthält etwas anderes.
outgoing-trouble-taken-do = Sie wird nicht überschrieben. Verschieben Sie jene Datei oder wählen Sie einen anderen Ordner, und drücken Sie dann Erneut versuchen.
outgoing-trouble-settings = Eine Einstellung ist unbrauchbar.
outgoing-trouble-settings-do = Berichtigen Sie die Einstellung, die unten genannt ist.
outgoing-trouble-connection = Es kam keine Verbindung zum Server zustande.
outgoing-trouble-connection-do = Prüfen Sie Server, Port, Benutzername, privaten Schlüssel und den Schlüssel des Servers. Es wird von selbst erneut versucht.
outgoing-trouble-refused = Der Server hat eine Datei abgelehnt.
outgoing-trouble-refused-do = Prüfen Sie, ob der Ordner da ist und der Benutzer dort schreiben darf. Es wird von selbst erneut versucht.
outgoing-trouble-missing = Das Programm sftp ist nicht installiert.
outgoing-trouble-missing-do = Bitten Sie den Betreiber, den Client von OpenSSH zu installieren, und drücken Sie dann Erneut versuchen.
outgoing-parked-unproven = Die Bank nennt keinen Saldo, der diese Datei belegt, bis zum
outgoing-parked-broken = Salden und Zeilen der Bank stimmen nicht überein
outgoing-parked-impossible = Das Format kann das nicht aufnehmen
