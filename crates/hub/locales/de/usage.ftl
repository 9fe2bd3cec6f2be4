# What was used in a month, and what it costs.
usage-title = Nutzung vom { $from } bis { $to }
usage-lead = Jedes Konto in jeder Integration, für die Tage, an denen es darin war. Der Tag des Beginns und der des Endes zählen; ein Tag zählt einmal.
usage-before = Vormonat
usage-after = Folgemonat
usage-link = Nutzung, Zeile für Zeile
usage-going-on = Der Monat läuft noch: Gezählt sind die Tage bis jetzt.
usage-nothing = Kein Konto war in diesem Monat in einer Integration, die Sie bezahlen. Das kostet nichts.
usage-software = Software
usage-arithmetic = Tage des Monats × Preis
usage-days = { $days } von { $of } Tagen × { $price }
usage-units = { $units } Konten, ohne MwSt.
usage-covered = Vom Hersteller der Software bezahlt
usage-covered-what = Dafür zahlen Sie nichts.
usage-covered-days = { $days } von { $of } Tagen
