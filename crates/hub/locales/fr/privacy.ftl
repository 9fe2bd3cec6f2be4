# Taking everything of an organization along, and erasing it.
menu-privacy = Données et vie privée
privacy-title = Données et vie privée
privacy-lead = Tout ce que ce service détient sur votre organisation vous appartient.
privacy-export-title = Tout emporter
privacy-export-lead = Une archive ZIP : chaque table en JSON, les opérations de chaque compte par mois en CSV et camt.053, les factures et les réponses des banques. Elle ne contient ni mot de passe, ni jeton, ni autre secret.
privacy-export-do = Tout exporter
privacy-export-wait = Une autre archive est en cours d’écriture, et il n’y en a qu’une à la fois. Réessayez dans quelques minutes.
privacy-erase-title = Effacer l’organisation
privacy-erase-short = Tout disparaît, tout de suite et pour toujours, sauf ce que la loi oblige à garder. Une confirmation vous sera demandée.
privacy-erase-begin = Effacer l’organisation…
privacy-erase-name = Effacer { $organization }
privacy-erase-goes = { $accounts ->
    [0] Aucun compte lié
    [one] Un compte lié avec tout son historique
   *[other] { $accounts } comptes liés avec tout leur historique
} et { $integrations ->
    [0] aucune intégration
    [one] une intégration
   *[other] { $integrations } intégrations
} : tout sera effacé, pour tous les membres de l’organisation.
privacy-erase-lead = Les logiciels perdent leur accès tout de suite et vos autorisations prennent fin auprès des banques. Opérations, fichiers, mandats, invitations et journal d’audit sont effacés pour toujours ; personne ne peut les rétablir. Ce qui a été utilisé jusqu’à aujourd’hui est facturé.
privacy-first = Emportez d’abord ce que vous voulez garder :
privacy-kept-none = Aucune loi ne nous oblige à garder quoi que ce soit : rien ne reste.
privacy-kept = Le droit fiscal oblige l’exploitant à garder les factures et notes de crédit qu’il vous a adressées ({ $count }), avec leurs paiements et les mandats d’encaissement, jusqu’à la fin du délai légal. Rien d’autre ne reste.
privacy-name = Tapez { $name } pour confirmer
privacy-name-wrong = Ce n’est pas le nom de l’organisation : tapez-le exactement comme il est affiché.
privacy-pays = Votre organisation paie un logiciel que d’autres utilisent. Demandez d’abord à l’exploitant de ce service d’y mettre fin.
privacy-erase-do = Tout effacer
privacy-erased = L’organisation est effacée. Un message vous dit ce qui a été fait.
privacy-mail-subject = { $organization } est effacée
privacy-mail-text = Comme vous l’avez demandé, tout ce que ce service détenait sur { $organization } est effacé : comptes, opérations, intégrations, mandats et journal d’audit. Les logiciels n’ont plus d’accès et les autorisations ont pris fin auprès des banques. Votre propre identifiant reste.
privacy-mail-banks = Ces banques n’ont pas pu être prévenues : { $banks }. Mettez-y fin vous-même à l’autorisation ; ici, plus personne ne peut l’utiliser.
