# De boekhouding, in het Nederlands.

## Kader
books-nav-journals = Dagboeken
books-nav-connections = Koppelingen
books-nav-banks = Banken
books-nav-companies = Ondernemingen

## Binnenkomen
books-sign-up = Open uw boekhouding
books-sign-up-lead = Eén login voor u, één onderneming om te beginnen. Later kunt u er meer toevoegen.
books-sign-up-do = Boekhouding openen
books-sign-up-instead = Nog geen login? Open uw boekhouding
books-log-in = Aanmelden
books-log-in-lead = Uw dagboeken staan klaar.
books-log-in-do = Aanmelden
books-log-in-instead = Hebt u een login? Meld u aan
books-log-in-wrong = Dit e-mailadres en wachtwoord horen niet bij elkaar. Controleer ze en probeer het opnieuw.
books-log-in-wait = Er zijn te veel pogingen mislukt voor dit e-mailadres. Wacht een kwartier en probeer het dan opnieuw.
books-company = Onderneming
books-company-missing = Vul de naam van de onderneming in.
books-company-long = Schrijf een kortere naam: ten hoogste 100 tekens.
books-email = E-mailadres
books-email-wrong = Vul een volledig e-mailadres in, zoals claire@example.org.
books-email-taken = Er bestaat al een login met dit adres. Meld u aan.
books-password = Wachtwoord
books-password-hint = Minstens 10 tekens. Een zin is een goed wachtwoord.
books-password-short = Gebruik minstens 10 tekens.

## Ondernemingen
books-companies = Ondernemingen
books-companies-lead = Elke onderneming heeft haar eigen koppelingen en dagboeken; niemand ziet die van een andere.
books-company-here = Nu actief
books-company-turn = Voor deze onderneming werken
books-company-add = Een onderneming toevoegen
books-company-add-do = Onderneming toevoegen
books-company-turned = U werkt nu voor { $company }.

## Dagboeken
books-journals = Dagboeken
books-journals-lead = Elke bankrekening met haar saldo en haar bewijs.
books-journals-empty = Nog geen dagboek
books-journals-empty-lead = Koppel een bank, en elke rekening krijgt een dagboek dat zichzelf vult.
books-add-bank = Bank toevoegen
books-no-balance = Geen saldo meegedeeld
books-line-count = { $count ->
    [one] Eén regel
   *[other] { $count } regels
}
books-to-review = { $count ->
    [one] Eén regel na te kijken
   *[other] { $count } regels na te kijken
}
books-as-of = bankgegevens: { $ago }
books-never-synchronized = nog niet bij de bank gelezen
books-not-fed = Geen enkele rekening voedt dit dagboek.
books-unfinished = U begon { $bank } te koppelen en bent daar niet van teruggekomen. Er is niets verloren.
books-unfinished-go-on = Doorgaan
books-unfinished-discard = Vergeten
books-discarded = De onvoltooide koppeling is vergeten. Verder is er niets gewijzigd.
books-to-link = { $count ->
    [one] Eén rekening bij { $bank } is geautoriseerd en heeft nog geen dagboek.
   *[other] { $count } rekeningen bij { $bank } zijn geautoriseerd en hebben nog geen dagboek.
}
books-to-link-do = Koppelen aan een dagboek
books-lost = Rekening { $account } is niet meer geautoriseerd. Haar regels blijven; er komen geen nieuwe bij.
books-lost-do = Bekijk wat u kunt doen

## Eén dagboek
books-defects = { $count ->
    [one] Eén record van de aanbieder was onleesbaar. Het wordt hier bewaard; alle andere zijn geïmporteerd.
   *[other] { $count } records van de aanbieder waren onleesbaar. Ze worden hier bewaard; alle andere zijn geïmporteerd.
}
books-statements = Rekeningafschriften
books-statements-empty = Nog geen rekeningafschrift: de eerste import maakt het aan.
books-month = Periode
books-opening = Beginsaldo
books-closing = Eindsaldo
books-total = Som van de regels
books-proof = Bewijs
books-by-bank = volgens de bank
books-not-told = Niet meegedeeld
books-pending = In behandeling
books-pending-lead = Door de bank aangekondigd, alleen ter informatie. Ze staan niet in de boekhouding.
books-lines = Regels
books-lines-empty = Geen regels hier.
books-search = Zoek op naam, tekst, nummer
books-search-do = Zoeken
books-from = Van
books-to = Tot
books-date = Datum
books-partner = Tegenpartij
books-label = Omschrijving
books-amount = Bedrag
books-line-review = Na te kijken
books-line-removed = Teruggenomen
books-line-review-why = De aanbieder geeft nu een andere datum of een ander bedrag voor deze regel. De regel is niet gewijzigd: vergelijk hem met uw bank.
books-line-removed-why = De bank heeft deze beweging teruggenomen. De regel blijft bewaard en telt niet meer mee.
books-value-date = Valutadatum
books-structured = Gestructureerde mededeling
books-end-to-end = End-to-endreferentie
books-remote-id = Identificatie bij de aanbieder
books-partner-account = Rekening van de tegenpartij
books-raw = Zoals de aanbieder het stuurde
books-unlinked = De rekening voedt dit dagboek niet meer. De regels blijven.

## Banken
books-banks = Bank toevoegen
books-banks-lead = Zoek uw bank. U ziet wie er toegang toe geeft, en in welke staat, voordat er iets wordt gekoppeld.
books-bank-name = Naam van de bank
books-country = Land
books-every-country = Alle landen
books-banks-none = Geen bank gevonden
books-banks-none-lead = Probeer een korter deel van de naam, of een ander land. Een bank die niemand bereikt, kan nog altijd binnenkomen via bestanden met rekeningafschriften.
books-banks-more = { $count ->
    [one] Er past nog één bank: schrijf meer van de naam.
   *[other] Er passen nog { $count } banken: schrijf meer van de naam.
}
books-by-provider = via { $provider }
books-consent-days = toestemming voor { $days } dagen
books-history-days = { $days } dagen geschiedenis

## Koppelen
books-connect = { $bank } koppelen
books-connect-lead = U gaat naar { $provider }, kiest daar uw rekeningen en komt terug.
books-connect-do = Naar { $provider }
books-cancel = Annuleren
books-provider = Aanbieder
books-state = Staat
books-consent = Toestemming
books-history = Geschiedenis
books-beta = Deze bank is in bèta: de koppeling werkt en wordt nog in het oog gehouden. Gaat er iets mis, neem dan rechtstreeks contact op met { $provider }; zij kunnen u helpen met deze bank.
books-maintenance = Deze bank is in onderhoud bij { $provider }. Koppelen kan mislukken; probeer het later opnieuw.
books-deprecated = { $provider } vervangt deze koppeling door een nieuwere. Kies de nieuwere als u die in de lijst vindt.
books-authorise-all = Autoriseer alle rekeningen die gesynchroniseerd moeten worden, ook die bij andere banken.
books-authorise-all-why = De aanbieder houdt één lijst voor u bij. Een rekening die daar niet is aangevinkt, verdwijnt uit de lijst, bij welke bank ze ook hoort. Terug hier ziet u de rekeningen van de gekozen bank, en de andere ernaast.
books-keep-ticked = Laat deze aangevinkt, anders worden ze niet meer gesynchroniseerd:
books-step-bank = Bank
books-step-authorise = Autoriseren
books-step-link = Dagboeken
books-step-import = Importeren
books-return-unknown = Deze terugkeer hoort bij niets dat hier begonnen is
books-return-unknown-why = Ze is begonnen voor een andere onderneming, door iemand anders of lang geleden. Er is niets gewijzigd. Kies uw bank en begin opnieuw.
books-return-refused = Er is niets geautoriseerd
books-return-refused-why = U kwam terug van { $bank } zonder autorisatie ({ $detail }). Er is niets gewijzigd. U kunt het opnieuw proberen wanneer u wilt.
books-try-again = Opnieuw proberen

## Rekeningen koppelen
books-link = Rekeningen bij { $bank }
books-link-lead = Kies het dagboek dat elke rekening voedt. Voor een rekening zonder dagboek wordt niets geïmporteerd.
books-other-banks = Bij andere banken
books-authorised-chosen = { $count ->
    [one] Eén rekening van { $bank }, de gekozen bank
   *[other] { $count } rekeningen van { $bank }, de gekozen bank
}
books-authorised-from = { $count ->
    [one] één van { $bank }
   *[other] { $count } van { $bank }
}
books-authorised-nothing = Er verschijnt geen rekening, omdat er geen is geautoriseerd. Ga terug naar de aanbieder, voeg daar uw rekeningen toe en vink ze aan.
books-authorised-elsewhere = In plaats daarvan zijn rekeningen van andere banken geautoriseerd. Koppel deze, autoriseer opnieuw of kies een andere bank.
books-authorise-again = Opnieuw autoriseren
books-choose-again = Een andere bank kiezen
books-losses = { $count ->
    [one] Eén rekening is niet meer geautoriseerd:
   *[other] { $count } rekeningen zijn niet meer geautoriseerd:
}
books-losses-what = Hun regels blijven in de boekhouding, maar er komt niets nieuws bij. Autoriseer opnieuw met deze rekeningen aangevinkt om ze terug te krijgen, of bevestig dat u het zonder doet.
books-losses-confirm = Zonder verdergaan
books-losses-confirmed = Genoteerd. U kunt deze rekeningen op elk moment opnieuw autoriseren.
books-compared = Vergeleken met wat eerder was geautoriseerd: { $what }.
books-compared-kept = { $count ->
    [one] één rekening zoals voorheen
   *[other] { $count } rekeningen zoals voorheen
}
books-compared-added = { $count ->
    [one] één nieuwe
   *[other] { $count } nieuwe
}
books-compared-recognised = { $count ->
    [one] één herkend onder een nieuwe identificatie
   *[other] { $count } herkend onder een nieuwe identificatie
}
books-compared-lost = { $count ->
    [one] één niet meer aanwezig
   *[other] { $count } niet meer aanwezig
}
books-linked = Gekoppeld
books-link-to = Dagboek
books-link-new = Nieuw dagboek
books-link-later = Niet nu
books-link-do = Koppelen en importeren
books-link-skip = Later
books-refused-no-account = Een van de rekeningen is niet meer geautoriseerd. Er is niets gekoppeld; de pagina toont nu wat er is.
books-refused-no-journal = Een van de dagboeken bestaat niet meer. Er is niets gekoppeld; de pagina toont nu wat er is.
books-refused-currency = Rekening { $account } is in { $currency }, dagboek { $journal } in { $other }. Een rekening kan alleen een dagboek in haar eigen valuta voeden. Er is niets gekoppeld.
books-refused-account-taken = Rekening { $account } voedt al dagboek { $journal }. Er is niets gekoppeld.
books-refused-journal-taken = Dagboek { $journal } wordt al door een andere rekening gevoed. Er is niets gekoppeld.

## Koppelingen
books-connections = Koppelingen
books-connections-lead = Wat uw dagboeken voedt, en hoe het ermee staat.
books-connections-empty = Nog geen koppeling
books-connections-empty-lead = Een koppeling brengt de bewegingen van een bank vanzelf in uw dagboeken.
books-fetch-accounts = Rekeningen ophalen
books-update-credentials = Toegang vernieuwen
books-import-now = Nu synchroniseren
books-accounts = Rekeningen
books-no-accounts = Geen enkele rekening van deze bank is geautoriseerd.
books-no-accounts-do = Bekijk wat is geautoriseerd
books-next-allowed = opnieuw mogelijk vanaf
books-access-lost = Niet meer geautoriseerd
books-consent-left = { $days ->
    [0] Toestemming loopt vandaag af
    [one] Toestemming nog één dag
   *[other] Toestemming nog { $days } dagen
}
books-consent-ended = Toestemming afgelopen
books-schedule = Automatische synchronisatie
books-automatic-on = Aan. Volgende keer:
books-automatic-off = Uit. Er komt niets zonder dat u het vraagt.
books-nothing-linked = Nog geen rekening van deze koppeling voedt een dagboek. Koppel er eerst een aan een dagboek.

## Importen
books-imports = Importen
books-begun = Begonnen
books-asked-by = Gevraagd door
books-asked-by-person = Een persoon
books-asked-by-schedule = De planning
books-new = Nieuw
books-updated = Verbeterd
books-removed = Teruggenomen
books-outcome = Resultaat
books-running = Bezig
books-import-ended = Import klaar
books-stage-waiting = Wacht op uitvoering
books-stage-asked = De aanbieder vraagt het aan de bank
books-stage-pulling = De bewegingen worden gelezen
books-stage-done = Klaar
books-stage-failed = Mislukt
books-lines-new = { $count ->
    [one] één nieuwe regel
   *[other] { $count } nieuwe regels
}
books-lines-updated = { $count ->
    [one] één verbeterd
   *[other] { $count } verbeterd
}
books-lines-removed = { $count ->
    [one] één teruggenomen
   *[other] { $count } teruggenomen
}
books-accounts-failed = { $count ->
    [one] Eén rekening kon niet worden gesynchroniseerd
   *[other] { $count } rekeningen konden niet worden gesynchroniseerd
}

## Problemen
books-trouble-since = sinds
books-trouble-reference = Referentie voor de helpdesk van de aanbieder:
books-trouble-connect-again = De aanbieder aanvaardt onze toegang niet meer.
books-trouble-connect-again-do = Gebruik “Toegang vernieuwen” en laat daar al uw rekeningen aangevinkt. Er wordt niets dubbel geïmporteerd.
books-trouble-unreachable = De aanbieder is niet bereikbaar.
books-trouble-wait = De aanbieder vraagt ons te wachten.
books-trouble-wait-do = U hoeft niets te doen: we proberen het vanzelf opnieuw, en intussen gaat er niets verloren.
books-trouble-slow = De bank heeft nog niet geantwoord.
books-trouble-slow-do = Wat er was, is gelezen. De rest komt met de volgende synchronisatie.
books-trouble-contract = De aanbieder antwoordde op een manier die we niet begrijpen.
books-trouble-contract-do = Probeer het later opnieuw. Blijft het duren, geef de regel hieronder dan aan de beheerder van deze boekhouding.
books-trouble-provider-failed = De aanbieder heeft een storing.
books-trouble-provider-unknown = De aanbieder staat niet meer in de instellingen van deze boekhouding.
books-trouble-operator-do = Neem contact op met de beheerder van deze boekhouding: de gegevens van de aanbieder in de instellingen moeten worden hersteld.
books-trouble-credentials = De aanbieder kent deze boekhouding niet.
books-trouble-authorization = De toestemming bij de bank is afgelopen of ingetrokken.
books-trouble-authorization-do = Vernieuw deze met “Toegang vernieuwen”. De bewegingen sindsdien worden opgehaald zo ver terug als de bank toelaat.
books-trouble-quota = De automatische opvragingen bij de bank zijn voor vandaag opgebruikt.
books-trouble-quota-do = Morgen gaat het vanzelf verder. “Nu synchroniseren” vraagt in uw naam en telt niet mee.
books-trouble-bank-down = De bank antwoordt niet.
books-trouble-bank-error = De bank gaf een antwoord dat tegen haar eigen regels ingaat.
books-trouble-bank-error-do = Probeer het over enkele uren opnieuw. Blijft het duren, neem dan contact op met de aanbieder en vermeld de referentie.
books-trouble-maintenance = De aanbieder herstelt de koppeling met deze bank.
books-trouble-blocked = De aanbieder heeft uw organisatie geblokkeerd.
books-trouble-blocked-do = Neem contact op met de aanbieder: meestal ligt het aan de facturatie.
books-trouble-account-gone = De rekening is er voor ons niet meer.
books-trouble-account-gone-do = Gebruik “Rekeningen ophalen” en vink de rekening opnieuw aan. Haar regels blijven hier.
books-trouble-other = De synchronisatie is mislukt.
books-trouble-other-do = Probeer het later opnieuw. Blijft het duren, neem dan contact op met de aanbieder en vermeld de regel hieronder.
