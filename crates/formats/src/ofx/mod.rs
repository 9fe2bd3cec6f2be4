//! OFX (Open Financial Exchange), 1.x as SGML and 2.x as XML, as banks hand it out for Quicken, Money and their heirs.
//!
//! Traps, each with a fixture: elements of 1.x have no end tags; the header may stand on one line or behind a blank
//! one; the charset is in the header and often wrong; a date is the civil day as written; amounts come with commas,
//! plus signs and blanks; there is no opening balance, so nothing is proven; FITID repeats and changes.

mod tags;
mod write;

use domain::{BalanceKind, Currency, Date};

use crate::assembly::{Assembly, Movement};
use crate::input::Input;
use crate::movement::Cut;
use crate::place::Place;
use crate::{Exact, Format, Options, ReadError, calendar, number};
use tags::{Piece, Tags};

/// The format's line in [`crate::ALL`].
pub(crate) const FORMAT: Format = Format { name: "ofx", title: "OFX", recognises, read, write: Some(write::write) };

fn recognises(beginning: &[u8]) -> bool {
    let text = String::from_utf8_lossy(beginning).to_ascii_uppercase();
    text.contains("<OFX>") || text.trim_start().starts_with("OFXHEADER") || text.contains("<?OFX ")
}

fn read(input: Input<'_>, _options: &Options, assembly: &mut Assembly<'_>) -> Result<(), ReadError> {
    assembly.summary().format = "ofx".to_owned();
    let mut tags = Tags::open(input)?;
    assembly.summary().version = tags.version.take();
    let mut reader = Reader::default();
    while let Some(piece) = tags.next()? {
        match piece {
            Piece::Open(name) => {
                let offset = tags.offset();
                reader.open(name.as_bytes(), tags.value().as_deref(), offset, assembly);
            }
            Piece::Close(name) => reader.close(name.as_bytes(), assembly),
            Piece::Cut => {
                assembly.defect(format!("byte {}", tags.offset()), "", "a value is longer than any bank writes");
            }
        }
        if let Some(movement) = &mut reader.movement
            && !tags.append_raw(&mut reader.raw)
        {
            movement.cut = Cut::Raw;
        }
    }
    reader.end_movement(assembly);
    if assembly.is_open() && tags.truncated() {
        assembly.defect(format!("byte {}", tags.offset()), "", "the file ends in the middle");
    }
    assembly.close();
    assembly.summary().encoding = Some(tags.encoding().name());
    if reader.investments > 0 {
        assembly.warn(format!("{} investment movements move no cash and are not read", reader.investments));
    }
    if assembly.statements() == 0 {
        let expected = "an OFX answer with STMTRS, CCSTMTRS or INVSTMTRS was expected, and there is none";
        let said = reader.message.map(|message| format!("; the bank says '{message}'")).unwrap_or_default();
        return Err(ReadError::NotAStatement(format!("{expected}{said}")));
    }
    Ok(())
}

/// Where a value belongs, when its name alone does not say.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Within {
    #[default]
    Statement,
    Movement,
    Payee,
    AccountTo,
    Currency,
    OriginalCurrency,
    Ledger,
    Available,
    /// Aggregates that say nothing of a movement: sign-on, securities, other balances.
    Elsewhere,
}

/// A balance whose amount and date come one after the other.
#[derive(Default)]
struct Asserted {
    amount: Option<String>,
    date: Option<String>,
}

#[derive(Default)]
struct Reader {
    within: Within,
    movement: Option<Movement>,
    /// The currency and the rate of `ORIGCURRENCY`.
    original: Option<Currency>,
    rate: Option<Exact>,
    rate_text: Option<String>,
    balance: Asserted,
    from: Option<Date>,
    investments: u64,
    /// What a status of the bank says, the first one that has words.
    message: Option<String>,
    /// The text of the movement so far, as it stands in the file.
    raw: Vec<u8>,
}

impl Reader {
    fn open(&mut self, name: &[u8], value: Option<&str>, offset: u64, assembly: &mut Assembly<'_>) {
        match name {
            b"STMTRS" | b"CCSTMTRS" | b"INVSTMTRS" => {
                self.end_movement(assembly);
                assembly.open();
                self.within = Within::Statement;
            }
            b"STMTTRN" | b"STMTTRNP" => {
                self.end_movement(assembly);
                let path = Place::Element("STMTTRN", assembly.count() + 1, offset);
                self.movement = Some(Movement { path, pending: name == b"STMTTRNP", ..Movement::default() });
                self.within = Within::Movement;
            }
            b"PAYEE" => self.within = Within::Payee,
            b"BANKACCTTO" | b"CCACCTTO" => self.within = Within::AccountTo,
            b"CURRENCY" if self.movement.is_some() => self.within = Within::Currency,
            b"ORIGCURRENCY" if self.movement.is_some() => self.within = Within::OriginalCurrency,
            b"LEDGERBAL" => self.balance_begins(Within::Ledger, assembly),
            b"AVAILBAL" => self.balance_begins(Within::Available, assembly),
            b"BANKACCTFROM" | b"CCACCTFROM" | b"INVACCTFROM" => self.within = Within::Statement,
            b"SONRS" | b"BAL" | b"INVBAL" | b"INVPOSLIST" | b"SECLIST" | b"BALLIST" => {
                self.end_movement(assembly);
                self.within = Within::Elsewhere;
            }
            b"BUYSTOCK" | b"BUYMF" | b"BUYDEBT" | b"BUYOPT" | b"BUYOTHER" | b"SELLSTOCK" | b"SELLMF" | b"SELLDEBT"
            | b"SELLOPT" | b"SELLOTHER" | b"REINVEST" | b"INCOME" | b"INVEXPENSE" | b"TRANSFER" | b"SPLIT"
            | b"RETOFCAP" | b"MARGININTEREST" | b"JRNLFUND" | b"JRNLSEC" | b"CLOSUREOPT" => {
                self.investments += 1;
                self.within = Within::Elsewhere;
            }
            _ => {
                if let Some(value) = value {
                    self.value(name, value, offset, assembly);
                }
            }
        }
    }

    fn close(&mut self, name: &[u8], assembly: &mut Assembly<'_>) {
        match name {
            b"STMTTRN" | b"STMTTRNP" | b"BANKTRANLIST" => self.end_movement(assembly),
            b"PAYEE" | b"BANKACCTTO" | b"CCACCTTO" | b"CURRENCY" | b"ORIGCURRENCY" if self.movement.is_some() => {
                self.within = Within::Movement;
            }
            b"LEDGERBAL" | b"AVAILBAL" => {
                self.end_balance(assembly);
                self.within = Within::Statement;
            }
            b"STMTRS" | b"CCSTMTRS" | b"INVSTMTRS" => {
                self.end_movement(assembly);
                self.end_balance(assembly);
                assembly.close();
                self.within = Within::Elsewhere;
            }
            b"SONRS" | b"BAL" | b"INVBAL" | b"INVPOSLIST" | b"SECLIST" | b"BALLIST" => self.within = Within::Statement,
            _ => {}
        }
    }

    fn balance_begins(&mut self, within: Within, assembly: &mut Assembly<'_>) {
        self.end_movement(assembly);
        self.end_balance(assembly);
        self.balance = Asserted::default();
        self.within = within;
    }

    fn value(&mut self, name: &[u8], value: &str, offset: u64, assembly: &mut Assembly<'_>) {
        if !assembly.is_open() {
            if name == b"MESSAGE" && self.message.is_none() {
                self.message = Some(value.chars().take(200).collect());
            }
            return;
        }
        match self.within {
            Within::Statement => self.statement_value(name, value, offset, assembly),
            Within::Movement | Within::Payee | Within::AccountTo => self.movement_value(name, value, assembly),
            Within::Currency | Within::OriginalCurrency => match name {
                b"CURSYM" => {
                    let currency = Currency::parse(value).ok();
                    if self.within == Within::OriginalCurrency {
                        self.original = currency;
                    } else if let Some(movement) = &mut self.movement {
                        movement.currency = currency;
                    }
                }
                b"CURRATE" => {
                    self.rate = Exact::parse(value);
                    self.rate_text = Some(value.to_owned());
                }
                _ => self.movement_value(name, value, assembly),
            },
            Within::Ledger | Within::Available => match name {
                b"BALAMT" => self.balance.amount = Some(value.to_owned()),
                b"DTASOF" => self.balance.date = Some(value.to_owned()),
                _ => {}
            },
            Within::Elsewhere => {}
        }
    }

    fn statement_value(&mut self, name: &[u8], value: &str, offset: u64, assembly: &mut Assembly<'_>) {
        match name {
            b"CURDEF" => match Currency::parse(value) {
                Ok(currency) => assembly.name_currency(currency),
                Err(error) => assembly.defect(format!("CURDEF, byte {offset}"), value, &error.to_string()),
            },
            b"ACCTID" => assembly.name_account(value),
            b"DTSTART" => self.from = calendar::yyyymmdd(value),
            b"DTEND" => assembly.statement().period = self.from.take().zip(calendar::yyyymmdd(value)),
            _ => {}
        }
    }

    fn movement_value(&mut self, name: &[u8], value: &str, assembly: &mut Assembly<'_>) {
        let within = self.within;
        let Some(movement) = &mut self.movement else { return };
        let details = &mut movement.details;
        let party = &mut details.counterparty;
        match name {
            b"TRNTYPE" => details.proprietary_code = Some(value.to_ascii_uppercase()),
            b"DTPOSTED" | b"DTAVAIL" => {
                let day = calendar::yyyymmdd(value);
                if day.is_none() {
                    let path = movement.path.clone();
                    assembly.defect(&path, value, "a date is a day of the calendar, written YYYYMMDD");
                }
                let Some(movement) = &mut self.movement else { return };
                if name == b"DTPOSTED" { movement.booked_on = day } else { movement.value_on = day }
            }
            b"TRNAMT" => {
                movement.amount = number::lenient(value);
                if movement.amount.is_none() {
                    let path = movement.path.clone();
                    assembly.defect(&path, value, "an amount is a decimal number");
                }
            }
            b"FITID" => details.bank_id = Some(value.to_owned()),
            b"REFNUM" => details.entry_reference = Some(value.to_owned()),
            b"CHECKNUM" | b"CHKNUM" => {
                details.entry_reference = details.entry_reference.take().or_else(|| Some(value.to_owned()))
            }
            b"NAME" => party.name = Some(value.to_owned()),
            b"EXTDNAME" => party.name = Some(value.to_owned()),
            b"ACCTID" if within == Within::AccountTo => {
                party.account = Some(domain::AccountReference::parse(value).into_string());
            }
            b"MEMO" => details.remittance.push(value.to_owned()),
            _ => {}
        }
    }

    fn end_movement(&mut self, assembly: &mut Assembly<'_>) {
        self.within = if assembly.is_open() { Within::Statement } else { Within::Elsewhere };
        let (original, rate) = (self.original.take(), self.rate.take());
        let text = self.rate_text.take();
        let Some(mut movement) = self.movement.take() else { return };
        if let (Some(currency), Some(amount), Some(rate)) = (original, movement.amount, rate)
            && movement.amount.is_some_and(|amount| !amount.is_zero())
        {
            movement.details.exchange_rate = text;
            movement.details.original_amount = divided(amount, rate, currency);
        }
        movement.raw = match std::str::from_utf8(&self.raw) {
            Ok(raw) => raw.to_owned(),
            Err(_) => String::from_utf8_lossy(&self.raw).into_owned(),
        };
        self.raw.clear();
        map_type(&mut movement);
        assembly.movement(movement);
    }

    fn end_balance(&mut self, assembly: &mut Assembly<'_>) {
        let balance = std::mem::take(&mut self.balance);
        let kind = match self.within {
            Within::Ledger => BalanceKind::ClosingBooked,
            Within::Available => BalanceKind::Available,
            Within::Statement
            | Within::Movement
            | Within::Payee
            | Within::AccountTo
            | Within::Currency
            | Within::OriginalCurrency
            | Within::Elsewhere => return,
        };
        let Some(text) = balance.amount else { return };
        let Some(amount) = number::lenient(&text) else {
            return assembly.defect("BALAMT", &text, "an amount is a decimal number");
        };
        match balance.date.as_deref().map(calendar::yyyymmdd) {
            Some(Some(day)) => assembly.balance(kind, Some(day), amount, None, "BALAMT"),
            _ => {
                let date = balance.date.unwrap_or_default();
                assembly.defect("DTASOF", &date, "a date is a day of the calendar, written YYYYMMDD");
                assembly.figure(kind, amount, None);
            }
        }
    }
}

/// The amount in the original currency: `CURRATE` is what one of that currency was worth. Only an exact quotient is
/// told, because an amount is never guessed.
fn divided(amount: Exact, rate: Exact, currency: Currency) -> Option<domain::Money> {
    amount.divided_exactly(rate)?.money(currency).ok()
}

/// Maps the `TRNTYPE` values that mean something (OFX 2.2, 11.4.4.3).
fn map_type(movement: &mut Movement) {
    let debit = movement.amount.is_some_and(Exact::is_negative);
    let details = &mut movement.details;
    details.bank_transaction_code = match (details.proprietary_code.as_deref(), debit) {
        (Some("INT"), true) => Some("ACMT-MDOP-INTR"),
        (Some("INT"), false) => Some("ACMT-MCOP-INTR"),
        (Some("FEE" | "SRVCHG"), true) => Some("ACMT-MDOP-CHRG"),
        (Some("FEE" | "SRVCHG"), false) => Some("ACMT-MCOP-CHRG"),
        (Some("ATM" | "CASH"), true) => Some("PMNT-CCRD-CWDL"),
        (Some("POS"), true) => Some("PMNT-CCRD-POSD"),
        (Some("CHECK"), true) => Some("PMNT-ICHQ-CCHQ"),
        (Some("DIRECTDEBIT"), true) => Some("PMNT-RDDT-ESDD"),
        (Some("REPEATPMT"), true) => Some("PMNT-ICDT-STDO"),
        _ => None,
    }
    .map(str::to_owned);
}
