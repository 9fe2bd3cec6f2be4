# Wat de hub zegt waar hij zelf faalt.
lapse-failed = De hub zelf is hier mislukt, niet uw bank, en er is niets verloren van wat hij heeft. U hoeft niets te vernieuwen. De beheerder vindt de reden in het logboek; blijft het zo, meld het dan.
