# Wann eine Bank in Wartung ist.
maintenance-planned = { $bank } ist von { $from } bis { $until } (UTC) in Wartung. In dieser Zeit wird nichts abgerufen; was hier ist, bleibt lesbar.
maintenance-until = Die Wartung endet voraussichtlich am { $until } (UTC). Was fehlt, wird dann von selbst abgerufen.
