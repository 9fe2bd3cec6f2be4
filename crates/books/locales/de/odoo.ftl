# Odoo, auf Deutsch.

odoo-details = Einzelheiten senden
odoo-details-hint = Gibt jeder Zeile die Einzelheiten der Bank mit (transaction details): Referenz, Ende-zu-Ende-Kennung, Wertstellung, Verwendungszweck. Odoo 17 und neuer.
odoo-opening = Konto für die Eröffnungsbuchung
odoo-opening-hint = Die Id eines Kontos dort. Der Saldo der Bank vor der ersten Zeile wird einmal dagegen gebucht, mit dem ersten bewiesenen Auszug. Leer: keine Buchung.
odoo-trouble-opening-locked = Die Eröffnungsbuchung fällt dort in einen gesperrten Zeitraum.
odoo-trouble-opening-locked-do = Öffnen Sie diesen Zeitraum dort, oder leeren Sie das Konto für die Eröffnungsbuchung in den Einstellungen, und drücken Sie auf Erneut versuchen.
