//! Statement files that were written for a journal at a target.

use db::{Arg, DbError, Row, Tx};
use domain::{CompanyId, Currency, Date, JournalId, Money, Proof, TargetId, Timestamp};

use super::delivery::Lane;
use super::optional_instant;

/// A balance of the bank: its day and minor units.
pub(crate) type Told = (Date, i64);

/// One statement file of a journal, in the order of its chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outgoing {
    /// Counted from 1.
    pub(crate) number: i64,
    /// The day of its first line.
    pub(crate) from: Date,
    /// The last day that it covers.
    pub(crate) to: Date,
    /// The bank's balance before it.
    pub(crate) opening: Option<Told>,
    /// The bank's balance after it.
    pub(crate) closing: Option<Told>,
    /// The sum of its lines in minor units.
    pub(crate) total_minor: i64,
    /// How many lines it has.
    pub(crate) lines: i64,
}

impl Outgoing {
    /// Whether it adds up.
    pub(crate) fn proof(&self, currency: Currency) -> Proof {
        let money = |told: Option<Told>| told.map(|(_, minor)| Money::new(minor, currency));
        Proof::of(money(self.opening), [Money::new(self.total_minor, currency)], money(self.closing))
    }
}

/// A file that the target has, as a page shows it.
#[derive(Debug)]
pub struct Written {
    /// The journal.
    pub journal: JournalId,
    /// The file's name there.
    pub name: String,
    /// What it holds.
    pub(crate) outgoing: Outgoing,
    /// When it was acknowledged.
    pub at: Option<Timestamp>,
}

fn args(lane: Lane) -> [Arg; 3] {
    [lane.company.to_string().into(), lane.target.to_string().into(), lane.journal.to_string().into()]
}

/// The newest file of a journal.
pub(crate) async fn last(tx: &mut Tx, lane: Lane) -> Result<Option<Outgoing>, DbError> {
    let sql = "SELECT * FROM statement_file WHERE company_id = $1 AND target_id = $2 AND journal_id = $3 \
               ORDER BY number DESC LIMIT 1";
    tx.optional(sql, &args(lane)).await?.as_ref().map(outgoing).transpose()
}

/// The file of a parcel.
pub(crate) async fn of_parcel(tx: &mut Tx, lane: Lane, parcel: &str) -> Result<Option<Outgoing>, DbError> {
    let sql = "SELECT * FROM statement_file WHERE company_id = $1 AND target_id = $2 AND journal_id = $3 \
               AND parcel = $4";
    let [company, target, journal] = args(lane);
    let row = tx.optional(sql, &[company, target, journal, parcel.into()]).await?;
    row.as_ref().map(outgoing).transpose()
}

/// Writes down a file that is about to be written.
pub(crate) async fn keep(tx: &mut Tx, lane: Lane, file: &Outgoing, parcel: &str) -> Result<(), DbError> {
    let [company, target, journal] = args(lane);
    let day = |told: Option<Told>| -> Arg { told.map(|(day, _)| day.to_string()).into() };
    let minor = |told: Option<Told>| -> Arg { told.map(|(_, minor)| minor).into() };
    tx.run(
        "INSERT INTO statement_file (company_id, target_id, journal_id, number, parcel, from_on, to_on, opening_on, \
         opening_minor, closing_on, closing_minor, total_minor, line_count) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        &[
            company,
            target,
            journal,
            file.number.into(),
            parcel.into(),
            file.from.to_string().into(),
            file.to.to_string().into(),
            day(file.opening),
            minor(file.opening),
            day(file.closing),
            minor(file.closing),
            file.total_minor.into(),
            file.lines.into(),
        ],
    )
    .await
    .map(|_| ())
}

/// Writes down that a file is there, under a name; or, without one, that it was not written and its number is free.
pub(crate) async fn settle(
    tx: &mut Tx,
    lane: Lane,
    number: i64,
    name: Option<&str>,
    now: Timestamp,
) -> Result<(), DbError> {
    let [company, target, journal] = args(lane);
    match name {
        Some(name) => {
            let sql = "UPDATE statement_file SET name = $5, written_at = $6 WHERE company_id = $1 AND target_id = $2 \
                       AND journal_id = $3 AND number = $4";
            let at = now.as_microsecond().into();
            tx.run(sql, &[company, target, journal, number.into(), name.into(), at]).await
        }
        None => {
            let sql = "DELETE FROM statement_file WHERE company_id = $1 AND target_id = $2 AND journal_id = $3 \
                       AND number = $4 AND written_at IS NULL";
            tx.run(sql, &[company, target, journal, number.into()]).await
        }
    }
    .map(|_| ())
}

/// The files that a target has, newest first.
pub async fn of_target(tx: &mut Tx, company: CompanyId, target: TargetId, limit: i64) -> Result<Vec<Written>, DbError> {
    let sql = "SELECT * FROM statement_file WHERE company_id = $1 AND target_id = $2 AND written_at IS NOT NULL \
               ORDER BY written_at DESC, journal_id, number DESC LIMIT $3";
    let found = tx.all(sql, &[company.to_string().into(), target.to_string().into(), limit.into()]).await?;
    let written = |row: &Row| {
        Ok(Written {
            journal: row.parse("journal_id")?,
            name: row.optional_text("name")?.unwrap_or_default(),
            outgoing: outgoing(row)?,
            at: optional_instant(row.optional_int("written_at")?)?,
        })
    };
    found.iter().map(written).collect()
}

fn outgoing(row: &Row) -> Result<Outgoing, DbError> {
    let told = |day: &str, minor: &str| -> Result<Option<Told>, DbError> {
        let on: Option<Date> = row.optional_parse(day)?;
        Ok(on.zip(row.optional_int(minor)?))
    };
    Ok(Outgoing {
        number: row.int("number")?,
        from: row.parse("from_on")?,
        to: row.parse("to_on")?,
        opening: told("opening_on", "opening_minor")?,
        closing: told("closing_on", "closing_minor")?,
        total_minor: row.int("total_minor")?,
        lines: row.int("line_count")?,
    })
}
