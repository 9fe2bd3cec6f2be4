# What was used in a month, and what it costs.
usage-title = Usage from { $from } to { $to }
usage-lead = Each account in each integration, for the days that it was inside. The day it came and the day it went count; a day counts once.
usage-before = Month before
usage-after = Month after
usage-link = Usage, line by line
usage-going-on = The month goes on: this counts the days until now.
usage-nothing = No account was in an integration that you pay for in this month. That costs nothing.
usage-software = Software
usage-arithmetic = Days in the month × price
usage-days = { $days } of { $of } days × { $price }
usage-units = { $units } accounts, without VAT
usage-covered = Paid by the software’s maker
usage-covered-what = You pay nothing for these.
usage-covered-days = { $days } of { $of } days
