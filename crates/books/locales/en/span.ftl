# The days of a calendar that make sense for books.
span-start = Write a day from 1970 to one year from now.
