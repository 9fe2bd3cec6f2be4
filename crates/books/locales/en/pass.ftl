# Confirming an e-mail address and choosing a password, in English.

pass-confirm = Confirm your e-mail address
pass-confirm-lead = Press the button to say that letters to { $email } reach you.
pass-confirm-do = Letters reach me
pass-confirm-again = Have another letter sent
pass-confirmed = Your e-mail address is confirmed. You are written to when something needs you.
pass-confirm-sent = A letter is on its way to { $email }. Open the address in it.
pass-confirm-asked = We have written to { $email }. Open the address in that letter, or nobody is warned before a consent ends.
pass-unconfirmed = Nothing is written to { $email } yet: nobody has opened the address in the letter that asks for it.
pass-confirm-subject = Confirm your e-mail address
pass-confirm-text = Somebody opened books with the e-mail address { $email }. The books write there before a consent ends and when something keeps failing, once you have confirmed that these letters reach you.
pass-confirm-link = Confirm it here, within a week:
pass-not-you = Was it not you? Then do nothing, and nothing happens.
pass-forgot = Forgotten your password?
pass-forgot-lead = Write your e-mail address. A letter tells you where to choose another password.
pass-forgot-do = Send the letter
pass-forgot-sent = If { $email } has a login here, a letter is on its way. It is good for an hour.
pass-password-subject = Choose another password
pass-password-text = Somebody asked for another password for { $email }.
pass-password-link = Choose it here, within an hour:
pass-password = Choose a password
pass-password-lead = For { $email }. Whoever is logged in with the old one is logged out.
pass-password-do = Keep this password
pass-password-done = Your password is kept. Log in with it.
pass-spent = This address is used up
pass-spent-lead = It was used before, or its time is over. Nothing was changed.
