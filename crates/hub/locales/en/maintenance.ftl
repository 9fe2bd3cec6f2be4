# When a bank is in maintenance.
maintenance-planned = { $bank } will be in maintenance from { $from } until { $until } (UTC). Nothing is fetched then; what is here stays readable.
maintenance-until = It is expected to be over on { $until } (UTC). What is missing is fetched then by itself.
