# Banken: hoe ver u op elke kunt rekenen, welke nog niemand bereikt, en meldingen erover.
institution-history = { $days ->
    [one] { $days } dag geschiedenis
   *[other] { $days } dagen geschiedenis
}
institution-consent = { $days ->
    [one] toestemming voor { $days } dag
   *[other] toestemming voor { $days } dagen
}
institution-pending = aangekondigde boekingen inbegrepen
institution-no-pending = zonder aangekondigde boekingen
institution-gives = Wat deze bank geeft
institution-contact = Klopt er iets niet? Laat het ons weten; het helpt iedereen bij deze bank:
institution-successor = Verbind in plaats daarvan { $bank }

bank-closed = Deze bank neemt nu geen nieuwe verbindingen aan: er is onderhoud, of ze is vervangen.
bank-closed-do = Wat eerder is opgehaald, blijft leesbaar. Kies een andere verbinding in de lijst, of kom later terug.

known-bank-list = Banken die wij nog niet bereiken
known-bank-list-lead = Hun afschriftbestanden werken vandaag al.
known-bank-badge = alleen bestanden
known-bank-more = { $count ->
    [one] Nog één bank past. Schrijf meer van de naam.
   *[other] Nog { $count } banken passen. Schrijf meer van de naam.
}
known-bank-unreached = { $bank } is nog niet automatisch bereikbaar.
known-bank-files = Gebruik vandaag afschriftbestanden
known-bank-files-how = Download uw afschriften bij { $bank } (CAMT, CODA, MT940, OFX of CSV) en laad ze hier op. Ze worden gecontroleerd en bewezen zoals die van een verbonden bank, en niets wordt verdubbeld als de bank later verbonden wordt.
known-bank-tell = Laat het mij weten als het werkt
known-bank-tell-how = Wij tellen hoeveel bedrijven op deze bank wachten, en schrijven naar { $email } zodra ze verbonden kan worden.
known-bank-tell-do = Laat het mij weten
known-bank-told = Genoteerd. U hoort van ons zodra deze bank verbonden kan worden.
known-bank-arrived-subject = { $bank } kan nu verbonden worden
known-bank-arrived = U wilde het weten: { $bank } kan nu verbonden worden. Wat uw bestanden brachten blijft, en niets wordt verdubbeld.
known-bank-connect = Verbinden:

report-do = Een probleem melden
report-title = Een probleem met { $bank } melden
report-lead = Wat u schrijft, gaat naar de mensen die deze hub beheren.
report-words = Wat is er gebeurd?
report-words-hint = Wat u verwachtte en wat u ziet. Laat rekeningnummers en bedragen weg.
report-attached = Wat wordt meegestuurd
report-attached-what = Tijdstippen, referenties en statuscodes van de laatste synchronisaties. Geen rekening, geen naam, geen bedrag.
report-send = De melding versturen
report-sent = Bedankt. Uw melding is bewaard als { $reference }; vermeld deze referentie wanneer u ons schrijft.
