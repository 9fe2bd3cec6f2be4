# Statement files that people upload.
files-title = Statement files
files-lead = For banks that no connector reaches, and for history that a bank no longer gives. What is known already is recognised and comes in once.
files-file = File
files-formats = Any of { $formats }; at most 20 MB.
files-account-by-file = As the file says
files-account-hint = Needed only for files that do not name their account.
files-do = Upload
files-earlier = Earlier files
files-refused = The file was not taken in.
files-no-account = The file does not say which account it is about. Choose the account and send it again.
files-no-currency = The file does not say in which currency it is. Choose the account and send it again.
files-empty = Nothing in this file could be read: { $why }
files-too-large = The file is larger than 20 MB. Export a shorter period.
files-new = New
files-known = Known
files-came = { $listed ->
    [one] One transaction
   *[other] { $listed } transactions
} read: { $new } new, { $known } known already.
files-undo = { $count ->
    [0] Undo: take its balances back
    [one] Undo: withdraw the one new transaction
   *[other] Undo: withdraw the { $count } new transactions
}
files-same = The same file was taken in before. To take back what it told, undo that one.
files-undone = Undone
files-undone-said = { $count ->
    [0] The file is undone; its balances were taken back.
    [one] The file is undone; one transaction was withdrawn.
   *[other] The file is undone; { $count } transactions were withdrawn.
}
files-institution = Statement files
files-upload-here = Upload a statement
files-announced = { $count ->
    [one] One announced transaction is left out: it comes in when a statement books it.
   *[other] { $count } announced transactions are left out: they come in when a statement books them.
}
