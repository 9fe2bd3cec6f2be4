//! What a bank's failure means for a synchronization, and the sentence that a person reads.

use connectors::{BankError, BankReply, ConsentEnd};
use domain::Timestamp;
use serde_json::json;

use crate::store::synchronization::SynchronizationError;

/// Minutes after which an account whose bank is under maintenance is looked at again.
pub const MAINTENANCE_MINUTES: i64 = 30;

/// What the hub does after a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// Try again later, by itself.
    Wait,
    /// The permission is over: stop until the person renews it.
    Renew,
    /// Stop until somebody looks at it; the schedule goes on.
    Look,
}

/// Whose fault a failure was: what the schedule and the bank's circuit breaker go by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The bank gave no answer that can be used; it may have said how many seconds to wait.
    Silent(Option<i64>),
    /// The bank answered: no.
    Refused,
    /// It was not asked, and may be at an instant.
    Held(Timestamp),
    /// Something here is missing.
    Ours,
}

/// The failure as it is stored and shown, and what to do.
pub fn described(error: &BankError) -> (SynchronizationError, Remedy) {
    let (code, detail, remedy) = match error {
        BankError::Later { .. } => (
            "financialInstitutionUnavailable",
            "The bank cannot answer at the moment. Nothing is lost; the next attempt is planned.".to_owned(),
            Remedy::Wait,
        ),
        BankError::UserMustAct { end, .. } => (
            if *end == ConsentEnd::Expired { "authorizationExpired" } else { "authorizationInvalid" },
            format!("{} Renew the authorization at the bank; the history stays readable.", ended(*end)),
            Remedy::Renew,
        ),
        BankError::PeriodTooLong { .. } => (
            "periodRefused",
            "The bank does not give the period that was asked for. The operator has to adjust the bank's profile."
                .to_owned(),
            Remedy::Look,
        ),
        BankError::Refused { .. } => (
            "financialInstitutionRefused",
            "The bank refused the request. Try again; when it happens again, report it with the reference.".to_owned(),
            Remedy::Look,
        ),
        BankError::Broken { what, .. } => (
            "financialInstitutionAnswerUnreadable",
            format!(
                "The bank's answer could not be read ({what}). Nothing of it was used; the next attempt is planned."
            ),
            Remedy::Wait,
        ),
    };
    let error = SynchronizationError { code: code.to_owned(), detail, reply: Some(reply(error.reply())) };
    (error, remedy)
}

/// Why a permission is over, in a sentence.
pub fn ended(end: ConsentEnd) -> &'static str {
    match end {
        ConsentEnd::Expired => "The authorization at the bank has expired.",
        ConsentEnd::Revoked => "The authorization was withdrawn at the bank.",
        ConsentEnd::Rejected => "The authorization was refused at the bank.",
        ConsentEnd::Terminated => "The authorization was ended here.",
        ConsentEnd::Invalid => "The bank no longer accepts the authorization.",
    }
}

/// The bank's reply in the shape of the wire's `financialInstitutionResponse`.
fn reply(reply: &BankReply) -> String {
    let body = serde_json::from_str::<serde_json::Value>(&reply.body).unwrap_or_else(
        |_| json!({ "tppMessages": [{ "category": "ERROR", "code": reply.code, "text": reply.body }] }),
    );
    json!({
        "statusCode": reply.status,
        "body": body,
        "requestId": reply.request_id,
        "timestamp": reply.at.to_string(),
        "requestUri": reply.request_uri,
    })
    .to_string()
}
