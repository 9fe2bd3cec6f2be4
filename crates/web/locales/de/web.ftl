# Wörter des Rahmens, den Hub und Buchhaltung teilen.
web-skip = Zum Inhalt springen
web-navigation = Hauptmenü
web-language = Sprache
web-menu = Ihr Konto
web-log-out = Abmelden
web-optional = freiwillig
web-older = Ältere
web-newest = Zurück zu den neuesten
web-copy = Kopieren
web-copied = Kopiert
web-steps = Schritte

web-form-wrong = { $count ->
    [one] Ein Feld braucht Ihre Aufmerksamkeit.
   *[other] { $count } Felder brauchen Ihre Aufmerksamkeit.
}

web-proof-proven = Bewiesen
web-proof-unproven = Unbewiesen
web-proof-broken = Gebrochen
web-proof-proven-why = Der Anfangssaldo plus alle Bewegungen ergibt den Endsaldo.
web-proof-unproven-why = Die Bank hat nicht beide Salden genannt; es lässt sich nichts beweisen.
web-proof-broken-why = Der Anfangssaldo plus die Bewegungen ergibt nicht den Endsaldo. Abweichung: { $gap }.

web-state-experimental = Experimentell
web-state-beta = Beta
web-state-stable = Stabil
web-state-maintenance = Wartung
web-state-deprecated = Ersetzt

web-ago-now = gerade eben
web-ago-minutes = { $count ->
    [one] vor einer Minute
   *[other] vor { $count } Minuten
}
web-ago-hours = { $count ->
    [one] vor einer Stunde
   *[other] vor { $count } Stunden
}
web-ago-days = { $count ->
    [one] gestern
   *[other] vor { $count } Tagen
}
web-chart-empty = Es sind noch nicht genug Tage zum Zeichnen da.
web-chart-about = Vom { $from } bis { $to }: niedrigster { $lowest }, höchster { $highest }, letzter { $last }.

web-error-reference = Nennen Sie diese Referenz, wenn Sie um Hilfe bitten:
web-error-home = Zur Startseite
web-error-400 = Diese Anfrage ist unvollständig
web-error-400-what = Etwas, das die Seite braucht, fehlte oder war unlesbar. Es wurde nichts geändert.
web-error-400-do = Gehen Sie zurück, laden Sie die Seite neu und versuchen Sie es noch einmal.
web-error-403 = Das kam von einer anderen Website
web-error-403-what = Ihr Browser sagt, dass das Formular nicht von unserer Seite kam; es wurde nichts getan.
web-error-403-do = Öffnen Sie die Seite hier und senden Sie das Formular erneut.
web-error-404 = Diese Seite gibt es nicht
web-error-404-what = Die Adresse ist falsch, oder was hier stand, ist fort, oder es gehört einer anderen Organisation.
web-error-404-do = Prüfen Sie die Adresse oder beginnen Sie auf der Startseite.
web-error-405 = So lässt sich diese Seite nicht abrufen
web-error-405-what = Die Adresse gibt es, aber sie erwartet ein Formular oder einen Link von uns.
web-error-405-do = Beginnen Sie auf der Startseite.
web-error-409 = Das wurde inzwischen geändert
web-error-409-what = Jemand, oder ein anderes Fenster von Ihnen, war schneller. Nichts ist verloren und nichts doppelt getan.
web-error-409-do = Laden Sie die Seite neu, um den jetzigen Stand zu sehen.
web-error-413 = Das ist zu groß
web-error-413-what = Es wurde mehr gesendet, als diese Seite annimmt.
web-error-413-do = Senden Sie weniger, zum Beispiel eine Datei auf einmal.
web-error-429 = Einen Augenblick, bitte
web-error-429-what = Das wurde in kurzer Zeit zu oft versucht.
web-error-429-do = Warten Sie eine Minute und versuchen Sie es dann noch einmal.
web-error-500 = Hier ist etwas schiefgegangen
web-error-500-what = Der Fehler liegt bei uns. Nichts ist verloren: jeder Schritt geschieht ganz oder gar nicht.
web-error-500-do = Versuchen Sie es gleich noch einmal. Bleibt es so, nennen Sie uns die Referenz unten.
web-error-503 = Wir können gerade nicht antworten
web-error-503-what = Ein Teil, den diese Seite braucht, ist nicht erreichbar. Es wurde nichts geändert.
web-error-503-do = Versuchen Sie es in einer Minute noch einmal.
