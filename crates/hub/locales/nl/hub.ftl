# Het dashboard van de hub.
save = Opslaan
cancel = Annuleren
search = Zoeken
email = E-mailadres
password = Wachtwoord
country = Land
street = Straat en nummer
postal-code = Postcode
city = Plaats

nav-overview = Overzicht
nav-accounts = Rekeningen
nav-transactions = Transacties
nav-integrations = Integraties
menu-organization = Organisatie
menu-billing = Facturatiegegevens
menu-profile = Uw login

# Fouten in formulieren
field-missing = Dit veld is nodig.
field-too-long = Gebruik hoogstens { $limit } tekens.
field-too-short = Gebruik minstens { $limit } tekens.
field-not-an-email = Dit is geen e-mailadres: schrijf het als naam@example.com.
field-not-a-country = Kies een land.
field-password-is-email = Gebruik iets anders dan uw e-mailadres.
field-vat-form = Dit is geen btw-nummer: schrijf het als { $example }.
field-vat-check-digits = Het controlegetal van dit btw-nummer klopt niet: er is een teken verkeerd getypt.
field-not-a-kind = Kies zakelijk of privé.

# Ingang
sign-up-title = Maak uw login aan
sign-up-lead = Al uw bankrekeningen op één plaats, en uw boekhoudsoftware leest precies de rekeningen die u kiest.
sign-up-do = Registreren
sign-up-have-login = Hebt u al een login?
sign-up-password-hint = Minstens 10 tekens. Een zin is makkelijker te onthouden en moeilijker te raden.
log-in-title = Welkom terug
log-in-do = Aanmelden
log-in-no-login = Nog geen login?
log-in-refused = Het e-mailadres of het wachtwoord is niet juist.
log-in-too-many = { $minutes ->
    [one] Er zijn te veel pogingen mislukt. Probeer het over een minuut opnieuw.
   *[other] Er zijn te veel pogingen mislukt. Probeer het over { $minutes } minuten opnieuw.
}
log-out-done = U bent afgemeld.

# Organisatie en facturatie
organization-new-title = Uw organisatie
organization-new-lead = Van wie de bankrekeningen zijn die u gaat koppelen.
organization-create = Organisatie aanmaken
organization-title = Organisatie
organization-lead = Van wie de rekeningen zijn.
organization-saved = De organisatie is opgeslagen.
organization-name = Naam
organization-kind = Van wie zijn de rekeningen?
organization-business = Een onderneming, een vereniging of een zelfstandige
organization-personal = Een persoon, privé
organization-vat = Btw-nummer
organization-vat-hint = Met of zonder het land ervoor; spaties en punten maken niet uit.
organizations-yours = Uw organisaties
organization-another = Nog een toevoegen
organization-at-work = U werkt hier
organization-switch = Hier werken
billing-title = Facturatiegegevens
billing-lead = Waar de factuur naartoe gaat. Dit is nodig voordat een bank wordt gekoppeld en voordat software een rekening leest. Voor afschriftbestanden is het niet nodig.
billing-price = { $price } per maand voor elke rekening in elke integratie, per dag geteld. Een rekening die door geen enkele software wordt gelezen, kost niets.
billing-name = Naam op de factuur
billing-email = E-mailadres voor facturen
billing-email-hint = De facturen gaan één keer per maand naar dit adres.
billing-saved = De facturatiegegevens zijn opgeslagen.

# Login
profile-title = Uw login
profile-password-title = Uw wachtwoord wijzigen
profile-present = Huidig wachtwoord
profile-new = Nieuw wachtwoord
profile-password-do = Wachtwoord wijzigen
profile-password-changed = Uw wachtwoord is gewijzigd. Alle andere sessies zijn afgemeld.
profile-present-wrong = Uw huidige wachtwoord is niet juist.
profile-everywhere-title = Overal afmelden
profile-everywhere-lead = Beëindigt al uw sessies op al uw toestellen, ook deze.
profile-everywhere-do = Overal afmelden
profile-logged-out = { $count ->
    [one] Eén sessie is beëindigd. Meld u opnieuw aan om verder te gaan.
   *[other] { $count } sessies zijn beëindigd. Meld u opnieuw aan om verder te gaan.
}

# Overzicht
overview-lead = Wat er bij uw banken staat, en wat uw software mag lezen.
overview-total = Saldo in { $currency }
overview-total-note = Volgens de laatste afsluiting van uw banken
overview-proven = Bewezen rekeningen
overview-proven-note = De saldi van de bank zelf bevestigen elke beweging.
overview-integrations = Wie wat leest
overview-all-accounts = Alle rekeningen
overview-newest = Nieuwste transacties
overview-look = Bekijken
overview-billing = Voordat u een rekening kunt toevoegen, moeten we weten waar de facturen naartoe gaan.
overview-expired = De toestemming voor { $account } is afgelopen. De geschiedenis blijft leesbaar; vernieuw de toestemming om nieuwe transacties te ontvangen.
overview-broken = Voor { $account } stemmen de bewegingen en de saldi van de bank niet overeen.
overview-ending = De toestemming voor { $account } loopt binnenkort af.

# Een rekening toevoegen
link-step-bank = Bank
link-step-consent = Toestemming
link-step-accounts = Rekeningen
link-step-fetch = Eerste keer ophalen
link-title = Welke bank?
link-lead = Kies de bank van de rekening. U bevestigt bij de bank zelf; wij zien daar nooit uw wachtwoord.
link-search = Naam of BIC
link-all-countries = Alle landen
link-none-title = Geen bank gevonden
link-none = Controleer de spelling of zoek in alle landen.
link-iban-mistyped = De controlecijfers van dit rekeningnummer kloppen niet: er is een teken verkeerd getypt.
link-iban-length = Dit rekeningnummer is te kort of te lang voor zijn land.
link-show-all = Alle banken tonen
link-other-bank = Andere bank
consent-title = { $bank } koppelen
consent-beta = { $bank } is in bèta: de koppeling werkt, maar heeft nog weinig gebruikers. Controleer de eerste rekeningafschriften zorgvuldig. Ontbreekt er een rekening, laat het ons dan weten en probeer het later opnieuw.
consent-experimental = De koppeling met { $bank } is experimenteel: alleen wij hebben die geprobeerd. Vertrouw er nog niet op.
consent-maintenance = { $bank } wordt op dit moment hersteld. Wat eerder is opgehaald, blijft leesbaar; een nieuwe rekening kunt u daarna toevoegen.
consent-deprecated = Deze koppeling met { $bank } is vervangen door een andere. Kies de nieuwe in de lijst.
consent-what = Wat
consent-what-text = De namen, saldi en transacties van de rekeningen die u bij de bank kiest.
consent-why = Waarom
consent-why-text = Om ze hier voor u te bewaren en door te geven aan de software die u toelaat, per rekening.
consent-how-long = Hoelang
consent-how-long-text = Tot { $days } dagen; de bank kan de toestemming eerder beëindigen. We herinneren u er op tijd aan, en vernieuwen duurt een minuut.
consent-not = Wat niet
consent-not-text = We kunnen niets betalen, overschrijven of wijzigen, en we zien nooit uw wachtwoord van de bank.
consent-end = Hoe u stopt
consent-end-text = Ontkoppel de rekening hier wanneer u wilt, of trek de toestemming in bij uw bank. Ontkoppelen wist de geschiedenis van de rekening hier.
consent-agree = Ik ga akkoord, naar { $bank }
consent-not-now = Nu niet mogelijk
attempt-title = Wachten op uw bank
attempt-lead = Rond het af bij uw bank, in het andere venster als er een is geopend. Deze pagina merkt het vanzelf.
attempt-waiting = De bank heeft nog niet bevestigd
attempt-done = De bank heeft geantwoord.
attempt-i-am-done = Ik ben klaar
attempt-back-to-bank = Terug naar de bank
attempt-refused-title = De toestemming is niet gegeven
attempt-refused = Ze is geweigerd of het duurde te lang bij de bank. Er is niets gekoppeld en niets verloren; u kunt het opnieuw proberen.
attempt-again = Opnieuw proberen
attempt-nothing-title = De bank gaf geen rekening
attempt-nothing = De toestemming is er, maar bij de bank is geen rekening aangevinkt, of geen die leesbaar is. Probeer het opnieuw en vink er minstens één aan.
choose-title = Welke rekeningen?
choose-lead = De bank laat deze toe. Neem de rekeningen die u hier wilt zien.
choose-renewed = { $count ->
    [one] Eén rekening gaat verder onder de nieuwe toestemming.
   *[other] { $count } rekeningen gaan verder onder de nieuwe toestemming.
}
choose-effect = Door een rekening te koppelen, staat u ons toe de saldi en transacties ervan te lezen.
choose-do = Rekeningen koppelen
choose-later = Niet nu
choose-none = Vink minstens één rekening aan, of kies “Niet nu”.
progress-title = Uw transacties worden opgehaald
progress-lead = De eerste keer duurt het langst. U mag deze pagina verlaten; het gaat zonder u verder.
progress-continue = Doorgaan
progress-accounts = Naar de rekeningen

# Synchronisatie
sync-waiting = Wacht op uitvoering
sync-running = { $count ->
    [0] De bank wordt gevraagd
    [one] Tot nu toe één transactie gelezen
   *[other] Tot nu toe { $count } transacties gelezen
}
sync-done = Klaar
sync-brought = { $count ->
    [0] Niets nieuws.
    [one] Eén nieuwe transactie.
   *[other] { $count } nieuwe transacties.
}
sync-failed = Mislukt
sync-failed-unknown = Het is mislukt om een onbekende reden. Probeer het opnieuw.
sync-failed-expired = De toestemming bij de bank is verlopen. Vernieuw deze; de geschiedenis blijft leesbaar.
sync-failed-consent = De bank aanvaardt de toestemming niet meer. Vernieuw deze; de geschiedenis blijft leesbaar.
sync-failed-later = De bank kan op dit moment niet antwoorden. Er is niets verloren; de volgende poging is gepland.
sync-failed-refused = De bank heeft het verzoek geweigerd. Probeer het opnieuw; gebeurt het nog eens, laat het ons dan weten.
sync-failed-unreadable = Het antwoord van de bank was onleesbaar en er is niets van gebruikt. De volgende poging is gepland.
sync-too-soon = Deze rekening is zonet gesynchroniseerd. De volgende keer kan vanaf { $next }.
sync-quota = De bank laat vier keer ophalen per dag toe zonder u. De volgende keer kan vanaf { $next }.

# Rekeningen
accounts-lead = { $count ->
    [one] Eén rekening
   *[other] { $count } rekeningen
}
accounts-none-title = Nog geen rekening
accounts-none = Koppel een bankrekening en de transacties ervan verschijnen hier, zo ver terug als de bank ze geeft.
accounts-total = Samen { $sum }
accounts-total-without = Samen { $sum }, { $untold ->
    [one] zonder één rekening waarvan de bank geen saldo gaf
   *[other] zonder { $untold } rekeningen waarvan de banken geen saldo gaven
}
account-add = Rekening toevoegen
account-add-first = Uw eerste rekening toevoegen
account-add-another = Nog een rekening toevoegen
account-never-synchronized = nog niet
account-expired = Toestemming afgelopen
account-ended-early = Vroegtijdig geëindigd
account-expires-in = { $days ->
    [0] loopt vandaag af
    [one] loopt morgen af
   *[other] loopt over { $days } dagen af
}
account-days-left = nog { $days } dagen
account-no-balance = niet meegedeeld
account-renew = Toestemming vernieuwen
account-synchronize = Nu synchroniseren
account-expired-title = De toestemming bij de bank is afgelopen.
account-expired-do = Wat is opgehaald, blijft leesbaar. Vernieuw de toestemming om op te halen wat er sindsdien bij kwam.
account-expires-soon = { $days ->
    [0] De toestemming bij de bank loopt vandaag af. Vernieuw deze nu, dan mist u niets.
    [one] De toestemming bij de bank loopt morgen af. Vernieuw deze nu, dan mist u niets.
   *[other] De toestemming bij de bank loopt over { $days } dagen af. Vernieuw deze nu, dan mist u niets.
}
account-next-allowed = opnieuw mogelijk vanaf
account-next-by-itself = volgende keer automatisch:
account-count = geboekt, in onze geschiedenis
account-chart = Eindsaldo
account-chart-told = zoals de bank het meedeelde
account-pending = In behandeling
account-pending-what = Door de bank aangekondigd, niet geboekt: zulke transacties kunnen wijzigen of verdwijnen en komen nooit in de boekhouding.
account-search = Zoeken
account-no-transactions = Nog geen transacties.
account-defects = Gebreken
account-defects-what = Wat de bank stuurde en niet te begrijpen was. Er is niets van weggegooid.
account-facts = Over deze rekening
account-reference = Rekeningnummer
account-currency = Valuta
account-holder = Rekeninghouder
account-product = Product
account-linked = Gekoppeld
account-opening = Beginsaldo
account-unlink = Ontkoppelen
unlink-title = { $account } ontkoppelen?
unlink-erases = { $count ->
    [one] De enige transactie ervan wordt hier gewist, en dat kan niet ongedaan worden gemaakt.
   *[other] De { $count } transacties ervan worden hier gewist, en dat kan niet ongedaan worden gemaakt.
}
unlink-software = Software die deze rekening leest, krijgt niets meer. Als u deze opnieuw koppelt, komt alleen terug wat de bank nog geeft.
unlink-sure = Ik wil deze rekening ontkoppelen en haar geschiedenis hier wissen
unlink-tick = Vink dit vakje aan om verder te gaan.
unlink-done = { $account } is ontkoppeld.

# Transacties
column-date = Datum
column-counterparty = Tegenpartij
column-purpose = Mededeling
column-account = Rekening
column-amount = Bedrag
column-balance = Saldo
column-proof = Bewijs
column-synchronized = Gesynchroniseerd
column-permission = Toestemming tot
column-transactions = Transacties
transactions-lead = Over alle rekeningen, de recentste boekingsdatum eerst.
transactions-search = Naam, mededeling, rekening of bedrag
transactions-from = Van
transactions-to = Tot
transactions-all = Alle transacties
transactions-all-accounts = Alle rekeningen
transactions-none-title = Niets gevonden
transactions-none = Geen enkele transactie past. Probeer minder woorden of een langere periode.
transaction-without-words = Beweging zonder omschrijving
transaction-counterparty = Tegenpartij
transaction-account = Rekening
transaction-bic = BIC
transaction-structured = Gestructureerde mededeling
transaction-communication = Mededeling
transaction-value-date = Valutadatum
transaction-end-to-end = End-to-endreferentie
transaction-mandate = Mandaat
transaction-creditor = Identificatie van de schuldeiser
transaction-original = Oorspronkelijk bedrag
transaction-rate = Wisselkoers
transaction-fee = Inbegrepen kosten
transaction-card = Kaart
transaction-information = Informatie van de bank
transaction-code = Transactiecode
transaction-balance-after = Saldo erna
transaction-bank-id = Referentie van de bank
transaction-seen = Eerst gezien
transaction-id = Identificatie

# Integraties
integrations-lead = De software die uw rekeningen mag lezen, en welke rekeningen.
integrations-none-title = Geen software leest uw rekeningen
integrations-none = Leg de verbinding vanuit uw boekhoudsoftware, of maak een eigen integratie voor uw eigen software. Elke integratie leest alleen de rekeningen die u aanvinkt.
integration-new = Nieuwe integratie
integration-new-title = Nieuwe eigen integratie
integration-new-lead = Voor uw eigen software, met een client-ID en een geheim.
integration-name = Naam
integration-name-hint = Zodat u deze later herkent, bijvoorbeeld de naam van de software.
integration-name-wrong = Geef een naam van 1 tot 80 tekens.
integration-create = Integratie aanmaken
integration-may-read = Rekeningen die ze mag lezen
integration-no-accounts = Er is nog geen rekening. U kunt hier later rekeningen aanvinken.
integration-custom = Eigen integratie
integration-certified = Gekoppelde software
integration-accounts = { $count ->
    [0] Geen rekening
    [one] Eén rekening
   *[other] { $count } rekeningen
}
integration-cost = { $price } per maand
integration-credentials = Toegangsgegevens
integration-base-url = Adres
integration-client-id = Client-ID
integration-secret = Clientgeheim
integration-secret-once = Kopieer het geheim nu: het wordt alleen deze keer getoond. Raakt het verloren, maak dan een nieuw.
integration-secret-hidden = Het geheim is getoond toen het werd gemaakt en wordt hier niet leesbaar bewaard.
integration-secret-renew = Nieuw geheim maken
integration-secret-renewed = Het nieuwe geheim werkt vanaf nu. Het vorige werkt tot { $until }.
integration-changed = Opgeslagen: { $added } toegevoegd, { $removed } verwijderd.
webhook-title = Meldingen aan de software
webhook-lead = De software kan meteen bericht krijgen als er iets gebeurt, bijvoorbeeld bij nieuwe transacties.
webhook-open = Adres en logboek
webhook-address = Adres
webhook-address-hint = Een adres van uw software dat begint met https://. Laat het leeg om niets te versturen.
webhook-address-wrong = Het adres moet beginnen met https:// (http:// werkt alleen op deze computer).
webhook-address-none = Geen
webhook-address-theirs = De maker van de software stelt dit adres in.
webhook-saved = Het adres is opgeslagen.
webhook-log = Wat is verstuurd
webhook-log-none-title = Er is nog niets verstuurd
webhook-log-none = Elke melding verschijnt hier met het antwoord van de software.
webhook-log-kept = De laatste 50 worden getoond. Een melding wordt drie dagen geprobeerd en 30 dagen bewaard.
webhook-waiting = Wacht
webhook-delivered = Afgeleverd
webhook-given-up = Opgegeven
webhook-attempts = { $count ->
    [0] nog niet verstuurd
    [one] één keer verstuurd
   *[other] { $count } keer verstuurd
}
webhook-answered = De software antwoordde { $status }.
webhook-next = Volgende poging:
webhook-again = Opnieuw versturen
webhook-sending = De melding wordt opnieuw verstuurd.
integration-end-title = Deze integratie beëindigen
integration-end-lead = De software kan vanaf dan niets meer lezen. Uw rekeningen en hun geschiedenis blijven hier.
integration-since = Gekoppeld op
integration-revoke = Integratie beëindigen
revoke-title = { $application } beëindigen?
revoke-means = { $application } kan meteen niets meer lezen. Om opnieuw te koppelen, begint u in de software.
revoke-keeps = Uw rekeningen en hun geschiedenis blijven hier, en voor andere software verandert niets.
revoke-done = De integratie is beëindigd.

# De pagina waarop software wordt toegelaten
oauth-title = { $application } wil uw rekeningen lezen
oauth-lead = U bent aangemeld als { $email }. Daarna gaat u terug naar { $host }.
oauth-since = Ze heeft toegang sinds:
oauth-organization = Organisatie
oauth-nothing-ticked = Vink minstens één rekening aan, of weiger.
oauth-lost = Als u doorgaat, kan { $application } deze rekeningen niet meer lezen:
oauth-lost-sure = Ja, deze rekeningen weghalen
oauth-may = De software mag
oauth-scope-accounts = de saldi en transacties lezen van de rekeningen die u aanvinkt
oauth-scope-name = de naam van uw organisatie lezen
oauth-scope-offline = dat blijven doen tot u het beëindigt
oauth-may-not = De software kan niet betalen en ziet geen andere rekening.
oauth-accounts = Rekeningen
oauth-no-accounts = Er is nog geen rekening. Voeg er een toe, daarna komt u hier terug.
oauth-already = Al toegelaten
oauth-price = { $price } per maand voor elke aangevinkte rekening.
oauth-allow = Toelaten
oauth-refuse = Weigeren
oauth-stale = Dit verzoek is niet meer geldig: het is al beantwoord, of het is te oud.
oauth-not-your-organization = U werkt niet voor deze organisatie.
oauth-unknown-client = De software die u hierheen stuurde, is niet bekend bij deze hub. Controleer de instellingen ervan.
oauth-unknown-address = Het adres om naar terug te keren is niet geregistreerd voor deze software. De maker ervan moet dit rechtzetten.
oauth-failed = De hub heeft een fout gemaakt. Er is niets gewijzigd.
oauth-trouble-do = Ga terug naar de software en koppel opnieuw.

# Banken die niet antwoorden
bank-later = De bank kan op dit moment niet antwoorden. Er is niets gewijzigd.
bank-later-do = Probeer het over enkele minuten opnieuw.
bank-consent = De bank vraagt een nieuwe toestemming.
bank-consent-do = Begin opnieuw vanaf de lijst van banken.
bank-refused = De bank heeft het verzoek geweigerd. Er is niets gewijzigd.
bank-refused-do = Probeer het opnieuw; gebeurt het nog eens, geef ons dan de referentie.
bank-broken = Het antwoord van de bank was niet te begrijpen. Er is niets gewijzigd.
bank-broken-do = Probeer het over enkele minuten opnieuw; blijft het duren, geef ons dan de referentie.

# Landen
country-at = Oostenrijk
country-be = België
country-bg = Bulgarije
country-ch = Zwitserland
country-cy = Cyprus
country-cz = Tsjechië
country-de = Duitsland
country-dk = Denemarken
country-ee = Estland
country-es = Spanje
country-fi = Finland
country-fr = Frankrijk
country-gb = Verenigd Koninkrijk
country-gr = Griekenland
country-hr = Kroatië
country-hu = Hongarije
country-ie = Ierland
country-is = IJsland
country-it = Italië
country-li = Liechtenstein
country-lt = Litouwen
country-lu = Luxemburg
country-lv = Letland
country-mt = Malta
country-nl = Nederland
country-no = Noorwegen
country-pl = Polen
country-pt = Portugal
country-ro = Roemenië
country-se = Zweden
country-si = Slovenië
country-sk = Slowakije
