use domain::{BalanceKind, TransactionId};
use serde::{Deserialize, Serialize};

use crate::{Day, Decimal, Kind, Moment, Nothing, Relation, Resource, Transaction};

crate::described_words! {
    /// What happened to a transaction.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "lowercase")]
    pub enum Action {
        /// It is new.
        Created,
        /// Its details changed; never its amount, currency or direction.
        Updated,
        /// It is no longer valid: the bank took it back, or it was stored by mistake.
        Removed,
    }
}

crate::described! {
    /// One step of an account's change feed: `GET /accounts/{id}/changes?after=<cursor>`, oldest first. The resource's id
    /// is the cursor; the feed can be read again from any cursor and gives the same steps.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase")]
    pub struct Change {
        /// What happened.
        pub action: Action,
        /// To which transaction.
        pub transaction_id: TransactionId,
        /// When the hub stored it.
        pub changed_at: Moment,
        /// Why, when it was not simply reported by the bank.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub reason: Option<String>,
        /// The transaction after this step; left out when it was removed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub transaction: Option<Resource<Transaction>>,
    }
}

impl Kind for Change {
    const TYPE: &'static str = "change";
    type Id = String;
    type Relationships = ChangeRelationships;
    type Meta = Nothing;
}

crate::described! {
    /// A change has no relationships beyond the transaction that it carries.
    #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
    #[serde(default)]
    pub struct ChangeRelationships {
        /// The transaction.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub transaction: Option<Relation<TransactionId>>,
    }
}

crate::described_words! {
    /// What a balance means.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase")]
    pub enum BalanceType {
        /// Booked, before the first movement of its day.
        OpeningBooked,
        /// Booked, after the last movement of its day.
        ClosingBooked,
        /// Booked, at an instant inside its day.
        InterimBooked,
        /// What can be spent.
        Available,
        /// What can be spent on a later day.
        ForwardAvailable,
    }
}

impl From<BalanceKind> for BalanceType {
    fn from(kind: BalanceKind) -> BalanceType {
        match kind {
            BalanceKind::OpeningBooked => BalanceType::OpeningBooked,
            BalanceKind::ClosingBooked => BalanceType::ClosingBooked,
            BalanceKind::InterimBooked => BalanceType::InterimBooked,
            BalanceKind::Available => BalanceType::Available,
            BalanceKind::ForwardAvailable => BalanceType::ForwardAvailable,
        }
    }
}

impl From<BalanceType> for BalanceKind {
    fn from(kind: BalanceType) -> BalanceKind {
        match kind {
            BalanceType::OpeningBooked => BalanceKind::OpeningBooked,
            BalanceType::ClosingBooked => BalanceKind::ClosingBooked,
            BalanceType::InterimBooked => BalanceKind::InterimBooked,
            BalanceType::Available => BalanceKind::Available,
            BalanceType::ForwardAvailable => BalanceKind::ForwardAvailable,
        }
    }
}

crate::described! {
    /// A balance that the bank asserted: `GET /accounts/{id}/balances?after=<cursor>`, oldest first, append-only. The
    /// resource's id is the cursor. A restated day is a newer row; the newest row of a kind and day holds, unless it says
    /// `withdrawn`: then nothing does.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase")]
    pub struct Balance {
        /// What it means.
        pub kind: BalanceType,
        /// Signed: money of the account holder is positive.
        pub amount: Decimal,
        /// ISO 4217.
        pub currency: String,
        /// The day it holds for.
        pub reference_date: Day,
        /// When the hub stored it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub created_at: Option<Moment>,
        /// True when the statement file that told this balance was taken back and no other source tells one of this kind
        /// and day; left out otherwise.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub withdrawn: bool,
    }
}

impl Kind for Balance {
    const TYPE: &'static str = "balance";
    type Id = String;
    type Relationships = crate::MovementRelationships;
    type Meta = Nothing;
}
