//! Every folder under `fixtures/<format>/<case>` holds one `in.*` and the `want.json` that reading it gives. All are
//! globbed, so that none is forgotten. A case proves itself: its statements add up, unless its name says otherwise.
//!
//! `PASSERELLE_BLESS=new cargo test -p formats` writes the missing `want.json`; `=force` overwrites those that differ.
//! A case may hold `options.json` with what the caller knows: `{"currency": "EUR", "account": "…", "date_order": "dmy"}`.

use std::fs;
use std::path::{Path, PathBuf};

use domain::{Currency, Proof};
use formats::{DateOrder, File, Format, Options, ReadError};
use serde_json::{Value, json};

fn folders(path: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> =
        fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    found.sort();
    found
}

fn options(case: &Path) -> Options {
    let Ok(text) = fs::read_to_string(case.join("options.json")) else { return Options::default() };
    let value: Value = serde_json::from_str(&text).unwrap();
    let text = |name: &str| value[name].as_str().map(str::to_owned);
    Options {
        format: text("format").map(|name| Format::named(&name).unwrap()),
        currency: text("currency").map(|code| Currency::parse(&code).unwrap()),
        account: text("account"),
        date_order: text("date_order").map(|order| match order.as_str() {
            "dmy" => DateOrder::DayMonthYear,
            "mdy" => DateOrder::MonthDayYear,
            "ymd" => DateOrder::YearMonthDay,
            other => panic!("{other} is no date order"),
        }),
        profile: text("profile")
            .map(|name| formats::Profile::parse(&fs::read_to_string(case.join(name)).unwrap()).unwrap()),
    }
}

fn described(outcome: &Result<File, ReadError>) -> Value {
    let file = match outcome {
        Ok(file) => file,
        Err(error) => return json!({"error": error.to_string()}),
    };
    let written = Format::named("json").unwrap().write(&file.statements).unwrap();
    let written: Value = serde_json::from_slice(&written.bytes).unwrap();
    let figures: Vec<Value> = file
        .summary
        .statements
        .iter()
        .map(|s| {
            json!({
                "opening": s.opening.map(|f| f.amount.to_string()), "closing": s.closing.map(|f| f.amount.to_string()),
                "count": s.count, "sum": s.sum.to_string(), "proof": s.proof.to_string(),
            })
        })
        .collect();
    let pending: Vec<Value> = file
        .pending
        .iter()
        .map(|p| {
            json!({
                "statement": p.statement, "position": p.position, "amount": p.transaction.amount.to_string(),
                "expected_on": p.transaction.expected_on.map(|d| d.to_string()),
                "value_on": p.transaction.value_on.map(|d| d.to_string()),
                "counterparty": p.transaction.details.counterparty.name,
            })
        })
        .collect();
    let defects: Vec<Value> =
        file.defects.iter().map(|d| json!({"path": d.path, "value": d.value, "rule": d.rule})).collect();
    json!({
        "format": file.summary.format, "version": file.summary.version, "encoding": file.summary.encoding,
        "warnings": file.summary.warnings.iter().collect::<Vec<_>>(), "figures": figures,
        "statements": written["statements"], "pending": pending, "defects": defects,
    })
}

/// What a case claims by its name.
fn proves_itself(case: &str, file: &File) -> Result<(), String> {
    for (statement, summary) in file.statements.iter().zip(&file.summary.statements) {
        let expected = match summary.proof {
            Proof::Proven => true,
            Proof::Unproven => case.starts_with("unproven-"),
            Proof::Broken(_) => case.starts_with("broken-"),
        };
        if !expected {
            return Err(format!("{} is {}", statement.account.as_str(), summary.proof));
        }
        // With every entry readable, the model's own proof says the same.
        if summary.pages.is_none_or(|pages| pages.last && pages.number == 1)
            && file.defects.is_empty()
            && statement.proof() != summary.proof
        {
            return Err(format!("the statement's own proof is {}", statement.proof()));
        }
    }
    Ok(())
}

#[test]
fn every_fixture_reads_as_it_should() {
    let bless = std::env::var("PASSERELLE_BLESS").unwrap_or_default();
    let mut problems = Vec::new();
    let mut cases = 0;
    for format in folders(Path::new("fixtures")) {
        for case in folders(&format) {
            cases += 1;
            let name = case.file_name().unwrap().to_str().unwrap().to_owned();
            let inputs: Vec<PathBuf> = fs::read_dir(&case)
                .unwrap()
                .map(|entry| entry.unwrap().path())
                .filter(|path| path.file_stem().is_some_and(|stem| stem == "in"))
                .collect();
            let [input] = inputs.as_slice() else {
                problems.push(format!("{} needs exactly one in.*", case.display()));
                continue;
            };
            let outcome = formats::read_all_with(&fs::read(input).unwrap(), &options(&case));
            if let Ok(file) = &outcome
                && let Err(problem) = proves_itself(&name, file)
            {
                problems.push(format!("{}: {problem}", case.display()));
            }
            let got = described(&outcome);
            let want_path = case.join("want.json");
            let want = fs::read_to_string(&want_path).ok().and_then(|text| serde_json::from_str::<Value>(&text).ok());
            if want.as_ref() == Some(&got) {
                continue;
            }
            if bless == "force" || (bless == "new" && want.is_none()) {
                fs::write(&want_path, serde_json::to_string_pretty(&got).unwrap() + "\n").unwrap();
                continue;
            }
            problems.push(format!("{}: got {}", case.display(), serde_json::to_string_pretty(&got).unwrap()));
        }
    }
    assert!(cases > 0, "no fixture was found");
    assert!(problems.is_empty(), "{} of {cases} fixtures:\n{}", problems.len(), problems.join("\n"));
}

/// A format without fixtures, or fixtures without a format, is a mistake.
#[test]
fn every_format_has_fixtures() {
    let names: Vec<String> = folders(Path::new("fixtures"))
        .iter()
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    let mut formats: Vec<&str> = formats::ALL.iter().map(|format| format.name).collect();
    formats.sort_unstable();
    assert_eq!(names, formats);
}
