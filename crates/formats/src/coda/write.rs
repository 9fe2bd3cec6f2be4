//! Writes CODA 2.6 (Febelfin): one file a statement, one after the other, in ISO-8859-1.

use domain::{AccountReference, BalanceKind, Date, Details, Entry, Money, Statement, StructuredReference};

use crate::{WriteError, Written};

pub(super) fn write(statements: &[Statement]) -> Result<Written, WriteError> {
    let mut out = Out::default();
    for (index, statement) in statements.iter().enumerate() {
        let last = index + 1 == statements.len();
        write_statement(&mut out, statement, last).map_err(|reason| WriteError::Impossible {
            statement: index + 1,
            format: "CODA 2.6",
            reason,
        })?;
    }
    Ok(Written { bytes: out.bytes, losses: out.losses })
}

fn write_statement(out: &mut Out, statement: &Statement, last: bool) -> Result<(), String> {
    let (Some(opening), Some(closing)) = (&statement.opening, &statement.closing) else {
        return Err("CODA demands an old and a new balance, and this statement lacks one".into());
    };
    if statement.account.as_str().is_empty() {
        return Err("CODA demands an account, and this statement names none; give one with --account".into());
    }
    if statement.currency.minor_digits() > 3 {
        return Err(format!("CODA has three decimals, {} has more", statement.currency));
    }
    let before = out.records;
    out.totals = [0, 0];
    let bic = out.limited(statement.servicer_bic.as_deref(), 11, "the bank's BIC");
    let holder = out.limited(statement.holder.as_deref(), 26, "the account holder's name");
    let created = short_date(closing.date)?;
    out.line(&format!("00000{created}00005{:18}{holder:26}{bic:11}{:011} {:05}{:39}2", "", 0, 0, ""));
    let (structure, account) = account_field(out, statement);
    let number = sequence(out, statement);
    out.record(&format!(
        "1{structure}{number}{account}{}{}{holder:26}{:35}{number}",
        signed_amount(opening.amount)?,
        short_date(opening.date)?,
        ""
    ));
    for (index, entry) in statement.entries.iter().enumerate() {
        write_entry(out, entry, index + 1, &number)?;
    }
    out.record(&format!("8{number}{account}{}{created}{:64}0", signed_amount(closing.amount)?, ""));
    let [debits, credits] = out.totals;
    let code = if last { 2 } else { 1 };
    let records = out.records - before;
    if records > 999_999 {
        return Err("a CODA file holds at most 999999 records".into());
    }
    out.line(&format!("9{:15}{records:06}{debits:015}{credits:015}{:75}{code}", "", ""));
    if statement.other_balances.iter().any(|balance| balance.kind != BalanceKind::ClosingBooked) {
        out.lose("interim and available balances have no record");
    }
    if statement.id.is_some() || statement.period.is_some() || statement.pages.is_some() {
        out.lose("the statement's id, period and pages have no field");
    }
    Ok(())
}

fn account_field(out: &mut Out, statement: &Statement) -> (u8, String) {
    let currency = statement.currency.code();
    match &statement.account {
        AccountReference::Iban(iban) if iban.country() == "BE" => {
            (2, format!("{:31}{:3}{currency}", iban.as_str(), ""))
        }
        AccountReference::Iban(iban) => (3, format!("{:34}{currency}", iban.as_str())),
        AccountReference::Other(text) if text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit()) => {
            (0, format!("{text} {currency}0BE{:18}", ""))
        }
        AccountReference::Other(text) => {
            let number = out.limited(Some(text), 34, "the account");
            (1, format!("{number:34}{currency}"))
        }
    }
}

fn sequence(out: &mut Out, statement: &Statement) -> String {
    let number = statement.number.as_deref().unwrap_or("0");
    match number.parse::<u16>() {
        Ok(number) if number <= 999 => format!("{number:03}"),
        Ok(_) | Err(_) => {
            out.lose("a statement number that is not below 1000 became 000");
            "000".to_owned()
        }
    }
}

/// `DDMMYY`; two digits hold the years 1980 to 2079.
fn short_date(date: Date) -> Result<String, String> {
    if !(1980..2080).contains(&date.year()) {
        return Err(format!("{date} cannot be written with two digits for the year"));
    }
    Ok(format!("{:02}{:02}{:02}", date.day(), date.month(), date.year() % 100))
}

fn thousandths(amount: Money) -> Result<u64, String> {
    let factor = 10u64.pow(3u32.saturating_sub(amount.currency().minor_digits()));
    let units = amount.minor().unsigned_abs().checked_mul(factor).filter(|units| *units < 1_000_000_000_000_000);
    units.ok_or_else(|| format!("{amount} has more than 12 digits before the decimals"))
}

fn signed_amount(amount: Money) -> Result<String, String> {
    Ok(format!("{}{:015}", u8::from(amount.is_debit()), thousandths(amount)?))
}

fn write_entry(out: &mut Out, entry: &Entry, number: usize, statement: &str) -> Result<(), String> {
    let transaction = &entry.transaction;
    let place = Place {
        number: number % 10_000,
        // The standard allows zeros for an unknown value date; readers refuse them, so the entry date stands in.
        value: short_date(transaction.value_on.unwrap_or(transaction.booked_on))?,
        booked: short_date(transaction.booked_on)?,
        statement,
    };
    let parts = entry.parts.iter().filter(|part| part.amount.is_some()).count();
    if parts < entry.parts.len() {
        out.lose("a part without an amount has no record");
    }
    let amount = transaction.amount;
    out.totals[usize::from(!amount.is_debit())] += thousandths(amount)?;
    let kind = if parts > 0 { Kind::Total } else { Kind::Simple };
    movement(out, &place, 0, amount, &transaction.details, kind)?;
    let mut detail = information(out, &place, &transaction.details);
    let parts = entry.parts.iter().filter_map(|part| part.amount.map(|amount| (amount, &part.details)));
    let mut parts = parts.peekable();
    while let Some((amount, details)) = parts.next() {
        let kind = if parts.peek().is_none() { Kind::LastPart } else { Kind::Part };
        movement(out, &place, detail, amount, details, kind)?;
        if details.additional_information.is_some() {
            out.lose("the bank's information about a part has no record of its own");
        }
        detail += 1;
    }
    Ok(())
}

/// What all records of a movement repeat.
struct Place<'p> {
    number: usize,
    value: String,
    booked: String,
    statement: &'p str,
}

/// What a movement is among its parts. The total and the last part carry the globalisation code.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Simple,
    Total,
    Part,
    LastPart,
}

/// Records 2.1 to 2.3.
fn movement(
    out: &mut Out,
    place: &Place<'_>,
    detail: usize,
    amount: Money,
    details: &Details,
    kind: Kind,
) -> Result<(), String> {
    let Place { number, value, booked, statement } = place;
    let detail = detail % 10_000;
    let code = transaction_code(out, details, amount, kind);
    let (typed, text) = communication(out, details, booked);
    let pieces = text.chunks(&[53, 53, 43]);
    let party = &details.counterparty;
    let account = out.limited(party.account.as_deref(), 34, "the counterparty's account");
    let name = out.limited(party.name.as_deref(), 35, "the counterparty's name");
    let own = out.limited(details.end_to_end_id.as_deref(), 35, "the customer's reference");
    let bic = out.limited(party.bic.as_deref(), 11, "the counterparty's BIC");
    let purpose = out.limited(details.purpose_code.as_deref(), 4, "the purpose");
    let third = !(account.is_empty() && name.is_empty() && pieces[2].trim().is_empty());
    let second = third || !(own.is_empty() && bic.is_empty() && purpose.is_empty() && pieces[1].trim().is_empty());
    let told = u8::from(detail == 0 && details.additional_information.is_some());
    let reference = out.limited(details.bank_id.as_deref(), 21, "the bank's reference");
    let flag = |last: bool, told: u8| if last { told } else { 0 };
    out.record(&format!(
        "21{number:04}{detail:04}{reference:21}{}{value}{code}{typed}{:53}{booked}{statement}{}{} {}",
        signed_amount(amount)?,
        pieces[0],
        u8::from(matches!(kind, Kind::Total | Kind::LastPart)),
        u8::from(second),
        flag(!second, told),
    ));
    if second {
        out.record(&format!(
            "22{number:04}{detail:04}{:53}{own:35}{bic:11}{:3} {:4}{:4}{purpose:4}{} {}",
            pieces[1],
            "",
            "",
            "",
            u8::from(third),
            flag(!third, told),
        ));
    }
    if third {
        out.record(&format!("23{number:04}{detail:04}{account:34}{:3}{name:35}{:43}0 {told}", "", pieces[2]));
    }
    if details.original_amount.is_some() || details.fee.is_some() || details.card_reference.is_some() {
        out.lose("the original amount, charges and card number are not written");
    }
    Ok(())
}

/// The bank's code when it is one of CODA, else a plain transfer. Its first digit says whether the amount is simple
/// (0), a total (1 to 3) or a part (5 to 8): readers add up by it.
fn transaction_code(out: &mut Out, details: &Details, amount: Money, kind: Kind) -> String {
    let plain = if amount.is_debit() { "00101000" } else { "00150000" };
    let code = match details.proprietary_code.as_deref() {
        Some(code) if code.len() == 8 && code.bytes().all(|b| b.is_ascii_digit()) => code,
        Some(_) => {
            out.lose("a transaction code that is none of CODA became that of a transfer");
            plain
        }
        None => plain,
    };
    let (digit, rest) = code.split_at(1);
    let digit = match (kind, digit) {
        (Kind::Simple, "0" | "1" | "2" | "3") | (Kind::Total, "1" | "2" | "3") => digit,
        (Kind::Part | Kind::LastPart, "5" | "6" | "7" | "8") => digit,
        (Kind::Simple, _) => "0",
        (Kind::Total, _) => "1",
        (Kind::Part | Kind::LastPart, _) => "5",
    };
    format!("{digit}{rest}")
}

/// The communication of up to 149 columns: structured when there is a reference or a mandate, else free.
fn communication(out: &mut Out, details: &Details, booked: &str) -> (u8, Text) {
    let free = details.remittance.join(" ");
    let structured = match &details.structured {
        Some(StructuredReference::Ogm(digits)) => Some(format!("101{digits}")),
        Some(StructuredReference::Creditor(text)) => Some(format!("100{text}")),
        Some(StructuredReference::Qr(text) | StructuredReference::Other(text)) => {
            out.lose("a reference that is neither Belgian nor ISO 11649 is written as free text");
            return (0, out.text(&format!("{text} {free}"), 149));
        }
        None if details.mandate_id.is_some() || details.creditor_id.is_some() => {
            let creditor = out.limited(details.creditor_id.as_deref(), 35, "the creditor's identifier");
            let mandate = out.limited(details.mandate_id.as_deref(), 35, "the mandate");
            let text = out.text(&free, 62);
            let head = format!("127{booked}010{creditor:35}{mandate:35}");
            return (1, Text(head.chars().chain(text.0).collect()));
        }
        None => None,
    };
    match structured {
        Some(text) => {
            let belgian_in_words = details.remittance.is_empty();
            if !belgian_in_words || details.mandate_id.is_some() {
                out.lose("a structured communication leaves no room for free text or a mandate");
            }
            (1, out.text(&text, 149))
        }
        None => (0, out.text(&free, 149)),
    }
}

/// Records 3.1 to 3.3 with the bank's information; answers the next detail number.
fn information(out: &mut Out, place: &Place<'_>, details: &Details) -> usize {
    let Some(text) = details.additional_information.as_deref() else { return 1 };
    let number = place.number;
    let reference = out.limited(details.bank_id.as_deref(), 21, "the bank's reference");
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let code = details.proprietary_code.as_deref().filter(|code| code.len() == 8).unwrap_or("00150000");
    for (index, line) in lines.iter().enumerate() {
        let detail = index + 1;
        let more = u8::from(detail < lines.len());
        let pieces = out.text(line, 73).chunks(&[73]);
        out.record(&format!("31{number:04}{detail:04}{reference:21}{code}0{:73}{:12}0 {more}", pieces[0], ""));
    }
    lines.len() + 1
}

/// Characters that fit the columns.
struct Text(Vec<char>);

impl Text {
    /// Pieces of so many characters each, short or empty at the end.
    fn chunks(&self, widths: &[usize]) -> Vec<String> {
        let mut rest = self.0.as_slice();
        widths
            .iter()
            .map(|width| {
                let (piece, behind) = rest.split_at((*width).min(rest.len()));
                rest = behind;
                piece.iter().collect()
            })
            .collect()
    }
}

#[derive(Default)]
struct Out {
    bytes: Vec<u8>,
    losses: Vec<String>,
    records: u64,
    /// Debits and credits in thousandths.
    totals: [u64; 2],
}

impl Out {
    fn lose(&mut self, loss: &str) {
        if !self.losses.iter().any(|known| known == loss) {
            self.losses.push(loss.to_owned());
        }
    }

    fn record(&mut self, text: &str) {
        self.records += 1;
        self.line(text);
    }

    /// A line in ISO-8859-1; what it lacks was replaced before.
    fn line(&mut self, text: &str) {
        debug_assert_eq!(text.chars().count(), super::WIDTH, "{text}");
        self.bytes.extend(text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')));
        self.bytes.extend(b"\r\n");
    }

    fn limited(&mut self, text: Option<&str>, width: usize, what: &str) -> String {
        let text = text.unwrap_or_default();
        let cut: String = text.chars().map(|c| self.storable(c)).take(width).collect();
        if text.chars().count() > width {
            self.lose(&format!("{what} was cut to {width} columns"));
        }
        cut.trim_end().to_owned()
    }

    fn text(&mut self, text: &str, width: usize) -> Text {
        if text.chars().count() > width {
            self.lose(&format!("a communication was cut to {width} columns"));
        }
        Text(text.chars().map(|c| self.storable(c)).take(width).collect())
    }

    /// A character that ISO-8859-1 has and that no reader takes for code page 850.
    fn storable(&mut self, character: char) -> char {
        match character {
            ' '..='~' | '\u{A5}'..='\u{FF}' => character,
            '’' | '‘' => '\'',
            _ => {
                self.lose("a character that ISO-8859-1 does not have became a question mark");
                if character.is_control() { ' ' } else { '?' }
            }
        }
    }
}
