# Konten mit Journalen verknüpfen: Anfangstage, Anzahlen, Zweifel.
link-start = Ab Tag (leer: alles)
link-count = Erst die Zeilen zählen
link-preview = { $count ->
    [one] Es käme eine Zeile, von { $all }.
   *[other] Es kämen { $count } Zeilen, von { $all }.
}
link-preview-more = Es kämen mehr als { $count } Zeilen, von mehr als { $all }.
link-oldest = Die älteste ist vom { $day }.
link-anyway = Ich weiß, trotzdem tun
link-refused-twin = Das Journal { $journal } gehört bereits zum Konto { $account }: zwei Journale für ein Bankkonto sind selten gemeint. Wählen Sie dieses Journal, oder kreuzen Sie das Kästchen unter dem Konto an. Seine Zeilen kommen dann in das gewählte Journal. Es wurde nichts verknüpft.
link-refused-number = Das Journal { $journal } enthält Zeilen des Kontos { $other }, nicht von { $account }. Wählen Sie ein anderes Journal, oder kreuzen Sie das Kästchen unter dem Konto an. Es wurde nichts verknüpft.
