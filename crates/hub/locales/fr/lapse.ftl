# Ce que dit le hub quand lui-même échoue.
lapse-failed = C’est le hub lui-même qui a échoué ici, pas votre banque, et rien de ce qu’il a n’est perdu. Vous n’avez rien à renouveler. Son exploitant trouve la raison dans le journal technique ; si cela persiste, prévenez-le.
