//! CSV by profile: a TOML file names the columns, separators, number and date formats, the rule for signs and the
//! encoding of one bank's export. The profiles of this crate are in `profiles/`; a caller may bring one
//! ([`Profile::parse`]). A file is recognised by its header line.
//!
//! A row that cannot be read is a defect and its neighbours are read. Rows of one account and currency that follow
//! each other are one statement. CSV has no opening and closing balance, so nothing is proven.

mod profile;
mod rows;
mod write;

use domain::{BalanceKind, Currency, Date, StructuredReference};

use crate::assembly::{Assembly, Movement};
use crate::input::Input;
use crate::lines::Lines;
use crate::place::Place;
use crate::{DateOrder, Encoding, Exact, Format, Options, ReadError};
use profile::{Columns, KNOWN};
pub use profile::{Profile, ProfileError};
use rows::{Row, Rows};

/// The format's line in [`crate::ALL`].
pub(crate) const FORMAT: Format =
    Format { name: "csv", title: "CSV of a known bank", recognises, read, write: Some(write::write) };

/// Lines in which the header is looked for: some banks put a preamble in front.
const HEADER_WITHIN: usize = 30;

fn recognises(beginning: &[u8]) -> bool {
    let lines = || {
        beginning
            .split(|byte| *byte == b'\n')
            .take(HEADER_WITHIN)
            .map(|line| Encoding::of_foreign(line).unwrap_or(Encoding::Utf8).decode(line).trim_end().to_owned())
    };
    KNOWN.iter().any(|(_, profile)| lines().any(|line| profile.fits(&rows::cells(&line, profile.separator))))
}

fn read(input: Input<'_>, options: &Options, assembly: &mut Assembly<'_>) -> Result<(), ReadError> {
    assembly.summary().format = "csv".to_owned();
    let own = options.profile.iter().map(|own| ("own", own));
    let profiles: Vec<(&str, &Profile)> = own.chain(KNOWN.iter().map(|(name, known)| (*name, known))).collect();
    let mut rows = Rows::new(Lines::open(input));
    let Some((name, profile, header)) = find_header(&mut rows, &profiles)? else {
        let expected = "no line is the header of a known CSV export; describe it in a profile";
        return Err(ReadError::NotAStatement(expected.into()));
    };
    assembly.summary().version = Some(name.to_owned());
    if let Some(encoding) = profile.encoding {
        rows.assume(encoding);
    }
    let mut table = Table { profile, columns: profile.columns.places(&header), key: None, order: options.date_order };
    while let Some(row) = rows.next(profile.separator)? {
        if row.cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        table.row(&row, header.len(), assembly);
    }
    if !assembly.is_open() {
        assembly.open();
    }
    assembly.close();
    assembly.summary().encoding = Some(rows.encoding().name());
    Ok(())
}

/// A profile with its name, and the cells of the header line.
type Found<'p> = (&'p str, &'p Profile, Vec<String>);

/// The first line that is the header of a profile.
fn find_header<'p>(rows: &mut Rows<'_>, profiles: &[(&'p str, &'p Profile)]) -> Result<Option<Found<'p>>, ReadError> {
    for _ in 0..HEADER_WITHIN {
        let Some(line) = rows.line()? else { return Ok(None) };
        for (name, profile) in profiles {
            let cells = rows::cells(&line, profile.separator);
            if profile.fits(&cells) {
                return Ok(Some((name, profile, cells)));
            }
        }
    }
    Ok(None)
}

/// The rows under a header.
struct Table<'p> {
    profile: &'p Profile,
    /// Where the columns of the profile stand in this file.
    columns: Columns<Vec<usize>>,
    /// What tells the statement that is open from the next one.
    key: Option<Key>,
    order: Option<DateOrder>,
}

/// Account, currency, number, and the balances with their dates where the rows say them.
#[derive(PartialEq, Eq)]
struct Key {
    account: String,
    currency: String,
    number: String,
    balances: [Option<String>; 4],
}

impl Table<'_> {
    fn row(&mut self, row: &Row, width: usize, assembly: &mut Assembly<'_>) {
        let path = Place::Line(row.line);
        if row.cut {
            assembly.defect(&path, "", "a row is longer than any bank writes");
        }
        if row.cells.len() < width.saturating_sub(1) {
            let rule = format!("the header has {width} columns, this row {}", row.cells.len());
            return assembly.defect(&path, &row.raw, &rule);
        }
        let currency = self.begin(row, assembly, &path);
        let Some(pending) = self.state(row, assembly, &path) else { return };
        let mut movement = Movement { path, pending, currency, raw: row.raw.clone(), ..Movement::default() };
        movement.amount = self.amount(row, &movement.path, assembly);
        movement.booked_on = self.day(row, &self.columns.booked_on, &movement.path, assembly);
        movement.value_on = self.day(row, &self.columns.value_on, &movement.path, assembly);
        self.details(row, &mut movement, assembly);
        assembly.movement(movement);
    }

    /// Opens a statement when the account, the currency or the number changes; answers the row's currency.
    fn begin(&mut self, row: &Row, assembly: &mut Assembly<'_>, path: &Place) -> Option<Currency> {
        let text = |places: &[usize]| cell(row, places).unwrap_or_default();
        let currency = cell(row, &self.columns.currency).or_else(|| self.profile.fixed_currency.clone());
        let account = domain::AccountReference::parse(&text(&self.columns.account)).into_string();
        let balances = [
            &self.columns.opening_amount,
            &self.columns.opening_date,
            &self.columns.closing_amount,
            &self.columns.closing_date,
        ];
        let key = Key {
            account,
            currency: currency.unwrap_or_default(),
            number: text(&self.columns.number),
            balances: balances.map(|places| cell(row, places)),
        };
        let parsed = match Currency::parse(&key.currency) {
            Ok(currency) => Some(currency),
            Err(error) if !key.currency.is_empty() => {
                assembly.defect(path, &key.currency, &error.to_string());
                None
            }
            Err(_) => None,
        };
        if self.key.as_ref() != Some(&key) {
            assembly.open();
            assembly.name_account(&key.account);
            if let Some(currency) = parsed {
                assembly.name_currency(currency);
            }
            let statement = assembly.statement();
            statement.holder = cell(row, &self.columns.holder);
            statement.number = Some(key.number.clone()).filter(|number| !number.is_empty());
            self.key = Some(key);
        }
        parsed
    }

    /// Whether the row is pending; `None` when its state is one that never was money.
    fn state(&self, row: &Row, assembly: &mut Assembly<'_>, path: &Place) -> Option<bool> {
        let Some(state) = &self.profile.state else { return Some(false) };
        let text = cell(row, &self.columns.state).unwrap_or_default();
        let among = |list: &[String]| list.iter().any(|known| known.eq_ignore_ascii_case(&text));
        if among(&state.booked) {
            Some(false)
        } else if among(&state.pending) {
            Some(true)
        } else {
            if !among(&state.never) {
                assembly.defect(path, &text, "the state of a movement is one that the profile names");
            }
            None
        }
    }

    fn number(&self, row: &Row, places: &[usize]) -> Option<Result<Exact, String>> {
        let text = cell(row, places)?;
        Some(self.profile.decimal.amount(&text).ok_or(text))
    }

    /// One signed column, or one column with the sign in another, or a column for each side.
    fn amount(&self, row: &Row, path: &Place, assembly: &mut Assembly<'_>) -> Option<Exact> {
        let columns = &self.columns;
        let read = |places: &[usize]| self.number(row, places).transpose();
        let outcome = match (read(&columns.amount), read(&columns.debit), read(&columns.credit)) {
            (Err(text), ..) | (_, Err(text), _) | (.., Err(text)) => Err(text),
            (Ok(Some(amount)), ..) => Ok(amount),
            (Ok(None), Ok(debit), Ok(credit)) => {
                let debit = debit.unwrap_or_default().magnitude();
                if columns.debit.is_empty() || (debit.is_zero() && credit.is_none()) {
                    Err(String::new())
                } else {
                    Ok(credit.unwrap_or_default().minus(debit))
                }
            }
        };
        let amount = match outcome {
            Ok(amount) => amount,
            Err(text) => {
                let rule = format!("an amount is a decimal number with {}", self.profile.decimal.told());
                assembly.defect(path, &text, &rule);
                return None;
            }
        };
        let fee = self.number(row, &columns.fee).and_then(Result::ok).filter(|_| self.profile.fee_is_extra);
        let signed = match &self.profile.sign {
            None => amount,
            Some(sign) => {
                let text = cell(row, &columns.sign).unwrap_or_default();
                let among = |list: &[String]| list.iter().any(|known| known.eq_ignore_ascii_case(&text));
                if among(&sign.debit) {
                    amount.magnitude().negated()
                } else if among(&sign.credit) {
                    amount.magnitude()
                } else {
                    assembly.defect(path, &text, "the sign of an amount is one that the profile names");
                    return None;
                }
            }
        };
        Some(fee.map_or(signed, |fee| signed.minus(fee.magnitude())))
    }

    fn day(&self, row: &Row, places: &[usize], path: &Place, assembly: &mut Assembly<'_>) -> Option<Date> {
        let text = cell(row, places)?;
        let day = self.profile.day(&text, self.order);
        if day.is_none() {
            let rule = format!("a date is a day of the calendar, written {}", self.profile.date);
            assembly.defect(path, &text, &rule);
        }
        day
    }

    fn details(&self, row: &Row, movement: &mut Movement, assembly: &mut Assembly<'_>) {
        let columns = &self.columns;
        let text = |places: &[usize]| cell(row, places);
        let own = assembly.currency();
        let money =
            |places: &[usize], currency: Option<Currency>| self.number(row, places)?.ok()?.money(currency?).ok();
        // The other side of a debit is the payee, that of a credit the payer.
        let debit = movement.amount.is_some_and(Exact::is_negative);
        let side = if debit { &columns.payee_name } else { &columns.payer_name };
        let details = &mut movement.details;
        details.counterparty.name = text(&columns.counterparty_name).or_else(|| text(side));
        details.counterparty.account =
            text(&columns.counterparty_account).map(|account| domain::AccountReference::parse(&account).into_string());
        details.counterparty.bic = text(&columns.counterparty_bic);
        for place in &columns.remittance {
            let lines = row.cells.get(*place).into_iter().flat_map(|cell| cell.lines());
            details.remittance.extend(lines.map(|line| plain(line.trim())).filter(|line| !line.is_empty()));
        }
        details.structured = text(&columns.structured).map(|reference| StructuredReference::parse(&reference));
        details.end_to_end_id = text(&columns.end_to_end_id).filter(|text| text != "NOTPROVIDED");
        details.mandate_id = text(&columns.mandate_id);
        details.creditor_id = text(&columns.creditor_id);
        details.purpose_code = text(&columns.purpose_code);
        details.bank_transaction_code = text(&columns.bank_transaction_code);
        details.proprietary_code = text(&columns.proprietary_code);
        details.additional_information = text(&columns.additional_information);
        details.card_reference = text(&columns.card_reference);
        details.bank_id = text(&columns.bank_id);
        details.entry_reference = text(&columns.entry_reference);
        details.exchange_rate = text(&columns.exchange_rate);
        let original = text(&columns.original_currency).and_then(|code| Currency::parse(&code).ok());
        details.original_amount = money(&columns.original_amount, original.filter(|code| Some(*code) != own));
        details.fee = money(&columns.fee, own).filter(|fee| fee.minor() != 0);
        details.balance_after = money(&columns.balance_after, own);
        self.balances(row, assembly);
    }

    /// Our own files say the balances of the statement in every row.
    fn balances(&self, row: &Row, assembly: &mut Assembly<'_>) {
        let columns = &self.columns;
        let sides = [
            (&columns.opening_amount, &columns.opening_date, BalanceKind::OpeningBooked),
            (&columns.closing_amount, &columns.closing_date, BalanceKind::ClosingBooked),
        ];
        for (amount, date, kind) in sides {
            let amount = self.number(row, amount).and_then(Result::ok);
            let date = cell(row, date).and_then(|text| self.profile.day(&text, self.order));
            if let (Some(amount), Some(date)) = (amount, date) {
                assembly.balance(kind, Some(date), amount, None, "balance");
            }
        }
    }
}

/// The text of the first of these columns that has one.
fn cell(row: &Row, places: &[usize]) -> Option<String> {
    places.iter().filter_map(|place| row.cells.get(*place)).map(|cell| plain(cell.trim())).find(|cell| !cell.is_empty())
}

/// A text without the apostrophe that keeps a spreadsheet from running it as a formula.
fn plain(text: &str) -> String {
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\'']) => rest.to_owned(),
        Some(_) | None => text.to_owned(),
    }
}
