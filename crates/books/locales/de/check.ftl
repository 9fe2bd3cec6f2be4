# Ein Journal prüfen und richten.
check-title = Prüfen und richten
check-lead = Ist alles da, und nichts doppelt?
check-missing = Fehlende Buchungen
check-missing-lead = Liest alles noch einmal, was der Anbieter für dieses Konto aufzählt, und hält es gegen die Zeilen dieses Journals. Es ändert nichts.
check-no-account = Kein Konto speist dieses Journal: es gibt nichts, wogegen man es halten könnte.
check-begin = Jetzt prüfen
check-running = Alles wird noch einmal gelesen
check-listed = { $count ->
    [one] eine Buchung aufgezählt
   *[other] { $count } Buchungen aufgezählt
}
check-found = { $count ->
    [0] Es fehlt nichts.
    [one] Hier fehlt eine Buchung.
   *[other] Hier fehlen { $count } Buchungen.
}
check-surplus = { $count ->
    [one] Eine Zeile zählt der Anbieter nicht mehr auf. Sie bleibt und zählt; vergleichen Sie sie mit Ihrer Bank.
   *[other] { $count } Zeilen zählt der Anbieter nicht mehr auf. Sie bleiben und zählen; vergleichen Sie sie mit Ihrer Bank.
}
check-take = Importieren, was fehlt
check-duplicates = Mögliche Doppelte
check-duplicates-lead = Zeilen mit derselben Kennung bei der Bank, oder mit gleichem Tag, Betrag und Partner. Zwei Zahlungen können sich gleichen: legen Sie nur dann eine beiseite, wenn Ihre Bank nur eine kennt.
check-duplicates-none = Nichts gefunden.
check-from = Ab
check-same-id = Dieselbe Kennung bei der Bank
check-same-content = Gleicher Tag, gleicher Betrag, gleicher Partner
check-set-aside = Als doppelt beiseitelegen
check-set-aside-done = Die Zeile ist beiseitegelegt und zählt nicht mehr. Sie kann auf ihrer Seite zurückgeholt werden.
check-is-set-aside = Beiseitegelegt
check-set-aside-why = Diese Zeile hat jemand beiseitegelegt. Sie zählt nicht.
check-back = Zurückholen
check-back-done = Die Zeile zählt wieder.
