//! An invoice of a made-up, mixed month, its credit note, and a file of direct debits: what the documentation shows, and
//! what the operator looks at before the first real one. Made by the code that makes the real ones.

use domain::{AccountId, Date, Timestamp};

use super::debit::{self, Collection, Creditor, Sequence};
use super::invoice::{Draft, Invoice, Party};
use super::terms::{Seller, Terms};
use super::usage::Month;
use super::{paper, ubl};
use crate::mail;
use crate::store::integration::Stay;
use crate::store::usage::Line;

/// Every file with its name, always the same bytes.
pub fn files() -> Vec<(String, Vec<u8>)> {
    let invoice = invoice();
    let note = invoice.credited("2026-000043".to_owned(), Date::constant(2026, 4, 3));
    let mut files = Vec::new();
    for document in [&invoice, &note] {
        let words = mail::words(&document.language);
        files.push((format!("{}.pdf", document.number), paper::write(document, &words)));
        files.push((format!("{}.xml", document.number), ubl::write(document).into_bytes()));
    }
    files.push(("direct-debit.xml".to_owned(), debits(&invoice).into_bytes()));
    files
}

/// The terms of the made-up operator.
fn terms() -> Terms {
    Terms {
        seller: Seller {
            name: "Passerelle Example Operator SRL".into(),
            vat_number: Some("BE0123456749".into()),
            registration: None,
            street: "Quai de l’Exemple 1".into(),
            postal_code: "4000".into(),
            city: "Liège".into(),
            country: "BE".into(),
            email: "billing@operator.example".into(),
            iban: Some("BE68539007547034".into()),
            bic: None,
            creditor_id: Some("BE81ZZZ0123456749".into()),
        },
        ..Terms::default()
    }
}

/// March 2026: one account all month in two applications, one that came on the 16th, one that went on the 10th and came
/// back on the 25th, and one that was in and out on the same day.
pub fn invoice() -> Invoice {
    let month = Month::of(Date::constant(2026, 3, 1)).expect("March 2026 is a month");
    let stays = [
        ("Ledger", "Current account …7034", 1, &[("2026-01-05T09:00:00Z", None)][..]),
        ("Ledger", "Savings …6769", 2, &[("2026-03-16T14:00:00Z", None)]),
        (
            "Ledger",
            "Card …0004",
            3,
            &[("2026-02-01T08:00:00Z", Some("2026-03-10T17:00:00Z")), ("2026-03-25T08:00:00Z", None)],
        ),
        ("Tax office", "Current account …7034", 1, &[("2026-02-20T10:00:00Z", None)]),
        ("Tax office", "Savings …6769", 2, &[("2026-03-31T10:00:00Z", Some("2026-03-31T10:05:00Z"))]),
    ];
    let lines = stays.map(|(software, account, id, times)| line(month, software, account, id, times));
    let buyer = Party {
        name: "Atelier Exemple SA".into(),
        vat_number: Some("BE0987654394".into()),
        registration: None,
        street: "Rue du Modèle 5".into(),
        postal_code: "1000".into(),
        city: "Bruxelles".into(),
        country: "BE".into(),
        email: "invoices@atelier.example".into(),
    };
    let draft = Draft {
        month,
        issued_on: Date::constant(2026, 4, 1),
        buyer,
        buyer_reference: "0192f000-0000-7000-8000-000000000001".into(),
        lines: lines.to_vec(),
        mandate: Some(("PSR-2026-EXAMPLE".into(), "BE71096123456769".into())),
        language: "en".into(),
    };
    Invoice::drawn_up(&terms(), draft, "2026-000042".to_owned(), &mail::words("en"))
}

fn line(month: Month, software: &str, account: &str, id: u128, times: &[(&str, Option<&str>)]) -> Line {
    let at = |text: &str| text.parse::<Timestamp>().expect("the example's instants are instants");
    let stays: Vec<Stay> = times
        .iter()
        .map(|(added, removed)| Stay {
            account: AccountId::from_u128(id),
            added_at: at(added),
            removed_at: removed.map(at),
        })
        .collect();
    let days = month.used(&stays, at("2026-04-01T06:00:00Z")).values().sum();
    Line {
        software: software.to_owned(),
        account: account.to_owned(),
        days,
        of_days: month.days(),
        price_minor: 400,
        net_minor: month.cost(days, 400),
    }
}

/// Two collections, one of them the first of its mandate.
fn debits(invoice: &Invoice) -> String {
    let seller = terms().seller;
    let creditor = Creditor {
        name: seller.name,
        iban: seller.iban.unwrap_or_default(),
        bic: Some("GKCCBEBB".into()),
        id: seller.creditor_id.unwrap_or_default(),
    };
    let one = |number: &str, minor, mandate: &str, sequence| Collection {
        invoice: number.to_owned(),
        minor,
        mandate: mandate.to_owned(),
        signed_on: Date::constant(2026, 1, 5),
        debtor: invoice.buyer.name.clone(),
        iban: "BE71096123456769".to_owned(),
        sequence,
    };
    let all = [
        one(&invoice.number, invoice.total_minor, "PSR-2026-EXAMPLE", Sequence::First),
        one("2026-000041", 968, "PSR-2026-OTHER", Sequence::Recurrent),
    ];
    let made_at = "2026-04-29T08:00:00Z".parse::<Timestamp>().expect("the example's instants are instants");
    debit::write(&creditor, "DD-EXAMPLE", made_at, Date::constant(2026, 5, 4), &all)
}
