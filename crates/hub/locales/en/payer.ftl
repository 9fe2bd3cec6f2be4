# Who pays, asked before software reads an account.
payer-before-reading = Before software reads an account we need to know where invoices go. Say it once, then you go on where you were.
payer-give = Give billing information
payer-ask = Only an owner or an administrator can fill this in. Ask one of them, then come back.
payer-customer = { $customer } has to say first whom to bill: what software reads is charged to it. Ask them to fill in their billing information, then try again.
