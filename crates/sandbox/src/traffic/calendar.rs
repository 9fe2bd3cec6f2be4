use domain::{Date, ToSpan};
use jiff::civil::Weekday;

/// Whether banks book on this day: Monday to Friday without the fixed holidays of the euro payment system
/// (TARGET: 1 January, 1 May, 25 and 26 December; the two of Easter are left out).
pub(crate) fn is_business_day(day: Date) -> bool {
    let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    let holiday = matches!((day.month(), day.day()), (1, 1) | (5, 1) | (12, 25) | (12, 26));
    !weekend && !holiday
}

/// The calendar days whose dated payments are booked on this business day: itself and the days off just before it.
pub(crate) fn days_settled_on(day: Date) -> Vec<Date> {
    let mut settled = vec![day];
    let mut before = yesterday(day);
    while !is_business_day(before) {
        settled.push(before);
        before = yesterday(before);
    }
    settled.reverse();
    settled
}

/// The day before.
pub(crate) fn yesterday(day: Date) -> Date {
    day.saturating_sub(1.day())
}

/// The day after.
pub(crate) fn tomorrow(day: Date) -> Date {
    day.saturating_add(1.day())
}

/// The business day before.
pub(crate) fn business_day_before(day: Date) -> Date {
    let mut before = yesterday(day);
    while !is_business_day(before) {
        before = yesterday(before);
    }
    before
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_is_settled_once() {
        let first = Date::constant(2026, 1, 2);
        let mut settled = Vec::new();
        let mut day = first;
        while day < Date::constant(2027, 1, 5) {
            if is_business_day(day) {
                settled.extend(days_settled_on(day));
            }
            day = tomorrow(day);
        }
        assert!(settled.windows(2).all(|pair| tomorrow(pair[0]) == pair[1]), "a gap or a repetition");
        assert_eq!(settled[0], Date::constant(2026, 1, 1));
    }
}
