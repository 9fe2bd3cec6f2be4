//! Which application may read which accounts of which organization, and since when. Rows are closed, never deleted:
//! what is billed is the days that a pair of account and integration was open.

use db::{DbError, Row, Tx, rows};
use domain::{AccountId, ApplicationId, InstitutionId, IntegrationId, OrganizationId, Timestamp};

use super::read;

/// The link of one application to one organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Integration {
    /// The organization.
    pub organization_id: OrganizationId,
    /// Ours.
    pub id: IntegrationId,
    /// The application.
    pub application_id: ApplicationId,
    /// The application's name.
    pub application_name: String,
    /// The application's OAuth client id.
    pub client_id: String,
    /// Whether the application belongs to this organization alone.
    pub custom: bool,
    /// The organization that pays for all who use the application; each for itself when there is none.
    pub paid_by: Option<OrganizationId>,
    /// What it may do, such as `ai name`.
    pub scope: String,
    /// Since when.
    pub created_at: Timestamp,
}

/// One account inside an integration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntegrationAccount {
    /// The organization.
    pub organization_id: OrganizationId,
    /// The integration.
    pub integration_id: IntegrationId,
    /// The account.
    pub account_id: AccountId,
    /// The account's institution.
    pub institution_id: InstitutionId,
    /// Since when.
    pub added_at: Timestamp,
    /// When the application last read it, to within an hour.
    pub last_accessed_at: Option<Timestamp>,
    /// How the application calls the organization.
    pub partner_reference: Option<String>,
}

/// The time that one account spent inside an integration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stay {
    /// The account.
    pub account: AccountId,
    /// Since when.
    pub added_at: Timestamp,
    /// Until when; absent while it is inside.
    pub removed_at: Option<Timestamp>,
}

/// How often a reading of an account is written down, in seconds: a row a read would make every read a write.
const ACCESS_NOTED_EVERY_S: i64 = 3600;

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "SELECT i.organization_id, i.id, i.application_id, i.scope, i.created_at, a.name, a.client_id, \
             a.organization_id AS owner, a.paid_by FROM integrations i JOIN applications a ON a.id = i.application_id ",
            $tail
        )
    };
}

macro_rules! select_accounts {
    ($tail:literal) => {
        concat!(
            "SELECT l.organization_id, l.integration_id, l.account_id, l.added_at, l.last_accessed_at, \
             a.institution_id, (SELECT p.partner_reference FROM integrations p WHERE \
             p.organization_id = l.organization_id AND p.id = l.integration_id) AS partner_reference \
             FROM integration_accounts l JOIN accounts a ON a.organization_id = l.organization_id \
             AND a.id = l.account_id AND a.state IN ('active', 'expired') ",
            $tail
        )
    };
}

/// The live integration of an application with an organization, opened when there is none; its scope becomes the
/// given one.
pub async fn open(
    tx: &mut Tx,
    id: IntegrationId,
    organization: OrganizationId,
    application: ApplicationId,
    scope: &str,
    at: Timestamp,
) -> Result<IntegrationId, DbError> {
    let sql = "INSERT INTO integrations (organization_id, id, application_id, scope, created_at) \
               VALUES ($1, $2, $3, $4, $5) \
               ON CONFLICT (organization_id, application_id) WHERE revoked_at IS NULL \
               DO UPDATE SET scope = excluded.scope RETURNING id";
    let args = [
        organization.to_string().into(),
        id.to_string().into(),
        application.to_string().into(),
        scope.into(),
        at.as_microsecond().into(),
    ];
    tx.one(sql, &args).await?.parse("id")
}

/// Writes down how the application of an integration calls its organization.
pub async fn set_partner_reference(
    tx: &mut Tx,
    organization: OrganizationId,
    id: IntegrationId,
    reference: &str,
) -> Result<(), DbError> {
    let sql = "UPDATE integrations SET partner_reference = $3 WHERE organization_id = $1 AND id = $2";
    let args = [organization.to_string().into(), id.to_string().into(), reference.into()];
    tx.run(sql, &args).await.map(|_| ())
}

/// Holds a live integration until the transaction ends, so that giving tokens out and taking them back wait for each
/// other; false when there is none.
pub async fn lock(tx: &mut Tx, organization: OrganizationId, id: IntegrationId) -> Result<bool, DbError> {
    let sql = "SELECT id FROM integrations WHERE organization_id = $1 AND id = $2 AND revoked_at IS NULL \
               /*for update*/";
    Ok(tx.optional(sql, &[organization.to_string().into(), id.to_string().into()]).await?.is_some())
}

/// A live integration.
pub async fn get(tx: &mut Tx, organization: OrganizationId, id: IntegrationId) -> Result<Option<Integration>, DbError> {
    let sql = select!("WHERE i.organization_id = $1 AND i.id = $2 AND i.revoked_at IS NULL");
    let row = tx.optional(sql, &[organization.to_string().into(), id.to_string().into()]).await?;
    row.as_ref().map(integration).transpose()
}

/// The live integration of an application with an organization.
pub async fn of_application(
    tx: &mut Tx,
    organization: OrganizationId,
    application: ApplicationId,
) -> Result<Option<Integration>, DbError> {
    let sql = select!("WHERE i.organization_id = $1 AND i.application_id = $2 AND i.revoked_at IS NULL");
    let row = tx.optional(sql, &[organization.to_string().into(), application.to_string().into()]).await?;
    row.as_ref().map(integration).transpose()
}

/// The live integrations of an organization, newest first.
pub async fn list(tx: &mut Tx, organization: OrganizationId) -> Result<Vec<Integration>, DbError> {
    let sql = select!("WHERE i.organization_id = $1 AND i.revoked_at IS NULL ORDER BY i.created_at DESC, i.id DESC");
    tx.all(sql, &[organization.to_string().into()]).await?.iter().map(integration).collect()
}

/// The accounts inside the live integrations of an organization; those that are unlinked are not counted.
pub async fn accounts(tx: &mut Tx, organization: OrganizationId) -> Result<Vec<IntegrationAccount>, DbError> {
    let sql =
        select_accounts!("WHERE l.organization_id = $1 AND l.removed_at IS NULL ORDER BY l.added_at, l.account_id");
    tx.all(sql, &[organization.to_string().into()]).await?.iter().map(integration_account).collect()
}

/// The accounts inside one integration.
pub async fn accounts_of(
    tx: &mut Tx,
    organization: OrganizationId,
    id: IntegrationId,
) -> Result<Vec<IntegrationAccount>, DbError> {
    let sql = select_accounts!(
        "WHERE l.organization_id = $1 AND l.integration_id = $2 AND l.removed_at IS NULL \
         ORDER BY l.added_at, l.account_id"
    );
    let args = [organization.to_string().into(), id.to_string().into()];
    tx.all(sql, &args).await?.iter().map(integration_account).collect()
}

/// The accounts of every organization that an application may read. The only list here that crosses organizations:
/// each of them consented to this application.
pub async fn accounts_of_application(
    tx: &mut Tx,
    application: ApplicationId,
) -> Result<Vec<IntegrationAccount>, DbError> {
    let sql = select_accounts!(
        "JOIN integrations i ON i.organization_id = l.organization_id AND i.id = l.integration_id \
         WHERE i.application_id = $1 AND i.revoked_at IS NULL AND l.removed_at IS NULL \
         ORDER BY l.added_at DESC, l.account_id DESC"
    );
    tx.all(sql, &[application.to_string().into()]).await?.iter().map(integration_account).collect()
}

/// An account inside a live integration; `None` when the application may not read it.
pub async fn account_of(
    tx: &mut Tx,
    organization: OrganizationId,
    id: IntegrationId,
    account: AccountId,
) -> Result<Option<IntegrationAccount>, DbError> {
    let sql = select_accounts!(
        "JOIN integrations i ON i.organization_id = l.organization_id AND i.id = l.integration_id \
         AND i.revoked_at IS NULL \
         WHERE l.organization_id = $1 AND l.integration_id = $2 AND l.account_id = $3 AND l.removed_at IS NULL"
    );
    let args = [organization.to_string().into(), id.to_string().into(), account.to_string().into()];
    tx.optional(sql, &args).await?.as_ref().map(integration_account).transpose()
}

/// Every stay of an organization's accounts in its integrations with an application, ended ones included; `None` when it
/// never had one.
pub async fn stays(
    tx: &mut Tx,
    organization: OrganizationId,
    application: ApplicationId,
) -> Result<Option<Vec<Stay>>, DbError> {
    let args = [organization.to_string().into(), application.to_string().into()];
    let any = "SELECT id FROM integrations WHERE organization_id = $1 AND application_id = $2 LIMIT 1";
    if tx.optional(any, &args).await?.is_none() {
        return Ok(None);
    }
    let sql = "SELECT l.account_id, l.added_at, l.removed_at FROM integration_accounts l JOIN integrations i \
               ON i.organization_id = l.organization_id AND i.id = l.integration_id \
               WHERE l.organization_id = $1 AND i.application_id = $2 ORDER BY l.added_at";
    let read = |row: &Row| {
        Ok(Stay {
            account: row.parse("account_id")?,
            added_at: read::instant(row, "added_at")?,
            removed_at: read::optional_instant(row, "removed_at")?,
        })
    };
    tx.all(sql, &args).await?.iter().map(read).collect::<Result<Vec<_>, DbError>>().map(Some)
}

/// Adds accounts to an integration and tells how many were new to it. Accounts that the organization does not have,
/// or has unlinked, are left out. One that left in this very microsecond comes back a microsecond later, so that its two
/// stays are two rows.
pub async fn add_accounts(
    tx: &mut Tx,
    organization: OrganizationId,
    id: IntegrationId,
    accounts: &[AccountId],
    at: Timestamp,
) -> Result<u64, DbError> {
    let sql = "INSERT INTO integration_accounts (organization_id, integration_id, account_id, added_at) \
               SELECT a.organization_id, $2, a.id, COALESCE((SELECT MAX(l.added_at) + 1 FROM integration_accounts l \
               WHERE l.organization_id = $1 AND l.integration_id = $2 AND l.account_id = a.id AND l.added_at >= $4), $4) \
               FROM accounts a WHERE a.organization_id = $1 AND a.state IN ('active', 'expired') \
               AND a.id IN (SELECT r.value->>0 FROM json_each($3) AS r) \
               ON CONFLICT (organization_id, integration_id, account_id) WHERE removed_at IS NULL DO NOTHING";
    let args = [organization.to_string().into(), id.to_string().into(), id_rows(accounts), at.as_microsecond().into()];
    tx.run(sql, &args).await
}

/// Takes every account out of an integration but these, and tells how many went.
pub async fn keep_accounts(
    tx: &mut Tx,
    organization: OrganizationId,
    id: IntegrationId,
    kept: &[AccountId],
    at: Timestamp,
) -> Result<u64, DbError> {
    let sql = "UPDATE integration_accounts SET removed_at = $4 WHERE organization_id = $1 AND integration_id = $2 \
               AND removed_at IS NULL AND account_id NOT IN (SELECT r.value->>0 FROM json_each($3) AS r)";
    let args = [organization.to_string().into(), id.to_string().into(), id_rows(kept), at.as_microsecond().into()];
    tx.run(sql, &args).await
}

/// Takes one account out of an integration; false when it was not in it.
pub async fn remove_account(
    tx: &mut Tx,
    organization: OrganizationId,
    id: IntegrationId,
    account: AccountId,
    at: Timestamp,
) -> Result<bool, DbError> {
    let sql = "UPDATE integration_accounts SET removed_at = $4 WHERE organization_id = $1 AND integration_id = $2 \
               AND account_id = $3 AND removed_at IS NULL";
    let args = [
        organization.to_string().into(),
        id.to_string().into(),
        account.to_string().into(),
        at.as_microsecond().into(),
    ];
    Ok(tx.run(sql, &args).await? == 1)
}

/// Takes an account out of every integration: what unlinking it at the hub means for software.
pub async fn remove_account_everywhere(
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
    at: Timestamp,
) -> Result<u64, DbError> {
    let sql = "UPDATE integration_accounts SET removed_at = $3 WHERE organization_id = $1 AND account_id = $2 \
               AND removed_at IS NULL";
    tx.run(sql, &[organization.to_string().into(), account.to_string().into(), at.as_microsecond().into()]).await
}

/// Ends an integration; false when it had ended before. Its accounts leave it; the organization keeps them.
pub async fn revoke(
    tx: &mut Tx,
    organization: OrganizationId,
    id: IntegrationId,
    at: Timestamp,
) -> Result<bool, DbError> {
    keep_accounts(tx, organization, id, &[], at).await?;
    let sql = "UPDATE integrations SET revoked_at = $3 WHERE organization_id = $1 AND id = $2 AND revoked_at IS NULL";
    Ok(tx.run(sql, &[organization.to_string().into(), id.to_string().into(), at.as_microsecond().into()]).await? == 1)
}

/// Whether the next reading of an account is to be written down with [`note_access`].
pub fn access_is_stale(account: &IntegrationAccount, now: Timestamp) -> bool {
    account.last_accessed_at.is_none_or(|at| now.as_second() - at.as_second() >= ACCESS_NOTED_EVERY_S)
}

/// Writes down that an application read an account.
pub async fn note_access(
    tx: &mut Tx,
    organization: OrganizationId,
    id: IntegrationId,
    account: AccountId,
    at: Timestamp,
) -> Result<(), DbError> {
    let sql = "UPDATE integration_accounts SET last_accessed_at = $4 WHERE organization_id = $1 \
               AND integration_id = $2 AND account_id = $3 AND removed_at IS NULL";
    let args = [
        organization.to_string().into(),
        id.to_string().into(),
        account.to_string().into(),
        at.as_microsecond().into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

fn id_rows(accounts: &[AccountId]) -> db::Arg {
    rows(&accounts.iter().map(|id| serde_json::json!([id.to_string()])).collect::<Vec<_>>())
}

fn integration(row: &Row) -> Result<Integration, DbError> {
    Ok(Integration {
        organization_id: row.parse("organization_id")?,
        id: row.parse("id")?,
        application_id: row.parse("application_id")?,
        application_name: row.text("name")?,
        client_id: row.text("client_id")?,
        custom: !row.is_null("owner")?,
        paid_by: row.optional_parse("paid_by")?,
        scope: row.text("scope")?,
        created_at: read::instant(row, "created_at")?,
    })
}

fn integration_account(row: &Row) -> Result<IntegrationAccount, DbError> {
    Ok(IntegrationAccount {
        organization_id: row.parse("organization_id")?,
        integration_id: row.parse("integration_id")?,
        account_id: row.parse("account_id")?,
        institution_id: row.parse("institution_id")?,
        added_at: read::instant(row, "added_at")?,
        last_accessed_at: read::optional_instant(row, "last_accessed_at")?,
        partner_reference: row.optional_text("partner_reference")?,
    })
}
