# A period of an account as a file.
export-title = Exportieren
export-lead = Die gebuchten Umsätze eines Zeitraums als Datei. Die Salden sind die der Bank; einer, den sie nie genannt hat, fehlt.
export-format = Format
export-pdf = PDF (zum Lesen und Drucken)
export-do = Herunterladen
export-not-a-day = Geben Sie einen Tag an, etwa 2026-03-31.
export-not-a-format = Wählen Sie eines der Formate.
export-backwards = Der letzte Tag liegt vor dem ersten.
export-refused = Dieses Format kann diesen Zeitraum nicht fassen. Wählen Sie ein anderes Format oder einen anderen Zeitraum.
export-statement = Kontoauszug
export-foot = Von Passerelle erstellt aus dem, was die Bank mitgeteilt hat; kein Dokument der Bank.
export-proven = Nachgewiesen: Anfangssaldo plus alle Bewegungen ergibt den Endsaldo.
export-unproven = Nicht nachgewiesen: Die Bank hat nicht beide Salden genannt.
export-broken = Salden und Bewegungen weichen um { $gap } voneinander ab.
export-before-unlink = Behalten Sie zuerst eine Kopie, als Auszüge, Tabelle oder Archiv:
