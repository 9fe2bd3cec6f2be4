# De bestemmingen, in het Nederlands.

targets = Bestemmingen
targets-lead = Boekhoudsystemen die uw regels vanzelf ontvangen.
targets-empty = Nog geen bestemming
targets-empty-lead = De regels blijven hier in de boeken tot u er een toevoegt.
targets-add = Een bestemming toevoegen
targets-add-do = Toevoegen
targets-well = Alles in orde
targets-delivered-at = Laatste levering
targets-never = Nog niets geleverd
targets-form-lead = De instellingen worden eerst geprobeerd; er blijft daar niets achter.
targets-name = Naam
targets-name-taken = Een andere bestemming van dit bedrijf heeft deze naam. Kies een andere.
targets-journals = Dagboeken
targets-no-journals = Er is nog geen dagboek. Voeg eerst een bank toe; later kiest u hier dagboeken.
targets-nothing-chosen = Er wordt geen dagboek geleverd. Kies dagboeken in de instellingen.
targets-keep = Proberen en bewaren
targets-kept = De bestemming werkt en is bewaard: { $found }
targets-settings = Instellingen
targets-again = Opnieuw proberen
targets-again-done =
    { $count ->
        [one] Er wordt opnieuw geprobeerd, met één geparkeerde regel.
       *[other] Er wordt opnieuw geprobeerd, met { $count } geparkeerde regels.
    }
targets-yes = Ja
targets-no = Nee
targets-secret-kept = Laat leeg om de bewaarde te houden.
targets-from-file = Het instellingenbestand van de beheerder beschrijft deze bestemming; daar wordt ze gewijzigd.
targets-delivered-count =
    { $count ->
        [one] Eén regel geleverd
       *[other] { $count } regels geleverd
    }
targets-sending-count =
    { $count ->
        [one] één onderweg
       *[other] { $count } onderweg
    }
targets-parked-count =
    { $count ->
        [one] Eén geparkeerd
       *[other] { $count } geparkeerd
    }
targets-changed-count =
    { $count ->
        [one] Eén sindsdien gewijzigd
       *[other] { $count } sindsdien gewijzigd
    }
targets-parked = Geparkeerde regels
targets-parked-lead = De bestemming neemt deze niet. Herstel wat er staat en probeer opnieuw.
targets-changed = Bij de bank gewijzigd sinds de levering
targets-changed-lead = Daar wordt nooit iets gewist of herschreven. Bekijk deze regels zelf in de bestemming.
targets-changed-removed = Door de bank teruggenomen
targets-changed-review = De bank zegt nu iets anders
targets-since = sinds
targets-folder = Map
targets-folder-hint = Onder de map die de beheerder voor dit bedrijf voorziet: letters, cijfers, streepjes.
targets-folder-wrong = Schrijf een naam zoals ledger of ledger/2026, zonder spaties en zonder punten vooraan.
targets-place-account = Rekening daar
targets-place-wrong = Schrijf een rekening zoals Assets:Bank:Main of een nummer, zonder spaties.
targets-missing = Dit is nodig.
targets-too-long = Dit is te lang.
targets-address-wrong = Schrijf een webadres zoals https://odoo.example.com.
targets-day-wrong = Schrijf een dag zoals 2026-12-31.
targets-system-unknown = Dit systeem bestaat niet.
targets-trouble-file = Een bestand kon niet worden geschreven.
targets-trouble-file-do = Geef het programma schrijfrecht in deze map en plaats op de schijf; probeer dan opnieuw.
targets-trouble-system = Deze versie van het programma kent het systeem niet.
targets-trouble-system-do = Vraag de beheerder het nieuwere programma te starten.
targets-trouble-unreachable = Het systeem is niet bereikbaar.
targets-trouble-unreachable-do = Controleer het adres en of het draait. Er wordt vanzelf opnieuw geprobeerd.
targets-trouble-key = Het systeem weigert de login of sleutel.
targets-trouble-key-do = Maak daar een nieuwe API-sleutel, zet die in de instellingen en bewaar.
targets-trouble-group = De gebruiker van de sleutel mag geen bankregels maken.
targets-trouble-group-do = Geef deze gebruiker de groep hieronder en probeer opnieuw. Zelfs een beheerder heeft ze eerst niet.
targets-trouble-database = Het systeem kent deze database niet.
targets-trouble-database-do = Controleer de naam in de instellingen; laat leeg als er maar één is.
targets-trouble-answer = Het systeem antwoordde iets onbegrijpelijks.
targets-trouble-answer-do = Controleer of het adres van het systeem zelf is. Zo ja, meld ons wat hieronder staat.
targets-trouble-busy = Het systeem was bezig.
targets-trouble-busy-do = Niets te doen: dezelfde regels gaan vanzelf opnieuw.
targets-trouble-access = Het systeem staat niet toe wat nodig is.
targets-trouble-access-do = Geef de gebruiker van de sleutel het recht hieronder en probeer opnieuw.
targets-trouble-journal-currency = Het dagboek heeft daar een andere munt.
targets-trouble-journal-currency-do = Kies een dagboek in de munt van de rekening, of laat er een maken.
targets-trouble-journal-fed = Een andere bron vult dit dagboek al.
targets-trouble-journal-fed-do = Elke regel zou dubbel komen. Stop eerst die bron, of kies een ander dagboek.
targets-trouble-journal-several = Meerdere dagboeken hebben dit rekeningnummer.
targets-trouble-journal-several-do = Zet het nummer van het juiste in de instellingen.
targets-trouble-journal-missing = Er is daar geen dagboek voor deze rekening.
targets-trouble-journal-missing-do = Maak daar een bankdagboek met dit rekeningnummer, of sta in de instellingen toe er een te maken; dat vraagt het recht hieronder.
targets-trouble-journal-suspense = Het dagboek heeft daar geen tussenrekening.
targets-trouble-journal-suspense-do = Stel er een in bij dat dagboek en probeer opnieuw.
targets-trouble-journal-archived = De bankrekening of haar dagboek is daar gearchiveerd.
targets-trouble-journal-archived-do = Haal ze daar uit het archief en probeer opnieuw.
targets-trouble-moved-date = Het systeem boekte regels op een andere dag dan de bank.
targets-trouble-moved-date-do = Intussen is daar een periode afgesloten. Verbeter deze regels daar en probeer opnieuw.
targets-trouble-company = De gebruiker van de sleutel werkt daar niet voor dit bedrijf.
targets-trouble-company-do = Controleer het nummer van het bedrijf, of geef de gebruiker dat bedrijf.
targets-trouble-other = De levering is mislukt.
targets-trouble-other-do = Kijk wat hieronder staat en probeer opnieuw.
targets-parked-unsaid = Het systeem zei niet wat ermee gebeurde
targets-parked-locked = De periode is daar afgesloten tot en met
targets-parked-refused = Het systeem weigerde ze
targets-address = Adres
targets-database = Database
targets-database-hint = Nodig tot Odoo 18; vanaf 19 alleen als er meerdere zijn.
targets-login = Login
targets-login-hint = Nodig tot Odoo 18. Liefst een eigen gebruiker hiervoor.
targets-key = API-sleutel
targets-key-hint = In Odoo: uw profiel, Accountbeveiliging, Nieuwe API-sleutel.
targets-key-until = Laatste dag van de sleutel
targets-key-until-hint = U wordt twee weken vooraf gewaarschuwd.
targets-company = Nummer van het bedrijf daar
targets-company-hint = Alleen als de gebruiker voor meerdere bedrijven werkt.
targets-only-existing = Alleen bestaande dagboeken gebruiken
targets-checkpoints = Afschriften van bewezen maanden
targets-checkpoints-hint = Een voltooide, bewezen en volledig geleverde maand krijgt daar een afschrift met de saldi van de bank.
targets-place-journal = Nummer van het dagboek daar
targets-trouble-key-ends = De sleutel vervalt binnenkort.
targets-trouble-key-ends-do = Maak er daar een nieuwe en zet ze voor de laatste dag in de instellingen.
