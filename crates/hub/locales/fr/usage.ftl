# What was used in a month, and what it costs.
usage-title = Utilisation du { $from } au { $to }
usage-lead = Chaque compte dans chaque intégration, pour les jours où il y était. Le jour d’arrivée et le jour de départ comptent ; un jour ne compte qu’une fois.
usage-before = Mois précédent
usage-after = Mois suivant
usage-link = Utilisation, ligne par ligne
usage-going-on = Le mois est en cours : les jours sont comptés jusqu’à maintenant.
usage-nothing = Aucun compte n’était ce mois-ci dans une intégration que vous payez. Cela ne coûte rien.
usage-software = Logiciel
usage-arithmetic = Jours du mois × prix
usage-days = { $days ->
    [one] { $days } jour
   *[other] { $days } jours
} sur { $of } × { $price }
usage-units = { $units } comptes, hors TVA
usage-covered = Payé par l’éditeur du logiciel
usage-covered-what = Vous ne payez rien pour ceux-ci.
usage-covered-days = { $days ->
    [one] { $days } jour
   *[other] { $days } jours
} sur { $of }
