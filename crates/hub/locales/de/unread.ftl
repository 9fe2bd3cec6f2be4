unread-title = Nicht lesbare Konten
unread-count = { $count ->
    [one] Ein Konto, das die Bank nennt, konnte nicht gelesen werden.
   *[other] { $count } Konten, die die Bank nennt, konnten nicht gelesen werden.
}
unread-advice = Was die Bank gesagt hat, steht unten. Zeigen Sie es der Bank oder wer diesen Hub betreibt; die anderen Konten sind nicht betroffen.
