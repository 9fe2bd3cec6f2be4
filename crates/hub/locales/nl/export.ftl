# A period of an account as a file.
export-title = Exporteren
export-lead = De geboekte transacties van een periode als bestand. De saldi zijn die van de bank; een saldo dat zij niet gaf, ontbreekt.
export-format = Formaat
export-pdf = PDF (om te lezen en af te drukken)
export-do = Downloaden
export-not-a-day = Geef een dag op, zoals 2026-03-31.
export-not-a-format = Kies een van de formaten.
export-backwards = De laatste dag ligt voor de eerste.
export-refused = Dit formaat kan deze periode niet bevatten. Kies een ander formaat of een andere periode.
export-statement = Rekeningafschrift
export-foot = Opgemaakt door Passerelle op basis van wat de bank meedeelde; het is geen document van de bank.
export-proven = Bewezen: het beginsaldo plus alle bewegingen geeft het eindsaldo.
export-unproven = Onbewezen: de bank gaf niet beide saldi.
export-broken = De saldi en de bewegingen verschillen met { $gap }.
export-before-unlink = Bewaar eerst een kopie, als afschriften, tabel of archief:
