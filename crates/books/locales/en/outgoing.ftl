# Statement files that leave, and targets beside Odoo, in English.

outgoing-title-files = Statement files
outgoing-title-sftp = Statement files by SFTP
outgoing-format = Format
outgoing-format-camt053 = camt.053 (ISO 20022, XML)
outgoing-format-coda = CODA (Belgium)
outgoing-format-mt940 = MT940 (SWIFT)
outgoing-format-ofx = OFX 2.2
outgoing-format-csv = CSV
outgoing-every = One file for each
outgoing-every-hint = A file that the bank’s balances do not prove takes the next day, week or month in as well.
outgoing-every-day = Day
outgoing-every-week = Week
outgoing-every-month = Month
outgoing-unproven = Write unproven files
outgoing-unproven-hint = Their name says “unproven”. Without this they wait until the bank tells a balance. A file that does not add up is never written.
outgoing-host = Host
outgoing-port = Port
outgoing-port-hint = 22 when left empty.
outgoing-login = Login
outgoing-key = Private key
outgoing-key-hint = From “-----BEGIN” to “-----END …-----”, without a passphrase. Best one of its own for this purpose.
outgoing-host-key = The server’s key
outgoing-host-key-hint = As ssh-keyscan shows it: “ssh-ed25519 AAAA…”. Compare it with what the server’s operator says.
outgoing-directory = Folder there
outgoing-directory-hint = Letters, digits, dots, dashes and slashes. Left empty, it is where the login begins.
outgoing-token = Personal access token
outgoing-token-hint = In Firefly III: Options, Profile, OAuth, Personal access tokens.
outgoing-only-existing = Use existing accounts only
outgoing-place-number = Account’s number there
outgoing-files = Files written
outgoing-lines =
    { $count ->
        [one] one line
       *[other] { $count } lines
    }
outgoing-remove = Remove
outgoing-remove-what = No more lines go there, and its settings and key are forgotten. What it received stays as it is.
outgoing-remove-again = If you add it again later, it gets what came meanwhile, and nothing twice: these books remember what it acknowledged.
outgoing-remove-not = Keep it
outgoing-remove-do = Remove the target
outgoing-removed = The target was removed. What it received stays there.
outgoing-trouble-taken = A file of this name is there already and holds something else.
outgoing-trouble-taken-do = It is not written over. Move that file away or choose another folder, then press Try again.
outgoing-trouble-settings = A setting cannot be used.
outgoing-trouble-settings-do = Correct the setting that is named below.
outgoing-trouble-connection = No connection to the server came about.
outgoing-trouble-connection-do = Check host, port, login, private key and the server’s key. It is tried again by itself.
outgoing-trouble-refused = The server refused a file.
outgoing-trouble-refused-do = Check that the folder exists and that the login may write there. It is tried again by itself.
outgoing-trouble-missing = The program sftp is not installed.
outgoing-trouble-missing-do = Ask the operator to install OpenSSH’s client, then press Try again.
outgoing-parked-unproven = The bank tells no balance that proves this file, up to
outgoing-parked-broken = The bank’s balances and lines do not agree
outgoing-parked-impossible = The format cannot hold this
