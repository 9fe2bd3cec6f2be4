# Taking everything of an organization along, and erasing it.
menu-privacy = Gegevens en privacy
privacy-title = Gegevens en privacy
privacy-lead = Alles wat deze hub over uw organisatie bewaart, is van u.
privacy-export-title = Alles meenemen
privacy-export-lead = Eén ZIP-archief: elke tabel als JSON, de transacties van elke rekening per maand als CSV en camt.053, de facturen, en wat de banken antwoordden. Er staat geen wachtwoord, token of ander geheim in.
privacy-export-do = Alles exporteren
privacy-export-wait = Er wordt net een ander archief geschreven, en dat kan maar één tegelijk. Probeer het over enkele minuten opnieuw.
privacy-erase-title = De organisatie wissen
privacy-erase-short = Alles verdwijnt, meteen en voorgoed, behalve wat een wet doet bewaren. U wordt nog om bevestiging gevraagd.
privacy-erase-begin = De organisatie wissen…
privacy-erase-name = { $organization } wissen
privacy-erase-goes = { $accounts ->
    [one] Eén gekoppelde rekening
   *[other] { $accounts } gekoppelde rekeningen
} met de hele geschiedenis en { $integrations ->
    [0] geen integratie
    [one] één integratie
   *[other] { $integrations } integraties
}: alles wordt gewist, voor iedereen in de organisatie.
privacy-erase-lead = Software verliest meteen de toegang en uw toestemmingen eindigen bij de banken. Transacties, bestanden, mandaten, uitnodigingen en het auditlogboek worden voorgoed gewist; niemand kan ze terughalen. Wat tot vandaag gebruikt is, wordt gefactureerd.
privacy-first = Neem eerst mee wat u wilt bewaren:
privacy-kept-none = Geen wet verplicht ons iets te bewaren: er blijft niets.
privacy-kept = De belastingwet verplicht de exploitant zijn facturen en creditnota’s aan u te bewaren ({ $count }), met hun betalingen en de mandaten waarmee ze geïnd werden, tot de wettelijke termijn voorbij is. Verder blijft er niets.
privacy-name = Typ { $name } om te bevestigen
privacy-name-wrong = Dit is niet de naam van de organisatie: typ hem precies zoals hij er staat.
privacy-pays = Uw organisatie betaalt voor software die anderen gebruiken. Vraag eerst de exploitant van deze hub dat te beëindigen.
privacy-erase-do = Alles wissen
privacy-erased = De organisatie is gewist. Een bericht vertelt u wat er gedaan is.
privacy-mail-subject = { $organization } is gewist
privacy-mail-text = Zoals u vroeg, is alles wat deze hub over { $organization } bewaarde gewist: rekeningen, transacties, integraties, mandaten en het auditlogboek. Software heeft geen toegang meer en de toestemmingen zijn bij de banken beëindigd. Uw eigen login blijft.
privacy-mail-banks = Deze banken konden niet verwittigd worden: { $banks }. Beëindig de toestemming daar zelf; hier kan niemand ze nog gebruiken.
