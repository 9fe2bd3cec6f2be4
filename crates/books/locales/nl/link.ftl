# Rekeningen aan dagboeken koppelen: begindagen, aantallen, twijfels.
link-start = Vanaf (leeg: alles)
link-count = Eerst de lijnen tellen
link-preview = { $count ->
    [one] Er zou één lijn komen, van { $all }.
   *[other] Er zouden { $count } lijnen komen, van { $all }.
}
link-preview-more = Er zouden meer dan { $count } lijnen komen, van meer dan { $all }.
link-oldest = De oudste is van { $day }.
link-anyway = Ik weet het, doe het toch
link-refused-twin = Dagboek { $journal } is al van rekening { $account }: twee dagboeken op één bankrekening zijn zelden de bedoeling. Kies dat dagboek, of vink het vakje onder de rekening aan. Haar lijnen gaan dan naar het dagboek dat u kiest. Er is niets gekoppeld.
link-refused-number = Dagboek { $journal } bevat lijnen van rekening { $other }, niet van { $account }. Kies een ander dagboek, of vink het vakje onder de rekening aan. Er is niets gekoppeld.
