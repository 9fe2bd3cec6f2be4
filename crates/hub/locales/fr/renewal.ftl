renewal-title = { $application } vous demande de renouveler une autorisation
renewal-lead = { $bank } ne laisse lire un compte que pour un temps limité. Vous vous connectez une nouvelle fois à la banque ; rien de ce qui a été lu n’est perdu.
renewal-after = Ensuite, vous retournez à { $host }.
renewal-do = Renouveler chez { $bank }
renewal-not-now = Pas maintenant, retour à { $host }
