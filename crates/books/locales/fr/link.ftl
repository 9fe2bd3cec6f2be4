# Lier des comptes à des journaux : dates de début, décomptes, doutes.
link-start = Dès le (vide : tout)
link-count = Compter d’abord les lignes
link-preview = { $count ->
    [one] Une ligne viendrait, sur { $all }.
   *[other] { $count } lignes viendraient, sur { $all }.
}
link-preview-more = Plus de { $count } lignes viendraient, sur plus de { $all }.
link-oldest = La plus ancienne est du { $day }.
link-anyway = Je sais, faites-le quand même
link-refused-twin = Le journal { $journal } est déjà celui du compte { $account } : deux journaux pour un même compte, c’est rarement voulu. Choisissez ce journal, ou cochez la case sous le compte. Ses lignes iront alors dans le journal choisi. Rien n’a été lié.
link-refused-number = Le journal { $journal } contient des lignes du compte { $other }, non de { $account }. Choisissez un autre journal, ou cochez la case sous le compte. Rien n’a été lié.
