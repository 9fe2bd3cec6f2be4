//! Pairs of lines in two own journals that a person has judged: money that moved between own accounts, or not.

use db::{DbError, Tx};
use domain::{CompanyId, Date, JournalId, LineId, Timestamp, UserId};

use super::line::{self, Line};

/// What a person said of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// One transfer, seen from both sides.
    Confirmed,
    /// Two movements that have nothing to do with each other.
    Dismissed,
}

impl Verdict {
    /// As it is stored and sent.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Confirmed => "confirmed",
            Verdict::Dismissed => "dismissed",
        }
    }

    /// Reads what was stored or sent.
    pub fn parse(text: &str) -> Option<Verdict> {
        [Verdict::Confirmed, Verdict::Dismissed].into_iter().find(|verdict| verdict.as_str() == text)
    }
}

/// One judged pair.
#[derive(Debug, Clone, Copy)]
pub struct Judged {
    /// The line that money left by.
    pub debit: LineId,
    /// The line that it came in by.
    pub credit: LineId,
    /// What was said.
    pub verdict: Verdict,
}

/// Keeps a verdict; a later one of the same pair replaces it.
pub async fn judge(
    tx: &mut Tx,
    company: CompanyId,
    judged: Judged,
    person: UserId,
    now: Timestamp,
) -> Result<(), DbError> {
    tx.run(
        "INSERT INTO transfer (company_id, debit_line_id, credit_line_id, state, person_id, at) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (company_id, debit_line_id, credit_line_id) DO UPDATE SET \
         state = EXCLUDED.state, person_id = EXCLUDED.person_id, at = EXCLUDED.at",
        &[
            company.to_string().into(),
            judged.debit.to_string().into(),
            judged.credit.to_string().into(),
            judged.verdict.as_str().into(),
            person.to_string().into(),
            now.as_microsecond().into(),
        ],
    )
    .await
    .map(|_| ())
}

/// Takes a verdict back.
pub async fn forget(tx: &mut Tx, company: CompanyId, debit: LineId, credit: LineId) -> Result<(), DbError> {
    let sql = "DELETE FROM transfer WHERE company_id = $1 AND debit_line_id = $2 AND credit_line_id = $3";
    tx.run(sql, &[company.to_string().into(), debit.to_string().into(), credit.to_string().into()]).await.map(|_| ())
}

/// Every verdict of a company.
pub async fn judged(tx: &mut Tx, company: CompanyId) -> Result<Vec<Judged>, DbError> {
    let sql = "SELECT debit_line_id, credit_line_id, state FROM transfer WHERE company_id = $1 ORDER BY at DESC";
    let rows = tx.all(sql, &[company.to_string().into()]).await?;
    let read = |row: &db::Row| {
        let text = row.text("state")?;
        let problem = format!("'{text}' is no verdict");
        let verdict = Verdict::parse(&text).ok_or(DbError::Column { column: "state".into(), problem })?;
        Ok(Judged { debit: row.parse("debit_line_id")?, credit: row.parse("credit_line_id")?, verdict })
    };
    rows.iter().map(read).collect()
}

/// The lines of all journals of a company from a day on that count, newest first, at most `limit`.
pub async fn lines_since(
    tx: &mut Tx,
    company: CompanyId,
    from: Date,
    limit: i64,
) -> Result<Vec<(JournalId, Line)>, DbError> {
    let sql = "SELECT * FROM line WHERE company_id = $1 AND booked_on >= $2 AND state <> 'removed' \
               ORDER BY booked_on DESC, journal_id, sequence DESC LIMIT $3";
    let rows = tx.all(sql, &[company.to_string().into(), from.to_string().into(), limit.into()]).await?;
    rows.iter().map(|row| Ok((row.parse("journal_id")?, line::of_row(row)?))).collect()
}
