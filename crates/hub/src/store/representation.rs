//! Mandates: a customer lets a representative, such as an accountant's office, see some of its accounts. A mandate
//! belongs to the customer; the link that asks for one belongs to the representative.

use db::{DbError, Row, Tx, rows};
use domain::{AccountId, IntegrationId, MandateId, OrganizationId, Timestamp};

use super::read;

/// A live mandate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mandate {
    /// The customer, who gave it.
    pub organization: OrganizationId,
    /// Ours.
    pub id: MandateId,
    /// Who represents.
    pub representative: OrganizationId,
    /// The customer's name.
    pub organization_name: String,
    /// The representative's name.
    pub representative_name: String,
    /// Since when.
    pub given_at: Timestamp,
}

/// A link that asks for a mandate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MandateLink {
    /// The representative, who asks.
    pub organization: OrganizationId,
    /// Ours.
    pub id: MandateId,
    /// Whom the representative means by it.
    pub label: String,
    /// Since when.
    pub created_at: Timestamp,
    /// Until when it works.
    pub expires_at: Timestamp,
}

/// Keeps a link.
pub async fn insert_link(tx: &mut Tx, link: &MandateLink, token_hash: &str) -> Result<(), DbError> {
    let sql = "INSERT INTO representation_links (organization_id, id, label, token_hash, created_at, expires_at) \
               VALUES ($1, $2, $3, $4, $5, $6)";
    let args = [
        link.organization.to_string().into(),
        link.id.to_string().into(),
        (&link.label).into(),
        token_hash.into(),
        link.created_at.as_microsecond().into(),
        link.expires_at.as_microsecond().into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// A link by the hash of its address, while it works.
pub async fn link(tx: &mut Tx, token_hash: &str, now: Timestamp) -> Result<Option<MandateLink>, DbError> {
    let sql = "SELECT organization_id, id, label, created_at, expires_at FROM representation_links \
               WHERE token_hash = $1 AND expires_at > $2";
    let row = tx.optional(sql, &[token_hash.into(), now.as_microsecond().into()]).await?;
    row.as_ref().map(link_of).transpose()
}

/// The open links of a representative, the newest in front.
pub async fn links(tx: &mut Tx, organization: OrganizationId, now: Timestamp) -> Result<Vec<MandateLink>, DbError> {
    let sql = "SELECT organization_id, id, label, created_at, expires_at FROM representation_links \
               WHERE organization_id = $1 AND expires_at > $2 ORDER BY created_at DESC, id";
    let args = [organization.to_string().into(), now.as_microsecond().into()];
    tx.all(sql, &args).await?.iter().map(link_of).collect()
}

/// Removes a link, because it was used or taken back; false when it is gone already.
pub async fn delete_link(tx: &mut Tx, organization: OrganizationId, id: MandateId) -> Result<bool, DbError> {
    let args = [organization.to_string().into(), id.to_string().into()];
    Ok(tx.run("DELETE FROM representation_links WHERE organization_id = $1 AND id = $2", &args).await? == 1)
}

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "SELECT m.organization_id, m.id, m.representative_id, o.name AS organization_name, \
             r.name AS representative_name, m.given_at FROM representations m \
             JOIN organizations o ON o.organization_id = m.organization_id \
             JOIN organizations r ON r.organization_id = m.representative_id WHERE m.ended_at IS NULL AND ",
            $tail
        )
    };
}

/// The mandates that a customer gave, the newest in front.
pub async fn given(tx: &mut Tx, organization: OrganizationId) -> Result<Vec<Mandate>, DbError> {
    let sql = select!("m.organization_id = $1 ORDER BY m.given_at DESC, m.id");
    tx.all(sql, &[organization.to_string().into()]).await?.iter().map(mandate).collect()
}

/// A mandate that a customer gave.
pub async fn given_one(tx: &mut Tx, organization: OrganizationId, id: MandateId) -> Result<Option<Mandate>, DbError> {
    let args = [organization.to_string().into(), id.to_string().into()];
    tx.optional(select!("m.organization_id = $1 AND m.id = $2"), &args).await?.as_ref().map(mandate).transpose()
}

/// The mandates that a representative holds, by the customers' names.
pub async fn received(tx: &mut Tx, representative: OrganizationId) -> Result<Vec<Mandate>, DbError> {
    let sql = select!("m.representative_id = $1 ORDER BY o.name, m.id");
    tx.all(sql, &[representative.to_string().into()]).await?.iter().map(mandate).collect()
}

/// A mandate that a representative holds.
pub async fn received_one(
    tx: &mut Tx,
    representative: OrganizationId,
    id: MandateId,
) -> Result<Option<Mandate>, DbError> {
    let args = [representative.to_string().into(), id.to_string().into()];
    tx.optional(select!("m.representative_id = $1 AND m.id = $2"), &args).await?.as_ref().map(mandate).transpose()
}

/// Opens a mandate, or finds the live one between the two.
pub async fn open(
    tx: &mut Tx,
    organization: OrganizationId,
    id: MandateId,
    representative: OrganizationId,
    at: Timestamp,
) -> Result<MandateId, DbError> {
    let sql = "INSERT INTO representations (organization_id, id, representative_id, given_at) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (organization_id, representative_id) WHERE ended_at IS NULL DO NOTHING";
    let pair = [organization.to_string(), representative.to_string()];
    let args = [(&pair[0]).into(), id.to_string().into(), (&pair[1]).into(), at.as_microsecond().into()];
    tx.run(sql, &args).await?;
    let sql =
        "SELECT id FROM representations WHERE organization_id = $1 AND representative_id = $2 AND ended_at IS NULL";
    tx.one(sql, &[(&pair[0]).into(), (&pair[1]).into()]).await?.parse("id")
}

/// Ends a mandate; false when it had ended before.
pub async fn end(tx: &mut Tx, organization: OrganizationId, id: MandateId, at: Timestamp) -> Result<bool, DbError> {
    let args = [organization.to_string().into(), id.to_string().into(), at.as_microsecond().into()];
    let sql = "UPDATE representations SET ended_at = $3 WHERE organization_id = $1 AND id = $2 AND ended_at IS NULL";
    Ok(tx.run(sql, &args).await? == 1)
}

/// The accounts that a mandate covers.
pub async fn accounts(tx: &mut Tx, organization: OrganizationId, id: MandateId) -> Result<Vec<AccountId>, DbError> {
    let sql = "SELECT account_id FROM representation_accounts WHERE organization_id = $1 AND mandate_id = $2";
    let args = [organization.to_string().into(), id.to_string().into()];
    tx.all(sql, &args).await?.iter().map(|row| row.parse("account_id")).collect()
}

/// Makes these the accounts of a mandate; those that are not linked accounts of the customer are left out.
pub async fn set_accounts(
    tx: &mut Tx,
    organization: OrganizationId,
    id: MandateId,
    accounts: &[AccountId],
    at: Timestamp,
) -> Result<(), DbError> {
    let pair = [organization.to_string(), id.to_string()];
    let sql = "DELETE FROM representation_accounts WHERE organization_id = $1 AND mandate_id = $2";
    tx.run(sql, &[(&pair[0]).into(), (&pair[1]).into()]).await?;
    let sql = "INSERT INTO representation_accounts (organization_id, mandate_id, account_id, added_at) \
               SELECT a.organization_id, $2, a.id, $4 FROM accounts a WHERE a.organization_id = $1 \
               AND a.state IN ('active', 'expired') AND a.id IN (SELECT r.value->>0 FROM json_each($3) AS r)";
    let list: Vec<_> = accounts.iter().map(|id| serde_json::json!([id.to_string()])).collect();
    let args = [(&pair[0]).into(), (&pair[1]).into(), rows(&list), at.as_microsecond().into()];
    tx.run(sql, &args).await.map(|_| ())
}

/// Notes that a representative made an integration under a mandate.
pub async fn add_integration(
    tx: &mut Tx,
    organization: OrganizationId,
    id: MandateId,
    integration: IntegrationId,
) -> Result<(), DbError> {
    let args = [organization.to_string().into(), id.to_string().into(), integration.to_string().into()];
    let sql =
        "INSERT INTO representation_integrations (organization_id, mandate_id, integration_id) VALUES ($1, $2, $3)";
    tx.run(sql, &args).await.map(|_| ())
}

/// The integrations that were made under a mandate.
pub async fn integrations(
    tx: &mut Tx,
    organization: OrganizationId,
    id: MandateId,
) -> Result<Vec<IntegrationId>, DbError> {
    let sql = "SELECT integration_id FROM representation_integrations WHERE organization_id = $1 AND mandate_id = $2";
    let args = [organization.to_string().into(), id.to_string().into()];
    tx.all(sql, &args).await?.iter().map(|row| row.parse("integration_id")).collect()
}

/// The representative for whom an integration reads, if any.
pub async fn representative_of(
    tx: &mut Tx,
    organization: OrganizationId,
    integration: IntegrationId,
) -> Result<Option<(OrganizationId, String)>, DbError> {
    let sql = "SELECT m.representative_id, r.name FROM representation_integrations i \
               JOIN representations m ON m.organization_id = i.organization_id AND m.id = i.mandate_id \
               JOIN organizations r ON r.organization_id = m.representative_id \
               WHERE i.organization_id = $1 AND i.integration_id = $2 AND m.ended_at IS NULL";
    let args = [organization.to_string().into(), integration.to_string().into()];
    let row = tx.optional(sql, &args).await?;
    row.map(|row| Ok((row.parse("representative_id")?, row.text("name")?))).transpose()
}

fn link_of(row: &Row) -> Result<MandateLink, DbError> {
    Ok(MandateLink {
        organization: row.parse("organization_id")?,
        id: row.parse("id")?,
        label: row.text("label")?,
        created_at: read::instant(row, "created_at")?,
        expires_at: read::instant(row, "expires_at")?,
    })
}

fn mandate(row: &Row) -> Result<Mandate, DbError> {
    Ok(Mandate {
        organization: row.parse("organization_id")?,
        id: row.parse("id")?,
        representative: row.parse("representative_id")?,
        organization_name: row.text("organization_name")?,
        representative_name: row.text("representative_name")?,
        given_at: read::instant(row, "given_at")?,
    })
}
