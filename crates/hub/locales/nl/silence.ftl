# Een bank die niet antwoordt.
silence-paused = De bank antwoordt op dit moment niet, ook niet voor andere rekeningen. Na { $until } wordt ze vanzelf opnieuw bevraagd; er gaat niets verloren, en u kunt haar zelf bevragen.
