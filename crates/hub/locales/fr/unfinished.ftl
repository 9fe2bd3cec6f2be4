# Une autorisation commencée auprès d’une banque et pas terminée ici.
unfinished-attempt = Vous êtes parti chez { $bank } et n’êtes pas revenu ici.
unfinished-go-on = Voir ce qu’il en est et continuer
