//! Looking through the lines of a journal.

use db::{DbError, Tx, rows};
use domain::{CompanyId, Date, JournalId};
use serde_json::{Value, json};

use super::line::{Line, of_row};

/// Which lines of a journal to read.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// Words that must all occur.
    pub words: Vec<String>,
    /// Earliest booking date.
    pub from: Option<Date>,
    /// Latest booking date.
    pub to: Option<Date>,
    /// Only lines that somebody must look at.
    pub marked: bool,
    /// Below this place: booking date and sequence of the last line of the page before.
    pub below: Option<(Date, i64)>,
}

/// Lines of a journal, newest first by booking date and then by arrival, at most `limit`.
pub async fn page(
    tx: &mut Tx,
    company: CompanyId,
    journal: JournalId,
    query: &Query,
    limit: i64,
) -> Result<Vec<Line>, DbError> {
    let words: Vec<Value> = query.words.iter().map(|word| json!([like(word)])).collect();
    let (below_on, below_sequence) =
        query.below.map_or(("9999-99-99".to_owned(), 0), |(date, sequence)| (date.to_string(), sequence));
    let found = tx
        .all(
            "SELECT * FROM line WHERE company_id = $1 AND journal_id = $2 AND booked_on >= $3 AND booked_on <= $4 \
             AND (booked_on < $5 OR (booked_on = $5 AND sequence < $6)) AND (NOT $7 OR state <> 'posted') \
             AND NOT EXISTS (SELECT 1 FROM json_each($8) AS r WHERE line.search NOT LIKE r.value->>0 ESCAPE '!') \
             ORDER BY booked_on DESC, sequence DESC LIMIT $9",
            &[
                company.to_string().into(),
                journal.to_string().into(),
                query.from.map_or("0000-00-00".to_owned(), |date| date.to_string()).into(),
                query.to.map_or("9999-99-99".to_owned(), |date| date.to_string()).into(),
                below_on.into(),
                below_sequence.into(),
                query.marked.into(),
                rows(&words),
                limit.into(),
            ],
        )
        .await?;
    found.iter().map(of_row).collect()
}

fn like(word: &str) -> String {
    let mut pattern = String::from("%");
    for c in word.to_lowercase().chars() {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}
