# Die Ziele, auf Deutsch.

targets = Ziele
targets-lead = Buchhaltungssysteme, die Ihre Zeilen von selbst erhalten.
targets-empty = Noch kein Ziel
targets-empty-lead = Die Zeilen bleiben hier in den Büchern, bis Sie eines hinzufügen.
targets-add = Ein Ziel hinzufügen
targets-add-do = Hinzufügen
targets-well = Alles in Ordnung
targets-delivered-at = Letzte Lieferung
targets-never = Noch nichts geliefert
targets-form-lead = Die Einstellungen werden ausprobiert, bevor sie gelten; dort bleibt nichts zurück.
targets-name = Name
targets-name-taken = Ein anderes Ziel dieser Firma heißt schon so. Wählen Sie einen anderen Namen.
targets-journals = Journale
targets-no-journals = Es gibt noch kein Journal. Fügen Sie zuerst eine Bank hinzu; Journale wählen Sie später hier.
targets-nothing-chosen = Kein Journal wird geliefert. Wählen Sie Journale in den Einstellungen.
targets-keep = Ausprobieren und behalten
targets-kept = Das Ziel funktioniert und ist gespeichert: { $found }
targets-settings = Einstellungen
targets-again = Erneut versuchen
targets-again-done =
    { $count ->
        [one] Es wird erneut versucht, mit einer zurückgestellten Zeile.
       *[other] Es wird erneut versucht, mit { $count } zurückgestellten Zeilen.
    }
targets-yes = Ja
targets-no = Nein
targets-secret-kept = Leer lassen, um den gespeicherten zu behalten.
targets-from-file = Die Einstellungsdatei des Betreibers beschreibt dieses Ziel; geändert wird es dort.
targets-delivered-count =
    { $count ->
        [one] Eine Zeile geliefert
       *[other] { $count } Zeilen geliefert
    }
targets-sending-count =
    { $count ->
        [one] eine unterwegs
       *[other] { $count } unterwegs
    }
targets-parked-count =
    { $count ->
        [one] Eine zurückgestellt
       *[other] { $count } zurückgestellt
    }
targets-changed-count =
    { $count ->
        [one] Eine seither geändert
       *[other] { $count } seither geändert
    }
targets-parked = Zurückgestellte Zeilen
targets-parked-lead = Das Ziel nimmt diese nicht. Beheben Sie, was dasteht, und versuchen Sie es erneut.
targets-changed = Bei der Bank seit der Lieferung geändert
targets-changed-lead = Dort wird nie etwas gelöscht oder überschrieben. Sehen Sie sich diese Zeilen im Ziel selbst an.
targets-changed-removed = Von der Bank zurückgenommen
targets-changed-review = Die Bank sagt jetzt etwas anderes
targets-since = seit
targets-folder = Ordner
targets-folder-hint = Unter dem Ordner, den der Betreiber für diese Firma vorsieht: Buchstaben, Ziffern, Striche.
targets-folder-wrong = Schreiben Sie einen Namen wie ledger oder ledger/2026, ohne Leerzeichen und ohne Punkte am Anfang.
targets-place-account = Konto dort
targets-place-wrong = Schreiben Sie ein Konto wie Assets:Bank:Main oder eine Nummer, ohne Leerzeichen.
targets-missing = Das wird gebraucht.
targets-too-long = Das ist zu lang.
targets-address-wrong = Schreiben Sie eine Webadresse wie https://odoo.example.com.
targets-day-wrong = Schreiben Sie einen Tag wie 2026-12-31.
targets-system-unknown = Dieses System gibt es nicht.
targets-trouble-file = Eine Datei konnte nicht geschrieben werden.
targets-trouble-file-do = Geben Sie dem Programm Schreibrecht in diesem Ordner und Platz auf der Platte; versuchen Sie es dann erneut.
targets-trouble-system = Diese Version des Programms kennt das System nicht.
targets-trouble-system-do = Bitten Sie den Betreiber, das neuere Programm zu starten.
targets-trouble-unreachable = Das System ist nicht erreichbar.
targets-trouble-unreachable-do = Prüfen Sie die Adresse und ob es läuft. Es wird von selbst erneut versucht.
targets-trouble-key = Das System lehnt Anmeldung oder Schlüssel ab.
targets-trouble-key-do = Legen Sie dort einen neuen API-Schlüssel an, tragen Sie ihn ein und speichern Sie.
targets-trouble-group = Der Benutzer des Schlüssels darf keine Bankzeilen anlegen.
targets-trouble-group-do = Geben Sie ihm die unten genannte Gruppe und versuchen Sie es erneut. Selbst ein Administrator hat sie anfangs nicht.
targets-trouble-database = Das System kennt diese Datenbank nicht.
targets-trouble-database-do = Prüfen Sie den Namen in den Einstellungen; leer lassen, wenn es nur eine gibt.
targets-trouble-answer = Das System antwortete etwas Unverständliches.
targets-trouble-answer-do = Prüfen Sie, ob die Adresse die des Systems selbst ist. Wenn ja, sagen Sie uns, was unten steht.
targets-trouble-busy = Das System war beschäftigt.
targets-trouble-busy-do = Nichts zu tun: dieselben Zeilen werden von selbst erneut gesendet.
targets-trouble-access = Das System erlaubt nicht, was nötig ist.
targets-trouble-access-do = Geben Sie dem Benutzer des Schlüssels das unten genannte Recht und versuchen Sie es erneut.
targets-trouble-journal-currency = Das Journal hat dort eine andere Währung.
targets-trouble-journal-currency-do = Wählen Sie ein Journal in der Währung des Kontos, oder lassen Sie eines anlegen.
targets-trouble-journal-fed = Eine andere Quelle füllt dieses Journal schon.
targets-trouble-journal-fed-do = Jede Zeile käme doppelt. Beenden Sie zuerst diese Quelle, oder wählen Sie ein anderes Journal.
targets-trouble-journal-several = Mehrere Journale haben diese Kontonummer.
targets-trouble-journal-several-do = Tragen Sie die Nummer des richtigen in die Einstellungen ein.
targets-trouble-journal-missing = Dort gibt es kein Journal für dieses Konto.
targets-trouble-journal-missing-do = Legen Sie dort ein Bankjournal mit dieser Nummer an, oder erlauben Sie es in den Einstellungen; dafür braucht es das unten genannte Recht.
targets-trouble-journal-suspense = Das Journal hat dort kein Zwischenkonto.
targets-trouble-journal-suspense-do = Stellen Sie eines in diesem Journal ein und versuchen Sie es erneut.
targets-trouble-journal-archived = Das Bankkonto oder sein Journal ist dort archiviert.
targets-trouble-journal-archived-do = Holen Sie es dort aus dem Archiv und versuchen Sie es erneut.
targets-trouble-moved-date = Das System hat Zeilen an einem anderen Tag gebucht als die Bank.
targets-trouble-moved-date-do = Inzwischen wurde dort ein Zeitraum gesperrt. Berichtigen Sie diese Zeilen dort und versuchen Sie es erneut.
targets-trouble-company = Der Benutzer des Schlüssels arbeitet dort nicht für diese Firma.
targets-trouble-company-do = Prüfen Sie die Nummer der Firma, oder geben Sie ihm diese Firma.
targets-trouble-other = Die Lieferung ist misslungen.
targets-trouble-other-do = Sehen Sie, was unten steht, und versuchen Sie es erneut.
targets-parked-unsaid = Das System sagte nicht, was daraus wurde
targets-parked-locked = Der Zeitraum ist dort gesperrt bis
targets-parked-refused = Das System lehnte sie ab
targets-address = Adresse
targets-database = Datenbank
targets-database-hint = Bis Odoo 18 nötig; ab 19 nur, wenn es mehrere gibt.
targets-login = Anmeldename
targets-login-hint = Bis Odoo 18 nötig. Am besten ein eigener Benutzer dafür.
targets-key = API-Schlüssel
targets-key-hint = In Odoo: Ihr Profil, Kontosicherheit, Neuer API-Schlüssel.
targets-key-until = Letzter Tag des Schlüssels
targets-key-until-hint = Sie werden zwei Wochen vorher gewarnt.
targets-company = Nummer der Firma dort
targets-company-hint = Nur wenn der Benutzer für mehrere Firmen arbeitet.
targets-only-existing = Nur vorhandene Journale verwenden
targets-checkpoints = Auszüge bewiesener Monate
targets-checkpoints-hint = Ein vergangener, bewiesener und ganz gelieferter Monat bekommt dort einen Auszug mit den Salden der Bank.
targets-place-journal = Nummer des Journals dort
targets-trouble-key-ends = Der Schlüssel läuft bald ab.
targets-trouble-key-ends-do = Legen Sie dort einen neuen an und tragen Sie ihn vor dem letzten Tag ein.
