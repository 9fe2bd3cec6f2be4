# Destinations hors service, en français.

retire-title = Mettre { $name } hors service ?
retire-what = Plus rien n’y est livré. Ce qu’elle contient y reste, et ces livres s’en souviennent : remise en service, elle reçoit ce qui est venu entre-temps, et rien deux fois.
retire-do = Mettre hors service
retire-done = { $name } est hors service. Rien n’a été supprimé.
retire-retired = Hors service
retire-retired-lead = Elles ne reçoivent rien. On se souvient de ce qui a été livré.
retire-restore = Remettre en service
