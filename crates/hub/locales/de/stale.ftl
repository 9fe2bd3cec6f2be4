# Ein Formular von jemandem, der nicht mehr angemeldet ist.
stale-session = Sie wurden inzwischen abgemeldet; nichts wurde geändert. Melden Sie sich an und wiederholen Sie es.
