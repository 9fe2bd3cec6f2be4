# The proof of an account by day.
days-title = Bewijs per dag
days-lead = Elk saldo dat de bank gaf, vergeleken met het vorige en alle bewegingen ertussen.
days-none = Er is nog niets geboekt en er is nog geen saldo gegeven.
days-broken = De eerste dag die niet klopt is { $day }: een verschil van { $gap }.
days-broken-do = Op die dag, of sinds het laatste saldo ervoor, ontbreekt een beweging of is er een te veel. Synchroniseer, of laad het bankafschrift van die dag op.
days-look = Toon die dag
days-count = { $proven } van { $count } dagen zijn bewezen.
days-gaps = Hiaten
days-gaps-what = Tussen deze dagen ontbreekt iets: het saldo van de bank ervoor verschilt van dat erna.
days-gap = Na { $after } en voor { $before }
days-unread = Niet opgehaald vanaf { $day }
days-sum = Geboekt
days-unproven = Geen saldo om te vergelijken
