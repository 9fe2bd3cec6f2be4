use domain::{AccountId, Details, PendingTransactionId, StructuredReference, TransactionId};
use serde::{Deserialize, Serialize};

use crate::{Day, Decimal, Kind, Moment, Nothing, Relation};

crate::described_words! {
    /// Whether a communication follows a scheme with check digits.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "lowercase")]
    pub enum RemittanceType {
        /// It does; the reference stands alone.
        Structured,
        /// Free text; lines are separated by a line feed.
        Unstructured,
    }
}

crate::described! {
    /// Where a movement belongs.
    #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
    #[serde(default)]
    pub struct MovementRelationships {
        /// Its account.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub account: Option<Relation<AccountId>>,
    }
}

macro_rules! movements {
    ($($(#[$doc:meta])* $name:ident $id:ident $kind:literal [$(#[$day_attr:meta])*] $day:ty;)*) => {$(
        crate::described! {
            $(#[$doc])*
            #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
            #[serde(rename_all = "camelCase")]
            pub struct $name {
                /// Signed: credit to the account holder is positive.
                pub amount: Decimal,
                /// ISO 4217.
                pub currency: String,
                /// The day the bank booked it, or expects to.
                $(#[$day_attr])*
                pub execution_date: $day,
                /// The day from which it counts for interest.
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub value_date: Option<Day>,
                /// The bank's label.
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub description: Option<String>,
                /// The communication. Left out, never null, when there is none.
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub remittance_information: Option<String>,
                /// What kind of communication.
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub remittance_information_type: Option<RemittanceType>,
                /// Name of the other side.
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub counterpart_name: Option<String>,
                /// Account of the other side.
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub counterpart_reference: Option<String>,
                /// ISO 20022 end-to-end identification.
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub end_to_end_id: Option<String>,
                /// ISO 20022 purpose code.
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub purpose_code: Option<String>,
                /// SEPA direct debit mandate.
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub mandate_id: Option<String>,
                /// SEPA creditor identifier.
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub creditor_id: Option<String>,
                /// ISO 20022 bank transaction code.
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub bank_transaction_code: Option<String>,
                /// The bank's own code.
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub proprietary_bank_transaction_code: Option<String>,
                /// What the bank adds in prose.
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub additional_information: Option<String>,
                /// The bank's own id.
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub internal_reference: Option<String>,
                /// SHA-256 of what the bank sent. Not unique: two payments may be identical.
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub digest: Option<String>,
                /// Charges withheld inside the amount, as information.
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub fee: Option<Decimal>,
                /// Card number.
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub card_reference: Option<String>,
                /// `PAN` or `MASKEDPAN`.
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub card_reference_type: Option<String>,
                /// When the hub first stored it.
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub created_at: Option<Moment>,
                /// When the hub last changed it.
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub updated_at: Option<Moment>,
                /// Ours: the free communication line by line, also when a structured one is there too.
                #[serde(default, skip_serializing_if = "Vec::is_empty")]
                pub remittance_lines: Vec<String>,
                /// Ours: BIC of the other side's bank.
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub counterpart_bic: Option<String>,
                /// Ours: the amount before conversion, in `originalCurrency`.
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub original_amount: Option<Decimal>,
                /// Ours: ISO 4217 of `originalAmount`.
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub original_currency: Option<String>,
                /// Ours: the exchange rate as the bank wrote it.
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub exchange_rate: Option<String>,
            }
        }

        impl Kind for $name {
            const TYPE: &'static str = $kind;
            type Id = $id;
            type Relationships = MovementRelationships;
            type Meta = Nothing;
        }

        impl $name {
            fn told(amount: domain::Money, execution_date: $day, value_on: Option<domain::Date>, details: &Details) -> $name {
                let communication = Communication::of(details);
                let text = |value: &Option<String>| value.clone();
                $name {
                    amount: amount.into(),
                    currency: amount.currency().code().to_owned(),
                    execution_date,
                    value_date: value_on.map(Day),
                    description: communication.description,
                    remittance_information: communication.text,
                    remittance_information_type: communication.kind,
                    counterpart_name: text(&details.counterparty.name),
                    counterpart_reference: text(&details.counterparty.account),
                    end_to_end_id: text(&details.end_to_end_id),
                    purpose_code: text(&details.purpose_code),
                    mandate_id: text(&details.mandate_id),
                    creditor_id: text(&details.creditor_id),
                    bank_transaction_code: text(&details.bank_transaction_code),
                    proprietary_bank_transaction_code: text(&details.proprietary_code),
                    additional_information: text(&details.additional_information),
                    internal_reference: details.bank_id.clone().or_else(|| details.entry_reference.clone()),
                    digest: None,
                    fee: details.fee.map(Decimal::from),
                    card_reference: text(&details.card_reference),
                    card_reference_type: details.card_reference.as_ref().map(|_| "MASKEDPAN".to_owned()),
                    created_at: None,
                    updated_at: None,
                    remittance_lines: details.remittance.clone(),
                    counterpart_bic: text(&details.counterparty.bic),
                    original_amount: details.original_amount.map(Decimal::from),
                    original_currency: details.original_amount.map(|money| money.currency().code().to_owned()),
                    exchange_rate: text(&details.exchange_rate),
                }
            }

            /// The same with the hub's own facts about it.
            pub fn stored(mut self, digest: Option<String>, created_at: Moment, updated_at: Moment) -> $name {
                self.digest = digest;
                self.created_at = Some(created_at);
                self.updated_at = Some(updated_at);
                self
            }
        }
    )*};
}

movements! {
    /// A booked movement.
    Transaction TransactionId "transaction" [] Day;
    /// A movement that the bank has announced but not booked: for information only.
    PendingTransaction PendingTransactionId "pendingTransaction"
        [#[serde(default, skip_serializing_if = "Option::is_none")]] Option<Day>;
}

impl Transaction {
    /// A booked movement on the wire. The value date is the booking date where the bank gives none, because clients
    /// rely on it being there.
    pub fn of(booked: &domain::Transaction) -> Transaction {
        let value_on = booked.value_on.unwrap_or(booked.booked_on);
        Transaction::told(booked.amount, Day(booked.booked_on), Some(value_on), &booked.details)
    }
}

impl PendingTransaction {
    /// An announced movement on the wire.
    pub fn of(pending: &domain::PendingTransaction) -> PendingTransaction {
        PendingTransaction::told(pending.amount, pending.expected_on.map(Day), pending.value_on, &pending.details)
    }
}

/// How remittance travels: the structured reference where there is one, else the free lines.
struct Communication {
    text: Option<String>,
    kind: Option<RemittanceType>,
    description: Option<String>,
}

impl Communication {
    fn of(details: &Details) -> Communication {
        let free = Some(details.remittance.join("\n")).filter(|text| !text.is_empty());
        let (text, kind) = match &details.structured {
            Some(reference) => (Some(StructuredReference::printed(reference)), Some(RemittanceType::Structured)),
            None => (free.clone(), free.as_ref().map(|_| RemittanceType::Unstructured)),
        };
        let description = match &details.structured {
            Some(_) => free.or_else(|| details.additional_information.clone()),
            None => details.additional_information.clone(),
        };
        Communication { text, kind, description }
    }
}
