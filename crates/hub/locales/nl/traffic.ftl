# Wat de software van een integratie doet.
traffic-title = Activiteit
traffic-last = Laatste lezing van een rekening
traffic-never = nooit
traffic-requests = Verzoeken
traffic-counted = { $today } vandaag, { $month } in de laatste 30 dagen; geteld met een halve minuut vertraging
traffic-no-webhook = Er is geen adres ingesteld: de software vraagt zelf.
traffic-webhook = Van de nieuwste gebeurtenissen { $delivered } bezorgd, { $waiting } wachtend, { $lost } opgegeven.
traffic-webhook-works = werkt
traffic-webhook-waits = wacht
traffic-webhook-fails = faalt
