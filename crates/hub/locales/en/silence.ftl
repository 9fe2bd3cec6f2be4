# A bank that does not answer.
silence-paused = The bank does not answer at the moment, for other accounts either. It is asked again by itself after { $until }; nothing is lost, and you may ask it yourself.
