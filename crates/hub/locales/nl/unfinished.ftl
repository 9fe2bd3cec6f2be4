# Een toestemming die bij een bank is begonnen en hier niet is afgemaakt.
unfinished-attempt = U ging naar { $bank } en kwam hier niet terug.
unfinished-go-on = Bekijk hoe het afliep en ga verder
