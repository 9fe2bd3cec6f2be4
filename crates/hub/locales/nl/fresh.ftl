# How fresh an account is.
fresh-title = Actualiteit
fresh-as-of = Het saldo van de bank is van
fresh-told = gegeven
fresh-last = Laatste geslaagde synchronisatie
fresh-next-person = U kunt synchroniseren
fresh-next-itself = De volgende vanzelf
fresh-now = nu
fresh-not-planned = niet gepland
fresh-delay = Reden van een vertraging
fresh-no-delay = niets is vertraagd
fresh-going-on = Er loopt een synchronisatie.
fresh-expired = De toestemming bij de bank is voorbij.
fresh-by-files = Gevoed door afschriftbestanden.
fresh-quota = De vier ophalingen per dag zonder u zijn opgebruikt tot { $until }; met u kan de bank gevraagd worden.
