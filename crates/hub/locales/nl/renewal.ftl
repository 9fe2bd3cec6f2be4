renewal-title = { $application } vraagt u een machtiging te vernieuwen
renewal-lead = { $bank } laat een rekening slechts voor beperkte tijd lezen. U meldt zich nog eens aan bij de bank; niets van wat gelezen is, gaat verloren.
renewal-after = Daarna gaat u terug naar { $host }.
renewal-do = Vernieuwen bij { $bank }
renewal-not-now = Niet nu, terug naar { $host }
