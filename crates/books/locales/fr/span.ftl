# Les jours du calendrier qui ont un sens pour une comptabilité.
span-start = Indiquez un jour entre 1970 et dans un an.
