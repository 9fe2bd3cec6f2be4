use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Money, StructuredReference};

/// A booked movement as a bank tells it: final, with a date and an amount. It has no id of ours yet; the ids inside
/// [`Details`] are the bank's and are evidence only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transaction {
    /// The day the bank booked it.
    pub booked_on: Date,
    /// The day from which it counts for interest, when the bank says so.
    pub value_on: Option<Date>,
    /// Signed: credit to the account holder is positive.
    pub amount: Money,
    /// All the rest.
    pub details: Details,
}

/// A movement that the bank has announced but not booked: it may change, vanish or become booked, and never enters
/// the books.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingTransaction {
    /// The day the bank expects to book it.
    pub expected_on: Option<Date>,
    /// Value date, when told.
    pub value_on: Option<Date>,
    /// Signed: credit to the account holder is positive.
    pub amount: Money,
    /// All the rest.
    pub details: Details,
}

/// The other side of a movement.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Party {
    /// Name as the bank gives it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Account reference, an IBAN without blanks where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// BIC of the other side's bank.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bic: Option<String>,
}

/// What a bank tells of a movement besides date and amount. Absent is `None`, never an empty text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Details {
    /// The other side.
    pub counterparty: Party,
    /// Free communication, line by line as sent.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remittance: Vec<String>,
    /// Structured communication, kept apart from the free one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub structured: Option<StructuredReference>,
    /// ISO 20022 end-to-end identification, at most 35 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_to_end_id: Option<String>,
    /// SEPA direct debit mandate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mandate_id: Option<String>,
    /// SEPA creditor identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub creditor_id: Option<String>,
    /// ISO 20022 external purpose code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purpose_code: Option<String>,
    /// ISO 20022 bank transaction code, `PMNT-RCDT-ESCT`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bank_transaction_code: Option<String>,
    /// The bank's own or the scheme's transaction code, original kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proprietary_code: Option<String>,
    /// What the bank adds in prose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub additional_information: Option<String>,
    /// Card number, masked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub card_reference: Option<String>,
    /// The amount in its original currency, when the movement was converted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original_amount: Option<Money>,
    /// The exchange rate as the bank wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exchange_rate: Option<String>,
    /// Charges inside the movement, as information; never added to the amount again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fee: Option<Money>,
    /// The bank's id of the movement (`transactionId`, `AcctSvcrRef`): evidence, not identity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bank_id: Option<String>,
    /// The bank's entry reference (`entryReference`, `NtryRef`): evidence, not identity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry_reference: Option<String>,
    /// The booked balance right after this movement, when the bank gives it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub balance_after: Option<Money>,
}
