# Überweisungen zwischen eigenen Konten.
transfer-nav = Umbuchungen
transfer-title = Umbuchungen zwischen eigenen Konten
transfer-lead = Geld, das eines Ihrer Journale verließ und in ein anderes kam. Sagen Sie, welche Paare eine Umbuchung sind; gebucht wird dadurch nichts.
transfer-none = Keine Umbuchung gefunden
transfer-none-lead = Paare der letzten vier Monate mit gleichem Betrag, höchstens fünf Tage auseinander, stehen hier.
transfer-suggested = Vorgeschlagen
transfer-confirmed = Bestätigt
transfer-named = Das andere Konto ist genannt
transfer-confirm = Eine Umbuchung
transfer-dismiss = Keine Umbuchung
transfer-take-back = Zurücknehmen
