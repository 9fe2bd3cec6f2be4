# Un formulaire envoyé par quelqu’un qui n’est plus connecté.
stale-session = Vous avez été déconnecté entre-temps ; rien n’a été modifié. Connectez-vous et recommencez.
