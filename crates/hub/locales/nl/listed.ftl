# Banken die uit een lijst bekend zijn.
listed-by = Bekend uit de lijst van { $host }.
listed-gone = { $bank } staat niet meer in de lijst waaruit ze bekend was. Wat gekoppeld is, blijft; ze kan opnieuw gekoppeld worden zodra ze terug is.
