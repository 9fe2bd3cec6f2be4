# The dashboard of the hub.
save = Save
cancel = Cancel
search = Search
email = E-mail address
password = Password
country = Country
street = Street and number
postal-code = Postal code
city = City

nav-overview = Overview
nav-accounts = Accounts
nav-transactions = Transactions
nav-integrations = Integrations
menu-organization = Organization
menu-billing = Billing information
menu-profile = Your login

# Mistakes in forms
field-missing = This is needed.
field-too-long = Use at most { $limit } characters.
field-too-short = Use at least { $limit } characters.
field-not-an-email = This is not an e-mail address: write it as name@example.com.
field-not-a-country = Choose a country.
field-password-is-email = Use something else than your e-mail address.
field-vat-form = This is not a VAT number: write it like { $example }.
field-vat-check-digits = The check digits of this VAT number are wrong: a character was mistyped.
field-not-a-kind = Choose business or personal.

# Entrance
sign-up-title = Create your login
sign-up-lead = All your bank accounts in one place, and your accounting software reads exactly those that you choose.
sign-up-do = Sign up
sign-up-have-login = You have a login already?
sign-up-password-hint = At least 10 characters. A sentence is easier to remember and harder to guess.
log-in-title = Welcome back
log-in-do = Log in
log-in-no-login = No login yet?
log-in-refused = The e-mail address or the password is not right.
log-in-too-many = { $minutes ->
    [one] Too many attempts failed. Try again in a minute.
   *[other] Too many attempts failed. Try again in { $minutes } minutes.
}
log-out-done = You are logged out.

# Organization and billing
organization-new-title = Your organization
organization-new-lead = Who owns the bank accounts that you are going to connect.
organization-create = Create the organization
organization-title = Organization
organization-lead = Who owns the accounts.
organization-saved = The organization is saved.
organization-name = Name
organization-kind = Whose accounts are they?
organization-business = A company, an association or a self-employed person
organization-personal = A person, privately
organization-vat = VAT number
organization-vat-hint = With or without the country in front; blanks and dots do not matter.
organizations-yours = Your organizations
organization-another = Add another one
organization-at-work = You work here
organization-switch = Work here
billing-title = Billing information
billing-lead = Where the invoice goes. It is needed before a bank is linked and before software reads an account. Statement files need none of it.
billing-price = { $price } a month for each account in each integration, counted by the day. An account that no software reads costs nothing.
billing-name = Name on the invoice
billing-email = E-mail address for invoices
billing-email-hint = Invoices go to this address once a month.
billing-saved = The billing information is saved.

# Login
profile-title = Your login
profile-password-title = Change your password
profile-present = Present password
profile-new = New password
profile-password-do = Change the password
profile-password-changed = Your password is changed. All other sessions were logged out.
profile-present-wrong = Your present password is not right.
profile-everywhere-title = Log out everywhere
profile-everywhere-lead = Ends every session of yours on every device, this one too.
profile-everywhere-do = Log out everywhere
profile-logged-out = { $count ->
    [one] One session was ended. Log in again to go on.
   *[other] { $count } sessions were ended. Log in again to go on.
}

# Overview
overview-lead = What your banks hold, and what your software may read.
overview-total = Balance in { $currency }
overview-total-note = As your banks last closed
overview-proven = Accounts proven
overview-proven-note = The bank’s own balances confirm every movement.
overview-integrations = Who reads what
overview-all-accounts = All accounts
overview-newest = Newest transactions
overview-look = Look at it
overview-billing = Before an account can be added we need to know where invoices go.
overview-expired = The permission for { $account } is over. Its history stays readable; renew it to get what is new.
overview-broken = For { $account } the movements and the bank’s balances do not agree.
overview-ending = The permission for { $account } ends soon.

# Adding an account
link-step-bank = Bank
link-step-consent = Permission
link-step-accounts = Accounts
link-step-fetch = First fetch
link-title = Which bank?
link-lead = Choose the bank where the account is. You confirm at the bank itself; we never see your password there.
link-search = Name or BIC
link-all-countries = All countries
link-none-title = No bank found
link-none = Check the spelling, or look in all countries.
link-iban-mistyped = The check digits of this account number do not fit: a character was mistyped.
link-iban-length = This account number is too short or too long for its country.
link-show-all = Show all banks
link-other-bank = Another bank
consent-title = Connect { $bank }
consent-beta = { $bank } is in beta: the connection works, but it has few users yet. Check the first statements with care; if an account is missing, tell us and try again later.
consent-experimental = The connection to { $bank } is experimental: it was only tried by us. Do not rely on it yet.
consent-maintenance = { $bank } is being repaired at the moment. What was fetched before stays readable; a new account can be added when the repair is over.
consent-deprecated = This connection to { $bank } was replaced by another one. Choose the new one in the list.
consent-what = What
consent-what-text = The names, balances and transactions of the accounts that you choose at the bank.
consent-why = Why
consent-why-text = To keep them here for you, and to pass them to the software that you allow, account by account.
consent-how-long = How long
consent-how-long-text = Up to { $days } days; the bank may end it earlier. We remind you on time, and renewing takes a minute.
consent-not = What not
consent-not-text = We cannot pay, transfer or change anything, and we never see your bank password.
consent-end = How to stop
consent-end-text = Unlink the account here at any time, or withdraw the permission at your bank. Unlinking erases its history here.
consent-agree = I agree, go to { $bank }
consent-not-now = Not possible at the moment
attempt-title = Waiting for your bank
attempt-lead = Finish at your bank, in the other window if it opened one. This page notices by itself.
attempt-waiting = The bank has not confirmed yet
attempt-done = The bank has answered.
attempt-i-am-done = I am done
attempt-back-to-bank = Back to the bank
attempt-refused-title = The permission was not given
attempt-refused = It was refused or took too long at the bank. Nothing was connected and nothing is lost; you can try again.
attempt-again = Try again
attempt-nothing-title = The bank gave no account
attempt-nothing = The permission is there, but no account was ticked at the bank, or none that can be read. Try again and tick at least one.
choose-title = Which accounts?
choose-lead = The bank allows these. Take those that you want to see here.
choose-renewed = { $count ->
    [one] One account goes on under the new permission.
   *[other] { $count } accounts go on under the new permission.
}
choose-effect = By connecting an account you allow us to read its balances and transactions.
choose-do = Connect the accounts
choose-later = Not now
choose-none = Tick at least one account, or choose “Not now”.
progress-title = Fetching your transactions
progress-lead = The first time takes longest. You may leave this page; it goes on without you.
progress-continue = Continue
progress-accounts = Go to the accounts

# Synchronization
sync-waiting = Waiting for its turn
sync-running = { $count ->
    [0] Asking the bank
    [one] One transaction read so far
   *[other] { $count } transactions read so far
}
sync-done = Done
sync-brought = { $count ->
    [0] Nothing new.
    [one] One new transaction.
   *[other] { $count } new transactions.
}
sync-failed = Failed
sync-failed-unknown = It failed for a reason that was not written down. Try again.
sync-failed-expired = The permission at the bank has expired. Renew it; the history stays readable.
sync-failed-consent = The bank no longer accepts the permission. Renew it; the history stays readable.
sync-failed-later = The bank cannot answer at the moment. Nothing is lost; the next attempt is planned.
sync-failed-refused = The bank refused the request. Try again; if it happens again, tell us.
sync-failed-unreadable = The bank’s answer could not be read, and nothing of it was used. The next attempt is planned.
sync-too-soon = This account was synchronized a moment ago. The next time is possible from { $next }.
sync-quota = The bank allows four fetches a day without you. The next one is possible from { $next }.

# Accounts
accounts-lead = { $count ->
    [one] One account
   *[other] { $count } accounts
}
accounts-none-title = No account yet
accounts-none = Connect a bank account and its transactions appear here, as far back as the bank gives them.
accounts-total = Together { $sum }
accounts-total-without = Together { $sum }, { $untold ->
    [one] without one account whose bank told no balance
   *[other] without { $untold } accounts whose banks told no balance
}
account-add = Add account
account-add-first = Add your first account
account-add-another = Add another account
account-never-synchronized = not yet
account-expired = Permission over
account-ended-early = Ended early
account-expires-in = { $days ->
    [0] ends today
    [one] ends tomorrow
   *[other] ends in { $days } days
}
account-days-left = { $days } days left
account-no-balance = not told
account-renew = Renew permission
account-synchronize = Synchronize now
account-expired-title = The permission at the bank is over.
account-expired-do = What was fetched stays readable. Renew the permission to fetch what came since.
account-expires-soon = { $days ->
    [0] The permission at the bank ends today. Renew it now and nothing is missed.
    [one] The permission at the bank ends tomorrow. Renew it now and nothing is missed.
   *[other] The permission at the bank ends in { $days } days. Renew it now and nothing is missed.
}
account-next-allowed = possible again
account-next-by-itself = next by itself
account-count = booked, in our history
account-chart = Closing balance
account-chart-told = as the bank told it
account-pending = Pending
account-pending-what = Announced by the bank, not booked: they may change or vanish, and never enter the books.
account-search = Search
account-no-transactions = No transactions yet.
account-defects = Defects
account-defects-what = What the bank sent and could not be understood. Nothing of it was dropped.
account-facts = About this account
account-reference = Account number
account-currency = Currency
account-holder = Holder
account-product = Product
account-linked = Connected
account-opening = Opening balance
account-unlink = Unlink
unlink-title = Unlink { $account }?
unlink-erases = { $count ->
    [one] Its one transaction is erased here, and this cannot be undone.
   *[other] Its { $count } transactions are erased here, and this cannot be undone.
}
unlink-software = Software that reads this account gets nothing more. If you connect it again, only what the bank still gives comes back.
unlink-sure = I want to unlink this account and erase its history here
unlink-tick = Tick this box to go on.
unlink-done = { $account } is unlinked.

# Transactions
column-date = Date
column-counterparty = Counterparty
column-purpose = Communication
column-account = Account
column-amount = Amount
column-balance = Balance
column-proof = Proof
column-synchronized = Synchronized
column-permission = Permission until
column-transactions = Transactions
transactions-lead = Across all accounts, newest booking date first.
transactions-search = Name, communication, account or amount
transactions-from = From
transactions-to = To
transactions-all = All transactions
transactions-all-accounts = All accounts
transactions-none-title = Nothing found
transactions-none = No transaction fits. Try fewer words or a longer period.
transaction-without-words = Movement without words
transaction-counterparty = Counterparty
transaction-account = Account
transaction-bic = BIC
transaction-structured = Structured communication
transaction-communication = Communication
transaction-value-date = Value date
transaction-end-to-end = End-to-end reference
transaction-mandate = Mandate
transaction-creditor = Creditor identifier
transaction-original = Original amount
transaction-rate = Exchange rate
transaction-fee = Charges included
transaction-card = Card
transaction-information = Information of the bank
transaction-code = Transaction code
transaction-balance-after = Balance after
transaction-bank-id = Reference of the bank
transaction-seen = First seen
transaction-id = Identifier

# Integrations
integrations-lead = Software that may read your accounts, and which ones.
integrations-none-title = No software reads your accounts
integrations-none = Connect from your accounting software, or create a custom integration for software of your own. Each one reads only the accounts that you tick.
integration-new = New integration
integration-new-title = New custom integration
integration-new-lead = For software of your own, with a client id and a secret.
integration-name = Name
integration-name-hint = So that you recognise it later, for example the name of the software.
integration-name-wrong = Give it a name of 1 to 80 characters.
integration-create = Create the integration
integration-may-read = Accounts it may read
integration-no-accounts = There is no account yet. You can tick accounts here later.
integration-custom = Custom integration
integration-certified = Connected software
integration-accounts = { $count ->
    [0] No account
    [one] One account
   *[other] { $count } accounts
}
integration-cost = { $price } a month
integration-credentials = Credentials
integration-base-url = Address
integration-client-id = Client id
integration-secret = Client secret
integration-secret-once = Copy the secret now: it is shown this once. If it gets lost, make a new one.
integration-secret-hidden = The secret was shown when it was made and is not kept readable here.
integration-secret-renew = Make a new secret
integration-secret-renewed = The new secret works from now on. The one before works until { $until }.
integration-changed = Saved: { $added } added, { $removed } removed.
webhook-title = Notices to the software
webhook-lead = The software can be told at once when something happens, such as new transactions.
webhook-open = Address and log
webhook-address = Address
webhook-address-hint = An address of your software that begins with https://. Leave it empty to send nothing.
webhook-address-wrong = The address must begin with https:// (http:// works on this computer only).
webhook-address-none = None
webhook-address-theirs = The maker of the software sets this address.
webhook-saved = The address is saved.
webhook-log = What was sent
webhook-log-none-title = Nothing was sent yet
webhook-log-none = Each notice appears here with the answer of the software.
webhook-log-kept = The latest 50 are shown. A notice is tried for three days and kept for 30.
webhook-waiting = Waiting
webhook-delivered = Delivered
webhook-given-up = Given up
webhook-attempts = { $count ->
    [0] not sent yet
    [one] sent once
   *[other] sent { $count } times
}
webhook-answered = The software answered { $status }.
webhook-next = Next attempt:
webhook-again = Send again
webhook-sending = It is being sent again.
integration-end-title = End this integration
integration-end-lead = The software can read nothing more from then on. Your accounts and their history stay here.
integration-since = Connected
integration-revoke = End the integration
revoke-title = End { $application }?
revoke-means = { $application } can read nothing more, at once. To connect it again, begin in the software.
revoke-keeps = Your accounts and their history stay here, and other software is not touched.
revoke-done = The integration is ended.

# The page on which software is allowed in
oauth-title = { $application } wants to read your accounts
oauth-lead = You are logged in as { $email }. Afterwards you go back to { $host }.
oauth-since = It has had access since:
oauth-organization = Organization
oauth-nothing-ticked = Tick at least one account, or refuse.
oauth-lost = If you go on, { $application } can no longer read:
oauth-lost-sure = Yes, take these accounts away
oauth-may = It may
oauth-scope-accounts = read balances and transactions of the accounts that you tick
oauth-scope-name = read the name of your organization
oauth-scope-offline = keep doing so until you end it
oauth-may-not = It cannot pay, and it sees no other account.
oauth-accounts = Accounts
oauth-no-accounts = There is no account yet. Add one, then you come back here.
oauth-already = Already allowed
oauth-price = { $price } a month for each ticked account.
oauth-allow = Allow
oauth-refuse = Refuse
oauth-stale = This request is no longer valid: it was answered already, or it is too old.
oauth-not-your-organization = You do not work for this organization.
oauth-unknown-client = The software that sent you here is not known to this hub. Check its settings.
oauth-unknown-address = The address to return to is not registered for this software. Its maker has to correct it.
oauth-failed = The hub failed. Nothing was changed.
oauth-trouble-do = Go back to the software and connect again.

# Banks that do not answer
bank-later = The bank cannot answer at the moment. Nothing was changed.
bank-later-do = Try again in a few minutes.
bank-consent = The bank asks for a new permission.
bank-consent-do = Start again from the list of banks.
bank-refused = The bank refused the request. Nothing was changed.
bank-refused-do = Try again; if it happens again, tell us the reference.
bank-broken = The bank’s answer could not be understood. Nothing was changed.
bank-broken-do = Try again in a few minutes; if it stays, tell us the reference.

# Countries
country-at = Austria
country-be = Belgium
country-bg = Bulgaria
country-ch = Switzerland
country-cy = Cyprus
country-cz = Czechia
country-de = Germany
country-dk = Denmark
country-ee = Estonia
country-es = Spain
country-fi = Finland
country-fr = France
country-gb = United Kingdom
country-gr = Greece
country-hr = Croatia
country-hu = Hungary
country-ie = Ireland
country-is = Iceland
country-it = Italy
country-li = Liechtenstein
country-lt = Lithuania
country-lu = Luxembourg
country-lv = Latvia
country-mt = Malta
country-nl = Netherlands
country-no = Norway
country-pl = Poland
country-pt = Portugal
country-ro = Romania
country-se = Sweden
country-si = Slovenia
country-sk = Slovakia
