# Ziele außer Betrieb, auf Deutsch.

retire-title = { $name } außer Betrieb nehmen?
retire-what = Es wird nichts mehr dorthin geliefert. Was dort ist, bleibt, und diese Bücher merken es sich: wieder in Betrieb bekommt es, was inzwischen kam, und nichts doppelt.
retire-do = Außer Betrieb nehmen
retire-done = { $name } ist außer Betrieb. Nichts wurde gelöscht.
retire-retired = Außer Betrieb
retire-retired-lead = Sie erhalten nichts. Was geliefert wurde, bleibt bekannt.
retire-restore = Wieder in Betrieb nehmen
