//! What a person takes out of a journal and brings back: a line that is a duplicate, or all lines of an import. Nothing
//! is deleted; a line that is set aside does not count, and no provider can bring it back.

use std::collections::BTreeMap;

use db::{DbError, Tx};
use domain::{CompanyId, ImportId, JournalId, LineId, UserId};
use serde_json::json;

use crate::store::line::{self, Event, Line, LineState, SetAside};
use crate::store::{month, undo};
use crate::{BooksError, Inner};

impl Inner {
    /// Undoes an import: the lines that it brought are set aside. Answers how many; `None` when it was undone already
    /// or brought nothing that still counts.
    pub(crate) async fn undo_import(
        &self,
        company: CompanyId,
        import: ImportId,
        person: UserId,
    ) -> Result<Option<usize>, BooksError> {
        let now = self.environment.now();
        db::write!(self.db, tx => {
            let counted: Vec<(JournalId, Line)> = undo::lines(&mut tx, company, import).await?
                .into_iter().filter(|(_, line)| line.state != LineState::Removed).collect();
            if counted.is_empty() || !undo::begin(&mut tx, company, import, person, counted.len(), now).await? {
                return Ok(None);
            }
            let count = counted.len();
            self.turn(&mut tx, company, counted, Some(SetAside::Undone)).await?;
            Ok(Some(count))
        })
    }

    /// Brings back what undoing an import set aside. Answers how many lines; `None` when it was not undone.
    pub(crate) async fn redo_import(&self, company: CompanyId, import: ImportId) -> Result<Option<usize>, BooksError> {
        db::write!(self.db, tx => {
            if !undo::end(&mut tx, company, import).await? {
                return Ok(None);
            }
            let undone: Vec<(JournalId, Line)> = undo::lines(&mut tx, company, import).await?
                .into_iter().filter(|(_, line)| line.set_aside == Some(SetAside::Undone)).collect();
            let count = undone.len();
            self.turn(&mut tx, company, undone, None).await?;
            Ok(Some(count))
        })
    }

    /// Sets a line aside as a duplicate, or brings it back.
    pub(crate) async fn set_aside(
        &self,
        company: CompanyId,
        id: LineId,
        reason: Option<SetAside>,
    ) -> Result<Option<JournalId>, BooksError> {
        db::write!(self.db, tx => {
            let Some((journal, line)) = line::find(&mut tx, company, id).await? else { return Ok(None) };
            // What the bank took back is not a person's to bring back.
            let possible = match reason {
                Some(_) => line.set_aside.is_none() && line.state != LineState::Removed,
                None => line.set_aside.is_some(),
            };
            if possible {
                self.turn(&mut tx, company, vec![(journal, line)], reason).await?;
            }
            Ok(Some(journal))
        })
    }

    async fn turn(
        &self,
        tx: &mut Tx,
        company: CompanyId,
        lines: Vec<(JournalId, Line)>,
        reason: Option<SetAside>,
    ) -> Result<(), DbError> {
        let now = self.environment.now().as_microsecond();
        let mut months: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let (mut changed, mut events) = (Vec::new(), Vec::new());
        for (journal, before) in lines {
            let state = if reason.is_some() { LineState::Removed } else { LineState::Posted };
            let kept = json!({"remote": before.remote, "state": before.state.as_str(), "note": before.note,
                              "raw": before.text.raw});
            events.push(Event {
                line: before.id,
                action: if reason.is_some() { "set-aside" } else { "brought-back" },
                reason: reason.map(|reason| reason.as_str().to_owned()),
                before: kept.to_string(),
            });
            months.entry(journal.to_string()).or_default().push(before.booked_on.to_string()[..7].to_owned());
            changed.push(Line { state, note: None, set_aside: reason, ..before });
        }
        line::correct(tx, company, &changed).await?;
        line::note_events(tx, company, &events, now).await?;
        for (journal, mut of) in months {
            of.sort();
            of.dedup();
            let journal = JournalId::parse(&journal).expect("it was an id a moment ago");
            month::recount(tx, company, journal, &of).await?;
        }
        Ok(())
    }
}
