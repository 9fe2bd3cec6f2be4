//! What an operator, a demonstration or a story may ask of open books without a browser.

use domain::{AccountId, Currency, Date, Money};

use crate::statements::{self, BookStatement};
use crate::store::line::{self, LineState, Query};
use crate::store::{account, journal};
use crate::{Books, BooksError};

/// One journal with its statements.
#[derive(Debug, Clone)]
pub struct JournalRow {
    /// Its name.
    pub name: String,
    /// The number of its bank account.
    pub reference: String,
    /// Its currency.
    pub currency: Currency,
    /// The account's id at its provider, while one feeds it.
    pub remote_account: Option<AccountId>,
    /// Lines that count.
    pub lines: i64,
    /// Oldest first.
    pub statements: Vec<BookStatement>,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineRow {
    /// The provider's id of the transaction.
    pub remote_transaction: String,
    /// Booking date.
    pub booked_on: Date,
    /// Signed; credit is positive.
    pub amount: Money,
    /// What it is about.
    pub label: String,
    /// Name of the other side.
    pub partner_name: Option<String>,
    /// Account of the other side.
    pub partner_account: Option<String>,
    /// Whether it counts.
    pub state: LineState,
    /// Why it is in that state.
    pub note: Option<String>,
}

impl Books {
    /// Every journal of every company, by number.
    pub async fn journals(&self) -> Result<Vec<JournalRow>, BooksError> {
        let mut tx = self.0.db.read().await?;
        let mut found = Vec::new();
        for journal in journal::all(&mut tx).await? {
            let account = match journal.account {
                Some(id) => account::find(&mut tx, journal.company, id).await?,
                None => None,
            };
            let statements = statements::of_journal(&mut tx, &journal).await?;
            let months = statements::by_month(&mut tx, &journal).await?;
            found.push(JournalRow {
                lines: months.iter().map(|month| month.lines).sum(),
                name: journal.name,
                reference: journal.reference,
                currency: journal.currency,
                remote_account: account.map(|account| account.remote),
                statements,
            });
        }
        Ok(found)
    }

    /// Every line of the journals with a number, those that were taken back included, by booking date and arrival.
    pub async fn lines(&self, reference: &str) -> Result<Vec<LineRow>, BooksError> {
        let mut tx = self.0.db.read().await?;
        let mut found = Vec::new();
        for journal in journal::all(&mut tx).await?.into_iter().filter(|journal| journal.reference == reference) {
            let all = line::page(&mut tx, journal.company, journal.id, &Query::default(), i64::MAX).await?;
            found.extend(all.into_iter().rev().map(|line| LineRow {
                remote_transaction: line.remote,
                booked_on: line.booked_on,
                amount: Money::new(line.amount_minor, journal.currency),
                label: line.text.label,
                partner_name: line.text.partner_name,
                partner_account: line.text.partner_account,
                state: line.state,
                note: line.note,
            }));
        }
        Ok(found)
    }
}
