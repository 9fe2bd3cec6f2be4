use jiff::civil::Date;

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
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Party {
    /// Name as the bank gives it.
    pub name: Option<String>,
    /// Account reference, an IBAN without blanks where it is one.
    pub account: Option<String>,
    /// BIC of the other side's bank.
    pub bic: Option<String>,
}

/// What a bank tells of a movement besides date and amount. Absent is `None`, never an empty text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Details {
    /// The other side.
    pub counterparty: Party,
    /// Free communication, line by line as sent.
    pub remittance: Vec<String>,
    /// Structured communication, kept apart from the free one.
    pub structured: Option<StructuredReference>,
    /// ISO 20022 end-to-end identification, at most 35 characters.
    pub end_to_end_id: Option<String>,
    /// SEPA direct debit mandate.
    pub mandate_id: Option<String>,
    /// SEPA creditor identifier.
    pub creditor_id: Option<String>,
    /// ISO 20022 external purpose code.
    pub purpose_code: Option<String>,
    /// ISO 20022 bank transaction code, `PMNT-RCDT-ESCT`.
    pub bank_transaction_code: Option<String>,
    /// The bank's own or the scheme's transaction code, original kept.
    pub proprietary_code: Option<String>,
    /// What the bank adds in prose.
    pub additional_information: Option<String>,
    /// Card number, masked.
    pub card_reference: Option<String>,
    /// The amount in its original currency, when the movement was converted.
    pub original_amount: Option<Money>,
    /// The exchange rate as the bank wrote it.
    pub exchange_rate: Option<String>,
    /// Charges inside the movement, as information; never added to the amount again.
    pub fee: Option<Money>,
    /// The bank's id of the movement (`transactionId`, `AcctSvcrRef`): evidence, not identity.
    pub bank_id: Option<String>,
    /// The bank's entry reference (`entryReference`, `NtryRef`): evidence, not identity.
    pub entry_reference: Option<String>,
    /// The booked balance right after this movement, when the bank gives it.
    pub balance_after: Option<Money>,
}
