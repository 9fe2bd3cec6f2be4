//! The lines of a journal, for another program.

use domain::{Date, LineId};
use serde::Serialize;

use super::{HeadlessError, Wanted};
use crate::Books;
use crate::store::journal::Journal;
use crate::store::line::{self, Line, LineState};

/// From which day to which.
#[derive(Debug, Clone, Copy, Default)]
pub struct Stretch {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

impl Stretch {
    fn holds(&self, on: Date) -> bool {
        self.from.is_none_or(|from| on >= from) && self.to.is_none_or(|to| on <= to)
    }
}

/// One line that counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExportedLine {
    /// Id of the company.
    pub company: String,
    /// `BNK1`.
    pub journal: String,
    /// The number of the journal's account.
    pub number: String,
    /// Id of the line in the books; it never changes.
    pub id: LineId,
    /// Id of the transaction at the provider.
    pub transaction: String,
    /// Booking date.
    pub booked_on: Date,
    /// Value date.
    pub value_on: Option<Date>,
    /// Signed, exact; credit is positive.
    pub amount: String,
    /// Currency of the amount.
    pub currency: String,
    /// What it is about.
    pub label: String,
    /// Name of the other side.
    pub partner_name: Option<String>,
    /// Account of the other side.
    pub partner_account: Option<String>,
    /// Structured reference.
    pub structured_reference: Option<String>,
    /// End-to-end identification.
    pub end_to_end_id: Option<String>,
    /// The amount before it was converted, with its currency.
    pub foreign: Option<String>,
    /// Whether somebody must look at it: the bank now tells another date or amount.
    pub to_review: bool,
}

impl Books {
    /// The lines that count of the chosen journals, oldest first.
    pub async fn export(&self, wanted: &Wanted, stretch: Stretch) -> Result<Vec<ExportedLine>, HeadlessError> {
        let mut exported = Vec::new();
        for chosen in self.choose(wanted).await? {
            for journal in &chosen.journals {
                let lines = line::of_journal(&mut self.0.db.read().await?, chosen.company.id, journal.id).await?;
                let counts = |line: &Line| line.state != LineState::Removed && stretch.holds(line.booked_on);
                exported.extend(lines.into_iter().filter(counts).map(|line| exported_line(journal, line)));
            }
        }
        Ok(exported)
    }
}

fn exported_line(journal: &Journal, line: Line) -> ExportedLine {
    ExportedLine {
        company: journal.company.to_string(),
        journal: journal.code.clone(),
        number: journal.reference.clone(),
        id: line.id,
        transaction: line.remote,
        booked_on: line.booked_on,
        value_on: line.text.value_on,
        amount: domain::Money::new(line.amount_minor, journal.currency).decimal(),
        currency: journal.currency.code().to_owned(),
        label: line.text.label,
        partner_name: line.text.partner_name,
        partner_account: line.text.partner_account,
        structured_reference: line.text.structured,
        end_to_end_id: line.text.end_to_end_id,
        foreign: line.text.foreign.map(|money| format!("{} {}", money.decimal(), money.currency().code())),
        to_review: line.state == LineState::Review,
    }
}
