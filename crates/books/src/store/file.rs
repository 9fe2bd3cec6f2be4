//! Statement files that were taken into a journal, and what they asserted.

use db::{DbError, Row, Tx, rows};
use domain::{CompanyId, ImportId, JournalId, Timestamp, UserId};
use serde_json::{Value, json};

use super::balance::Asserted;
use super::{instant, optional_instant};

/// One file.
#[derive(Debug, Clone)]
pub struct File {
    /// The company.
    pub company: CompanyId,
    /// Its id as an import: the lines that it brought bear it.
    pub id: ImportId,
    /// The journal.
    pub journal: JournalId,
    /// Its name, as it was sent.
    pub name: String,
    /// Its format: `camt.053`, `coda`, …
    pub format: String,
    /// Hash of its bytes.
    pub digest: String,
    /// Who sent it.
    pub person: UserId,
    /// When.
    pub taken_at: Timestamp,
    /// Booked movements in it for this journal.
    pub entries: i64,
    /// Lines that it brought.
    pub created: i64,
    /// Movements that were there already.
    pub known: i64,
    /// Movements from before the journal begins.
    pub early: i64,
    /// Lines that had been undone and that it brought back.
    pub restored: i64,
    /// Sentences: what could not be read, which accounts are not of this journal.
    pub notes: Vec<String>,
    /// When it was undone.
    pub undone_at: Option<Timestamp>,
}

/// Keeps a file and what it asserted.
pub async fn add(tx: &mut Tx, file: &File, balances: &[Asserted]) -> Result<(), DbError> {
    let (company, id, journal) = (file.company.to_string(), file.id.to_string(), file.journal.to_string());
    tx.run(
        "INSERT INTO file (company_id, id, journal_id, name, format, digest, person_id, taken_at, entries, \
         created_lines, known_lines, early_lines, restored_lines, notes) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        &[
            (&company).into(),
            (&id).into(),
            (&journal).into(),
            (&file.name).into(),
            (&file.format).into(),
            (&file.digest).into(),
            file.person.to_string().into(),
            file.taken_at.as_microsecond().into(),
            file.entries.into(),
            file.created.into(),
            file.known.into(),
            file.early.into(),
            file.restored.into(),
            serde_json::to_string(&file.notes).expect("texts are JSON").into(),
        ],
    )
    .await?;
    let values: Vec<Value> = balances
        .iter()
        .map(|told| json!([if told.opening { "opening" } else { "closing" }, told.on.to_string(), told.amount_minor]))
        .collect();
    tx.run(
        "INSERT INTO file_balance (company_id, journal_id, file_id, kind, reference_on, amount_minor) \
         SELECT $2, $3, $4, r.value->>0, r.value->>1, CAST(r.value->>2 AS BIGINT) FROM json_each($1) AS r WHERE true \
         ON CONFLICT DO NOTHING",
        &[rows(&values), company.into(), journal.into(), id.into()],
    )
    .await
    .map(|_| ())
}

/// What the files of a journal asserted, oldest day first; for each kind and day the newest file holds. A file that was
/// undone asserts nothing.
pub async fn balances(tx: &mut Tx, company: CompanyId, journal: JournalId) -> Result<Vec<Asserted>, DbError> {
    let found = tx
        .all(
            "SELECT b.kind, b.reference_on, b.amount_minor FROM file_balance b JOIN file f \
             ON f.company_id = b.company_id AND f.id = b.file_id WHERE b.company_id = $1 AND b.journal_id = $2 \
             AND NOT EXISTS (SELECT 1 FROM undo u WHERE u.company_id = b.company_id AND u.import_id = b.file_id) \
             ORDER BY b.reference_on, b.kind DESC, f.taken_at, f.id",
            &[company.to_string().into(), journal.to_string().into()],
        )
        .await?;
    let mut kept: Vec<Asserted> = Vec::new();
    for row in &found {
        let told = Asserted {
            opening: row.text("kind")? == "opening",
            on: row.parse("reference_on")?,
            amount_minor: row.int("amount_minor")?,
        };
        match kept.last_mut().filter(|last| (last.opening, last.on) == (told.opening, told.on)) {
            Some(last) => *last = told,
            None => kept.push(told),
        }
    }
    Ok(kept)
}

const SELECT: &str = "SELECT f.*, u.at AS undone_at FROM file f LEFT JOIN undo u ON u.company_id = f.company_id \
                      AND u.import_id = f.id WHERE f.company_id = $1 AND f.journal_id = $2 ORDER BY f.taken_at DESC, f.id DESC";

/// The files of a journal, newest first.
pub async fn of_journal(tx: &mut Tx, company: CompanyId, journal: JournalId) -> Result<Vec<File>, DbError> {
    let rows = tx.all(SELECT, &[company.to_string().into(), journal.to_string().into()]).await?;
    rows.iter().map(file).collect()
}

/// One file of a company.
pub async fn find(tx: &mut Tx, company: CompanyId, id: ImportId) -> Result<Option<File>, DbError> {
    let sql = "SELECT f.*, u.at AS undone_at FROM file f LEFT JOIN undo u ON u.company_id = f.company_id \
               AND u.import_id = f.id WHERE f.company_id = $1 AND f.id = $2";
    let row = tx.optional(sql, &[company.to_string().into(), id.to_string().into()]).await?;
    row.as_ref().map(file).transpose()
}

fn file(row: &Row) -> Result<File, DbError> {
    Ok(File {
        company: row.parse("company_id")?,
        id: row.parse("id")?,
        journal: row.parse("journal_id")?,
        name: row.text("name")?,
        format: row.text("format")?,
        digest: row.text("digest")?,
        person: row.parse("person_id")?,
        taken_at: instant(row.int("taken_at")?)?,
        entries: row.int("entries")?,
        created: row.int("created_lines")?,
        known: row.int("known_lines")?,
        early: row.int("early_lines")?,
        restored: row.int("restored_lines")?,
        notes: serde_json::from_str(&row.text("notes")?).unwrap_or_default(),
        undone_at: optional_instant(row.optional_int("undone_at")?)?,
    })
}
