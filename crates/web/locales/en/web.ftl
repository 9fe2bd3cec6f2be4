# Words of the frame that hub and books share.
web-skip = Skip to the content
web-navigation = Main
web-language = Language
web-menu = Your account
web-log-out = Log out
web-optional = optional
web-older = Older
web-newest = Back to the newest
web-copy = Copy
web-copied = Copied
web-steps = Steps

web-form-wrong = { $count ->
    [one] One field needs your attention.
   *[other] { $count } fields need your attention.
}

web-proof-proven = Proven
web-proof-unproven = Unproven
web-proof-broken = Broken
web-proof-proven-why = The opening balance plus every movement gives the closing balance.
web-proof-unproven-why = The bank has not given both balances, so nothing can be proven.
web-proof-broken-why = The opening balance plus the movements does not give the closing balance. Off by { $gap }.

web-state-experimental = Experimental
web-state-beta = Beta
web-state-stable = Stable
web-state-maintenance = Maintenance
web-state-deprecated = Replaced

web-ago-now = just now
web-ago-minutes = { $count ->
    [one] a minute ago
   *[other] { $count } minutes ago
}
web-ago-hours = { $count ->
    [one] an hour ago
   *[other] { $count } hours ago
}
web-ago-days = { $count ->
    [one] yesterday
   *[other] { $count } days ago
}
web-chart-empty = There are not yet enough days to draw.
web-chart-about = From { $from } to { $to }: lowest { $lowest }, highest { $highest }, last { $last }.

web-error-reference = Quote this reference if you ask for help:
web-error-home = Go to the start page
web-error-400 = This request is not complete
web-error-400-what = Something that the page needs was missing or could not be read. Nothing was changed.
web-error-400-do = Go back, reload the page and try again.
web-error-403 = This was sent from another site
web-error-403-what = Your browser says that the form came from a page that is not ours, so nothing was done.
web-error-403-do = Open the page here and send the form again.
web-error-404 = There is no such page
web-error-404-what = The address is wrong, or what was here is gone, or it belongs to another organization.
web-error-404-do = Check the address or begin at the start page.
web-error-405 = This page cannot be asked in that way
web-error-405-what = The address exists, but it expects a form or a link of ours.
web-error-405-do = Begin at the start page.
web-error-409 = This was changed in the meantime
web-error-409-what = Someone, or another window of yours, was faster. Nothing of yours was lost and nothing was done twice.
web-error-409-do = Reload the page to see how things stand now.
web-error-413 = This is too large
web-error-413-what = More was sent than this page accepts.
web-error-413-do = Send less, for example one file at a time.
web-error-429 = One moment, please
web-error-429-what = This was tried too often in a short time.
web-error-429-do = Wait a minute, then try again.
web-error-500 = Something went wrong here
web-error-500-what = The fault is ours. Nothing of yours is lost: every step is either done completely or not at all.
web-error-500-do = Try again in a moment. If it stays, tell us the reference below.
web-error-503 = We cannot answer just now
web-error-503-what = A part that this page needs is not reachable. Nothing was changed.
web-error-503-do = Try again in a minute.
