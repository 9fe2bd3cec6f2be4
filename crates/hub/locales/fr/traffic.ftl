# Ce que fait le logiciel d’une intégration.
traffic-title = Activité
traffic-last = Dernière lecture d’un compte
traffic-never = jamais
traffic-requests = Requêtes
traffic-counted = { $today } aujourd’hui, { $month } ces 30 derniers jours ; comptées avec une demi-minute de retard
traffic-no-webhook = Aucune adresse n’est indiquée : le logiciel interroge de lui-même.
traffic-webhook = Des derniers événements, { $delivered } remis, { $waiting } en attente, { $lost } abandonnés.
traffic-webhook-works = fonctionne
traffic-webhook-waits = attend
traffic-webhook-fails = échoue
