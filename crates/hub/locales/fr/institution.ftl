# Les banques : ce qu’on peut en attendre, celles qu’on n’atteint pas encore, et les signalements.
institution-history = { $days ->
    [one] { $days } jour d’historique
   *[other] { $days } jours d’historique
}
institution-consent = { $days ->
    [one] autorisation de { $days } jour
   *[other] autorisation de { $days } jours
}
institution-pending = opérations en attente comprises
institution-no-pending = sans les opérations en attente
institution-gives = Ce que donne cette banque
institution-contact = Quelque chose cloche ? Dites-le-nous ; cela aide tous les clients de cette banque :
institution-successor = Connecter plutôt { $bank }

bank-closed = Cette banque n’accepte pas de nouvelle connexion pour l’instant : elle est en maintenance ou a été remplacée.
bank-closed-do = Ce qui a déjà été reçu reste lisible. Choisissez une autre connexion dans la liste, ou revenez plus tard.

known-bank-list = Banques que nous n’atteignons pas encore
known-bank-list-lead = Leurs fichiers d’extraits fonctionnent dès aujourd’hui.
known-bank-badge = fichiers seulement
known-bank-more = { $count ->
    [one] Une autre banque correspond. Précisez le nom.
   *[other] { $count } autres banques correspondent. Précisez le nom.
}
known-bank-unreached = { $bank } n’est pas encore accessible automatiquement.
known-bank-files = Utilisez les fichiers d’extraits dès aujourd’hui
known-bank-files-how = Téléchargez vos extraits chez { $bank } (CAMT, CODA, MT940, OFX ou CSV) et déposez-les ici. Ils sont contrôlés et prouvés comme ceux d’une banque connectée, et rien n’est doublé quand la banque sera connectée.
known-bank-tell = Prévenez-moi quand cela fonctionne
known-bank-tell-how = Nous comptons les entreprises qui attendent cette banque, et nous écrirons à { $email } dès qu’elle pourra être connectée.
known-bank-tell-do = Prévenez-moi
known-bank-told = C’est noté. Nous vous écrirons quand cette banque pourra être connectée.
known-bank-arrived-subject = { $bank } peut maintenant être connectée
known-bank-arrived = Vous vouliez être prévenu : { $bank } peut maintenant être connectée. Ce que vos fichiers ont apporté reste, et rien n’est doublé.
known-bank-connect = La connecter :

report-do = Signaler un problème
report-title = Signaler un problème avec { $bank }
report-lead = Ce que vous écrivez va aux personnes qui exploitent ce hub.
report-words = Que s’est-il passé ?
report-words-hint = Ce que vous attendiez et ce que vous voyez. N’indiquez ni numéro de compte ni montant.
report-attached = Ce qui est joint
report-attached-what = Les heures, références et codes d’état des dernières synchronisations. Aucun compte, aucun nom, aucun montant.
report-send = Envoyer le signalement
report-sent = Merci. Votre signalement est conservé sous { $reference } ; citez cette référence quand vous nous écrivez.
