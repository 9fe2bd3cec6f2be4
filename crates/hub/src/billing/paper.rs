//! A document for people: a PDF, in the buyer's language.

use web::Locale;

use super::invoice::{Invoice, Kind, Party};
use crate::pdf::{self, BOLD, Column, PLAIN, Pdf, SOFT, TITLE};
use crate::store::usage::Line;

const LEFT: i32 = pdf::MARGIN;
const RIGHT: i32 = pdf::WIDTH - pdf::MARGIN;
const MIDDLE: i32 = pdf::WIDTH / 2;
const COLUMNS: [Column; 4] = [
    Column { left: LEFT, right: LEFT + 130, to_right: false },
    Column { left: LEFT + 136, right: LEFT + 290, to_right: false },
    Column { left: LEFT + 296, right: RIGHT - 75, to_right: true },
    Column { left: RIGHT - 70, right: RIGHT, to_right: true },
];

/// The document as a PDF.
pub fn write(invoice: &Invoice, locale: &Locale) -> Vec<u8> {
    let heading = match invoice.kind {
        Kind::Invoice => locale.say_with("invoice-title", &[("number", invoice.number.as_str().into())]),
        Kind::Credit => locale.say_with("invoice-credit-title", &[("number", invoice.number.as_str().into())]),
    };
    let mut out = Pdf::new(&heading, &foot(&invoice.seller));
    out.text(LEFT, TITLE, &heading);
    out.y += 30;
    let top = out.y;
    address(&mut out, LEFT, &invoice.seller);
    let below = out.y;
    out.y = top;
    address(&mut out, MIDDLE, &invoice.buyer);
    out.y = out.y.max(below) + 14;
    facts(&mut out, invoice, locale);
    out.y += 14;
    let heads = ["usage-software", "column-account", "usage-arithmetic", "column-amount"].map(|key| locale.say(key));
    out.row(&COLUMNS, BOLD, &heads.each_ref().map(String::as_str));
    out.y -= 12;
    out.rule();
    out.y += 18;
    for line in &invoice.lines {
        let arithmetic = arithmetic(invoice, line, locale);
        let amount = locale.money(invoice.money(line.net_minor));
        out.row(&COLUMNS, PLAIN, &[&line.software, &line.account, &arithmetic, &amount]);
    }
    out.y -= 10;
    out.rule();
    out.y += 18;
    out.room(70);
    totals(&mut out, invoice, locale);
    out.y += 16;
    for sentence in closing(invoice, locale) {
        out.row(&[Column { left: LEFT, right: RIGHT, to_right: false }], PLAIN, &[&sentence]);
        out.y += 4;
    }
    out.finish()
}

/// One line's arithmetic: `12 of 31 days × €4.00`.
fn arithmetic(invoice: &Invoice, line: &Line, locale: &Locale) -> String {
    let price = locale.money(invoice.money(line.price_minor)).into();
    locale.say_with("usage-days", &[("days", line.days.into()), ("of", line.of_days.into()), ("price", price)])
}

fn foot(seller: &Party) -> String {
    let parts = [Some(seller.name.clone()), seller.vat_number.clone(), seller.registration.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn address(out: &mut Pdf, x: i32, party: &Party) {
    out.text(x, BOLD, &party.name);
    out.y += 13;
    let city = format!("{} {} {}", party.country, party.postal_code, party.city);
    let lines = [Some(party.street.clone()), Some(city), party.vat_number.clone(), Some(party.email.clone())];
    for line in lines.into_iter().flatten().filter(|line| !line.trim().is_empty()) {
        out.text(x, PLAIN, &line);
        out.y += 13;
    }
}

fn facts(out: &mut Pdf, invoice: &Invoice, locale: &Locale) {
    let mut rows = vec![(locale.say("invoice-issued"), locale.date(invoice.issued_on))];
    if invoice.kind == Kind::Invoice {
        rows.push((locale.say("invoice-due"), locale.date(invoice.due_on)));
    }
    let (from, to) = invoice.period;
    rows.push((locale.say("invoice-month"), format!("{} – {}", locale.date(from), locale.date(to))));
    if let Some((number, on)) = &invoice.credits {
        rows.push((locale.say("invoice-takes-back"), format!("{number} · {}", locale.date(*on))));
    }
    for (label, value) in rows {
        out.text(LEFT, SOFT, &label);
        out.text(LEFT + 110, PLAIN, &value);
        out.y += 13;
    }
}

fn totals(out: &mut Pdf, invoice: &Invoice, locale: &Locale) {
    let rate = format!("{} %", locale.hundredths(invoice.tax.rate));
    let rows = [
        (locale.say("invoice-net"), invoice.net_minor, PLAIN),
        (locale.say_with("invoice-vat", &[("rate", rate.into())]), invoice.vat_minor, PLAIN),
        (locale.say("invoice-total"), invoice.total_minor, BOLD),
    ];
    for (label, minor, look) in rows {
        out.text(MIDDLE + 20, look, &label);
        out.right(RIGHT, look, &locale.money(invoice.money(minor)));
        out.y += 14;
    }
}

/// What is to be said below: why no VAT is charged, and how it is paid.
pub fn closing(invoice: &Invoice, locale: &Locale) -> Vec<String> {
    let mut said: Vec<String> = invoice.tax.reason.iter().cloned().collect();
    if invoice.kind == Kind::Credit {
        return said;
    }
    match &invoice.payment.mandate {
        Some((mandate, iban)) => said.push(locale.say_with(
            "invoice-collected",
            &[("iban", locale.iban(iban).into()), ("mandate", mandate.as_str().into())],
        )),
        None => said.push(super::block::how_to_pay(invoice, locale)),
    }
    said
}
