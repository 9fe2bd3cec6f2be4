//! The audit log of an organization: entries that are only ever added, each bound to the one before by a hash, and the
//! head of the chain, sealed with a key that is not in the database.

use std::collections::HashSet;

use db::{DbError, Row, Tx, rows};
use domain::{Date, OrganizationId, Timestamp};
use serde_json::json;

use super::read;

/// An entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Whose log.
    pub organization: OrganizationId,
    /// 1, 2, 3, … without a gap.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// Who: what kind of actor.
    pub actor_kind: String,
    /// Who: the id.
    pub actor_id: String,
    /// Who: the name at that time.
    pub actor_name: String,
    /// What was done.
    pub action: String,
    /// To what or whom.
    pub subject: String,
    /// The hash of the entry before, and of everything above.
    pub hash: String,
    /// Sealed: what the entry says since the names of people whose login was erased were taken out of it. The hash is
    /// still that of what it said before.
    pub erased: Option<String>,
}

/// Where a chain ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The last entry's number; 0 for an empty log.
    pub seq: i64,
    /// Its hash.
    pub hash: String,
    /// Both, sealed.
    pub sealed_head: String,
}

/// The head of a log, held until the end of the transaction; `None` for a log that was never begun.
pub async fn lock_head(tx: &mut Tx, organization: OrganizationId) -> Result<Option<Head>, DbError> {
    let sql = "SELECT seq, hash, sealed_head FROM audit_heads WHERE organization_id = $1 /*for update*/";
    tx.optional(sql, &[organization.to_string().into()]).await?.as_ref().map(head).transpose()
}

/// The head of a log.
pub async fn get_head(tx: &mut Tx, organization: OrganizationId) -> Result<Option<Head>, DbError> {
    let sql = "SELECT seq, hash, sealed_head FROM audit_heads WHERE organization_id = $1";
    tx.optional(sql, &[organization.to_string().into()]).await?.as_ref().map(head).transpose()
}

/// Begins a log; nothing happens when it was begun already.
pub async fn begin(tx: &mut Tx, organization: OrganizationId, head: &Head) -> Result<(), DbError> {
    let sql = "INSERT INTO audit_heads (organization_id, seq, hash, sealed_head) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (organization_id) DO NOTHING";
    let args = [organization.to_string().into(), head.seq.into(), (&head.hash).into(), (&head.sealed_head).into()];
    tx.run(sql, &args).await.map(|_| ())
}

/// Adds an entry and moves the head to it.
pub async fn append(tx: &mut Tx, entry: &Entry, sealed_head: &str) -> Result<(), DbError> {
    let sql = "INSERT INTO audit_entries (organization_id, seq, at, actor_kind, actor_id, actor_name, action, subject, \
               hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let organization = entry.organization.to_string();
    let args = [
        (&organization).into(),
        entry.seq.into(),
        entry.at.as_microsecond().into(),
        (&entry.actor_kind).into(),
        (&entry.actor_id).into(),
        (&entry.actor_name).into(),
        (&entry.action).into(),
        (&entry.subject).into(),
        (&entry.hash).into(),
    ];
    tx.run(sql, &args).await?;
    let sql = "UPDATE audit_heads SET seq = $2, hash = $3, sealed_head = $4 WHERE organization_id = $1";
    let args = [organization.into(), entry.seq.into(), (&entry.hash).into(), sealed_head.into()];
    tx.run(sql, &args).await.map(|_| ())
}

/// Notes that somebody saw something on a day; false when that is noted already.
pub async fn sight(
    tx: &mut Tx,
    organization: OrganizationId,
    actor_id: &str,
    subject: &str,
    day: Date,
) -> Result<bool, DbError> {
    let sql = "INSERT INTO audit_sightings (organization_id, actor_id, subject, day) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (organization_id, actor_id, subject, day) DO NOTHING";
    let args = [organization.to_string().into(), actor_id.into(), subject.into(), day.to_string().into()];
    Ok(tx.run(sql, &args).await? == 1)
}

/// Which of some things it is noted of that somebody saw them on a day.
pub async fn sighted(
    tx: &mut Tx,
    organization: OrganizationId,
    actor_id: &str,
    subjects: &[&str],
    day: Date,
) -> Result<HashSet<String>, DbError> {
    let sql = "SELECT s.subject FROM json_each($3) AS r JOIN audit_sightings s ON s.organization_id = $1 \
               AND s.actor_id = $2 AND s.subject = r.value->>0 AND s.day = $4";
    let asked: Vec<_> = subjects.iter().map(|subject| json!([subject])).collect();
    let args = [organization.to_string().into(), actor_id.into(), rows(&asked), day.to_string().into()];
    tx.all(sql, &args).await?.iter().map(|row| row.text("subject")).collect()
}

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "SELECT organization_id, seq, at, actor_kind, actor_id, actor_name, action, subject, hash, \
             erased FROM audit_entries ",
            $tail
        )
    };
}

/// Entries before a number, the newest in front.
pub async fn page(tx: &mut Tx, organization: OrganizationId, before: i64, limit: i64) -> Result<Vec<Entry>, DbError> {
    let args = [organization.to_string().into(), before.into(), limit.into()];
    let sql = select!("WHERE organization_id = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3");
    tx.all(sql, &args).await?.iter().map(entry).collect()
}

/// Entries after a number, the oldest in front.
pub async fn after(tx: &mut Tx, organization: OrganizationId, after: i64, limit: i64) -> Result<Vec<Entry>, DbError> {
    let args = [organization.to_string().into(), after.into(), limit.into()];
    let sql = select!("WHERE organization_id = $1 AND seq > $2 ORDER BY seq LIMIT $3");
    tx.all(sql, &args).await?.iter().map(entry).collect()
}

/// The numbers of the entries of a log that are by somebody or name an address, in small letters, in their subject.
pub async fn naming(
    tx: &mut Tx,
    organization: OrganizationId,
    actor_id: &str,
    address: &str,
) -> Result<Vec<i64>, DbError> {
    let sql = "SELECT seq FROM audit_entries WHERE organization_id = $1 \
               AND (actor_id = $2 OR REPLACE(LOWER(subject), $3, '') <> LOWER(subject)) ORDER BY seq";
    let args = [organization.to_string().into(), actor_id.into(), address.into()];
    tx.all(sql, &args).await?.iter().map(|row| row.int("seq")).collect()
}

/// Takes names out of an entry, which keeps its hash.
pub async fn take_names(tx: &mut Tx, entry: &Entry) -> Result<(), DbError> {
    let sql = "UPDATE audit_entries SET actor_name = $3, subject = $4, erased = $5 \
               WHERE organization_id = $1 AND seq = $2";
    let args = [
        entry.organization.to_string().into(),
        entry.seq.into(),
        (&entry.actor_name).into(),
        (&entry.subject).into(),
        entry.erased.clone().into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// Forgets what somebody looked at on which day; the entries about it stay.
pub async fn forget_sightings(tx: &mut Tx, organization: OrganizationId, actor_id: &str) -> Result<(), DbError> {
    let sql = "DELETE FROM audit_sightings WHERE organization_id = $1 AND actor_id = $2";
    tx.run(sql, &[organization.to_string().into(), actor_id.into()]).await.map(|_| ())
}

/// Every organization that has a log.
pub async fn organizations(tx: &mut Tx) -> Result<Vec<OrganizationId>, DbError> {
    let rows = tx.all("SELECT organization_id FROM audit_heads ORDER BY organization_id", &[]).await?;
    rows.iter().map(|row| row.parse("organization_id")).collect()
}

fn head(row: &Row) -> Result<Head, DbError> {
    Ok(Head { seq: row.int("seq")?, hash: row.text("hash")?, sealed_head: row.text("sealed_head")? })
}

fn entry(row: &Row) -> Result<Entry, DbError> {
    Ok(Entry {
        organization: row.parse("organization_id")?,
        seq: row.int("seq")?,
        at: read::instant(row, "at")?,
        actor_kind: row.text("actor_kind")?,
        actor_id: row.text("actor_id")?,
        actor_name: row.text("actor_name")?,
        action: row.text("action")?,
        subject: row.text("subject")?,
        hash: row.text("hash")?,
        erased: row.optional_text("erased")?,
    })
}
