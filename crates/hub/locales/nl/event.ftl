# Waarvan software op de hoogte wordt gebracht.
event-quiet = De bank had niets nieuws
event-failed = Een synchronisatie mislukte
event-details = Rekeninggegevens gewijzigd
event-new = Nieuwe transacties
event-updated = Transacties verbeterd
event-pending = Nieuwe aangekondigde transacties
event-pending-updated = Aangekondigde transacties gewijzigd
event-renewed = De toestemming werd verlengd
event-expiring = De toestemming loopt binnenkort af
event-connected = De software kreeg toegang
event-ended = De software verloor haar toegang
event-account-added = Een rekening werd toegevoegd
event-account-revoked = Een rekening werd weggenomen
event-blocked = De organisatie werd geblokkeerd
event-unblocked = De organisatie wordt weer bediend
event-left-out = { $count ->
    [one] Nog één bericht zei dat een bank niets nieuws had.
   *[other] Nog { $count } berichten zeiden dat een bank niets nieuws had.
}
