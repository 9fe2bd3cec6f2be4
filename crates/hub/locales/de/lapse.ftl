# Was der Hub sagt, wo er selbst scheitert.
lapse-failed = Hier ist der Hub selbst gescheitert, nicht Ihre Bank, und nichts von dem, was er hat, ist verloren. Sie müssen nichts erneuern. Sein Betreiber findet den Grund im Protokoll; bleibt es so, sagen Sie es ihm.
