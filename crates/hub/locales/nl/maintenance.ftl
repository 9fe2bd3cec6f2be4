# Wanneer een bank in onderhoud is.
maintenance-planned = { $bank } is in onderhoud van { $from } tot { $until } (UTC). Dan wordt niets opgehaald; wat hier staat, blijft leesbaar.
maintenance-until = Het onderhoud eindigt naar verwachting op { $until } (UTC). Wat ontbreekt, wordt dan vanzelf opgehaald.
