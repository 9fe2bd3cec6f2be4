# Les livres, en français.

## Cadre
books-nav-journals = Journaux
books-nav-connections = Connexions
books-nav-banks = Banques
books-nav-companies = Sociétés

## Entrer
books-sign-up = Ouvrir vos livres
books-sign-up-lead = Un accès pour vous, une société pour commencer. Vous pourrez en ajouter d’autres.
books-sign-up-do = Ouvrir les livres
books-sign-up-instead = Pas encore d’accès ? Ouvrez vos livres
books-log-in = Se connecter
books-log-in-lead = Vos journaux vous attendent.
books-log-in-do = Se connecter
books-log-in-instead = Vous avez un accès ? Connectez-vous
books-log-in-wrong = Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez les deux et réessayez.
books-log-in-wait = Trop d’essais manqués pour cette adresse. Attendez un quart d’heure, puis réessayez.
books-company = Société
books-company-missing = Indiquez le nom de la société.
books-company-long = Écrivez un nom plus court : 100 caractères au plus.
books-email = Adresse e-mail
books-email-wrong = Indiquez une adresse complète, comme claire@example.org.
books-email-taken = Il y a déjà un accès avec cette adresse. Connectez-vous plutôt.
books-password = Mot de passe
books-password-hint = Au moins 10 caractères. Une phrase fait un bon mot de passe.
books-password-short = Utilisez au moins 10 caractères.

## Sociétés
books-companies = Sociétés
books-companies-lead = Chaque société a ses connexions et ses journaux ; personne ne voit ceux d’une autre.
books-company-here = En cours
books-company-turn = Travailler pour cette société
books-company-add = Ajouter une société
books-company-add-do = Ajouter la société
books-company-turned = Vous travaillez maintenant pour { $company }.

## Journaux
books-journals = Journaux
books-journals-lead = Chaque compte bancaire avec son solde et sa preuve.
books-journals-empty = Pas encore de journal
books-journals-empty-lead = Connectez une banque : chacun de ses comptes reçoit un journal qui se remplit tout seul.
books-add-bank = Ajouter une banque
books-no-balance = Aucun solde communiqué
books-line-count = { $count ->
    [one] Une ligne
   *[other] { $count } lignes
}
books-to-review = { $count ->
    [one] Une ligne à regarder
   *[other] { $count } lignes à regarder
}
books-as-of = données de la banque { $ago }
books-never-synchronized = pas encore lu à la banque
books-not-fed = Aucun compte n’alimente ce journal.
books-unfinished = Vous avez commencé à connecter { $bank } sans en revenir. Rien n’est perdu.
books-unfinished-go-on = Continuer
books-unfinished-discard = Oublier
books-discarded = La connexion inachevée est oubliée. Rien d’autre n’a changé.
books-to-link = { $count ->
    [one] Un compte chez { $bank } est autorisé et n’a pas encore de journal.
   *[other] { $count } comptes chez { $bank } sont autorisés et n’ont pas encore de journal.
}
books-to-link-do = Lier à un journal
books-lost = Le compte { $account } n’est plus autorisé. Ses lignes restent ; il n’en vient plus de nouvelles.
books-lost-do = Voir que faire

## Un journal
books-defects = { $count ->
    [one] Un enregistrement du fournisseur est illisible. Il est gardé ici ; tous les autres ont été importés.
   *[other] { $count } enregistrements du fournisseur sont illisibles. Ils sont gardés ici ; tous les autres ont été importés.
}
books-statements = Extraits
books-statements-empty = Pas encore d’extrait : le premier import le crée.
books-month = Période
books-opening = Solde d’ouverture
books-closing = Solde de clôture
books-total = Somme des lignes
books-proof = Preuve
books-by-bank = selon la banque
books-not-told = Non communiqué
books-pending = En attente
books-pending-lead = Annoncés par la banque, pour information seulement. Ils ne sont pas dans les livres.
books-lines = Lignes
books-lines-empty = Aucune ligne ici.
books-search = Chercher un nom, un texte, un numéro
books-search-do = Chercher
books-from = Du
books-to = Au
books-date = Date
books-partner = Partenaire
books-label = Libellé
books-amount = Montant
books-line-review = À regarder
books-line-removed = Reprise
books-line-review-why = Le fournisseur donne maintenant une autre date ou un autre montant pour cette ligne. La ligne n’a pas été modifiée : comparez-la avec votre banque.
books-line-removed-why = La banque a repris ce mouvement. La ligne est gardée et ne compte plus.
books-value-date = Date de valeur
books-structured = Communication structurée
books-end-to-end = Référence de bout en bout
books-remote-id = Identifiant chez le fournisseur
books-partner-account = Compte du partenaire
books-raw = Tel que le fournisseur l’a envoyé
books-unlinked = Le compte n’alimente plus ce journal. Les lignes restent.

## Banques
books-banks = Ajouter une banque
books-banks-lead = Cherchez votre banque. Vous voyez qui y donne accès, et dans quel état, avant de connecter quoi que ce soit.
books-bank-name = Nom de la banque
books-country = Pays
books-every-country = Tous les pays
books-banks-none = Aucune banque trouvée
books-banks-none-lead = Essayez une partie plus courte du nom, ou un autre pays. Une banque que personne n’atteint peut encore venir par fichiers d’extraits.
books-banks-more = { $count ->
    [one] Une autre banque correspond : précisez le nom.
   *[other] { $count } autres banques correspondent : précisez le nom.
}
books-by-provider = par { $provider }
books-consent-days = consentement de { $days } jours
books-history-days = { $days } jours d’historique

## Connecter
books-connect = Connecter { $bank }
books-connect-lead = Vous partez chez { $provider }, y choisissez vos comptes, et revenez.
books-connect-do = Aller chez { $provider }
books-cancel = Annuler
books-provider = Fournisseur
books-state = État
books-consent = Consentement
books-history = Historique
books-beta = Cette banque est en bêta : la connexion fonctionne, et reste sous observation. En cas de problème, contactez directement { $provider }, qui peut vous aider pour cette banque.
books-maintenance = Cette banque est en maintenance chez { $provider }. La connexion peut échouer ; réessayez plus tard.
books-deprecated = { $provider } remplace cette connexion par une plus récente. Choisissez-la si vous la trouvez dans la liste.
books-authorise-all = Autorisez tous les comptes à synchroniser, aussi ceux d’autres banques.
books-authorise-all-why = Le fournisseur tient une seule liste pour vous. Un compte qui n’y est pas coché quitte la liste, quelle que soit sa banque. De retour ici, vous voyez les comptes de la banque choisie, et les autres à côté.
books-keep-ticked = Laissez ceux-ci cochés, sinon ils ne seront plus synchronisés :
books-step-bank = Banque
books-step-authorise = Autoriser
books-step-link = Journaux
books-step-import = Importer
books-return-unknown = Ce retour n’appartient à rien qui ait commencé ici
books-return-unknown-why = Il a commencé pour une autre société, par quelqu’un d’autre, ou il y a longtemps. Rien n’a changé. Choisissez votre banque et recommencez.
books-return-refused = Rien n’a été autorisé
books-return-refused-why = Vous êtes revenu de { $bank } sans autorisation ({ $detail }). Rien n’a changé. Vous pouvez réessayer quand vous voulez.
books-try-again = Réessayer

## Lier
books-link = Comptes chez { $bank }
books-link-lead = Choisissez le journal que chaque compte alimente. Rien n’est importé pour un compte qui n’en a pas.
books-other-banks = Chez d’autres banques
books-authorised-chosen = { $count ->
    [one] { $count } compte de { $bank }, la banque choisie
   *[other] { $count } comptes de { $bank }, la banque choisie
}
books-authorised-from = { $count ->
    [one] un de { $bank }
   *[other] { $count } de { $bank }
}
books-authorised-nothing = Aucun compte n’apparaît, parce qu’aucun n’a été autorisé. Retournez chez le fournisseur, ajoutez-y vos comptes et cochez-les.
books-authorised-elsewhere = Des comptes d’autres banques ont été autorisés à la place. Liez-les, autorisez de nouveau, ou choisissez une autre banque.
books-authorise-again = Autoriser de nouveau
books-choose-again = Choisir une autre banque
books-losses = { $count ->
    [one] Un compte n’est plus autorisé :
   *[other] { $count } comptes ne sont plus autorisés :
}
books-losses-what = Leurs lignes restent dans les livres, mais rien de nouveau ne vient. Autorisez de nouveau en cochant ces comptes pour les retrouver, ou confirmez que vous vous en passez.
books-losses-confirm = S’en passer
books-losses-confirmed = C’est noté. Vous pouvez autoriser ces comptes de nouveau à tout moment.
books-compared = Par rapport à ce qui était autorisé avant : { $what }.
books-compared-kept = { $count ->
    [one] un compte comme avant
   *[other] { $count } comptes comme avant
}
books-compared-added = { $count ->
    [one] un nouveau
   *[other] { $count } nouveaux
}
books-compared-recognised = { $count ->
    [one] un reconnu sous un nouvel identifiant
   *[other] { $count } reconnus sous un nouvel identifiant
}
books-compared-lost = { $count ->
    [one] un qui n’est plus là
   *[other] { $count } qui ne sont plus là
}
books-linked = Lié
books-link-to = Journal
books-link-new = Nouveau journal
books-link-later = Pas maintenant
books-link-do = Lier et importer
books-link-skip = Plus tard
books-refused-no-account = Un des comptes n’est plus autorisé. Rien n’a été lié ; la page montre maintenant ce qui est là.
books-refused-no-journal = Un des journaux n’existe plus. Rien n’a été lié ; la page montre maintenant ce qui est là.
books-refused-currency = Le compte { $account } est en { $currency }, le journal { $journal } en { $other }. Un compte n’alimente qu’un journal de sa devise. Rien n’a été lié.
books-refused-account-taken = Le compte { $account } alimente déjà le journal { $journal }. Rien n’a été lié.
books-refused-journal-taken = Le journal { $journal } est déjà alimenté par un autre compte. Rien n’a été lié.

## Connexions
books-connections = Connexions
books-connections-lead = Ce qui alimente vos journaux, et comment cela va.
books-connections-empty = Pas encore de connexion
books-connections-empty-lead = Une connexion amène d’elle-même les mouvements d’une banque dans vos journaux.
books-fetch-accounts = Récupérer des comptes
books-update-credentials = Renouveler l’accès
books-import-now = Synchroniser maintenant
books-accounts = Comptes
books-no-accounts = Aucun compte de cette banque n’est autorisé.
books-no-accounts-do = Voir ce qui a été autorisé
books-next-allowed = possible de nouveau
books-access-lost = Plus autorisé
books-consent-left = { $days ->
    [0] Le consentement finit aujourd’hui
    [one] Consentement encore { $days } jour
   *[other] Consentement encore { $days } jours
}
books-consent-ended = Consentement terminé
books-schedule = Synchronisation automatique
books-automatic-on = Active. Prochaine fois :
books-automatic-off = Arrêtée. Rien ne vient sans que vous le demandiez.
books-nothing-linked = Aucun compte de cette connexion n’alimente encore un journal. Liez-en un d’abord.

## Imports
books-imports = Imports
books-begun = Début
books-asked-by = Demandé par
books-asked-by-person = Une personne
books-asked-by-schedule = L’horaire
books-new = Nouvelles
books-updated = Corrigées
books-removed = Reprises
books-outcome = Issue
books-running = En cours
books-import-ended = Import terminé
books-stage-waiting = Attend son tour
books-stage-asked = Le fournisseur interroge la banque
books-stage-pulling = Lecture des mouvements
books-stage-done = Fait
books-stage-failed = Échoué
books-lines-new = { $count ->
    [one] { $count } nouvelle ligne
   *[other] { $count } nouvelles lignes
}
books-lines-updated = { $count ->
    [one] { $count } corrigée
   *[other] { $count } corrigées
}
books-lines-removed = { $count ->
    [one] { $count } reprise
   *[other] { $count } reprises
}
books-accounts-failed = { $count ->
    [one] Un compte n’a pas pu être synchronisé
   *[other] { $count } comptes n’ont pas pu être synchronisés
}

## Ennuis
books-trouble-since = depuis
books-trouble-reference = Référence pour l’assistance du fournisseur :
books-trouble-connect-again = Le fournisseur n’accepte plus notre accès.
books-trouble-connect-again-do = Utilisez « Renouveler l’accès » et laissez tous vos comptes cochés. Rien n’est importé deux fois.
books-trouble-unreachable = Le fournisseur est injoignable.
books-trouble-wait = Le fournisseur nous demande d’attendre.
books-trouble-wait-do = Vous n’avez rien à faire : nous réessayons tout seuls, et rien ne se perd entre-temps.
books-trouble-slow = La banque n’a pas encore répondu.
books-trouble-slow-do = Ce qui était là a été lu. Le reste viendra à la prochaine synchronisation.
books-trouble-contract = Le fournisseur a répondu d’une façon que nous ne comprenons pas.
books-trouble-contract-do = Réessayez plus tard. Si cela dure, donnez la ligne ci-dessous à l’exploitant de ces livres.
books-trouble-provider-failed = Le fournisseur a une panne.
books-trouble-provider-unknown = Le fournisseur n’est plus dans les réglages de ces livres.
books-trouble-operator-do = Prévenez l’exploitant de ces livres : l’entrée du fournisseur dans les réglages est à réparer.
books-trouble-credentials = Le fournisseur ne connaît pas ces livres.
books-trouble-authorization = Le consentement auprès de la banque est terminé ou retiré.
books-trouble-authorization-do = Renouvelez-le par « Renouveler l’accès ». Les mouvements depuis lors sont repris aussi loin que la banque le permet.
books-trouble-quota = Les appels sans personne sont épuisés à cette banque pour aujourd’hui.
books-trouble-quota-do = Cela reprend tout seul demain. « Synchroniser maintenant » demande en votre nom et ne compte pas.
books-trouble-bank-down = La banque ne répond pas.
books-trouble-bank-error = La banque a donné une réponse contraire à ses propres règles.
books-trouble-bank-error-do = Réessayez dans quelques heures. Si cela dure, contactez le fournisseur avec la référence.
books-trouble-maintenance = Le fournisseur répare la connexion à cette banque.
books-trouble-blocked = Le fournisseur a bloqué votre organisation.
books-trouble-blocked-do = Contactez le fournisseur : la facturation est la raison habituelle.
books-trouble-account-gone = Le compte n’est plus là pour nous.
books-trouble-account-gone-do = Utilisez « Récupérer des comptes » et cochez-le de nouveau. Ses lignes restent ici.
books-trouble-other = La synchronisation a échoué.
books-trouble-other-do = Réessayez plus tard. Si cela dure, contactez le fournisseur avec la ligne ci-dessous.
