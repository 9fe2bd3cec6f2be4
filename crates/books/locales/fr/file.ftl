# Fichiers d’extraits, et annulation d’imports.
file-title = Fichiers d’extraits
file-lead = N’importe quel fichier d’extraits de votre banque. Ce que le journal contient déjà est reconnu, qu’il vienne d’un fichier ou de la synchronisation.
file-choose = Fichier d’extraits
file-formats = camt.053, camt.052, CODA, MT940, OFX, CFONB 120, Norma 43, QIF, CSV et d’autres ; jusqu’à 32 Mo.
file-do = Reprendre un fichier
file-taken = Fichiers repris
file-created = { $count ->
    [0] aucune nouvelle ligne
    [one] une nouvelle ligne
   *[other] { $count } nouvelles lignes
}
file-known = { $count ->
    [one] une déjà présente
   *[other] { $count } déjà présentes
}
file-restored = { $count ->
    [one] une rétablie
   *[other] { $count } rétablies
}
file-early = { $count ->
    [one] une d’avant le début du journal
   *[other] { $count } d’avant le début du journal
}
file-done = { $count ->
    [0] Aucune nouvelle ligne ; { $known } étaient déjà présentes.
    [one] Une nouvelle ligne ; { $known } étaient déjà présentes.
   *[other] { $count } nouvelles lignes ; { $known } étaient déjà présentes.
}
file-missing = Aucun fichier n’est arrivé. Choisissez-en un et envoyez-le de nouveau.
file-too-large = Le fichier n’est pas arrivé en entier, ou dépasse 32 Mo. Envoyez une période plus courte.
file-not-a-statement = Ce fichier n’a pas pu être repris : { $why }. Rien n’a changé. Demandez à votre banque un camt.053 ou un CODA.
file-other-account = Ce fichier ne contient aucun extrait de { $account }. Il parle de : { $found }. Reprenez-le dans le journal de ce compte. Rien n’a changé.
file-undo = Annuler
file-redo = Rétablir
file-undone = Annulé
file-undo-done = { $count ->
    [one] Une ligne est mise de côté et ne compte plus. Elle peut être rétablie. Ce qui a été livré à d’autres logiciels y reste.
   *[other] { $count } lignes sont mises de côté et ne comptent plus. Elles peuvent être rétablies. Ce qui a été livré à d’autres logiciels y reste.
}
file-undo-nothing = Plus rien de cet import ne compte : il n’y avait rien à annuler.
file-redo-done = { $count ->
    [one] Une ligne compte de nouveau.
   *[other] { $count } lignes comptent de nouveau.
}
