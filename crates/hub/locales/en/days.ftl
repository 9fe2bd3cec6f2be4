# The proof of an account by day.
days-title = Proof by day
days-lead = Each balance that the bank told, held against the one before and every movement between them.
days-none = Nothing was booked and no balance was told yet.
days-broken = The first day that does not add up is { $day }: off by { $gap }.
days-broken-do = A movement is missing or too many on that day or since the last balance before it. Synchronize, or upload the bank’s statement of that day.
days-look = Show that day
days-count = { $proven } of { $count } days are proven.
days-gaps = Gaps
days-gaps-what = Between these days something is missing: the bank’s balance before differs from its balance behind.
days-gap = After { $after } and before { $before }
days-unread = Not fetched from { $day } on
days-sum = Booked
days-unproven = No balance to hold it against
