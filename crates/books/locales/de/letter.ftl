# Briefe an Menschen, auf Deutsch.

letter-title = Briefe
letter-lead = Zu { $company } wird an { $email } geschrieben: 30, 14, 7 Tage und 1 Tag bevor eine Zustimmung endet, wenn sie geendet hat, und wenn eine Synchronisierung oder Lieferung anhaltend fehlschlägt.
letter-on = Ihnen wird geschrieben
letter-off = Ihnen wird nicht geschrieben
letter-failures = Sie hören von uns, wenn etwas anhaltend scheitert, nicht über Zustimmungen
letter-which = Briefe
letter-choice-all = Zustimmungen, die enden, und was anhaltend scheitert
letter-choice-failures = Nur was anhaltend scheitert: der Anbieter schreibt mir über Zustimmungen
letter-choice-none = Keine
letter-keep = So behalten
letter-soon-subject = { $bank }: Die Zustimmung endet am { $at }
letter-soon =
    { $days ->
        [0] Die Zustimmung von { $company } für { $bank } endet innerhalb eines Tages ({ $at }). Erneuern Sie sie vorher: Nichts wird unterbrochen.
        [one] Die Zustimmung von { $company } für { $bank } endet in einem Tag ({ $at }). Erneuern Sie sie vorher: Nichts wird unterbrochen.
       *[other] Die Zustimmung von { $company } für { $bank } endet in { $days } Tagen ({ $at }). Erneuern Sie sie vorher: Nichts wird unterbrochen.
    }
letter-over-subject = { $bank }: Die Zustimmung ist abgelaufen
letter-over = Die Zustimmung von { $company } für { $bank } ist abgelaufen ({ $at }), und es kommen keine neuen Umsätze. Erneuern Sie sie: Was die Bank inzwischen gebucht hat, wird geholt, und nichts wird doppelt eingelesen.
letter-renew = Erneuern Sie sie hier mit einem Knopf:
letter-why = Sie erhalten diesen Brief, weil Sie in den Büchern für dieses Unternehmen arbeiten. Um diese Briefe zu beenden:
letter-stuck-subject = { $company }: { $count ->
        [one] Eine Sache braucht Sie
       *[other] { $count } Sachen brauchen Sie
    }
letter-stuck =
    { $count ->
        [one] Dies kommt nicht mehr von selbst in die Bücher von { $company }:
       *[other] Diese kommen nicht mehr von selbst in die Bücher von { $company }:
    }
