# Les entrées qui passent par le courrier d’une personne.
entrance-sign-up-hint = Nous envoyons un lien à cette adresse ; vous y choisissez un mot de passe.
entrance-finish-title = Choisissez un mot de passe
entrance-finish-lead = L’adresse est bien la vôtre. Il ne manque qu’une chose.
entrance-sent-title = Consultez vos e-mails
entrance-sent = Si cette adresse reçoit du courrier, un message part vers { $email }. Il contient un lien qui mène plus loin.
entrance-sent-else = Rien reçu ? Regardez parmi les indésirables, vérifiez l’adresse et attendez une minute avant de redemander.
entrance-stale-title = Ce lien ne fonctionne plus
entrance-stale = Il a déjà servi, il est trop ancien, ou il est incomplet. Demandez-en un nouveau.
entrance-stale-do = Demander un nouveau lien
entrance-forgotten = Mot de passe oublié ?
entrance-forgotten-lead = Nous envoyons un lien à votre adresse ; vous y choisissez un nouveau mot de passe.
entrance-forgotten-do = Envoyer le lien
entrance-password-title = Choisissez un nouveau mot de passe
entrance-password-do = Enregistrer le mot de passe
entrance-password-done = Votre mot de passe est changé et toutes les sessions sont fermées. Connectez-vous avec le nouveau.
entrance-mail-sign-up = Votre accès à Passerelle
entrance-mail-sign-up-text = Quelqu’un, sans doute vous, a demandé un accès à Passerelle avec cette adresse.
entrance-mail-sign-up-do = Choisissez un mot de passe ici, dans les 24 heures :
entrance-mail-sign-up-else = Si ce n’était pas vous, ne faites rien : sans ce lien, personne ne peut créer d’accès avec votre adresse.
entrance-mail-known = Vous avez déjà un accès
entrance-mail-known-text = Quelqu’un, sans doute vous, a demandé un accès à Passerelle avec cette adresse. Elle en a déjà un.
entrance-mail-known-do = Connectez-vous ici :
entrance-mail-known-password = Si vous avez oublié le mot de passe, choisissez-en un nouveau ici :
entrance-mail-known-else = Si ce n’était pas vous, ne faites rien.
entrance-mail-password = Un nouveau mot de passe
entrance-mail-password-text = Quelqu’un, sans doute vous, a demandé un nouveau mot de passe. Le lien ci-dessous fonctionne une fois, dans { $minutes ->
    [one] la minute
   *[other] les { $minutes } minutes
}.
entrance-mail-password-do = Choisissez un nouveau mot de passe ici :
entrance-mail-password-else = Si ce n’était pas vous, ne faites rien : votre mot de passe reste le même.
entrance-mail-changed = Votre mot de passe a été changé
entrance-mail-changed-text = Le mot de passe de votre accès à Passerelle vient d’être changé et toutes les sessions ont été fermées.
entrance-mail-changed-else = Si ce n’était pas vous, choisissez tout de suite un nouveau mot de passe :
