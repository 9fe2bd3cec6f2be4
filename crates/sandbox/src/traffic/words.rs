//! What is written on each kind of movement.

use domain::{Currency, Date, Details, Iban, Money, Party, StructuredReference};

use super::Profile;
use super::calendar::business_day_before;
use super::names::{CREDITORS_BE, CREDITORS_FR, FOREIGN_FIRMS, MERCHANTS, MERCHANTS_ABROAD};
use super::party::{company, named, person};
use crate::bank::Land;
use crate::dice::{Dice, code_of, mix, number_of};

/// How many customers, private customers and suppliers a company has.
const CUSTOMERS: u64 = 420;
const PRIVATE_CUSTOMERS: u64 = 4000;
const SUPPLIERS: u64 = 70;

/// The words of one movement.
#[derive(Default)]
pub(super) struct Words {
    pub(super) details: Details,
    /// When it differs from the booking day.
    pub(super) value_on: Option<Date>,
}

/// The movement that words are looked for.
pub(super) struct On<'a> {
    pub(super) profile: &'a Profile,
    pub(super) salt: u64,
    pub(super) minor: i64,
    pub(super) day: Date,
}

impl From<Details> for Words {
    fn from(details: Details) -> Words {
        Words { details, value_on: None }
    }
}

impl On<'_> {
    fn land(&self) -> Land {
        self.profile.land
    }

    fn invoice(&self, dice: &mut Dice) -> String {
        format!("{}-{:04}", self.day.year(), dice.below(9000) + 1)
    }

    fn month(&self) -> String {
        format!("{:02}/{}", self.day.month(), self.day.year())
    }

    /// A transfer with a counterparty and one line of text.
    fn transfer(counterparty: Party, line: String, dice: &mut Dice) -> Details {
        Details { counterparty, remittance: vec![line], end_to_end_id: Some(end_to_end(dice)), ..Details::default() }
    }

    pub(super) fn invoice_paid(&self, dice: &mut Dice) -> Words {
        let customer = company(self.land(), dice.below(CUSTOMERS));
        let line = format!("Règlement facture F{}", self.invoice(dice));
        let reference = match self.land() {
            Land::Belgium => Some(ogm(dice)),
            Land::France => dice.percent(30).then(|| creditor_reference(dice)),
        };
        let mut details = On::transfer(customer, line, dice);
        if reference.is_some() {
            details.remittance.clear();
        }
        Details { structured: reference, ..details }.into()
    }

    pub(super) fn invoice_paid_in_prose(&self, dice: &mut Dice) -> Words {
        let customer = company(self.land(), dice.below(CUSTOMERS));
        let line = format!("Facture {}, client {}", self.invoice(dice), dice.digits(5));
        On::transfer(customer, line, dice).into()
    }

    pub(super) fn order_paid(&self, dice: &mut Dice) -> Words {
        let customer = person(self.land(), dice.below(PRIVATE_CUSTOMERS));
        let line = format!("Commande {}", dice.digits(6));
        On::transfer(customer, line, dice).into()
    }

    pub(super) fn terminal_payout(&self, dice: &mut Dice) -> Words {
        let before = business_day_before(self.day);
        let terminal = self.profile.seed % 900_000 + 100_000;
        let line = format!("TERMINAL {terminal} DU {:02}/{:02}", before.day(), before.month());
        let mut details = On::transfer(named(self.land(), "Paylane Acquiring SA"), line, dice);
        details.remittance.push(format!("{} OPERATIONS - REF {}", dice.below(60) + 1, dice.digits(9)));
        Words { details, value_on: Some(before) }
    }

    pub(super) fn transfer_returned(&self, dice: &mut Dice) -> Words {
        let supplier = company(self.land(), 1_000_000 + dice.below(SUPPLIERS));
        let line = format!("RETOUR VIREMENT {}", self.invoice(dice));
        let details = On::transfer(supplier, line, dice);
        Details { additional_information: Some("Return of a transfer: AC04 account closed".into()), ..details }.into()
    }

    pub(super) fn wire_in(&self, dice: &mut Dice) -> Words {
        let line = format!("INVOICE {}", self.invoice(dice));
        let mut details = On::transfer(foreign_firm(dice), line, dice);
        details.remittance.push(format!("/ROC/{}", dice.digits(8)));
        details.into()
    }

    pub(super) fn supplier(&self, dice: &mut Dice) -> Words {
        let supplier = company(self.land(), 1_000_000 + dice.below(SUPPLIERS));
        let line = format!("Votre facture {}/{:05}", self.day.year(), dice.below(90_000));
        let mut details = On::transfer(supplier, line, dice);
        if self.land() == Land::Belgium && dice.percent(55) {
            details.remittance.clear();
            details.structured = Some(ogm(dice));
        } else {
            details.remittance.push(format!("Notre référence {}", code_of(self.salt, 8)));
            details.purpose_code = Some("SUPP".into());
        }
        details.into()
    }

    pub(super) fn refund(&self, dice: &mut Dice) -> Words {
        let customer = person(self.land(), dice.below(PRIVATE_CUSTOMERS));
        let line = format!("Remboursement commande {}", dice.digits(6));
        On::transfer(customer, line, dice).into()
    }

    pub(super) fn wire_out(&self, dice: &mut Dice) -> Words {
        let line = format!("PO {} / {}", dice.digits(6), self.day.year());
        On::transfer(foreign_firm(dice), line, dice).into()
    }

    pub(super) fn debit_returned(&self, dice: &mut Dice) -> Words {
        let customer = dice.below(CUSTOMERS);
        let line = format!("Domiciliation impayée {}", dice.digits(7));
        let details = On::transfer(company(self.land(), customer), line, dice);
        Details {
            mandate_id: Some(format!("MDT-{customer:06}")),
            additional_information: Some("Returned direct debit: AM04 insufficient funds".into()),
            ..details
        }
        .into()
    }

    pub(super) fn card(&self, dice: &mut Dice) -> Words {
        let (shop, town) = dice.pick(MERCHANTS);
        let mut words = self.by_card(format!("{shop} {town}"), dice);
        words.details.counterparty.name = Some(shop.to_owned());
        words
    }

    pub(super) fn card_abroad(&self, dice: &mut Dice) -> Words {
        let (shop, town) = dice.pick(MERCHANTS_ABROAD);
        let (code, ten_thousandths) = dice.pick(&[("USD", 10_843_i64), ("GBP", 8_571), ("CHF", 9_388)]);
        let currency = Currency::parse(code).expect("a currency of the table");
        let mut words = self.by_card(format!("{shop} {town}"), dice);
        words.details.counterparty.name = Some(shop.to_owned());
        words.details.original_amount = Some(Money::new(self.minor * ten_thousandths / 10_000, currency));
        words.details.exchange_rate = Some(format!("{}.{:04}", ten_thousandths / 10_000, ten_thousandths % 10_000));
        words
    }

    pub(super) fn cash(&self, dice: &mut Dice) -> Words {
        let (_, town) = dice.pick(MERCHANTS);
        let line = format!("RETRAIT {town} {}", dice.digits(4));
        self.by_card(line, dice)
    }

    fn by_card(&self, line: String, dice: &mut Dice) -> Words {
        let bought_on = business_day_before(self.day);
        let (hour, minute) = (dice.below(14) + 7, dice.below(60));
        let details = Details {
            remittance: vec![line],
            card_reference: Some(format!("524435XXXXXX{}", 1000 + dice.below(3) * 1111)),
            additional_information: Some(format!("Card payment of {bought_on} at {hour:02}:{minute:02}")),
            ..Details::default()
        };
        Words { details, value_on: Some(bought_on) }
    }

    pub(super) fn direct_debit(&self, dice: &mut Dice) -> Words {
        let (name, creditor_id) = match self.land() {
            Land::Belgium => dice.pick(CREDITORS_BE),
            Land::France => dice.pick(CREDITORS_FR),
        };
        self.debited_by(name, creditor_id)
    }

    pub(super) fn debited_by(&self, name: &str, creditor_id: &str) -> Words {
        let mandate = mix(self.profile.seed ^ number_of(name)) % 10_000_000;
        let details = Details {
            counterparty: named(self.land(), name),
            remittance: vec![format!("Facture {} client {}", self.month(), mandate % 100_000)],
            mandate_id: Some(format!("M{mandate:07}-01")),
            creditor_id: Some(creditor_id.to_owned()),
            end_to_end_id: Some(code_of(self.salt, 16)),
            ..Details::default()
        };
        details.into()
    }

    /// An order of every month with its purpose.
    fn monthly(&self, counterparty: Party, line: String, purpose: &str) -> Words {
        let details = Details {
            counterparty,
            remittance: vec![line],
            purpose_code: Some(purpose.to_owned()),
            // The same on both sides of a transfer between own accounts.
            end_to_end_id: Some(code_of(self.salt ^ self.profile.bank_seed, 14)),
            ..Details::default()
        };
        details.into()
    }

    pub(super) fn salary(&self) -> Words {
        self.monthly(person(self.land(), self.salt), format!("Salaire {}", self.month()), "SALA")
    }

    pub(super) fn salary_batch(&self) -> Words {
        let count = self.salt % 7 + 6;
        self.monthly(Party::default(), format!("SALAIRES {} LOT DE {count} VIREMENTS", self.month()), "SALA")
    }

    pub(super) fn rent(&self) -> Words {
        self.monthly(named(self.land(), "Immobilière du Quai SA"), format!("Loyer {}", self.month()), "RENT")
    }

    pub(super) fn loan(&self) -> Words {
        let contract = 100_000 + self.profile.seed % 900_000;
        self.monthly(Party::default(), format!("Échéance crédit {contract} du {}", self.month()), "LOAR")
    }

    pub(super) fn own_transfer(&self) -> Words {
        let account = self.profile.mate.as_ref().map(|iban| iban.as_str().to_owned());
        let own = Party { name: Some(self.profile.holder.clone()), account, bic: None };
        self.monthly(own, format!("Virement interne {}", self.month()), "INTC")
    }

    /// A movement to or from the holder's account elsewhere.
    pub(super) fn savings(&self, line: &str) -> Words {
        let holder = number_of(&self.profile.holder);
        let own = Party { name: Some(self.profile.holder.clone()), ..company(self.land(), holder) };
        self.monthly(own, format!("{line} {}", self.month()), "SAVG")
    }

    pub(super) fn to_the_state(
        &self,
        belgian: &str,
        french: &str,
        label: &str,
        purpose: &str,
        dice: &mut Dice,
    ) -> Words {
        let mut details = Details {
            purpose_code: Some(purpose.to_owned()),
            end_to_end_id: Some("NOTPROVIDED".into()),
            ..Details::default()
        };
        match self.land() {
            Land::Belgium => {
                details.counterparty = named(Land::Belgium, belgian);
                details.structured = Some(ogm(dice));
            }
            Land::France => {
                details.counterparty = named(Land::France, french);
                details.remittance = vec![format!("{label} {}", self.month())];
            }
        }
        details.into()
    }

    pub(super) fn bank_fee(&self) -> Words {
        let line = match self.land() {
            Land::Belgium => format!("Frais de gestion {}", self.month()),
            Land::France => format!("COTISATION FORFAIT PRO {}", self.month()),
        };
        Details { remittance: vec![line], ..Details::default() }.into()
    }

    pub(super) fn interest(&self) -> Words {
        Details { remittance: vec![format!("Intérêts créditeurs au {}", self.day)], ..Details::default() }.into()
    }
}

fn foreign_firm(dice: &mut Dice) -> Party {
    let name = dice.pick(FOREIGN_FIRMS);
    let number = 100_000_000 + number_of(name) % 900_000_000;
    Party { name: Some(name.to_owned()), account: Some(number.to_string()), bic: Some("PRAIUS33".into()) }
}

/// A Belgian structured communication with right check digits.
fn ogm(dice: &mut Dice) -> StructuredReference {
    let open = dice.digits(10);
    let rest = open.parse::<u64>().expect("ten digits are a number") % 97;
    StructuredReference::Ogm(format!("{open}{:02}", if rest == 0 { 97 } else { rest }))
}

/// An ISO 11649 reference: its check digits are computed as an IBAN's are, with `RF` as the country.
fn creditor_reference(dice: &mut Dice) -> StructuredReference {
    let reference = Iban::from_national("RF", &dice.digits(12)).expect("a country without a fixed length");
    StructuredReference::Creditor(reference.as_str().to_owned())
}

/// Many payers leave it out, which their bank then says in so many words.
fn end_to_end(dice: &mut Dice) -> String {
    if dice.percent(40) { "NOTPROVIDED".into() } else { code_of(dice.next(), 18) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_have_right_check_digits() {
        let mut dice = Dice::of(5, &[]);
        for _ in 0..300 {
            assert!(domain::ogm_is_valid(ogm(&mut dice).as_str()));
            assert!(domain::creditor_reference_is_valid(creditor_reference(&mut dice).as_str()));
        }
    }
}
