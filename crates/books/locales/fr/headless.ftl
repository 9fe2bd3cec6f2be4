# La ligne de commande, en français.

headless-connected = Connecté
headless-connected-do = Vous pouvez fermer cette page et revenir au terminal.
headless-again = Relancez la commande.
