# Where a transaction comes from.
source-title = Waar dit vandaan komt
source-answer = Antwoord van de bank
source-file = Afschriftbestand
source-erased = De ruwe gegevens worden niet meer bewaard: de rekening is intussen ontkoppeld.
source-raw = Zoals ontvangen
source-bytes = bytes
source-synchronization = Synchronisatie
source-reason = Waarom het hier staat
source-place = Plaats in onze volgorde
source-history = Sindsdien
source-uploaded = opgeladen
source-attended = opgehaald terwijl u er was
source-unattended = vanzelf opgehaald
source-created = opnieuw geboekt
source-updated = gecorrigeerd
source-removed = ingetrokken
