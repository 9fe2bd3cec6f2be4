//! The door to the control surface of simulated banks, through which software books movements of its own words
//! (`/sandbox` of the API). It is there only when the hub offers such banks (`sandbox_url`); the surface itself answers
//! callers on its own machine only, so the hub must run beside the banks.

use bytes::Bytes;
use connectors::Profile;
use domain::{AccountId, Currency, Date, Details, Money, ToSpan, Transaction};
use http::{Method, Request, StatusCode};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use vault::token;

use crate::Hub;
use crate::store::account::Account;

/// How far back movements are listed, in days before the account's last one.
pub const LISTED_DAYS: i32 = 90;

/// Why the banks did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// There is no such account or movement.
    #[error("the sandbox does not know it")]
    Unknown,
    /// The banks say what is wrong.
    #[error("{0}")]
    Refused(String),
    /// Nobody answers, or not in the form that we know.
    #[error("the sandbox cannot be used: {0}")]
    Unusable(String),
}

/// An account as its bank has it now.
#[derive(Debug, Clone, Deserialize)]
pub struct AtBank {
    key: String,
    reference: String,
    currency: Currency,
    last_day: Date,
    closing: Option<Closing>,
}

#[derive(Debug, Clone, Deserialize)]
struct Closing {
    date: Date,
    amount: String,
}

impl AtBank {
    /// The booked balance and the day it holds for.
    pub fn balance(&self) -> Option<(Date, Money)> {
        let closing = self.closing.as_ref()?;
        Some((closing.date, Money::parse(&closing.amount, self.currency).ok()?))
    }
}

/// A movement that a bank has booked.
#[derive(Debug, Clone)]
pub struct Movement {
    /// Ours, made from the account and the bank's inner name, so it is the same each time.
    pub id: String,
    row: String,
    /// The movement.
    pub booked: Transaction,
}

/// A movement to book.
#[derive(Debug, Clone, Serialize)]
pub struct NewMovement {
    /// The day to book it on; the account's last when absent.
    pub booked_on: Option<Date>,
    /// The day from which it counts.
    pub value_on: Option<Date>,
    /// In the account's currency.
    pub amount: String,
    /// Everything else.
    pub details: Details,
}

#[derive(Deserialize)]
struct Row {
    row: String,
    booked_on: Date,
    value_on: Option<Date>,
    amount: String,
    details: Details,
}

#[derive(Deserialize)]
struct Rows {
    booked: Vec<Row>,
}

#[derive(Deserialize)]
struct Refusal {
    error: String,
}

/// Whether an institution is a simulated bank of this hub.
pub fn has(hub: &Hub, profile: &Profile) -> bool {
    slug(hub, profile).is_some()
}

/// The account at its bank.
pub async fn account(hub: &Hub, profile: &Profile, account: &Account) -> Result<AtBank, SandboxError> {
    let all: Vec<AtBank> = ask(hub, profile, Method::GET, "accounts", None::<&()>).await?;
    let known = |at: &AtBank| at.reference == account.reference && at.currency == account.currency;
    all.into_iter().find(known).ok_or(SandboxError::Unknown)
}

/// The account's movements of its last [`LISTED_DAYS`], the newest first.
pub async fn movements(hub: &Hub, profile: &Profile, account: &Account) -> Result<Vec<Movement>, SandboxError> {
    let at = self::account(hub, profile, account).await?;
    let from = at.last_day.saturating_sub(LISTED_DAYS.days());
    let path = format!("accounts/{}/truth?from={from}", at.key);
    let Rows { booked } = ask(hub, profile, Method::GET, &path, None::<&()>).await?;
    booked.into_iter().rev().map(|row| movement(account, row)).collect()
}

/// Books a movement.
pub async fn book(
    hub: &Hub,
    profile: &Profile,
    account: &Account,
    new: &NewMovement,
) -> Result<Movement, SandboxError> {
    let at = self::account(hub, profile, account).await?;
    let path = format!("accounts/{}/transactions", at.key);
    movement(account, ask(hub, profile, Method::POST, &path, Some(new)).await?)
}

/// Replaces those details of a movement that are given.
pub async fn edit(
    hub: &Hub,
    profile: &Profile,
    account: &Account,
    known: &Movement,
    details: &Details,
) -> Result<Movement, SandboxError> {
    let at = self::account(hub, profile, account).await?;
    let path = format!("accounts/{}/transactions/{}", at.key, known.row);
    movement(account, ask(hub, profile, Method::PATCH, &path, Some(details)).await?)
}

fn movement(account: &Account, row: Row) -> Result<Movement, SandboxError> {
    let amount = Money::parse(&row.amount, account.currency);
    let amount = amount.map_err(|error| SandboxError::Unusable(error.to_string()))?;
    let booked = Transaction { booked_on: row.booked_on, value_on: row.value_on, amount, details: row.details };
    Ok(Movement { id: id_of(account.id, &row.row), row: row.row, booked })
}

/// A UUID of version 8 (RFC 9562: bits of our own making) from what never changes of a movement.
fn id_of(account: AccountId, row: &str) -> String {
    let mut digits = token::hex(&token::sha256(format!("{account}/{row}").as_bytes()));
    digits.replace_range(12..13, "8");
    digits.replace_range(16..17, "8");
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-")
}

/// The bank's place on the control surface: the last part of its address below the sandbox's.
fn slug<'a>(hub: &Hub, profile: &'a Profile) -> Option<&'a str> {
    let banks = hub.settings.sandbox_url.as_deref()?.trim_end_matches('/');
    profile.base_url.strip_prefix(banks)?.strip_prefix('/').filter(|slug| !slug.contains('/'))
}

async fn ask<T: DeserializeOwned>(
    hub: &Hub,
    profile: &Profile,
    method: Method,
    path: &str,
    body: Option<&impl Serialize>,
) -> Result<T, SandboxError> {
    let unusable = |why: String| SandboxError::Unusable(why);
    let slug = slug(hub, profile).ok_or(SandboxError::Unknown)?;
    let banks = hub.settings.sandbox_url.as_deref().unwrap_or_default().trim_end_matches('/');
    let body = body.map(serde_json::to_vec).transpose().map_err(|error| unusable(error.to_string()))?;
    let request = Request::builder()
        .method(method)
        .uri(format!("{banks}/control/{slug}/{path}"))
        .header("Content-Type", "application/json")
        .body(Bytes::from(body.unwrap_or_default()))
        .map_err(|error| unusable(error.to_string()))?;
    let answer = hub.door.fetch(request).await.map_err(|error| unusable(error.to_string()))?;
    let said = || serde_json::from_slice(answer.body()).map(|Refusal { error }| error);
    match answer.status() {
        StatusCode::OK => serde_json::from_slice(answer.body()).map_err(|error| unusable(error.to_string())),
        StatusCode::NOT_FOUND => Err(SandboxError::Unknown),
        StatusCode::BAD_REQUEST => Err(SandboxError::Refused(said().map_err(|error| unusable(error.to_string()))?)),
        other => Err(unusable(said().unwrap_or_else(|_| format!("it answers {other}")))),
    }
}

#[cfg(test)]
mod tests {
    use domain::AccountId;

    use super::id_of;

    #[test]
    fn the_id_of_a_movement_is_a_uuid_and_always_the_same() {
        let account = AccountId::parse("0192f000-0000-7000-8000-0000000000a1").unwrap();
        let id = id_of(account, "2026-03-02.late-1");
        assert_eq!(id, id_of(account, "2026-03-02.late-1"));
        assert_ne!(id, id_of(account, "2026-03-02.late-2"));
        assert_eq!(AccountId::parse(&id).unwrap().to_string(), id);
        assert_eq!((&id[14..15], &id[19..20]), ("8", "8"));
    }
}
