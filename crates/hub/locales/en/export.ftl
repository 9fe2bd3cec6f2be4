# A period of an account as a file.
export-title = Export
export-lead = The booked transactions of a period as a file. Balances are the bank’s own; one that it never told is left out.
export-format = Format
export-pdf = PDF (to read and print)
export-do = Download
export-not-a-day = Write a day, such as 2026-03-31.
export-not-a-format = Choose one of the formats.
export-backwards = The last day lies before the first one.
export-refused = This format cannot hold this period. Choose another format or period.
export-statement = Account statement
export-foot = Made by Passerelle from what the bank told; it is not a document of the bank.
export-proven = Proven: the opening balance plus every movement gives the closing balance.
export-unproven = Unproven: the bank did not tell both balances.
export-broken = The balances and the movements differ by { $gap }.
export-before-unlink = Keep a copy first, as statements, table or archive:
