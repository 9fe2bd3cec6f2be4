//! Lines: the booked movements of a journal. A line's account, date, amount and sequence are written once.

use db::{DbError, Row, Tx, rows};
use domain::{AccountId, CompanyId, Currency, Date, ImportId, JournalId, LineId, Money};
use serde_json::{Value, json};

pub use super::line_event::{Event, note_events};
pub use super::search::{Query, page};

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

/// Why a person took a line out of the books. It stays there, does not count, and comes back only by a person's hand,
/// whatever a provider says again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SetAside {
    /// It tells a movement that another line tells already.
    Duplicate,
    /// The import that brought it was undone.
    Undone,
}

impl SetAside {
    /// As it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            SetAside::Duplicate => "duplicate",
            SetAside::Undone => "undone",
        }
    }

    fn read(row: &Row) -> Result<Option<SetAside>, DbError> {
        let Some(text) = row.optional_text("set_aside")? else { return Ok(None) };
        let found = [SetAside::Duplicate, SetAside::Undone].into_iter().find(|reason| reason.as_str() == text);
        let problem = format!("'{text}' is no reason");
        found.map(Some).ok_or(DbError::Column { column: "set_aside".into(), problem })
    }
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Id.
    pub id: LineId,
    /// The account whose provider told it; for a line of a statement file, the id of its journal.
    pub source: String,
    /// The import that brought it, where that is known.
    pub import: Option<ImportId>,
    /// Why a person took it out.
    pub set_aside: Option<SetAside>,
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
    /// The amount before it was converted.
    pub foreign: Option<Money>,
    /// The exchange rate as the bank wrote it.
    pub exchange_rate: Option<String>,
    /// The bank's own id of the movement: evidence, not identity.
    pub bank_id: Option<String>,
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
pub async fn add(tx: &mut Tx, company: CompanyId, journal: JournalId, lines: &[Line]) -> Result<u64, DbError> {
    let values: Vec<Value> = lines.iter().map(row_of).collect();
    tx.run(
        "INSERT INTO line (company_id, journal_id, id, sequence, remote_id, epoch, booked_on, amount_minor, state, \
         note, value_on, label, partner_name, partner_account, structured, end_to_end_id, raw, search, foreign_minor, \
         foreign_currency, exchange_rate, import_id, set_aside, account_id, bank_id) \
         SELECT $2, $3, r.value->>'id', CAST(r.value->>'sequence' AS BIGINT), r.value->>'remote_id', \
         CAST(r.value->>'epoch' AS BIGINT), r.value->>'booked_on', CAST(r.value->>'amount_minor' AS BIGINT), \
         r.value->>'state', r.value->>'note', r.value->>'value_on', r.value->>'label', r.value->>'partner_name', \
         r.value->>'partner_account', r.value->>'structured', r.value->>'end_to_end_id', r.value->>'raw', \
         r.value->>'search', CAST(r.value->>'foreign_minor' AS BIGINT), r.value->>'foreign_currency', \
         r.value->>'exchange_rate', r.value->>'import_id', r.value->>'set_aside', r.value->>'account_id', \
         r.value->>'bank_id' \
         FROM json_each($1) AS r WHERE true ON CONFLICT (company_id, account_id, remote_id) DO NOTHING",
        &[rows(&values), company.to_string().into(), journal.to_string().into()],
    )
    .await
}

/// Writes what may change of lines that are there: text, state, note, who tells them, and what a person decided.
pub async fn correct(tx: &mut Tx, company: CompanyId, lines: &[Line]) -> Result<u64, DbError> {
    let values: Vec<Value> = lines.iter().map(row_of).collect();
    tx.run(
        "WITH n AS MATERIALIZED (SELECT r.value->>'id' AS id, r.value->>'remote_id' AS remote_id, \
         CAST(r.value->>'epoch' AS BIGINT) AS epoch, r.value->>'state' AS state, r.value->>'note' AS note, r.value->>'value_on' AS value_on, \
         r.value->>'booked_on' AS booked_on, r.value->>'label' AS label, r.value->>'partner_name' AS partner_name, \
         r.value->>'partner_account' AS partner_account, r.value->>'structured' AS structured, \
         r.value->>'end_to_end_id' AS end_to_end_id, r.value->>'raw' AS raw, r.value->>'search' AS search, \
         CAST(r.value->>'foreign_minor' AS BIGINT) AS foreign_minor, \
         r.value->>'foreign_currency' AS foreign_currency, r.value->>'exchange_rate' AS exchange_rate, \
         r.value->>'import_id' AS import_id, r.value->>'set_aside' AS set_aside, \
         r.value->>'account_id' AS account_id, r.value->>'bank_id' AS bank_id \
         FROM json_each($1) AS r) \
         UPDATE line SET remote_id = n.remote_id, epoch = n.epoch, state = n.state, note = n.note, \
         booked_on = n.booked_on, value_on = n.value_on, label = n.label, partner_name = n.partner_name, partner_account = n.partner_account, \
         structured = n.structured, end_to_end_id = n.end_to_end_id, raw = n.raw, search = n.search, \
         foreign_minor = n.foreign_minor, foreign_currency = n.foreign_currency, exchange_rate = n.exchange_rate, \
         import_id = n.import_id, set_aside = n.set_aside, account_id = n.account_id, bank_id = n.bank_id \
         FROM n WHERE line.company_id = $2 AND line.id = n.id",
        &[rows(&values), company.to_string().into()],
    )
    .await
}

/// A line as bulk statements read it: each value under the name of its column.
fn row_of(line: &Line) -> Value {
    let text = &line.text;
    json!({
        "id": line.id,
        "sequence": line.sequence,
        "remote_id": line.remote,
        "epoch": line.epoch,
        "booked_on": line.booked_on.to_string(),
        "amount_minor": line.amount_minor,
        "state": line.state.as_str(),
        "note": line.note,
        "value_on": text.value_on.map(|date| date.to_string()),
        "label": text.label,
        "partner_name": text.partner_name,
        "partner_account": text.partner_account,
        "structured": text.structured,
        "end_to_end_id": text.end_to_end_id,
        "raw": text.raw,
        "search": text.search(),
        "foreign_minor": text.foreign.map(|money| money.minor()),
        "foreign_currency": text.foreign.map(|money| money.currency().code().to_owned()),
        "exchange_rate": text.exchange_rate,
        "import_id": line.import,
        "set_aside": line.set_aside.map(SetAside::as_str),
        "account_id": line.source,
        "bank_id": text.bank_id,
    })
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

/// The lines of a journal on any of these days that its account does not tell in this epoch: those with an id of an
/// earlier one, those of statement files, and those of the same account at another provider. In their order.
pub async fn of_other_origin(tx: &mut Tx, place: Place, epoch: i64, days: &[String]) -> Result<Vec<Line>, DbError> {
    let values: Vec<Value> = days.iter().map(|day| json!([day])).collect();
    let found = tx
        .all(
            "SELECT * FROM line WHERE company_id = $1 AND journal_id = $2 AND (account_id <> $3 OR epoch < $4) \
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

/// The lines of an account that count, bear an id of an earlier epoch, and are booked after the first day that the
/// account tells of in this one: the provider no longer tells them. Of earlier days nothing can be said, because a
/// provider may have begun its history anew.
pub async fn untold(tx: &mut Tx, place: Place, epoch: i64) -> Result<Vec<Line>, DbError> {
    let found = tx
        .all(
            "SELECT * FROM line WHERE company_id = $1 AND account_id = $2 AND epoch < $3 AND state <> 'removed' \
             AND booked_on > (SELECT MIN(booked_on) FROM line AS told WHERE told.company_id = $1 \
             AND told.account_id = $2 AND told.epoch = $3) ORDER BY booked_on, sequence",
            &[place.company.to_string().into(), place.account.to_string().into(), epoch.into()],
        )
        .await?;
    found.iter().map(of_row).collect()
}

/// Every line of a journal on any of these days, in their order.
pub async fn of_days(
    tx: &mut Tx,
    company: CompanyId,
    journal: JournalId,
    days: &[String],
) -> Result<Vec<Line>, DbError> {
    let values: Vec<Value> = days.iter().map(|day| json!([day])).collect();
    let found = tx
        .all(
            "SELECT * FROM line WHERE company_id = $1 AND journal_id = $2 \
             AND booked_on IN (SELECT r.value->>0 FROM json_each($3) AS r) ORDER BY booked_on, sequence",
            &[company.to_string().into(), journal.to_string().into(), rows(&values)],
        )
        .await?;
    found.iter().map(of_row).collect()
}

/// Brings the lines of an account that lie in other journals into one. Answers which journals they came from, with the
/// months that changed there.
pub async fn bring(
    tx: &mut Tx,
    company: CompanyId,
    account: AccountId,
    journal: JournalId,
) -> Result<Vec<(JournalId, Vec<String>)>, DbError> {
    let args = [company.to_string().into(), account.to_string().into(), journal.to_string().into()];
    let sql = "SELECT id FROM line WHERE company_id = $1 AND account_id = $2 \
         AND journal_id IN (SELECT id FROM journal WHERE company_id = $1 AND id <> $3) LIMIT 1";
    if tx.optional(sql, &args).await?.is_none() {
        return Ok(Vec::new());
    }
    let found = tx
        .all(
            "SELECT DISTINCT journal_id, SUBSTR(booked_on, 1, 7) AS month FROM line \
             WHERE company_id = $1 AND account_id = $2 AND journal_id <> $3 ORDER BY journal_id, month",
            &args,
        )
        .await?;
    let mut from: Vec<(JournalId, Vec<String>)> = Vec::new();
    for row in &found {
        let (id, month): (JournalId, String) = (row.parse("journal_id")?, row.text("month")?);
        match from.last_mut().filter(|(last, _)| *last == id) {
            Some((_, months)) => months.push(month),
            None => from.push((id, vec![month])),
        }
    }
    let sql = "UPDATE line SET journal_id = $3 WHERE company_id = $1 AND account_id = $2 AND journal_id <> $3";
    tx.run(sql, &args).await?;
    Ok(from)
}

/// Highest and lowest place in the order of arrival in a journal; zeros when it is empty.
pub async fn ends(tx: &mut Tx, company: CompanyId, journal: JournalId) -> Result<(i64, i64), DbError> {
    // Each end alone is one step in the index; both in one question walk all of the journal.
    let sql = "SELECT COALESCE((SELECT MAX(sequence) FROM line WHERE company_id = $1 AND journal_id = $2), 0) AS high, \
               COALESCE((SELECT MIN(sequence) FROM line WHERE company_id = $1 AND journal_id = $2), 0) AS low";
    let row = tx.one(sql, &[company.to_string().into(), journal.to_string().into()]).await?;
    Ok((row.int("high")?, row.int("low")?))
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
    let foreign: Option<Currency> = row.optional_parse("foreign_currency")?;
    let foreign_minor = row.optional_int("foreign_minor")?;
    Ok(Line {
        id: row.parse("id")?,
        source: row.text("account_id")?,
        import: row.optional_parse("import_id")?,
        set_aside: SetAside::read(row)?,
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
            foreign: foreign.zip(foreign_minor).map(|(currency, minor)| Money::new(minor, currency)),
            exchange_rate: row.optional_text("exchange_rate")?,
            bank_id: row.optional_text("bank_id")?,
            raw: row.text("raw")?,
        },
        state: LineState::read(row)?,
        note: row.optional_text("note")?,
    })
}
