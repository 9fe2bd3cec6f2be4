//! Balances that banks asserted, append-only: when a bank restates a day, that is a newer row, and when the file is
//! undone that told one, so is what holds then: what another source told before, or that nothing does. None is ever
//! computed.

use db::{Arg, DbError, Row, Tx, rows};
use domain::{AccountId, BalanceId, BalanceKind, Currency, Date, Money, OrganizationId, RawAnswerId, Timestamp};
use serde_json::json;

use super::read;
use super::transaction::{Cursor, Page};

/// A stored assertion.
#[derive(Debug, Clone)]
pub struct StoredBalance {
    /// Its id.
    pub id: BalanceId,
    /// Its place among the balances of its account.
    pub seq: i64,
    /// What it means; opening and closing booked are kept.
    pub kind: BalanceKind,
    /// The day it holds for.
    pub on: Date,
    /// The amount.
    pub amount: Money,
    /// When the bank said so.
    pub seen_at: Timestamp,
    /// The statement file that tells it; `None` for the bank's interface.
    pub file: Option<RawAnswerId>,
    /// Whether nothing holds for this kind and day any more; the amount is what held before.
    pub withdrawn: bool,
}

/// The words of the wire for the two kinds that are kept.
pub fn kind_word(kind: BalanceKind) -> Option<&'static str> {
    match kind {
        BalanceKind::OpeningBooked => Some("openingBooked"),
        BalanceKind::ClosingBooked => Some("closingBooked"),
        BalanceKind::InterimBooked | BalanceKind::Available | BalanceKind::ForwardAvailable => None,
    }
}

fn balance(row: &Row, currency: Currency) -> Result<StoredBalance, DbError> {
    let opening = row.text("kind")? == "openingBooked";
    Ok(StoredBalance {
        id: row.parse("id")?,
        seq: row.int("seq")?,
        kind: if opening { BalanceKind::OpeningBooked } else { BalanceKind::ClosingBooked },
        on: row.parse("on_date")?,
        amount: Money::new(row.int("minor")?, currency),
        seen_at: read::instant(row, "seen_at")?,
        file: row.optional_parse("raw_id")?,
        withdrawn: row.bool("withdrawn")?,
    })
}

/// The newest assertion of each kind and day in a window, where one holds.
pub async fn newest(
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
    currency: Currency,
    from: Date,
    to: Date,
) -> Result<Vec<StoredBalance>, DbError> {
    let sql = "SELECT id, seq, kind, on_date, minor, seen_at, raw_id, withdrawn FROM balances AS b \
         WHERE organization_id = $1 AND account_id = $2 AND on_date >= $3 AND on_date <= $4 \
         AND seq = (SELECT MAX(n.seq) FROM balances AS n WHERE n.organization_id = $1 AND n.account_id = $2 \
                    AND n.on_date = b.on_date AND n.kind = b.kind) AND withdrawn = FALSE ORDER BY on_date, kind DESC";
    let args =
        [organization.to_string().into(), account.to_string().into(), from.to_string().into(), to.to_string().into()];
    tx.all(sql, &args).await?.iter().map(|row| balance(row, currency)).collect()
}

/// Appends assertions whose `seq` continue the account's counter.
pub async fn append(
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
    new: &[StoredBalance],
) -> Result<(), DbError> {
    let sql = "INSERT INTO balances (organization_id, account_id, seq, id, kind, on_date, minor, seen_at, raw_id, \
         withdrawn) SELECT $1, $2, CAST(r.value->>0 AS BIGINT), r.value->>1, r.value->>2, r.value->>3, \
         CAST(r.value->>4 AS BIGINT), CAST(r.value->>5 AS BIGINT), r.value->>6, r.value->>7 = '1' FROM json_each($3) AS r WHERE true";
    let values: Vec<_> = new
        .iter()
        .map(|b| {
            let kind = kind_word(b.kind).unwrap_or("closingBooked");
            let (amount, seen_at) = (b.amount.minor(), b.seen_at.as_microsecond());
            let (file, withdrawn) = (b.file.map(|file| file.to_string()), if b.withdrawn { "1" } else { "0" });
            json!([b.seq, b.id.to_string(), kind, b.on.to_string(), amount, seen_at, file, withdrawn])
        })
        .collect();
    tx.run(sql, &[organization.to_string().into(), account.to_string().into(), rows(&values)]).await.map(|_| ())
}

/// Notes that the bank's interface tells assertions that a file told first. Where they come from only: no change for any
/// reader.
pub async fn note_retold(
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
    seqs: &[i64],
) -> Result<(), DbError> {
    let sql = "UPDATE balances SET raw_id = NULL WHERE organization_id = $1 AND account_id = $2 \
         AND seq IN (SELECT CAST(r.value->>0 AS BIGINT) FROM json_each($3) AS r)";
    if !seqs.is_empty() {
        let values: Vec<_> = seqs.iter().map(|seq| json!([seq])).collect();
        tx.run(sql, &[organization.to_string().into(), account.to_string().into(), rows(&values)]).await?;
    }
    Ok(())
}

/// Every assertion of a window whose source stands, the bank's interface or a file that was not undone, oldest first.
pub async fn standing(
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
    currency: Currency,
    (from, to): (Date, Date),
) -> Result<Vec<StoredBalance>, DbError> {
    let sql = "SELECT id, seq, kind, on_date, minor, seen_at, raw_id, withdrawn FROM balances \
         WHERE organization_id = $1 AND account_id = $2 AND on_date >= $3 AND on_date <= $4 AND withdrawn = FALSE \
         AND (raw_id IS NULL OR raw_id IN (SELECT f.raw_id FROM statement_files AS f WHERE f.organization_id = $1 \
              AND f.account_id = $2 AND f.undone_at IS NULL)) ORDER BY seq";
    let args =
        [organization.to_string().into(), account.to_string().into(), from.to_string().into(), to.to_string().into()];
    tx.all(sql, &args).await?.iter().map(|row| balance(row, currency)).collect()
}

/// Up to `limit` assertions after a place, oldest first: how another program follows them.
pub async fn feed(
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
    currency: Currency,
    after: i64,
    limit: i64,
) -> Result<Vec<StoredBalance>, DbError> {
    let sql = "SELECT id, seq, kind, on_date, minor, seen_at, raw_id, withdrawn FROM balances \
         WHERE organization_id = $1 AND account_id = $2 AND seq > $3 ORDER BY seq LIMIT $4";
    let args = [organization.to_string().into(), account.to_string().into(), after.into(), limit.into()];
    tx.all(sql, &args).await?.iter().map(|row| balance(row, currency)).collect()
}

/// A page of an account's assertions, newest first, by the same cursor rules as transactions.
pub async fn page(
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
    currency: Currency,
    cursor: Cursor<BalanceId>,
    limit: i64,
) -> Result<Page<StoredBalance>, DbError> {
    let empty = Page { rows: vec![], has_newer: false, has_older: false };
    let (id, upward) = match cursor {
        Cursor::Newest => (None, false),
        Cursor::After(id) => (Some(id), false),
        Cursor::Before(id) => (Some(id), true),
    };
    let mut key = i64::MAX;
    if let Some(id) = id {
        let sql = "SELECT seq FROM balances WHERE organization_id = $1 AND id = $2 AND account_id = $3";
        let args = [organization.to_string().into(), id.to_string().into(), account.to_string().into()];
        let Some(row) = tx.optional(sql, &args).await? else { return Ok(empty) };
        key = row.int("seq")?;
    }
    let args: [Arg; 4] = [organization.to_string().into(), account.to_string().into(), key.into(), (limit + 1).into()];
    let sql = if upward {
        "SELECT id, seq, kind, on_date, minor, seen_at, raw_id, withdrawn FROM balances \
         WHERE organization_id = $1 AND account_id = $2 AND seq > $3 ORDER BY seq LIMIT $4"
    } else {
        "SELECT id, seq, kind, on_date, minor, seen_at, raw_id, withdrawn FROM balances \
         WHERE organization_id = $1 AND account_id = $2 AND seq < $3 ORDER BY seq DESC LIMIT $4"
    };
    let mut found: Vec<StoredBalance> =
        tx.all(sql, &args).await?.iter().map(|row| balance(row, currency)).collect::<Result<_, _>>()?;
    let more = found.len() as i64 > limit;
    found.truncate(usize::try_from(limit).unwrap_or(0));
    let continued = id.is_some() && !found.is_empty();
    if upward {
        found.reverse();
        return Ok(Page { rows: found, has_newer: more, has_older: continued });
    }
    Ok(Page { rows: found, has_newer: continued, has_older: more })
}
