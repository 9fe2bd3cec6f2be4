# Uitgaande afschriftbestanden en bestemmingen naast Odoo, in het Nederlands.

outgoing-title-files = Afschriftbestanden
outgoing-title-sftp = Afschriftbestanden via SFTP
outgoing-format = Formaat
outgoing-format-camt053 = camt.053 (ISO 20022, XML)
outgoing-format-coda = CODA (België)
outgoing-format-mt940 = MT940 (SWIFT)
outgoing-format-ofx = OFX 2.2
outgoing-format-csv = CSV
outgoing-every = Eén bestand per
outgoing-every-hint = Een bestand dat de saldi van de bank niet bewijzen, neemt ook de volgende dag, week of maand mee.
outgoing-every-day = Dag
outgoing-every-week = Week
outgoing-every-month = Maand
outgoing-unproven = Onbewezen bestanden schrijven
outgoing-unproven-hint = Hun naam zegt “unproven”. Anders wachten ze tot de bank een saldo meldt. Een bestand dat niet klopt, wordt nooit geschreven.
outgoing-host = Server
outgoing-port = Poort
outgoing-port-hint = 22 als u niets invult.
outgoing-login = Gebruikersnaam
outgoing-key = Privésleutel
outgoing-key-hint = Van “-----BEGIN” tot “-----END …-----”, zonder wachtwoordzin. Liefst een eigen sleutel hiervoor.
outgoing-host-key = Sleutel van de server
outgoing-host-key-hint = Zoals ssh-keyscan hem toont: “ssh-ed25519 AAAA…”. Vergelijk hem met wat de beheerder van de server zegt.
outgoing-directory = Map daar
outgoing-directory-hint = Letters, cijfers, punten, streepjes en schuine strepen. Leeg is waar de gebruiker begint.
outgoing-token = Persoonlijk toegangstoken
outgoing-token-hint = In Firefly III: Opties, Profiel, OAuth, Persoonlijke toegangstokens.
outgoing-only-existing = Alleen bestaande rekeningen gebruiken
outgoing-place-number = Nummer van de rekening daar
outgoing-files = Geschreven bestanden
outgoing-lines =
    { $count ->
        [one] één regel
       *[other] { $count } regels
    }
outgoing-remove = Verwijderen
outgoing-remove-what = Er gaan geen regels meer naartoe, en de instellingen en de sleutel worden vergeten. Wat ze ontving, blijft zoals het is.
outgoing-remove-again = Als u ze later opnieuw toevoegt, krijgt ze wat intussen kwam, en niets dubbel: deze boeken onthouden wat ze bevestigde.
outgoing-remove-not = Behouden
outgoing-remove-do = Bestemming verwijderen
outgoing-removed = De bestemming is verwijderd. Wat ze ontving, blijft daar.
outgoing-trouble-taken = Er is al een bestand met deze naam, en er staat iets anders in.
outgoing-trouble-taken-do = Het wordt niet overschreven. Verplaats dat bestand of kies een andere map, en druk dan op Opnieuw proberen.
outgoing-trouble-settings = Een instelling is onbruikbaar.
outgoing-trouble-settings-do = Verbeter de instelling die hieronder genoemd wordt.
outgoing-trouble-connection = Er kwam geen verbinding met de server tot stand.
outgoing-trouble-connection-do = Controleer server, poort, gebruikersnaam, privésleutel en de sleutel van de server. Het wordt vanzelf opnieuw geprobeerd.
outgoing-trouble-refused = De server weigerde een bestand.
outgoing-trouble-refused-do = Controleer of de map bestaat en of de gebruiker er mag schrijven. Het wordt vanzelf opnieuw geprobeerd.
outgoing-trouble-missing = Het programma sftp is niet geïnstalleerd.
outgoing-trouble-missing-do = Vraag de beheerder om de client van OpenSSH te installeren, en druk dan op Opnieuw proberen.
outgoing-parked-unproven = De bank meldt geen saldo dat dit bestand bewijst, tot en met
outgoing-parked-broken = De saldi en regels van de bank kloppen niet met elkaar
outgoing-parked-impossible = Het formaat kan dit niet bevatten
