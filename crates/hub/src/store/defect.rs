//! What banks said that could not be understood: kept once, shown until it is gone.

use db::{DbError, Tx};
use domain::{AccountId, Defect, DefectId, Environment, OrganizationId, RawAnswerId, Timestamp};

use super::read;

/// A kept defect.
pub struct StoredDefect {
    /// Its id.
    pub id: DefectId,
    /// What it is.
    pub defect: Defect,
    /// The answer it stands in.
    pub raw: Option<RawAnswerId>,
    /// First seen.
    pub seen_at: Timestamp,
}

/// Keeps a defect; the same one of the same account is kept once.
pub async fn keep(
    tx: &mut Tx,
    environment: &Environment,
    organization: OrganizationId,
    account: AccountId,
    raw: Option<RawAnswerId>,
    defect: &Defect,
) -> Result<(), DbError> {
    let sql = "INSERT INTO defects (organization_id, id, account_id, raw_id, path, value, rule, seen_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (organization_id, account_id, path, value, rule) DO NOTHING";
    let args = [
        organization.to_string().into(),
        DefectId::new(environment).to_string().into(),
        account.to_string().into(),
        raw.map(|id| id.to_string()).into(),
        (&defect.path).into(),
        (&defect.value).into(),
        (&defect.rule).into(),
        environment.now().as_microsecond().into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// The defects of an account, newest first, at most 200.
pub async fn list(tx: &mut Tx, organization: OrganizationId, account: AccountId) -> Result<Vec<StoredDefect>, DbError> {
    let sql = "SELECT id, raw_id, path, value, rule, seen_at FROM defects \
         WHERE organization_id = $1 AND account_id = $2 ORDER BY seen_at DESC, id DESC LIMIT 200";
    let rows = tx.all(sql, &[organization.to_string().into(), account.to_string().into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(StoredDefect {
                id: row.parse("id")?,
                defect: Defect { path: row.text("path")?, value: row.text("value")?, rule: row.text("rule")? },
                raw: row.optional_parse("raw_id")?,
                seen_at: read::instant(row, "seen_at")?,
            })
        })
        .collect()
}
