# Targets, in English.

targets = Targets
targets-lead = Accounting systems that your lines go to, by themselves.
targets-empty = No target yet
targets-empty-lead = The lines stay here in the books until you add one.
targets-add = Add a target
targets-add-do = Add
targets-well = All well
targets-delivered-at = Last delivery
targets-never = Nothing delivered yet
targets-form-lead = The settings are tried out before they are kept; nothing is left behind there.
targets-name = Name
targets-name-taken = Another target of this company has this name. Choose another one.
targets-journals = Journals
targets-no-journals = There is no journal yet. Add a bank first; you can choose journals here later.
targets-nothing-chosen = No journal is delivered. Choose journals in the settings.
targets-keep = Try out and keep
targets-kept = The target works and is kept: { $found }
targets-settings = Settings
targets-again = Try again
targets-again-done =
    { $count ->
        [one] It is tried again, with one parked line.
       *[other] It is tried again, with { $count } parked lines.
    }
targets-yes = Yes
targets-no = No
targets-secret-kept = Leave it empty to keep the one that is stored.
targets-from-file = The operator's settings file describes this target; it is changed there.
targets-delivered-count =
    { $count ->
        [one] One line delivered
       *[other] { $count } lines delivered
    }
targets-sending-count =
    { $count ->
        [one] one under way
       *[other] { $count } under way
    }
targets-parked-count =
    { $count ->
        [one] One parked
       *[other] { $count } parked
    }
targets-changed-count =
    { $count ->
        [one] One changed since
       *[other] { $count } changed since
    }
targets-parked = Parked lines
targets-parked-lead = The target does not take these. Mend what is said, then press Try again.
targets-changed = Changed at the bank since they were delivered
targets-changed-lead = Nothing is ever deleted or rewritten there. Look at these lines in the target yourself.
targets-changed-removed = Taken back by the bank
targets-changed-review = The bank now says otherwise
targets-since = since
targets-folder = Folder
targets-folder-hint = Below the folder that the operator set aside for this company: letters, digits, dashes.
targets-folder-wrong = Write a name such as ledger or ledger/2026, without blanks and without leading dots.
targets-place-account = Account there
targets-place-wrong = Write an account such as Assets:Bank:Main or a number, without blanks.
targets-missing = This is needed.
targets-too-long = This is too long.
targets-address-wrong = Write a web address such as https://odoo.example.com.
targets-day-wrong = Write a day such as 2026-12-31.
targets-system-unknown = There is no such system.
targets-trouble-file = A file could not be written.
targets-trouble-file-do = Give the program the right to write in this folder, and room on the disk; then press Try again.
targets-trouble-system = This version of the program does not know the system.
targets-trouble-system-do = Ask the operator to start the newer program again.
targets-trouble-unreachable = The system cannot be reached.
targets-trouble-unreachable-do = Check that its address is right and that it is up. It is tried again by itself.
targets-trouble-key = The system refuses the login or key.
targets-trouble-key-do = Make a new API key there, write it into the settings, and keep them.
targets-trouble-group = The user of the key may not create bank lines.
targets-trouble-group-do = Give this user the group that is named below, then press Try again. Even an administrator lacks it at first.
targets-trouble-database = The system does not know this database.
targets-trouble-database-do = Check the name of the database in the settings; leave it empty when there is only one.
targets-trouble-answer = The system answered something that was not understood.
targets-trouble-answer-do = Check that the address is that of the system itself. If it is, tell us what stands below.
targets-trouble-busy = The system was busy.
targets-trouble-busy-do = Nothing to do: the same lines are sent again by themselves.
targets-trouble-access = The system does not allow what is needed.
targets-trouble-access-do = Give the user of the key the right that is named below, then press Try again.
targets-trouble-journal-currency = The journal there has another currency.
targets-trouble-journal-currency-do = Choose a journal in the currency of the account, or let one be made.
targets-trouble-journal-fed = Another feed fills this journal there already.
targets-trouble-journal-fed-do = Every line would come twice. End that feed first, or choose another journal.
targets-trouble-journal-several = Several journals there have this account number.
targets-trouble-journal-several-do = Write the number of the right one into the settings.
targets-trouble-journal-missing = There is no journal for this account there.
targets-trouble-journal-missing-do = Make a bank journal with this account number there, or allow in the settings that one is made; that needs the right that is named below.
targets-trouble-journal-suspense = The journal there has no suspense account.
targets-trouble-journal-suspense-do = Set one in the settings of that journal, then press Try again.
targets-trouble-journal-archived = The bank account or its journal is archived there.
targets-trouble-journal-archived-do = Take it out of the archive there, then press Try again.
targets-trouble-moved-date = The system booked lines on another day than the bank did.
targets-trouble-moved-date-do = A period was locked there meanwhile. Correct these lines there, then press Try again.
targets-trouble-company = The user of the key does not work for this company there.
targets-trouble-company-do = Check the company's number in the settings, or give the user that company.
targets-trouble-other = The delivery failed.
targets-trouble-other-do = Look at what stands below, then press Try again.
targets-parked-unsaid = The system did not say what became of it
targets-parked-locked = The period is locked there up to
targets-parked-refused = The system refused it
targets-address = Address
targets-database = Database
targets-database-hint = Needed up to Odoo 18; from 19 on only when there are several.
targets-login = Login
targets-login-hint = Needed up to Odoo 18. Best a user of its own for this purpose.
targets-key = API key
targets-key-hint = In Odoo: your profile, Account Security, New API Key.
targets-key-until = Last day of the key
targets-key-until-hint = You are warned two weeks before.
targets-company = Company's number there
targets-company-hint = Only when the user works for several companies.
targets-only-existing = Use existing journals only
targets-checkpoints = Statements of proven months
targets-checkpoints-hint = A month that is over, proven and wholly delivered gets a statement there with the bank's balances.
targets-place-journal = Journal's number there
targets-trouble-key-ends = The key ends soon.
targets-trouble-key-ends-do = Make a new one there and write it into the settings before its last day.
