# Die Kommandozeile, auf Deutsch.

headless-connected = Verbunden
headless-connected-do = Sie können diese Seite schließen und zum Terminal zurückkehren.
headless-again = Führen Sie den Befehl noch einmal aus.
