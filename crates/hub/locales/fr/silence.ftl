# Une banque qui ne répond pas.
silence-paused = La banque ne répond pas pour le moment, pour d’autres comptes non plus. Elle sera interrogée à nouveau d’elle-même après { $until } ; rien n’est perdu, et vous pouvez l’interroger vous-même.
