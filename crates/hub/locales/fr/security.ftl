# Ce qui protège un accès en plus du mot de passe.
second-title = Encore une étape
second-code = Code
second-hint = Les six chiffres de votre application, ou l’un de vos codes de secours.
second-refused = Ce code n’est pas correct, ou il a déjà servi.
second-again = Recommencer
second-passkey = Utiliser une clé d’accès
second-passkey-refused = Cette clé d’accès n’a pas été acceptée. Réessayez ou choisissez un autre moyen.
security-title = Second facteur
security-lead = Un mot de passe se vole. Une seconde preuve garde vos comptes fermés malgré tout.
security-do = Protéger votre accès
security-needed = Ici, les propriétaires d’une organisation ont besoin d’un second facteur. Activez-en un pour continuer.
security-totp = Application d’authentification
security-totp-lead = Une application sur votre téléphone montre six chiffres qui changent toutes les demi-minutes.
security-totp-do = Configurer une application
security-totp-on = Votre application est demandée à chaque connexion.
security-totp-off = Ne plus demander l’application
security-totp-off-done = L’application n’est plus demandée.
security-totp-scan = Ouvrez votre application d’authentification et scannez cette image.
security-totp-picture = L’image pour votre application ; la même chose figure ci-dessous en texte
security-totp-type = Pas d’appareil photo ? Tapez plutôt ceci dans l’application :
security-totp-enable = Activer l’application
security-codes-left = { $count ->
    [0] Il ne vous reste aucun code de secours : créez-en de nouveaux.
    [one] Il vous reste un code de secours.
   *[other] Il vous reste { $count } codes de secours.
}
security-codes-new = Créer de nouveaux codes de secours
security-codes-title = Vos codes de secours
security-codes-lead = Chacun remplace votre application une fois, quand le téléphone n’est plus là. Ils ne sont montrés que cette fois : imprimez-les ou mettez-les en lieu sûr.
security-codes-kept = Je les ai gardés
security-passkeys = Clés d’accès
security-passkeys-lead = Une clé d’accès vous connecte avec votre empreinte, votre visage ou une clé de sécurité, sans mot de passe.
security-passkeys-script = Les clés d’accès ont besoin de JavaScript, qui est désactivé dans ce navigateur.
security-passkey-name = Le nom que vous lui donnez
security-passkey-add = Ajouter une clé d’accès
security-passkey-added = La clé d’accès est ajoutée.
security-passkey-remove = Retirer
security-passkey-removed = La clé d’accès est retirée.
security-passkey-unused = pas encore utilisée
security-passkey-used = utilisée en dernier le { $date }
