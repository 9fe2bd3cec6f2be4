//! The JSON of NextGenPSD2 1.3 (Berlin Group, OpenAPI 1.3.11), account information part, as this bank writes it.

use domain::{Date, Money, PendingTransaction, StructuredReference, Transaction};
use serde::{Deserialize, Serialize};

/// `amount`: the decimal is a text, negative for debits.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Amount {
    currency: String,
    amount: String,
}

impl From<Money> for Amount {
    fn from(money: Money) -> Amount {
        Amount { currency: money.currency().code().to_owned(), amount: money.decimal() }
    }
}

/// `accountReference`.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AccountRef {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) iban: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) bban: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) masked_pan: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) other: Option<OtherRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) currency: Option<String>,
}

/// `otherType`.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct OtherRef {
    identification: String,
}

impl AccountRef {
    /// The field that suits a number: IBAN, BBAN or any other.
    pub(crate) fn of(number: &str) -> AccountRef {
        let number = number.to_owned();
        if domain::Iban::parse(&number).is_ok() {
            AccountRef { iban: Some(number), ..AccountRef::default() }
        } else if (1..=30).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            AccountRef { bban: Some(number), ..AccountRef::default() }
        } else {
            AccountRef { other: Some(OtherRef { identification: number }), ..AccountRef::default() }
        }
    }
}

/// `balance`.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BalanceItem {
    balance_amount: Amount,
    balance_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reference_date: Option<Date>,
}

impl BalanceItem {
    /// A balance of a type on a day.
    pub(crate) fn new(balance_type: &'static str, amount: Money, on: Option<Date>) -> BalanceItem {
        BalanceItem { balance_amount: amount.into(), balance_type, reference_date: on }
    }
}

/// `hrefType`.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Href {
    pub(crate) href: String,
}

/// `reportExchangeRate`.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct ExchangeRate {
    source_currency: String,
    exchange_rate: String,
    unit_currency: String,
    target_currency: String,
    quotation_date: Date,
}

/// `EntryDetailsElement`, of which only the original amount of a converted payment is used.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct EntryDetail {
    transaction_amount: Amount,
}

/// `remittanceInformationStructured`.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct StructuredRemittance {
    reference: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    reference_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reference_issuer: Option<&'static str>,
}

/// `transactions`: one movement, booked or pending.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Movement {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) transaction_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) entry_reference: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_to_end_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mandate_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    creditor_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    booking_date: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value_date: Option<Date>,
    transaction_amount: Option<Amount>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    currency_exchange: Vec<ExchangeRate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    creditor_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    creditor_account: Option<AccountRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    creditor_agent: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    debtor_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    debtor_account: Option<AccountRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    debtor_agent: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    remittance_information_unstructured: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    remittance_information_unstructured_array: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    remittance_information_structured: Option<StructuredRemittance>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    entry_details: Vec<EntryDetail>,
    #[serde(skip_serializing_if = "Option::is_none")]
    additional_information: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    purpose_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bank_transaction_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    proprietary_bank_transaction_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    balance_after_transaction: Option<BalanceItem>,
}

impl From<Transaction> for Movement {
    fn from(booked: Transaction) -> Movement {
        let booked_on = booked.booked_on;
        let balance_after = booked.details.balance_after;
        Movement {
            booking_date: Some(booked_on),
            value_date: booked.value_on,
            balance_after_transaction: balance_after
                .map(|amount| BalanceItem::new("interimBooked", amount, Some(booked_on))),
            ..movement(booked.amount, booked.details, booked_on)
        }
    }
}

impl From<PendingTransaction> for Movement {
    fn from(pending: PendingTransaction) -> Movement {
        let quoted_on = pending.value_on.or(pending.expected_on).unwrap_or(Date::MIN);
        Movement { value_date: pending.value_on, ..movement(pending.amount, pending.details, quoted_on) }
    }
}

/// What booked and pending movements have in common.
fn movement(amount: Money, details: domain::Details, quoted_on: Date) -> Movement {
    let is_debit = amount.is_debit();
    let original = details.original_amount;
    let exchange = original.zip(details.exchange_rate).map(|(original, exchange_rate)| ExchangeRate {
        source_currency: original.currency().code().to_owned(),
        exchange_rate,
        unit_currency: amount.currency().code().to_owned(),
        target_currency: amount.currency().code().to_owned(),
        quotation_date: quoted_on,
    });
    let (line, lines) = match details.remittance.len() {
        0 | 1 => (details.remittance.into_iter().next(), Vec::new()),
        _ => (None, details.remittance),
    };
    let mut movement = Movement {
        transaction_id: details.bank_id,
        entry_reference: details.entry_reference,
        end_to_end_id: details.end_to_end_id,
        mandate_id: details.mandate_id,
        creditor_id: details.creditor_id,
        transaction_amount: Some(amount.into()),
        currency_exchange: exchange.into_iter().collect(),
        remittance_information_unstructured: line,
        remittance_information_unstructured_array: lines,
        remittance_information_structured: details.structured.map(structured),
        entry_details: original.map(|amount| EntryDetail { transaction_amount: amount.into() }).into_iter().collect(),
        additional_information: details.additional_information,
        purpose_code: details.purpose_code,
        bank_transaction_code: details.bank_transaction_code,
        proprietary_bank_transaction_code: details.proprietary_code,
        ..Movement::default()
    };
    let other = details.counterparty;
    let other_account = other.account.as_deref().map(AccountRef::of);
    let card = details.card_reference.map(|pan| AccountRef { masked_pan: Some(pan), ..AccountRef::default() });
    // The account holder's side is left out, except for the card that was used.
    if is_debit {
        (movement.creditor_name, movement.creditor_account, movement.creditor_agent) =
            (other.name, other_account, other.bic);
        movement.debtor_account = card;
    } else {
        (movement.debtor_name, movement.debtor_account, movement.debtor_agent) = (other.name, other_account, other.bic);
        movement.creditor_account = card;
    }
    movement
}

fn structured(reference: StructuredReference) -> StructuredRemittance {
    let (reference_type, reference_issuer) = match &reference {
        StructuredReference::Ogm(_) => (Some("SCOR"), Some("BBA")),
        StructuredReference::Creditor(_) => (Some("SCOR"), Some("ISO")),
        StructuredReference::Qr(_) => (Some("QRR"), None),
        StructuredReference::Other(_) => (None, None),
    };
    StructuredRemittance { reference: reference.as_str().to_owned(), reference_type, reference_issuer }
}

/// `accountDetails`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AccountDetails {
    pub(crate) resource_id: String,
    #[serde(flatten)]
    pub(crate) number: AccountRef,
    pub(crate) currency: String,
    pub(crate) name: String,
    pub(crate) product: &'static str,
    pub(crate) cash_account_type: &'static str,
    pub(crate) status: &'static str,
    pub(crate) bic: &'static str,
    pub(crate) usage: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) owner_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) balances: Option<Vec<BalanceItem>>,
    #[serde(rename = "_links")]
    pub(crate) links: AccountLinks,
}

/// `_linksAccountDetails`: only what the consent covers.
#[derive(Debug, Serialize)]
pub(crate) struct AccountLinks {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) balances: Option<Href>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) transactions: Option<Href>,
}

/// `accountList`.
#[derive(Debug, Serialize)]
pub(crate) struct AccountList {
    pub(crate) accounts: Vec<AccountDetails>,
}

/// One account in an object of its own.
#[derive(Debug, Serialize)]
pub(crate) struct OneAccount {
    pub(crate) account: AccountDetails,
}

/// `readAccountBalanceResponse-200`.
#[derive(Debug, Serialize)]
pub(crate) struct BalanceReport {
    pub(crate) account: AccountRef,
    pub(crate) balances: Vec<BalanceItem>,
}

/// `transactionsResponse-200_json`.
#[derive(Debug, Serialize)]
pub(crate) struct TransactionReport {
    pub(crate) account: AccountRef,
    pub(crate) transactions: AccountReport,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) balances: Option<Vec<BalanceItem>>,
}

/// `accountReport`.
#[derive(Debug, Serialize)]
pub(crate) struct AccountReport {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) booked: Option<Vec<Movement>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) pending: Option<Vec<Movement>>,
    #[serde(rename = "_links")]
    pub(crate) links: ReportLinks,
}

/// `_linksAccountReport`.
#[derive(Debug, Serialize)]
pub(crate) struct ReportLinks {
    pub(crate) account: Href,
    pub(crate) first: Href,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) next: Option<Href>,
}

/// `consents`: the body of a request.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Consents {
    pub(crate) access: Access,
    pub(crate) recurring_indicator: bool,
    pub(crate) valid_until: Date,
    pub(crate) frequency_per_day: u32,
    /// Required by the standard; no payment follows here, so its value does not matter.
    #[serde(rename = "combinedServiceIndicator")]
    pub(crate) _combined_service_indicator: bool,
}

/// `accountAccess` of a request.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Access {
    pub(crate) accounts: Option<Vec<AskedRef>>,
    pub(crate) balances: Option<Vec<AskedRef>>,
    pub(crate) transactions: Option<Vec<AskedRef>>,
    pub(crate) available_accounts: Option<String>,
    pub(crate) available_accounts_with_balance: Option<String>,
    pub(crate) all_psd2: Option<String>,
}

/// `accountReference` of a request.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct AskedRef {
    pub(crate) iban: Option<String>,
    pub(crate) bban: Option<String>,
    pub(crate) currency: Option<String>,
}

/// `consentsResponse-201`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ConsentCreated {
    pub(crate) consent_status: &'static str,
    pub(crate) consent_id: String,
    #[serde(rename = "_links")]
    pub(crate) links: ConsentLinks,
}

/// `_linksConsents`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ConsentLinks {
    pub(crate) sca_redirect: Href,
    #[serde(rename = "self")]
    pub(crate) own: Href,
    pub(crate) status: Href,
}

/// `consentInformationResponse-200_json`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ConsentInformation {
    pub(crate) access: GrantedAccess,
    pub(crate) recurring_indicator: bool,
    pub(crate) valid_until: Date,
    pub(crate) frequency_per_day: u32,
    pub(crate) last_action_date: Date,
    pub(crate) consent_status: &'static str,
}

/// `accountAccess` of an answer: what the user granted so far.
#[derive(Debug, Serialize)]
pub(crate) struct GrantedAccess {
    pub(crate) accounts: Vec<AccountRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) balances: Option<Vec<AccountRef>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) transactions: Option<Vec<AccountRef>>,
}

/// `consentStatusResponse-200`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ConsentStatus {
    pub(crate) consent_status: &'static str,
}
