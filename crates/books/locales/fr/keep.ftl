# Entretien des connexions : consentements, renouvellement, fréquence, historique.
keep-soon = { $days ->
    [0] Le consentement pour { $bank } prend fin aujourd’hui.
    [one] Le consentement pour { $bank } prend fin demain.
   *[other] Le consentement pour { $bank } prend fin dans { $days } jours.
}
keep-ended = Le consentement pour { $bank } a pris fin : plus rien de nouveau n’arrive.
keep-renew-lead = Le renouvellement prend une minute chez votre banque. Les mêmes comptes et journaux continuent ; aucune ligne ne vient deux fois.
keep-renew = Renouveler
keep-renewed = Vous voilà de retour. Ce qui est venu entre-temps est en cours d’import.
keep-reference = Référence à citer :
keep-how-often = Fréquence
keep-how-often-hint = Ce que le fournisseur signale arrive aussitôt. Certaines banques vous demandent à chaque fois : choisissez jamais, et synchronisez à la main.
keep-every = { $hours ->
    [24] Chaque jour
    [168] Chaque semaine
   *[other] Toutes les { $hours } heures
}
keep-never = Jamais de soi-même
keep-asked-by-webhook = Le fournisseur
keep-all-imports = Tous les imports
keep-history = Imports
keep-history-lead = Chaque import : qui l’a demandé, ce qu’il a apporté, ce qui a échoué.
