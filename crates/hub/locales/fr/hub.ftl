# Le tableau de bord du hub.
save = Enregistrer
cancel = Annuler
search = Rechercher
email = Adresse e-mail
password = Mot de passe
country = Pays
street = Rue et numéro
postal-code = Code postal
city = Localité

nav-overview = Aperçu
nav-accounts = Comptes
nav-transactions = Opérations
nav-integrations = Intégrations
menu-organization = Organisation
menu-billing = Facturation
menu-profile = Votre accès

# Fautes de saisie
field-missing = Ce champ est nécessaire.
field-too-long = Utilisez au plus { $limit } caractères.
field-too-short = Utilisez au moins { $limit } caractères.
field-not-an-email = Ce n’est pas une adresse e-mail : écrivez-la comme nom@example.com.
field-not-a-country = Choisissez un pays.
field-password-is-email = Utilisez autre chose que votre adresse e-mail.
field-vat-form = Ce n’est pas un numéro de TVA : écrivez-le comme { $example }.
field-vat-check-digits = La clé de ce numéro de TVA est fausse : un caractère a été mal saisi.
field-not-a-kind = Choisissez professionnel ou privé.

# Entrée
sign-up-title = Créez votre accès
sign-up-lead = Tous vos comptes bancaires au même endroit ; votre logiciel comptable lit exactement ceux que vous choisissez.
sign-up-do = S’inscrire
sign-up-have-login = Vous avez déjà un accès ?
sign-up-password-hint = Au moins 10 caractères. Une phrase se retient mieux et se devine moins.
log-in-title = Bon retour
log-in-do = Se connecter
log-in-no-login = Pas encore d’accès ?
log-in-refused = L’adresse e-mail ou le mot de passe n’est pas correct.
log-in-too-many = { $minutes ->
    [one] Trop d’essais ont échoué. Réessayez dans une minute.
   *[other] Trop d’essais ont échoué. Réessayez dans { $minutes } minutes.
}
log-out-done = Vous êtes déconnecté.

# Organisation et facturation
organization-new-title = Votre organisation
organization-new-lead = À qui appartiennent les comptes bancaires que vous allez connecter.
organization-create = Créer l’organisation
organization-title = Organisation
organization-lead = À qui appartiennent les comptes.
organization-saved = L’organisation est enregistrée.
organization-name = Nom
organization-kind = À qui sont les comptes ?
organization-business = Une société, une association ou un indépendant
organization-personal = Une personne, à titre privé
organization-vat = Numéro de TVA
organization-vat-hint = Avec ou sans le pays devant ; espaces et points sans importance.
organizations-yours = Vos organisations
organization-another = En ajouter une
organization-at-work = Vous travaillez ici
organization-switch = Travailler ici
billing-title = Facturation
billing-lead = Où va la facture. C’est nécessaire avant de relier une banque et avant qu’un logiciel lise un compte. Les fichiers de relevés n’en ont pas besoin.
billing-price = { $price } par mois pour chaque compte dans chaque intégration, compté au jour. Un compte qu’aucun logiciel ne lit ne coûte rien.
billing-name = Nom sur la facture
billing-email = Adresse e-mail pour les factures
billing-email-hint = Les factures y arrivent une fois par mois.
billing-saved = Les données de facturation sont enregistrées.

# Accès
profile-title = Votre accès
profile-password-title = Changer de mot de passe
profile-present = Mot de passe actuel
profile-new = Nouveau mot de passe
profile-password-do = Changer le mot de passe
profile-password-changed = Votre mot de passe est changé. Toutes les autres sessions ont été fermées.
profile-present-wrong = Votre mot de passe actuel n’est pas correct.
profile-everywhere-title = Se déconnecter partout
profile-everywhere-lead = Ferme toutes vos sessions sur tous vos appareils, celle-ci aussi.
profile-everywhere-do = Se déconnecter partout
profile-logged-out = { $count ->
    [one] Une session a été fermée. Reconnectez-vous pour continuer.
   *[other] { $count } sessions ont été fermées. Reconnectez-vous pour continuer.
}

# Aperçu
overview-lead = Ce que vos banques détiennent, et ce que vos logiciels peuvent lire.
overview-total = Solde en { $currency }
overview-total-note = Dernière clôture de vos banques
overview-proven = Comptes prouvés
overview-proven-note = Les soldes de la banque confirment chaque mouvement.
overview-integrations = Qui lit quoi
overview-all-accounts = Tous les comptes
overview-newest = Dernières opérations
overview-look = Voir
overview-billing = Avant d’ajouter un compte, nous devons savoir où envoyer les factures.
overview-expired = L’autorisation pour { $account } est terminée. L’historique reste lisible ; renouvelez-la pour recevoir la suite.
overview-broken = Pour { $account }, les mouvements et les soldes de la banque ne concordent pas.
overview-ending = L’autorisation pour { $account } se termine bientôt.

# Ajouter un compte
link-step-bank = Banque
link-step-consent = Autorisation
link-step-accounts = Comptes
link-step-fetch = Première lecture
link-title = Quelle banque ?
link-lead = Choisissez la banque du compte. Vous confirmez chez elle ; nous ne voyons jamais votre mot de passe bancaire.
link-search = Nom ou BIC
link-all-countries = Tous les pays
link-none-title = Aucune banque trouvée
link-none = Vérifiez l’orthographe ou cherchez dans tous les pays.
link-iban-mistyped = La clé de ce numéro de compte ne convient pas : un caractère est mal saisi.
link-iban-length = Ce numéro de compte est trop court ou trop long pour son pays.
link-show-all = Montrer toutes les banques
link-other-bank = Autre banque
consent-title = Connecter { $bank }
consent-beta = { $bank } est en bêta : la connexion fonctionne, mais elle a encore peu d’utilisateurs. Vérifiez bien les premiers extraits ; si un compte manque, dites-le-nous et réessayez plus tard.
consent-experimental = La connexion à { $bank } est expérimentale : nous seuls l’avons essayée. Ne comptez pas encore dessus.
consent-maintenance = { $bank } est en réparation pour le moment. Ce qui a été lu reste lisible ; un nouveau compte pourra être ajouté ensuite.
consent-deprecated = Cette connexion à { $bank } a été remplacée. Choisissez la nouvelle dans la liste.
consent-what = Quoi
consent-what-text = Les noms, soldes et opérations des comptes que vous choisissez à la banque.
consent-why = Pourquoi
consent-why-text = Pour les garder ici pour vous et les transmettre aux logiciels que vous autorisez, compte par compte.
consent-how-long = Combien de temps
consent-how-long-text = Jusqu’à { $days } jours ; la banque peut y mettre fin plus tôt. Nous vous prévenons à temps, et renouveler prend une minute.
consent-not = Ce qui est exclu
consent-not-text = Nous ne pouvons ni payer, ni virer, ni modifier quoi que ce soit, et ne voyons jamais votre mot de passe bancaire.
consent-end = Comment arrêter
consent-end-text = Déliez le compte ici à tout moment, ou retirez l’autorisation à votre banque. Délier efface son historique ici.
consent-agree = J’accepte, aller chez { $bank }
consent-not-now = Impossible pour le moment
attempt-title = En attente de votre banque
attempt-lead = Terminez chez votre banque, dans l’autre fenêtre si elle en a ouvert une. Cette page le remarque d’elle-même.
attempt-waiting = La banque n’a pas encore confirmé
attempt-done = La banque a répondu.
attempt-i-am-done = J’ai terminé
attempt-back-to-bank = Retour à la banque
attempt-refused-title = L’autorisation n’a pas été donnée
attempt-refused = Elle a été refusée ou a pris trop de temps à la banque. Rien n’a été connecté et rien n’est perdu ; vous pouvez réessayer.
attempt-again = Réessayer
attempt-nothing-title = La banque n’a donné aucun compte
attempt-nothing = L’autorisation existe, mais aucun compte lisible n’a été coché à la banque. Réessayez et cochez-en au moins un.
choose-title = Quels comptes ?
choose-lead = La banque autorise ceux-ci. Prenez ceux que vous voulez voir ici.
choose-renewed = { $count ->
    [one] Un compte continue sous la nouvelle autorisation.
   *[other] { $count } comptes continuent sous la nouvelle autorisation.
}
choose-effect = En connectant un compte, vous nous autorisez à lire ses soldes et ses opérations.
choose-do = Connecter les comptes
choose-later = Pas maintenant
choose-none = Cochez au moins un compte, ou choisissez « Pas maintenant ».
progress-title = Lecture de vos opérations
progress-lead = La première fois est la plus longue. Vous pouvez quitter cette page ; la lecture continue sans vous.
progress-continue = Continuer
progress-accounts = Aller aux comptes

# Synchronisation
sync-waiting = Attend son tour
sync-running = { $count ->
    [0] La banque est interrogée
    [one] Une opération lue jusqu’ici
   *[other] { $count } opérations lues jusqu’ici
}
sync-done = Terminé
sync-brought = { $count ->
    [0] Rien de nouveau.
    [one] Une nouvelle opération.
   *[other] { $count } nouvelles opérations.
}
sync-failed = Échec
sync-failed-unknown = L’échec n’a pas de raison connue. Réessayez.
sync-failed-expired = L’autorisation à la banque a expiré. Renouvelez-la ; l’historique reste lisible.
sync-failed-consent = La banque n’accepte plus l’autorisation. Renouvelez-la ; l’historique reste lisible.
sync-failed-later = La banque ne peut pas répondre pour le moment. Rien n’est perdu ; le prochain essai est prévu.
sync-failed-refused = La banque a refusé la demande. Réessayez ; si cela se répète, dites-le-nous.
sync-failed-unreadable = La réponse de la banque était illisible et rien n’en a été utilisé. Le prochain essai est prévu.
sync-too-soon = Ce compte vient d’être synchronisé. La prochaine fois est possible à partir du { $next }.
sync-quota = La banque permet quatre lectures par jour sans vous. La prochaine est possible à partir du { $next }.

# Comptes
accounts-lead = { $count ->
    [one] Un compte
   *[other] { $count } comptes
}
accounts-none-title = Pas encore de compte
accounts-none = Connectez un compte bancaire et ses opérations apparaissent ici, aussi loin que la banque les donne.
accounts-total = Ensemble { $sum }
accounts-total-without = Ensemble { $sum }, { $untold ->
    [one] sans un compte dont la banque n’a donné aucun solde
   *[other] sans { $untold } comptes dont les banques n’ont donné aucun solde
}
account-add = Ajouter un compte
account-add-first = Ajouter votre premier compte
account-add-another = Ajouter un autre compte
account-never-synchronized = pas encore
account-expired = Autorisation terminée
account-ended-early = Fin anticipée
account-expires-in = { $days ->
    [0] se termine aujourd’hui
    [one] se termine demain
   *[other] se termine dans { $days } jours
}
account-days-left = encore { $days } jours
account-no-balance = non indiqué
account-renew = Renouveler l’autorisation
account-synchronize = Synchroniser
account-expired-title = L’autorisation à la banque est terminée.
account-expired-do = Ce qui a été lu reste lisible. Renouvelez l’autorisation pour lire ce qui est arrivé depuis.
account-expires-soon = { $days ->
    [0] L’autorisation à la banque se termine aujourd’hui. Renouvelez-la maintenant et rien ne manquera.
    [one] L’autorisation à la banque se termine demain. Renouvelez-la maintenant et rien ne manquera.
   *[other] L’autorisation à la banque se termine dans { $days } jours. Renouvelez-la maintenant et rien ne manquera.
}
account-next-allowed = à nouveau possible
account-next-by-itself = prochaine automatique
account-count = comptabilisées, dans notre historique
account-chart = Solde de clôture
account-chart-told = tel que la banque l’a donné
account-pending = En attente
account-pending-what = Annoncées par la banque, non comptabilisées : elles peuvent changer ou disparaître et n’entrent jamais en comptabilité.
account-search = Rechercher
account-no-transactions = Pas encore d’opérations.
account-defects = Défauts
account-defects-what = Ce que la banque a envoyé et qui n’a pas pu être compris. Rien n’en a été jeté.
account-facts = À propos de ce compte
account-reference = Numéro de compte
account-currency = Devise
account-holder = Titulaire
account-product = Produit
account-linked = Connecté
account-opening = Solde d’ouverture
account-unlink = Délier
unlink-title = Délier { $account } ?
unlink-erases = { $count ->
    [0] Son historique est effacé ici, définitivement.
    [one] Son unique opération est effacée ici, définitivement.
   *[other] Ses { $count } opérations sont effacées ici, définitivement.
}
unlink-software = Les logiciels qui lisent ce compte ne reçoivent plus rien. Si vous le reconnectez, seul revient ce que la banque donne encore.
unlink-sure = Je veux délier ce compte et effacer son historique ici
unlink-tick = Cochez cette case pour continuer.
unlink-done = { $account } est délié.

# Opérations
column-date = Date
column-counterparty = Contrepartie
column-purpose = Communication
column-account = Compte
column-amount = Montant
column-balance = Solde
column-proof = Preuve
column-synchronized = Synchronisé
column-permission = Autorisé jusqu’au
column-transactions = Opérations
transactions-lead = Tous comptes confondus, la date comptable la plus récente d’abord.
transactions-search = Nom, communication, compte ou montant
transactions-from = Du
transactions-to = Au
transactions-all = Toutes les opérations
transactions-all-accounts = Tous les comptes
transactions-none-title = Rien trouvé
transactions-none = Aucune opération ne correspond. Essayez moins de mots ou une période plus longue.
transaction-without-words = Mouvement sans libellé
transaction-counterparty = Contrepartie
transaction-account = Compte
transaction-bic = BIC
transaction-structured = Communication structurée
transaction-communication = Communication
transaction-value-date = Date valeur
transaction-end-to-end = Référence de bout en bout
transaction-mandate = Mandat
transaction-creditor = Identifiant du créancier
transaction-original = Montant d’origine
transaction-rate = Taux de change
transaction-fee = Frais compris
transaction-card = Carte
transaction-information = Information de la banque
transaction-code = Code de l’opération
transaction-balance-after = Solde après
transaction-bank-id = Référence de la banque
transaction-seen = Vue la première fois
transaction-id = Identifiant

# Intégrations
integrations-lead = Les logiciels qui peuvent lire vos comptes, et lesquels.
integrations-none-title = Aucun logiciel ne lit vos comptes
integrations-none = Connectez-vous depuis votre logiciel comptable, ou créez une intégration propre pour votre logiciel. Chacune ne lit que les comptes que vous cochez.
integration-new = Nouvelle intégration
integration-new-title = Nouvelle intégration propre
integration-new-lead = Pour un logiciel à vous, avec un identifiant et un secret.
integration-name = Nom
integration-name-hint = Pour la reconnaître plus tard, par exemple le nom du logiciel.
integration-name-wrong = Donnez-lui un nom de 1 à 80 caractères.
integration-create = Créer l’intégration
integration-may-read = Comptes qu’elle peut lire
integration-no-accounts = Il n’y a pas encore de compte. Vous pourrez en cocher ici plus tard.
integration-custom = Intégration propre
integration-certified = Logiciel connecté
integration-accounts = { $count ->
    [0] Aucun compte
    [one] Un compte
   *[other] { $count } comptes
}
integration-cost = { $price } par mois
integration-credentials = Identifiants
integration-base-url = Adresse
integration-client-id = Identifiant du client
integration-secret = Secret du client
integration-secret-once = Copiez le secret maintenant : il n’est montré que cette fois. S’il se perd, créez-en un nouveau.
integration-secret-hidden = Le secret a été montré à sa création et n’est pas gardé lisible ici.
integration-secret-renew = Créer un nouveau secret
integration-secret-renewed = Le nouveau secret vaut dès maintenant. Le précédent fonctionne jusqu’au { $until }.
integration-changed = Enregistré : { $added } en plus, { $removed } en moins.
webhook-title = Avis au logiciel
webhook-lead = Le logiciel peut être averti aussitôt que quelque chose arrive, par exemple de nouvelles opérations.
webhook-open = Adresse et journal
webhook-address = Adresse
webhook-address-hint = Une adresse de votre logiciel qui commence par https://. Laissez-la vide pour ne rien envoyer.
webhook-address-wrong = L’adresse doit commencer par https:// (http:// ne vaut que sur cet ordinateur).
webhook-address-none = Aucune
webhook-address-theirs = L’éditeur du logiciel fixe cette adresse.
webhook-saved = L’adresse est enregistrée.
webhook-log = Ce qui a été envoyé
webhook-log-none-title = Rien n’a encore été envoyé
webhook-log-none = Chaque avis apparaît ici avec la réponse du logiciel.
webhook-log-kept = Les 50 derniers sont montrés. Un avis est tenté pendant trois jours et gardé 30 jours.
webhook-waiting = En attente
webhook-delivered = Reçu
webhook-given-up = Abandonné
webhook-attempts = { $count ->
    [0] pas encore envoyé
    [one] envoyé une fois
   *[other] envoyé { $count } fois
}
webhook-answered = Le logiciel a répondu { $status }.
webhook-next = Prochain essai :
webhook-again = Renvoyer
webhook-sending = L’avis est renvoyé.
integration-end-title = Terminer cette intégration
integration-end-lead = Le logiciel ne peut alors plus rien lire. Vos comptes et leur historique restent ici.
integration-since = Connecté
integration-revoke = Terminer l’intégration
revoke-title = Terminer { $application } ?
revoke-means = { $application } ne peut plus rien lire, immédiatement. Pour le reconnecter, commencez dans le logiciel.
revoke-keeps = Vos comptes et leur historique restent ici, et les autres logiciels ne sont pas touchés.
revoke-done = L’intégration est terminée.

# La page où l’on laisse entrer un logiciel
oauth-title = { $application } veut lire vos comptes
oauth-lead = Vous êtes connecté comme { $email }. Ensuite vous retournez à { $host }.
oauth-since = Elle a accès depuis :
oauth-organization = Organisation
oauth-nothing-ticked = Cochez au moins un compte, ou refusez.
oauth-lost = Si vous continuez, { $application } ne pourra plus lire :
oauth-lost-sure = Oui, retirer ces comptes
oauth-may = Il pourra
oauth-scope-accounts = lire les soldes et opérations des comptes que vous cochez
oauth-scope-name = lire le nom de votre organisation
oauth-scope-offline = continuer jusqu’à ce que vous y mettiez fin
oauth-may-not = Il ne peut pas payer et ne voit aucun autre compte.
oauth-accounts = Comptes
oauth-no-accounts = Il n’y a pas encore de compte. Ajoutez-en un, puis vous revenez ici.
oauth-already = Déjà autorisé
oauth-price = { $price } par mois pour chaque compte coché.
oauth-allow = Autoriser
oauth-refuse = Refuser
oauth-stale = Cette demande n’est plus valable : elle a déjà reçu une réponse, ou elle est trop ancienne.
oauth-not-your-organization = Vous ne travaillez pas pour cette organisation.
oauth-unknown-client = Le logiciel qui vous envoie n’est pas connu de ce hub. Vérifiez ses réglages.
oauth-unknown-address = L’adresse de retour n’est pas enregistrée pour ce logiciel. Son éditeur doit la corriger.
oauth-failed = Le hub a échoué. Rien n’a été modifié.
oauth-trouble-do = Retournez au logiciel et reconnectez.

# Banques qui ne répondent pas
bank-later = La banque ne peut pas répondre pour le moment. Rien n’a été modifié.
bank-later-do = Réessayez dans quelques minutes.
bank-consent = La banque demande une nouvelle autorisation.
bank-consent-do = Recommencez depuis la liste des banques.
bank-refused = La banque a refusé la demande. Rien n’a été modifié.
bank-refused-do = Réessayez ; si cela se répète, donnez-nous la référence.
bank-broken = La réponse de la banque n’a pas pu être comprise. Rien n’a été modifié.
bank-broken-do = Réessayez dans quelques minutes ; si cela persiste, donnez-nous la référence.

# Pays
country-at = Autriche
country-be = Belgique
country-bg = Bulgarie
country-ch = Suisse
country-cy = Chypre
country-cz = Tchéquie
country-de = Allemagne
country-dk = Danemark
country-ee = Estonie
country-es = Espagne
country-fi = Finlande
country-fr = France
country-gb = Royaume-Uni
country-gr = Grèce
country-hr = Croatie
country-hu = Hongrie
country-ie = Irlande
country-is = Islande
country-it = Italie
country-li = Liechtenstein
country-lt = Lituanie
country-lu = Luxembourg
country-lv = Lettonie
country-mt = Malte
country-nl = Pays-Bas
country-no = Norvège
country-pl = Pologne
country-pt = Portugal
country-ro = Roumanie
country-se = Suède
country-si = Slovénie
country-sk = Slovaquie
