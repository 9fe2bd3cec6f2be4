//! Records 2.1 to 3.3: movements, their parts, and what is said about them.

use domain::{AccountReference, Details, Part};

use super::{Record, communication};
use crate::assembly::{Assembly, MOST_PARTS, Movement};
use crate::movement::Cut;
use crate::place::Place;
use crate::{Exact, bank_codes, calendar};

/// Texts that records continue are kept up to this length.
const LONGEST_TEXT: usize = 4096;
/// Lines of information about one movement that are kept.
const MOST_LINES: usize = 1000;

/// One 2.1 record with what continues it.
#[derive(Default)]
struct Piece {
    amount: Option<Exact>,
    details: Details,
    structured: bool,
    communication: String,
}

impl Piece {
    /// Goes on with the communication; the standard has one record 2.2 and one 2.3, and no file repeats them for ever.
    /// False when there is no room for it.
    fn communicate(&mut self, text: &str) -> bool {
        let room = self.communication.len() < LONGEST_TEXT;
        if room {
            self.communication.push_str(text);
        }
        room
    }
}

/// The movement that is being read.
#[derive(Default)]
pub(super) struct Movements {
    movement: Option<Movement>,
    number: String,
    detail: String,
    total: Piece,
    parts: Vec<Piece>,
    /// Free text of the records 3, one line for each 3.1.
    information: Vec<String>,
}

impl Movements {
    /// Takes a record; answers the amount when it is a total, for the trailer's sums.
    pub(super) fn record(&mut self, record: Record<'_>, path: &Place, assembly: &mut Assembly<'_>) -> Option<Exact> {
        let number = record.columns(3, 6);
        let detail = record.columns(7, 10);
        let (mut counted, mut kept) = (None, true);
        match record.columns(1, 2) {
            "21" => {
                // After detail 9999 comes 0000 of the same movement.
                let wraps = self.number == number && self.detail == "9999";
                if detail == "0000" && !wraps {
                    self.flush(assembly);
                    counted = self.begin(record, path, assembly);
                } else if self.movement.is_none() || self.number != number {
                    assembly.defect(path, detail, "a detail follows the movement that it explains");
                } else if self.parts.len() <= MOST_PARTS {
                    // One more than is kept, so that the assembly tells.
                    self.parts.push(piece(record, path, assembly));
                }
                number.clone_into(&mut self.number);
                detail.clone_into(&mut self.detail);
            }
            _ if self.movement.is_none() || self.number != number => {
                assembly.defect(path, number, "a record continues the movement before it");
            }
            "22" => kept = self.second(record),
            "23" => kept = self.third(record),
            "31" if self.information.len() < MOST_LINES => {
                let from = if record.columns(40, 40) == "1" { 44 } else { 41 };
                self.information.push(record.columns(from, 113).to_owned());
            }
            "31" => kept = false,
            "32" | "33" => {
                let to = if record.columns(2, 2) == "2" { 115 } else { 100 };
                match self.information.last_mut().filter(|line| line.len() < LONGEST_TEXT) {
                    Some(line) => line.push_str(record.columns(11, to)),
                    None => kept = false,
                }
            }
            _ => assembly.defect(path, record.columns(2, 2), "a record 2 or 3 has the article code 1, 2 or 3"),
        }
        if let Some(movement) = &mut self.movement {
            movement.continue_raw(record.text);
            if !kept {
                movement.cut = Cut::Words;
            }
        }
        counted
    }

    fn begin(&mut self, record: Record<'_>, path: &Place, assembly: &mut Assembly<'_>) -> Option<Exact> {
        self.total = piece(record, path, assembly);
        let amount = self.total.amount;
        let date = |from: usize, what: &str, assembly: &mut Assembly<'_>| {
            let text = record.columns(from, from + 5);
            let day = calendar::ddmmyy(text);
            if day.is_none() && text != "000000" {
                assembly.defect(path, text, &format!("{what} is a day of the calendar, written DDMMYY"));
            }
            day
        };
        self.movement = Some(Movement {
            path: path.clone(),
            amount,
            value_on: date(48, "a value date", assembly),
            booked_on: date(116, "an entry date", assembly),
            ..Movement::default()
        });
        amount
    }

    fn last(&mut self) -> &mut Piece {
        self.parts.last_mut().unwrap_or(&mut self.total)
    }

    fn second(&mut self, record: Record<'_>) -> bool {
        let piece = self.last();
        let kept = piece.communicate(record.columns(11, 63));
        let details = &mut piece.details;
        details.end_to_end_id = record.given(64, 98).filter(|text| text != "NOTPROVIDED");
        details.counterparty.bic = record.given(99, 109);
        details.purpose_code = record.given(122, 125);
        kept
    }

    fn third(&mut self, record: Record<'_>) -> bool {
        let piece = self.last();
        let party = &mut piece.details.counterparty;
        party.account = record.given(11, 44).map(|text| AccountReference::parse(&text).into_string());
        party.name = record.given(48, 82);
        piece.communicate(record.columns(83, 125))
    }

    /// Hands the movement on that is being read.
    pub(super) fn flush(&mut self, assembly: &mut Assembly<'_>) {
        let Some(mut movement) = self.movement.take() else { return };
        let currency = assembly.currency();
        let path = movement.path.clone();
        movement.details = finished(std::mem::take(&mut self.total), &path, assembly);
        let lines: Vec<&str> =
            self.information.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
        movement.details.additional_information = Some(lines.join("\n")).filter(|text| !text.is_empty());
        self.information.clear();
        for piece in std::mem::take(&mut self.parts) {
            let amount = piece.amount.zip(currency).and_then(|(amount, currency)| amount.money(currency).ok());
            let details = finished(piece, &path, assembly);
            movement.parts.push(Part { amount, details });
        }
        self.number.clear();
        assembly.movement(movement);
    }
}

fn piece(record: Record<'_>, path: &Place, assembly: &mut Assembly<'_>) -> Piece {
    let amount = record.amount(32);
    if amount.is_none() {
        assembly.defect(path, record.columns(32, 47), "an amount is a sign and 15 digits");
    }
    let code = record.columns(54, 61);
    let details = Details {
        bank_id: record.given(11, 31),
        bank_transaction_code: bank_codes::of_coda(code),
        proprietary_code: Some(code.trim().to_owned()).filter(|code| !code.is_empty()),
        ..Details::default()
    };
    Piece {
        amount,
        details,
        structured: record.columns(62, 62) == "1",
        communication: record.columns(63, 115).to_owned(),
    }
}

fn finished(piece: Piece, path: &Place, assembly: &mut Assembly<'_>) -> Details {
    let debit = piece.amount.is_some_and(Exact::is_negative);
    let mut details = piece.details;
    if piece.structured {
        communication::structured(&piece.communication, debit, &mut details, path, assembly);
    } else {
        communication::free(&piece.communication, &mut details);
    }
    details
}
