# The proof of an account by day.
days-title = Nachweis nach Tag
days-lead = Jeder Saldo, den die Bank genannt hat, gegen den vorherigen und alle Bewegungen dazwischen gehalten.
days-none = Noch ist nichts gebucht und kein Saldo genannt.
days-broken = Der erste Tag, der nicht aufgeht, ist der { $day }: Abweichung { $gap }.
days-broken-do = An diesem Tag oder seit dem letzten Saldo davor fehlt eine Bewegung oder es ist eine zu viel. Gleichen Sie ab, oder laden Sie den Auszug der Bank von diesem Tag hoch.
days-look = Diesen Tag zeigen
days-count = { $proven } von { $count } Tagen sind nachgewiesen.
days-gaps = Lücken
days-gaps-what = Zwischen diesen Tagen fehlt etwas: Der Saldo der Bank davor weicht von dem danach ab.
days-gap = Nach dem { $after } und vor dem { $before }
days-unread = Nicht abgerufen ab { $day }
days-sum = Gebucht
days-unproven = Kein Saldo zum Vergleich
