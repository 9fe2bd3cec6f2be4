# The end of a person's own login.
farewell-title = Erase my login
farewell-short = You leave every organization, and nothing that identifies you stays but what the next page names.
farewell-begin = Erase my login…
farewell-goes = Your password, passkeys, authenticator app, recovery codes, sessions, and the letters to you are erased at once and for ever.
farewell-access = You leave every organization that you work for, and links and notices to your address end.
farewell-stays = The organizations stay with everything of theirs: accounts, transactions, files and invoices. A mandate for direct debits that you gave keeps your address, because the law makes the operator keep it. Your address as a billing address is the organization’s: change it there first.
farewell-log = In the audit logs a pseudonym stands where your address stood. The chain of each log still verifies.
farewell-do = Erase my login
farewell-passkey = Erase my login with a passkey
farewell-done = Your login is erased.
farewell-alone = { $count ->
    [one] You are the only owner of an organization.
   *[other] You are the only owner of { $count } organizations.
}
farewell-alone-do = Somebody has to own each of them: make another person an owner, or erase the organization. Then come back here.
farewell-people = People
farewell-organization = Erase the organization
farewell-instead = You need no organization and want to go?
