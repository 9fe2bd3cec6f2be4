# Eine Bank, die nicht antwortet.
silence-paused = Die Bank antwortet zurzeit nicht, auch nicht für andere Konten. Nach { $until } wird sie von selbst wieder gefragt; nichts geht verloren, und Sie können sie selbst fragen.
