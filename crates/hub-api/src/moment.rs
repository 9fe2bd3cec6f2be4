use std::fmt;
use std::str::FromStr;

use domain::{Date, Timestamp, ToSpan};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An instant of the wire, `2026-03-01T10:15:30.123Z`. Read with any number of decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub Timestamp);

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.strftime("%Y-%m-%dT%H:%M:%S%.3fZ"))
    }
}

impl Moment {
    /// The first second of a calendar day in UTC.
    pub fn start_of(day: Date) -> Option<Moment> {
        format!("{day}T00:00:00Z").parse().ok().map(Moment)
    }

    /// The last second of a calendar day in UTC.
    pub fn end_of(day: Date) -> Option<Moment> {
        format!("{day}T23:59:59Z").parse().ok().map(Moment)
    }
}

impl From<Timestamp> for Moment {
    fn from(timestamp: Timestamp) -> Moment {
        Moment(timestamp)
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Moment, D::Error> {
        let text = String::deserialize(deserializer)?;
        let wrong =
            || de::Error::custom(format!("'{}' is not an instant such as 2026-03-01T10:15:30.123Z", cut(&text)));
        Timestamp::from_str(&text).map(Moment).map_err(|_| wrong())
    }
}

/// A calendar date of the wire. It is written as midnight UTC, `2026-03-01T00:00:00.000Z`, because that is the form
/// that clients of Ponto read; the time of day means nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub Date);

impl Day {
    /// Reads a date: `2026-03-01`, or with a time that is ignored. Two times are the exception: old records of Ponto
    /// carry midnight in Brussels, which in UTC is 22:00 (summer) or 23:00 (winter) of the evening before, so these
    /// belong to the next day.
    pub fn parse(text: &str) -> Option<Day> {
        let date = Date::from_str(text.get(..10)?).ok()?;
        let time = text.get(11..).unwrap_or_default();
        let separated = text.len() == 10 || text.as_bytes().get(10).is_some_and(|b| matches!(b, b'T' | b' '));
        let brussels_midnight = ["22:00:00", "23:00:00"].iter().any(|evening| {
            let rest = time.strip_prefix(evening).and_then(|rest| rest.strip_suffix('Z'));
            rest.is_some_and(|fraction| fraction.bytes().all(|b| matches!(b, b'.' | b'0')))
        });
        let date = if brussels_midnight { date.checked_add(1.day()).ok()? } else { date };
        separated.then_some(Day(date))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T00:00:00.000Z", self.0)
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Day {
        Day(date)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
        let text = String::deserialize(deserializer)?;
        Day::parse(&text).ok_or_else(|| de::Error::custom(format!("'{}' is not a date", cut(&text))))
    }
}

fn cut(text: &str) -> String {
    text.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_never_shifts() {
        let mut date = domain::Date::constant(2023, 12, 25);
        for _ in 0..900 {
            let text = Day(date).to_string();
            assert_eq!(Day::parse(&text), Some(Day(date)), "{text}");
            date = date.checked_add(1.day()).unwrap();
        }
    }

    #[test]
    fn days_are_read_as_they_come() {
        let day = |text: &str| Day::parse(text).map(|day| day.0.to_string());
        assert_eq!(day("2026-03-01").as_deref(), Some("2026-03-01"));
        assert_eq!(day("2026-03-01T14:30:00.000Z").as_deref(), Some("2026-03-01"));
        assert_eq!(day("2020-06-18T22:00:00.000Z").as_deref(), Some("2020-06-19"));
        assert_eq!(day("2019-12-31T23:00:00Z").as_deref(), Some("2020-01-01"));
        assert_eq!(day("2019-12-31T23:00:01Z").as_deref(), Some("2019-12-31"));
        for wrong in ["", "2026-02-30", "01/02/2026", "2026-03-01x"] {
            assert_eq!(day(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn instants_have_milliseconds_and_a_z() {
        let read: Moment = serde_json::from_str("\"2023-02-28T14:36:10.319029Z\"").unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), "\"2023-02-28T14:36:10.319Z\"");
        let whole: Moment = serde_json::from_str("\"2023-02-28T14:36:10Z\"").unwrap();
        assert_eq!(whole.to_string(), "2023-02-28T14:36:10.000Z");
    }
}
