# Fichiers d’extraits sortants et destinations autres qu’Odoo, en français.

outgoing-title-files = Fichiers d’extraits
outgoing-title-sftp = Fichiers d’extraits par SFTP
outgoing-format = Format
outgoing-format-camt053 = camt.053 (ISO 20022, XML)
outgoing-format-coda = CODA (Belgique)
outgoing-format-mt940 = MT940 (SWIFT)
outgoing-format-ofx = OFX 2.2
outgoing-format-csv = CSV
outgoing-every = Un fichier par
outgoing-every-hint = Un fichier que les soldes de la banque ne prouvent pas prend aussi le jour, la semaine ou le mois suivant.
outgoing-every-day = Jour
outgoing-every-week = Semaine
outgoing-every-month = Mois
outgoing-unproven = Écrire les fichiers non prouvés
outgoing-unproven-hint = Leur nom dit « unproven ». Sinon ils attendent que la banque donne un solde. Un fichier dont les comptes ne tombent pas juste n’est jamais écrit.
outgoing-host = Serveur
outgoing-port = Port
outgoing-port-hint = 22 si laissé vide.
outgoing-login = Identifiant
outgoing-key = Clé privée
outgoing-key-hint = De « -----BEGIN » à « -----END …-----», sans phrase secrète. De préférence une clé réservée à cet usage.
outgoing-host-key = Clé du serveur
outgoing-host-key-hint = Comme ssh-keyscan la montre : « ssh-ed25519 AAAA… ». Comparez-la avec ce que dit l’exploitant du serveur.
outgoing-directory = Dossier là-bas
outgoing-directory-hint = Lettres, chiffres, points, tirets et barres obliques. Vide, c’est là où commence l’identifiant.
outgoing-token = Jeton d’accès personnel
outgoing-token-hint = Dans Firefly III : Options, Profil, OAuth, Jetons d’accès personnels.
outgoing-only-existing = N’utiliser que des comptes existants
outgoing-place-number = Numéro du compte là-bas
outgoing-files = Fichiers écrits
outgoing-lines =
    { $count ->
        [one] une ligne
       *[other] { $count } lignes
    }
outgoing-remove = Retirer
outgoing-remove-what = Plus aucune ligne n’y part, et ses réglages et sa clé sont oubliés. Ce qu’elle a reçu reste tel quel.
outgoing-remove-again = Si vous l’ajoutez à nouveau, elle reçoit ce qui est venu entre-temps, et rien deux fois : ces livres se souviennent de ce qu’elle a confirmé.
outgoing-remove-not = La garder
outgoing-remove-do = Retirer la destination
outgoing-removed = La destination a été retirée. Ce qu’elle a reçu y reste.
outgoing-trouble-taken = Un fichier de ce nom existe déjà et contient autre chose.
outgoing-trouble-taken-do = Il n’est pas remplacé. Déplacez ce fichier ou choisissez un autre dossier, puis appuyez sur Réessayer.
outgoing-trouble-settings = Un réglage est inutilisable.
outgoing-trouble-settings-do = Corrigez le réglage nommé ci-dessous.
outgoing-trouble-connection = Aucune connexion au serveur n’a pu être établie.
outgoing-trouble-connection-do = Vérifiez serveur, port, identifiant, clé privée et clé du serveur. Un nouvel essai se fait de lui-même.
outgoing-trouble-refused = Le serveur a refusé un fichier.
outgoing-trouble-refused-do = Vérifiez que le dossier existe et que l’identifiant peut y écrire. Un nouvel essai se fait de lui-même.
outgoing-trouble-missing = Le programme sftp n’est pas installé.
outgoing-trouble-missing-do = Demandez à l’exploitant d’installer le client OpenSSH, puis appuyez sur Réessayer.
outgoing-parked-unproven = La banque ne donne aucun solde qui prouve ce fichier, jusqu’au
outgoing-parked-broken = Les soldes et les lignes de la banque ne concordent pas
outgoing-parked-impossible = Le format ne peut pas le contenir
