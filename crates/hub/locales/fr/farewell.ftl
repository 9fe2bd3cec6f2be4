# La fin de l’accès d’une personne.
farewell-title = Effacer mon accès
farewell-short = Vous quittez chaque organisation, et rien de ce qui vous identifie ne reste, sauf ce que la page suivante nomme.
farewell-begin = Effacer mon accès…
farewell-goes = Votre mot de passe, vos clés d’accès, votre application d’authentification, vos codes de secours, vos sessions et les courriers qui vous ont été adressés sont effacés immédiatement et pour toujours.
farewell-access = Vous quittez chaque organisation pour laquelle vous travaillez ; les liens et les avis à votre adresse prennent fin.
farewell-stays = Les organisations restent avec tout ce qui est à elles : comptes, opérations, fichiers et factures. Un mandat de domiciliation que vous avez donné garde votre adresse, car la loi oblige l’exploitant à le conserver. Votre adresse comme adresse de facturation appartient à l’organisation : changez-la d’abord là-bas.
farewell-log = Dans les journaux, un pseudonyme remplace votre adresse. La chaîne de chaque journal reste vérifiable.
farewell-do = Effacer mon accès
farewell-passkey = Effacer mon accès avec une clé d’accès
farewell-done = Votre accès est effacé.
farewell-alone = { $count ->
    [one] Vous êtes le seul propriétaire d’une organisation.
   *[other] Vous êtes le seul propriétaire de { $count } organisations.
}
farewell-alone-do = Chacune doit avoir un propriétaire : nommez une autre personne propriétaire, ou effacez l’organisation. Revenez ensuite ici.
farewell-people = Personnes
farewell-organization = Effacer l’organisation
farewell-instead = Vous n’avez pas besoin d’organisation et voulez partir ?
