//! The stays of accounts in integrations, as somebody pays for them.

use db::{DbError, Row, Tx};
use domain::{AccountId, ApplicationId, OrganizationId, Timestamp};
use serde::{Deserialize, Serialize};

use super::integration::Stay;
use super::read;

/// A stay with its names.
#[derive(Debug, Clone)]
pub struct PaidStay {
    /// Whose account it is.
    pub organization: OrganizationId,
    /// What that organization is called.
    pub organization_name: String,
    /// The application.
    pub application: ApplicationId,
    /// What it is called.
    pub software: String,
    /// The organization that pays for all who use the application; each pays for itself when there is none.
    pub paid_by: Option<OrganizationId>,
    /// What people call the account.
    pub account_name: String,
    /// When it was inside.
    pub stay: Stay,
}

/// What one account in the integrations with one application comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The application.
    pub software: String,
    /// The account, as people know it.
    pub account: String,
    /// Days inside.
    pub days: i64,
    /// Days of the month.
    pub of_days: i64,
    /// Price of a whole month in minor units.
    pub price_minor: i64,
    /// What the days come to.
    pub net_minor: i64,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT l.organization_id, o.name AS organization_name, i.application_id, p.name AS software, p.paid_by, \
             l.account_id, a.name AS account_name, a.reference, l.added_at, l.removed_at FROM integration_accounts l \
             JOIN integrations i ON i.organization_id = l.organization_id AND i.id = l.integration_id \
             JOIN applications p ON p.id = i.application_id \
             JOIN accounts a ON a.organization_id = l.organization_id AND a.id = l.account_id \
             JOIN organizations o ON o.organization_id = l.organization_id \
             WHERE (l.removed_at IS NULL OR l.removed_at >= $2) AND l.added_at < $3 AND ",
            $rest
        )
    };
}

/// Every stay of an organization's own accounts that touches a time, whoever pays for it.
pub async fn own(
    tx: &mut Tx,
    organization: OrganizationId,
    (from, to): (Timestamp, Timestamp),
) -> Result<Vec<PaidStay>, DbError> {
    let sql = select!("l.organization_id = $1 ORDER BY p.name, l.account_id, l.added_at");
    let args = [organization.to_string().into(), from.as_microsecond().into(), to.as_microsecond().into()];
    tx.all(sql, &args).await?.iter().map(paid).collect()
}

/// Every stay that an organization pays for as the maker of an application: of anybody's accounts. It crosses
/// organizations on purpose: each of them consented to this application.
pub async fn as_payer(
    tx: &mut Tx,
    organization: OrganizationId,
    (from, to): (Timestamp, Timestamp),
) -> Result<Vec<PaidStay>, DbError> {
    let sql = select!("p.paid_by = $1 ORDER BY p.name, o.name, l.account_id, l.added_at");
    let args = [organization.to_string().into(), from.as_microsecond().into(), to.as_microsecond().into()];
    tx.all(sql, &args).await?.iter().map(paid).collect()
}

/// Writes down what an organization pays for the use of one that is being erased.
pub async fn bequeath(
    tx: &mut Tx,
    organization: OrganizationId,
    month: &str,
    erased: OrganizationId,
    lines: &[Line],
) -> Result<(), DbError> {
    let sql = "INSERT INTO brought_lines (organization_id, month, erased_id, lines) VALUES ($1, $2, $3, $4)";
    let lines = serde_json::to_string(lines).expect("lines hold only texts and integers");
    let args = [organization.to_string().into(), month.into(), erased.to_string().into(), lines.into()];
    tx.run(sql, &args).await.map(|_| ())
}

/// What an organization pays for those that were erased since.
pub async fn bequeathed(tx: &mut Tx, organization: OrganizationId, month: &str) -> Result<Vec<Line>, DbError> {
    let sql = "SELECT lines FROM brought_lines WHERE organization_id = $1 AND month = $2 ORDER BY erased_id";
    let rows = tx.all(sql, &[organization.to_string().into(), month.into()]).await?;
    let lines: Vec<Vec<Line>> = rows.iter().map(|row| read::json(row, "lines")).collect::<Result<_, DbError>>()?;
    Ok(lines.into_iter().flatten().collect())
}

/// Sets who pays for a certified application: one organization for all who use it, or each of them. Only while nobody
/// uses it nor did since an instant, because an application is one or the other; false when somebody does.
pub async fn set_payer(
    tx: &mut Tx,
    application: ApplicationId,
    payer: Option<OrganizationId>,
    since: Timestamp,
) -> Result<bool, DbError> {
    let sql = "UPDATE applications SET paid_by = $2 WHERE id = $1 AND organization_id IS NULL \
         AND NOT EXISTS (SELECT 1 FROM integrations i WHERE i.application_id = applications.id \
                         AND (i.revoked_at IS NULL OR i.revoked_at >= $3))";
    let args = [application.to_string().into(), payer.map(|id| id.to_string()).into(), since.as_microsecond().into()];
    Ok(tx.run(sql, &args).await? == 1)
}

/// The organization that pays for all who use an application; each for itself when there is none.
pub async fn payer(tx: &mut Tx, application: ApplicationId) -> Result<Option<OrganizationId>, DbError> {
    let row = tx.optional("SELECT paid_by FROM applications WHERE id = $1", &[application.to_string().into()]).await?;
    row.map_or(Ok(None), |row| row.optional_parse("paid_by"))
}

/// Whether an organization pays for an application, which others use or may begin to use.
pub async fn pays_for_others(tx: &mut Tx, organization: OrganizationId) -> Result<bool, DbError> {
    let sql = "SELECT id FROM applications WHERE paid_by = $1 LIMIT 1";
    Ok(tx.optional(sql, &[organization.to_string().into()]).await?.is_some())
}

fn paid(row: &Row) -> Result<PaidStay, DbError> {
    let account: AccountId = row.parse("account_id")?;
    let reference = row.text("reference")?;
    let end: String = reference.chars().skip(reference.chars().count().saturating_sub(4)).collect();
    let name = row.optional_text("account_name")?;
    Ok(PaidStay {
        organization: row.parse("organization_id")?,
        organization_name: row.text("organization_name")?,
        application: row.parse("application_id")?,
        software: row.text("software")?,
        paid_by: row.optional_parse("paid_by")?,
        account_name: name.map_or_else(|| reference.clone(), |name| format!("{name} …{end}")),
        stay: Stay {
            account,
            added_at: read::instant(row, "added_at")?,
            removed_at: read::optional_instant(row, "removed_at")?,
        },
    })
}
