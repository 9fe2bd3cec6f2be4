use domain::{AccountId, InstitutionId, OrganizationId, PendingTransactionId, TransactionId};
use serde::{Deserialize, Serialize};

use crate::{Decimal, Kind, Moment, Nothing, Relation, Resource, Synchronization};

crate::described! {
    /// An account as an integration sees it. Balances are the bank's, never computed.
    #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase", default)]
    pub struct Account {
        /// `checking`, `savings`, `securities`, `card` or `psp`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub subtype: Option<String>,
        /// The account's number, an IBAN without blanks where it is one. What clients match on.
        pub reference: String,
        /// `IBAN`, `BBAN`, `email`, `PAN`, `MASKEDPAN` or `MSISDN`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub reference_type: Option<String>,
        /// The bank's own id of the account.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub internal_reference: Option<String>,
        /// ISO 4217.
        pub currency: String,
        /// The account's name.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub description: Option<String>,
        /// The bank's name of the product.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub product: Option<String>,
        /// Who holds it.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub holder_name: Option<String>,
        /// Whether its institution has been replaced by another one.
        pub deprecated: bool,
        /// Booked balance, as the bank last told.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub current_balance: Option<Decimal>,
        /// When the bank says it last changed.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub current_balance_changed_at: Option<Moment>,
        /// The day it holds for.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub current_balance_reference_date: Option<Moment>,
        /// When the hub saw it move.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub current_balance_variation_observed_at: Option<Moment>,
        /// What can be spent, as the bank last told.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub available_balance: Option<Decimal>,
        /// When the bank says it last changed.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub available_balance_changed_at: Option<Moment>,
        /// The day it holds for.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub available_balance_reference_date: Option<Moment>,
        /// When the hub saw it move.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub available_balance_variation_observed_at: Option<Moment>,
        /// When its holder last authorised it.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub authorized_at: Option<Moment>,
        /// When that authorization is expected to end; a bank may end it earlier.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub authorization_expiration_expected_at: Option<Moment>,
    }
}

impl Kind for Account {
    const TYPE: &'static str = "account";
    type Id = AccountId;
    type Relationships = AccountRelationships;
    type Meta = AccountMeta;
}

crate::described! {
    /// Where an account's transactions and its institution are.
    #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase", default)]
    pub struct AccountRelationships {
        /// Booked movements.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub transactions: Option<Relation<TransactionId>>,
        /// Announced movements.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub pending_transactions: Option<Relation<PendingTransactionId>>,
        /// The bank.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub financial_institution: Option<Relation<InstitutionId>>,
    }
}

crate::described! {
    /// How fresh an account is.
    #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase", default)]
    pub struct AccountMeta {
        /// When it was last synchronized with its bank.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub synchronized_at: Option<Moment>,
        /// `available`, or why not.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub availability: Option<String>,
        /// The latest synchronization with its errors. A hub always sends it, because clients read into it unasked.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub latest_synchronization: Option<Resource<Synchronization>>,
    }
}

crate::described! {
    /// An account of any customer of an application, as the application's own token sees it.
    #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase", default)]
    pub struct IntegrationAccount {
        /// When the account came into the integration.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub created_at: Option<Moment>,
        /// When the application last read it.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub last_accessed_at: Option<Moment>,
        /// The application's own mark of its customer.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub partner_reference: Option<String>,
    }
}

impl Kind for IntegrationAccount {
    const TYPE: &'static str = "integrationAccount";
    type Id = AccountId;
    type Relationships = IntegrationAccountRelationships;
    type Meta = Nothing;
}

crate::described! {
    /// What an integration account belongs to.
    #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase", default)]
    pub struct IntegrationAccountRelationships {
        /// The account.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub account: Option<Relation<AccountId>>,
        /// The bank.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub financial_institution: Option<Relation<InstitutionId>>,
        /// The customer.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub organization: Option<Relation<OrganizationId>>,
    }
}
