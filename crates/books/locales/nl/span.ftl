# De dagen van de kalender die voor een boekhouding zin hebben.
span-start = Vul een dag in van 1970 tot over een jaar.
