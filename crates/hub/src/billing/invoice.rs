//! An invoice or credit note as it was issued. Everything that stands on it is in the document itself. Pure.

use domain::{Currency, Date, Money, Span};
use serde::{Deserialize, Serialize};
use web::Locale;

use super::terms::{Seller, Terms};
use super::usage::{Month, rounded};
use crate::store::usage::Line;

/// What kind of document it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Asks for money.
    Invoice,
    /// Takes an invoice back.
    Credit,
}

impl Kind {
    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Invoice => "invoice",
            Kind::Credit => "credit",
        }
    }
}

/// How VAT is charged (UNCL 5305, as EN 16931 uses it).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Category {
    /// At a rate.
    S,
    /// By the buyer: a business in another country of the European Union.
    AE,
    /// Not at all, because the seller is exempt.
    E,
    /// Not at all, because the buyer is outside of the European Union.
    O,
}

/// The VAT of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tax {
    /// How.
    pub category: Category,
    /// Hundredths of a percent.
    pub rate: i64,
    /// Why none is charged, when none is.
    pub reason: Option<String>,
}

/// A side of the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Name.
    pub name: String,
    /// VAT number, with the country in front.
    pub vat_number: Option<String>,
    /// Number in the register of companies.
    pub registration: Option<String>,
    /// Street and number.
    pub street: String,
    /// Postal code.
    pub postal_code: String,
    /// City.
    pub city: String,
    /// Two letters.
    pub country: String,
    /// Where it is written to.
    pub email: String,
}

/// How it is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Payment {
    /// The account to pay to.
    pub iban: Option<String>,
    /// The BIC of its bank.
    pub bic: Option<String>,
    /// The mandate by which it is collected, with the payer's account, when there is one.
    pub mandate: Option<(String, String)>,
    /// The SEPA creditor identifier, where it is collected.
    pub creditor_id: Option<String>,
}

/// An issued document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoice {
    /// Its number, without gaps within its year.
    pub number: String,
    /// Invoice or credit note.
    pub kind: Kind,
    /// The invoice that it takes back: number and day.
    pub credits: Option<(String, Date)>,
    /// The first and the last day that it is about.
    pub period: (Date, Date),
    /// When it was issued.
    pub issued_on: Date,
    /// Until when it is to be paid.
    pub due_on: Date,
    /// The operator.
    pub seller: Party,
    /// Who pays.
    pub buyer: Party,
    /// What the buyer is called in the hub, for its own bookkeeping.
    pub buyer_reference: String,
    /// The lines.
    pub lines: Vec<Line>,
    /// The VAT.
    pub tax: Tax,
    /// Sum of the lines.
    pub net_minor: i64,
    /// VAT.
    pub vat_minor: i64,
    /// To pay.
    pub total_minor: i64,
    /// How.
    pub payment: Payment,
    /// The buyer's language.
    pub language: String,
}

/// The countries of the European Union.
const UNION: &str = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK";

fn in_union(country: &str) -> bool {
    UNION.split(' ').any(|known| known == country)
}

/// Where a buyer is established for VAT: the country of its VAT number (Greek ones begin with EL), else of its address.
fn establishment(buyer: &Party) -> &str {
    match buyer.vat_number.as_deref().and_then(|number| number.get(..2)) {
        Some("EL") => "GR",
        Some(country) => country,
        None => &buyer.country,
    }
}

/// How VAT is charged between a seller and a buyer. Services to a business are taxed where it is established (directive
/// 2006/112/EC, article 44) and there by itself (article 196); those to people of the Union with the seller's rate, which
/// holds while the seller is under the threshold of the one-stop shop; nobody outside pays any.
pub fn tax_of(terms: &Terms, buyer: &Party, words: &Locale) -> Tax {
    let none = |category, reason: String| Tax { category, rate: 0, reason: Some(reason) };
    if let Some(reason) = &terms.vat_exemption {
        return none(Category::E, reason.clone());
    }
    let (home, there) = (terms.seller.country.as_str(), establishment(buyer));
    match (in_union(home) && in_union(there), buyer.vat_number.is_some()) {
        _ if home == there => Tax { category: Category::S, rate: terms.vat_rate, reason: None },
        (true, true) => none(Category::AE, words.say("invoice-reverse-charge")),
        (true, false) => Tax { category: Category::S, rate: terms.vat_rate, reason: None },
        (false, _) => none(Category::O, words.say("invoice-outside")),
    }
}

/// What an invoice is drawn up from.
pub struct Draft {
    /// The month.
    pub month: Month,
    /// When it is issued.
    pub issued_on: Date,
    /// Who pays.
    pub buyer: Party,
    /// The buyer's organization.
    pub buyer_reference: String,
    /// The lines.
    pub lines: Vec<Line>,
    /// The mandate and the account that it is collected from.
    pub mandate: Option<(String, String)>,
    /// The buyer's language.
    pub language: String,
}

impl Invoice {
    /// Draws up an invoice under a number. Its words are those of the buyer's language.
    pub fn drawn_up(terms: &Terms, draft: Draft, number: String, words: &Locale) -> Invoice {
        let tax = tax_of(terms, &draft.buyer, words);
        let net_minor: i64 = draft.lines.iter().map(|line| line.net_minor).sum();
        let vat_minor = rounded(net_minor * tax.rate, 10_000);
        Invoice {
            number,
            kind: Kind::Invoice,
            credits: None,
            period: (draft.month.first(), draft.month.last().min(draft.issued_on)),
            issued_on: draft.issued_on,
            due_on: draft.issued_on.saturating_add(Span::new().days(terms.due_days)),
            seller: seller(&terms.seller),
            buyer: draft.buyer,
            buyer_reference: draft.buyer_reference,
            lines: draft.lines,
            tax,
            net_minor,
            vat_minor,
            total_minor: net_minor + vat_minor,
            payment: Payment {
                iban: terms.seller.iban.clone(),
                bic: terms.seller.bic.clone(),
                creditor_id: terms.seller.creditor_id.clone().filter(|_| draft.mandate.is_some()),
                mandate: draft.mandate,
            },
            language: draft.language,
        }
    }

    /// The credit note that takes this invoice back as a whole.
    pub fn credited(&self, number: String, issued_on: Date) -> Invoice {
        Invoice {
            number,
            kind: Kind::Credit,
            credits: Some((self.number.clone(), self.issued_on)),
            issued_on,
            due_on: issued_on,
            payment: Payment::default(),
            ..self.clone()
        }
    }

    /// The account that is paid to.
    pub fn seller_iban(&self) -> Option<&str> {
        self.payment.iban.as_deref()
    }

    /// An amount of this document.
    pub fn money(&self, minor: i64) -> Money {
        Money::new(minor, Currency::EUR)
    }
}

fn seller(known: &Seller) -> Party {
    Party {
        name: known.name.clone(),
        vat_number: known.vat_number.clone(),
        registration: known.registration.clone(),
        street: known.street.clone(),
        postal_code: known.postal_code.clone(),
        city: known.city.clone(),
        country: known.country.clone(),
        email: known.email.clone(),
    }
}

#[cfg(test)]
mod tests {
    use web::Language;

    use super::*;

    fn buyer(country: &str, vat_number: Option<&str>) -> Party {
        Party {
            name: "Buyer".into(),
            vat_number: vat_number.map(str::to_owned),
            registration: None,
            street: "Street 1".into(),
            postal_code: "1000".into(),
            city: "City".into(),
            country: country.into(),
            email: "buyer@example.com".into(),
        }
    }

    #[test]
    fn vat_follows_where_the_buyer_is_established() {
        let words = crate::words::locale(Language::En);
        let belgian = Terms { seller: Seller { country: "BE".into(), ..Seller::default() }, ..Terms::default() };
        let swiss = Terms { seller: Seller { country: "CH".into(), ..Seller::default() }, ..Terms::default() };
        let exempt = Terms { vat_exemption: Some("Small business".into()), ..belgian.clone() };
        for (terms, country, number, want) in [
            (&belgian, "BE", Some("BE0403019261"), (Category::S, 2100)),
            (&belgian, "BE", None, (Category::S, 2100)),
            (&belgian, "NL", Some("NL123456789B13"), (Category::AE, 0)),
            (&belgian, "NL", None, (Category::S, 2100)),
            (&belgian, "GR", Some("EL123456789"), (Category::AE, 0)),
            // The number decides, not where letters go.
            (&belgian, "FR", Some("BE0403019261"), (Category::S, 2100)),
            (&belgian, "CH", None, (Category::O, 0)),
            (&belgian, "GB", Some("GB123456789"), (Category::O, 0)),
            (&swiss, "CH", None, (Category::S, 2100)),
            (&swiss, "BE", Some("BE0403019261"), (Category::O, 0)),
            (&exempt, "BE", None, (Category::E, 0)),
        ] {
            let tax = tax_of(terms, &buyer(country, number), &words);
            assert_eq!((tax.category, tax.rate), want, "{country} {number:?}");
            assert_eq!(tax.reason.is_none(), tax.category == Category::S, "what is not charged is explained");
        }
    }
}
