# Auszugsdateien, und Importe rückgängig machen.
file-title = Auszugsdateien
file-lead = Jede Auszugsdatei Ihrer Bank. Was das Journal schon enthält, wird erkannt, ob es aus einer Datei oder durch Synchronisierung kam.
file-choose = Auszugsdatei
file-formats = camt.053, camt.052, CODA, MT940, OFX, CFONB 120, Norma 43, QIF, CSV und andere; bis 32 MB.
file-do = Datei einlesen
file-taken = Eingelesene Dateien
file-created = { $count ->
    [0] keine neue Zeile
    [one] eine neue Zeile
   *[other] { $count } neue Zeilen
}
file-known = { $count ->
    [one] eine war schon da
   *[other] { $count } waren schon da
}
file-restored = { $count ->
    [one] eine zurückgeholt
   *[other] { $count } zurückgeholt
}
file-early = { $count ->
    [one] eine von vor dem Anfang des Journals
   *[other] { $count } von vor dem Anfang des Journals
}
file-done = { $count ->
    [0] Keine neue Zeile; { $known } waren schon da.
    [one] Eine neue Zeile; { $known } waren schon da.
   *[other] { $count } neue Zeilen; { $known } waren schon da.
}
file-missing = Es kam keine Datei an. Wählen Sie eine und senden Sie sie noch einmal.
file-too-large = Die Datei kam nicht ganz an oder ist größer als 32 MB. Senden Sie einen kürzeren Zeitraum.
file-not-a-statement = Diese Datei konnte nicht eingelesen werden: { $why }. Es hat sich nichts geändert. Bitten Sie Ihre Bank um camt.053 oder CODA.
file-other-account = Diese Datei enthält keinen Auszug von { $account }. Sie handelt von: { $found }. Lesen Sie sie in das Journal jenes Kontos ein. Es hat sich nichts geändert.
file-undo = Rückgängig machen
file-redo = Zurückholen
file-undone = Rückgängig gemacht
file-undo-done = { $count ->
    [one] Eine Zeile ist beiseitegelegt und zählt nicht mehr. Sie kann zurückgeholt werden. Was an andere Software geliefert wurde, bleibt dort.
   *[other] { $count } Zeilen sind beiseitegelegt und zählen nicht mehr. Sie können zurückgeholt werden. Was an andere Software geliefert wurde, bleibt dort.
}
file-undo-nothing = Nichts von diesem Import zählt noch: es gab nichts rückgängig zu machen.
file-redo-done = { $count ->
    [one] Eine Zeile zählt wieder.
   *[other] { $count } Zeilen zählen wieder.
}
