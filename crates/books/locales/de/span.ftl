# Die Tage des Kalenders, die für Bücher sinnvoll sind.
span-start = Geben Sie einen Tag von 1970 bis in einem Jahr an.
