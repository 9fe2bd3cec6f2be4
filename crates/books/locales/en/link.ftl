# Linking accounts to journals: start dates, counts, doubts.
link-start = From day (empty: everything)
link-count = Count the lines first
link-preview = { $count ->
    [one] One line would come, of { $all }.
   *[other] { $count } lines would come, of { $all }.
}
link-preview-more = More than { $count } lines would come, of more than { $all }.
link-oldest = The oldest is of { $day }.
link-anyway = I know, do it all the same
link-refused-twin = Journal { $journal } is of account { $account } already: two journals on one bank account are hardly ever meant. Choose that journal, or tick the box below the account. Its lines then go to the journal that you choose. Nothing was linked.
link-refused-number = Journal { $journal } holds lines of account { $other }, not of { $account }. Choose another journal, or tick the box below the account. Nothing was linked.
