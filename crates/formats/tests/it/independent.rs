//! What we write, as others read it: `tests/independent.py` runs mt-940, ofxtools, febelfin-coda and pyiso20022 (the rules
//! of the official schema), those of them that are installed, over files of random statements. Who agreed and who is not
//! installed is said on standard error; `./test readers` installs them and shows those lines.

use std::io::Write;
use std::process::Command;

use domain::Statement;
use formats::Format;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::json;

use crate::round_trip::statement;

/// Statements that are tried.
const FILES: usize = 25;

fn expected(statement: &Statement) -> serde_json::Value {
    let balance = |balance: &Option<domain::Balance>| balance.as_ref().map(|balance| balance.amount.decimal());
    let entries: Vec<_> = statement
        .entries
        .iter()
        .map(|entry| {
            let transaction = &entry.transaction;
            let name = &transaction.details.counterparty.name;
            json!([transaction.booked_on.to_string(), transaction.amount.decimal(), name])
        })
        .collect();
    json!({
        "account": statement.account.as_str(), "opening": balance(&statement.opening),
        "closing": balance(&statement.closing), "entries": entries,
    })
}

#[test]
fn independent_readers_agree() {
    let folder = std::env::temp_dir().join(format!("passerelle-independent-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let mut runner = TestRunner::deterministic();
    for number in 0..FILES {
        let statement = statement().new_tree(&mut runner).unwrap().current();
        std::fs::write(folder.join(format!("{number}.expected.json")), expected(&statement).to_string()).unwrap();
        for name in ["mt940", "ofx", "coda", "camt053"] {
            let written = Format::named(name).unwrap().write(std::slice::from_ref(&statement)).unwrap();
            std::fs::write(folder.join(format!("{number}.{name}")), written.bytes).unwrap();
        }
    }
    let outcome = Command::new("python3").arg("tests/independent.py").arg(&folder).output();
    let mut visible = std::io::stderr();
    match outcome {
        Ok(outcome) => {
            let said =
                String::from_utf8_lossy(&outcome.stdout).into_owned() + &String::from_utf8_lossy(&outcome.stderr);
            for line in said.lines().filter(|line| line.starts_with("SKIPPED") || line.ends_with("files agree")) {
                writeln!(visible, "{line}").unwrap();
            }
            assert!(outcome.status.success(), "in {}:\n{said}", folder.display());
        }
        Err(missing) => writeln!(visible, "SKIPPED independent readers: python3: {missing}").unwrap(),
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
