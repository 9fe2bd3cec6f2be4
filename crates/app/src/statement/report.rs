//! What reading a file gave, as JSON for programs and as text for people.

use std::path::Path;

use formats::{Figure, StatementSummary, Summary};
use serde_json::{Value, json};

use super::Defects;

/// The object of a file that was read.
pub(super) fn as_json(path: &Path, summary: &Summary, defects: &Defects) -> Value {
    let statements: Vec<Value> = summary.statements.iter().map(statement_json).collect();
    let mut listed: Vec<Value> = defects
        .listed
        .iter()
        .map(|defect| json!({"path": defect.path, "value": defect.value, "rule": defect.rule}))
        .collect();
    if let Some(more) = unlisted(summary, defects) {
        listed.push(json!({"path": "", "value": "", "rule": format!("and {more} more")}));
    }
    json!({
        "file": path.display().to_string(),
        "format": summary.format,
        "version": summary.version,
        "encoding": summary.encoding,
        "warnings": summary.warnings.iter().collect::<Vec<_>>(),
        "statements": statements,
        "defects": listed,
    })
}

/// The object of a file that is no statement: the same fields, and the sentence as the one defect.
pub(super) fn refused(path: &Path, sentence: &str) -> Value {
    json!({
        "file": path.display().to_string(),
        "format": null,
        "version": null,
        "encoding": null,
        "warnings": [],
        "statements": [],
        "defects": [{"path": "", "value": "", "rule": sentence}],
        "error": sentence,
    })
}

fn unlisted(summary: &Summary, defects: &Defects) -> Option<u64> {
    let listed = u64::try_from(defects.listed.len()).unwrap_or(u64::MAX);
    summary.defects.checked_sub(listed).filter(|more| *more > 0)
}

fn statement_json(statement: &StatementSummary) -> Value {
    let digits = digits(statement);
    let figure = |figure: Option<Figure>| match figure {
        Some(Figure { date, amount }) => {
            json!({"date": date.map(|date| date.to_string()), "amount": amount.decimal(digits)})
        }
        None => Value::Null,
    };
    json!({
        "account": statement.account,
        "currency": statement.currency.map(|currency| currency.to_string()),
        "number": statement.number,
        "opening": figure(statement.opening),
        "closing": figure(statement.closing),
        "count": statement.count,
        "sum": statement.sum.decimal(digits),
        "proof": statement.proof.to_string(),
    })
}

fn digits(statement: &StatementSummary) -> u32 {
    statement.currency.map_or(2, |currency| currency.minor_digits())
}

/// The lines of a file that was read.
pub(super) fn as_text(path: &Path, summary: &Summary, defects: &Defects) -> String {
    let version = summary.version.as_deref().map(|version| format!(" {version}")).unwrap_or_default();
    let encoding = summary.encoding.unwrap_or("unknown encoding");
    let mut lines = vec![format!("{}: {}{version}, {encoding}", path.display(), summary.format)];
    for statement in &summary.statements {
        let digits = digits(statement);
        let figure = |figure: Option<Figure>| match figure {
            Some(Figure { date: Some(date), amount }) => format!("{} on {date}", amount.decimal(digits)),
            Some(Figure { date: None, amount }) => amount.decimal(digits),
            None => "not stated".to_owned(),
        };
        let currency = statement.currency.map_or("currency not named".to_owned(), |currency| currency.to_string());
        let number = statement.number.as_deref().map(|number| format!(", number {number}")).unwrap_or_default();
        lines.push(format!("  {} {currency}{number}", statement.account.as_deref().unwrap_or("account not named")));
        lines.push(format!("    opening {}", figure(statement.opening)));
        lines.push(format!("    {} movements, sum {}", statement.count, statement.sum.decimal(digits)));
        lines.push(format!("    closing {}", figure(statement.closing)));
        lines.push(format!("    {}", statement.proof));
    }
    for warning in summary.warnings.iter() {
        lines.push(format!("  note: {warning}"));
    }
    for defect in &defects.listed {
        lines.push(format!("  defect at {}: {} ('{}')", defect.path, defect.rule, defect.value));
    }
    if let Some(more) = unlisted(summary, defects) {
        lines.push(format!("  and {more} more defects"));
    }
    lines.push(String::new());
    lines.join("\n")
}
