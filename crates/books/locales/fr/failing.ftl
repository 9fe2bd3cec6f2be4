# Ce que dit la comptabilité quand elle-même échoue.
failing-import = La comptabilité elle-même a échoué en reprenant les nouveautés.
failing-import-do = Rien n’a changé dans vos journaux. Un nouvel essai se fait de lui-même ; si cela persiste, prévenez la personne qui exploite cette comptabilité : la raison est dans son journal technique.
failing-delivery = La comptabilité elle-même a échoué pendant la livraison.
failing-delivery-do = Rien n’est perdu et rien n’est livré deux fois. Un nouvel essai se fait de lui-même ; si cela persiste, prévenez la personne qui exploite cette comptabilité : la raison est dans son journal technique.
