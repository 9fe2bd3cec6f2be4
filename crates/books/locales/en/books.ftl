# The books, in English.

## Frame
books-nav-journals = Journals
books-nav-connections = Connections
books-nav-banks = Banks
books-nav-companies = Companies

## Coming in
books-sign-up = Open your books
books-sign-up-lead = One login for you, one company to begin with. You can add more companies later.
books-sign-up-do = Open the books
books-sign-up-instead = No login yet? Open your books
books-log-in = Log in
books-log-in-lead = Your journals are waiting.
books-log-in-do = Log in
books-log-in-instead = You have a login? Log in
books-log-in-wrong = This e-mail address and password do not belong together. Check both and try again.
books-log-in-wait = Too many failed tries for this e-mail address. Wait a quarter of an hour, then try again.
books-company = Company
books-company-missing = Write the name of the company.
books-company-long = Write a shorter name: at most 100 characters.
books-email = E-mail address
books-email-wrong = Write a whole e-mail address, such as claire@example.org.
books-email-taken = There is a login with this address already. Log in instead.
books-password = Password
books-password-hint = At least 10 characters. A sentence is a good password.
books-password-short = Use at least 10 characters.

## Companies
books-companies = Companies
books-companies-lead = Each company has its own connections and journals; nobody sees those of another.
books-company-here = At work
books-company-turn = Work for this company
books-company-add = Add a company
books-company-add-do = Add company
books-company-turned = You now work for { $company }.

## Journals
books-journals = Journals
books-journals-lead = Every bank account with its balance and its proof.
books-journals-empty = No journal yet
books-journals-empty-lead = Connect a bank, and each of its accounts gets a journal that fills itself.
books-add-bank = Add a bank
books-no-balance = No balance told
books-line-count = { $count ->
    [one] One line
   *[other] { $count } lines
}
books-to-review = { $count ->
    [one] One line to look at
   *[other] { $count } lines to look at
}
books-as-of = bank data { $ago }
books-never-synchronized = not read from the bank yet
books-not-fed = No account feeds this journal.
books-unfinished = You began to connect { $bank } and did not come back from there. Nothing is lost.
books-unfinished-go-on = Go on
books-unfinished-discard = Forget it
books-discarded = The unfinished connection is forgotten. Nothing else changed.
books-to-link = { $count ->
    [one] One account under { $bank } is authorised and has no journal yet.
   *[other] { $count } accounts under { $bank } are authorised and have no journal yet.
}
books-to-link-do = Link to a journal
books-lost = Account { $account } is no longer authorised. Its lines stay; new ones do not come.
books-lost-do = See what to do

## One journal
books-defects = { $count ->
    [one] One record of the provider could not be read. It is kept here; all others were imported.
   *[other] { $count } records of the provider could not be read. They are kept here; all others were imported.
}
books-statements = Statements
books-statements-empty = No statement yet: the first import makes it.
books-month = Period
books-opening = Opening balance
books-closing = Closing balance
books-total = Sum of lines
books-proof = Proof
books-by-bank = as the bank told
books-not-told = Not told
books-pending = Pending
books-pending-lead = Announced by the bank, for information only. They are not in the books.
books-lines = Lines
books-lines-empty = No lines here.
books-search = Search name, text, number
books-search-do = Search
books-from = From
books-to = To
books-date = Date
books-partner = Partner
books-label = Label
books-amount = Amount
books-line-review = To look at
books-line-removed = Taken back
books-line-review-why = The provider now tells another date or amount for this line. The line was not changed: compare it with your bank.
books-line-removed-why = The bank took this movement back. The line is kept and no longer counts.
books-value-date = Value date
books-structured = Structured reference
books-end-to-end = End-to-end reference
books-remote-id = Id at the provider
books-partner-account = Account of the partner
books-raw = As the provider sent it
books-unlinked = The account no longer feeds this journal. The lines stay.

## Banks
books-banks = Add a bank
books-banks-lead = Find your bank. You see who reaches it, and in what state, before anything is connected.
books-bank-name = Name of the bank
books-country = Country
books-every-country = All countries
books-banks-none = No bank found
books-banks-none-lead = Try a shorter part of its name, or another country. A bank that nobody reaches can still come in as statement files.
books-banks-more = { $count ->
    [one] One more bank fits: write more of the name.
   *[other] { $count } more banks fit: write more of the name.
}
books-by-provider = through { $provider }
books-consent-days = consent for { $days } days
books-history-days = { $days } days of history

## Connecting
books-connect = Connect { $bank }
books-connect-lead = You leave for { $provider }, choose your accounts there, and come back.
books-connect-do = Go to { $provider }
books-cancel = Cancel
books-provider = Provider
books-state = State
books-consent = Consent
books-history = History
books-beta = This bank is in beta: the connection works, and is still being watched. When something goes wrong, contact { $provider } directly; they can help with this bank.
books-maintenance = This bank is under maintenance at { $provider }. Connecting may fail; try again later.
books-deprecated = { $provider } replaces this connection by a newer one. Choose the newer one if you find it in the list.
books-authorise-all = Authorise all the accounts that are to be synchronised, also those at other banks.
books-authorise-all-why = The provider keeps one list for you. An account that is not ticked there leaves the list, whatever bank it belongs to. Back here you see the accounts of the bank you chose, and the others beside them.
books-keep-ticked = Keep these ticked, or they stop being synchronised:
books-step-bank = Bank
books-step-authorise = Authorise
books-step-link = Journals
books-step-import = Import
books-return-unknown = This return belongs to nothing that was begun here
books-return-unknown-why = It was begun for another company, or by someone else, or long ago. Nothing was changed. Choose your bank and begin again.
books-return-refused = Nothing was authorised
books-return-refused-why = You came back from { $bank } without an authorisation ({ $detail }). Nothing was changed. You can try again whenever you like.
books-try-again = Try again

## Linking
books-link = Accounts at { $bank }
books-link-lead = Choose the journal that each account feeds. Nothing is imported for an account without one.
books-other-banks = At other banks
books-authorised-chosen = { $count ->
    [one] One account from { $bank }, the bank you chose
   *[other] { $count } accounts from { $bank }, the bank you chose
}
books-authorised-from = { $count ->
    [one] one from { $bank }
   *[other] { $count } from { $bank }
}
books-authorised-nothing = No account appears, because none was authorised. Go back to the provider, add your accounts there, and tick them.
books-authorised-elsewhere = Accounts of other banks were authorised instead. Link these, authorise again, or choose another bank.
books-authorise-again = Authorise again
books-choose-again = Choose another bank
books-losses = { $count ->
    [one] One account is no longer authorised:
   *[other] { $count } accounts are no longer authorised:
}
books-losses-what = Their lines stay in the books, but nothing new comes. Authorise again with these accounts ticked to get them back, or confirm that you do without them.
books-losses-confirm = Do without them
books-losses-confirmed = Noted. You can authorise these accounts again at any time.
books-compared = Against what was authorised before: { $what }.
books-compared-kept = { $count ->
    [one] one account as before
   *[other] { $count } accounts as before
}
books-compared-added = { $count ->
    [one] one new
   *[other] { $count } new
}
books-compared-recognised = { $count ->
    [one] one recognised under a new id
   *[other] { $count } recognised under a new id
}
books-compared-lost = { $count ->
    [one] one no longer there
   *[other] { $count } no longer there
}
books-linked = Linked
books-link-to = Journal
books-link-new = New journal
books-link-later = Not now
books-link-do = Link and import
books-link-skip = Later
books-refused-no-account = One of the accounts is no longer authorised. Nothing was linked; the page now shows what is there.
books-refused-no-journal = One of the journals does not exist any more. Nothing was linked; the page now shows what is there.
books-refused-currency = Account { $account } is in { $currency }, journal { $journal } in { $other }. An account can only feed a journal of its own currency. Nothing was linked.
books-refused-account-taken = Account { $account } already feeds journal { $journal }. Nothing was linked.
books-refused-journal-taken = Journal { $journal } is already fed by another account. Nothing was linked.

## Connections
books-connections = Connections
books-connections-lead = What feeds your journals, and how it stands.
books-connections-empty = No connection yet
books-connections-empty-lead = A connection brings the movements of a bank into your journals, by itself.
books-fetch-accounts = Fetch accounts
books-update-credentials = Update credentials
books-import-now = Synchronise now
books-accounts = Accounts
books-no-accounts = No account of this bank is authorised.
books-no-accounts-do = See what was authorised
books-next-allowed = next allowed
books-access-lost = No longer authorised
books-consent-left = { $days ->
    [0] Consent ends today
    [one] Consent for one more day
   *[other] Consent for { $days } more days
}
books-consent-ended = Consent ended
books-schedule = Automatic synchronisation
books-automatic-on = On. Next time:
books-automatic-off = Off. Nothing comes unless you ask for it.
books-nothing-linked = No account of this connection feeds a journal yet. Link one first.

## Imports
books-imports = Imports
books-begun = Begun
books-asked-by = Asked by
books-asked-by-person = A person
books-asked-by-schedule = The schedule
books-new = New
books-updated = Corrected
books-removed = Taken back
books-outcome = Outcome
books-running = Running
books-import-ended = Import finished
books-stage-waiting = Waiting for its turn
books-stage-asked = The provider asks the bank
books-stage-pulling = Reading the movements
books-stage-done = Done
books-stage-failed = Failed
books-lines-new = { $count ->
    [one] one new line
   *[other] { $count } new lines
}
books-lines-updated = { $count ->
    [one] one corrected
   *[other] { $count } corrected
}
books-lines-removed = { $count ->
    [one] one taken back
   *[other] { $count } taken back
}
books-accounts-failed = { $count ->
    [one] One account could not be synchronised
   *[other] { $count } accounts could not be synchronised
}

## Troubles
books-trouble-since = since
books-trouble-reference = Reference for the provider's support:
books-trouble-connect-again = The provider no longer accepts our access.
books-trouble-connect-again-do = Use Update credentials, and keep all your accounts ticked there. Nothing is imported twice.
books-trouble-unreachable = The provider cannot be reached.
books-trouble-wait = The provider asks us to wait.
books-trouble-wait-do = You need do nothing: we try again by ourselves, and nothing is lost meanwhile.
books-trouble-slow = The bank has not answered yet.
books-trouble-slow-do = What was there has been read. The rest comes with the next synchronisation.
books-trouble-contract = The provider answered in a way that we do not understand.
books-trouble-contract-do = Try again later. If it stays, tell the operator of these books, with the line below.
books-trouble-provider-failed = The provider has a fault.
books-trouble-provider-unknown = The provider is no longer in the settings of these books.
books-trouble-operator-do = Tell the operator of these books: the provider's entry in the settings must be mended.
books-trouble-credentials = The provider does not know these books.
books-trouble-authorization = The bank's consent has ended or was withdrawn.
books-trouble-authorization-do = Renew it with Update credentials. Movements since then are fetched as far back as the bank allows.
books-trouble-quota = The bank's calls without a person are used up for today.
books-trouble-quota-do = It goes on by itself tomorrow. Synchronise now asks in your name and does not count.
books-trouble-bank-down = The bank does not answer.
books-trouble-bank-error = The bank gave an answer that breaks its own rules.
books-trouble-bank-error-do = Try again in a few hours. If it stays, contact the provider with the reference.
books-trouble-maintenance = The provider is mending the connection to this bank.
books-trouble-blocked = The provider has blocked your organisation.
books-trouble-blocked-do = Contact the provider: billing is the usual reason.
books-trouble-account-gone = The account is no longer there for us.
books-trouble-account-gone-do = Use Fetch accounts and tick it again. Its lines stay here.
books-trouble-other = The synchronisation failed.
books-trouble-other-do = Try again later. If it stays, contact the provider with the line below.
