//! The change feed of an account: created, updated and removed, in one gapless order that replays byte for byte.
//!
//! A created transaction is itself its entry (`transactions.change`), so that the first synchronization of a long
//! history writes each row once. Only what happens to a row later has a row here, with the row's content before it:
//! an entry's content is the `before` of the next entry of the same transaction, or else the present row.

use db::{Arg, DbError, Row, Tx, rows};
use domain::{AccountId, Date, Details, OrganizationId, Timestamp, TransactionId};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::read;
use super::transaction::{self, StoredTransaction};

/// One entry of the feed.
#[derive(Debug, Clone)]
pub struct Change {
    /// Its place, from 1 without a gap.
    pub change: i64,
    /// What happened.
    pub kind: ChangeKind,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// The transaction as it was right after this entry.
    pub transaction: StoredTransaction,
}

/// What happened to a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// It was booked, or booked again after the bank had withdrawn it.
    Created,
    /// Its description was corrected; its amount never is.
    Updated,
    /// The bank withdrew it.
    Removed,
}

impl ChangeKind {
    /// The word on the wire and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            ChangeKind::Created => "created",
            ChangeKind::Updated => "updated",
            ChangeKind::Removed => "removed",
        }
    }

    fn parse(text: &str) -> ChangeKind {
        match text {
            "removed" => ChangeKind::Removed,
            "updated" => ChangeKind::Updated,
            _ => ChangeKind::Created,
        }
    }
}

/// What of a row may change, as it was.
#[derive(Serialize, Deserialize)]
struct Before {
    booked_on: Date,
    value_on: Option<Date>,
    withdrawn: bool,
    reason: String,
    details: Details,
    updated_at: i64,
}

/// Adds an entry about a row that exists. `before` is the row as it was until now.
pub async fn insert(
    tx: &mut Tx,
    organization: OrganizationId,
    change: i64,
    kind: ChangeKind,
    before: &StoredTransaction,
    reason: &str,
    at: Timestamp,
) -> Result<(), DbError> {
    let content = Before {
        booked_on: before.booked_on,
        value_on: before.value_on,
        withdrawn: before.withdrawn,
        reason: before.reason.clone(),
        details: before.details.clone(),
        updated_at: before.updated_at.as_microsecond(),
    };
    let sql = "INSERT INTO changes (organization_id, account_id, change, kind, transaction_id, seq, before, reason, at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let args = [
        organization.to_string().into(),
        before.account.to_string().into(),
        change.into(),
        kind.as_str().into(),
        before.id.to_string().into(),
        before.seq.into(),
        serde_json::to_string(&content).expect("a row's content holds only texts and integers").into(),
        reason.into(),
        at.as_microsecond().into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// Up to `limit` entries after a place in the feed, in feed order.
pub async fn page(
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
    after: i64,
    limit: i64,
) -> Result<Vec<Change>, DbError> {
    let created = transaction::created_between(tx, organization, account, after, limit).await?;
    let sql = "SELECT change, kind, seq, reason, at FROM changes \
         WHERE organization_id = $1 AND account_id = $2 AND change > $3 ORDER BY change LIMIT $4";
    let args: [Arg; 4] = [organization.to_string().into(), account.to_string().into(), after.into(), limit.into()];
    let later = tx.all(sql, &args).await?;
    let seqs: Vec<i64> = later.iter().map(|row| row.int("seq")).collect::<Result<_, _>>()?;
    let present = if seqs.is_empty() { vec![] } else { transaction::by_seq(tx, organization, account, &seqs).await? };
    let mut changes: Vec<Change> = created.into_iter().map(as_created).collect();
    for row in &later {
        let seq = row.int("seq")?;
        let transaction = present.iter().find(|stored| stored.seq == seq).cloned();
        let transaction = transaction.ok_or_else(|| DbError::Column {
            column: "seq".into(),
            problem: "a change names a transaction that does not exist".into(),
        })?;
        changes.push(Change {
            change: row.int("change")?,
            kind: ChangeKind::parse(&row.text("kind")?),
            reason: row.text("reason")?,
            at: read::instant(row, "at")?,
            transaction,
        });
    }
    changes.sort_by_key(|change| change.change);
    changes.truncate(usize::try_from(limit).unwrap_or(0));
    restore(tx, organization, &mut changes).await?;
    Ok(changes)
}

fn as_created(transaction: StoredTransaction) -> Change {
    Change {
        change: transaction.change,
        kind: ChangeKind::Created,
        reason: transaction.reason.clone(),
        at: transaction.created_at,
        transaction,
    }
}

/// Gives each entry the content that its transaction had right after it.
async fn restore(tx: &mut Tx, organization: OrganizationId, changes: &mut [Change]) -> Result<(), DbError> {
    let ids: Vec<_> = changes.iter().map(|change| json!([change.transaction.id.to_string()])).collect();
    let sql = "SELECT transaction_id, change, before FROM changes WHERE organization_id = $1 \
         AND transaction_id IN (SELECT r.value->>0 FROM json_each($2) AS r) ORDER BY change";
    let superseded = tx.all(sql, &[organization.to_string().into(), rows(&ids)]).await?;
    for change in changes {
        let Some(before) = next_before(&superseded, change.transaction.id, change.change)? else { continue };
        let Ok(before) = serde_json::from_str::<Before>(&before) else { continue };
        change.transaction.booked_on = before.booked_on;
        change.transaction.value_on = before.value_on;
        change.transaction.withdrawn = before.withdrawn;
        change.transaction.details = before.details;
        change.transaction.updated_at =
            Timestamp::from_microsecond(before.updated_at).unwrap_or(change.transaction.updated_at);
        if change.kind == ChangeKind::Created && change.change == change.transaction.change {
            change.reason.clone_from(&before.reason);
        }
        change.transaction.reason = before.reason;
    }
    Ok(())
}

fn next_before(superseded: &[Row], id: TransactionId, after: i64) -> Result<Option<String>, DbError> {
    for row in superseded {
        if row.int("change")? > after && row.parse::<TransactionId>("transaction_id")? == id {
            return row.text("before").map(Some);
        }
    }
    Ok(None)
}

/// What happened to one transaction after it was created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happened {
    /// What.
    pub kind: ChangeKind,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// What happened to one transaction after it was created, oldest first.
pub async fn history(tx: &mut Tx, organization: OrganizationId, id: TransactionId) -> Result<Vec<Happened>, DbError> {
    let sql = "SELECT kind, reason, at FROM changes WHERE organization_id = $1 AND transaction_id = $2 ORDER BY change";
    let rows = tx.all(sql, &[organization.to_string().into(), id.to_string().into()]).await?;
    let read = |row: &Row| {
        let kind = ChangeKind::parse(&row.text("kind")?);
        Ok(Happened { kind, reason: row.text("reason")?, at: read::instant(row, "at")? })
    };
    rows.iter().map(read).collect()
}
