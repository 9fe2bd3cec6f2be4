//! What a `next` link carries: the listing as it was when it began and how far it was served. Opaque to clients; a
//! checksum tells an altered one from a genuine one.

use domain::Date;

use crate::dice::{mix, number_of};
use crate::ledger::{Place, View, Window};

/// Which rows a listing holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BookingStatus {
    Booked,
    Pending,
    Both,
}

impl BookingStatus {
    /// The standard's word.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            BookingStatus::Booked => "booked",
            BookingStatus::Pending => "pending",
            BookingStatus::Both => "both",
        }
    }

    /// Reads the standard's word.
    pub(crate) fn parse(text: &str) -> Option<BookingStatus> {
        [BookingStatus::Booked, BookingStatus::Pending, BookingStatus::Both]
            .into_iter()
            .find(|status| status.as_str() == text)
    }
}

/// A listing and how far it was served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Listing {
    pub(crate) status: BookingStatus,
    pub(crate) window: Window,
    pub(crate) view: View,
    pub(crate) limit: usize,
    pub(crate) with_balance: bool,
    /// `None` on the first page.
    pub(crate) place: Option<Place>,
    /// Whether this page was served before and comes again by a fault.
    pub(crate) is_repeated: bool,
}

impl Listing {
    /// Writes the token for an account.
    pub(crate) fn token(&self, account: u64) -> String {
        let (day, served) = self.place.map_or((Date::MIN, 0), |place| (place.day, place.served));
        let content = format!(
            "{}.{}.{}.{}.{}.{}.{}.{}.{}.{}.{}",
            self.status.as_str(),
            self.window.from,
            self.window.to,
            self.view.seen,
            self.view.today,
            self.limit,
            u8::from(self.with_balance),
            u8::from(self.place.is_some()),
            day,
            served,
            u8::from(self.is_repeated),
        );
        let check = checksum(&content, account);
        format!("{content}.{check:016x}")
    }

    /// Reads a token that this bank wrote for this account.
    pub(crate) fn parse(token: &str, account: u64) -> Option<Listing> {
        let (content, check) = token.rsplit_once('.')?;
        if u64::from_str_radix(check, 16).ok()? != checksum(content, account) {
            return None;
        }
        let fields: Vec<&str> = content.split('.').collect();
        let [status, from, to, seen, today, limit, with_balance, placed, day, served, repeated] = fields[..] else {
            return None;
        };
        let place = Place { day: day.parse().ok()?, served: served.parse().ok()? };
        Some(Listing {
            status: BookingStatus::parse(status)?,
            window: Window { from: from.parse().ok()?, to: to.parse().ok()? },
            view: View { seen: seen.parse().ok()?, today: today.parse().ok()? },
            limit: limit.parse().ok()?,
            with_balance: with_balance == "1",
            place: (placed == "1").then_some(place),
            is_repeated: repeated == "1",
        })
    }
}

fn checksum(content: &str, account: u64) -> u64 {
    mix(number_of(content) ^ account)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_back_and_an_altered_one_is_not() {
        let listing = Listing {
            status: BookingStatus::Both,
            window: Window { from: Date::constant(2026, 1, 1), to: Date::constant(2026, 6, 30) },
            view: View { seen: 3, today: Date::constant(2026, 6, 30) },
            limit: 100,
            with_balance: true,
            place: Some(Place { day: Date::constant(2026, 3, 2), served: 7 }),
            is_repeated: false,
        };
        let token = listing.token(9);
        assert_eq!(Listing::parse(&token, 9), Some(listing));
        assert_eq!(Listing::parse(&token, 8), None);
        assert_eq!(Listing::parse(&token.replace(".7.", ".8."), 9), None);
        let first = Listing { place: None, ..listing };
        assert_eq!(Listing::parse(&first.token(9), 9), Some(first));
    }
}
