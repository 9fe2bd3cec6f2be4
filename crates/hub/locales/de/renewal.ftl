renewal-title = { $application } bittet Sie, eine Zustimmung zu erneuern
renewal-lead = { $bank } lässt ein Konto nur für begrenzte Zeit lesen. Sie melden sich noch einmal bei der Bank an; nichts von dem, was gelesen wurde, geht verloren.
renewal-after = Danach kehren Sie zu { $host } zurück.
renewal-do = Bei { $bank } erneuern
renewal-not-now = Nicht jetzt, zurück zu { $host }
