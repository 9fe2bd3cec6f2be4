# Wat de boekhouding zegt waar ze zelf faalt.
failing-import = De boekhouding zelf is mislukt bij het overnemen van wat nieuw is.
failing-import-do = In uw dagboeken is niets veranderd. Er wordt vanzelf opnieuw geprobeerd; blijft het zo, meld het dan aan wie deze boekhouding beheert: de reden staat in het logboek.
failing-delivery = De boekhouding zelf is mislukt bij het leveren.
failing-delivery-do = Er gaat niets verloren en niets wordt twee keer geleverd. Er wordt vanzelf opnieuw geprobeerd; blijft het zo, meld het dan aan wie deze boekhouding beheert: de reden staat in het logboek.
