# Where a transaction comes from.
source-title = Woher das kommt
source-answer = Antwort der Bank
source-file = Auszugsdatei
source-erased = Die Rohdaten sind nicht mehr vorhanden: Das Konto wurde seither getrennt.
source-raw = Wie empfangen
source-bytes = Bytes
source-synchronization = Abgleich
source-reason = Warum es hier steht
source-place = Platz in unserer Reihenfolge
source-history = Seither
source-uploaded = hochgeladen
source-attended = abgerufen, während Sie da waren
source-unattended = von selbst abgerufen
source-created = wieder gebucht
source-updated = berichtigt
source-removed = zurückgezogen
