use domain::Timestamp;
use outbound::FetchError;

/// Why a bank did not do what was asked. A variant exists because the hub does something different: wait, ask the
/// person, ask for less, stop, or tell the operator.
#[derive(Debug, Clone, thiserror::Error)]
pub enum BankError {
    /// The bank is busy, down or out of calls: try again, not before the time it named.
    #[error("the bank cannot answer now")]
    Later {
        /// Seconds to wait, when the bank said so.
        after_seconds: Option<i64>,
        /// What it said.
        reply: Box<BankReply>,
    },
    /// The consent is over: only the person can renew it.
    #[error("the bank asks for a new consent")]
    UserMustAct {
        /// How it ended.
        end: ConsentEnd,
        /// What it said.
        reply: Box<BankReply>,
    },
    /// The window reaches further back than the bank allows: ask for less.
    #[error("the bank does not give history that old")]
    PeriodTooLong {
        /// What it said.
        reply: Box<BankReply>,
    },
    /// The bank refuses, and asking again will not help.
    #[error("the bank refused the request")]
    Refused {
        /// What it said.
        reply: Box<BankReply>,
    },
    /// The answer cannot be understood at all, or breaks the protocol.
    #[error("the bank's answer cannot be understood: {what}")]
    Broken {
        /// What is wrong with it.
        what: String,
        /// What it said.
        reply: Box<BankReply>,
    },
}

/// How a consent ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConsentEnd {
    /// Its last day is over.
    Expired,
    /// The person took it back at the bank.
    Revoked,
    /// The person refused, or failed to identify.
    Rejected,
    /// We ended it.
    Terminated,
    /// The bank does not say how.
    Invalid,
}

/// The bank's own words on a failure, kept so that a person can quote them.
#[derive(Debug, Clone, Default)]
pub struct BankReply {
    /// HTTP status; absent when there was no answer.
    pub status: Option<u16>,
    /// The bank's code, such as `CONSENT_EXPIRED`.
    pub code: Option<String>,
    /// What the bank or the network said, at most 2,000 characters.
    pub body: String,
    /// The id that we sent with the request.
    pub request_id: String,
    /// The address without its query.
    pub request_uri: String,
    /// When.
    pub at: Timestamp,
}

impl BankError {
    /// The bank's words.
    pub fn reply(&self) -> &BankReply {
        match self {
            BankError::Later { reply, .. }
            | BankError::UserMustAct { reply, .. }
            | BankError::PeriodTooLong { reply }
            | BankError::Refused { reply }
            | BankError::Broken { reply, .. } => reply,
        }
    }

    pub(crate) fn from_fetch(error: FetchError, mut reply: BankReply) -> BankError {
        reply.body = error.to_string();
        let reply = Box::new(reply);
        match error {
            FetchError::Forbidden(_) => BankError::Refused { reply },
            FetchError::Unreachable { .. } | FetchError::Timeout { .. } => {
                BankError::Later { after_seconds: None, reply }
            }
            FetchError::TooLarge { .. } => BankError::Broken { what: "it is too large".into(), reply },
        }
    }
}
