use domain::InstitutionId;
use serde::{Deserialize, Serialize};

use crate::{Kind, Moment, Nothing};

crate::described_words! {
    /// How mature a connection to a bank is.
    #[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
    #[serde(rename_all = "lowercase")]
    pub enum InstitutionStatus {
        /// For trying out.
        Experimental,
        /// Works, and feedback is being gathered on real customers.
        Beta,
        /// Works.
        #[default]
        Stable,
        /// A state that this version does not know.
        #[serde(untagged)]
        Other(String),
    }
}

crate::described_words! {
    /// Who is repairing what.
    #[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase")]
    pub enum MaintenanceType {
        /// The hub repairs the connection: no data can be read.
        Internal,
        /// The bank is down: what is stored can be read.
        FinancialInstitution,
        /// A kind that this version does not know.
        #[serde(untagged)]
        Other(String),
    }
}

crate::described! {
    /// A bank as a user picks it.
    #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase", default)]
    pub struct Institution {
        /// Its name.
        pub name: String,
        /// Maturity of the connection.
        pub status: InstitutionStatus,
        /// Whether another connection replaces it.
        pub deprecated: bool,
        /// ISO 3166-1, two letters.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub country: Option<String>,
        /// Business identifier code.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub bic: Option<String>,
        /// A picture.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub logo_url: Option<String>,
        /// `#rrggbb`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub primary_color: Option<String>,
        /// `#rrggbb`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub secondary_color: Option<String>,
        /// IANA name of the zone in which the bank keeps its days.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub time_zone: Option<String>,
        /// Start of the maintenance.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub maintenance_from: Option<Moment>,
        /// End of the maintenance.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub maintenance_to: Option<Moment>,
        /// Who is under maintenance.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub maintenance_type: Option<MaintenanceType>,
        /// Whether payments can be initiated.
        pub payments_enabled: bool,
        /// Which ones.
        pub payments_product_types: Vec<String>,
        /// Whether bulk payments can be initiated.
        pub bulk_payments_enabled: bool,
        /// Which ones.
        pub bulk_payments_product_types: Vec<String>,
        /// Whether periodic payments can be initiated.
        pub periodic_payments_enabled: bool,
        /// Which ones.
        pub periodic_payments_product_types: Vec<String>,
        /// Whether payments may have a later date.
        pub future_dated_payments_allowed: bool,
        /// Whether the bank tells announced movements.
        pub pending_transactions_available: bool,
        /// Days that an authorization lasts.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub expected_authorization_lifetime: Option<u32>,
        /// Brand under which several legal entities are shown.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub shared_brand_name: Option<String>,
        /// Key of that brand.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub shared_brand_reference: Option<String>,
        /// Ours: days of history that the bank gives on a first synchronization.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub history_days: Option<u32>,
    }
}

impl Kind for Institution {
    const TYPE: &'static str = "financialInstitution";
    type Id = InstitutionId;
    type Relationships = Nothing;
    type Meta = Nothing;
}
