# De opdrachtregel, in het Nederlands.

headless-connected = Verbonden
headless-connected-do = U kunt deze pagina sluiten en teruggaan naar de terminal.
headless-again = Voer de opdracht opnieuw uit.
