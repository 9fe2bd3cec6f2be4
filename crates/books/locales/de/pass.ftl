# Eine E-Mail-Adresse bestätigen und ein Passwort wählen, auf Deutsch.

pass-confirm = Bestätigen Sie Ihre E-Mail-Adresse
pass-confirm-lead = Drücken Sie auf den Knopf, um zu sagen, dass Nachrichten an { $email } Sie erreichen.
pass-confirm-do = Nachrichten erreichen mich
pass-confirm-again = Noch eine Nachricht schicken lassen
pass-confirmed = Ihre E-Mail-Adresse ist bestätigt. Sie hören von uns, wenn etwas Sie braucht.
pass-confirm-sent = Eine Nachricht an { $email } ist unterwegs. Öffnen Sie die Adresse darin.
pass-confirm-asked = Wir haben an { $email } geschrieben. Öffnen Sie die Adresse in dieser Nachricht, sonst wird niemand gewarnt, bevor eine Zustimmung endet.
pass-unconfirmed = An { $email } wird noch nichts geschrieben: Niemand hat die Adresse in der Nachricht geöffnet, die danach fragt.
pass-confirm-subject = Bestätigen Sie Ihre E-Mail-Adresse
pass-confirm-text = Jemand hat mit der E-Mail-Adresse { $email } Bücher eröffnet. Die Bücher schreiben dorthin, bevor eine Zustimmung endet und wenn etwas anhaltend scheitert, sobald Sie bestätigt haben, dass diese Nachrichten Sie erreichen.
pass-confirm-link = Bestätigen Sie es hier, innerhalb einer Woche:
pass-not-you = Waren Sie es nicht? Dann tun Sie nichts, und nichts geschieht.
pass-forgot = Passwort vergessen?
pass-forgot-lead = Schreiben Sie Ihre E-Mail-Adresse. Eine Nachricht sagt Ihnen, wo Sie ein anderes Passwort wählen.
pass-forgot-do = Nachricht schicken
pass-forgot-sent = Wenn { $email } hier einen Zugang hat, ist eine Nachricht unterwegs. Sie gilt eine Stunde.
pass-password-subject = Wählen Sie ein anderes Passwort
pass-password-text = Jemand hat für { $email } ein anderes Passwort verlangt.
pass-password-link = Wählen Sie es hier, innerhalb einer Stunde:
pass-password = Wählen Sie ein Passwort
pass-password-lead = Für { $email }. Wer mit dem alten angemeldet ist, wird abgemeldet.
pass-password-do = Dieses Passwort behalten
pass-password-done = Ihr Passwort ist gespeichert. Melden Sie sich damit an.
pass-spent = Diese Adresse ist verbraucht
pass-spent-lead = Sie wurde schon benutzt, oder ihre Zeit ist um. Nichts wurde geändert.
