//! What banks say, as files: `fixtures/<protocol>/<case>/in.*` is read and held against `want.json`.

#![expect(clippy::unwrap_used, reason = "what is not as a test expects fails the test")]

use std::path::{Path, PathBuf};

use connectors::{RawAnswer, TransactionsPage, connector};
use domain::{Currency, Timestamp, Transaction};
use serde_json::{Value, json};

fn folders(path: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

fn answer(case: &Path) -> RawAnswer {
    let (name, content_type) =
        [("in.json", "application/json"), ("in.xml", "application/xml"), ("in.txt", "text/plain")]
            .into_iter()
            .find(|(name, _)| case.join(name).exists())
            .unwrap_or_else(|| panic!("{} has no in.*", case.display()));
    let body = std::fs::read(case.join(name)).unwrap().into();
    RawAnswer { content_type: content_type.into(), body, received_at: Timestamp::UNIX_EPOCH }
}

fn line(transaction: &Transaction) -> String {
    let details = &transaction.details;
    let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".into());
    let mut line = format!(
        "{} {} {} {} {} [{}]",
        transaction.booked_on,
        transaction.value_on.map_or("-".into(), |day| day.to_string()),
        transaction.amount,
        text(&details.counterparty.name),
        text(&details.counterparty.account),
        details.remittance.join("|"),
    );
    let marks = [
        ("ref", details.structured.as_ref().map(|reference| reference.printed())),
        ("e2e", details.end_to_end_id.clone()),
        ("original", details.original_amount.map(|money| money.to_string())),
        ("rate", details.exchange_rate.clone()),
        ("id", details.bank_id.clone()),
        ("after", details.balance_after.map(|money| money.decimal())),
    ];
    for (name, value) in marks {
        line.extend(value.map(|value| format!(" {name}={value}")));
    }
    line
}

fn shown(page: &TransactionsPage) -> Value {
    let pending = page.pending.iter().map(|listed| {
        let transaction = &listed.transaction;
        format!("{} {}", transaction.amount, transaction.details.counterparty.name.clone().unwrap_or_default())
    });
    json!({
        "booked": page.booked.iter().map(|listed| line(&listed.transaction)).collect::<Vec<_>>(),
        "pending": pending.collect::<Vec<_>>(),
        "balances": page.balances.iter().map(|b| format!("{:?} {} {}", b.kind, b.date, b.amount)).collect::<Vec<_>>(),
        "defects": page.defects.iter().map(|d| format!("{}: {}", d.path, d.rule)).collect::<Vec<_>>(),
        "next": page.next,
    })
}

#[test]
fn every_fixture_reads_as_wanted() {
    let mut cases = 0;
    for protocol in folders(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")) {
        let name = protocol.file_name().unwrap().to_string_lossy().replace('_', "-");
        let connector = connector(&name).unwrap_or_else(|| panic!("fixtures of an unknown protocol: {name}"));
        for case in folders(&protocol) {
            let page = connector.read_transactions(&answer(&case), Currency::EUR).unwrap();
            let want: Value = serde_json::from_slice(&std::fs::read(case.join("want.json")).unwrap()).unwrap();
            let found = shown(&page);
            assert_eq!(found, want, "{}\nfound {found:#}", case.display());
            cases += 1;
        }
    }
    assert!(cases >= 4);
}

#[test]
fn an_answer_that_is_cut_is_broken_as_a_whole() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/berlin_group/booked");
    let mut cut = answer(&path);
    cut.body = cut.body.slice(..cut.body.len() / 2);
    let read = connector("berlin-group").unwrap().read_transactions(&cut, Currency::EUR);
    assert!(matches!(read, Err(connectors::BankError::Broken { .. })));
}
