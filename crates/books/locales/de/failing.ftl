# Was die Bücher sagen, wo sie selbst scheitern.
failing-import = Die Bücher selbst sind beim Übernehmen des Neuen gescheitert.
failing-import-do = In Ihren Journalen hat sich nichts geändert. Es wird von selbst erneut versucht; bleibt es so, sagen Sie es dem, der diese Bücher betreibt: Der Grund steht in seinem Protokoll.
failing-delivery = Die Bücher selbst sind beim Liefern gescheitert.
failing-delivery-do = Nichts geht verloren und nichts wird doppelt geliefert. Es wird von selbst erneut versucht; bleibt es so, sagen Sie es dem, der diese Bücher betreibt: Der Grund steht in seinem Protokoll.
