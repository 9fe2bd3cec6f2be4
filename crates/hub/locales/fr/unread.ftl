unread-title = Comptes illisibles
unread-count = { $count ->
    [one] Un compte annoncé par la banque n’a pas pu être lu.
   *[other] { $count } comptes annoncés par la banque n’ont pas pu être lus.
}
unread-advice = Ce que la banque a dit est conservé ci-dessous. Montrez-le à la banque ou à la personne qui gère ce hub ; les autres comptes ne sont pas touchés.
