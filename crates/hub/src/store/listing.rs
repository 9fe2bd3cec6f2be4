//! Which listing of an account was applied last, window by window: a bank that repeats itself word for word tells
//! nothing new, and need not be read or matched again. Written and asked under the account's lock.

use db::{DbError, Tx};
use domain::{AccountId, Date, OrganizationId, Timestamp, ToSpan};

use super::read;
use crate::sync::plan::OVERLAP_DAYS;

/// A listing that was applied, and nothing has touched the account's rows since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppliedListing {
    /// From which day it was asked for.
    pub from: Date,
    /// Digest of its pages.
    pub digest: String,
    /// When the bank told it last.
    pub seen_at: Timestamp,
}

/// The empty text stands for "up to now", so that it can be part of the key.
fn through_day(through: Option<Date>) -> String {
    through.map(|day| day.to_string()).unwrap_or_default()
}

/// The listing that was applied last for windows that end on a day, or now.
pub async fn get(
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
    through: Option<Date>,
) -> Result<Option<AppliedListing>, DbError> {
    let sql = "SELECT from_day, digest, seen_at FROM listings \
         WHERE organization_id = $1 AND account_id = $2 AND through_day = $3";
    let args = [organization.to_string().into(), account.to_string().into(), through_day(through).into()];
    let row = tx.optional(sql, &args).await?;
    row.map(|row| {
        Ok(AppliedListing {
            from: row.parse("from_day")?,
            digest: row.text("digest")?,
            seen_at: read::instant(&row, "seen_at")?,
        })
    })
    .transpose()
}

/// When the bank told the newest of them.
pub async fn newest(
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
) -> Result<Option<Timestamp>, DbError> {
    let sql = "SELECT MAX(seen_at) AS seen_at FROM listings WHERE organization_id = $1 AND account_id = $2";
    let row = tx.one(sql, &[organization.to_string().into(), account.to_string().into()]).await?;
    read::optional_instant(&row, "seen_at")
}

/// Notes an applied listing, and forgets those of windows that end more than the overlap before it begins: nobody asks
/// for them again.
pub async fn put(
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
    through: Option<Date>,
    applied: &AppliedListing,
) -> Result<(), DbError> {
    let sql = "DELETE FROM listings \
         WHERE organization_id = $1 AND account_id = $2 AND through_day <> '' AND through_day < $3";
    let oldest = applied.from.saturating_sub(OVERLAP_DAYS.days());
    let args = [organization.to_string().into(), account.to_string().into(), oldest.to_string().into()];
    tx.run(sql, &args).await?;
    let sql = "INSERT INTO listings (organization_id, account_id, through_day, from_day, digest, seen_at) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (organization_id, account_id, through_day) \
         DO UPDATE SET from_day = $4, digest = $5, seen_at = $6";
    let args = [
        organization.to_string().into(),
        account.to_string().into(),
        through_day(through).into(),
        applied.from.to_string().into(),
        (&applied.digest).into(),
        applied.seen_at.as_microsecond().into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// Forgets what was applied, because something else wrote to the account: the next listings are read and matched.
pub async fn forget(tx: &mut Tx, organization: OrganizationId, account: AccountId) -> Result<(), DbError> {
    let sql = "DELETE FROM listings WHERE organization_id = $1 AND account_id = $2";
    tx.run(sql, &[organization.to_string().into(), account.to_string().into()]).await.map(|_| ())
}
