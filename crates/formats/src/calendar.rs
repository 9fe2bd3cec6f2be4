//! Dates as statement files write them. A date that is no day of the calendar is `None`, never another day.

use domain::Date;

/// The full year of two digits: 80 to 99 are of the last century, as no statement file is older.
pub(crate) fn full_year(two_digits: i16) -> i16 {
    if two_digits >= 80 { 1900 + two_digits } else { 2000 + two_digits }
}

/// The number that digits spell; anything else is none.
pub(crate) fn number(digits: &str) -> Option<i16> {
    if digits.is_empty() || digits.len() > 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some(digits.bytes().fold(0, |number, digit| number * 10 + i16::from(digit - b'0')))
}

/// Day of a year that is given in full.
pub(crate) fn day(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// `YYMMDD` (SWIFT, Norma 43).
pub(crate) fn yymmdd(text: &str) -> Option<Date> {
    let part = |from: usize| text.get(from..from + 2).and_then(number);
    if text.len() != 6 { None } else { day(full_year(part(0)?), part(2)?, part(4)?) }
}

/// `DDMMYY` (CODA, CFONB).
pub(crate) fn ddmmyy(text: &str) -> Option<Date> {
    let part = |from: usize| text.get(from..from + 2).and_then(number);
    if text.len() != 6 { None } else { day(full_year(part(4)?), part(2)?, part(0)?) }
}

/// `YYYYMMDD` at the beginning (OFX); what follows is a time and a zone, which do not change the day.
pub(crate) fn yyyymmdd(text: &str) -> Option<Date> {
    day(number(text.get(..4)?)?, number(text.get(4..6)?)?, number(text.get(6..8)?)?)
}

/// Month and day in the year that brings them closest to another day: around New Year that may be the neighbour year.
pub(crate) fn closest(month: i16, day_of_month: i16, to: Date) -> Option<Date> {
    // In the same month or the next one no other year is nearer.
    if let Some(same_year) = day(to.year(), month, day_of_month)
        && (month - i16::from(to.month())).abs() <= 1
    {
        return Some(same_year);
    }
    [to.year(), to.year() - 1, to.year() + 1]
        .into_iter()
        .filter_map(|year| day(year, month, day_of_month))
        .map(|date| ((date - to).get_days().abs(), date))
        .filter(|(apart, _)| *apart <= 183)
        .min()
        .map(|(_, date)| date)
}

/// The last day of a month whose day does not exist (30 February): banks that count 30 days a month write it.
pub(crate) fn last_of_month(year: i16, month: i16) -> Option<Date> {
    day(year, month, 1).map(|first| first.last_of_month())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_around_new_year() {
        let value = day(2015, 1, 2).unwrap();
        assert_eq!(closest(12, 31, value), day(2014, 12, 31));
        assert_eq!(closest(1, 3, value), day(2015, 1, 3));
        assert_eq!(closest(2, 29, value), None);
        assert_eq!(yymmdd("140230"), None);
        assert_eq!(last_of_month(2014, 2), day(2014, 2, 28));
        assert_eq!(yymmdd("991231"), day(1999, 12, 31));
        assert_eq!(ddmmyy("311299"), day(1999, 12, 31));
        assert_eq!(yyyymmdd("20261231235959.999[-5:EST]"), day(2026, 12, 31));
        assert_eq!(yymmdd("+1+1+1"), None);
    }
}
