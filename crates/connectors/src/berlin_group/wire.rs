//! The words of the specification (OpenAPI 1.3.11), as far as they are used. Everything a bank may leave out is
//! optional; single movements are kept as raw text so that one bad record cannot spoil its page.

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ConsentCreated {
    pub consent_id: String,
    #[serde(rename = "_links")]
    pub links: Links,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Consent {
    pub consent_status: String,
    pub valid_until: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Links {
    pub sca_redirect: Option<Link>,
    pub next: Option<Link>,
}

/// A link is an object with `href`; some banks send the bare text.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Link {
    Object { href: String },
    Bare(String),
}

impl Link {
    pub(super) fn href(self) -> String {
        match self {
            Link::Object { href } | Link::Bare(href) => href,
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Accounts<'a> {
    #[serde(borrow)]
    pub accounts: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Account {
    pub resource_id: Option<String>,
    pub iban: Option<String>,
    pub bban: Option<String>,
    pub msisdn: Option<String>,
    pub masked_pan: Option<String>,
    pub other: Option<Other>,
    pub currency: Option<String>,
    pub name: Option<String>,
    pub display_name: Option<String>,
    pub product: Option<String>,
    pub cash_account_type: Option<String>,
    pub owner_name: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Balances<'a> {
    #[serde(borrow, default)]
    pub balances: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Balance {
    pub balance_amount: Amount,
    pub balance_type: Option<String>,
    pub reference_date: Option<String>,
    pub last_change_date_time: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Report<'a> {
    #[serde(borrow)]
    pub transactions: Lists<'a>,
    #[serde(borrow, default)]
    pub balances: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
pub(super) struct Lists<'a> {
    #[serde(borrow, default)]
    pub booked: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    pub pending: Vec<&'a RawValue>,
    #[serde(rename = "_links", default)]
    pub links: Links,
}

#[derive(Deserialize)]
pub(super) struct Amount {
    pub amount: Value,
    pub currency: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Movement {
    pub transaction_id: Option<String>,
    pub entry_reference: Option<String>,
    pub end_to_end_id: Option<String>,
    pub mandate_id: Option<String>,
    pub creditor_id: Option<String>,
    pub booking_date: Option<String>,
    pub value_date: Option<String>,
    pub transaction_amount: Amount,
    #[serde(default)]
    pub currency_exchange: OneOrMany<Exchange>,
    pub creditor_name: Option<String>,
    pub creditor_account: Option<PartyAccount>,
    pub creditor_agent: Option<String>,
    pub ultimate_creditor: Option<String>,
    pub debtor_name: Option<String>,
    pub debtor_account: Option<PartyAccount>,
    pub debtor_agent: Option<String>,
    pub ultimate_debtor: Option<String>,
    pub remittance_information_unstructured: Option<String>,
    #[serde(default)]
    pub remittance_information_unstructured_array: Vec<String>,
    pub remittance_information_structured: Option<Structured>,
    #[serde(default)]
    pub remittance_information_structured_array: Vec<Structured>,
    pub additional_information: Option<String>,
    pub purpose_code: Option<String>,
    pub bank_transaction_code: Option<String>,
    pub proprietary_bank_transaction_code: Option<String>,
    pub balance_after_transaction: Option<Balance>,
}

/// A text until version 1.3.5, an object from 1.3.6.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Structured {
    Object { reference: String },
    Text(String),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PartyAccount {
    pub iban: Option<String>,
    pub bban: Option<String>,
    pub masked_pan: Option<String>,
    pub msisdn: Option<String>,
    pub other: Option<Other>,
}

/// A number of no kind that the standard names.
#[derive(Deserialize)]
pub(super) struct Other {
    pub identification: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Exchange {
    pub exchange_rate: Option<Value>,
    pub instructed_amount: Option<Amount>,
}

/// A list, or the single object that early versions send.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum OneOrMany<T> {
    Many(Vec<T>),
    One(T),
}

impl<T> Default for OneOrMany<T> {
    fn default() -> Self {
        OneOrMany::Many(Vec::new())
    }
}

impl<T> OneOrMany<T> {
    pub(super) fn first(self) -> Option<T> {
        match self {
            OneOrMany::Many(list) => list.into_iter().next(),
            OneOrMany::One(one) => Some(one),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Failure {
    #[serde(default)]
    pub tpp_messages: Vec<TppMessage>,
}

#[derive(Deserialize)]
pub(super) struct TppMessage {
    pub code: Option<String>,
    pub text: Option<String>,
}
