# How fresh an account is.
fresh-title = Aktualität
fresh-as-of = Der Saldo der Bank ist vom
fresh-told = genannt
fresh-last = Letzter gelungener Abgleich
fresh-next-person = Sie können abgleichen
fresh-next-itself = Nächster von selbst
fresh-now = jetzt
fresh-not-planned = nicht geplant
fresh-delay = Grund einer Verzögerung
fresh-no-delay = nichts ist aufgehalten
fresh-going-on = Ein Abgleich läuft.
fresh-expired = Die Erlaubnis bei der Bank ist vorbei.
fresh-by-files = Gespeist aus Auszugsdateien.
fresh-quota = Die vier Abrufe am Tag ohne Sie sind bis { $until } verbraucht; mit Ihnen kann die Bank gefragt werden.
