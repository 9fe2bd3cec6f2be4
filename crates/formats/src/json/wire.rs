//! The schema as types. Apart from `domain`, so that a file written today is read whatever becomes of the model.

use domain::{AccountReference, BalanceKind, Currency, Date, Money, StructuredReference};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[derive(Serialize)]
pub(super) struct File {
    pub(super) schema: String,
    pub(super) statements: Vec<Statement>,
}

#[derive(Serialize)]
pub(super) struct Statement {
    pub(super) account: String,
    pub(super) currency: Currency,
    pub(super) id: Option<String>,
    pub(super) number: Option<String>,
    pub(super) period: Option<Period>,
    pub(super) holder: Option<String>,
    pub(super) servicer_bic: Option<String>,
    pub(super) opening: Option<Balance>,
    pub(super) closing: Option<Balance>,
    pub(super) other_balances: Vec<Balance>,
    pub(super) pages: Option<Pages>,
    pub(super) entries: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Period {
    pub(super) from: Date,
    pub(super) to: Date,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Pages {
    pub(super) number: u32,
    pub(super) last: bool,
}

#[derive(Serialize, Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    OpeningBooked,
    ClosingBooked,
    InterimBooked,
    Available,
    ForwardAvailable,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Balance {
    pub(super) kind: Kind,
    pub(super) date: Date,
    pub(super) amount: String,
    pub(super) currency: Currency,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) position: u32,
    pub(super) booked_on: Date,
    #[serde(default)]
    pub(super) value_on: Option<Date>,
    pub(super) amount: String,
    pub(super) currency: Currency,
    #[serde(default)]
    pub(super) details: Details,
    #[serde(default)]
    pub(super) parts: Vec<Part>,
    #[serde(default)]
    pub(super) raw: String,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Part {
    #[serde(default)]
    amount: Option<Amount>,
    #[serde(default)]
    details: Details,
}

/// An amount as two fields, the number as a decimal text.
pub(super) struct Amount(pub(super) Money);

#[derive(Serialize, Deserialize)]
struct AmountFields {
    amount: String,
    currency: Currency,
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        AmountFields { amount: self.0.decimal(), currency: self.0.currency() }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Amount, D::Error> {
        let fields = AmountFields::deserialize(deserializer)?;
        Money::parse(&fields.amount, fields.currency).map(Amount).map_err(serde::de::Error::custom)
    }
}

macro_rules! details {
    ($($text:ident),* $(,)?) => {
        /// What [`domain::Details`] holds.
        #[derive(Serialize, Deserialize, Default)]
        #[serde(default)]
        pub(super) struct Details {
            #[serde(skip_serializing_if = "Option::is_none")]
            counterparty: Option<Party>,
            #[serde(skip_serializing_if = "Vec::is_empty")]
            remittance: Vec<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            structured: Option<Structured>,
            #[serde(skip_serializing_if = "Option::is_none")]
            original_amount: Option<Amount>,
            #[serde(skip_serializing_if = "Option::is_none")]
            fee: Option<Amount>,
            #[serde(skip_serializing_if = "Option::is_none")]
            balance_after: Option<Amount>,
            $(#[serde(skip_serializing_if = "Option::is_none")] $text: Option<String>,)*
        }

        impl From<Details> for domain::Details {
            fn from(details: Details) -> domain::Details {
                domain::Details {
                    counterparty: details.counterparty.map(Into::into).unwrap_or_default(),
                    remittance: details.remittance,
                    structured: details.structured.map(Into::into),
                    original_amount: details.original_amount.map(|amount| amount.0),
                    fee: details.fee.map(|amount| amount.0),
                    balance_after: details.balance_after.map(|amount| amount.0),
                    $($text: details.$text,)*
                }
            }
        }

        impl From<&domain::Details> for Details {
            fn from(details: &domain::Details) -> Details {
                let party = &details.counterparty;
                Details {
                    counterparty: (*party != domain::Party::default()).then(|| party.into()),
                    remittance: details.remittance.clone(),
                    structured: details.structured.as_ref().map(Into::into),
                    original_amount: details.original_amount.map(Amount),
                    fee: details.fee.map(Amount),
                    balance_after: details.balance_after.map(Amount),
                    $($text: details.$text.clone(),)*
                }
            }
        }
    };
}

details!(
    end_to_end_id,
    mandate_id,
    creditor_id,
    purpose_code,
    bank_transaction_code,
    proprietary_code,
    additional_information,
    card_reference,
    exchange_rate,
    bank_id,
    entry_reference,
);

#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
struct Party {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bic: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Scheme {
    Ogm,
    Creditor,
    Qr,
    Other,
}

#[derive(Serialize, Deserialize)]
struct Structured {
    scheme: Scheme,
    reference: String,
}

impl From<Party> for domain::Party {
    fn from(party: Party) -> domain::Party {
        domain::Party { name: party.name, account: party.account, bic: party.bic }
    }
}

impl From<&domain::Party> for Party {
    fn from(party: &domain::Party) -> Party {
        Party { name: party.name.clone(), account: party.account.clone(), bic: party.bic.clone() }
    }
}

/// The text decides what it is: a reference that claims a scheme and fails its check digits is `other`.
impl From<Structured> for StructuredReference {
    fn from(structured: Structured) -> StructuredReference {
        match structured.scheme {
            Scheme::Other => StructuredReference::Other(structured.reference),
            Scheme::Ogm | Scheme::Creditor | Scheme::Qr => StructuredReference::parse(&structured.reference),
        }
    }
}

impl From<&StructuredReference> for Structured {
    fn from(reference: &StructuredReference) -> Structured {
        let scheme = match reference {
            StructuredReference::Ogm(_) => Scheme::Ogm,
            StructuredReference::Creditor(_) => Scheme::Creditor,
            StructuredReference::Qr(_) => Scheme::Qr,
            StructuredReference::Other(_) => Scheme::Other,
        };
        Structured { scheme, reference: reference.as_str().to_owned() }
    }
}

impl From<Part> for domain::Part {
    fn from(part: Part) -> domain::Part {
        domain::Part { amount: part.amount.map(|amount| amount.0), details: part.details.into() }
    }
}

impl From<&domain::Part> for Part {
    fn from(part: &domain::Part) -> Part {
        Part { amount: part.amount.map(Amount), details: (&part.details).into() }
    }
}

impl From<Kind> for BalanceKind {
    fn from(kind: Kind) -> BalanceKind {
        match kind {
            Kind::OpeningBooked => BalanceKind::OpeningBooked,
            Kind::ClosingBooked => BalanceKind::ClosingBooked,
            Kind::InterimBooked => BalanceKind::InterimBooked,
            Kind::Available => BalanceKind::Available,
            Kind::ForwardAvailable => BalanceKind::ForwardAvailable,
        }
    }
}

impl From<&domain::Balance> for Balance {
    fn from(balance: &domain::Balance) -> Balance {
        let kind = match balance.kind {
            BalanceKind::OpeningBooked => Kind::OpeningBooked,
            BalanceKind::ClosingBooked => Kind::ClosingBooked,
            BalanceKind::InterimBooked => Kind::InterimBooked,
            BalanceKind::Available => Kind::Available,
            BalanceKind::ForwardAvailable => Kind::ForwardAvailable,
        };
        Balance { kind, date: balance.date, amount: balance.amount.decimal(), currency: balance.amount.currency() }
    }
}

impl From<&domain::Statement> for Statement {
    fn from(statement: &domain::Statement) -> Statement {
        let account = match &statement.account {
            AccountReference::Iban(iban) => iban.as_str(),
            AccountReference::Other(text) => text,
        };
        Statement {
            account: account.to_owned(),
            currency: statement.currency,
            id: statement.id.clone(),
            number: statement.number.clone(),
            period: statement.period.map(|(from, to)| Period { from, to }),
            holder: statement.holder.clone(),
            servicer_bic: statement.servicer_bic.clone(),
            opening: statement.opening.as_ref().map(Into::into),
            closing: statement.closing.as_ref().map(Into::into),
            other_balances: statement.other_balances.iter().map(Into::into).collect(),
            pages: statement.pages.map(|pages| Pages { number: pages.number, last: pages.last }),
            entries: statement.entries.iter().map(Into::into).collect(),
        }
    }
}

impl From<&domain::Entry> for Entry {
    fn from(entry: &domain::Entry) -> Entry {
        let transaction = &entry.transaction;
        Entry {
            position: entry.position,
            booked_on: transaction.booked_on,
            value_on: transaction.value_on,
            amount: transaction.amount.decimal(),
            currency: transaction.amount.currency(),
            details: (&transaction.details).into(),
            parts: entry.parts.iter().map(Into::into).collect(),
            raw: entry.raw.clone(),
        }
    }
}
