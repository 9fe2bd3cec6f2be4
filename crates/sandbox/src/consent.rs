//! A consent as the bank keeps it, from the request to its end.

use domain::{Date, Timestamp};
use serde::{Deserialize, Serialize};

/// What a client asked for, checked and as the bank will grant it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ConsentRequest {
    pub(crate) bank: String,
    /// Already shortened to the bank's maximum.
    pub(crate) valid_until: Date,
    pub(crate) recurring: bool,
    /// Already lowered to 4.
    pub(crate) frequency_per_day: u32,
    pub(crate) may_read_balances: bool,
    pub(crate) may_read_transactions: bool,
    /// The accounts asked for by number; empty when the bank's own page offers them.
    pub(crate) accounts: Vec<AskedAccount>,
    pub(crate) redirect_uri: String,
    pub(crate) nok_redirect_uri: Option<String>,
}

/// An account asked for by its number; without a currency every sub-account is meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AskedAccount {
    pub(crate) number: String,
    pub(crate) currency: Option<String>,
}

/// How a valid consent ends before its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Ending {
    /// The user withdrew it at the bank.
    RevokedByPsu,
    /// The client deleted it.
    TerminatedByTpp,
    /// The bank let it expire.
    Expired,
}

/// Where a consent stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Asked for; the user has not logged in.
    AwaitingPassword,
    /// The user is known; so many wrong codes were given.
    AwaitingCode {
        wrong: u8,
    },
    /// The user has proven to be there and chooses accounts.
    AwaitingChoice,
    Valid,
    Rejected,
    Ended(Ending),
}

/// A consent.
#[derive(Debug, Clone)]
pub(crate) struct Consent {
    pub(crate) id: String,
    pub(crate) asked_at: Timestamp,
    pub(crate) request: ConsentRequest,
    pub(crate) stage: Stage,
    /// Keys of the accounts that the user chose.
    pub(crate) accounts: Vec<String>,
    pub(crate) last_action_on: Date,
}

/// A request that nobody authorised for so long is rejected.
const LOGIN_HOURS: i64 = 24;

/// Wrong codes after which a consent is rejected.
pub(crate) const CODE_TRIES: u8 = 3;

impl Consent {
    /// A consent that was just asked for.
    pub(crate) fn new(id: String, asked_at: Timestamp, request: ConsentRequest) -> Consent {
        let stage = Stage::AwaitingPassword;
        Consent { id, asked_at, request, stage, accounts: Vec::new(), last_action_on: day_of(asked_at) }
    }

    /// Goes on to a stage on a day.
    pub(crate) fn turn(&mut self, stage: Stage, on: Date) {
        self.stage = stage;
        self.last_action_on = on;
    }

    /// One more wrong code; the third one rejects the consent.
    pub(crate) fn count_wrong_code(&mut self, on: Date) {
        let before = match self.stage {
            Stage::AwaitingCode { wrong } => wrong,
            Stage::AwaitingPassword | Stage::AwaitingChoice | Stage::Valid | Stage::Rejected | Stage::Ended(_) => 0,
        };
        let wrong = before + 1;
        let next = if wrong >= CODE_TRIES { Stage::Rejected } else { Stage::AwaitingCode { wrong } };
        self.turn(next, on);
    }

    /// The stage now: time ends a consent without anybody's doing.
    pub(crate) fn stage_at(&self, now: Timestamp) -> Stage {
        let today = day_of(now);
        let open_for_hours = (now.as_second() - self.asked_at.as_second()) / 3600;
        match self.stage {
            Stage::Valid if today > self.request.valid_until => Stage::Ended(Ending::Expired),
            Stage::AwaitingPassword | Stage::AwaitingCode { .. } | Stage::AwaitingChoice
                if open_for_hours >= LOGIN_HOURS =>
            {
                Stage::Rejected
            }
            Stage::AwaitingPassword
            | Stage::AwaitingCode { .. }
            | Stage::AwaitingChoice
            | Stage::Valid
            | Stage::Rejected
            | Stage::Ended(_) => self.stage.clone(),
        }
    }

    /// The standard's word for the stage.
    pub(crate) fn status_at(&self, now: Timestamp) -> &'static str {
        match self.stage_at(now) {
            Stage::AwaitingPassword | Stage::AwaitingCode { .. } | Stage::AwaitingChoice => "received",
            Stage::Valid => "valid",
            Stage::Rejected => "rejected",
            Stage::Ended(Ending::RevokedByPsu) => "revokedByPsu",
            Stage::Ended(Ending::TerminatedByTpp) => "terminatedByTpp",
            Stage::Ended(Ending::Expired) => "expired",
        }
    }
}

/// The bank's calendar day of an instant. The simulated banks keep their books in UTC.
pub(crate) fn day_of(now: Timestamp) -> Date {
    jiff::tz::Offset::UTC.to_datetime(now).date()
}
