//! Which accounts were told about as coming to the end of their authorization, so that each stage is told once.

use db::{DbError, Tx};
use domain::{AccountId, AuthorizationId, Date, InstitutionId, OrganizationId, ToSpan};

/// An account whose authorization ends soon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expiring {
    /// Whose it is.
    pub organization: OrganizationId,
    /// The account.
    pub account: AccountId,
    /// Its institution.
    pub institution: InstitutionId,
    /// Its authorization.
    pub authorization: Option<AuthorizationId>,
    /// The last day of its authorization.
    pub expires_on: Date,
    /// The stage: at most so many days are left.
    pub days: i64,
}

/// Accounts that have come to a stage (30, 14, 7 days, 1 day or none left) that nobody was told of, nor of a later one.
pub async fn due(tx: &mut Tx, today: Date, limit: i64) -> Result<Vec<Expiring>, DbError> {
    let sql = "SELECT a.organization_id, a.id, a.institution_id, a.authorization_id, a.expires_on, \
               CAST(CASE WHEN a.expires_on <= $6 THEN 0 WHEN a.expires_on <= $1 THEN 1 \
               WHEN a.expires_on <= $2 THEN 7 WHEN a.expires_on <= $3 THEN 14 ELSE 30 END AS BIGINT) AS days \
               FROM accounts a WHERE a.state = 'active' AND a.expires_on <= $4 AND NOT EXISTS (SELECT 1 \
               FROM expiry_notices n WHERE n.organization_id = a.organization_id AND n.account_id = a.id \
               AND n.expires_on = a.expires_on AND n.days <= CASE WHEN a.expires_on <= $6 THEN 0 WHEN a.expires_on <= $1 THEN 1 \
               WHEN a.expires_on <= $2 THEN 7 WHEN a.expires_on <= $3 THEN 14 ELSE 30 END) \
               ORDER BY a.expires_on, a.organization_id, a.id LIMIT $5";
    let within = |days: i64| today.saturating_add(days.days()).to_string();
    let args =
        [within(1).into(), within(7).into(), within(14).into(), within(30).into(), limit.into(), within(0).into()];
    let read = |row: &db::Row| {
        Ok(Expiring {
            organization: row.parse("organization_id")?,
            account: row.parse("id")?,
            institution: row.parse("institution_id")?,
            authorization: row.optional_parse("authorization_id")?,
            expires_on: row.parse("expires_on")?,
            days: row.int("days")?,
        })
    };
    tx.all(sql, &args).await?.iter().map(read).collect()
}

/// Writes down that a stage was told. False when another process was first.
pub async fn note(tx: &mut Tx, told: &Expiring) -> Result<bool, DbError> {
    let sql = "INSERT INTO expiry_notices (organization_id, account_id, expires_on, days) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (organization_id, account_id, expires_on, days) DO NOTHING";
    let args = [
        told.organization.to_string().into(),
        told.account.to_string().into(),
        told.expires_on.to_string().into(),
        told.days.into(),
    ];
    Ok(tx.run(sql, &args).await? == 1)
}
