# Taking everything of an organization along, and erasing it.
menu-privacy = Data and privacy
privacy-title = Data and privacy
privacy-lead = Everything that this hub holds of your organization is yours.
privacy-export-title = Take everything along
privacy-export-lead = One ZIP archive: every table as JSON, the transactions of each account by month as CSV and camt.053, the invoices, and what the banks answered. It holds no password, token or other secret.
privacy-export-do = Export everything
privacy-export-wait = Another archive is being written at this moment, and there is one at a time. Try again in a few minutes.
privacy-erase-title = Erase the organization
privacy-erase-short = Everything goes, at once and for ever, but what a law keeps. You will be asked again.
privacy-erase-begin = Erase the organization…
privacy-erase-name = Erase { $organization }
privacy-erase-goes = { $accounts ->
    [one] One linked account
   *[other] { $accounts } linked accounts
} with the whole history and { $integrations ->
    [0] no integration
    [one] one integration
   *[other] { $integrations } integrations
} will be erased, for everybody in the organization.
privacy-erase-lead = Software loses its access at once and your permissions end at the banks. Transactions, files, mandates, invitations and the audit log are erased for ever; nobody can bring them back. What was used until today is billed.
privacy-first = Take along what you want to keep first:
privacy-kept-none = No law makes us keep anything: nothing stays.
privacy-kept = Tax law makes the operator keep its invoices and credit notes to you ({ $count }), with their payments and the mandates by which they were collected, until the time that the law sets is over. Nothing else stays.
privacy-name = Type { $name } to confirm
privacy-name-wrong = This is not the name of the organization: type it exactly as it is shown.
privacy-pays = Your organization pays for software that others use. Ask the operator of this hub to end that first.
privacy-erase-do = Erase everything
privacy-erased = The organization is erased. A mail tells you what was done.
privacy-mail-subject = { $organization } is erased
privacy-mail-text = As you asked, everything that this hub held of { $organization } is erased: accounts, transactions, integrations, mandates and the audit log. Software has no access any more, and the permissions have ended at the banks. Your own login stays.
privacy-mail-banks = These banks could not be reached to be told: { $banks }. End the permission there yourself; here nobody can use it any more.
