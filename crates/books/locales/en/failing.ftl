# What the books say where they themselves fail.
failing-import = The books themselves failed while they took in what is new.
failing-import-do = Nothing that is in your journals has changed. It is tried again by itself; if it stays, tell whoever runs these books: the reason is in their log.
failing-delivery = The books themselves failed while they delivered.
failing-delivery-do = Nothing is lost and nothing is delivered twice. It is tried again by itself; if it stays, tell whoever runs these books: the reason is in their log.
