//! What hosts list, and when each is to be asked again. The catalogue belongs to nobody.

use connectors::ListedBank;
use db::{DbError, Tx, rows};
use domain::{InstitutionId, Timestamp};

use super::read;

/// A listed bank.
#[derive(Debug, Clone)]
pub struct Row {
    /// The host.
    pub host: String,
    /// Our id of the bank.
    pub institution: InstitutionId,
    /// What the host says of it.
    pub told: ListedBank,
    /// Whether the host lists it no longer.
    pub gone: bool,
}

/// Keeps what a host says of a bank; `new` is its id when nobody listed it before.
pub async fn put(tx: &mut Tx, host: &str, bank: &ListedBank, new: InstitutionId) -> Result<(), DbError> {
    let sql = "INSERT INTO listed_banks (host, bic, institution_id, told, gone_at) VALUES ($1, $2, $3, $4, NULL) \
         ON CONFLICT (host, bic) DO UPDATE SET told = excluded.told, gone_at = NULL";
    let told = serde_json::to_string(bank).expect("a bank holds only texts and integers");
    tx.run(sql, &[host.into(), (&bank.bic).into(), new.to_string().into(), told.into()]).await.map(|_| ())
}

/// Notes which banks a host lists: those that it listed before and that are not among them are gone.
pub async fn keep(tx: &mut Tx, host: &str, bics: &[&str], now: Timestamp) -> Result<(), DbError> {
    let sql = "UPDATE listed_banks SET gone_at = $3 WHERE host = $1 AND gone_at IS NULL \
         AND bic NOT IN (SELECT r.value->>0 FROM json_each($2) AS r)";
    let kept = rows(&bics.iter().map(|bic| serde_json::json!([bic])).collect::<Vec<_>>());
    tx.run(sql, &[host.into(), kept, now.as_microsecond().into()]).await.map(|_| ())
}

/// Every bank that was ever listed.
pub async fn all(tx: &mut Tx) -> Result<Vec<Row>, DbError> {
    let found =
        tx.all("SELECT host, institution_id, told, gone_at FROM listed_banks ORDER BY institution_id", &[]).await?;
    let row = |row: &db::Row| {
        Ok(Row {
            host: row.text("host")?,
            institution: row.parse("institution_id")?,
            told: read::json(row, "told")?,
            gone: !row.is_null("gone_at")?,
        })
    };
    found.iter().map(row).collect()
}

/// Notes when a host is to be asked again.
pub async fn asked(tx: &mut Tx, host: &str, again_at: Timestamp) -> Result<(), DbError> {
    let sql = "INSERT INTO bank_lists (host, due_at) VALUES ($1, $2) ON CONFLICT (host) DO UPDATE SET due_at = $2";
    tx.run(sql, &[host.into(), again_at.as_microsecond().into()]).await.map(|_| ())
}

/// When each host that was ever asked is to be asked again.
pub async fn due(tx: &mut Tx) -> Result<Vec<(String, Timestamp)>, DbError> {
    let found = tx.all("SELECT host, due_at FROM bank_lists", &[]).await?;
    found.iter().map(|row| Ok((row.text("host")?, read::instant(row, "due_at")?))).collect()
}
