//! Writes the CSV of the profile `passerelle`: one row a movement, the facts of its statement in every row.

use std::fmt::Write;

use domain::{Entry, Money, Statement};

use crate::{WriteError, Written};

/// The columns, in order; those of `profiles/passerelle.toml`.
const HEADER: &str = "account,currency,holder,number,opening_amount,opening_date,closing_amount,closing_date,booked_on,\
value_on,amount,counterparty_name,counterparty_account,counterparty_bic,remittance,structured,end_to_end_id,mandate_id,\
creditor_id,purpose_code,bank_transaction_code,proprietary_code,additional_information,card_reference,original_amount,\
original_currency,exchange_rate,fee,balance_after,bank_id,entry_reference";

pub(super) fn write(statements: &[Statement]) -> Result<Written, WriteError> {
    let mut out = format!("{HEADER}\r\n");
    let mut losses: Vec<String> = Vec::new();
    let mut lose = |loss: &str| {
        if !losses.iter().any(|known| known == loss) {
            losses.push(loss.to_owned());
        }
    };
    for statement in statements {
        if statement.entries.is_empty() {
            lose("a statement without movements has no row");
        }
        if !statement.other_balances.is_empty() || statement.id.is_some() || statement.pages.is_some() {
            lose("the statement's id, pages and other balances have no column");
        }
        if statement.period.is_some() || statement.servicer_bic.is_some() {
            lose("the statement's period and the bank's BIC have no column");
        }
        for entry in &statement.entries {
            if !entry.parts.is_empty() {
                lose("the payments inside a batch have no column");
            }
            row(&mut out, statement, entry);
        }
    }
    Ok(Written { bytes: out.into_bytes(), losses })
}

fn row(out: &mut String, statement: &Statement, entry: &Entry) {
    let transaction = &entry.transaction;
    let details = &transaction.details;
    let decimal = |money: Option<Money>| money.map(|money| money.decimal());
    let balance = |balance: &Option<domain::Balance>| {
        let amount = balance.as_ref().map(|balance| balance.amount.decimal());
        (amount, balance.as_ref().map(|balance| balance.date.to_string()))
    };
    let (opening_amount, opening_date) = balance(&statement.opening);
    let (closing_amount, closing_date) = balance(&statement.closing);
    let original = details.original_amount.map(|money| money.currency().to_string());
    let party = &details.counterparty;
    let numbers_and_texts = [
        Cell::Text(Some(statement.account.as_str().to_owned())),
        Cell::Number(Some(statement.currency.to_string())),
        Cell::Text(statement.holder.clone()),
        Cell::Text(statement.number.clone()),
        Cell::Number(opening_amount),
        Cell::Number(opening_date),
        Cell::Number(closing_amount),
        Cell::Number(closing_date),
        Cell::Number(Some(transaction.booked_on.to_string())),
        Cell::Number(transaction.value_on.map(|day| day.to_string())),
        Cell::Number(Some(transaction.amount.decimal())),
        Cell::Text(party.name.clone()),
        Cell::Text(party.account.clone()),
        Cell::Text(party.bic.clone()),
        Cell::Lines(&details.remittance),
        Cell::Text(details.structured.as_ref().map(|reference| reference.as_str().to_owned())),
        Cell::Text(details.end_to_end_id.clone()),
        Cell::Text(details.mandate_id.clone()),
        Cell::Text(details.creditor_id.clone()),
        Cell::Text(details.purpose_code.clone()),
        Cell::Text(details.bank_transaction_code.clone()),
        Cell::Text(details.proprietary_code.clone()),
        Cell::Text(details.additional_information.clone()),
        Cell::Text(details.card_reference.clone()),
        Cell::Number(decimal(details.original_amount)),
        Cell::Number(original),
        Cell::Text(details.exchange_rate.clone()),
        Cell::Number(decimal(details.fee)),
        Cell::Number(decimal(details.balance_after)),
        Cell::Text(details.bank_id.clone()),
        Cell::Text(details.entry_reference.clone()),
    ];
    let cells: Vec<String> = numbers_and_texts.into_iter().map(Cell::written).collect();
    let _ = write!(out, "{}\r\n", cells.join(","));
}

enum Cell<'c> {
    /// What a spreadsheet may read as a number or a date.
    Number(Option<String>),
    Text(Option<String>),
    Lines(&'c [String]),
}

impl Cell<'_> {
    fn written(self) -> String {
        match self {
            Cell::Number(text) => text.unwrap_or_default(),
            Cell::Text(text) => quoted(&harmless(&text.unwrap_or_default())),
            Cell::Lines(lines) => {
                let lines: Vec<String> = lines.iter().map(|line| harmless(line)).collect();
                quoted(&lines.join("\n"))
            }
        }
    }
}

/// A text that a spreadsheet would run as a formula gets an apostrophe in front; our reader takes it off.
fn harmless(text: &str) -> String {
    let text = text.replace('\0', " ");
    if text.starts_with(['=', '+', '-', '@', '\'']) { format!("'{text}") } else { text }
}

fn quoted(text: &str) -> String {
    if text.contains(['"', ',', '\n', '\r', ';']) || text != text.trim() {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}
