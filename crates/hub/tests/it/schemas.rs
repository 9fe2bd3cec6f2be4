//! What billing writes, held against the public schemas: `tests/schemas.py` runs xmllint with those of UBL 2.1 and
//! pain.008.001.08, where they are installed. What it says stands on standard error; `./test readers` installs them and
//! shows it.

use std::io::Write;
use std::process::Command;

use domain::Date;
use hub::billing::invoice::{Category, Invoice, Tax};
use hub::billing::{example, ubl};

/// The example, and the same sold in every other way.
fn documents() -> Vec<(String, Vec<u8>)> {
    let mut all = example::files();
    let sold = example::invoice();
    for (category, reason) in [(Category::AE, "Reverse charge"), (Category::O, "Outside"), (Category::E, "Exempt")] {
        let mut other = sold.clone();
        other.tax = Tax { category, rate: 0, reason: Some(reason.to_owned()) };
        (other.vat_minor, other.total_minor) = (0, other.net_minor);
        other.payment.mandate = None;
        other.buyer.name = "A & B <\"Ltd\"> \u{1}é".to_owned();
        other.buyer.vat_number = None;
        other.seller.vat_number = other.seller.vat_number.filter(|_| category != Category::E);
        other.seller.registration = Some("0123.456.749".to_owned());
        other.payment.bic = Some("GKCCBEBB".to_owned());
        other.buyer.street = String::new();
        let note = other.credited("2026-000099".to_owned(), Date::constant(2026, 5, 1));
        for document in [other, note] {
            all.push((format!("{category:?}-{}.xml", document.number), ubl::write(&document).into_bytes()));
        }
    }
    all
}

#[test]
fn public_schemas_accept_what_we_write() {
    let folder = std::env::temp_dir().join(format!("passerelle-schemas-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for (name, content) in documents() {
        std::fs::write(folder.join(name), content).unwrap();
    }
    let mut visible = std::io::stderr();
    match Command::new("python3").arg("tests/schemas.py").arg(&folder).output() {
        Ok(outcome) => {
            let said = String::from_utf8_lossy(&outcome.stdout).into_owned();
            for line in said.lines().filter(|line| line.starts_with("SKIPPED") || line.starts_with("public")) {
                writeln!(visible, "{line}").unwrap();
            }
            let problems = String::from_utf8_lossy(&outcome.stderr);
            assert!(outcome.status.success(), "in {}:\n{said}{problems}", folder.display());
        }
        Err(missing) => writeln!(visible, "SKIPPED public schemas: python3: {missing}").unwrap(),
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

/// The sums that EN 16931 demands of every document.
fn adds_up(document: &Invoice) {
    let lines: i64 = document.lines.iter().map(|line| line.net_minor).sum();
    assert_eq!(document.net_minor, lines);
    assert_eq!(document.total_minor, document.net_minor + document.vat_minor);
    for line in &document.lines {
        let exact = line.days * line.price_minor;
        assert!((line.net_minor * line.of_days - exact).abs() * 2 <= line.of_days, "{line:?}");
    }
}

#[test]
fn the_example_of_the_documentation_is_what_the_command_writes() {
    let document = example::invoice();
    adds_up(&document);
    let figures: Vec<_> = document.lines.iter().map(|line| (line.days, line.net_minor)).collect();
    assert_eq!(figures, [(31, 400), (16, 206), (17, 219), (31, 400), (1, 13)]);
    assert_eq!((document.net_minor, document.vat_minor, document.total_minor), (1238, 260, 1498));
    let docs = std::path::Path::new("../../docs/billing");
    for (name, content) in example::files() {
        let kept = std::fs::read(docs.join(&name)).unwrap_or_default();
        assert!(kept == content, "docs/billing/{name}: run passerelle hub admin billing example --out docs/billing");
    }
    let page = std::fs::read_to_string("../../docs/billing.md").unwrap();
    for line in &document.lines {
        let cents = format!("{}.{:02}", line.net_minor / 100, line.net_minor % 100);
        let row = format!("| {} | {} | {} of 31 × 4.00 | {cents} |", line.software, line.account, line.days);
        assert!(page.contains(&row), "docs/billing.md has no {row}");
    }
    assert!(page.contains("| | | VAT 21 % | 2.60 |") && page.contains("| | | **Total** | **14.98** |"));
}
