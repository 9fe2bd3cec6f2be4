//! One page against the lines that are there, in one database transaction with its cursor.

use std::collections::{BTreeSet, HashMap, HashSet};

use db::{DbError, Tx};
use domain::{Date, Defect, ImportId, LineId};
use serde_json::json;

use super::Pull;
use super::row::{Row, Told};
use crate::access::Failed;
use crate::store::account::{self, Position};
use crate::store::balance::{self, Step};
use crate::store::import::{self, Counts};
use crate::store::line::{self, Event, Line, LineState, LineText, SetAside};
use crate::store::{defect, delivery, journal, month};

/// Which way new lines are numbered: what arrives later is above what was there, but a list that is read from its
/// newest row goes down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Up,
    Down,
}

/// A page, ready to be committed.
pub(super) struct Batch {
    pub(super) told: Vec<Told>,
    /// Balances of the bank.
    pub(super) asserted: Vec<Step>,
    pub(super) defects: Vec<Defect>,
    pub(super) direction: Direction,
    /// The position after it, as far as the provider's cursors are concerned.
    pub(super) to: Position,
}

impl Pull<'_> {
    /// Commits a page. Answers `false`, with nothing done, when another process has moved the account meanwhile; then
    /// the account's row is read again and the caller goes on from there.
    pub(super) async fn commit(&mut self, batch: Batch) -> Result<bool, Failed> {
        let outcome: Result<Option<Position>, DbError> = db::write!(self.books.db, tx => {
            let mut sheet = self.sheet(&mut tx, &batch).await?;
            for told in &batch.told {
                match told {
                    Told::Is(row) => sheet.put(row),
                    Told::Gone { remote, reason } => sheet.take_back(remote, reason.as_deref()),
                }
            }
            let to = Position { high_sequence: sheet.high, low_sequence: sheet.low, ..batch.to.clone() };
            if !account::advance(&mut tx, self.place.company, &self.account, &to).await? {
                return Ok(None);
            }
            if !batch.asserted.is_empty() {
                balance::put(&mut tx, self.place.company, self.account.id, &batch.asserted).await?;
            }
            self.store(&mut tx, &sheet, &batch.defects).await?;
            Ok(Some(to))
        });
        match outcome? {
            Some(position) => {
                self.account.position = position;
                Ok(true)
            }
            None => {
                self.reload().await?;
                Ok(false)
            }
        }
    }

    /// The lines that a page may touch.
    async fn sheet(&self, tx: &mut Tx, batch: &Batch) -> Result<Sheet<'_>, DbError> {
        let remotes: BTreeSet<&str> = batch.told.iter().map(Told::remote).collect();
        let remotes: Vec<&str> = remotes.into_iter().collect();
        let known = line::by_remote(tx, self.place, &remotes).await?;
        let by_remote: HashMap<String, usize> =
            known.iter().enumerate().map(|(at, line)| (line.remote.clone(), at)).collect();
        let mut earlier = Vec::new();
        let journal = journal::lock(tx, self.place.company, self.place.journal).await?;
        if self.account.epoch > 0 || journal.as_ref().is_some_and(|journal| journal.mixed) {
            let unknown = batch.told.iter().filter_map(|told| match told {
                Told::Is(row) if !by_remote.contains_key(&row.remote) => Some(row.booked_on.to_string()),
                Told::Is(_) | Told::Gone { .. } => None,
            });
            let days: BTreeSet<String> = unknown.collect();
            let days: Vec<String> = days.into_iter().collect();
            earlier = line::of_other_origin(tx, self.place, self.account.epoch, &days).await?;
            earlier.retain(|line| !by_remote.contains_key(&line.remote));
        }
        let elsewhere = |told: &Told| match told {
            Told::Is(row) => {
                by_remote.get(&row.remote).map(|at| &known[*at]).filter(|line| line.booked_on != row.booked_on)
            }
            Told::Gone { .. } => None,
        };
        let redated: Vec<_> = batch.told.iter().filter_map(elsewhere).map(|line| line.id).collect();
        let delivered = delivery::of_lines(tx, self.place.company, &redated).await?;
        let lines = known.into_iter().map(|line| Entry { line, new: false, dirty: false }).collect();
        let position = &self.account.position;
        Ok(Sheet {
            environment: &self.books.environment,
            source: self.account.id.to_string(),
            import: self.import,
            start_on: journal.and_then(|journal| journal.start_on),
            epoch: self.account.epoch,
            direction: batch.direction,
            high: position.high_sequence,
            low: position.low_sequence,
            by_remote,
            lines,
            earlier,
            delivered,
            events: Vec::new(),
            months: BTreeSet::new(),
            counts: Counts::default(),
        })
    }

    async fn store(&self, tx: &mut Tx, sheet: &Sheet<'_>, defects: &[Defect]) -> Result<(), DbError> {
        let (company, now) = (self.place.company, self.books.environment.now());
        let pick = |new: bool| -> Vec<Line> {
            let picked = sheet.lines.iter().filter(|entry| entry.new == new && (entry.new || entry.dirty));
            picked.map(|entry| entry.line.clone()).collect()
        };
        let (new, changed) = (pick(true), pick(false));
        if !new.is_empty() {
            line::add(tx, company, self.place.journal, &new).await?;
        }
        if !changed.is_empty() {
            line::correct(tx, company, &changed).await?;
        }
        if !sheet.events.is_empty() {
            line::note_events(tx, company, &sheet.events, now.as_microsecond()).await?;
        }
        if !sheet.months.is_empty() {
            let months: Vec<String> = sheet.months.iter().cloned().collect();
            month::recount(tx, company, self.place.journal, &months).await?;
        }
        if sheet.counts != Counts::default() {
            import::count(tx, company, self.import, self.account.id, sheet.counts).await?;
        }
        defect::keep(tx, company, self.account.id, defects, now).await
    }
}

/// The lines that a page touches, while it is being applied.
struct Sheet<'a> {
    environment: &'a domain::Environment,
    /// The account.
    source: String,
    import: ImportId,
    /// Nothing is imported from before this day.
    start_on: Option<Date>,
    epoch: i64,
    direction: Direction,
    high: i64,
    low: i64,
    by_remote: HashMap<String, usize>,
    lines: Vec<Entry>,
    earlier: Vec<Line>,
    /// Lines that stand in another system, of those that the page tells with another day.
    delivered: HashSet<LineId>,
    events: Vec<Event>,
    months: BTreeSet<String>,
    counts: Counts,
}

struct Entry {
    line: Line,
    new: bool,
    dirty: bool,
}

impl Sheet<'_> {
    /// A transaction is there.
    fn put(&mut self, row: &Row) {
        if let Some(at) = self.by_remote.get(&row.remote) {
            self.meet(*at, row, None);
        } else if let Some(earlier) = self.recognise(row) {
            // The provider gave the account and its transactions new ids, or a file told it first; the movement is an
            // old one.
            let reason = format!("known before as {}", earlier.remote);
            let at = self.lines.len();
            self.lines.push(Entry { line: earlier, new: false, dirty: false });
            self.by_remote.insert(row.remote.clone(), at);
            self.meet(at, row, Some(reason));
        } else if self.start_on.is_none_or(|start| row.booked_on >= start) {
            self.add(row);
        }
    }

    fn add(&mut self, row: &Row) {
        let sequence = match self.direction {
            Direction::Up => {
                self.high += 1;
                self.high
            }
            Direction::Down => {
                self.low -= 1;
                self.low
            }
        };
        let line = Line {
            id: LineId::new(self.environment),
            source: self.source.clone(),
            import: Some(self.import),
            set_aside: None,
            sequence,
            remote: row.remote.clone(),
            epoch: self.epoch,
            booked_on: row.booked_on,
            amount_minor: row.amount_minor,
            text: row.text.clone(),
            state: LineState::Posted,
            note: None,
        };
        self.months.insert(month_of(row.booked_on));
        self.by_remote.insert(row.remote.clone(), self.lines.len());
        self.lines.push(Entry { line, new: true, dirty: false });
        self.counts.created += 1;
    }

    /// A line of an earlier epoch with the same day and amount; among several, the one that says the same.
    fn recognise(&mut self, row: &Row) -> Option<Line> {
        // A line whose import was undone is no witness: the bank's own word makes a new one.
        let undone = |line: &Line| line.set_aside == Some(SetAside::Undone);
        let same =
            |line: &Line| line.booked_on == row.booked_on && line.amount_minor == row.amount_minor && !undone(line);
        let alike = |line: &Line| {
            let (one, other) = (&line.text, &row.text);
            let parts = [
                one.label == other.label,
                one.partner_account == other.partner_account,
                one.partner_name == other.partner_name,
                one.end_to_end_id == other.end_to_end_id,
                line.state != LineState::Removed,
            ];
            parts.into_iter().filter(|same| *same).count()
        };
        let candidates = self.earlier.iter().enumerate().filter(|(_, line)| same(line));
        // The first of the best: `max_by_key` would take the last, and so turn the order of identical payments round.
        let best = candidates.rev().max_by_key(|(_, line)| alike(line)).map(|(at, _)| at)?;
        Some(self.earlier.remove(best))
    }

    /// A transaction that has its line already.
    fn meet(&mut self, at: usize, row: &Row, recognised: Option<String>) {
        let before = self.lines[at].line.clone();
        let line = &mut self.lines[at].line;
        line.source.clone_from(&self.source);
        line.remote = row.remote.clone();
        line.epoch = self.epoch;
        let mut steps: Vec<(&'static str, Option<String>)> = Vec::new();
        let stays = self.delivered.contains(&line.id) || self.start_on.is_some_and(|start| row.booked_on < start);
        if line.booked_on != row.booked_on && line.amount_minor == row.amount_minor && !stays {
            steps.push((
                "redated",
                Some(format!("the bank books it on {}, before on {}", row.booked_on, line.booked_on)),
            ));
            line.booked_on = row.booked_on;
            self.months.insert(month_of(row.booked_on));
        }
        let agrees = line.booked_on == row.booked_on && line.amount_minor == row.amount_minor;
        if let Some(reason) = recognised {
            steps.push(("recognised", Some(reason)));
        }
        if agrees {
            if line.state != LineState::Posted && line.set_aside.is_none() {
                (line.state, line.note) = (LineState::Posted, None);
                steps.push(("restored", Some("the provider tells it again as it was booked".to_owned())));
            }
            if !same_meaning(&line.text, &row.text) {
                line.text = row.text.clone();
                steps.push(("updated", None));
            }
        } else if line.set_aside.is_none() {
            let note = contradiction(line, row);
            if line.note.as_ref() != Some(&note) || line.state != LineState::Review {
                (line.state, line.note) = (LineState::Review, Some(note.clone()));
                steps.push(("contradicted", Some(note)));
            }
        }
        if *line == before {
            return;
        }
        self.lines[at].dirty = true;
        for (action, reason) in steps {
            if matches!(action, "updated" | "redated" | "contradicted") {
                self.counts.updated += 1;
            }
            self.note(&before, action, reason);
        }
    }

    /// A transaction is no longer valid.
    fn take_back(&mut self, remote: &str, reason: Option<&str>) {
        let Some(at) = self.by_remote.get(remote).copied() else { return };
        let before = self.lines[at].line.clone();
        if before.state == LineState::Removed {
            return;
        }
        let line = &mut self.lines[at].line;
        line.state = LineState::Removed;
        line.note = Some(reason.unwrap_or("the provider took it back").to_owned());
        self.lines[at].dirty = true;
        self.counts.removed += 1;
        let reason = self.lines[at].line.note.clone();
        self.note(&before, "removed", reason);
    }

    fn note(&mut self, before: &Line, action: &'static str, reason: Option<String>) {
        self.months.insert(month_of(before.booked_on));
        let kept = json!({
            "remote": before.remote,
            "booked_on": before.booked_on.to_string(),
            "state": before.state.as_str(),
            "note": before.note,
            "raw": before.text.raw,
        });
        self.events.push(Event { line: before.id, action, reason, before: kept.to_string() });
    }
}

/// Whether two texts say the same to a bookkeeper. The raw text differs with every touch at the provider.
fn same_meaning(one: &LineText, other: &LineText) -> bool {
    one.value_on == other.value_on
        && one.label == other.label
        && one.partner_name == other.partner_name
        && one.partner_account == other.partner_account
        && one.structured == other.structured
        && one.end_to_end_id == other.end_to_end_id
        && one.foreign == other.foreign
        && one.exchange_rate == other.exchange_rate
}

/// A line keeps its amount for ever, and its day once it was delivered; what the provider says instead stands in the note.
fn contradiction(line: &Line, row: &Row) -> String {
    format!(
        "booked here on {} with {} minor units; the provider now says {} with {}",
        line.booked_on, line.amount_minor, row.booked_on, row.amount_minor
    )
}

fn month_of(date: Date) -> String {
    date.to_string()[..7].to_owned()
}
