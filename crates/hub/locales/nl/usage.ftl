# What was used in a month, and what it costs.
usage-title = Gebruik van { $from } tot { $to }
usage-lead = Elke rekening in elke integratie, voor de dagen dat ze erin zat. De dag van komst en de dag van vertrek tellen mee; een dag telt één keer.
usage-before = Vorige maand
usage-after = Volgende maand
usage-link = Gebruik, regel per regel
usage-going-on = De maand loopt nog: dit telt de dagen tot nu.
usage-nothing = Geen rekening zat deze maand in een integratie die u betaalt. Dat kost niets.
usage-software = Software
usage-arithmetic = Dagen van de maand × prijs
usage-days = { $days } van { $of } dagen × { $price }
usage-units = { $units } rekeningen, zonder btw
usage-covered = Betaald door de maker van de software
usage-covered-what = Hiervoor betaalt u niets.
usage-covered-days = { $days } van { $of } dagen
