# Eine Zustimmung, die bei einer Bank begonnen und hier nicht beendet wurde.
unfinished-attempt = Sie gingen zu { $bank } und kamen nicht hierher zurück.
unfinished-go-on = Nachsehen, wie es ausging, und fortfahren
