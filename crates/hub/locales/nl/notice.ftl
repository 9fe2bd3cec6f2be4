# Brieven voor het einde van een toestemming, en wie ze krijgt.
notice-soon-subject = { $bank }: de toestemming eindigt op { $date }
notice-soon = { $days ->
    [one] De toestemming van { $organization } bij { $bank } eindigt morgen, op { $date }. Vernieuw ze voordien: niets wordt onderbroken en elke rekening behoudt haar geschiedenis.
   *[other] De toestemming van { $organization } bij { $bank } eindigt over { $days } dagen, op { $date }. Vernieuw ze voordien: niets wordt onderbroken en elke rekening behoudt haar geschiedenis.
}
notice-today-subject = { $bank }: vandaag is de laatste dag van de toestemming
notice-today = De toestemming van { $organization } bij { $bank } eindigt vandaag, { $date }. Vanaf morgen komen er geen nieuwe boekingen. Vernieuw ze vandaag: niets wordt onderbroken en elke rekening behoudt haar geschiedenis.
notice-over-subject = { $bank }: de toestemming is voorbij
notice-over = { $organization } heeft bij { $bank } geen toestemming meer; er komen geen nieuwe boekingen. Wat is opgehaald, blijft leesbaar. Na een vernieuwing wordt opgehaald wat de bank intussen heeft geboekt, en elke rekening behoudt haar geschiedenis.
notice-renew = De toestemming vernieuwen:
notice-why = U krijgt deze brief omdat u voor deze organisatie werkt of omdat ze uw adres heeft opgegeven. Wie deze brieven krijgt, wordt hier beslist:
menu-notices = Wie bericht krijgt
notices-title = Wie bericht krijgt
notices-lead = Voordat een toestemming bij een bank eindigt (30, 14, 7 dagen en 1 dag), op de laatste dag, en als ze voorbij is.
notices-member = Lid
notices-further = Ander adres
notices-further-hint = Bijvoorbeeld uw boekhouder. Een login is niet nodig.
notices-add = Het adres toevoegen
notices-remove = Verwijderen
notices-added = Het adres is toegevoegd.
notices-removed = Het adres is verwijderd.
notices-too-many = Hoogstens { $count } andere adressen. Verwijder er eerst een.
renew-title = De toestemming bij { $bank } vernieuwen
renew-lead = U meldt zich aan bij uw bank en bevestigt. Niets wordt onderbroken, elke rekening behoudt haar geschiedenis en nummer, en wat ontbreekt wordt meteen opgehaald.
renew-do = Vernieuwen bij { $bank }
