# Een e-mailadres bevestigen en een wachtwoord kiezen, in het Nederlands.

pass-confirm = Bevestig uw e-mailadres
pass-confirm-lead = Druk op de knop om te zeggen dat berichten aan { $email } u bereiken.
pass-confirm-do = Berichten bereiken mij
pass-confirm-again = Nog een bericht laten sturen
pass-confirmed = Uw e-mailadres is bevestigd. U krijgt bericht wanneer iets uw aandacht vraagt.
pass-confirm-sent = Er is een bericht onderweg naar { $email }. Open het adres dat erin staat.
pass-confirm-asked = We hebben naar { $email } geschreven. Open het adres in dat bericht, anders wordt niemand gewaarschuwd voor een toestemming eindigt.
pass-unconfirmed = Er wordt nog niets naar { $email } gestuurd: niemand heeft het adres in het bericht daarover geopend.
pass-confirm-subject = Bevestig uw e-mailadres
pass-confirm-text = Iemand heeft boeken geopend met het e-mailadres { $email }. De boeken schrijven daarheen voor een toestemming eindigt en wanneer iets blijft mislukken, zodra u hebt bevestigd dat deze berichten u bereiken.
pass-confirm-link = Bevestig het hier, binnen een week:
pass-not-you = Was u het niet? Doe dan niets, dan gebeurt er niets.
pass-forgot = Wachtwoord vergeten?
pass-forgot-lead = Schrijf uw e-mailadres. Een bericht zegt u waar u een ander wachtwoord kiest.
pass-forgot-do = Bericht sturen
pass-forgot-sent = Als { $email } hier een login heeft, is er een bericht onderweg. Het is een uur geldig.
pass-password-subject = Kies een ander wachtwoord
pass-password-text = Iemand heeft een ander wachtwoord gevraagd voor { $email }.
pass-password-link = Kies het hier, binnen een uur:
pass-password = Kies een wachtwoord
pass-password-lead = Voor { $email }. Wie met het oude is ingelogd, wordt uitgelogd.
pass-password-do = Dit wachtwoord bewaren
pass-password-done = Uw wachtwoord is bewaard. Log ermee in.
pass-spent = Dit adres is gebruikt
pass-spent-lead = Het is al gebruikt, of de tijd ervan is voorbij. Er is niets veranderd.
