# Was die Software einer Integration tut.
traffic-title = Aktivität
traffic-last = Letztes Lesen eines Kontos
traffic-never = nie
traffic-requests = Anfragen
traffic-counted = { $today } heute, { $month } in den letzten 30 Tagen; mit einer halben Minute Verzögerung gezählt
traffic-no-webhook = Keine Adresse angegeben: Die Software fragt selbst.
traffic-webhook = Von den neuesten Ereignissen { $delivered } zugestellt, { $waiting } wartend, { $lost } aufgegeben.
traffic-webhook-works = funktioniert
traffic-webhook-waits = wartet
traffic-webhook-fails = scheitert
