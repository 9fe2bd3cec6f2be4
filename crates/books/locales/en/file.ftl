# Statement files, and undoing imports.
file-title = Statement files
file-lead = Any statement file of your bank. What the journal holds already is recognised, whether it came from a file or by synchronisation.
file-choose = Statement file
file-formats = camt.053, camt.052, CODA, MT940, OFX, CFONB 120, Norma 43, QIF, CSV and others; up to 32 MB.
file-do = Take in a file
file-taken = Files taken in
file-created = { $count ->
    [0] no new line
    [one] one new line
   *[other] { $count } new lines
}
file-known = { $count ->
    [one] one there already
   *[other] { $count } there already
}
file-restored = { $count ->
    [one] one brought back
   *[other] { $count } brought back
}
file-early = { $count ->
    [one] one from before the journal begins
   *[other] { $count } from before the journal begins
}
file-done = { $count ->
    [0] No new line; { $known } were there already.
    [one] One new line; { $known } were there already.
   *[other] { $count } new lines; { $known } were there already.
}
file-missing = No file arrived. Choose one and send it again.
file-too-large = The file did not arrive whole, or is larger than 32 MB. Send a shorter period.
file-not-a-statement = This file could not be taken in: { $why }. Nothing was changed. Ask your bank for camt.053 or CODA.
file-other-account = This file holds no statement of { $account }. It speaks of: { $found }. Take it into the journal of that account. Nothing was changed.
file-undo = Undo
file-redo = Bring back
file-undone = Undone
file-undo-done = { $count ->
    [one] One line is set aside and counts no more. It can be brought back. What was delivered to other software stays there.
   *[other] { $count } lines are set aside and count no more. They can be brought back. What was delivered to other software stays there.
}
file-undo-nothing = Nothing of this import counts any more: there was nothing to undo.
file-redo-done = { $count ->
    [one] One line counts again.
   *[other] { $count } lines count again.
}
