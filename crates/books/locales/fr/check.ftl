# Contrôler et réparer un journal.
check-title = Contrôler et réparer
check-lead = Tout est-il là, et rien deux fois ?
check-missing = Transactions manquantes
check-missing-lead = Relit tout ce que le fournisseur liste pour ce compte et le compare aux lignes de ce journal. Rien n’en est changé.
check-no-account = Aucun compte n’alimente ce journal : il n’y a rien à quoi le comparer.
check-begin = Contrôler maintenant
check-running = Tout est relu
check-listed = { $count ->
    [one] un mouvement listé
   *[other] { $count } mouvements listés
}
check-found = { $count ->
    [0] Rien ne manque.
    [one] Un mouvement manque ici.
   *[other] { $count } mouvements manquent ici.
}
check-surplus = { $count ->
    [one] Une ligne n’est plus listée par le fournisseur. Elle reste et compte ; comparez-la avec votre banque.
   *[other] { $count } lignes ne sont plus listées par le fournisseur. Elles restent et comptent ; comparez-les avec votre banque.
}
check-take = Importer ce qui manque
check-duplicates = Doublons possibles
check-duplicates-lead = Lignes de même identifiant à la banque, ou de mêmes jour, montant et partenaire. Deux paiements peuvent se ressembler : n’en mettez un de côté que si votre banque n’en connaît qu’un.
check-duplicates-none = Aucun trouvé.
check-from = Dès le
check-same-id = Le même identifiant à la banque
check-same-content = Les mêmes jour, montant et partenaire
check-set-aside = Mettre de côté comme doublon
check-set-aside-done = La ligne est mise de côté et ne compte plus. Elle peut être rétablie sur sa page.
check-is-set-aside = Mise de côté
check-set-aside-why = Cette ligne a été mise de côté par une personne. Elle ne compte pas.
check-back = La rétablir
check-back-done = La ligne compte de nouveau.
