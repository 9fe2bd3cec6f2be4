//! Writes MT940 (SWIFT User Handbook, category 9): one message a statement, `:86:` with slash codes, lines of 65
//! characters, CRLF. Texts are UTF-8, as names matter more to accountants than SWIFT's character set.

use std::fmt::Write;

use domain::{Balance, BalanceKind, Details, Entry, Money, Statement};

use super::narrative::SLASH_CODES;
use crate::{WriteError, Written};

/// Lines of one `:86:` and characters of one line.
const LINES: usize = 6;
const WIDTH: usize = 65;

pub(super) fn write(statements: &[Statement]) -> Result<Written, WriteError> {
    let mut out = Out::default();
    for (index, statement) in statements.iter().enumerate() {
        message(&mut out, statement).map_err(|reason| WriteError::Impossible {
            statement: index + 1,
            format: "MT940",
            reason,
        })?;
    }
    Ok(Written { bytes: out.text.into_bytes(), losses: out.losses })
}

fn message(out: &mut Out, statement: &Statement) -> Result<(), String> {
    let (Some(opening), Some(closing)) = (&statement.opening, &statement.closing) else {
        return Err("MT940 demands an opening and a closing balance, and this statement lacks one".into());
    };
    if statement.account.as_str().is_empty() {
        return Err("MT940 demands an account, and this statement names none; give one with --account".into());
    }
    let id = out.reference(statement.id.as_deref().unwrap_or("NONREF"), 16, ":20:");
    out.line(&format!(":20:{id}"));
    let account = out.reference(statement.account.as_str(), 35, ":25:");
    out.line(&format!(":25:{account}"));
    let number = statement.number.as_deref().unwrap_or("0");
    let number = out.reference(number, 5, ":28C:").replace('/', "");
    let page = statement.pages.map_or(1, |pages| pages.number);
    out.line(&format!(":28C:{number}/{page}"));
    let first = if page > 1 { "60M" } else { "60F" };
    balance(out, first, opening)?;
    for entry in &statement.entries {
        write_entry(out, entry)?;
    }
    let last = if statement.pages.is_none_or(|pages| pages.last) { "62F" } else { "62M" };
    balance(out, last, closing)?;
    for other in &statement.other_balances {
        match other.kind {
            BalanceKind::Available => balance(out, "64", other)?,
            BalanceKind::ForwardAvailable => balance(out, "65", other)?,
            BalanceKind::InterimBooked | BalanceKind::OpeningBooked | BalanceKind::ClosingBooked => {
                out.lose("an interim balance has no field");
            }
        }
    }
    if statement.holder.is_some() || statement.servicer_bic.is_some() || statement.period.is_some() {
        out.lose("the account holder's name, the bank's BIC and the period have no field");
    }
    out.line("-");
    Ok(())
}

fn balance(out: &mut Out, tag: &str, balance: &Balance) -> Result<(), String> {
    let mark = if balance.amount.is_debit() { 'D' } else { 'C' };
    let date = short_date(balance.date)?;
    out.line(&format!(":{tag}:{mark}{date}{}{}", balance.amount.currency(), amount(balance.amount)?));
    Ok(())
}

/// `YYMMDD`; two digits hold the years 1980 to 2079.
fn short_date(date: domain::Date) -> Result<String, String> {
    if !(1980..2080).contains(&date.year()) {
        return Err(format!("{date} cannot be written with two digits for the year"));
    }
    Ok(format!("{:02}{:02}{:02}", date.year() % 100, date.month(), date.day()))
}

/// Unsigned with a comma, at most 15 characters.
fn amount(money: Money) -> Result<String, String> {
    let text = money.decimal();
    let mut text = text.trim_start_matches('-').replace('.', ",");
    if !text.contains(',') {
        text.push(',');
    }
    if text.len() > 15 { Err(format!("{money} has more than 15 characters")) } else { Ok(text) }
}

fn write_entry(out: &mut Out, entry: &Entry) -> Result<(), String> {
    let transaction = &entry.transaction;
    let details = &transaction.details;
    let value = transaction.value_on.unwrap_or(transaction.booked_on);
    let apart = (transaction.booked_on - value).get_days().abs();
    if apart > 183 {
        out.lose("an entry date more than half a year from its value date is read in another year");
    }
    let mark = if transaction.amount.is_debit() { 'D' } else { 'C' };
    let code = details.proprietary_code.as_deref().filter(|code| is_type(code)).unwrap_or("NMSC");
    if details.proprietary_code.as_deref().is_some_and(|own| own != code) {
        out.lose("a transaction code that is no SWIFT type became NMSC");
    }
    let own = out.reference(details.entry_reference.as_deref().unwrap_or("NONREF"), 16, "the reference of :61:");
    let bank = details.bank_id.as_deref().map(|id| out.reference(id, 16, "the bank's reference of :61:"));
    let bank = bank.filter(|id| !id.is_empty()).map(|id| format!("//{id}")).unwrap_or_default();
    let booked = transaction.booked_on;
    out.line(&format!(
        ":61:{}{:02}{:02}{mark}{}{code}{own}{bank}",
        short_date(value)?,
        booked.month(),
        booked.day(),
        amount(transaction.amount)?
    ));
    information(out, details);
    if !entry.parts.is_empty() {
        out.lose("the payments inside a batch have no field");
    }
    Ok(())
}

fn is_type(code: &str) -> bool {
    code.len() == 4
        && code.starts_with(['N', 'F', 'S'])
        && code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

/// `:86:` as slash codes, in the order in which a reader most needs them: what does not fit is cut from the end.
fn information(out: &mut Out, details: &Details) {
    let mut text = String::new();
    let party = &details.counterparty;
    let purpose = details.purpose_code.as_deref().map(|code| format!("CD/{code}"));
    let structured = details.structured.as_ref().map(|reference| reference.as_str());
    for (code, value) in [
        ("EREF", details.end_to_end_id.as_deref()),
        ("IBAN", party.account.as_deref()),
        ("BIC", party.bic.as_deref()),
        ("NAME", party.name.as_deref()),
        ("MARF", details.mandate_id.as_deref()),
        ("CSID", details.creditor_id.as_deref()),
    ] {
        out.code(&mut text, code, "", value);
    }
    out.code(&mut text, "PURP", "", purpose.as_deref());
    out.code(&mut text, "REMI", "STRD//", structured);
    for line in &details.remittance {
        out.code(&mut text, "REMI", "", Some(line));
    }
    out.code(&mut text, "TRTP", "", details.additional_information.as_deref());
    if details.original_amount.is_some() || details.fee.is_some() || details.card_reference.is_some() {
        out.lose("the original amount, charges and card number have no field");
    }
    if !text.is_empty() {
        out.wrapped(&text);
    }
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

    fn line(&mut self, line: &str) {
        let _ = write!(self.text, "{line}\r\n");
    }

    /// A reference of one line without double slashes.
    fn reference(&mut self, text: &str, longest: usize, field: &str) -> String {
        let mut clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        while clean.contains("//") {
            clean = clean.replace("//", "/");
        }
        let cut: String = clean.trim().trim_end_matches('/').chars().take(longest).collect();
        if cut != text {
            self.lose(&format!("a text was shortened to the {longest} characters of {field}"));
        }
        cut
    }

    /// `/CODE/value`; a value may not look like a code.
    fn code(&mut self, text: &mut String, code: &str, prefix: &str, value: Option<&str>) {
        let Some(value) = value else { return };
        let mut clean: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        for known in SLASH_CODES {
            clean = clean.replace(&format!("/{known}/"), &format!(" {known} "));
        }
        let clean = clean.trim_matches(['/', ' ']);
        if clean != value {
            self.lose("slashes and line ends inside a text became blanks");
        }
        let _ = write!(text, "/{code}/{prefix}{clean}");
    }

    /// Lines of 65 characters. None begins with a colon or a dash, which would end the field.
    fn wrapped(&mut self, text: &str) {
        let characters: Vec<char> = text.chars().collect();
        let mut from = 0;
        let mut lines = Vec::new();
        while from < characters.len() && lines.len() < LINES {
            let mut to = (from + WIDTH).min(characters.len());
            while to < characters.len() && to > from + 1 && matches!(characters[to], ':' | '-' | '{') {
                to -= 1;
            }
            lines.push(characters[from..to].iter().collect::<String>());
            from = to;
        }
        if from < characters.len() {
            self.lose("a text was cut to the six lines of :86:");
        }
        self.line(&format!(":86:{}", lines.join("\r\n")));
    }
}
