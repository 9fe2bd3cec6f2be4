//! What an application told of the person who comes (`onboarding_details_id`), and what it is used for: filling forms
//! in, choosing an organization and a bank. It decides nothing and opens nothing.

use db::{DbError, Tx};
use domain::{ApplicationId, IntegrationId, OnboardingDetailsId, OrganizationId, ToSpan};
use hub_api::OnboardingDetails;

use super::redirect::with_params;
use crate::Hub;
use crate::store::token::ConsentRequest;
use crate::store::{integration, onboarding_details as store};

/// How long the person has to come, in minutes.
const WAITING_MINUTES: i64 = 5;
/// How long the details serve a person who came, in hours: as long as a link to sign up works.
const SERVING_HOURS: i64 = 24;

/// Keeps what an application tells.
pub(crate) async fn keep(
    hub: &Hub,
    application: ApplicationId,
    told: &OnboardingDetails,
) -> Result<OnboardingDetailsId, DbError> {
    let id = OnboardingDetailsId::new(&hub.environment);
    let now = hub.environment.now();
    let json = serde_json::to_string(told).expect("texts and switches are JSON");
    let life = (now, now + WAITING_MINUTES.minutes());
    db::write!(hub.db, tx => { store::insert(&mut tx, id, application, &json, life).await })?;
    Ok(id)
}

/// What the application told under an id, when it did not lapse. The first look keeps it for longer.
pub(super) async fn opened(
    hub: &Hub,
    application: ApplicationId,
    id: Option<&str>,
) -> Result<Option<(OnboardingDetailsId, OnboardingDetails)>, DbError> {
    let Some(id) = id.and_then(|id| OnboardingDetailsId::parse(id).ok()) else { return Ok(None) };
    let now = hub.environment.now();
    let Some(told) = store::get(&mut hub.db.read().await?, id, application, now).await? else { return Ok(None) };
    let until = now + SERVING_HOURS.hours();
    db::write!(hub.db, tx => { store::open(&mut tx, id, now, until).await })?;
    Ok(serde_json::from_str(&told).ok().map(|told| (id, told)))
}

/// What the application told of the person of a request.
pub(super) async fn of_request(
    tx: &mut Tx,
    hub: &Hub,
    request: &ConsentRequest,
) -> Result<Option<OnboardingDetails>, DbError> {
    let Some(id) = request.onboarding_details else { return Ok(None) };
    let told = store::get(tx, id, request.application_id, hub.environment.now()).await?;
    Ok(told.and_then(|told| serde_json::from_str(&told).ok()))
}

/// Writes the application's own name for the customer to the integration that its request opened.
pub(super) async fn name_customer(
    tx: &mut Tx,
    hub: &Hub,
    request: &ConsentRequest,
    organization: OrganizationId,
    opened: IntegrationId,
) -> Result<(), DbError> {
    let told = of_request(tx, hub, request).await?;
    match told.and_then(|told| told.partner_reference) {
        Some(name) => integration::set_partner_reference(tx, organization, opened, &name).await,
        None => Ok(()),
    }
}

/// The page for signing up, with the address filled in.
pub(super) fn sign_up(told: &OnboardingDetails, next: &str) -> String {
    with_params("/sign-up", &[("email", Some(told.email.as_str())), ("next", Some(next))])
}

/// The page for the first organization, filled in.
pub(super) fn new_organization(told: Option<&OnboardingDetails>, next: &str) -> String {
    let field = |field: fn(&OnboardingDetails) -> &Option<String>| told.and_then(|told| field(told).as_deref());
    let country = field(|told| &told.address_country).map(str::to_ascii_uppercase);
    let params = [
        ("name", field(|told| &told.organization_name)),
        ("kind", field(|told| &told.organization_type)),
        ("vat_number", field(|told| &told.vat_number)),
        ("street", field(|told| &told.address_street_address)),
        ("postal_code", field(|told| &told.address_postal_code)),
        ("city", field(|told| &told.address_city)),
        ("country", country.as_deref()),
        ("next", Some(next)),
    ];
    with_params("/app/organizations/new", &params)
}
