# Brieven aan mensen, in het Nederlands.

letter-title = Brieven
letter-lead = Over { $company } wordt geschreven naar { $email }: 30, 14, 7 dagen en 1 dag voor een toestemming eindigt, wanneer ze geëindigd is, en wanneer een synchronisatie of levering blijft mislukken.
letter-on = U krijgt brieven
letter-off = U krijgt geen brieven
letter-failures = U krijgt bericht wanneer iets blijft mislukken, niet over toestemmingen
letter-which = Brieven
letter-choice-all = Toestemmingen die eindigen, en wat blijft mislukken
letter-choice-failures = Alleen wat blijft mislukken: de aanbieder schrijft mij over toestemmingen
letter-choice-none = Geen
letter-keep = Deze keuze bewaren
letter-soon-subject = { $bank }: de toestemming eindigt op { $at }
letter-soon =
    { $days ->
        [0] De toestemming van { $company } voor { $bank } eindigt binnen een dag ({ $at }). Vernieuw ze ervoor: niets wordt onderbroken.
        [one] De toestemming van { $company } voor { $bank } eindigt over één dag ({ $at }). Vernieuw ze ervoor: niets wordt onderbroken.
       *[other] De toestemming van { $company } voor { $bank } eindigt over { $days } dagen ({ $at }). Vernieuw ze ervoor: niets wordt onderbroken.
    }
letter-over-subject = { $bank }: de toestemming is geëindigd
letter-over = De toestemming van { $company } voor { $bank } is geëindigd ({ $at }) en er komen geen nieuwe verrichtingen. Vernieuw ze: wat de bank intussen boekte wordt opgehaald, en niets wordt tweemaal ingevoerd.
letter-renew = Vernieuw ze hier met één knop:
letter-why = U krijgt deze brief omdat u in de boeken voor dit bedrijf werkt. Om deze brieven te beëindigen:
letter-stuck-subject = { $company }: { $count ->
        [one] één zaak heeft u nodig
       *[other] { $count } zaken hebben u nodig
    }
letter-stuck =
    { $count ->
        [one] Dit komt niet meer vanzelf in de boeken van { $company }:
       *[other] Deze komen niet meer vanzelf in de boeken van { $company }:
    }
