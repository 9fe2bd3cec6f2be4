//! Banks' answers as they came: stored before anything interprets them, so that a repaired reader can be run over
//! history again. An answer that was already stored word for word is not stored twice.

use db::{DbError, Tx};
use domain::{AccountId, OrganizationId, RawAnswerId, SynchronizationId, Timestamp};

use super::read;

/// An answer to be stored.
pub struct NewRaw<'a> {
    /// Its id, when it turns out to be new.
    pub id: RawAnswerId,
    /// The account it is about.
    pub account: AccountId,
    /// The fetch that brought it.
    pub synchronization: SynchronizationId,
    /// `transactions` or `balances`.
    pub endpoint: &'a str,
    /// Media type.
    pub content_type: &'a str,
    /// SHA-256 of the body.
    pub digest: &'a str,
    /// The body.
    pub body: &'a [u8],
    /// When it came.
    pub received_at: Timestamp,
}

/// The endpoint of what came as a statement file and not from a bank's interface.
pub const FILE: &str = "file";

/// Where something came from, without its body.
pub struct Source {
    /// The fetch that brought it first.
    pub synchronization: SynchronizationId,
    /// `transactions`, `balances` or [`FILE`].
    pub endpoint: String,
    /// Media type.
    pub content_type: String,
    /// Length of the body.
    pub bytes: i64,
    /// When it came.
    pub received_at: Timestamp,
}

/// A stored answer.
pub struct StoredRaw {
    /// The account it is about.
    pub account: AccountId,
    /// `transactions` or `balances`.
    pub endpoint: String,
    /// Media type.
    pub content_type: String,
    /// The body.
    pub body: Vec<u8>,
    /// When it came.
    pub received_at: Timestamp,
}

/// Stores an answer and gives its id, or the id of the same answer stored before.
pub async fn keep(tx: &mut Tx, organization: OrganizationId, new: &NewRaw<'_>) -> Result<RawAnswerId, DbError> {
    let known = "SELECT id FROM raw_answers WHERE organization_id = $1 AND account_id = $2 AND digest = $3 LIMIT 1";
    let args = [organization.to_string().into(), new.account.to_string().into(), new.digest.into()];
    if let Some(row) = tx.optional(known, &args).await? {
        return row.parse("id");
    }
    let sql = "INSERT INTO raw_answers (organization_id, id, account_id, synchronization_id, endpoint, \
         content_type, digest, body, received_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let args = [
        organization.to_string().into(),
        new.id.to_string().into(),
        new.account.to_string().into(),
        new.synchronization.to_string().into(),
        new.endpoint.into(),
        new.content_type.into(),
        new.digest.into(),
        new.body.into(),
        new.received_at.as_microsecond().into(),
    ];
    tx.run(sql, &args).await?;
    Ok(new.id)
}

/// One stored answer.
pub async fn get(tx: &mut Tx, organization: OrganizationId, id: RawAnswerId) -> Result<Option<StoredRaw>, DbError> {
    let sql = "SELECT account_id, endpoint, content_type, body, received_at FROM raw_answers WHERE organization_id = $1 AND id = $2";
    let row = tx.optional(sql, &[organization.to_string().into(), id.to_string().into()]).await?;
    row.map(|row| {
        Ok(StoredRaw {
            account: row.parse("account_id")?,
            endpoint: row.text("endpoint")?,
            content_type: row.text("content_type")?,
            body: row.blob("body")?,
            received_at: read::instant(&row, "received_at")?,
        })
    })
    .transpose()
}

/// Where a stored answer came from.
pub async fn source(tx: &mut Tx, organization: OrganizationId, id: RawAnswerId) -> Result<Option<Source>, DbError> {
    let sql = "SELECT synchronization_id, endpoint, content_type, CAST(LENGTH(body) AS BIGINT) AS bytes, received_at FROM raw_answers \
         WHERE organization_id = $1 AND id = $2";
    let row = tx.optional(sql, &[organization.to_string().into(), id.to_string().into()]).await?;
    row.map(|row| {
        Ok(Source {
            synchronization: row.parse("synchronization_id")?,
            endpoint: row.text("endpoint")?,
            content_type: row.text("content_type")?,
            bytes: row.int("bytes")?,
            received_at: read::instant(&row, "received_at")?,
        })
    })
    .transpose()
}

/// The statement files among the stored answers of an account.
pub async fn files(tx: &mut Tx, organization: OrganizationId, account: AccountId) -> Result<Vec<RawAnswerId>, DbError> {
    let sql = "SELECT id FROM raw_answers WHERE organization_id = $1 AND account_id = $2 AND endpoint = 'file'";
    let rows = tx.all(sql, &[organization.to_string().into(), account.to_string().into()]).await?;
    rows.iter().map(|row| row.parse("id")).collect()
}
