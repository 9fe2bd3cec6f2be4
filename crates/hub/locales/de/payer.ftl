# Wer zahlt, gefragt bevor Software ein Konto liest.
payer-before-reading = Bevor Software ein Konto liest, müssen wir wissen, wohin Rechnungen gehen. Sagen Sie es einmal, danach geht es weiter, wo Sie waren.
payer-give = Rechnungsdaten angeben
payer-ask = Nur ein Inhaber oder ein Administrator kann dies ausfüllen. Fragen Sie einen von ihnen und kommen Sie dann zurück.
payer-customer = { $customer } muss zuerst sagen, wer die Rechnung erhält: Was Software liest, wird dort berechnet. Bitten Sie darum, die Rechnungsdaten auszufüllen, und versuchen Sie es dann erneut.
