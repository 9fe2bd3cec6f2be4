use domain::OrganizationId;
use serde::{Deserialize, Serialize};

crate::described! {
    /// The organization behind a token: a flat document, without `data`.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase")]
    pub struct Userinfo {
        /// The organization.
        pub sub: OrganizationId,
        /// Its name, when the token has the scope `name`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub name: Option<String>,
        /// Whether payments can be initiated.
        #[serde(default)]
        pub payments_activated: bool,
        /// Whether that was asked for.
        #[serde(default)]
        pub payments_activation_requested: bool,
        /// Whether payment requests can be made.
        #[serde(default)]
        pub payment_requests_activated: bool,
        /// Whether that was asked for.
        #[serde(default)]
        pub payment_requests_activation_requested: bool,
        /// Whether sign-up is finished.
        #[serde(default)]
        pub onboarding_complete: bool,
        /// Who acts for the organization.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub representative_organization_name: Option<String>,
        /// Who acts for the organization.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub representative_organization_id: Option<OrganizationId>,
    }
}
