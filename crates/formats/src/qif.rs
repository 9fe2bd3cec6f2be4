//! QIF (Quicken Interchange Format): lines of a letter and a value, `^` behind each record.
//!
//! Traps, each with a fixture: there is no account number, no currency and no balance; the order of day and month is
//! not written, so it is decided over the whole file, and a file that leaves it open is not guessed at; an apostrophe
//! begins a year after 1999; lists of categories, classes and securities are no movements.

use domain::{Date, Part};

use crate::assembly::{Assembly, Movement};
use crate::input::Input;
use crate::lines::Lines;
use crate::movement::Cut;
use crate::place::Place;
use crate::{DateOrder, Exact, Format, Options, ReadError, calendar, number};

/// The format's line in [`crate::ALL`].
pub(crate) const FORMAT: Format = Format { name: "qif", title: "QIF", recognises, read, write: None };

/// Movements that wait for the order of their dates; a file that has not shown it by then does not show it.
const MOST_WAITING: usize = 50_000;
/// The raw text of one movement is kept up to this length.
const LONGEST_RAW: usize = 64 * 1024;
/// Parts of one movement that are kept.
const MOST_PARTS: usize = 1000;

fn recognises(beginning: &[u8]) -> bool {
    let text = String::from_utf8_lossy(beginning);
    let heads = ["!Type:", "!Account", "!Option:", "!Clear:"];
    let head_at = |line: &str| {
        heads.iter().any(|head| line.get(..head.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(head)))
    };
    text.lines().any(|line| head_at(line.trim_start()))
}

/// What the records of a section are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Movements,
    Accounts,
    Investments,
    Lists,
}

/// One record: its values, by letter.
#[derive(Default)]
struct Record {
    date: Option<String>,
    amount: Option<String>,
    name: Option<String>,
    memo: Option<String>,
    number: Option<String>,
    category: Option<String>,
    parts: Vec<(Option<String>, Option<String>, Option<String>)>,
    raw: String,
    line: u64,
    too_many_parts: bool,
    cut: Cut,
}

struct Reader {
    section: Section,
    record: Record,
    account: Option<String>,
    waiting: Vec<(Movement, Option<String>)>,
    order: Option<DateOrder>,
    /// Evidence: a first number above 12, a second number above 12, a year in front.
    seen: [bool; 3],
    /// The caller fixed the order, or so many movements have passed that it is given up.
    decided: bool,
    investments: u64,
}

fn read(input: Input<'_>, options: &Options, assembly: &mut Assembly<'_>) -> Result<(), ReadError> {
    let mut lines = Lines::open(input);
    assembly.summary().format = "qif".to_owned();
    let mut reader = Reader {
        section: Section::Lists,
        record: Record::default(),
        account: None,
        waiting: Vec::new(),
        order: options.date_order,
        seen: [false; 3],
        decided: options.date_order.is_some(),
        investments: 0,
    };
    assembly.open();
    while let Some(line) = lines.next()? {
        if line.cut {
            assembly.defect(format!("line {}", line.number), "", "a line is longer than any statement has");
        }
        reader.line(line.text.trim_end(), line.number, assembly);
    }
    reader.end_record(assembly);
    reader.hand_on(assembly);
    assembly.close();
    if reader.investments > 0 {
        assembly.warn(format!("{} investment records move no cash and are not read", reader.investments));
    }
    assembly.summary().encoding = Some(lines.encoding().name());
    Ok(())
}

impl Reader {
    fn line(&mut self, text: &str, number: u64, assembly: &mut Assembly<'_>) {
        if let Some(head) = text.strip_prefix('!') {
            self.end_record(assembly);
            self.section = section(head, self.section);
            return;
        }
        let Some(letter) = text.chars().next() else { return };
        let value = text[letter.len_utf8()..].trim();
        if letter == '^' {
            return self.end_record(assembly);
        }
        let record = &mut self.record;
        if record.raw.is_empty() {
            record.line = number;
        }
        if record.raw.len() < LONGEST_RAW {
            record.raw.push_str(text);
            record.raw.push('\n');
        } else {
            record.cut = Cut::Raw;
        }
        let given = Some(value.to_owned()).filter(|value| !value.is_empty());
        match letter {
            'D' => record.date = given,
            'T' => record.amount = given,
            'U' => record.amount = record.amount.take().or(given),
            'P' => record.name = given,
            'M' => record.memo = given,
            'N' => record.number = given,
            'L' => record.category = given,
            'S' if record.parts.len() < MOST_PARTS => record.parts.push((given, None, None)),
            'S' => record.too_many_parts = true,
            'E' => {
                if let Some((_, memo, _)) = record.parts.last_mut() {
                    *memo = given;
                }
            }
            '$' => {
                if let Some((_, _, amount)) = record.parts.last_mut() {
                    *amount = given;
                }
            }
            _ => {}
        }
    }

    fn end_record(&mut self, assembly: &mut Assembly<'_>) {
        let record = std::mem::take(&mut self.record);
        if record.raw.is_empty() {
            return;
        }
        match self.section {
            Section::Lists => {}
            Section::Investments => self.investments += 1,
            Section::Accounts => self.account = record.number,
            Section::Movements => self.movement(record, assembly),
        }
    }

    fn movement(&mut self, record: Record, assembly: &mut Assembly<'_>) {
        if let Some(name) = self.account.take() {
            self.begin_account(&name, assembly);
        }
        let path = Place::Line(record.line);
        if record.too_many_parts {
            assembly.defect(&path, &MOST_PARTS.to_string(), "a movement has more parts than are kept");
        }
        let currency = assembly.currency().unwrap_or_else(crate::assembly::no_currency);
        let amount = record.amount.as_deref().and_then(number::lenient);
        if amount.is_none() {
            assembly.defect(&path, record.amount.as_deref().unwrap_or_default(), "an amount is a decimal number");
        }
        let raw = record.raw.trim_end().to_owned();
        let mut movement = Movement { path, amount, raw, cut: record.cut, ..Movement::default() };
        let details = &mut movement.details;
        details.counterparty.name = record.name;
        details.remittance.extend(record.memo);
        details.entry_reference = record.number;
        details.proprietary_code = record.category;
        for (category, memo, amount) in record.parts {
            let amount = amount.as_deref().and_then(number::lenient).and_then(|a: Exact| a.money(currency).ok());
            let details = domain::Details {
                proprietary_code: category,
                remittance: memo.into_iter().collect(),
                ..domain::Details::default()
            };
            movement.parts.push(Part { amount, details });
        }
        if let Some(date) = record.date.as_deref() {
            self.weigh(date);
        }
        self.waiting.push((movement, record.date));
        if self.decided || self.waiting.len() >= MOST_WAITING {
            self.hand_on(assembly);
        }
    }

    /// A section for another account is another statement.
    fn begin_account(&mut self, name: &str, assembly: &mut Assembly<'_>) {
        let own = assembly.statement().account.as_str().to_owned();
        if own.is_empty() && assembly.count() == 0 && self.waiting.is_empty() {
            assembly.name_account(name);
        } else if own != name {
            self.hand_on(assembly);
            assembly.open();
            assembly.name_account(name);
        }
    }

    /// What a date says about the order of all of them.
    fn weigh(&mut self, date: &str) {
        let Some([first, second, _]) = numbers(date) else { return };
        if first.digits == 4 || first.value > 31 {
            self.seen[2] = true;
        } else {
            self.seen[0] |= first.value > 12;
            self.seen[1] |= second.value > 12;
        }
    }

    /// Gives the waiting movements their dates, and hands them on.
    fn hand_on(&mut self, assembly: &mut Assembly<'_>) {
        self.order = self.order.or(match self.seen {
            [true, false, false] => Some(DateOrder::DayMonthYear),
            [false, true, false] => Some(DateOrder::MonthDayYear),
            [false, false, true] => Some(DateOrder::YearMonthDay),
            _ => None,
        });
        for (mut movement, text) in std::mem::take(&mut self.waiting) {
            let text = text.unwrap_or_default();
            movement.booked_on = self.order.and_then(|order| day(&text, order)).or_else(|| same_either_way(&text));
            if movement.booked_on.is_none() {
                let rule = match self.order {
                    None if numbers(&text).is_some() => {
                        "day and month cannot be told apart in this file; say which with --date-order"
                    }
                    Some(_) | None => "a date is a day of the calendar",
                };
                assembly.defect(&movement.path, &text, rule);
                if movement.amount.is_some() {
                    assembly.count_only(movement);
                    continue;
                }
            }
            assembly.movement(movement);
        }
    }
}

/// The section that a line such as `!Type:Bank` begins; `!Option` and `!Clear` change nothing.
fn section(head: &str, now: Section) -> Section {
    let head = head.trim().to_ascii_lowercase();
    match head.as_str() {
        "type:bank" | "type:ccard" | "type:cash" | "type:oth a" | "type:oth l" => Section::Movements,
        "type:invst" => Section::Investments,
        "account" => Section::Accounts,
        _ if head.starts_with("type:") => Section::Lists,
        _ => now,
    }
}

/// A number of a date with how it is written.
#[derive(Clone, Copy)]
struct Number {
    value: i16,
    digits: usize,
    after_apostrophe: bool,
}

/// The three numbers of a date: `12/31/2026`, `6/ 1'94`, `2026-12-31`.
fn numbers(text: &str) -> Option<[Number; 3]> {
    let mut found = Vec::new();
    let mut apostrophe = false;
    let mut rest = text;
    while !rest.is_empty() && found.len() < 4 {
        let end = rest.find(['/', '-', '.', '\'']).unwrap_or(rest.len());
        let part = rest[..end].trim();
        found.push(Number { value: calendar::number(part)?, digits: part.len(), after_apostrophe: apostrophe });
        apostrophe = rest[end..].starts_with('\'');
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    found.try_into().ok()
}

fn day(text: &str, order: DateOrder) -> Option<Date> {
    let [first, second, third] = numbers(text)?;
    let (year, month, day) = match order {
        DateOrder::DayMonthYear => (third, second, first),
        DateOrder::MonthDayYear => (third, first, second),
        DateOrder::YearMonthDay => (first, second, third),
    };
    let full = match (year.digits, year.after_apostrophe) {
        (4, _) => year.value,
        (_, true) => 2000 + year.value,
        (_, false) => calendar::full_year(year.value),
    };
    calendar::day(full, month.value, day.value)
}

/// A date whose day and month are the same number needs no order.
fn same_either_way(text: &str) -> Option<Date> {
    let [first, second, _] = numbers(text)?;
    if first.value == second.value { day(text, DateOrder::DayMonthYear) } else { None }
}
