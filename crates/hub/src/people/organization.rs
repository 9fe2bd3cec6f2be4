//! Organizations, who works for them, and whom to bill.

use db::{DbError, Tx};
use domain::{OrganizationId, UserId};

use super::field::{Fields, Problem, country, email, needed, optional};
use super::{FieldError, Right, VatNumber};
use crate::Hub;
use crate::store::membership;
use crate::store::organization::{self as store, Address, Billing, Organization, OrganizationKind};

/// What a person types about an organization, not yet checked. Empty texts are absent.
#[derive(Debug, Clone, Default)]
pub struct OrganizationFields {
    /// `name`: needed.
    pub name: String,
    /// `kind`: `business` or `personal`.
    pub kind: String,
    /// `vat_number`: optional, checked for its country.
    pub vat_number: String,
    /// `street`: optional.
    pub street: String,
    /// `postal_code`: optional.
    pub postal_code: String,
    /// `city`: optional.
    pub city: String,
    /// `country`: two letters, needed.
    pub country: String,
}

/// What a person types about billing, not yet checked. Everything is needed.
#[derive(Debug, Clone, Default)]
pub struct BillingFields {
    /// `name`.
    pub name: String,
    /// `email`.
    pub email: String,
    /// `street`.
    pub street: String,
    /// `postal_code`.
    pub postal_code: String,
    /// `city`.
    pub city: String,
    /// `country`: two letters.
    pub country: String,
}

/// Why an organization or its billing information was not stored.
#[derive(Debug, thiserror::Error)]
pub enum OrganizationError {
    /// Something was typed wrongly.
    #[error("some fields are not right")]
    Invalid(Vec<FieldError>),
    /// The person does not work for such an organization.
    #[error("there is no such organization")]
    Unknown,
    /// The database.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// Makes an organization with this person as its first member.
pub async fn create_organization(
    hub: &Hub,
    member: UserId,
    fields: &OrganizationFields,
) -> Result<OrganizationId, OrganizationError> {
    let id = OrganizationId::new(&hub.environment);
    let organization = read_organization(hub, id, fields).map_err(OrganizationError::Invalid)?;
    db::write!(hub.db, tx => { store::insert(&mut tx, &organization, member).await })
        .map_err(OrganizationError::Database)?;
    Ok(id)
}

/// Replaces what describes an organization.
pub async fn update_organization(
    hub: &Hub,
    member: UserId,
    id: OrganizationId,
    fields: &OrganizationFields,
) -> Result<(), OrganizationError> {
    let organization = read_organization(hub, id, fields).map_err(OrganizationError::Invalid)?;
    db::write!(hub.db, tx => {
        store::get_for(&mut tx, id, member).await?.ok_or(OrganizationError::Unknown)?;
        store::update(&mut tx, &organization).await?;
        Ok::<_, OrganizationError>(())
    })
}

/// The organizations that a person works for, the one joined first in front.
pub async fn organizations(hub: &Hub, member: UserId) -> Result<Vec<Organization>, DbError> {
    store::list_for(&mut hub.db.read().await?, member).await
}

/// The organizations in which a person has a right.
pub async fn organizations_with(hub: &Hub, member: UserId, right: Right) -> Result<Vec<Organization>, DbError> {
    having(&mut hub.db.read().await?, member, right).await
}

/// The same in a transaction.
pub(crate) async fn having(tx: &mut Tx, member: UserId, right: Right) -> Result<Vec<Organization>, DbError> {
    let mut found = Vec::new();
    for organization in store::list_for(tx, member).await? {
        if membership::role(tx, organization.id, member).await?.is_some_and(|role| role.may(right)) {
            found.push(organization);
        }
    }
    Ok(found)
}

/// An organization, when this person works for it.
pub async fn organization(hub: &Hub, member: UserId, id: OrganizationId) -> Result<Option<Organization>, DbError> {
    store::get_for(&mut hub.db.read().await?, id, member).await
}

/// Sets whom to bill.
pub async fn set_billing(hub: &Hub, id: OrganizationId, fields: &BillingFields) -> Result<(), OrganizationError> {
    let billing = read_billing(fields).map_err(OrganizationError::Invalid)?;
    let now = hub.environment.now();
    db::write!(hub.db, tx => { store::set_billing(&mut tx, id, &billing, now).await })
        .map_err(OrganizationError::Database)
}

/// Whom to bill, once that is known.
pub async fn billing(hub: &Hub, id: OrganizationId) -> Result<Option<Billing>, DbError> {
    store::billing(&mut hub.db.read().await?, id).await
}

/// Whether billing information must be given before an account can be linked or read by software: it must where that
/// costs something. Statement files need none.
pub async fn billing_is_missing(hub: &Hub, id: OrganizationId) -> Result<bool, DbError> {
    if hub.settings.price_minor == 0 {
        return Ok(false);
    }
    Ok(billing(hub, id).await?.is_none())
}

fn read_organization(
    hub: &Hub,
    id: OrganizationId,
    typed: &OrganizationFields,
) -> Result<Organization, Vec<FieldError>> {
    let mut fields = Fields::default();
    let name = fields.read("name", needed(&typed.name, 120));
    let kind = fields.read("kind", typed.kind.parse::<OrganizationKind>().map_err(|_| Problem::NotAKind));
    let country = fields.read("country", country(&typed.country));
    let vat_number = match (typed.vat_number.trim(), &country) {
        ("", _) | (_, None) => None,
        (text, Some(country)) => {
            fields.read("vat_number", VatNumber::parse(text, country).map_err(Problem::Vat)).map(|n| n.to_string())
        }
    };
    let street = fields.read("street", optional(&typed.street, 120)).flatten();
    let postal_code = fields.read("postal_code", optional(&typed.postal_code, 16)).flatten();
    let city = fields.read("city", optional(&typed.city, 80)).flatten();
    let errors = fields.into_errors();
    match (name, kind, country) {
        (Some(name), Some(kind), Some(country)) if errors.is_empty() => {
            let address = Address { street, postal_code, city, country };
            Ok(Organization { id, name, kind, vat_number, address, created_at: hub.environment.now() })
        }
        _ => Err(errors),
    }
}

fn read_billing(typed: &BillingFields) -> Result<Billing, Vec<FieldError>> {
    let mut fields = Fields::default();
    let name = fields.read("name", needed(&typed.name, 120));
    let email = fields.read("email", email(&typed.email));
    let street = fields.read("street", needed(&typed.street, 120));
    let postal_code = fields.read("postal_code", needed(&typed.postal_code, 16));
    let city = fields.read("city", needed(&typed.city, 80));
    let country = fields.read("country", country(&typed.country));
    match (name, email, street, postal_code, city, country) {
        (Some(name), Some(email), Some(street), Some(postal_code), Some(city), Some(country)) => {
            Ok(Billing { name, email, street, postal_code, city, country })
        }
        _ => Err(fields.into_errors()),
    }
}
