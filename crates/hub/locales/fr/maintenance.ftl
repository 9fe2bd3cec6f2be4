# Quand une banque est en maintenance.
maintenance-planned = { $bank } sera en maintenance du { $from } au { $until } (UTC). Rien n’est récupéré pendant ce temps ; ce qui est ici reste lisible.
maintenance-until = Elle devrait se terminer le { $until } (UTC). Ce qui manque sera alors récupéré automatiquement.
