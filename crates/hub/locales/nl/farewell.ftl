# Het einde van de eigen login.
farewell-title = Mijn login wissen
farewell-short = U verlaat elke organisatie, en niets wat u identificeert blijft over, behalve wat de volgende pagina noemt.
farewell-begin = Mijn login wissen…
farewell-goes = Uw wachtwoord, passkeys, authenticator-app, herstelcodes, sessies en de brieven aan u worden meteen en voorgoed gewist.
farewell-access = U verlaat elke organisatie waarvoor u werkt, en links en meldingen aan uw adres eindigen.
farewell-stays = De organisaties blijven met alles wat van hen is: rekeningen, transacties, bestanden en facturen. Een domiciliëringsmandaat dat u gaf, houdt uw adres, omdat de wet de beheerder verplicht het te bewaren. Uw adres als facturatieadres is van de organisatie: wijzig het daar eerst.
farewell-log = In de auditlogboeken staat een pseudoniem op de plaats van uw adres. De keten van elk logboek blijft controleerbaar.
farewell-do = Mijn login wissen
farewell-passkey = Mijn login wissen met een passkey
farewell-done = Uw login is gewist.
farewell-alone = { $count ->
    [one] U bent de enige eigenaar van een organisatie.
   *[other] U bent de enige eigenaar van { $count } organisaties.
}
farewell-alone-do = Elk daarvan moet een eigenaar hebben: maak iemand anders eigenaar, of wis de organisatie. Kom daarna hier terug.
farewell-people = Mensen
farewell-organization = De organisatie wissen
farewell-instead = Hebt u geen organisatie nodig en wilt u weg?
