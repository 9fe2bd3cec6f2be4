renewal-title = { $application } asks you to renew an authorization
renewal-lead = { $bank } lets software read an account for a limited time only. You log in at the bank once more; nothing that was read is lost.
renewal-after = Afterwards you go back to { $host }.
renewal-do = Renew at { $bank }
renewal-not-now = Not now, back to { $host }
