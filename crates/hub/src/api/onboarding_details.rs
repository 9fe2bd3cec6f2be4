//! `/onboarding-details`: what an application knows of a customer who is about to sign up.

use axum::Json;
use axum::extract::State;
use domain::{InstitutionId, OrganizationId};
use http::StatusCode;
use hub_api::{Doc, Nothing, OnboardingDetails, Resource};

use super::body::{Attributes, Sent, pointer};
use super::caller::Partner;
use super::error::ApiError;
use crate::SharedHub;
use crate::oauth::keep_onboarding_details;

/// Longest text that is kept.
const TEXT_MAX: usize = 200;

/// `POST /onboarding-details`.
pub(super) async fn create(
    State(hub): State<SharedHub>,
    partner: Partner,
    body: Sent<OnboardingDetails>,
) -> Result<(StatusCode, Json<Doc<Resource<OnboardingDetails>>>), ApiError> {
    let told = read(&body.attributes()?)?;
    let id = keep_onboarding_details(&hub, partner.application, &told).await?;
    Ok((StatusCode::CREATED, Json(Doc { data: Resource::new(id, told, Nothing {}) })))
}

fn read(attributes: &Attributes) -> Result<OnboardingDetails, ApiError> {
    let text = |name: &str| {
        let text = attributes.text(name)?;
        let long = text.as_ref().is_some_and(|text| text.chars().count() > TEXT_MAX);
        if long { Err(ApiError::field(&pointer(name), format!("At most {TEXT_MAX} characters."))) } else { Ok(text) }
    };
    let one_of = |name: &str, words: [&str; 2]| {
        let said = text(name)?;
        let wrong = said.as_deref().is_some_and(|said| !words.contains(&said));
        let [one, other] = words;
        if wrong { Err(ApiError::field(&pointer(name), format!("This is {one} or {other}."))) } else { Ok(said) }
    };
    let email = attributes.needed("email", "The customer's e-mail address is missing.")?;
    if email.chars().count() > TEXT_MAX || !email.contains('@') {
        return Err(ApiError::field(&pointer("email"), "This is not an e-mail address."));
    }
    let not_an_id = |name: &str| ApiError::field(&pointer(name), "This is not an id.");
    let institution = text("initialFinancialInstitutionId")?.map(|id| InstitutionId::parse(&id)).transpose();
    let organization = text("requestedOrganisationId")?.map(|id| OrganizationId::parse(&id)).transpose();
    Ok(OnboardingDetails {
        email,
        first_name: text("firstName")?,
        last_name: text("lastName")?,
        organization_name: text("organizationName")?,
        organization_type: one_of("organizationType", ["business", "personal"])?,
        enterprise_number: text("enterpriseNumber")?,
        vat_number: text("vatNumber")?,
        address_street_address: text("addressStreetAddress")?,
        address_postal_code: text("addressPostalCode")?,
        address_city: text("addressCity")?,
        address_country: text("addressCountry")?,
        phone_number: text("phoneNumber")?,
        initial_financial_institution_id: institution.map_err(|_| not_an_id("initialFinancialInstitutionId"))?,
        requested_organisation_id: organization.map_err(|_| not_an_id("requestedOrganisationId"))?,
        partner_reference: text("partnerReference")?,
        automatic_submission_on_completed_forms: attributes.switch("automaticSubmissionOnCompletedForms")?,
        skip_financial_institution_selection: attributes.switch("skipFinancialInstitutionSelection")?,
        preferred_otp_method: one_of("preferredOtpMethod", ["email", "sms"])?,
    })
}
