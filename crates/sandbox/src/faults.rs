//! Faults on demand. Each decision follows from the seed, the account and endpoint that is asked, how often it was asked
//! before, and the fault; nothing else, so a run repeats itself exactly.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::dice::{Dice, number_of};

/// One way in which a bank misbehaves. Only [`Fault::LateBooking`], [`Fault::TextCorrected`] and [`Fault::Redated`] change
/// what is true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// A page of a listing comes again under the next link; then the listing goes on.
    PageTwice,
    /// The body ends in the middle, with an honest length.
    HalfPage,
    /// After this listing a movement is booked on one of the last ten days.
    LateBooking,
    /// After this listing a quarter of the rows have new transaction ids.
    ReissuedIds,
    /// Two rows of this answer carry the same id.
    RepeatedIds,
    /// After this listing the text of a recent movement reads differently.
    TextCorrected,
    /// A pending movement shows another amount in this answer.
    PendingChanges,
    /// A pending movement is missing from this answer.
    PendingVanishes,
    /// 429 although the client kept within its limit.
    TooManyRequests,
    /// 500.
    ServerError,
    /// The answer takes long.
    Slow,
    /// The consent ends before its day, as if the user had withdrawn it.
    ConsentEnded,
    /// The connection breaks in the middle of the body.
    ConnectionDrop,
    /// After this listing a movement of about a fortnight ago is booked on another day, across the day at which a client
    /// that looks back a fortnight begins its next listing.
    Redated,
}

impl Fault {
    /// Every fault.
    pub const ALL: [Fault; 14] = [
        Fault::PageTwice,
        Fault::HalfPage,
        Fault::LateBooking,
        Fault::ReissuedIds,
        Fault::RepeatedIds,
        Fault::TextCorrected,
        Fault::PendingChanges,
        Fault::PendingVanishes,
        Fault::TooManyRequests,
        Fault::ServerError,
        Fault::Slow,
        Fault::ConsentEnded,
        Fault::ConnectionDrop,
        Fault::Redated,
    ];
}

/// How often each fault happens, in percent of the calls on data, and the seed that decides when.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// Decides when.
    pub seed: u64,
    /// Percent of the calls, 0 to 100; a fault that is not named never happens.
    pub rates: BTreeMap<Fault, u8>,
}

impl Faults {
    /// A bank that behaves.
    pub fn none() -> Faults {
        Faults::default()
    }

    /// Every fault, each in so many percent of the calls.
    pub fn all(seed: u64, percent: u8) -> Faults {
        Faults { seed, rates: Fault::ALL.into_iter().map(|fault| (fault, percent)).collect() }
    }

    /// The same with another rate for one fault.
    #[must_use]
    pub fn with(mut self, fault: Fault, percent: u8) -> Faults {
        self.rates.insert(fault, percent);
        self
    }

    /// What happens to a call: the `counter`th one on this scope.
    pub(crate) fn roll(&self, scope: &str, counter: u64) -> Roll {
        let scope = number_of(scope);
        let hits = |fault: Fault| {
            let percent = self.rates.get(&fault).copied().unwrap_or(0);
            Dice::of(self.seed, &[scope, counter, fault as u64]).percent(percent)
        };
        Roll {
            hits: Fault::ALL.into_iter().filter(|fault| hits(*fault)).collect(),
            dice: Dice::of(self.seed, &[scope, counter, 0xD1CE]),
        }
    }
}

/// What was decided for one call.
#[derive(Clone)]
pub(crate) struct Roll {
    pub(crate) hits: Vec<Fault>,
    /// For how the fault turns out: which row, how long.
    pub(crate) dice: Dice,
}

impl Roll {
    /// Whether a fault happens to this call.
    pub(crate) fn has(&self, fault: Fault) -> bool {
        self.hits.contains(&fault)
    }
}

/// A fault that happened, for the log of a simulation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fired {
    /// The institution's slug.
    pub bank: String,
    /// The account's key, empty for the list of accounts.
    pub account: String,
    /// `accounts`, `account`, `balances` or `transactions`.
    pub endpoint: String,
    /// Which call on that endpoint, counted from 0.
    pub counter: u64,
    /// The fault.
    pub fault: Fault,
}

impl fmt::Display for Fired {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} at {} {} {} call {}", self.fault, self.bank, self.account, self.endpoint, self.counter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_decides_the_same() {
        let faults = Faults::all(42, 30);
        let run = |faults: &Faults| (0..200).map(|n| faults.roll("meuse/a", n).hits).collect::<Vec<_>>();
        assert_eq!(run(&faults), run(&faults.clone()));
        assert_ne!(run(&faults), run(&Faults::all(43, 30)));
        let hits: usize = run(&faults).iter().map(Vec::len).sum();
        assert!((650..=1030).contains(&hits), "{hits} of 2800 at 30 percent");
    }

    #[test]
    fn a_bank_without_faults_has_none() {
        assert!((0..1000).all(|n| Faults::none().roll("x", n).hits.is_empty()));
    }

    #[test]
    fn faults_are_named_in_snake_case() {
        let faults = Faults::none().with(Fault::HalfPage, 7);
        let text = serde_json::to_string(&faults).unwrap();
        assert_eq!(text, r#"{"seed":0,"rates":{"half_page":7}}"#);
        assert_eq!(serde_json::from_str::<Faults>(&text).unwrap(), faults);
    }
}
