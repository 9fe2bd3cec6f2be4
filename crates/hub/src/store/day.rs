//! What an account's days come to: the sum of what was booked on each.

use db::{DbError, Tx};
use domain::{AccountId, Currency, Date, Money, OrganizationId};

/// What was booked on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Booked {
    /// The day.
    pub on: Date,
    /// The sum.
    pub sum: Money,
    /// How many movements.
    pub count: i64,
}

/// The days of a window on which something was booked, oldest first.
pub async fn booked(
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
    currency: Currency,
    window: (Date, Date),
) -> Result<Vec<Booked>, DbError> {
    let sql = "SELECT booked_on, CAST(SUM(minor) AS BIGINT) AS minor, COUNT(*) AS n FROM transactions \
         WHERE organization_id = $1 AND account_id = $2 AND state = 'booked' AND booked_on >= $3 AND booked_on <= $4 \
         GROUP BY booked_on ORDER BY booked_on";
    let args = [
        organization.to_string().into(),
        account.to_string().into(),
        window.0.to_string().into(),
        window.1.to_string().into(),
    ];
    let read = |row: &db::Row| {
        Ok(Booked { on: row.parse("booked_on")?, sum: Money::new(row.int("minor")?, currency), count: row.int("n")? })
    };
    tx.all(sql, &args).await?.iter().map(read).collect()
}

/// The sum of what is booked after a day, in minor units.
pub async fn sum_after(
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
    day: Date,
) -> Result<i64, DbError> {
    let sql = "SELECT CAST(COALESCE(SUM(minor), 0) AS BIGINT) AS minor FROM transactions \
         WHERE organization_id = $1 AND account_id = $2 AND state = 'booked' AND booked_on > $3";
    tx.one(sql, &[organization.to_string().into(), account.to_string().into(), day.to_string().into()])
        .await?
        .int("minor")
}

/// The first day on which anything is booked.
pub async fn first(tx: &mut Tx, organization: OrganizationId, account: AccountId) -> Result<Option<Date>, DbError> {
    let sql = "SELECT MIN(booked_on) AS day FROM transactions \
         WHERE organization_id = $1 AND account_id = $2 AND state = 'booked'";
    tx.one(sql, &[organization.to_string().into(), account.to_string().into()]).await?.optional_parse("day")
}
