# Lettres aux personnes, en français.

letter-title = Lettres
letter-lead = À propos de { $company }, on écrit à { $email } : 30, 14, 7 jours et 1 jour avant la fin d’un consentement, à sa fin, et lorsqu’une synchronisation ou une livraison échoue durablement.
letter-on = On vous écrit
letter-off = On ne vous écrit pas
letter-failures = On vous écrit quand quelque chose continue d’échouer, pas au sujet des consentements
letter-which = Lettres
letter-choice-all = Les consentements qui se terminent, et ce qui continue d’échouer
letter-choice-failures = Seulement ce qui continue d’échouer : le fournisseur m’écrit au sujet des consentements
letter-choice-none = Aucun
letter-keep = Garder ce choix
letter-soon-subject = { $bank } : le consentement se termine le { $at }
letter-soon =
    { $days ->
        [0] Le consentement de { $company } pour { $bank } se termine dans moins d’un jour ({ $at }). Renouvelez-le avant : rien n’est interrompu.
        [one] Le consentement de { $company } pour { $bank } se termine dans un jour ({ $at }). Renouvelez-le avant : rien n’est interrompu.
       *[other] Le consentement de { $company } pour { $bank } se termine dans { $days } jours ({ $at }). Renouvelez-le avant : rien n’est interrompu.
    }
letter-over-subject = { $bank } : le consentement est terminé
letter-over = Le consentement de { $company } pour { $bank } est terminé ({ $at }) et plus aucune opération n’arrive. Renouvelez-le : ce que la banque a comptabilisé entre-temps est repris, et rien n’est importé deux fois.
letter-renew = Renouvelez-le ici, d’un bouton :
letter-why = Vous recevez cette lettre parce que vous travaillez pour cette société dans les livres. Pour ne plus la recevoir :
letter-stuck-subject = { $company } : { $count ->
        [one] un point demande votre attention
       *[other] { $count } points demandent votre attention
    }
letter-stuck =
    { $count ->
        [one] Ceci n’arrive plus tout seul dans les livres de { $company } :
       *[other] Ces éléments n’arrivent plus tout seuls dans les livres de { $company } :
    }
