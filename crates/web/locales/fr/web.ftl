# Les mots du cadre que le hub et la comptabilité partagent.
web-skip = Aller au contenu
web-navigation = Principal
web-language = Langue
web-menu = Votre compte
web-log-out = Se déconnecter
web-optional = facultatif
web-older = Plus anciens
web-newest = Revenir aux plus récents
web-copy = Copier
web-copied = Copié
web-steps = Étapes

web-form-wrong = { $count ->
    [one] Un champ demande votre attention.
   *[other] { $count } champs demandent votre attention.
}

web-proof-proven = Prouvé
web-proof-unproven = Non prouvé
web-proof-broken = Rompu
web-proof-proven-why = Le solde d’ouverture plus tous les mouvements donne le solde de clôture.
web-proof-unproven-why = La banque n’a pas donné les deux soldes : rien ne peut être prouvé.
web-proof-broken-why = Le solde d’ouverture plus les mouvements ne donne pas le solde de clôture. Écart : { $gap }.

web-state-experimental = Expérimental
web-state-beta = Bêta
web-state-stable = Stable
web-state-maintenance = Maintenance
web-state-deprecated = Remplacé

web-ago-now = à l’instant
web-ago-minutes = { $count ->
    [one] il y a une minute
   *[other] il y a { $count } minutes
}
web-ago-hours = { $count ->
    [one] il y a une heure
   *[other] il y a { $count } heures
}
web-ago-days = { $count ->
    [one] hier
   *[other] il y a { $count } jours
}
web-chart-empty = Il n’y a pas encore assez de jours à dessiner.
web-chart-about = Du { $from } au { $to } : minimum { $lowest }, maximum { $highest }, dernier { $last }.

web-error-reference = Donnez cette référence si vous demandez de l’aide :
web-error-home = Aller à la page d’accueil
web-error-400 = Cette demande est incomplète
web-error-400-what = Une donnée nécessaire manquait ou était illisible. Rien n’a été modifié.
web-error-400-do = Revenez en arrière, rechargez la page et réessayez.
web-error-403 = Ceci vient d’un autre site
web-error-403-what = Votre navigateur indique que le formulaire vient d’une page qui n’est pas la nôtre : rien n’a été fait.
web-error-403-do = Ouvrez la page ici et renvoyez le formulaire.
web-error-404 = Cette page n’existe pas
web-error-404-what = L’adresse est fausse, ou ce qui était ici a disparu, ou cela appartient à une autre organisation.
web-error-404-do = Vérifiez l’adresse ou repartez de la page d’accueil.
web-error-405 = Cette page ne se demande pas ainsi
web-error-405-what = L’adresse existe, mais elle attend un formulaire ou un lien de notre part.
web-error-405-do = Repartez de la page d’accueil.
web-error-409 = Ceci a changé entre-temps
web-error-409-what = Quelqu’un, ou une autre de vos fenêtres, a été plus rapide. Rien n’est perdu et rien n’a été fait deux fois.
web-error-409-do = Rechargez la page pour voir la situation actuelle.
web-error-413 = C’est trop volumineux
web-error-413-what = L’envoi dépasse ce que cette page accepte.
web-error-413-do = Envoyez moins, par exemple un fichier à la fois.
web-error-429 = Un instant, s’il vous plaît
web-error-429-what = Il y a eu trop d’essais en peu de temps.
web-error-429-do = Attendez une minute, puis réessayez.
web-error-500 = Une erreur s’est produite chez nous
web-error-500-what = La faute est nôtre. Rien n’est perdu : chaque étape est faite entièrement ou pas du tout.
web-error-500-do = Réessayez dans un instant. Si cela persiste, communiquez-nous la référence ci-dessous.
web-error-503 = Nous ne pouvons pas répondre maintenant
web-error-503-what = Un élément dont cette page a besoin n’est pas joignable. Rien n’a été modifié.
web-error-503-do = Réessayez dans une minute.
