# What protects a login besides the password.
second-title = One more step
second-code = Code
second-hint = The six digits that your app shows, or one of your recovery codes.
second-refused = This code is not right, or it was used before.
second-again = Begin again
second-passkey = Use a passkey
second-passkey-refused = This passkey was not accepted. Try again, or use another way.
security-title = Second factor
security-lead = A password can be stolen. A second proof keeps your accounts closed all the same.
security-do = Protect your login
security-needed = Owners of an organization need a second factor here. Set one up to go on.
security-totp = Authenticator app
security-totp-lead = An app on your phone shows six digits that change every half minute.
security-totp-do = Set up an app
security-totp-on = Your app is asked for at every log-in.
security-totp-off = Stop asking for the app
security-totp-off-done = The app is no longer asked for.
security-totp-scan = Open your authenticator app and scan this picture.
security-totp-picture = The picture for your app; the same stands below as text
security-totp-type = No camera? Type this into the app instead:
security-totp-enable = Take the app into use
security-codes-left = { $count ->
    [0] You have no recovery codes left: make new ones.
    [one] You have one recovery code left.
   *[other] You have { $count } recovery codes left.
}
security-codes-new = Make new recovery codes
security-codes-title = Your recovery codes
security-codes-lead = Each one stands in for your app once, when your phone is gone. They are shown this once: print them or put them into a safe.
security-codes-kept = I have kept them
security-passkeys = Passkeys
security-passkeys-lead = A passkey logs you in with your fingerprint, your face or a security key, and no password.
security-passkeys-script = Passkeys need JavaScript, which is off in this browser.
security-passkey-name = What you call it
security-passkey-add = Add a passkey
security-passkey-added = The passkey is added.
security-passkey-remove = Remove
security-passkey-removed = The passkey is removed.
security-passkey-unused = not used yet
security-passkey-used = used last on { $date }
