# Where a transaction comes from.
source-title = D’où cela vient
source-answer = Réponse de la banque
source-file = Fichier d’extrait
source-erased = Les données brutes ne sont plus conservées : le compte a été délié depuis.
source-raw = Tel que reçu
source-bytes = octets
source-synchronization = Synchronisation
source-reason = Pourquoi elle figure ici
source-place = Place dans notre ordre
source-history = Depuis
source-uploaded = chargé
source-attended = relevée en votre présence
source-unattended = relevée automatiquement
source-created = comptabilisée à nouveau
source-updated = corrigée
source-removed = retirée
