# How fresh an account is.
fresh-title = Fraîcheur
fresh-as-of = Le solde de la banque est du
fresh-told = donné
fresh-last = Dernière synchronisation réussie
fresh-next-person = Vous pouvez synchroniser
fresh-next-itself = La prochaine automatique
fresh-now = maintenant
fresh-not-planned = non prévue
fresh-delay = Raison d’un retard
fresh-no-delay = rien n’est retardé
fresh-going-on = Une synchronisation est en cours.
fresh-expired = L’autorisation à la banque est terminée.
fresh-by-files = Alimenté par des fichiers d’extraits.
fresh-quota = Les quatre relevés par jour sans vous sont épuisés jusqu’au { $until } ; avec vous, la banque peut être interrogée.
