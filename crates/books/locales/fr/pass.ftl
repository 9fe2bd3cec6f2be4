# Confirmer une adresse e-mail et choisir un mot de passe, en français.

pass-confirm = Confirmez votre adresse e-mail
pass-confirm-lead = Appuyez sur le bouton pour dire que les messages à { $email } vous parviennent.
pass-confirm-do = Les messages me parviennent
pass-confirm-again = Faire envoyer un autre message
pass-confirmed = Votre adresse e-mail est confirmée. Vous serez prévenu quand quelque chose demande votre attention.
pass-confirm-sent = Un message part vers { $email }. Ouvrez l’adresse qu’il contient.
pass-confirm-asked = Nous avons écrit à { $email }. Ouvrez l’adresse dans ce message, sinon personne n’est prévenu avant la fin d’un consentement.
pass-unconfirmed = Rien n’est encore envoyé à { $email } : personne n’a ouvert l’adresse du message qui le demande.
pass-confirm-subject = Confirmez votre adresse e-mail
pass-confirm-text = Quelqu’un a ouvert des livres avec l’adresse { $email }. Les livres y écrivent avant la fin d’un consentement et quand quelque chose continue d’échouer, une fois que vous avez confirmé que ces messages vous parviennent.
pass-confirm-link = Confirmez ici, dans la semaine :
pass-not-you = Ce n’était pas vous ? Ne faites rien, et rien ne se passe.
pass-forgot = Mot de passe oublié ?
pass-forgot-lead = Écrivez votre adresse e-mail. Un message vous dira où choisir un autre mot de passe.
pass-forgot-do = Envoyer le message
pass-forgot-sent = Si { $email } a un accès ici, un message est en route. Il est valable une heure.
pass-password-subject = Choisissez un autre mot de passe
pass-password-text = Quelqu’un a demandé un autre mot de passe pour { $email }.
pass-password-link = Choisissez-le ici, dans l’heure :
pass-password = Choisissez un mot de passe
pass-password-lead = Pour { $email }. Les sessions ouvertes avec l’ancien sont fermées.
pass-password-do = Garder ce mot de passe
pass-password-done = Votre mot de passe est enregistré. Connectez-vous avec lui.
pass-spent = Cette adresse a déjà servi
pass-spent-lead = Elle a été utilisée, ou son temps est passé. Rien n’a été changé.
