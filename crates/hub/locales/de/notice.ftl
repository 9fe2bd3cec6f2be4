# Briefe vor dem Ende einer Zustimmung, und wer sie bekommt.
notice-soon-subject = { $bank }: Die Zustimmung endet am { $date }
notice-soon = { $days ->
    [one] Die Zustimmung von { $organization } bei { $bank } endet morgen, am { $date }. Erneuern Sie sie vorher: Nichts wird unterbrochen, und jedes Konto behält seinen Verlauf.
   *[other] Die Zustimmung von { $organization } bei { $bank } endet in { $days } Tagen, am { $date }. Erneuern Sie sie vorher: Nichts wird unterbrochen, und jedes Konto behält seinen Verlauf.
}
notice-today-subject = { $bank }: Heute ist der letzte Tag der Zustimmung
notice-today = Die Zustimmung von { $organization } bei { $bank } endet heute, am { $date }. Ab morgen kommen keine neuen Umsätze. Erneuern Sie sie heute: Nichts wird unterbrochen, und jedes Konto behält seinen Verlauf.
notice-over-subject = { $bank }: Die Zustimmung ist abgelaufen
notice-over = { $organization } hat bei { $bank } keine Zustimmung mehr; es kommen keine neuen Umsätze. Was abgerufen wurde, bleibt lesbar. Nach einer Erneuerung wird abgerufen, was die Bank inzwischen gebucht hat, und jedes Konto behält seinen Verlauf.
notice-renew = Die Zustimmung erneuern:
notice-why = Sie bekommen diesen Brief, weil Sie für diese Organisation arbeiten oder weil sie Ihre Adresse angegeben hat. Wer diese Briefe bekommt, wird hier entschieden:
menu-notices = Wer benachrichtigt wird
notices-title = Wer benachrichtigt wird
notices-lead = Bevor eine Zustimmung bei einer Bank endet (30, 14, 7 Tage und 1 Tag), am letzten Tag, und wenn sie abgelaufen ist.
notices-member = Mitglied
notices-further = Weitere Adresse
notices-further-hint = Zum Beispiel Ihr Steuerbüro. Ein Zugang ist nicht nötig.
notices-add = Adresse hinzufügen
notices-remove = Entfernen
notices-added = Die Adresse ist hinzugefügt.
notices-removed = Die Adresse ist entfernt.
notices-too-many = Höchstens { $count } weitere Adressen. Entfernen Sie zuerst eine.
renew-title = Die Zustimmung bei { $bank } erneuern
renew-lead = Sie melden sich bei Ihrer Bank an und bestätigen. Nichts wird unterbrochen, jedes Konto behält seinen Verlauf und seine Nummer, und was fehlt, wird sofort abgerufen.
renew-do = Bei { $bank } erneuern
