use domain::{AccountId, PendingTransactionId, SynchronizationId, TransactionId};
use serde::{Deserialize, Serialize};

use crate::{ErrorItem, Kind, Moment, Nothing, Relation};

crate::described_words! {
    /// What a synchronization fetches. Each is throttled on its own.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase")]
    pub enum Subtype {
        /// Balances and what else the bank tells of the account itself.
        AccountDetails,
        /// Booked movements.
        AccountTransactions,
        /// Booked and announced movements.
        AccountTransactionsWithUnsettled,
    }
}

crate::described_words! {
    /// How far a synchronization is.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "lowercase")]
    pub enum SynchronizationStatus {
        /// Waits for its turn.
        Pending,
        /// Asks the bank.
        Running,
        /// Done.
        Success,
        /// Ended with errors; what was fetched before them is kept.
        Error,
    }
}

impl SynchronizationStatus {
    /// Whether nothing more will happen.
    pub fn is_final(self) -> bool {
        match self {
            SynchronizationStatus::Pending | SynchronizationStatus::Running => false,
            SynchronizationStatus::Success | SynchronizationStatus::Error => true,
        }
    }
}

crate::described! {
    /// One fetch for one account.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase")]
    pub struct Synchronization {
        /// Always `account`.
        pub resource_type: String,
        /// The account.
        pub resource_id: AccountId,
        /// What is fetched.
        pub subtype: Subtype,
        /// How far it is.
        pub status: SynchronizationStatus,
        /// What went wrong; empty on success.
        #[serde(default)]
        pub errors: Vec<ErrorItem>,
        /// Whether the account holder asked for it in person.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub customer_online: Option<bool>,
        /// When it was asked for.
        pub created_at: Moment,
        /// When it last moved.
        pub updated_at: Moment,
    }
}

impl Kind for Synchronization {
    const TYPE: &'static str = "synchronization";
    type Id = SynchronizationId;
    type Relationships = SynchronizationRelationships;
    type Meta = Nothing;
}

crate::described! {
    /// Where the outcome of a synchronization is.
    #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase", default)]
    pub struct SynchronizationRelationships {
        /// Booked movements that it created or changed.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub updated_transactions: Option<Relation<TransactionId>>,
        /// Announced movements that it created or changed.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub updated_pending_transactions: Option<Relation<PendingTransactionId>>,
    }
}

crate::described! {
    /// The body that asks for a synchronization: `{"data": {"attributes": {…}}}`. The `type` is not looked at.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase")]
    pub struct NewSynchronization {
        /// Always `account`.
        pub resource_type: String,
        /// The account.
        pub resource_id: AccountId,
        /// What to fetch.
        pub subtype: Subtype,
        /// Address of the person who asks. Without it the synchronization counts as unattended, of which a bank allows
        /// four a day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub customer_ip_address: Option<String>,
    }
}
