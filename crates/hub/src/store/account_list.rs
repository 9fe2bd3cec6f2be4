//! Banks' lists of accounts as they came, and what in the newest of each permission could not be understood. They
//! belong to the permission: an account that cannot be read has no row of its own to hang a defect on.

use db::{DbError, Tx, rows};
use domain::{AuthorizationId, Defect, InstitutionId, OrganizationId, RawAnswerId, Timestamp};
use serde_json::json;

use super::read;

/// A list of accounts as it came.
pub struct NewList<'a> {
    /// Its id, when it turns out to be new.
    pub id: RawAnswerId,
    /// The permission under which the bank gave it.
    pub authorization: AuthorizationId,
    /// Media type.
    pub content_type: &'a str,
    /// SHA-256 of the body.
    pub digest: &'a str,
    /// The body.
    pub body: &'a [u8],
    /// When it came.
    pub received_at: Timestamp,
}

/// An account that a bank listed and that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadAccount {
    /// The bank.
    pub institution: InstitutionId,
    /// What it said.
    pub defect: Defect,
    /// When.
    pub seen_at: Timestamp,
}

/// Stores a list and gives its id, or the id of the same list stored before.
pub async fn keep(tx: &mut Tx, organization: OrganizationId, new: &NewList<'_>) -> Result<RawAnswerId, DbError> {
    let sql = "INSERT INTO account_lists (organization_id, id, authorization_id, content_type, digest, body, \
         received_at) VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (organization_id, authorization_id, digest) DO NOTHING";
    let args = [
        organization.to_string().into(),
        new.id.to_string().into(),
        new.authorization.to_string().into(),
        new.content_type.into(),
        new.digest.into(),
        new.body.into(),
        new.received_at.as_microsecond().into(),
    ];
    tx.run(sql, &args).await?;
    let sql = "SELECT id FROM account_lists WHERE organization_id = $1 AND authorization_id = $2 AND digest = $3";
    let args = [organization.to_string().into(), new.authorization.to_string().into(), new.digest.into()];
    tx.one(sql, &args).await?.parse("id")
}

/// One stored list: media type and body.
pub async fn get(
    tx: &mut Tx,
    organization: OrganizationId,
    id: RawAnswerId,
) -> Result<Option<(String, Vec<u8>)>, DbError> {
    let sql = "SELECT content_type, body FROM account_lists WHERE organization_id = $1 AND id = $2";
    let row = tx.optional(sql, &[organization.to_string().into(), id.to_string().into()]).await?;
    row.map(|row| Ok((row.text("content_type")?, row.blob("body")?))).transpose()
}

/// Replaces what could not be understood under a permission by what cannot be in its newest list.
pub async fn set_defects(
    tx: &mut Tx,
    organization: OrganizationId,
    authorization: AuthorizationId,
    list: RawAnswerId,
    defects: &[Defect],
    now: Timestamp,
) -> Result<(), DbError> {
    let sql = "DELETE FROM account_list_defects WHERE organization_id = $1 AND authorization_id = $2";
    tx.run(sql, &[organization.to_string().into(), authorization.to_string().into()]).await?;
    if defects.is_empty() {
        return Ok(());
    }
    let sql = "INSERT INTO account_list_defects (organization_id, authorization_id, list_id, seen_at, position, path, \
         value, rule) SELECT $1, $2, $3, CAST($4 AS BIGINT), CAST(r.value->>0 AS BIGINT), r.value->>1, r.value->>2, \
         r.value->>3 FROM json_each($5) AS r WHERE true";
    let values: Vec<_> = defects.iter().enumerate().map(|(index, d)| json!([index, d.path, d.value, d.rule])).collect();
    let args = [
        organization.to_string().into(),
        authorization.to_string().into(),
        list.to_string().into(),
        now.as_microsecond().into(),
        rows(&values),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// What banks listed and could not be understood, under the permissions that are still good.
pub async fn unread(tx: &mut Tx, organization: OrganizationId) -> Result<Vec<UnreadAccount>, DbError> {
    let sql = "SELECT a.institution_id, d.path, d.value, d.rule, d.seen_at FROM account_list_defects d \
         JOIN authorizations a ON a.organization_id = d.organization_id AND a.id = d.authorization_id \
         WHERE d.organization_id = $1 AND a.state = 'valid' ORDER BY a.started_at DESC, d.position LIMIT 200";
    let rows = tx.all(sql, &[organization.to_string().into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(UnreadAccount {
                institution: row.parse("institution_id")?,
                defect: Defect { path: row.text("path")?, value: row.text("value")?, rule: row.text("rule")? },
                seen_at: read::instant(row, "seen_at")?,
            })
        })
        .collect()
}

/// Erases the lists that a permission brought: they tell of an account that was unlinked.
pub async fn erase(tx: &mut Tx, organization: OrganizationId, authorization: AuthorizationId) -> Result<(), DbError> {
    let key = [organization.to_string().into(), authorization.to_string().into()];
    tx.run("DELETE FROM account_list_defects WHERE organization_id = $1 AND authorization_id = $2", &key).await?;
    tx.run("DELETE FROM account_lists WHERE organization_id = $1 AND authorization_id = $2", &key).await.map(|_| ())
}
