# Les lettres avant la fin d’une autorisation, et qui les reçoit.
notice-soon-subject = { $bank } : l’autorisation se termine le { $date }
notice-soon = { $days ->
    [one] L’autorisation de { $organization } chez { $bank } se termine demain, le { $date }. Renouvelez-la avant : rien n’est interrompu et chaque compte garde son historique.
   *[other] L’autorisation de { $organization } chez { $bank } se termine dans { $days } jours, le { $date }. Renouvelez-la avant : rien n’est interrompu et chaque compte garde son historique.
}
notice-today-subject = { $bank } : dernier jour de l’autorisation
notice-today = L’autorisation de { $organization } chez { $bank } se termine aujourd’hui, le { $date }. Dès demain, aucune nouvelle opération n’arrive. Renouvelez-la aujourd’hui : rien n’est interrompu et chaque compte garde son historique.
notice-over-subject = { $bank } : l’autorisation est terminée
notice-over = { $organization } n’a plus d’autorisation chez { $bank } ; aucune nouvelle opération n’arrive. Ce qui a été reçu reste lisible. Après le renouvellement, ce que la banque a comptabilisé entre-temps est récupéré et chaque compte garde son historique.
notice-renew = Renouveler l’autorisation :
notice-why = Vous recevez cette lettre parce que vous travaillez pour cette organisation ou qu’elle a noté votre adresse. Les destinataires se choisissent ici :
menu-notices = Destinataires des avis
notices-title = Destinataires des avis
notices-lead = Avant la fin d’une autorisation (30, 14, 7 jours et 1 jour), le dernier jour, et quand elle est terminée.
notices-member = Membre
notices-further = Autre adresse
notices-further-hint = Par exemple votre comptable. Aucun accès n’est nécessaire.
notices-add = Ajouter l’adresse
notices-remove = Retirer
notices-added = L’adresse est ajoutée.
notices-removed = L’adresse est retirée.
notices-too-many = { $count } autres adresses au plus. Retirez-en une d’abord.
renew-title = Renouveler l’autorisation chez { $bank }
renew-lead = Vous vous connectez à votre banque et vous confirmez. Rien n’est interrompu, chaque compte garde son historique et son numéro, et ce qui manque est récupéré aussitôt.
renew-do = Renouveler chez { $bank }
