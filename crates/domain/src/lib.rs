//! The words of Passerelle as types: money, accounts, calendar dates, ids, transactions, statements and their proof.
//!
//! Pure: no input, no output, no clock and no randomness of its own. Whoever needs the time or a random number is
//! handed an [`Environment`]. Everything here is exact: amounts are integers of minor units, dates are calendar
//! dates, and text that cannot be read exactly is an error, never a guess.

mod bic;
mod currency;
mod defect;
mod environment;
mod iban;
mod ids;
mod money;
mod panic;
mod proof;
mod reference;
mod statement;
mod transaction;

pub use bic::{Bic, BicError};
pub use currency::{Currency, CurrencyError};
pub use defect::Defect;
pub use environment::{Clock, Entropy, Environment, SeededEntropy, SimulatedClock};
pub use iban::{Iban, IbanError};
pub use ids::*;
pub use jiff::civil::Date;
pub use jiff::{Span, Timestamp, ToSpan};
pub use money::{Money, MoneyError};
pub use panic::{Panicked, caught};
pub use proof::Proof;
pub use reference::{StructuredReference, creditor_reference_is_valid, ogm_is_valid, qr_reference_is_valid};
pub use statement::{AccountReference, Balance, BalanceKind, Entry, Pages, Part, Statement};
pub use transaction::{Details, Party, PendingTransaction, Transaction};
