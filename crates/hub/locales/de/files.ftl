# Statement files that people upload.
files-title = Auszugsdateien
files-lead = Für Banken, die kein Konnektor erreicht, und für Vergangenheit, die eine Bank nicht mehr gibt. Was schon bekannt ist, wird erkannt und kommt nur einmal herein.
files-file = Datei
files-formats = Eines von { $formats }; höchstens 20 MB.
files-account-by-file = Wie die Datei sagt
files-account-hint = Nur nötig für Dateien, die ihr Konto nicht nennen.
files-do = Hochladen
files-earlier = Frühere Dateien
files-refused = Die Datei wurde nicht übernommen.
files-no-account = Die Datei sagt nicht, um welches Konto es geht. Wählen Sie das Konto und senden Sie sie erneut.
files-no-currency = Die Datei sagt nicht, in welcher Währung sie ist. Wählen Sie das Konto und senden Sie sie erneut.
files-empty = Nichts in dieser Datei war lesbar: { $why }
files-too-large = Die Datei ist größer als 20 MB. Exportieren Sie einen kürzeren Zeitraum.
files-new = Neu
files-known = Bekannt
files-came = { $listed ->
    [one] Ein Umsatz
   *[other] { $listed } Umsätze
} gelesen: { $new } neu, { $known } schon bekannt.
files-undo = { $count ->
    [0] Rückgängig: ihre Salden zurückziehen
    [one] Rückgängig: den neuen Umsatz zurückziehen
   *[other] Rückgängig: die { $count } neuen Umsätze zurückziehen
}
files-same = Dieselbe Datei kam schon herein. Um zurückzunehmen, was sie sagt, machen Sie jene rückgängig.
files-undone = Rückgängig gemacht
files-undone-said = { $count ->
    [0] Die Datei ist rückgängig gemacht; ihre Salden wurden zurückgezogen.
    [one] Die Datei ist rückgängig gemacht; ein Umsatz wurde zurückgezogen.
   *[other] Die Datei ist rückgängig gemacht; { $count } Umsätze wurden zurückgezogen.
}
files-institution = Auszugsdateien
files-upload-here = Einen Auszug hochladen
files-announced = { $count ->
    [one] Ein angekündigter Umsatz bleibt weg: Er kommt herein, wenn ein Auszug ihn bucht.
   *[other] { $count } angekündigte Umsätze bleiben weg: Sie kommen herein, wenn ein Auszug sie bucht.
}
