//! Writes OFX 2.2: XML, one answer with one statement after the other, element order as the standard has it.

use std::fmt::Write;

use domain::{BalanceKind, Date, Entry, Statement};

use crate::{WriteError, Written};

/// The transaction types of the standard (11.4.4.3).
const TYPES: &[&str] = &[
    "CREDIT",
    "DEBIT",
    "INT",
    "DIV",
    "FEE",
    "SRVCHG",
    "DEP",
    "ATM",
    "POS",
    "XFER",
    "CHECK",
    "PAYMENT",
    "CASH",
    "DIRECTDEP",
    "DIRECTDEBIT",
    "REPEATPMT",
    "OTHER",
];

pub(super) fn write(statements: &[Statement]) -> Result<Written, WriteError> {
    let mut out = Out::default();
    let day = statements.iter().filter_map(|s| s.closing.as_ref()).map(|balance| balance.date).max();
    let day = day.unwrap_or(Date::constant(1970, 1, 1));
    out.text.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n");
    out.text.push_str(
        "<?OFX OFXHEADER=\"200\" VERSION=\"220\" SECURITY=\"NONE\" OLDFILEUID=\"NONE\" NEWFILEUID=\"NONE\"?>\n<OFX>\n",
    );
    out.text.push_str("<SIGNONMSGSRSV1><SONRS><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS>");
    let _ = writeln!(out.text, "<DTSERVER>{}</DTSERVER><LANGUAGE>ENG</LANGUAGE></SONRS></SIGNONMSGSRSV1>", date(day));
    out.text.push_str("<BANKMSGSRSV1>\n");
    for (index, statement) in statements.iter().enumerate() {
        write_statement(&mut out, statement, index + 1).map_err(|reason| WriteError::Impossible {
            statement: index + 1,
            format: "OFX 2.2",
            reason,
        })?;
    }
    out.text.push_str("</BANKMSGSRSV1>\n</OFX>\n");
    Ok(Written { bytes: out.text.into_bytes(), losses: out.losses })
}

fn date(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

fn write_statement(out: &mut Out, statement: &Statement, number: usize) -> Result<(), String> {
    let Some(closing) = &statement.closing else {
        return Err("OFX demands a ledger balance, and this statement has no closing balance".into());
    };
    let account = statement.account.as_str();
    if account.is_empty() {
        return Err("OFX demands an account, and this statement names none; give one with --account".into());
    }
    let _ = writeln!(out.text, "<STMTTRNRS><TRNUID>{number}</TRNUID>");
    out.text.push_str("<STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS>\n<STMTRS>\n");
    out.limited("CURDEF", statement.currency.code(), 3);
    out.text.push_str("<BANKACCTFROM>");
    let bank: String = statement.servicer_bic.as_deref().unwrap_or("NONE").chars().take(8).collect();
    out.limited("BANKID", &bank, 9);
    // The standard has 22 characters, which is less than many IBANs: a cut IBAN would be another account.
    out.limited("ACCTID", account, 34);
    if account.chars().count() > 22 {
        out.lose("the account is longer than the 22 characters of ACCTID; it was not cut");
    }
    out.text.push_str("<ACCTTYPE>CHECKING</ACCTTYPE></BANKACCTFROM>\n<BANKTRANLIST>\n");
    let (from, to) = statement.period.unwrap_or_else(|| span(statement, closing.date));
    let _ = writeln!(out.text, "<DTSTART>{}</DTSTART><DTEND>{}</DTEND>", date(from), date(to));
    for entry in &statement.entries {
        write_entry(out, entry);
    }
    out.text.push_str("</BANKTRANLIST>\n");
    out.balance("LEDGERBAL", closing);
    let mut available = statement.other_balances.iter().filter(|balance| balance.kind == BalanceKind::Available);
    if let Some(balance) = available.next() {
        out.balance("AVAILBAL", balance);
    }
    if statement.opening.is_some() {
        out.lose("the opening balance has no field");
    }
    if available.next().is_some() || statement.other_balances.iter().any(|b| b.kind != BalanceKind::Available) {
        out.lose("only one available balance has a field");
    }
    if statement.number.is_some() || statement.id.is_some() || statement.holder.is_some() || statement.pages.is_some() {
        out.lose("the statement's id, number, pages and account holder have no field");
    }
    out.text.push_str("</STMTRS></STMTTRNRS>\n");
    Ok(())
}

/// First and last day of the movements.
fn span(statement: &Statement, closing: Date) -> (Date, Date) {
    let days = || statement.entries.iter().map(|entry| entry.transaction.booked_on);
    (days().min().unwrap_or(closing), days().max().unwrap_or(closing))
}

fn write_entry(out: &mut Out, entry: &Entry) {
    let transaction = &entry.transaction;
    let details = &transaction.details;
    out.text.push_str("<STMTTRN>");
    let plain = if transaction.amount.is_debit() { "DEBIT" } else { "CREDIT" };
    let kind = details.proprietary_code.as_deref().filter(|code| TYPES.contains(code)).unwrap_or(plain);
    if details.proprietary_code.as_deref().is_some_and(|code| code != kind) {
        out.lose("a transaction code that is none of OFX became CREDIT or DEBIT");
    }
    out.limited("TRNTYPE", kind, 13);
    out.limited("DTPOSTED", &date(transaction.booked_on), 8);
    if let Some(value) = transaction.value_on {
        out.limited("DTAVAIL", &date(value), 8);
    }
    out.limited("TRNAMT", &transaction.amount.decimal(), 32);
    let own = format!("{}-{}", date(transaction.booked_on), entry.position);
    out.limited("FITID", details.bank_id.as_deref().unwrap_or(&own), 255);
    out.optional("REFNUM", details.entry_reference.as_deref(), 32);
    let name = details.counterparty.name.as_deref();
    out.optional("NAME", name, 32);
    if name.is_some_and(|name| name.chars().count() > 32) {
        out.losses.retain(|loss| !loss.contains("of NAME"));
        out.optional("EXTDNAME", name, 100);
    }
    if let Some(account) = details.counterparty.account.as_deref() {
        out.text.push_str("<BANKACCTTO><BANKID>NONE</BANKID>");
        out.limited("ACCTID", account, 34);
        if account.chars().count() > 22 {
            out.lose("an account is longer than the 22 characters of ACCTID; it was not cut");
        }
        out.text.push_str("<ACCTTYPE>CHECKING</ACCTTYPE></BANKACCTTO>");
    }
    let structured = details.structured.as_ref().map(|reference| reference.printed());
    let memo: Vec<&str> =
        structured.as_deref().into_iter().chain(details.remittance.iter().map(String::as_str)).collect();
    if !memo.is_empty() {
        if memo.len() > 1 || structured.is_some() {
            out.lose("several lines or a structured reference became one memo");
        }
        out.limited("MEMO", &memo.join(" "), 255);
    }
    if details.end_to_end_id.is_some() || details.mandate_id.is_some() || details.counterparty.bic.is_some() {
        out.lose("end-to-end id, mandate and the counterparty's BIC have no field");
    }
    if !entry.parts.is_empty() {
        out.lose("the payments inside a batch have no field");
    }
    out.text.push_str("</STMTTRN>\n");
}

#[derive(Default)]
struct Out {
    text: String,
    losses: Vec<String>,
}

impl Out {
    fn lose(&mut self, loss: &str) {
        if !self.losses.iter().any(|known| known == loss) {
            self.losses.push(loss.to_owned());
        }
    }

    fn optional(&mut self, name: &str, text: Option<&str>, longest: usize) {
        if let Some(text) = text {
            self.limited(name, text, longest);
        }
    }

    fn limited(&mut self, name: &str, text: &str, longest: usize) {
        if text.chars().count() > longest {
            self.lose(&format!("a text was cut to the {longest} characters of {name}"));
        }
        self.text.extend(["<", name, ">"]);
        for character in text.chars().take(longest) {
            match character {
                '&' => self.text.push_str("&amp;"),
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                c if c.is_control() => self.text.push(' '),
                c => self.text.push(c),
            }
        }
        self.text.extend(["</", name, ">"]);
    }

    fn balance(&mut self, name: &str, balance: &domain::Balance) {
        let _ = writeln!(
            self.text,
            "<{name}><BALAMT>{}</BALAMT><DTASOF>{}</DTASOF></{name}>",
            balance.amount.decimal(),
            date(balance.date)
        );
    }
}
