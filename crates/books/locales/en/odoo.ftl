# Odoo, in English.

odoo-details = Send details
odoo-details-hint = Adds the bank's own details to each line (transaction details): reference, end-to-end id, value date, communication. Odoo 17 and later.
odoo-opening = Account for the opening entry
odoo-opening-hint = The id of an account there. The bank's balance before the first line is booked against it once, with the first proven statement. Empty: no entry.
odoo-trouble-opening-locked = The opening entry falls into a locked period there.
odoo-trouble-opening-locked-do = Open that period there, or empty the account for the opening entry in the settings, then press Try again.
