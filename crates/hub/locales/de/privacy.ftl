# Taking everything of an organization along, and erasing it.
menu-privacy = Daten und Datenschutz
privacy-title = Daten und Datenschutz
privacy-lead = Alles, was dieser Hub über Ihre Organisation speichert, gehört Ihnen.
privacy-export-title = Alles mitnehmen
privacy-export-lead = Ein ZIP-Archiv: jede Tabelle als JSON, die Umsätze jedes Kontos je Monat als CSV und camt.053, die Rechnungen und die Antworten der Banken. Es enthält kein Passwort, kein Token und kein anderes Geheimnis.
privacy-export-do = Alles exportieren
privacy-export-wait = Gerade wird ein anderes Archiv geschrieben, und es geht nur eines nach dem anderen. Versuchen Sie es in einigen Minuten noch einmal.
privacy-erase-title = Die Organisation löschen
privacy-erase-short = Alles geht, sofort und für immer, außer was ein Gesetz aufzubewahren verlangt. Sie werden noch einmal gefragt.
privacy-erase-begin = Die Organisation löschen…
privacy-erase-name = { $organization } löschen
privacy-erase-goes = { $accounts ->
    [one] Ein verknüpftes Konto
   *[other] { $accounts } verknüpfte Konten
} mit dem ganzen Verlauf und { $integrations ->
    [0] keine Integration
    [one] eine Integration
   *[other] { $integrations } Integrationen
}: Alles wird gelöscht, für alle in der Organisation.
privacy-erase-lead = Software verliert sofort den Zugriff, und Ihre Erlaubnisse enden bei den Banken. Umsätze, Dateien, Mandate, Einladungen und das Prüfprotokoll werden für immer gelöscht; niemand kann sie wiederherstellen. Was bis heute genutzt wurde, wird berechnet.
privacy-first = Nehmen Sie zuerst mit, was Sie behalten wollen:
privacy-kept-none = Kein Gesetz verlangt, etwas aufzubewahren: Nichts bleibt.
privacy-kept = Das Steuerrecht verlangt vom Betreiber, seine Rechnungen und Gutschriften an Sie ({ $count }) aufzubewahren, mit ihren Zahlungen und den Mandaten, mit denen sie eingezogen wurden, bis die gesetzliche Frist vorbei ist. Sonst bleibt nichts.
privacy-name = Geben Sie zur Bestätigung { $name } ein
privacy-name-wrong = Das ist nicht der Name der Organisation: Geben Sie ihn genau so ein, wie er dasteht.
privacy-pays = Ihre Organisation bezahlt Software, die andere nutzen. Bitten Sie zuerst den Betreiber dieses Hubs, das zu beenden.
privacy-erase-do = Alles löschen
privacy-erased = Die Organisation ist gelöscht. Eine Nachricht sagt Ihnen, was getan wurde.
privacy-mail-subject = { $organization } ist gelöscht
privacy-mail-text = Wie gewünscht ist alles gelöscht, was dieser Hub über { $organization } gespeichert hatte: Konten, Umsätze, Integrationen, Mandate und das Prüfprotokoll. Software hat keinen Zugriff mehr, und die Erlaubnisse sind bei den Banken beendet. Ihr eigener Zugang bleibt.
privacy-mail-banks = Diese Banken waren nicht zu erreichen: { $banks }. Beenden Sie die Erlaubnis dort selbst; hier kann sie niemand mehr nutzen.
