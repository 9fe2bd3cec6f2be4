# Les destinations, en français.

targets = Destinations
targets-lead = Les logiciels comptables qui reçoivent vos lignes, tout seuls.
targets-empty = Pas encore de destination
targets-empty-lead = Les lignes restent ici, dans les livres, jusqu’à ce que vous en ajoutiez une.
targets-add = Ajouter une destination
targets-add-do = Ajouter
targets-well = Tout va bien
targets-delivered-at = Dernière livraison
targets-never = Rien encore livré
targets-form-lead = Les réglages sont essayés avant d’être gardés ; rien n’y est laissé.
targets-name = Nom
targets-name-taken = Une autre destination de cette société porte ce nom. Choisissez-en un autre.
targets-journals = Journaux
targets-no-journals = Il n’y a pas encore de journal. Ajoutez d’abord une banque ; vous choisirez les journaux plus tard.
targets-nothing-chosen = Aucun journal n’est livré. Choisissez des journaux dans les réglages.
targets-keep = Essayer et garder
targets-kept = La destination fonctionne et est gardée : { $found }
targets-settings = Réglages
targets-again = Réessayer
targets-again-done =
    { $count ->
        [one] Un nouvel essai est fait, avec une ligne mise de côté.
       *[other] Un nouvel essai est fait, avec { $count } lignes mises de côté.
    }
targets-yes = Oui
targets-no = Non
targets-secret-kept = Laissez vide pour garder celui qui est enregistré.
targets-from-file = Le fichier de réglages de l’exploitant décrit cette destination ; c’est là qu’on la modifie.
targets-delivered-count =
    { $count ->
        [one] Une ligne livrée
       *[other] { $count } lignes livrées
    }
targets-sending-count =
    { $count ->
        [one] une en route
       *[other] { $count } en route
    }
targets-parked-count =
    { $count ->
        [one] Une mise de côté
       *[other] { $count } mises de côté
    }
targets-changed-count =
    { $count ->
        [one] Une changée depuis
       *[other] { $count } changées depuis
    }
targets-parked = Lignes mises de côté
targets-parked-lead = La destination ne les prend pas. Corrigez ce qui est dit, puis réessayez.
targets-changed = Changées à la banque depuis leur livraison
targets-changed-lead = Rien n’y est jamais supprimé ni réécrit. Regardez vous-même ces lignes dans la destination.
targets-changed-removed = Reprise par la banque
targets-changed-review = La banque dit maintenant autre chose
targets-since = depuis
targets-folder = Dossier
targets-folder-hint = Sous le dossier que l’exploitant réserve à cette société : lettres, chiffres, tirets.
targets-folder-wrong = Écrivez un nom comme ledger ou ledger/2026, sans espaces ni points au début.
targets-place-account = Compte là-bas
targets-place-wrong = Écrivez un compte comme Assets:Bank:Main ou un numéro, sans espaces.
targets-missing = Ceci est nécessaire.
targets-too-long = C’est trop long.
targets-address-wrong = Écrivez une adresse web comme https://odoo.example.com.
targets-day-wrong = Écrivez un jour comme 2026-12-31.
targets-system-unknown = Ce système n’existe pas.
targets-trouble-file = Un fichier n’a pas pu être écrit.
targets-trouble-file-do = Donnez au programme le droit d’écrire dans ce dossier et de la place sur le disque ; puis réessayez.
targets-trouble-system = Cette version du programme ne connaît pas ce système.
targets-trouble-system-do = Demandez à l’exploitant de relancer le programme plus récent.
targets-trouble-unreachable = Le système est injoignable.
targets-trouble-unreachable-do = Vérifiez l’adresse et qu’il fonctionne. Un nouvel essai se fait tout seul.
targets-trouble-key = Le système refuse l’identifiant ou la clé.
targets-trouble-key-do = Créez-y une nouvelle clé API, écrivez-la dans les réglages et gardez-les.
targets-trouble-group = L’utilisateur de la clé ne peut pas créer de lignes bancaires.
targets-trouble-group-do = Donnez-lui le groupe nommé ci-dessous, puis réessayez. Même un administrateur ne l’a pas au départ.
targets-trouble-database = Le système ne connaît pas cette base de données.
targets-trouble-database-do = Vérifiez le nom de la base dans les réglages ; laissez vide s’il n’y en a qu’une.
targets-trouble-answer = La réponse du système n’a pas été comprise.
targets-trouble-answer-do = Vérifiez que l’adresse est bien celle du système. Si oui, dites-nous ce qui est écrit dessous.
targets-trouble-busy = Le système était occupé.
targets-trouble-busy-do = Rien à faire : les mêmes lignes repartent toutes seules.
targets-trouble-access = Le système ne permet pas ce qui est nécessaire.
targets-trouble-access-do = Donnez à l’utilisateur de la clé le droit nommé ci-dessous, puis réessayez.
targets-trouble-journal-currency = Le journal a là-bas une autre devise.
targets-trouble-journal-currency-do = Choisissez un journal dans la devise du compte, ou laissez-en créer un.
targets-trouble-journal-fed = Un autre flux remplit déjà ce journal.
targets-trouble-journal-fed-do = Chaque ligne viendrait deux fois. Arrêtez d’abord ce flux, ou choisissez un autre journal.
targets-trouble-journal-several = Plusieurs journaux ont ce numéro de compte.
targets-trouble-journal-several-do = Écrivez le numéro du bon dans les réglages.
targets-trouble-journal-missing = Il n’y a pas de journal pour ce compte.
targets-trouble-journal-missing-do = Créez-y un journal bancaire avec ce numéro, ou permettez dans les réglages d’en créer un ; il faut pour cela le droit nommé ci-dessous.
targets-trouble-journal-suspense = Le journal n’a pas de compte d’attente.
targets-trouble-journal-suspense-do = Indiquez-en un dans les réglages de ce journal, puis réessayez.
targets-trouble-journal-archived = Le compte bancaire ou son journal y est archivé.
targets-trouble-journal-archived-do = Désarchivez-le, puis réessayez.
targets-trouble-moved-date = Le système a comptabilisé des lignes à une autre date que la banque.
targets-trouble-moved-date-do = Une période y a été verrouillée entre-temps. Corrigez ces lignes là-bas, puis réessayez.
targets-trouble-company = L’utilisateur de la clé ne travaille pas pour cette société.
targets-trouble-company-do = Vérifiez le numéro de la société dans les réglages, ou donnez-lui cette société.
targets-trouble-other = La livraison a échoué.
targets-trouble-other-do = Regardez ce qui est écrit dessous, puis réessayez.
targets-parked-unsaid = Le système n’a pas dit ce qu’elle est devenue
targets-parked-locked = La période y est verrouillée jusqu’au
targets-parked-refused = Le système l’a refusée
targets-address = Adresse
targets-database = Base de données
targets-database-hint = Nécessaire jusqu’à Odoo 18 ; à partir de 19 seulement s’il y en a plusieurs.
targets-login = Identifiant
targets-login-hint = Nécessaire jusqu’à Odoo 18. De préférence un utilisateur réservé à cet usage.
targets-key = Clé API
targets-key-hint = Dans Odoo : votre profil, Sécurité du compte, Nouvelle clé API.
targets-key-until = Dernier jour de la clé
targets-key-until-hint = Vous êtes averti deux semaines avant.
targets-company = Numéro de la société là-bas
targets-company-hint = Seulement si l’utilisateur travaille pour plusieurs sociétés.
targets-only-existing = N’utiliser que des journaux existants
targets-checkpoints = Relevés des mois prouvés
targets-checkpoints-hint = Un mois terminé, prouvé et entièrement livré y reçoit un relevé avec les soldes de la banque.
targets-place-journal = Numéro du journal là-bas
targets-trouble-key-ends = La clé expire bientôt.
targets-trouble-key-ends-do = Créez-en une nouvelle et écrivez-la dans les réglages avant son dernier jour.
