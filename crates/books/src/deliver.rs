//! Delivering: what waits for each target is handed over, parcel by parcel, and what became of it is written down.
//!
//! A parcel is written down before it is handed over and acknowledged after; whoever dies in between leaves it to be
//! handed over again under the same keys. One process serves a target at a time (a lease in its row, renewed while it
//! works), but nothing rests on that: two that do no harm either, because a target recognises what it has.

use std::collections::HashMap;
use std::time::Duration;

use db::Tx;
use domain::{LineId, Proof, Span, Timestamp, ToSpan, caught};
use vault::Secret;

use crate::outgoing::{self, Every};
use crate::round::Round;
use crate::statements;
use crate::store::delivery::{self, Lane, Sending};
use crate::store::journal::{self, Journal};
use crate::store::line::{self, Line};
use crate::store::statement_file;
use crate::store::statement_file::Outgoing;
use crate::store::target::{self, Link, TargetRow};
use crate::store::target_lease;
use crate::store::waiting;
use crate::targets::{
    self, Batch, Checkpoint, Delivered, Desk, Facts, Halt, Item, Outcome, Parcel, Stops, Target, Whole, folder, key_of,
};
use crate::{BooksError, Inner};

/// How long a process that died holds up its target. Whoever works renews the lease long before.
const LEASE_SECONDS: i64 = 15;
const RENEW_EVERY: Duration = Duration::from_secs(4);
/// After a failure that may pass, minutes until the next try: doubled each time up to an hour.
const FIRST_PAUSE_MINUTES: i64 = 1;
const LONGEST_PAUSE_MINUTES: i64 = 60;
/// Hours after which a journal is looked at although nothing happened: a lock may be lifted.
const LOOK_AGAIN_HOURS: i64 = 6;
/// Under which name the opening entry stands among the statements that a target has; none is called so.
const OPENING: &str = "opening";

/// Why a visit ended early.
enum Ended {
    Halt(Halt),
    Books(BooksError),
}

impl From<BooksError> for Ended {
    fn from(error: BooksError) -> Ended {
        Ended::Books(error)
    }
}

impl From<db::DbError> for Ended {
    fn from(error: db::DbError) -> Ended {
        Ended::Books(error.into())
    }
}

impl From<Halt> for Ended {
    fn from(halt: Halt) -> Ended {
        Ended::Halt(halt)
    }
}

/// Serves the targets that have something to receive. Answers whether there were any. One at which the books themselves
/// fail is tried again later, and stops no other.
pub(crate) async fn deliver_once(books: &Inner) -> Result<bool, BooksError> {
    let now = books.environment.now();
    let due = target::due(&mut books.db.read().await?, now).await?;
    let mut round = Round::default();
    for row in &due {
        round.take(row.id, serve(books, row)).await;
    }
    round.end()
}

/// Serves one target, unless another process does.
pub(crate) async fn serve(books: &Inner, row: &TargetRow) -> Result<bool, BooksError> {
    let now = books.environment.now();
    let until = lease(now);
    let taken: Result<bool, db::DbError> =
        db::write!(books.db, tx => { target_lease::take(&mut tx, row, now, until).await });
    if !taken? {
        return Ok(false);
    }
    let outcome = tokio::select! {
        ended = caught(visit(books, row)) => ended.unwrap_or_else(|panicked| Err(Ended::Books(panicked.into()))),
        // The visit is given up in its middle: whoever has the target now hands the same lines over, under the same keys.
        lost = keep_lease(books, row, until) => return lost.map(|()| true).map_err(BooksError::from),
    };
    let now = books.environment.now();
    let error = match outcome {
        Ok(()) => None,
        Err(Ended::Halt(halt)) => Some(halt),
        Err(Ended::Books(error)) => {
            tracing::error!(target_id = %row.id, %error, "the books failed at a delivery");
            Some(Halt::later("books-failed", ""))
        }
    };
    let next = if error.is_some() { after(now, row.tries) } else { now };
    let noted: Result<(), db::DbError> = db::write!(books.db, tx => {
        let error = error.as_ref().map(|halt| (halt.code, halt.detail.as_str(), halt.stops == Stops::Target));
        target::note(&mut tx, row, error, next, now).await?;
        target_lease::give_back(&mut tx, row, now).await
    });
    noted?;
    Ok(true)
}

fn lease(now: Timestamp) -> Timestamp {
    now.saturating_add(Span::new().seconds(LEASE_SECONDS)).unwrap_or(now)
}

/// Renews the lease for as long as it is ours; ends when another process has taken the target, because this one stood
/// still for too long.
async fn keep_lease(books: &Inner, row: &TargetRow, mut held: Timestamp) -> Result<(), db::DbError> {
    loop {
        tokio::time::sleep(RENEW_EVERY).await;
        let until = lease(books.environment.now());
        let kept: Result<bool, db::DbError> =
            db::write!(books.db, tx => { target_lease::renew(&mut tx, row, held, until).await });
        if !kept? {
            return Ok(());
        }
        held = until;
    }
}

fn after(now: Timestamp, tries: i64) -> Timestamp {
    let doubled = FIRST_PAUSE_MINUTES << tries.clamp(0, 6);
    now.saturating_add(Span::new().minutes(doubled.min(LONGEST_PAUSE_MINUTES))).unwrap_or(now)
}

/// Goes through the journals of a target. One that is stopped stops no other.
async fn visit(books: &Inner, row: &TargetRow) -> Result<(), Ended> {
    let unknown = || Halt::target("system-unknown", row.system.clone());
    let system = targets::named(&row.system).ok_or_else(unknown)?;
    let desk = desk(books, row)?;
    let links = target::links(&mut books.db.read().await?, row.company, row.id).await?;
    let now = books.environment.now();
    for link in links.iter().filter(|link| link.is_due(now)) {
        let mut visit = Visit { books, row, system, desk: &desk, link };
        match visit.journal().await {
            Ok(()) => {}
            Err(Ended::Halt(halt)) if halt.stops == Stops::Journal => {
                let now = books.environment.now();
                let noted: Result<(), db::DbError> = db::write!(books.db, tx => {
                    target::stop(&mut tx, row, link.journal, (halt.code, &halt.detail), now).await
                });
                noted?;
            }
            Err(ended) => return Err(ended),
        }
    }
    Ok(())
}

/// What a target works with.
pub(crate) fn desk<'a>(books: &'a Inner, row: &'a TargetRow) -> Result<Desk<'a>, BooksError> {
    let secret = match &row.secret_sealed {
        Some(sealed) => Some(books.keyring.open_text(&row.place(), sealed)?),
        None => None,
    };
    Ok(desk_with(books, row, secret))
}

/// The same with a secret that is not stored yet.
pub(crate) fn desk_with<'a>(books: &'a Inner, row: &'a TargetRow, secret: Option<Secret<String>>) -> Desk<'a> {
    let chosen = row.values.text("folder");
    Desk {
        values: &row.values,
        secret,
        door: &books.door,
        environment: &books.environment,
        folder: folder::of_target(&books.settings.files, &row.company.to_string(), chosen, row.from_file),
    }
}

/// The name of a parcel, its lines with their keys, and the statement file that they make.
type Chosen = (String, Vec<(Line, String)>, Option<Outgoing>);

/// One journal of one target.
struct Visit<'a> {
    books: &'a Inner,
    row: &'a TargetRow,
    system: &'static dyn Target,
    desk: &'a Desk<'a>,
    link: &'a Link,
}

impl Visit<'_> {
    fn lane(&self) -> Lane {
        Lane { company: self.row.company, target: self.row.id, journal: self.link.journal }
    }

    async fn journal(&mut self) -> Result<(), Ended> {
        let lane = self.lane();
        let unparked: Result<u64, db::DbError> = db::write!(self.books.db, tx => {
            delivery::unpark(&mut tx, lane.company, lane.target, Some(lane.journal)).await
        });
        unparked?;
        let mut tx = self.books.db.read().await?;
        // A journal that is gone has nothing to deliver.
        let Some(journal) = journal::find(&mut tx, lane.company, lane.journal).await? else { return Ok(()) };
        drop(tx);
        let mut facts = Facts {
            name: journal.name.clone(),
            reference: journal.reference.clone(),
            currency: journal.currency,
            stem: self.link.stem.clone(),
            place: self.link.place.clone(),
            memory: self.link.memory.clone(),
        };
        let mut rounds = 0;
        while let Some(parcel) = self.next_parcel(&journal, &facts, rounds).await? {
            rounds += 1;
            let delivered = self.system.deliver(self.desk, &parcel).await?;
            if delivered.memory.is_some() {
                facts.memory.clone_from(&delivered.memory);
            }
            self.settle(&parcel, delivered).await?;
        }
        self.checkpoints(&journal, &facts).await?;
        let now = self.books.environment.now();
        let again = now.saturating_add(Span::new().hours(LOOK_AGAIN_HOURS)).unwrap_or(now);
        let served: Result<(), db::DbError> = db::write!(self.books.db, tx => {
            waiting::clear(&mut tx, lane).await?;
            let waits = !delivery::waiting(&mut tx, lane, 1).await?.is_empty()
                || delivery::is_parked(&mut tx, lane).await?;
            target::serve(&mut tx, self.row, self.link, waits.then_some(again)).await
        });
        Ok(served?)
    }

    /// The next parcel, written down as begun.
    async fn next_parcel(&self, journal: &Journal, facts: &Facts, round: u32) -> Result<Option<Parcel>, BooksError> {
        let (lane, batch) = (self.lane(), self.system.about().batch);
        let now = self.books.environment.now();
        db::write!(self.books.db, tx => {
            let begun = delivery::unfinished(&mut tx, lane).await?;
            let (again, lines, statement) = match begun {
                Some(name) => {
                    let lines = delivery::of_parcel(&mut tx, lane, &name).await?;
                    (true, lines, statement_file::of_parcel(&mut tx, lane, &name).await?)
                }
                None => match self.choose(&mut tx, journal, batch).await? {
                    Some((name, lines, statement)) => {
                        let sending: Vec<Sending> =
                            lines.iter().map(|(line, key)| Sending { line: line.id, key: key.clone() }).collect();
                        delivery::begin(&mut tx, lane, &name, &sending, now).await?;
                        (false, lines, statement)
                    }
                    // A whole journal is written once even when no line is new: balances may be.
                    None if batch == Batch::Journal && round == 0 => (false, Vec::new(), None),
                    None => return Ok(None),
                },
            };
            let whole = match batch {
                Batch::Lines(_) | Batch::Statements => None,
                Batch::Journal => Some(whole(&mut tx, lane, journal).await?),
            };
            let lines = lines.into_iter().map(|(line, key)| Item::of(journal, line, Some(key))).collect();
            Ok(Some(Parcel { journal: facts.clone(), again, lines, whole, statement }))
        })
    }

    /// The lines that travel next, each with its key, the name of their parcel, and the statement file that they make.
    async fn choose(&self, tx: &mut Tx, journal: &Journal, batch: Batch) -> Result<Option<Chosen>, BooksError> {
        let lane = self.lane();
        waiting::clear(tx, lane).await?;
        let chosen = match batch {
            Batch::Statements => {
                let (every, today) = (Every::of(&self.row.values), self.books.environment.today());
                let next = outgoing::next(tx, lane, journal, every, today).await?;
                next.map(|(name, lines, statement)| (name, lines, Some(statement)))
            }
            Batch::Lines(most) => {
                let lines = delivery::waiting(tx, lane, most).await?;
                lines.first().map(|first| format!("lines-{}", first.id)).map(|name| (name, lines, None))
            }
            Batch::Journal => {
                let lines = delivery::waiting(tx, lane, i64::MAX).await?;
                (!lines.is_empty()).then(|| ("journal".to_owned(), lines, None))
            }
        };
        Ok(chosen.map(|(name, lines, statement)| {
            let keyed = lines.into_iter().map(|line| {
                let key = key_of(journal, &line);
                (line, key)
            });
            (name, keyed.collect(), statement)
        }))
    }

    /// Writes down what became of a parcel, and stops the journal when the target rang an alarm.
    async fn settle(&self, parcel: &Parcel, delivered: Delivered) -> Result<(), Ended> {
        let (lane, now) = (self.lane(), self.books.environment.now());
        let Delivered { mut outcomes, alarm, memory } = delivered;
        // A target that forgot a line must not be asked for ever.
        let told: HashMap<LineId, ()> = outcomes.iter().map(|(line, _)| (*line, ())).collect();
        let forgotten = parcel.lines.iter().filter(|line| !told.contains_key(&line.id));
        let unsaid = Outcome::Parked { reason: "unsaid", detail: String::new(), retries: false };
        let forgotten: Vec<_> = forgotten.map(|line| (line.id, unsaid.clone())).collect();
        outcomes.extend(forgotten);
        let settled: Result<(), db::DbError> = db::write!(self.books.db, tx => {
            if delivery::settle(&mut tx, lane, &outcomes, now).await? > 0 {
                target::delivered(&mut tx, self.row, lane.journal, now).await?;
            }
            if let Some(statement) = &parcel.statement {
                let name = outcomes.iter().find_map(|(_, outcome)| outcome.remote());
                statement_file::settle(&mut tx, lane, statement.number, name, now).await?;
            }
            if let Some(memory) = &memory {
                target::remember(&mut tx, self.row, lane.journal, memory).await?;
            }
            Ok(())
        });
        settled?;
        alarm.map_or(Ok(()), |halt| Err(halt.into()))
    }

    /// Marks the statements that are over, proven, and wholly there, and books what stood before the first of them:
    /// each where a person asked for it, and once.
    async fn checkpoints(&self, journal: &Journal, facts: &Facts) -> Result<(), Ended> {
        let values = self.desk.values;
        let (marking, opening) = (values.on("checkpoints"), !values.text("opening_account").is_empty());
        if !marking && !opening {
            return Ok(());
        }
        let (lane, today) = (self.lane(), self.books.environment.today());
        let mut tx = self.books.db.read().await?;
        let marked = delivery::checkpoints(&mut tx, lane).await?;
        let statements = statements::of_journal(&mut tx, journal).await?;
        drop(tx);
        let is_marked = |period: &str| marked.iter().any(|one| one == period);
        for (at, statement) in statements.into_iter().enumerate() {
            let opens = opening && at == 0 && !is_marked(OPENING);
            let marks = marking && !is_marked(&statement.period);
            let over = statement.to < today && statement.proof == Proof::Proven && statement.lines > 0;
            if !over || !(opens || marks) {
                continue;
            }
            let (from, to) = (statement.from, statement.to);
            let remotes = delivery::of_days(&mut self.books.db.read().await?, lane, from, to).await?;
            let Some(remotes) = remotes.into_iter().collect::<Option<Vec<String>>>() else { continue };
            let period = statement.period.clone();
            let checkpoint = Checkpoint { journal: facts.clone(), statement, remotes };
            if opens && let Some(remote) = self.system.opening(self.desk, &checkpoint).await? {
                self.mark(OPENING, &remote).await?;
            }
            if marks && let Some(remote) = self.system.checkpoint(self.desk, &checkpoint).await? {
                self.mark(&period, &remote).await?;
            }
        }
        Ok(())
    }

    /// Writes down what is there, so that it is made once.
    async fn mark(&self, period: &str, remote: &str) -> Result<(), Ended> {
        let (lane, now) = (self.lane(), self.books.environment.now());
        let marked: Result<(), db::DbError> =
            db::write!(self.books.db, tx => { delivery::mark(&mut tx, lane, period, remote, now).await });
        Ok(marked?)
    }
}

async fn whole(tx: &mut Tx, lane: Lane, journal: &Journal) -> Result<Whole, BooksError> {
    let keys: HashMap<LineId, String> = delivery::keys(tx, lane).await?.into_iter().collect();
    let lines = line::of_journal(tx, lane.company, lane.journal).await?;
    let mut asserted = statements::asserted(tx, journal).await?;
    // Before the day on which the journal begins there are movements that it does not hold.
    let begins = journal.start_on.and_then(|start| start.checked_sub(1.day()).ok());
    asserted.retain(|told| begins.is_none_or(|before| told.on > before || (!told.opening && told.on == before)));
    let item = |line: Line| {
        let key = keys.get(&line.id).cloned();
        Item::of(journal, line, key)
    };
    Ok(Whole { lines: lines.into_iter().map(item).collect(), asserted })
}
