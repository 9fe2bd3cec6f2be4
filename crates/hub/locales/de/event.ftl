# Wovon Software erfährt.
event-quiet = Die Bank hatte nichts Neues
event-failed = Ein Abruf ist gescheitert
event-details = Kontodaten geändert
event-new = Neue Umsätze
event-updated = Umsätze berichtigt
event-pending = Neue angekündigte Umsätze
event-pending-updated = Angekündigte Umsätze geändert
event-renewed = Die Zustimmung wurde erneuert
event-expiring = Die Zustimmung endet bald
event-connected = Die Software bekam Zugang
event-ended = Die Software verlor den Zugang
event-account-added = Ein Konto kam hinzu
event-account-revoked = Ein Konto wurde entzogen
event-blocked = Die Organisation wurde gesperrt
event-unblocked = Die Organisation wird wieder bedient
event-left-out = { $count ->
    [one] Eine weitere Mitteilung sagte, dass eine Bank nichts Neues hatte.
   *[other] { $count } weitere Mitteilungen sagten, dass eine Bank nichts Neues hatte.
}
