//! Companies and persons that own accounts, who works for them, and whom to bill.

use db::{Arg, DbError, Row, Tx};
use domain::{OrganizationId, Timestamp, UserId};

use super::read;

/// A company or a person in a private capacity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OrganizationKind {
    /// A company, an association, a self-employed person.
    Business,
    /// A person's own accounts.
    Personal,
}

impl OrganizationKind {
    /// The word in the database, the API and forms.
    pub const fn code(self) -> &'static str {
        match self {
            OrganizationKind::Business => "business",
            OrganizationKind::Personal => "personal",
        }
    }
}

impl std::str::FromStr for OrganizationKind {
    type Err = String;

    fn from_str(text: &str) -> Result<OrganizationKind, String> {
        match text {
            "business" => Ok(OrganizationKind::Business),
            "personal" => Ok(OrganizationKind::Personal),
            _ => Err(format!("'{text}' is neither business nor personal")),
        }
    }
}

/// Where somebody is. Parts that are not known are absent; the country always is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Street and number.
    pub street: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// City.
    pub city: Option<String>,
    /// ISO 3166-1, two capital letters.
    pub country: String,
}

/// A company or person that owns accounts in the hub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// Ours.
    pub id: OrganizationId,
    /// As its members wrote it.
    pub name: String,
    /// Company or person.
    pub kind: OrganizationKind,
    /// Checked, with its country in front and no separators.
    pub vat_number: Option<String>,
    /// Where it is.
    pub address: Address,
    /// Since when.
    pub created_at: Timestamp,
}

/// Whom an invoice goes to. Every part is known: an invoice without one is not valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Billing {
    /// Name on the invoice.
    pub name: String,
    /// Where it is sent.
    pub email: String,
    /// Street and number.
    pub street: String,
    /// Postal code.
    pub postal_code: String,
    /// City.
    pub city: String,
    /// ISO 3166-1, two capital letters.
    pub country: String,
}

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "SELECT o.organization_id, o.name, o.kind, o.vat_number, o.street, o.postal_code, o.city, o.country, \
             o.created_at FROM organizations o ",
            $tail
        )
    };
}

/// Adds an organization with its first member.
pub async fn insert(tx: &mut Tx, organization: &Organization, member: UserId) -> Result<(), DbError> {
    let sql = "INSERT INTO organizations (organization_id, name, kind, vat_number, street, postal_code, city, country, \
               created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let mut args = described(organization).to_vec();
    args.push(organization.created_at.as_microsecond().into());
    tx.run(sql, &args).await?;
    let sql = "INSERT INTO memberships (organization_id, user_id, since) VALUES ($1, $2, $3)";
    let args = [
        organization.id.to_string().into(),
        member.to_string().into(),
        organization.created_at.as_microsecond().into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// Replaces all that describes an organization.
pub async fn update(tx: &mut Tx, organization: &Organization) -> Result<(), DbError> {
    let sql = "UPDATE organizations SET name = $2, kind = $3, vat_number = $4, street = $5, postal_code = $6, \
               city = $7, country = $8 WHERE organization_id = $1";
    tx.run(sql, &described(organization)).await.map(|_| ())
}

/// An organization by id.
pub async fn get(tx: &mut Tx, id: OrganizationId) -> Result<Option<Organization>, DbError> {
    let row = tx.optional(select!("WHERE o.organization_id = $1"), &[id.to_string().into()]).await?;
    row.as_ref().map(organization).transpose()
}

/// An organization, when this person works for it.
pub async fn get_for(tx: &mut Tx, id: OrganizationId, member: UserId) -> Result<Option<Organization>, DbError> {
    let sql = select!(
        "JOIN memberships m ON m.organization_id = o.organization_id AND m.user_id = $2 WHERE o.organization_id = $1"
    );
    let row = tx.optional(sql, &[id.to_string().into(), member.to_string().into()]).await?;
    row.as_ref().map(organization).transpose()
}

/// The organizations that a person works for, the one joined first in front.
pub async fn list_for(tx: &mut Tx, member: UserId) -> Result<Vec<Organization>, DbError> {
    let sql = select!(
        "JOIN memberships m ON m.organization_id = o.organization_id WHERE m.user_id = $1 \
         ORDER BY m.since, o.organization_id"
    );
    tx.all(sql, &[member.to_string().into()]).await?.iter().map(organization).collect()
}

/// Every organization, in pages of their ids: the operator's view.
pub async fn page(tx: &mut Tx, after: Option<OrganizationId>, limit: i64) -> Result<Vec<OrganizationId>, DbError> {
    let sql = "SELECT organization_id FROM organizations WHERE organization_id > $1 ORDER BY organization_id LIMIT $2";
    let after = after.map(|id| id.to_string()).unwrap_or_default();
    tx.all(sql, &[after.into(), limit.into()]).await?.iter().map(|row| row.parse("organization_id")).collect()
}

/// Sets whom to bill.
pub async fn set_billing(tx: &mut Tx, id: OrganizationId, billing: &Billing, at: Timestamp) -> Result<(), DbError> {
    let sql = "INSERT INTO billing_details (organization_id, name, email, street, postal_code, city, country, \
               updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
               ON CONFLICT (organization_id) DO UPDATE SET name = excluded.name, email = excluded.email, \
               street = excluded.street, postal_code = excluded.postal_code, city = excluded.city, \
               country = excluded.country, updated_at = excluded.updated_at";
    let args = [
        id.to_string().into(),
        (&billing.name).into(),
        (&billing.email).into(),
        (&billing.street).into(),
        (&billing.postal_code).into(),
        (&billing.city).into(),
        (&billing.country).into(),
        at.as_microsecond().into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// Whom to bill, once that is known.
pub async fn billing(tx: &mut Tx, id: OrganizationId) -> Result<Option<Billing>, DbError> {
    let sql = "SELECT name, email, street, postal_code, city, country FROM billing_details WHERE organization_id = $1";
    let row = tx.optional(sql, &[id.to_string().into()]).await?;
    row.map(|row| {
        Ok(Billing {
            name: row.text("name")?,
            email: row.text("email")?,
            street: row.text("street")?,
            postal_code: row.text("postal_code")?,
            city: row.text("city")?,
            country: row.text("country")?,
        })
    })
    .transpose()
}

fn described(organization: &Organization) -> [Arg; 8] {
    let address = &organization.address;
    [
        organization.id.to_string().into(),
        (&organization.name).into(),
        organization.kind.code().into(),
        organization.vat_number.clone().into(),
        address.street.clone().into(),
        address.postal_code.clone().into(),
        address.city.clone().into(),
        (&address.country).into(),
    ]
}

fn organization(row: &Row) -> Result<Organization, DbError> {
    Ok(Organization {
        id: row.parse("organization_id")?,
        name: row.text("name")?,
        kind: row.parse("kind")?,
        vat_number: row.optional_text("vat_number")?,
        address: Address {
            street: row.optional_text("street")?,
            postal_code: row.optional_text("postal_code")?,
            city: row.optional_text("city")?,
            country: row.text("country")?,
        },
        created_at: read::instant(row, "created_at")?,
    })
}
