# Verbindungen erhalten: Zustimmungen, Erneuern, wie oft, Verlauf.
keep-soon = { $days ->
    [0] Die Zustimmung für { $bank } endet heute.
    [one] Die Zustimmung für { $bank } endet morgen.
   *[other] Die Zustimmung für { $bank } endet in { $days } Tagen.
}
keep-ended = Die Zustimmung für { $bank } ist abgelaufen: es kommt nichts Neues mehr.
keep-renew-lead = Das Erneuern dauert eine Minute bei Ihrer Bank. Dieselben Konten und Journale laufen weiter; keine Zeile kommt doppelt.
keep-renew = Erneuern
keep-renewed = Sie sind zurück. Was inzwischen kam, wird importiert.
keep-reference = Angabe bei Rückfragen:
keep-how-often = Wie oft
keep-how-often-hint = Was der Anbieter meldet, kommt sofort. Manche Banken fragen jedes Mal nach Ihnen: wählen Sie nie, und synchronisieren Sie von Hand.
keep-every = { $hours ->
    [24] Jeden Tag
    [168] Jede Woche
   *[other] Alle { $hours } Stunden
}
keep-never = Nie von selbst
keep-asked-by-webhook = Der Anbieter
keep-all-imports = Alle Importe
keep-history = Importe
keep-history-lead = Jeder Import: wer ihn verlangte, was er brachte, was misslang.
