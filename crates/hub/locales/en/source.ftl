# Where a transaction comes from.
source-title = Where this comes from
source-answer = Answer of the bank
source-file = Statement file
source-erased = The payload is no longer kept: the account was unlinked since.
source-raw = As it came
source-bytes = bytes
source-synchronization = Synchronization
source-reason = Why it stands here
source-place = Place in our order
source-history = Since then
source-uploaded = uploaded
source-attended = fetched while you were there
source-unattended = fetched by itself
source-created = booked again
source-updated = corrected
source-removed = withdrawn
