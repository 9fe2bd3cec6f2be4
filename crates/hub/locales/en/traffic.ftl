# What the software of an integration does.
traffic-title = Activity
traffic-last = Last reading of an account
traffic-never = never
traffic-requests = Requests
traffic-counted = { $today } today, { $month } in the last 30 days; counted with a delay of half a minute
traffic-no-webhook = No address is set: the software asks by itself.
traffic-webhook = Of the newest events { $delivered } delivered, { $waiting } waiting, { $lost } given up.
traffic-webhook-works = works
traffic-webhook-waits = waits
traffic-webhook-fails = fails
