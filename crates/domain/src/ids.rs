//! One newtype per id, so that an account's id cannot be handed where a transaction's is meant. All are UUIDs of
//! version 7 (RFC 9562), made by the program from its own clock and randomness.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Environment;

/// The text is not a UUID.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not an id")]
pub struct IdError(String);

fn version_7(environment: &Environment) -> Uuid {
    let millis = u64::try_from(environment.now().as_millisecond()).unwrap_or(0);
    let mut bytes: [u8; 16] = environment.random();
    bytes[..6].copy_from_slice(&millis.to_be_bytes()[2..]);
    bytes[6] = (bytes[6] & 0x0F) | 0x70;
    bytes[8] = (bytes[8] & 0x3F) | 0x80;
    Uuid::from_bytes(bytes)
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A new id.
            pub fn new(environment: &Environment) -> $name {
                $name(version_7(environment))
            }

            /// An id that is fixed in a file of this project, such as an institution's.
            pub const fn from_u128(value: u128) -> $name {
                $name(Uuid::from_u128(value))
            }

            /// Reads the hyphenated or plain form.
            pub fn parse(text: &str) -> Result<$name, IdError> {
                Uuid::try_parse(text).map($name).map_err(|_| IdError(text.chars().take(40).collect()))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<$name, IdError> {
                $name::parse(text)
            }
        }
    )*};
}

ids! {
    /// A bank as a user picks it.
    InstitutionId;
    /// A company or person that owns accounts in the hub.
    OrganizationId;
    /// An invitation to work for an organization.
    InvitationId;
    /// What a customer gives to its representative, and the link that asks for it.
    MandateId;
    /// A message to a person.
    MailId;
    /// A person who logs in.
    UserId;
    /// The permission of one organization at one institution.
    AuthorizationId;
    /// One currency of one account at an institution.
    AccountId;
    /// A booked movement.
    TransactionId;
    /// A movement the bank has announced but not booked.
    PendingTransactionId;
    /// A balance that the bank asserted.
    BalanceId;
    /// One fetch for one account.
    SynchronizationId;
    /// A kept defect.
    DefectId;
    /// What a person reported about an institution.
    ProblemReportId;
    /// A stored answer of a bank.
    RawAnswerId;
    /// A unit of background work.
    JobId;
    /// One message to software about something that happened.
    EventId;
    /// Software registered with the hub.
    ApplicationId;
    /// The link of one application to one organization.
    IntegrationId;
    /// An invoice or a credit note.
    InvoiceId;
    /// A request of software that an account's authorization be renewed.
    ReauthorizationRequestId;
    /// What software told of a customer before sending the customer to sign up.
    OnboardingDetailsId;
    /// A login.
    SessionId;
    /// One request to an API, for whoever asks what became of it.
    RequestId;
    /// A company in the books.
    CompanyId;
    /// A provider as the books know it.
    ProviderId;
    /// One authorised link of the books to a provider for one institution.
    ConnectionId;
    /// A journal of the books.
    JournalId;
    /// An accounting system that the books deliver to.
    TargetId;
    /// A statement of the books.
    StatementId;
    /// A line of a statement of the books.
    LineId;
    /// One import run of the books.
    ImportId;
}
