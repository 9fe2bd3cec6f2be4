# Bestemmingen buiten gebruik, in het Nederlands.

retire-title = { $name } buiten gebruik stellen?
retire-what = Er wordt niets meer geleverd. Wat er staat blijft daar, en deze boeken onthouden het: weer in gebruik krijgt ze wat intussen kwam, en niets tweemaal.
retire-do = Buiten gebruik stellen
retire-done = { $name } is buiten gebruik. Niets werd verwijderd.
retire-retired = Buiten gebruik
retire-retired-lead = Ze krijgen niets. Wat geleverd werd, blijft onthouden.
retire-restore = Weer in gebruik nemen
