//! Lines: the booked movements of a journal. A line's account, date, amount and sequence are written once.

use db::{DbError, Row, Tx, rows};
use domain::{AccountId, CompanyId, Date, JournalId, LineId};
use serde_json::{Value, json};

/// Whether a line counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LineState {
    /// It counts.
    Posted,
    /// It counts, and the provider has since told another date, amount or currency: somebody must look.
    Review,
    /// The provider took it back: it is kept, shown, and does not count.
    Removed,
}

impl LineState {
    /// As it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            LineState::Posted => "posted",
            LineState::Review => "review",
            LineState::Removed => "removed",
        }
    }

    fn read(row: &Row) -> Result<LineState, DbError> {
        let text = row.text("state")?;
        let all = [LineState::Posted, LineState::Review, LineState::Removed];
        let problem = format!("'{text}' is no state");
        let found = all.into_iter().find(|state| state.as_str() == text);
        found.ok_or(DbError::Column { column: "state".into(), problem })
    }
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Id.
    pub id: LineId,
    /// Place in the order of arrival.
    pub sequence: i64,
    /// The provider's id of the transaction.
    pub remote: String,
    /// The account's epoch in which that id was given.
    pub epoch: i64,
    /// Booking date.
    pub booked_on: Date,
    /// Minor units of the journal's currency; credit is positive.
    pub amount_minor: i64,
    /// What may change.
    pub text: LineText,
    /// Whether it counts.
    pub state: LineState,
    /// Why it is in that state.
    pub note: Option<String>,
}

/// What a provider may correct: everything that says what a movement is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineText {
    /// Value date.
    pub value_on: Option<Date>,
    /// What it is about, in one text.
    pub label: String,
    /// Name of the other side.
    pub partner_name: Option<String>,
    /// Account of the other side.
    pub partner_account: Option<String>,
    /// Structured reference.
    pub structured: Option<String>,
    /// End-to-end identification.
    pub end_to_end_id: Option<String>,
    /// The attributes as the provider sent them.
    pub raw: String,
}

impl LineText {
    /// What a search looks through: names, texts and numbers in lower case.
    fn search(&self) -> String {
        let parts = [
            Some(&self.label),
            self.partner_name.as_ref(),
            self.partner_account.as_ref(),
            self.structured.as_ref(),
            self.end_to_end_id.as_ref(),
        ];
        parts.into_iter().flatten().map(|text| text.to_lowercase()).collect::<Vec<_>>().join(" ")
    }
}

/// Where lines are.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// The company.
    pub company: CompanyId,
    /// The journal.
    pub journal: JournalId,
    /// The account that feeds it.
    pub account: AccountId,
}

/// Adds lines. One whose transaction is already there is left as it is.
pub async fn add(tx: &mut Tx, place: Place, lines: &[Line]) -> Result<u64, DbError> {
    let values: Vec<Value> = lines.iter().map(row_of).collect();
    tx.run(
        "INSERT INTO line (company_id, journal_id, account_id, id, sequence, remote_id, epoch, booked_on, \
         amount_minor, state, note, value_on, label, partner_name, partner_account, structured, end_to_end_id, raw, \
         search) \
         SELECT $2, $3, $4, r.value->>0, CAST(r.value->>1 AS BIGINT), r.value->>2, CAST(r.value->>3 AS BIGINT), \
         r.value->>4, CAST(r.value->>5 AS BIGINT), r.value->>6, r.value->>7, r.value->>8, r.value->>9, r.value->>10, \
         r.value->>11, r.value->>12, r.value->>13, r.value->>14, r.value->>15 \
         FROM json_each($1) AS r WHERE true ON CONFLICT (company_id, account_id, remote_id) DO NOTHING",
        &[
            rows(&values),
            place.company.to_string().into(),
            place.journal.to_string().into(),
            place.account.to_string().into(),
        ],
    )
    .await
}

/// Writes what may change of lines that are there: text, state, note, and the provider's id with its epoch.
pub async fn correct(tx: &mut Tx, company: CompanyId, lines: &[Line]) -> Result<u64, DbError> {
    let values: Vec<Value> = lines.iter().map(row_of).collect();
    tx.run(
        "UPDATE line SET remote_id = n.remote_id, epoch = n.epoch, state = n.state, note = n.note, \
         value_on = n.value_on, label = n.label, partner_name = n.partner_name, partner_account = n.partner_account, \
         structured = n.structured, end_to_end_id = n.end_to_end_id, raw = n.raw, search = n.search \
         FROM (SELECT r.value->>0 AS id, r.value->>2 AS remote_id, CAST(r.value->>3 AS BIGINT) AS epoch, \
         r.value->>6 AS state, r.value->>7 AS note, r.value->>8 AS value_on, r.value->>9 AS label, \
         r.value->>10 AS partner_name, r.value->>11 AS partner_account, r.value->>12 AS structured, \
         r.value->>13 AS end_to_end_id, r.value->>14 AS raw, r.value->>15 AS search FROM json_each($1) AS r) AS n \
         WHERE line.company_id = $2 AND line.id = n.id",
        &[rows(&values), company.to_string().into()],
    )
    .await
}

fn row_of(line: &Line) -> Value {
    let text = &line.text;
    json!([
        line.id,
        line.sequence,
        line.remote,
        line.epoch,
        line.booked_on.to_string(),
        line.amount_minor,
        line.state.as_str(),
        line.note,
        text.value_on.map(|date| date.to_string()),
        text.label,
        text.partner_name,
        text.partner_account,
        text.structured,
        text.end_to_end_id,
        text.raw,
        text.search(),
    ])
}

/// One step in the life of a line, with what stood before.
#[derive(Debug, Clone)]
pub struct Event {
    /// The line.
    pub line: LineId,
    /// `updated`, `removed`, `restored`, `recognised` or `contradicted`.
    pub action: &'static str,
    /// Why.
    pub reason: Option<String>,
    /// The raw text, the provider's id and the state before, as JSON, so that the step can be undone.
    pub before: String,
}

/// Keeps what happened to lines.
pub async fn note_events(tx: &mut Tx, company: CompanyId, events: &[Event], at_micros: i64) -> Result<(), DbError> {
    let values: Vec<Value> =
        events.iter().map(|event| json!([event.line, event.action, event.reason, event.before])).collect();
    tx.run(
        "INSERT INTO line_event (company_id, line_id, at, action, reason, before) \
         SELECT $2, r.value->>0, $3, r.value->>1, r.value->>2, r.value->>3 FROM json_each($1) AS r WHERE true \
         ON CONFLICT DO NOTHING",
        &[rows(&values), company.to_string().into(), at_micros.into()],
    )
    .await
    .map(|_| ())
}

/// The lines of an account with any of these provider's ids.
pub async fn by_remote(tx: &mut Tx, place: Place, remotes: &[&str]) -> Result<Vec<Line>, DbError> {
    let values: Vec<Value> = remotes.iter().map(|remote| json!([remote])).collect();
    let found = tx
        .all(
            "SELECT * FROM line WHERE company_id = $1 AND account_id = $2 \
             AND remote_id IN (SELECT r.value->>0 FROM json_each($3) AS r)",
            &[place.company.to_string().into(), place.account.to_string().into(), rows(&values)],
        )
        .await?;
    found.iter().map(of_row).collect()
}

/// The lines of an account that still bear an id of an earlier epoch, booked on any of these days, in their order.
pub async fn of_earlier_epochs(tx: &mut Tx, place: Place, epoch: i64, days: &[String]) -> Result<Vec<Line>, DbError> {
    let values: Vec<Value> = days.iter().map(|day| json!([day])).collect();
    let found = tx
        .all(
            "SELECT * FROM line WHERE company_id = $1 AND journal_id = $2 AND account_id = $3 AND epoch < $4 \
             AND booked_on IN (SELECT r.value->>0 FROM json_each($5) AS r) ORDER BY booked_on, sequence",
            &[
                place.company.to_string().into(),
                place.journal.to_string().into(),
                place.account.to_string().into(),
                epoch.into(),
                rows(&values),
            ],
        )
        .await?;
    found.iter().map(of_row).collect()
}

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

/// Every line of a journal, those that were taken back included, by day and arrival.
pub async fn of_journal(tx: &mut Tx, company: CompanyId, journal: JournalId) -> Result<Vec<Line>, DbError> {
    let sql = "SELECT * FROM line WHERE company_id = $1 AND journal_id = $2 ORDER BY booked_on, sequence";
    tx.all(sql, &[company.to_string().into(), journal.to_string().into()]).await?.iter().map(of_row).collect()
}

/// One line of a company with its journal.
pub async fn find(tx: &mut Tx, company: CompanyId, id: LineId) -> Result<Option<(JournalId, Line)>, DbError> {
    let sql = "SELECT * FROM line WHERE company_id = $1 AND id = $2";
    let row = tx.optional(sql, &[company.to_string().into(), id.to_string().into()]).await?;
    row.map(|row| Ok((row.parse("journal_id")?, of_row(&row)?))).transpose()
}

/// How many lines of each journal of a company somebody must look at.
pub async fn marked(tx: &mut Tx, company: CompanyId) -> Result<Vec<(JournalId, i64)>, DbError> {
    let sql = "SELECT journal_id, COUNT(*) AS marked FROM line WHERE company_id = $1 AND state <> 'posted' \
               GROUP BY journal_id";
    let rows = tx.all(sql, &[company.to_string().into()]).await?;
    rows.iter().map(|row| Ok((row.parse("journal_id")?, row.int("marked")?))).collect()
}

/// A line from a row of the table.
pub(crate) fn of_row(row: &Row) -> Result<Line, DbError> {
    Ok(Line {
        id: row.parse("id")?,
        sequence: row.int("sequence")?,
        remote: row.text("remote_id")?,
        epoch: row.int("epoch")?,
        booked_on: row.parse("booked_on")?,
        amount_minor: row.int("amount_minor")?,
        text: LineText {
            value_on: row.optional_parse("value_on")?,
            label: row.text("label")?,
            partner_name: row.optional_text("partner_name")?,
            partner_account: row.optional_text("partner_account")?,
            structured: row.optional_text("structured")?,
            end_to_end_id: row.optional_text("end_to_end_id")?,
            raw: row.text("raw")?,
        },
        state: LineState::read(row)?,
        note: row.optional_text("note")?,
    })
}
