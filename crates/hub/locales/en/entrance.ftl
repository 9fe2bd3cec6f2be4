# The ways in that go through a person's mail.
entrance-sign-up-hint = We send a link to this address; you choose a password there.
entrance-finish-title = Choose a password
entrance-finish-lead = The address is yours. One thing is missing.
entrance-sent-title = Look into your mail
entrance-sent = If this address can receive mail, a message is on its way to { $email }. It holds a link that leads on.
entrance-sent-else = Nothing there? Look among the unwanted mail, check the address, and wait a minute before you ask again.
entrance-stale-title = This link does not work any more
entrance-stale = It was used already, or it is too old, or it is not complete. Ask for a new one.
entrance-stale-do = Ask for a new link
entrance-forgotten = You forgot your password?
entrance-forgotten-lead = We send a link to your address; you choose a new password there.
entrance-forgotten-do = Send the link
entrance-password-title = Choose a new password
entrance-password-do = Set the password
entrance-password-done = Your password is changed and all sessions were logged out. Log in with the new one.
entrance-mail-sign-up = Your login at Passerelle
entrance-mail-sign-up-text = Somebody, most likely you, asked to make a login at Passerelle with this address.
entrance-mail-sign-up-do = Choose a password here, within 24 hours:
entrance-mail-sign-up-else = If it was not you, do nothing: without this link nobody can make a login with your address.
entrance-mail-known = You have a login already
entrance-mail-known-text = Somebody, most likely you, asked to make a login at Passerelle with this address. It has one already.
entrance-mail-known-do = Log in here:
entrance-mail-known-password = If you forgot the password, choose a new one here:
entrance-mail-known-else = If it was not you, do nothing.
entrance-mail-password = A new password
entrance-mail-password-text = Somebody, most likely you, asked for a new password. The link below works once, within { $minutes ->
    [one] a minute
   *[other] { $minutes } minutes
}.
entrance-mail-password-do = Choose a new password here:
entrance-mail-password-else = If it was not you, do nothing: your password stays as it is.
entrance-mail-changed = Your password was changed
entrance-mail-changed-text = The password of your login at Passerelle was changed just now, and all sessions were logged out.
entrance-mail-changed-else = If it was not you, choose a new password at once:
