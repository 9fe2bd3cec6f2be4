# Les banques connues par une liste.
listed-by = Connue par la liste de { $host }.
listed-gone = { $bank } ne figure plus dans la liste qui la faisait connaître. Ce qui est relié le reste ; elle pourra être reliée de nouveau à son retour.
