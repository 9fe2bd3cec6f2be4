//! What the operator decided about an institution since its profile was written.

use connectors::{InstitutionState, Maintainer};
use db::{DbError, Tx};
use domain::{InstitutionId, Timestamp};

use super::read;

/// How far an institution can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Its state.
    pub state: InstitutionState,
    /// Who is at work, during a maintenance.
    pub maintained_by: Option<Maintainer>,
    /// What replaces it, when it is deprecated.
    pub replaced_by: Option<InstitutionId>,
}

/// A maintenance that the operator planned or announced: from one instant until another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Maintenance {
    /// Who is at work.
    pub by: Maintainer,
    /// When it begins.
    pub from: Timestamp,
    /// When it is over.
    pub until: Timestamp,
}

/// Writes a maintenance down; it replaces the one before.
pub async fn plan(tx: &mut Tx, id: InstitutionId, planned: &Maintenance) -> Result<(), DbError> {
    let sql = "INSERT INTO institution_maintenances (institution_id, maintained_by, from_at, until_at) \
         VALUES ($1, $2, $3, $4) ON CONFLICT (institution_id) DO UPDATE SET maintained_by = excluded.maintained_by, \
         from_at = excluded.from_at, until_at = excluded.until_at";
    let args = [
        id.to_string().into(),
        planned.by.as_str().into(),
        planned.from.as_microsecond().into(),
        planned.until.as_microsecond().into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// Forgets a maintenance; false when there was none.
pub async fn forget_plan(tx: &mut Tx, id: InstitutionId) -> Result<bool, DbError> {
    let sql = "DELETE FROM institution_maintenances WHERE institution_id = $1";
    Ok(tx.run(sql, &[id.to_string().into()]).await? == 1)
}

/// The maintenances that are not over.
pub async fn planned(tx: &mut Tx, now: Timestamp) -> Result<Vec<(InstitutionId, Maintenance)>, DbError> {
    let sql =
        "SELECT institution_id, maintained_by, from_at, until_at FROM institution_maintenances WHERE until_at > $1";
    let mut found = Vec::new();
    for row in tx.all(sql, &[now.as_microsecond().into()]).await? {
        let Some(by) = Maintainer::parse(&row.text("maintained_by")?) else { continue };
        let (from, until) = (read::instant(&row, "from_at")?, read::instant(&row, "until_at")?);
        found.push((row.parse("institution_id")?, Maintenance { by, from, until }));
    }
    Ok(found)
}

/// Writes a decision; it replaces the one before.
pub async fn set(tx: &mut Tx, id: InstitutionId, standing: &Standing, now: Timestamp) -> Result<(), DbError> {
    let sql = "INSERT INTO institution_standings (institution_id, state, maintained_by, replaced_by, set_at) \
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (institution_id) DO UPDATE SET state = excluded.state, \
         maintained_by = excluded.maintained_by, replaced_by = excluded.replaced_by, set_at = excluded.set_at";
    let args = [
        id.to_string().into(),
        standing.state.as_str().into(),
        standing.maintained_by.map(|by| by.as_str().to_owned()).into(),
        standing.replaced_by.map(|id| id.to_string()).into(),
        now.as_microsecond().into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// Removes a decision; false when there was none.
pub async fn remove(tx: &mut Tx, id: InstitutionId) -> Result<bool, DbError> {
    let sql = "DELETE FROM institution_standings WHERE institution_id = $1";
    Ok(tx.run(sql, &[id.to_string().into()]).await? == 1)
}

/// All decisions. A word that this version does not know leaves the profile's own state in force.
pub async fn all(tx: &mut Tx) -> Result<Vec<(InstitutionId, Standing)>, DbError> {
    let sql = "SELECT institution_id, state, maintained_by, replaced_by FROM institution_standings";
    let mut found = Vec::new();
    for row in tx.all(sql, &[]).await? {
        let Some(state) = InstitutionState::parse(&row.text("state")?) else { continue };
        let maintained_by = row.optional_text("maintained_by")?.and_then(|word| Maintainer::parse(&word));
        let standing = Standing { state, maintained_by, replaced_by: row.optional_parse("replaced_by")? };
        found.push((row.parse("institution_id")?, standing));
    }
    Ok(found)
}
