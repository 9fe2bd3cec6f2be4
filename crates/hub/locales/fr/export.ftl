# A period of an account as a file.
export-title = Exporter
export-lead = Les opérations comptabilisées d’une période sous forme de fichier. Les soldes sont ceux de la banque ; celui qu’elle n’a pas donné est omis.
export-format = Format
export-pdf = PDF (à lire et imprimer)
export-do = Télécharger
export-not-a-day = Indiquez un jour, comme 2026-03-31.
export-not-a-format = Choisissez un des formats.
export-backwards = Le dernier jour précède le premier.
export-refused = Ce format ne peut pas contenir cette période. Choisissez un autre format ou une autre période.
export-statement = Extrait de compte
export-foot = Établi par Passerelle d’après les données de la banque ; ce n’est pas un document de la banque.
export-proven = Prouvé : le solde d’ouverture plus toutes les opérations donne le solde de clôture.
export-unproven = Non prouvé : la banque n’a pas donné les deux soldes.
export-broken = Les soldes et les opérations diffèrent de { $gap }.
export-before-unlink = Gardez d’abord une copie, en extraits, en tableau ou en archive :
