//! SWIFT MT940 (customer statement) and MT942 (interim report), as banks hand them out: with or without the FIN
//! envelope, several messages a file.
//!
//! Traps, each with a fixture: pages chained by `60M`/`62M`; the entry date's year is not written and may be the
//! neighbour of the value date's; `RC` is a debit and `RD` a credit; amounts end in a comma; the third letter of the
//! currency may follow the mark; lines wrap at 65 characters in the middle of words; a colon or a dash may begin a
//! continued line; `:86:` belongs to the entry only when one came since the last balance; 30 February.

mod entry;
mod narrative;
mod write;

use domain::{BalanceKind, Currency, Date, Pages};

use crate::assembly::{Assembly, Movement};
use crate::input::Input;
use crate::lines::Lines;
use crate::movement::Cut;
use crate::place::Place;
use crate::{Exact, Format, Options, ReadError, calendar};

/// The format's line in [`crate::ALL`].
pub(crate) const FORMAT: Format =
    Format { name: "mt940", title: "SWIFT MT940 or MT942", recognises, read, write: Some(write::write) };

/// The text of one field is kept up to this length: `:86:` has six lines of 65 characters.
const LONGEST_FIELD: usize = 64 * 1024;
/// Room for what usually follows a `:61:`, so that the text of an entry grows once.
const USUAL_NARRATIVE: usize = 200;

fn recognises(beginning: &[u8]) -> bool {
    let text = String::from_utf8_lossy(beginning);
    let envelope = text.trim_start().starts_with("{1:");
    envelope || text.lines().take(60).any(|line| tag_of(line.trim_start_matches(is_noise).trim_start()).is_some())
}

/// Control characters that tools leave between messages (an end-of-file mark of DOS, NUL, a byte order mark).
fn is_noise(character: char) -> bool {
    matches!(character, '\u{0}'..='\u{8}' | '\u{B}'..='\u{1F}' | '\u{FEFF}')
}

/// The tag at the beginning of a line, and what follows it. A line that begins with another tag than these continues
/// the field before it.
fn tag_of(line: &str) -> Option<(&'static str, &str)> {
    let rest = line.strip_prefix(':')?;
    let end = rest.bytes().take(4).position(|byte| byte == b':')?;
    let tag = match &rest[..end] {
        "20" => "20",
        "21" => "21",
        "25" => "25",
        "25P" => "25P",
        "28" => "28",
        "28C" => "28C",
        "60F" => "60F",
        "60M" => "60M",
        "61" => "61",
        "86" => "86",
        "62F" => "62F",
        "62M" => "62M",
        "64" => "64",
        "65" => "65",
        "34F" => "34F",
        "13" => "13",
        "13C" => "13C",
        "13D" => "13D",
        "90D" => "90D",
        "90C" => "90C",
        _ => return None,
    };
    Some((tag, &rest[end + 1..]))
}

fn read(input: Input<'_>, _options: &Options, assembly: &mut Assembly<'_>) -> Result<(), ReadError> {
    let mut lines = Lines::open(input);
    let mut reader = Reader::default();
    assembly.summary().format = "mt940".to_owned();
    while let Some(line) = lines.next()? {
        if line.cut {
            assembly.defect(format!("line {}", line.number), "", "a line is longer than any statement has");
        }
        let text = line.text.trim_start_matches(is_noise);
        // Tools indent whole files; no text goes on with a blank and a tag.
        if let Some((tag, value)) = tag_of(text.trim_start_matches(' ')) {
            reader.end_field(assembly);
            reader.begin_field(tag, value, line.number);
        } else if ends_message(text) {
            reader.end_field(assembly);
        } else if reader.tag.is_some() {
            reader.continue_field(text, assembly);
        }
    }
    reader.end_field(assembly);
    reader.end_statement(assembly);
    assembly.summary().encoding = Some(lines.encoding().name());
    if assembly.statements() == 0 {
        return Err(ReadError::NotAStatement(format!(
            "{} was expected, but no tag such as :20: was found",
            FORMAT.title
        )));
    }
    Ok(())
}

/// `-`, `-}` or `-XXX` end a message; a block header `{1:` begins the next one. A text may begin with a dash.
fn ends_message(line: &str) -> bool {
    let line = line.trim_end();
    line == "-" || line == "-XXX" || line.starts_with("-}") || line.starts_with("{1:")
}

/// What the fields of a message have said so far.
#[derive(Default)]
struct Reader {
    tag: Option<&'static str>,
    value: String,
    line: u64,
    too_long: bool,
    /// The entry whose `:86:` may still come.
    entry: Option<Movement>,
    /// What `:86:` says of that entry, with its line ends.
    narrative: String,
    /// How many `:86:` there were for it.
    narrated: u32,
    /// The same without line ends, where lines are joined: kept only so that its memory is used again.
    joined: String,
    raw: String,
    page: Option<u32>,
    intermediate_opening: bool,
    intermediate_closing: bool,
    closed: bool,
    /// Account and page of the statement before, when that was not its last page.
    unfinished: Option<(String, u32)>,
    /// The currency behind the account number.
    hint: Option<Currency>,
    /// Debits and credits so far: number and sum, for the control sums of MT942.
    debits: (u64, Exact),
    credits: (u64, Exact),
}

impl Reader {
    fn begin_field(&mut self, tag: &'static str, value: &str, line: u64) {
        self.tag = Some(tag);
        self.value.clear();
        self.value.push_str(value);
        self.line = line;
        self.too_long = false;
    }

    fn continue_field(&mut self, text: &str, assembly: &mut Assembly<'_>) {
        if self.value.len() < LONGEST_FIELD {
            self.value.push('\n');
            self.value.push_str(text);
        } else if !self.too_long {
            self.too_long = true;
            assembly.defect(format!("line {}", self.line), "", "a field is longer than any statement has");
        }
    }

    fn end_field(&mut self, assembly: &mut Assembly<'_>) {
        let Some(tag) = self.tag.take() else { return };
        let value = std::mem::take(&mut self.value);
        if tag == "86" && assembly.is_open() {
            self.information(&value);
        } else {
            self.end_entry(assembly);
            if tag == "20" {
                self.end_statement(assembly);
                assembly.open();
                assembly.statement().id =
                    Some(value.trim().to_owned()).filter(|id| !matches!(id.as_str(), "" | "NONREF"));
            } else {
                if !assembly.is_open() {
                    assembly.open();
                }
                self.field(assembly, tag, &value);
            }
        }
        self.value = value;
    }

    fn field(&mut self, assembly: &mut Assembly<'_>, tag: &str, value: &str) {
        match tag {
            "25" | "25P" => {
                let (account, currency) = account(value.lines().next().unwrap_or_default());
                assembly.name_account(account);
                self.hint = currency;
            }
            "28" | "28C" => self.number(assembly, value.trim()),
            "60F" | "60M" => {
                self.intermediate_opening = tag == "60M";
                self.balance(assembly, BalanceKind::OpeningBooked, value);
            }
            "62F" | "62M" => {
                self.intermediate_closing = tag == "62M";
                self.closed = true;
                self.settle_pages(assembly);
                self.balance(assembly, BalanceKind::ClosingBooked, value);
            }
            "64" => self.balance(assembly, BalanceKind::Available, value),
            "65" => self.balance(assembly, BalanceKind::ForwardAvailable, value),
            "61" => self.begin_entry(assembly, value),
            "34F" => {
                assembly.summary().format = "mt942".to_owned();
                self.hint = self.hint.or_else(|| value.get(..3).and_then(|code| Currency::parse(code).ok()));
            }
            "13D" | "13C" | "13" => assembly.summary().format = "mt942".to_owned(),
            "90D" => self.control(assembly, value, self.debits, "debits"),
            "90C" => self.control(assembly, value, self.credits, "credits"),
            _ => {}
        }
    }

    /// `:28C:` number and, behind the slash, page.
    fn number(&mut self, assembly: &mut Assembly<'_>, value: &str) {
        let (number, page) = value.split_once('/').unwrap_or((value, ""));
        // Banks that do not number their statements write zeros.
        assembly.statement().number = Some(number.trim().to_owned()).filter(|number| number.bytes().any(|b| b != b'0'));
        self.page = page.trim().parse().ok().filter(|page| *page > 0);
    }

    /// Decides the page once it is known how the statement opens and closes.
    fn settle_pages(&mut self, assembly: &mut Assembly<'_>) {
        let account = assembly.statement().account.as_str().to_owned();
        let follows = self.unfinished.take().filter(|(before, _)| self.intermediate_opening && *before == account);
        let number = match follows {
            Some((_, before)) => before.saturating_add(1),
            None => self.page.unwrap_or(1),
        };
        if self.intermediate_opening || self.intermediate_closing || number > 1 {
            assembly.statement().pages = Some(Pages { number, last: !self.intermediate_closing });
        }
        if self.intermediate_closing {
            self.unfinished = Some((account, number));
        }
    }

    fn end_statement(&mut self, assembly: &mut Assembly<'_>) {
        self.end_entry(assembly);
        if let Some(hint) = self.hint.take()
            && assembly.is_open()
        {
            assembly.name_currency(hint);
        }
        assembly.close();
        let unfinished = self.unfinished.take();
        *self = Reader { unfinished, ..Reader::default() };
    }

    /// `C260301EUR1000,00`: mark, date, currency, amount.
    fn balance(&mut self, assembly: &mut Assembly<'_>, kind: BalanceKind, value: &str) {
        let path = Place::Line(self.line);
        let first = value.lines().next().unwrap_or_default().trim();
        let parts = first.get(..1).zip(first.get(1..7)).zip(first.get(7..10)).zip(first.get(10..));
        let Some((((mark, date), currency), rest)) = parts else {
            return assembly.defect(&path, first, "a balance is C or D, a date, a currency and an amount");
        };
        let end = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.'))).unwrap_or(rest.len());
        let (Some(amount), Ok(currency), true) =
            (Exact::parse(&rest[..end]), Currency::parse(currency), matches!(mark, "C" | "D"))
        else {
            return assembly.defect(&path, first, "a balance is C or D, a date, a currency and an amount");
        };
        if rest[end..].starts_with(' ') && !rest[end..].trim().is_empty() {
            assembly.defect(&path, first, "nothing may follow the amount of a balance");
        }
        let day = calendar::yymmdd(date);
        if day.is_none() {
            assembly.defect(&path, date, "a date is a day of the calendar, written YYMMDD");
        }
        let signed = if mark == "D" { amount.negated() } else { amount };
        if day.is_some() {
            assembly.balance(kind, day, signed, Some(currency), &path);
        } else {
            assembly.figure(kind, signed, Some(currency));
        }
    }

    /// `:61:`.
    fn begin_entry(&mut self, assembly: &mut Assembly<'_>, value: &str) {
        let path = Place::Line(self.line);
        if let Some(hint) = self.hint.take() {
            assembly.name_currency(hint);
        }
        let movement = self.entry.insert(Movement { path, ..Movement::default() });
        entry::read(value, movement, assembly);
        if let Some(amount) = movement.amount.filter(|_| !movement.pending) {
            let side = if amount.is_negative() { &mut self.debits } else { &mut self.credits };
            side.0 += 1;
            side.1 = side.1.plus(amount.magnitude());
        }
        self.raw.clear();
        self.raw.reserve(value.len() + USUAL_NARRATIVE);
        self.raw.push_str(":61:");
        self.raw.push_str(value);
    }

    /// `:86:` of the entry before it; after a balance it is about the whole statement and says nothing of a movement.
    fn information(&mut self, value: &str) {
        if self.entry.is_some() && self.raw.len() < LONGEST_FIELD {
            self.raw.push_str("\n:86:");
            self.raw.push_str(value);
            if self.narrated > 0 {
                self.narrative.push('\n');
            }
            self.narrated += 1;
            self.narrative.push_str(value);
        } else if let Some(movement) = &mut self.entry {
            movement.cut = Cut::Words;
        }
    }

    fn end_entry(&mut self, assembly: &mut Assembly<'_>) {
        let Some(mut movement) = self.entry.take() else { return };
        narrative::explain(&self.narrative, &mut self.joined, &mut movement.details);
        self.narrative.clear();
        self.narrated = 0;
        movement.raw = std::mem::take(&mut self.raw);
        entry::map_code(&mut movement);
        assembly.movement(movement);
    }

    /// `:90D:` and `:90C:`: number, currency and sum of MT942's debits or credits.
    fn control(&self, assembly: &mut Assembly<'_>, value: &str, found: (u64, Exact), side: &str) {
        let path = Place::Line(self.line);
        let value = value.trim();
        let digits = value.find(|c: char| !c.is_ascii_digit()).unwrap_or(value.len());
        let stated = value[..digits].parse::<u64>().ok();
        let sum = value.get(digits + 3..).and_then(Exact::parse);
        let (Some(stated), Some(sum)) = (stated, sum) else {
            return assembly.defect(&path, value, "a control sum is a number, a currency and an amount");
        };
        if (stated, sum) != found {
            let rule = format!("the file holds {} {side} that come to {}", found.0, found.1);
            assembly.defect(&path, value, &rule);
        }
    }
}

/// The account of `:25:` and the currency that some banks put behind it.
fn account(value: &str) -> (&str, Option<Currency>) {
    let value = value.trim();
    let Some(at) = value.len().checked_sub(3).filter(|at| value.is_char_boundary(*at)) else { return (value, None) };
    let (number, code) = value.split_at(at);
    let number = number.trim_end();
    if number.ends_with(|c: char| c.is_ascii_digit())
        && code.bytes().all(|b| b.is_ascii_uppercase())
        && let Ok(currency) = Currency::parse(code)
    {
        return (number, Some(currency));
    }
    (value, None)
}

/// The day of `YYMMDD`, or the last of its month when the month exists and the day does not.
fn forgiving_day(text: &str) -> (Option<Date>, bool) {
    if let Some(day) = calendar::yymmdd(text) {
        return (Some(day), true);
    }
    let part = |from: usize| text.get(from..from + 2).and_then(calendar::number);
    let month = part(0).zip(part(2)).zip(part(4)).filter(|(_, day)| (29..=31).contains(day));
    let last = month.and_then(|((year, month), _)| calendar::last_of_month(calendar::full_year(year), month));
    (last, false)
}
