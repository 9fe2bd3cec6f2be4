# Statement files that people upload.
files-title = Fichiers d’extraits
files-lead = Pour les banques qu’aucun connecteur n’atteint, et pour l’historique qu’une banque ne donne plus. Ce qui est déjà connu est reconnu et n’entre qu’une fois.
files-file = Fichier
files-formats = L’un de : { $formats } ; 20 Mo au plus.
files-account-by-file = Selon le fichier
files-account-hint = Nécessaire seulement pour les fichiers qui ne nomment pas leur compte.
files-do = Charger
files-earlier = Fichiers précédents
files-refused = Le fichier n’a pas été repris.
files-no-account = Le fichier ne dit pas de quel compte il s’agit. Choisissez le compte et renvoyez-le.
files-no-currency = Le fichier ne dit pas dans quelle devise il est. Choisissez le compte et renvoyez-le.
files-empty = Rien n’a pu être lu dans ce fichier : { $why }
files-too-large = Le fichier dépasse 20 Mo. Exportez une période plus courte.
files-new = Nouvelles
files-known = Connues
files-came = { $listed ->
    [one] Une opération lue
   *[other] { $listed } opérations lues
} : { $new ->
    [one] { $new } nouvelle
   *[other] { $new } nouvelles
}, { $known ->
    [one] { $known } déjà connue
   *[other] { $known } déjà connues
}.
files-undo = { $count ->
    [0] Annuler : retirer ses soldes
    [one] Annuler : retirer la nouvelle opération
   *[other] Annuler : retirer les { $count } nouvelles opérations
}
files-same = Le même fichier est déjà entré. Pour retirer ce qu’il dit, annulez l’autre.
files-undone = Annulé
files-undone-said = { $count ->
    [0] Le fichier est annulé ; ses soldes ont été retirés.
    [one] Le fichier est annulé ; une opération a été retirée.
   *[other] Le fichier est annulé ; { $count } opérations ont été retirées.
}
files-institution = Fichiers d’extraits
files-upload-here = Charger un extrait
files-announced = { $count ->
    [one] Une opération annoncée est laissée de côté : elle entrera quand un extrait la comptabilisera.
   *[other] { $count } opérations annoncées sont laissées de côté : elles entreront quand un extrait les comptabilisera.
}
