//! How banks answer lately, over all organizations: a row for each that does not. Accounts stand in it by id alone.

use db::{DbError, Row, Tx};
use domain::{AccountId, InstitutionId, Timestamp};

use super::read;
use crate::sync::health::Health;

fn health(row: &Row) -> Result<Health, DbError> {
    let failing = row.text("failing")?;
    Ok(Health {
        failing: failing.split_whitespace().filter_map(|id| AccountId::parse(id).ok()).collect(),
        failing_since: read::instant(row, "failing_since")?,
        pauses: row.int("pauses")?,
        paused_until: read::optional_instant(row, "paused_until")?,
        probe: row.optional_parse("probe")?,
    })
}

/// How an institution answers lately; the default when it does.
pub async fn get(tx: &mut Tx, id: InstitutionId) -> Result<Health, DbError> {
    let sql = "SELECT failing, failing_since, pauses, paused_until, probe FROM institution_health \
         WHERE institution_id = $1";
    Ok(tx.optional(sql, &[id.to_string().into()]).await?.as_ref().map(health).transpose()?.unwrap_or_default())
}

/// The same, locked until the transaction ends.
pub async fn lock(tx: &mut Tx, id: InstitutionId) -> Result<Health, DbError> {
    let sql = "SELECT failing, failing_since, pauses, paused_until, probe FROM institution_health \
         WHERE institution_id = $1 /*for update*/";
    Ok(tx.optional(sql, &[id.to_string().into()]).await?.as_ref().map(health).transpose()?.unwrap_or_default())
}

/// Writes it.
pub async fn set(tx: &mut Tx, id: InstitutionId, health: &Health) -> Result<(), DbError> {
    let sql = "INSERT INTO institution_health (institution_id, failing, failing_since, pauses, paused_until, probe) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (institution_id) DO UPDATE SET failing = excluded.failing, \
         failing_since = excluded.failing_since, pauses = excluded.pauses, paused_until = excluded.paused_until, \
         probe = excluded.probe";
    let failing: Vec<String> = health.failing.iter().map(ToString::to_string).collect();
    let args = [
        id.to_string().into(),
        failing.join(" ").into(),
        health.failing_since.as_microsecond().into(),
        health.pauses.into(),
        health.paused_until.map(Timestamp::as_microsecond).into(),
        health.probe.map(|id| id.to_string()).into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// Forgets it: the bank has answered.
pub async fn clear(tx: &mut Tx, id: InstitutionId) -> Result<(), DbError> {
    tx.run("DELETE FROM institution_health WHERE institution_id = $1", &[id.to_string().into()]).await.map(|_| ())
}

/// Every bank that does not answer.
pub async fn all(tx: &mut Tx) -> Result<Vec<(InstitutionId, Health)>, DbError> {
    let sql = "SELECT institution_id, failing, failing_since, pauses, paused_until, probe FROM institution_health \
         ORDER BY institution_id";
    let rows = tx.all(sql, &[]).await?;
    rows.iter().map(|row| Ok((row.parse("institution_id")?, health(row)?))).collect()
}
