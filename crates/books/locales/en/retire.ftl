# Targets that were taken out of use, in English.

retire-title = Take { $name } out of use?
retire-what = Nothing more is delivered there. What it has stays there, and these books remember it: taken into use again, it gets what came meanwhile, and nothing twice.
retire-do = Take out of use
retire-done = { $name } is out of use. Nothing was deleted.
retire-retired = Out of use
retire-retired-lead = They receive nothing. What was delivered is remembered.
retire-restore = Take into use again
