//! Statement files as a way into a journal, beside a provider or instead of one. What a file tells and the journal
//! holds already is recognised, whichever came first, so a file and a provider may cover the same days.
//!
//! Lines and file are compared as multisets of day and amount. A movement of the file belongs to a line when they agree
//! in the bank's id or in what they say; then the rest is paired by day and amount alone, unless both come from files
//! of the same format, whose texts would agree if they were the same movement.
//!
//! A file's balances are taken only where they can prove something: an opening balance stands right before the file's
//! first movement, so it counts only when the journal holds no other line on that day; likewise the closing one.

use std::collections::{BTreeMap, BTreeSet};

use db::{DbError, Tx};
use domain::{AccountId, CompanyId, Date, Entry, ImportId, JournalId, LineId, Statement, UserId};
use serde_json::{Value, json};

use crate::store::balance::Asserted;
use crate::store::file::{self, File};
use crate::store::journal::{self, Journal, bare};
use crate::store::line::{self, Event, Line, LineState, LineText, SetAside};
use crate::store::{account, defect, month};
use crate::{BooksError, Inner};

/// Why a file was not taken in. Nothing was changed.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// There is no such journal.
    NoJournal,
    /// It is no statement; the sentence says what stood there.
    NotAStatement(String),
    /// No statement in it is of the journal's account and currency; those that are there.
    OtherAccount { journal: Box<Journal>, found: Vec<String> },
    /// The books themselves.
    Books(BooksError),
}

impl From<DbError> for Refusal {
    fn from(error: DbError) -> Refusal {
        Refusal::Books(error.into())
    }
}

/// A file as it was sent.
#[derive(Debug, Clone)]
pub(crate) struct Upload {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// One movement of a file.
#[derive(Debug, Clone)]
struct Told {
    booked_on: Date,
    amount_minor: i64,
    text: LineText,
}

/// What a file holds for one journal.
struct Content {
    format: String,
    /// The movements of each statement.
    statements: Vec<(Statement, Vec<Told>)>,
    defects: Vec<domain::Defect>,
    notes: Vec<String>,
}

impl Inner {
    /// Takes a statement file into a journal.
    pub(crate) async fn take_file(
        &self,
        company: CompanyId,
        id: JournalId,
        person: UserId,
        upload: Upload,
    ) -> Result<File, Refusal> {
        let found = journal::find(&mut self.db.read().await?, company, id).await?;
        let journal = found.ok_or(Refusal::NoJournal)?;
        let digest = vault::token::hex(&vault::token::sha256(&upload.bytes));
        let (name, bytes) = (upload.name, upload.bytes);
        let options = formats::Options {
            currency: Some(journal.currency),
            account: Some(journal.reference.clone()),
            ..formats::Options::default()
        };
        let read = tokio::task::spawn_blocking(move || formats::read_all_with(&bytes, &options)).await;
        let read = read.map_err(|error| Refusal::NotAStatement(error.to_string()))?;
        let content = content(read.map_err(|error| Refusal::NotAStatement(error.to_string()))?, &journal)?;
        let file = File {
            company,
            id: ImportId::new(&self.environment),
            journal: id,
            name,
            format: content.format.clone(),
            digest,
            person,
            taken_at: self.environment.now(),
            entries: 0,
            created: 0,
            known: 0,
            early: 0,
            restored: 0,
            notes: content.notes.clone(),
            undone_at: None,
        };
        db::write!(self.db, tx => { self.merge(&mut tx, file.clone(), &content).await })
    }

    async fn merge(&self, tx: &mut Tx, mut file: File, content: &Content) -> Result<File, Refusal> {
        let (company, now) = (file.company, self.environment.now());
        let journal = journal::lock(tx, company, file.journal).await?.ok_or(Refusal::NoJournal)?;
        let days: BTreeSet<String> =
            content.statements.iter().flat_map(|(_, told)| told).map(|told| told.booked_on.to_string()).collect();
        let days: Vec<String> = days.into_iter().collect();
        let existing = line::of_days(tx, company, file.journal, &days).await?;
        let ends = line::ends(tx, company, file.journal).await?;
        let mut high = ends.0;
        if let Some(id) = journal.account
            && let Some(account) = account::find(tx, company, id).await?
        {
            high = high.max(account.position.high_sequence);
        }
        let mut desk =
            Desk { books: self, journal: &journal, format: &content.format, existing, high, file: &mut file };
        let all: Vec<Told> = content.statements.iter().flat_map(|(_, told)| told.clone()).collect();
        let (new, restored) = desk.sort(all);
        let (high, existing) = (desk.high, std::mem::take(&mut desk.existing));
        line::add(tx, company, journal.id, &new).await?;
        let events: Vec<Event> = restored.iter().map(|line| restored_event(line, &file.name)).collect();
        if !restored.is_empty() {
            line::correct(tx, company, &restored).await?;
            line::note_events(tx, company, &events, now.as_microsecond()).await?;
        }
        if let Some(id) = journal.account {
            account::widen(tx, company, id, high, ends.1).await?;
        }
        let months: BTreeSet<String> =
            new.iter().chain(&restored).map(|line| line.booked_on.to_string()[..7].to_owned()).collect();
        month::recount(tx, company, journal.id, &months.into_iter().collect::<Vec<_>>()).await?;
        if !new.is_empty() {
            journal::mix(tx, company, journal.id).await?;
        }
        let mut a_day: BTreeMap<Date, usize> = BTreeMap::new();
        let counting = existing.iter().filter(|line| line.state != LineState::Removed);
        for line in counting.chain(&new).chain(&restored) {
            *a_day.entry(line.booked_on).or_default() += 1;
        }
        let balances: Vec<Asserted> = content
            .statements
            .iter()
            .flat_map(|(statement, told)| asserted(statement, told, &a_day, journal.start_on))
            .collect();
        file::add(tx, &file, &balances).await?;
        let own = AccountId::parse(&journal.id.to_string()).expect("every id of ours is a UUID");
        defect::keep(tx, company, own, &content.defects, now).await?;
        Ok(file)
    }
}

fn restored_event(line: &Line, name: &str) -> Event {
    let before = json!({"remote": line.remote, "state": "removed", "raw": line.text.raw});
    let reason = Some(format!("told again by the file {name}"));
    Event { line: line.id, action: "restored", reason, before: before.to_string() }
}

/// The lines of the days that a file speaks of, while its movements are held against them.
struct Desk<'a> {
    books: &'a Inner,
    journal: &'a Journal,
    format: &'a str,
    existing: Vec<Line>,
    high: i64,
    file: &'a mut File,
}

impl Desk<'_> {
    /// Tells new lines, and lines that come back.
    fn sort(&mut self, mut all: Vec<Told>) -> (Vec<Line>, Vec<Line>) {
        all.sort_by_key(|told| told.booked_on);
        let mut free: Vec<bool> = vec![true; self.existing.len()];
        let mut of: Vec<Option<usize>> = vec![None; all.len()];
        for certain in [true, false] {
            for (told, known) in all.iter().zip(&mut of).filter(|(_, known)| known.is_none()) {
                let fits = |(at, line): &(usize, &Line)| {
                    free[*at]
                        && line.booked_on == told.booked_on
                        && line.amount_minor == told.amount_minor
                        && if certain { agrees(line, told) } else { may_be(line, self.format) }
                };
                *known = self.existing.iter().enumerate().find(fits).map(|(at, _)| at);
                if let Some(at) = *known {
                    free[at] = false;
                }
            }
        }
        let (mut new, mut restored) = (Vec::new(), Vec::new());
        for (number, (told, known)) in all.into_iter().zip(of).enumerate() {
            self.file.entries += 1;
            match known {
                Some(at) if self.existing[at].set_aside == Some(SetAside::Undone) => {
                    let mut line = self.existing[at].clone();
                    (line.state, line.note, line.set_aside) = (LineState::Posted, None, None);
                    line.import = Some(self.file.id);
                    self.file.restored += 1;
                    restored.push(line);
                }
                Some(_) => self.file.known += 1,
                None if self.journal.start_on.is_some_and(|start| told.booked_on < start) => self.file.early += 1,
                None => {
                    self.file.created += 1;
                    new.push(self.line(number, told));
                }
            }
        }
        (new, restored)
    }

    fn line(&mut self, number: usize, told: Told) -> Line {
        self.high += 1;
        Line {
            id: LineId::new(&self.books.environment),
            source: self.journal.id.to_string(),
            import: Some(self.file.id),
            set_aside: None,
            sequence: self.high,
            remote: format!("file:{}:{number}", self.file.id),
            epoch: 0,
            booked_on: told.booked_on,
            amount_minor: told.amount_minor,
            text: told.text,
            state: LineState::Posted,
            note: None,
        }
    }
}

/// The same movement, as far as texts can tell.
fn agrees(line: &Line, told: &Told) -> bool {
    let (one, other) = (&line.text, &told.text);
    let ids = one.bank_id.as_ref().zip(other.bank_id.as_ref());
    let same_text = one.label == other.label
        && one.partner_account == other.partner_account
        && one.partner_name == other.partner_name
        && one.end_to_end_id == other.end_to_end_id;
    ids.map_or(same_text, |(one, other)| one == other)
}

/// Whether a line may tell a movement of a file in other words: not when it came from a file of the same format.
fn may_be(line: &Line, format: &str) -> bool {
    let raw: Value = serde_json::from_str(&line.text.raw).unwrap_or_default();
    raw["format"].as_str() != Some(format)
}

/// What of a file belongs to a journal.
fn content(file: formats::File, journal: &Journal) -> Result<Content, Refusal> {
    let format = file.summary.format.clone();
    let mut notes: Vec<String> = file.summary.warnings.iter().map(str::to_owned).collect();
    let mut statements = Vec::new();
    let mut others = Vec::new();
    for statement in file.statements {
        if statement.currency == journal.currency && is_of(statement.account.as_str(), journal) {
            let told = statement.entries.iter().filter(|entry| {
                let own = entry.transaction.amount.currency() == journal.currency;
                if !own {
                    notes.push(format!("A movement in {} was left out.", entry.transaction.amount.currency()));
                }
                own
            });
            let told = told.map(|entry| told_by(entry, &format)).collect();
            statements.push((statement, told));
        } else {
            others.push(format!("{} {}", statement.account.as_str(), statement.currency));
        }
    }
    others.dedup();
    if statements.is_empty() {
        return Err(Refusal::OtherAccount { journal: Box::new(journal.clone()), found: others });
    }
    notes.extend(others.iter().map(|other| format!("A statement of {other} was left out.")));
    Ok(Content { format, statements, defects: file.defects, notes })
}

/// Whether a number in a file names the journal's account: the same, or the national part of its IBAN.
fn is_of(number: &str, journal: &Journal) -> bool {
    let (own, told) = (bare(&journal.reference), bare(number));
    own == told || (told.len() >= 8 && own.len() > told.len() && own.ends_with(&told))
}

fn told_by(entry: &Entry, format: &str) -> Told {
    let (transaction, details) = (&entry.transaction, &entry.transaction.details);
    let some = |text: &Option<String>| text.as_deref().map(str::to_owned);
    let free = details.remittance.join(" ");
    let structured = details.structured.as_ref().map(|reference| reference.printed());
    let candidates = [
        Some(free),
        some(&details.additional_information),
        structured.clone(),
        some(&details.counterparty.name),
        some(&details.proprietary_code),
        some(&details.bank_transaction_code),
    ];
    let words = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let label = candidates.into_iter().flatten().map(words).find(|text| !text.is_empty()).unwrap_or_default();
    let parts: Vec<Value> = entry.parts.iter().map(|part| json!({"details": part.details})).collect();
    let raw = json!({"format": format, "entry": entry.raw, "details": details, "parts": parts});
    Told {
        booked_on: transaction.booked_on,
        amount_minor: transaction.amount.minor(),
        text: LineText {
            value_on: transaction.value_on,
            label,
            partner_name: some(&details.counterparty.name),
            partner_account: some(&details.counterparty.account),
            structured,
            end_to_end_id: some(&details.end_to_end_id),
            foreign: details.original_amount,
            exchange_rate: some(&details.exchange_rate),
            bank_id: details.bank_id.clone().or_else(|| details.entry_reference.clone()),
            raw: raw.to_string(),
        },
    }
}

/// The balances of a statement that can prove something in a journal, whose lines are counted by day.
fn asserted(
    statement: &Statement,
    told: &[Told],
    a_day: &BTreeMap<Date, usize>,
    start_on: Option<Date>,
) -> Vec<Asserted> {
    let alone = |day: Date| {
        let here = told.iter().filter(|told| told.booked_on == day).count();
        here == a_day.get(&day).copied().unwrap_or(0) && start_on.is_none_or(|start| day >= start)
    };
    let first = told.iter().map(|told| told.booked_on).min();
    let last = told.iter().map(|told| told.booked_on).max();
    let mut found = Vec::new();
    if let (Some(opening), Some(on)) = (&statement.opening, first.filter(|day| alone(*day))) {
        found.push(Asserted { opening: true, on, amount_minor: opening.amount.minor() });
    }
    if let Some(closing) = &statement.closing {
        // Without a movement the bank's own day is all there is.
        let on = last.unwrap_or(closing.date);
        if alone(on) {
            found.push(Asserted { opening: false, on, amount_minor: closing.amount.minor() });
        }
    }
    found
}
