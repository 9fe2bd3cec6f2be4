//! Checks of a journal: everything that the provider lists for its account, held against the lines.

use db::{DbError, Row, Tx, rows};
use domain::{AccountId, CompanyId, Date, JobId, JournalId, Timestamp};
use serde_json::{Value, json};

use super::{instant, optional_instant};
use crate::Trouble;

/// One check.
#[derive(Debug, Clone)]
pub struct Inspection {
    /// The company.
    pub company: CompanyId,
    /// Id.
    pub id: JobId,
    /// The journal.
    pub journal: JournalId,
    /// Its account.
    pub account: AccountId,
    /// When it began.
    pub begun_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// The last row that was read.
    pub after: Option<String>,
    /// How many rows were read.
    pub listed: i64,
    /// The highest place that a line had when it began: later lines are not judged.
    pub high_sequence: i64,
    /// Lines that the provider does not list.
    pub surplus: i64,
    /// What ended it early.
    pub trouble: Option<Trouble>,
}

/// A movement that the provider lists and the journal does not hold.
#[derive(Debug, Clone)]
pub struct Missing {
    /// The provider's id.
    pub remote: String,
    /// Booking date.
    pub booked_on: Date,
    /// Minor units of the journal's currency.
    pub amount_minor: i64,
    /// What it is about.
    pub label: String,
    /// Name of the other side.
    pub partner_name: Option<String>,
    /// Account of the other side.
    pub partner_account: Option<String>,
    /// The attributes as the provider sent them.
    pub raw: String,
}

/// Begins a check, unless one runs for the journal.
pub async fn begin(tx: &mut Tx, inspection: &Inspection) -> Result<(), DbError> {
    tx.run(
        "INSERT INTO inspection (company_id, id, journal_id, account_id, begun_at, listed, high_sequence, surplus) \
         VALUES ($1, $2, $3, $4, $5, 0, $6, 0) ON CONFLICT DO NOTHING",
        &[
            inspection.company.to_string().into(),
            inspection.id.to_string().into(),
            inspection.journal.to_string().into(),
            inspection.account.to_string().into(),
            inspection.begun_at.as_microsecond().into(),
            inspection.high_sequence.into(),
        ],
    )
    .await
    .map(|_| ())
}

/// The checks that run, over all companies.
pub async fn running(tx: &mut Tx) -> Result<Vec<Inspection>, DbError> {
    let rows = tx.all("SELECT * FROM inspection WHERE ended_at IS NULL ORDER BY begun_at, id", &[]).await?;
    rows.iter().map(inspection).collect()
}

/// The latest check of a journal.
pub async fn latest(tx: &mut Tx, company: CompanyId, journal: JournalId) -> Result<Option<Inspection>, DbError> {
    let sql =
        "SELECT * FROM inspection WHERE company_id = $1 AND journal_id = $2 ORDER BY begun_at DESC, id DESC LIMIT 1";
    let row = tx.optional(sql, &[company.to_string().into(), journal.to_string().into()]).await?;
    row.as_ref().map(inspection).transpose()
}

/// Moves a check on by a page, unless another process did. Answers whether it was moved.
pub async fn advance(tx: &mut Tx, inspection: &Inspection, after: &str, read: usize) -> Result<bool, DbError> {
    let moved = tx
        .run(
            "UPDATE inspection SET after_id = $3, listed = listed + $4 WHERE company_id = $1 AND id = $2 \
             AND ended_at IS NULL AND COALESCE(after_id, '') = $5",
            &[
                inspection.company.to_string().into(),
                inspection.id.to_string().into(),
                after.into(),
                i64::try_from(read).unwrap_or(i64::MAX).into(),
                inspection.after.clone().unwrap_or_default().into(),
            ],
        )
        .await?;
    Ok(moved == 1)
}

/// Ends a check and counts the lines that the provider does not list any more.
pub async fn end(
    tx: &mut Tx,
    inspection: &Inspection,
    trouble: Option<&Trouble>,
    now: Timestamp,
) -> Result<(), DbError> {
    let (company, id) = (inspection.company.to_string(), inspection.id.to_string());
    tx.run(
        "UPDATE inspection SET ended_at = $3, error_code = $4, error_detail = $5, error_reference = $6, \
         surplus = (SELECT COUNT(*) FROM line WHERE company_id = $1 AND journal_id = $7 AND account_id = $8 \
         AND state <> 'removed' AND COALESCE(seen_in, '') <> $2 AND sequence <= $9) \
         WHERE company_id = $1 AND id = $2 AND ended_at IS NULL",
        &[
            company.into(),
            id.into(),
            now.as_microsecond().into(),
            trouble.map(|trouble| trouble.code.clone()).into(),
            trouble.map(|trouble| trouble.detail.clone()).into(),
            trouble.and_then(|trouble| trouble.reference.clone()).into(),
            inspection.journal.to_string().into(),
            inspection.account.to_string().into(),
            inspection.high_sequence.into(),
        ],
    )
    .await
    .map(|_| ())
}

/// Notes that the provider lists these lines.
pub async fn saw(tx: &mut Tx, inspection: &Inspection, remotes: &[&str]) -> Result<(), DbError> {
    let values: Vec<Value> = remotes.iter().map(|remote| json!([remote])).collect();
    tx.run(
        "UPDATE line SET seen_in = $2 WHERE company_id = $1 AND account_id = $3 \
         AND remote_id IN (SELECT r.value->>0 FROM json_each($4) AS r)",
        &[
            inspection.company.to_string().into(),
            inspection.id.to_string().into(),
            inspection.account.to_string().into(),
            rows(&values),
        ],
    )
    .await
    .map(|_| ())
}

/// Keeps what is missing.
pub async fn miss(tx: &mut Tx, inspection: &Inspection, missing: &[Missing]) -> Result<(), DbError> {
    let values: Vec<Value> = missing
        .iter()
        .map(|one| {
            json!([
                one.remote,
                one.booked_on.to_string(),
                one.amount_minor,
                one.label,
                one.partner_name,
                one.partner_account,
                one.raw
            ])
        })
        .collect();
    tx.run(
        "INSERT INTO inspection_missing (company_id, inspection_id, remote_id, booked_on, amount_minor, label, \
         partner_name, partner_account, raw, wanted) SELECT $2, $3, r.value->>0, r.value->>1, \
         CAST(r.value->>2 AS BIGINT), r.value->>3, r.value->>4, r.value->>5, r.value->>6, 0 \
         FROM json_each($1) AS r WHERE true ON CONFLICT DO NOTHING",
        &[rows(&values), inspection.company.to_string().into(), inspection.id.to_string().into()],
    )
    .await
    .map(|_| ())
}

/// What a check found missing and the journal still does not hold, newest first.
pub async fn missing(tx: &mut Tx, inspection: &Inspection, limit: i64) -> Result<Vec<Missing>, DbError> {
    let found = tx
        .all(
            "SELECT * FROM inspection_missing m WHERE m.company_id = $1 AND m.inspection_id = $2 AND m.wanted < 2 \
             AND NOT EXISTS (SELECT 1 FROM line WHERE line.company_id = m.company_id AND line.account_id = $3 \
             AND line.remote_id = m.remote_id) ORDER BY m.booked_on DESC, m.remote_id LIMIT $4",
            &[
                inspection.company.to_string().into(),
                inspection.id.to_string().into(),
                inspection.account.to_string().into(),
                limit.into(),
            ],
        )
        .await?;
    found.iter().map(missing_row).collect()
}

/// Marks missing movements as wanted: the next import brings them in.
pub async fn want(tx: &mut Tx, inspection: &Inspection) -> Result<u64, DbError> {
    tx.run(
        "UPDATE inspection_missing SET wanted = 1 WHERE company_id = $1 AND inspection_id = $2 AND wanted = 0 \
         AND NOT EXISTS (SELECT 1 FROM line WHERE line.company_id = $1 AND line.account_id = $3 \
         AND line.remote_id = inspection_missing.remote_id)",
        &[
            inspection.company.to_string().into(),
            inspection.id.to_string().into(),
            inspection.account.to_string().into(),
        ],
    )
    .await
}

/// The provider gave an account and its movements new ids: what was missing under the old ones says nothing any more.
pub async fn outdate(tx: &mut Tx, company: CompanyId, account: AccountId) -> Result<(), DbError> {
    let sql = "UPDATE inspection_missing SET wanted = 2 WHERE company_id = $1 AND inspection_id IN \
               (SELECT id FROM inspection WHERE company_id = $1 AND account_id = $2)";
    tx.run(sql, &[company.to_string().into(), account.to_string().into()]).await.map(|_| ())
}

/// The movements that are wanted for an account, oldest first.
pub async fn wanted(tx: &mut Tx, company: CompanyId, account: AccountId) -> Result<Vec<Missing>, DbError> {
    let found = tx
        .all(
            "SELECT m.* FROM inspection_missing m JOIN inspection i ON i.company_id = m.company_id \
             AND i.id = m.inspection_id WHERE m.company_id = $1 AND i.account_id = $2 AND m.wanted = 1 \
             ORDER BY m.booked_on, m.remote_id LIMIT 1000",
            &[company.to_string().into(), account.to_string().into()],
        )
        .await?;
    found.iter().map(missing_row).collect()
}

/// Forgets movements that were brought in.
pub async fn fulfilled(tx: &mut Tx, company: CompanyId, remotes: &[&str]) -> Result<(), DbError> {
    let values: Vec<Value> = remotes.iter().map(|remote| json!([remote])).collect();
    let sql = "UPDATE inspection_missing SET wanted = 2 WHERE company_id = $1 AND wanted = 1 \
               AND remote_id IN (SELECT r.value->>0 FROM json_each($2) AS r)";
    tx.run(sql, &[company.to_string().into(), rows(&values)]).await.map(|_| ())
}

fn missing_row(row: &Row) -> Result<Missing, DbError> {
    Ok(Missing {
        remote: row.text("remote_id")?,
        booked_on: row.parse("booked_on")?,
        amount_minor: row.int("amount_minor")?,
        label: row.text("label")?,
        partner_name: row.optional_text("partner_name")?,
        partner_account: row.optional_text("partner_account")?,
        raw: row.text("raw")?,
    })
}

fn inspection(row: &Row) -> Result<Inspection, DbError> {
    Ok(Inspection {
        company: row.parse("company_id")?,
        id: row.parse("id")?,
        journal: row.parse("journal_id")?,
        account: row.parse("account_id")?,
        begun_at: instant(row.int("begun_at")?)?,
        ended_at: optional_instant(row.optional_int("ended_at")?)?,
        after: row.optional_text("after_id")?,
        listed: row.int("listed")?,
        high_sequence: row.int("high_sequence")?,
        surplus: row.int("surplus")?,
        trouble: Trouble::of_row(row, false)?,
    })
}
