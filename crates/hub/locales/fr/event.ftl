# Ce dont un logiciel est averti.
event-quiet = La banque n’avait rien de nouveau
event-failed = Une synchronisation a échoué
event-details = Données du compte modifiées
event-new = Nouvelles opérations
event-updated = Opérations corrigées
event-pending = Nouvelles opérations en attente
event-pending-updated = Opérations en attente modifiées
event-renewed = L’autorisation a été renouvelée
event-expiring = L’autorisation expire bientôt
event-connected = Le logiciel a reçu l’accès
event-ended = Le logiciel a perdu l’accès
event-account-added = Un compte a été ajouté
event-account-revoked = Un compte a été retiré
event-blocked = L’organisation a été bloquée
event-unblocked = L’organisation est de nouveau servie
event-left-out = { $count ->
    [one] Un autre avis disait qu’une banque n’avait rien de nouveau.
   *[other] { $count } autres avis disaient qu’une banque n’avait rien de nouveau.
}
