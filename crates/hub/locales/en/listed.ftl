# Banks that are listed at run time.
listed-by = Known from the list of { $host }.
listed-gone = { $bank } is no longer in the list that it was known from. What is connected stays; it can be connected again when it is back.
