unread-title = Onleesbare rekeningen
unread-count = { $count ->
    [one] Eén rekening die de bank opgeeft, kon niet worden gelezen.
   *[other] { $count } rekeningen die de bank opgeeft, konden niet worden gelezen.
}
unread-advice = Wat de bank zei, staat hieronder. Toon het aan de bank of aan wie deze hub beheert; de andere rekeningen ondervinden er niets van.
