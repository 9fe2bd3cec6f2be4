//! The figures of an account: balances, sums, counters and the day through which listings are complete. They are
//! written in the transaction that applies a listing, under the account's lock.

use db::{DbError, Tx};
use domain::{AccountId, Date, Money, OrganizationId, Timestamp};

use super::account::Account;

/// What one applied listing did to an account's figures.
pub struct Applied {
    /// The bank's balance at the beginning of our history from now on.
    pub opening: Option<(Date, Money)>,
    /// The bank's newest closing balance, when the listing came with one.
    pub closing: Option<(Date, Money)>,
    /// What can be spent, when told.
    pub available: Option<Money>,
    /// Change of the booked sum.
    pub booked_minor: i64,
    /// Change of the booked count.
    pub booked_count: i64,
    /// New highest position in the ingest order.
    pub last_seq: i64,
    /// New highest position in the change feed.
    pub last_change: i64,
    /// New highest position among the balances.
    pub last_balance: i64,
    /// Through which day this listing is complete, when it says so.
    pub listed_through: Option<Date>,
    /// When the bank told it.
    pub seen_at: Timestamp,
}

/// Writes what an applied listing changed. The account must be locked.
pub async fn apply(tx: &mut Tx, account: &Account, applied: &Applied) -> Result<(), DbError> {
    let opening = applied.opening;
    // An answer that was overtaken by a newer one must not turn the closing balance back.
    let newer = account.closing_seen_at.is_none_or(|seen_at| seen_at <= applied.seen_at);
    let closing = if newer { applied.closing.or(account.closing) } else { account.closing };
    let available = if newer { applied.available.or(account.available) } else { account.available };
    let moved = closing.map(|(_, money)| money) != account.closing.map(|(_, money)| money);
    let changed_at = if moved { Some(applied.seen_at) } else { account.current_changed_at };
    let seen_at = if newer && applied.closing.is_some() { Some(applied.seen_at) } else { account.closing_seen_at };
    let through = account.listed_through.max(applied.listed_through);
    let sql = "UPDATE accounts SET opening_on = $3, opening_minor = $4, closing_on = $5, closing_minor = $6, \
         closing_seen_at = $7, current_changed_at = $8, available_minor = $9, booked_minor = $10, \
         booked_count = $11, last_seq = $12, last_change = $13, last_balance = $14, \
         listed_through = $15 WHERE organization_id = $1 AND id = $2";
    let args = [
        account.organization.to_string().into(),
        account.id.to_string().into(),
        opening.map(|(day, _)| day.to_string()).into(),
        opening.map(|(_, money)| money.minor()).into(),
        closing.map(|(day, _)| day.to_string()).into(),
        closing.map(|(_, money)| money.minor()).into(),
        seen_at.map(Timestamp::as_microsecond).into(),
        changed_at.map(Timestamp::as_microsecond).into(),
        available.map(|money| money.minor()).into(),
        // Added here, because SQLite answers a sum that does not fit with a number that is none of ours.
        (account.booked.minor() + applied.booked_minor).into(),
        (account.booked_count + applied.booked_count).into(),
        applied.last_seq.into(),
        applied.last_change.into(),
        applied.last_balance.into(),
        through.map(|day| day.to_string()).into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// What a listing does that repeats the last one word for word: it is complete through a later day, and the closing
/// balance that it told (`told_at`) holds until now. The account must be locked.
pub async fn repeated(
    tx: &mut Tx,
    account: &Account,
    listed_through: Date,
    told_at: Timestamp,
    seen_at: Timestamp,
) -> Result<(), DbError> {
    let through = account.listed_through.map_or(listed_through, |day| day.max(listed_through));
    let sql = "UPDATE accounts SET listed_through = $3, \
         closing_seen_at = CASE WHEN closing_seen_at = $4 THEN $5 ELSE closing_seen_at END \
         WHERE organization_id = $1 AND id = $2";
    let args = [
        account.organization.to_string().into(),
        account.id.to_string().into(),
        through.to_string().into(),
        told_at.as_microsecond().into(),
        seen_at.as_microsecond().into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// From which day on the account is to be listed again, because days before the last listing have changed.
pub async fn relist_from(tx: &mut Tx, organization: OrganizationId, id: AccountId) -> Result<Option<Date>, DbError> {
    let sql = "SELECT relist_from FROM accounts WHERE organization_id = $1 AND id = $2";
    tx.one(sql, &[organization.to_string().into(), id.to_string().into()]).await?.optional_parse("relist_from")
}

/// Notes from which day on the account is to be listed again; `None` when nothing is.
pub async fn set_relist_from(
    tx: &mut Tx,
    organization: OrganizationId,
    id: AccountId,
    day: Option<Date>,
) -> Result<(), DbError> {
    let sql = "UPDATE accounts SET relist_from = $3 WHERE organization_id = $1 AND id = $2";
    let args = [organization.to_string().into(), id.to_string().into(), day.map(|day| day.to_string()).into()];
    tx.run(sql, &args).await.map(|_| ())
}

/// How many runs in a row the bank has failed an account.
pub async fn failures(tx: &mut Tx, organization: OrganizationId, id: AccountId) -> Result<i64, DbError> {
    let sql = "SELECT failures FROM accounts WHERE organization_id = $1 AND id = $2";
    tx.one(sql, &[organization.to_string().into(), id.to_string().into()]).await?.int("failures")
}

/// Notes the end of a synchronization: when it was good, how many failed in a row, and when the next unattended one is
/// due.
pub async fn synchronized(
    tx: &mut Tx,
    organization: OrganizationId,
    id: AccountId,
    succeeded_at: Option<Timestamp>,
    failures: i64,
    next_unattended_at: Timestamp,
) -> Result<(), DbError> {
    let sql = "UPDATE accounts SET synchronized_at = COALESCE($3, synchronized_at), next_unattended_at = $4, failures = $5 \
         WHERE organization_id = $1 AND id = $2 AND state = 'active'";
    let args = [
        organization.to_string().into(),
        id.to_string().into(),
        succeeded_at.map(Timestamp::as_microsecond).into(),
        next_unattended_at.as_microsecond().into(),
        failures.into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// Sets the available balance and, when the bank names it, nothing else.
pub async fn set_available(
    tx: &mut Tx,
    organization: OrganizationId,
    id: AccountId,
    available: Money,
) -> Result<(), DbError> {
    let sql = "UPDATE accounts SET available_minor = $3 WHERE organization_id = $1 AND id = $2";
    tx.run(sql, &[organization.to_string().into(), id.to_string().into(), available.minor().into()]).await.map(|_| ())
}

/// What undoing a file left of an account's figures.
pub struct Rewound {
    /// The bank's balance at the beginning of our history.
    pub opening: Option<(Date, Money)>,
    /// The bank's newest closing balance, and when it was told.
    pub closing: Option<(Date, Money, Timestamp)>,
    /// Change of the booked sum.
    pub booked_minor: i64,
    /// Change of the booked count.
    pub booked_count: i64,
    /// New highest position in the change feed.
    pub last_change: i64,
    /// New highest position among the balances.
    pub last_balance: i64,
}

/// Writes what undoing a file changed. The account must be locked.
pub async fn rewind(tx: &mut Tx, account: &Account, rewound: &Rewound) -> Result<(), DbError> {
    let sql = "UPDATE accounts SET opening_on = $3, opening_minor = $4, closing_on = $5, closing_minor = $6, \
         closing_seen_at = $7, booked_minor = $8, booked_count = $9, last_change = $10, \
         last_balance = $11 \
         WHERE organization_id = $1 AND id = $2";
    let args = [
        account.organization.to_string().into(),
        account.id.to_string().into(),
        rewound.opening.map(|(day, _)| day.to_string()).into(),
        rewound.opening.map(|(_, money)| money.minor()).into(),
        rewound.closing.map(|(day, _, _)| day.to_string()).into(),
        rewound.closing.map(|(_, money, _)| money.minor()).into(),
        rewound.closing.map(|(_, _, at)| at.as_microsecond()).into(),
        (account.booked.minor() + rewound.booked_minor).into(),
        (account.booked_count + rewound.booked_count).into(),
        rewound.last_change.into(),
        rewound.last_balance.into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}
