//! Pending transactions: their own lane, replaced as a whole by each listing. One that the bank still lists keeps
//! its id; none ever becomes a booked row.

use db::{DbError, Row, Tx, rows};
use domain::{AccountId, Date, Details, Money, OrganizationId, PendingTransactionId, Timestamp};
use serde_json::json;

use super::read;
use super::transaction::{Cursor, Page, as_json};

/// A stored pending transaction.
#[derive(Debug, Clone)]
pub struct StoredPending {
    /// Its id while the bank lists it.
    pub id: PendingTransactionId,
    /// Its account.
    pub account: AccountId,
    /// The day the bank expects to book it.
    pub expected_on: Option<Date>,
    /// Value date.
    pub value_on: Option<Date>,
    /// Signed amount.
    pub amount: Money,
    /// Digest of its content.
    pub fingerprint: String,
    /// The bank's id of it.
    pub bank_id: Option<String>,
    /// All the rest.
    pub details: Details,
    /// First seen.
    pub created_at: Timestamp,
    /// Last seen.
    pub updated_at: Timestamp,
}

fn pending(row: &Row) -> Result<StoredPending, DbError> {
    Ok(StoredPending {
        id: row.parse("id")?,
        account: row.parse("account_id")?,
        expected_on: row.optional_parse("expected_on")?,
        value_on: row.optional_parse("value_on")?,
        amount: Money::new(row.int("minor")?, row.parse("currency")?),
        fingerprint: row.text("fingerprint")?,
        bank_id: row.optional_text("bank_id")?,
        details: read::json(row, "details")?,
        created_at: read::instant(row, "created_at")?,
        updated_at: read::instant(row, "updated_at")?,
    })
}

/// All of an account, in the order of the bank.
pub async fn list(
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
) -> Result<Vec<StoredPending>, DbError> {
    let sql = "SELECT id, account_id, expected_on, value_on, minor, currency, fingerprint, bank_id, details, \
         created_at, updated_at FROM pending_transactions WHERE organization_id = $1 AND account_id = $2 \
         ORDER BY position";
    tx.all(sql, &[organization.to_string().into(), account.to_string().into()]).await?.iter().map(pending).collect()
}

/// The lanes of all linked accounts together, account by account.
pub async fn list_all(tx: &mut Tx, organization: OrganizationId) -> Result<Vec<StoredPending>, DbError> {
    let sql = "SELECT id, account_id, expected_on, value_on, minor, currency, fingerprint, bank_id, details, \
         created_at, updated_at FROM pending_transactions WHERE organization_id = $1 \
         AND account_id IN (SELECT id FROM accounts WHERE organization_id = $1 AND state IN ('active', 'expired')) \
         ORDER BY account_id, position";
    tx.all(sql, &[organization.to_string().into()]).await?.iter().map(pending).collect()
}

/// A page of them by the cursor rules of transactions. They are few, so the whole lane is read.
pub async fn page(
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
    cursor: Cursor<PendingTransactionId>,
    limit: usize,
) -> Result<Page<StoredPending>, DbError> {
    let all = list(tx, organization, account).await?;
    let place = |id| all.iter().position(|pending| pending.id == id);
    let range = match cursor {
        Cursor::Newest => Some(0..all.len().min(limit)),
        Cursor::After(id) => place(id).map(|at| at + 1..all.len().min(at + 1 + limit)),
        Cursor::Before(id) => place(id).map(|at| at.saturating_sub(limit)..at),
    };
    let range = range.unwrap_or(0..0);
    let (has_newer, has_older) = (!range.is_empty() && range.start > 0, !range.is_empty() && range.end < all.len());
    Ok(Page { rows: all[range].to_vec(), has_newer, has_older })
}

/// Replaces the lane of an account.
pub async fn replace(
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
    lane: &[StoredPending],
) -> Result<(), DbError> {
    let key = [organization.to_string().into(), account.to_string().into()];
    tx.run("DELETE FROM pending_transactions WHERE organization_id = $1 AND account_id = $2", &key).await?;
    let sql = "INSERT INTO pending_transactions (organization_id, account_id, position, id, expected_on, value_on, \
         minor, currency, fingerprint, bank_id, details, created_at, updated_at) \
         SELECT $1, $2, CAST(r.value->>0 AS BIGINT), r.value->>1, r.value->>2, r.value->>3, \
         CAST(r.value->>4 AS BIGINT), r.value->>5, r.value->>6, r.value->>7, r.value->>8, \
         CAST(r.value->>9 AS BIGINT), CAST(r.value->>10 AS BIGINT) FROM json_each($3) AS r WHERE true";
    let values: Vec<_> = lane
        .iter()
        .enumerate()
        .map(|(position, p)| {
            json!([
                position,
                p.id.to_string(),
                p.expected_on.map(|day| day.to_string()),
                p.value_on.map(|day| day.to_string()),
                p.amount.minor(),
                p.amount.currency().code(),
                p.fingerprint,
                p.bank_id,
                as_json(&p.details),
                p.created_at.as_microsecond(),
                p.updated_at.as_microsecond(),
            ])
        })
        .collect();
    let [organization, account] = key;
    tx.run(sql, &[organization, account, rows(&values)]).await.map(|_| ())
}
