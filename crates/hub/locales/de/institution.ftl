# Banken: wie verlässlich ist, wen noch niemand erreicht, und Meldungen darüber.
institution-history = { $days ->
    [one] { $days } Tag Verlauf
   *[other] { $days } Tage Verlauf
}
institution-consent = { $days ->
    [one] Zustimmung für { $days } Tag
   *[other] Zustimmung für { $days } Tage
}
institution-pending = mit vorgemerkten Umsätzen
institution-no-pending = ohne vorgemerkte Umsätze
institution-gives = Was diese Bank liefert
institution-contact = Stimmt etwas nicht? Sagen Sie es uns; das hilft allen Kunden dieser Bank:
institution-successor = Stattdessen { $bank } verbinden

bank-closed = Diese Bank nimmt im Moment keine neuen Verbindungen an: Sie wird gewartet oder wurde ersetzt.
bank-closed-do = Was schon abgerufen wurde, bleibt lesbar. Wählen Sie eine andere Verbindung in der Liste, oder kommen Sie später wieder.

known-bank-list = Banken, die wir noch nicht erreichen
known-bank-list-lead = Ihre Auszugsdateien funktionieren schon heute.
known-bank-badge = nur Dateien
known-bank-more = { $count ->
    [one] Eine weitere Bank passt. Schreiben Sie mehr vom Namen.
   *[other] { $count } weitere Banken passen. Schreiben Sie mehr vom Namen.
}
known-bank-unreached = { $bank } ist noch nicht automatisch erreichbar.
known-bank-files = Nutzen Sie heute Auszugsdateien
known-bank-files-how = Laden Sie Ihre Auszüge bei { $bank } herunter (CAMT, CODA, MT940, OFX oder CSV) und laden Sie sie hier hoch. Sie werden geprüft und bewiesen wie die einer verbundenen Bank, und nichts wird doppelt, wenn die Bank später verbunden wird.
known-bank-tell = Sagen Sie mir, wenn es geht
known-bank-tell-how = Wir zählen, wie viele Unternehmen auf diese Bank warten, und schreiben an { $email }, sobald sie verbunden werden kann.
known-bank-tell-do = Sagen Sie es mir
known-bank-told = Notiert. Sie hören von uns, sobald diese Bank verbunden werden kann.
known-bank-arrived-subject = { $bank } kann jetzt verbunden werden
known-bank-arrived = Sie wollten es wissen: { $bank } kann jetzt verbunden werden. Was Ihre Dateien gebracht haben, bleibt, und nichts wird doppelt.
known-bank-connect = Verbinden:

report-do = Ein Problem melden
report-title = Ein Problem mit { $bank } melden
report-lead = Was Sie schreiben, geht an die Betreiber dieses Hubs.
report-words = Was ist passiert?
report-words-hint = Was Sie erwartet haben und was Sie stattdessen sehen. Bitte ohne Kontonummern und Beträge.
report-attached = Was mitgeschickt wird
report-attached-what = Zeiten, Referenzen und Statuscodes der letzten Synchronisierungen. Kein Konto, kein Name, kein Betrag.
report-send = Meldung senden
report-sent = Danke. Ihre Meldung ist unter { $reference } aufbewahrt; nennen Sie diese Referenz, wenn Sie uns schreiben.
