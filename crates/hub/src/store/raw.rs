//! Banks' answers as they came: stored before anything interprets them, so that a repaired reader can be run over
//! history again. An answer that was already stored word for word is not stored twice; that it came again is noted.

use db::{DbError, Tx, rows};
use domain::{AccountId, OrganizationId, RawAnswerId, SynchronizationId, Timestamp};
use serde_json::json;

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
        came_again(tx, organization, new.account, new.synchronization, &[new.digest], new.received_at).await?;
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

/// Notes that answers which are stored came again, by their digests.
pub async fn came_again(
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
    synchronization: SynchronizationId,
    digests: &[&str],
    received_at: Timestamp,
) -> Result<(), DbError> {
    let sql = "INSERT INTO repeated_answers (organization_id, account_id, raw_id, received_at, synchronization_id) \
         SELECT organization_id, account_id, id, CAST($4 AS BIGINT), $5 FROM raw_answers \
         WHERE organization_id = $1 AND account_id = $2 AND digest IN (SELECT r.value->>0 FROM json_each($3) AS r) \
         ON CONFLICT (organization_id, account_id, raw_id, received_at) DO NOTHING";
    let values: Vec<_> = digests.iter().map(|digest| json!([digest])).collect();
    let args = [
        organization.to_string().into(),
        account.to_string().into(),
        rows(&values),
        received_at.as_microsecond().into(),
        synchronization.to_string().into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// When a stored answer came again, oldest first.
pub async fn repeats(
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
    id: RawAnswerId,
) -> Result<Vec<Timestamp>, DbError> {
    let sql = "SELECT received_at FROM repeated_answers \
         WHERE organization_id = $1 AND account_id = $2 AND raw_id = $3 ORDER BY received_at";
    let args = [organization.to_string().into(), account.to_string().into(), id.to_string().into()];
    tx.all(sql, &args).await?.iter().map(|row| read::instant(row, "received_at")).collect()
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
