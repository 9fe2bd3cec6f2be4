use domain::{AccountId, EventId, OrganizationId, SynchronizationId};
use serde::{Deserialize, Serialize};

use crate::{Moment, Relation, Subtype};

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        /// What an event tells.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum EventKind {
            $($(#[$doc])* #[serde(rename = $text)] $name,)*
        }

        impl EventKind {
            /// Every kind.
            pub const ALL: &'static [EventKind] = &[$(EventKind::$name),*];

            /// The kind on the wire.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(EventKind::$name => $text,)*
                }
            }
        }
    };
}

kinds! {
    /// A synchronization ended well and changed nothing.
    SynchronizationSucceededWithoutChange = "pontoConnect.synchronization.succeededWithoutChange";
    /// A synchronization ended with errors.
    SynchronizationFailed = "pontoConnect.synchronization.failed";
    /// A synchronization changed what is told of the account itself, such as its available balance.
    AccountDetailsUpdated = "pontoConnect.account.detailsUpdated";
    /// A synchronization brought new booked movements.
    AccountTransactionsCreated = "pontoConnect.account.transactionsCreated";
    /// A synchronization corrected, withdrew or reinstated booked movements.
    AccountTransactionsUpdated = "pontoConnect.account.transactionsUpdated";
    /// A synchronization brought new announced movements.
    AccountPendingTransactionsCreated = "pontoConnect.account.pendingTransactionsCreated";
    /// A synchronization changed announced movements.
    AccountPendingTransactionsUpdated = "pontoConnect.account.pendingTransactionsUpdated";
    /// The holder renewed the authorization of the account.
    AccountReauthorized = "pontoConnect.account.reauthorized";
    /// Ours: the authorization of the account ends in 30, 14, 7 days or 1 day.
    AccountAuthorizationExpiring = "pontoConnect.account.authorizationExpiring";
    /// An organization connected the application.
    IntegrationCreated = "pontoConnect.integration.created";
    /// The integration ended, with all its accounts.
    IntegrationRevoked = "pontoConnect.integration.revoked";
    /// The application may read one account more.
    IntegrationAccountAdded = "pontoConnect.integration.accountAdded";
    /// The application may no longer read an account.
    IntegrationAccountRevoked = "pontoConnect.integration.accountRevoked";
    /// The organization's data is no longer served.
    OrganizationBlocked = "pontoConnect.organization.blocked";
    /// The organization's data is served again.
    OrganizationUnblocked = "pontoConnect.organization.unblocked";
}

/// What is sent to the address of an application when something happened: `{"data": …}` around this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhookEvent {
    /// What happened.
    #[serde(rename = "type")]
    pub kind: EventKind,
    /// The same each time that this event is sent: whoever has seen it may ignore it.
    pub id: EventId,
    /// When, and how much of it.
    pub attributes: EventAttributes,
    /// What it is about.
    pub relationships: EventRelationships,
}

/// The attributes of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EventAttributes {
    /// When it happened.
    pub created_at: Moment,
    /// What the synchronization fetched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub synchronization_subtype: Option<Subtype>,
    /// How many movements.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<i64>,
    /// When the authorization ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authorization_expiration_expected_at: Option<Moment>,
}

/// The relationships of an event.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EventRelationships {
    /// The account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<Relation<AccountId>>,
    /// Whose it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<Relation<OrganizationId>>,
    /// The synchronization that brought it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub synchronization: Option<Relation<SynchronizationId>>,
}

crate::described! {
    /// The keys that check the signatures of events (RFC 7517).
    #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
    pub struct WebhookKeys {
        /// The newest first.
        pub keys: Vec<WebhookKey>,
    }
}

crate::described! {
    /// One RSA key as a JSON Web Key.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct WebhookKey {
        /// Always `RS512`.
        pub alg: String,
        /// The public exponent, base64url.
        pub e: String,
        /// Its name, as the header of a signature has it.
        pub kid: String,
        /// Always `RSA`.
        pub kty: String,
        /// The modulus, base64url.
        pub n: String,
        /// Always `ACTIVE`: a key that may no longer be used is not listed.
        pub status: String,
        /// Always `sig`.
        #[serde(rename = "use")]
        pub usage: String,
    }
}
