# Das Ende des eigenen Zugangs.
farewell-title = Meinen Zugang löschen
farewell-short = Sie verlassen jede Organisation, und nichts, was Sie erkennbar macht, bleibt, außer was die nächste Seite nennt.
farewell-begin = Meinen Zugang löschen…
farewell-goes = Ihr Passwort, Ihre Passkeys, die Authenticator-App, Wiederherstellungscodes, Sitzungen und die Briefe an Sie werden sofort und für immer gelöscht.
farewell-access = Sie verlassen jede Organisation, für die Sie arbeiten, und Links und Hinweise an Ihre Adresse enden.
farewell-stays = Die Organisationen bleiben mit allem, was ihnen gehört: Konten, Umsätze, Dateien und Rechnungen. Ein Lastschriftmandat, das Sie erteilt haben, behält Ihre Adresse, weil das Gesetz den Betreiber verpflichtet, es aufzubewahren. Ihre Adresse als Rechnungsadresse gehört der Organisation: Ändern Sie sie zuerst dort.
farewell-log = In den Protokollen steht ein Pseudonym an der Stelle Ihrer Adresse. Die Kette jedes Protokolls lässt sich weiter prüfen.
farewell-do = Meinen Zugang löschen
farewell-passkey = Meinen Zugang mit einem Passkey löschen
farewell-done = Ihr Zugang ist gelöscht.
farewell-alone = { $count ->
    [one] Sie sind der einzige Inhaber einer Organisation.
   *[other] Sie sind der einzige Inhaber von { $count } Organisationen.
}
farewell-alone-do = Jede davon braucht einen Inhaber: Machen Sie jemand anderen zum Inhaber, oder löschen Sie die Organisation. Kommen Sie danach hierher zurück.
farewell-people = Personen
farewell-organization = Die Organisation löschen
farewell-instead = Sie brauchen keine Organisation und möchten gehen?
