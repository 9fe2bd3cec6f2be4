# Banken, die aus einer Liste bekannt sind.
listed-by = Bekannt aus der Liste von { $host }.
listed-gone = { $bank } steht nicht mehr in der Liste, aus der sie bekannt war. Was verbunden ist, bleibt; sie kann wieder verbunden werden, sobald sie zurück ist.
