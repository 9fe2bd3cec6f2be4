//! What the operator charges since when, and through which month each organization is invoiced.

use db::{DbError, Tx};
use domain::{Date, OrganizationId, Timestamp};

use super::read;

/// Writes down the price of a month that holds since a day. One that changes twice on a day is the later one.
pub async fn set(tx: &mut Tx, since: Date, minor: i64) -> Result<(), DbError> {
    let sql = "INSERT INTO prices (since, minor) VALUES ($1, $2) ON CONFLICT (since) DO UPDATE SET minor = $2";
    tx.run(sql, &[since.to_string().into(), minor.into()]).await.map(|_| ())
}

/// The price that was written down last.
pub async fn last(tx: &mut Tx) -> Result<Option<i64>, DbError> {
    let row = tx.optional("SELECT minor FROM prices ORDER BY since DESC LIMIT 1", &[]).await?;
    row.map(|row| row.int("minor")).transpose()
}

/// The lowest price that held between two days; before the first that was written down, that first one.
pub async fn lowest(tx: &mut Tx, first: Date, last: Date) -> Result<Option<i64>, DbError> {
    let sql = "SELECT COALESCE((SELECT MIN(p.minor) FROM prices p WHERE p.since <= $2 AND p.since >= \
         COALESCE((SELECT MAX(e.since) FROM prices e WHERE e.since <= $1), '')), \
         (SELECT f.minor FROM prices f WHERE f.since = (SELECT MIN(since) FROM prices))) AS minor";
    let row = tx.one(sql, &[first.to_string().into(), last.to_string().into()]).await?;
    if row.is_null("minor")? { Ok(None) } else { row.int("minor").map(Some) }
}

/// The first day on which the operator is known to have charged or to have done the work of billing; none before the first.
pub async fn begun_on(tx: &mut Tx) -> Result<Option<Date>, DbError> {
    let sql =
        "SELECT MIN(day) AS day FROM (SELECT day FROM billing_days UNION ALL SELECT since AS day FROM prices) AS known";
    tx.one(sql, &[]).await?.optional_parse("day")
}

/// A page of the organizations that are not invoiced through a month, by id.
pub async fn behind(
    tx: &mut Tx,
    month: &str,
    after: Option<OrganizationId>,
    limit: i64,
) -> Result<Vec<OrganizationId>, DbError> {
    let sql = "SELECT o.organization_id FROM organizations o WHERE o.organization_id > $2 AND NOT EXISTS \
         (SELECT 1 FROM invoiced_through t WHERE t.organization_id = o.organization_id AND t.month >= $1) \
         ORDER BY o.organization_id LIMIT $3";
    let after = after.map(|id| id.to_string()).unwrap_or_default();
    let rows = tx.all(sql, &[month.into(), after.into(), limit.into()]).await?;
    rows.iter().map(|row| row.parse("organization_id")).collect()
}

/// The last month that an organization is invoiced for, with all before it.
pub async fn invoiced_through(tx: &mut Tx, organization: OrganizationId) -> Result<Option<String>, DbError> {
    let sql = "SELECT month FROM invoiced_through WHERE organization_id = $1";
    tx.optional(sql, &[organization.to_string().into()]).await?.map(|row| row.text("month")).transpose()
}

/// Notes that an organization is invoiced through a month.
pub async fn set_invoiced_through(tx: &mut Tx, organization: OrganizationId, month: &str) -> Result<(), DbError> {
    let sql = "INSERT INTO invoiced_through (organization_id, month) VALUES ($1, $2) \
         ON CONFLICT (organization_id) DO UPDATE SET month = $2";
    tx.run(sql, &[organization.to_string().into(), month.into()]).await.map(|_| ())
}

/// When software first read an account that an organization pays for: its own, or, of a maker of software, anybody's.
pub async fn first_use(tx: &mut Tx, organization: OrganizationId) -> Result<Option<Timestamp>, DbError> {
    let sql = "SELECT MIN(at) AS at FROM (\
         SELECT MIN(l.added_at) AS at FROM integration_accounts l WHERE l.organization_id = $1 UNION ALL \
         SELECT MIN(l.added_at) AS at FROM integration_accounts l \
         JOIN integrations i ON i.organization_id = l.organization_id AND i.id = l.integration_id \
         JOIN applications p ON p.id = i.application_id WHERE p.paid_by = $1) AS uses";
    read::optional_instant(&tx.one(sql, &[organization.to_string().into()]).await?, "at")
}

/// The first month in which an organization owes for one that was erased since.
pub async fn first_bequeathed(tx: &mut Tx, organization: OrganizationId) -> Result<Option<String>, DbError> {
    let sql = "SELECT MIN(month) AS month FROM brought_lines WHERE organization_id = $1";
    tx.one(sql, &[organization.to_string().into()]).await?.optional_text("month")
}
