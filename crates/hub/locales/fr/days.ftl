# The proof of an account by day.
days-title = Preuve par jour
days-lead = Chaque solde donné par la banque, comparé au précédent et à toutes les opérations entre les deux.
days-none = Rien n’a encore été comptabilisé et aucun solde n’a été donné.
days-broken = Le premier jour qui ne concorde pas est le { $day } : écart de { $gap }.
days-broken-do = Il manque une opération, ou il y en a une de trop, ce jour-là ou depuis le dernier solde avant lui. Synchronisez, ou chargez l’extrait de la banque de ce jour.
days-look = Montrer ce jour
days-count = { $proven } jours sur { $count } sont prouvés.
days-gaps = Lacunes
days-gaps-what = Entre ces jours il manque quelque chose : le solde de la banque avant diffère de celui d’après.
days-gap = Après le { $after } et avant le { $before }
days-unread = Non relevé à partir du { $day }
days-sum = Comptabilisé
days-unproven = Pas de solde pour comparer
