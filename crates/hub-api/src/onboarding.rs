use domain::{InstitutionId, OnboardingDetailsId, OrganizationId};
use serde::{Deserialize, Serialize};

use crate::{Kind, Nothing};

crate::described! {
    /// What an application knows of a customer who is about to sign up, so that nobody types it twice. The same fields
    /// are sent and answered.
    #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase")]
    pub struct OnboardingDetails {
        /// The address that the customer signs up with.
        pub email: String,
        /// First name. Kept for the answer; a login here has no name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub first_name: Option<String>,
        /// Last name. Kept for the answer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub last_name: Option<String>,
        /// Name of the organization.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub organization_name: Option<String>,
        /// `business` or `personal`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub organization_type: Option<String>,
        /// Number in the register of companies. Kept for the answer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub enterprise_number: Option<String>,
        /// VAT number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub vat_number: Option<String>,
        /// Street and number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub address_street_address: Option<String>,
        /// Postal code.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub address_postal_code: Option<String>,
        /// City.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub address_city: Option<String>,
        /// ISO 3166 alpha-2.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub address_country: Option<String>,
        /// Phone number. Kept for the answer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub phone_number: Option<String>,
        /// The bank to begin with.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub initial_financial_institution_id: Option<InstitutionId>,
        /// The organization to choose, where the person works for it. Spelled so by Ponto.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub requested_organisation_id: Option<OrganizationId>,
        /// How the application calls this customer; comes back with its integration accounts.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub partner_reference: Option<String>,
        /// Whether complete forms are sent by themselves. Kept for the answer: here a person sends them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub automatic_submission_on_completed_forms: Option<bool>,
        /// Whether the list of banks is left out when accounts are linked already.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub skip_financial_institution_selection: Option<bool>,
        /// `email` or `sms`. Kept for the answer: the link goes by mail.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub preferred_otp_method: Option<String>,
    }
}

impl Kind for OnboardingDetails {
    const TYPE: &'static str = "onboardingDetails";
    type Id = OnboardingDetailsId;
    type Relationships = Nothing;
    type Meta = Nothing;
}
