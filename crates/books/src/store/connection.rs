//! Connections: one authorised link to a provider for one institution.

use db::{DbError, Row, Tx};
use domain::{CompanyId, ConnectionId, InstitutionId, Timestamp};
use serde::{Deserialize, Serialize};

use super::grant::GrantKey;
use super::instant;
use crate::Trouble;

/// A connection.
#[derive(Debug, Clone)]
pub struct Connection {
    /// Whose tokens it uses, and whose it is.
    pub grant: GrantKey,
    /// Id.
    pub id: ConnectionId,
    /// The institution.
    pub institution: InstitutionId,
    /// Its name.
    pub institution_name: String,
    /// Its state when it was last looked at: `beta`, `stable`, …
    pub institution_status: String,
    /// Whether it imports by itself.
    pub automatic: bool,
    /// Hours between two imports that nobody asks for.
    pub every_hours: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it imports by itself next.
    pub next_import_at: Timestamp,
    /// What is wrong with it.
    pub trouble: Option<Trouble>,
    /// What the last visit to the provider changed.
    pub comparison: Option<Comparison>,
}

/// Which accounts were authorised before and after a visit to the provider, as ids of the books.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Comparison {
    /// Still there.
    pub kept: Vec<String>,
    /// New.
    pub added: Vec<String>,
    /// No longer authorised.
    pub lost: Vec<String>,
    /// Known before under another id of the provider.
    pub recognised: Vec<String>,
}

impl Connection {
    /// The company.
    pub fn company(&self) -> CompanyId {
        self.grant.company
    }
}

/// Adds a connection, or answers the one that is already there for this grant and institution.
pub async fn ensure(tx: &mut Tx, connection: &Connection) -> Result<ConnectionId, DbError> {
    let (company, grant) = (connection.company().to_string(), &connection.grant);
    tx.run(
        "INSERT INTO connection (company_id, id, provider, subject, institution_id, institution_name, \
         institution_status, automatic, created_at, next_import_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
         ON CONFLICT (company_id, provider, subject, institution_id) DO UPDATE SET \
         institution_name = EXCLUDED.institution_name, institution_status = EXCLUDED.institution_status",
        &[
            (&company).into(),
            connection.id.to_string().into(),
            (&grant.provider).into(),
            (&grant.subject).into(),
            connection.institution.to_string().into(),
            (&connection.institution_name).into(),
            (&connection.institution_status).into(),
            connection.automatic.into(),
            connection.created_at.as_microsecond().into(),
            connection.next_import_at.as_microsecond().into(),
        ],
    )
    .await?;
    let row = tx
        .one(
            "SELECT id FROM connection WHERE company_id = $1 AND provider = $2 AND subject = $3 \
             AND institution_id = $4",
            &[
                company.into(),
                (&grant.provider).into(),
                (&grant.subject).into(),
                connection.institution.to_string().into(),
            ],
        )
        .await?;
    row.parse("id")
}

/// One connection of a company.
pub async fn find(tx: &mut Tx, company: CompanyId, id: ConnectionId) -> Result<Option<Connection>, DbError> {
    let sql = "SELECT * FROM connection WHERE company_id = $1 AND id = $2";
    let row = tx.optional(sql, &[company.to_string().into(), id.to_string().into()]).await?;
    row.as_ref().map(connection).transpose()
}

/// The connections of a company, by institution.
pub async fn of_company(tx: &mut Tx, company: CompanyId) -> Result<Vec<Connection>, DbError> {
    let sql = "SELECT * FROM connection WHERE company_id = $1 ORDER BY institution_name, id";
    let rows = tx.all(sql, &[company.to_string().into()]).await?;
    rows.iter().map(connection).collect()
}

/// The connections to one organization of a provider, over all companies: for what it tells by itself.
pub async fn of_subject(tx: &mut Tx, provider: &str, subject: &str) -> Result<Vec<Connection>, DbError> {
    let sql = "SELECT * FROM connection WHERE provider = $1 AND subject = $2 ORDER BY company_id, id";
    let rows = tx.all(sql, &[provider.into(), subject.into()]).await?;
    rows.iter().map(connection).collect()
}

/// The connections whose time has come, over all companies.
pub async fn due(tx: &mut Tx, now: Timestamp) -> Result<Vec<Connection>, DbError> {
    // While an import runs, what has become due meanwhile waits for its end.
    let sql = "SELECT * FROM connection WHERE automatic AND next_import_at <= $1 AND NOT EXISTS (SELECT 1 FROM import \
               WHERE import.company_id = connection.company_id AND import.connection_id = connection.id \
               AND import.ended_at IS NULL) ORDER BY next_import_at LIMIT 100";
    let rows = tx.all(sql, &[now.as_microsecond().into()]).await?;
    rows.iter().map(connection).collect()
}

/// Sets when a connection imports by itself next.
pub async fn schedule(tx: &mut Tx, connection: &Connection, at: Timestamp) -> Result<(), DbError> {
    let sql = "UPDATE connection SET next_import_at = $3 WHERE company_id = $1 AND id = $2";
    tx.run(
        sql,
        &[connection.company().to_string().into(), connection.id.to_string().into(), at.as_microsecond().into()],
    )
    .await
    .map(|_| ())
}

/// Sets whether and how often a connection imports by itself, and when next.
pub async fn set_automatic(
    tx: &mut Tx,
    connection: &Connection,
    automatic: bool,
    every_hours: i64,
    next_import_at: Timestamp,
) -> Result<(), DbError> {
    let sql = "UPDATE connection SET automatic = $3, every_hours = $4, next_import_at = $5 \
               WHERE company_id = $1 AND id = $2";
    let args = [
        connection.company().to_string().into(),
        connection.id.to_string().into(),
        automatic.into(),
        every_hours.into(),
        next_import_at.as_microsecond().into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// Notes what is wrong with a connection, or that nothing is. A trouble that goes on keeps the instant it began.
pub async fn note(
    tx: &mut Tx,
    company: CompanyId,
    id: ConnectionId,
    trouble: Option<&Trouble>,
    now: Timestamp,
) -> Result<(), DbError> {
    tx.run(
        "UPDATE connection SET error_code = $3, error_detail = $4, error_reference = $5, \
         error_since = CASE WHEN CAST($3 AS TEXT) IS NULL THEN NULL WHEN error_code = $3 THEN error_since ELSE $6 END \
         WHERE company_id = $1 AND id = $2",
        &[
            company.to_string().into(),
            id.to_string().into(),
            trouble.map(|trouble| trouble.code.clone()).into(),
            trouble.map(|trouble| trouble.detail.clone()).into(),
            trouble.and_then(|trouble| trouble.reference.clone()).into(),
            now.as_microsecond().into(),
        ],
    )
    .await
    .map(|_| ())
}

/// Keeps what a visit to the provider changed.
pub async fn compare(
    tx: &mut Tx,
    company: CompanyId,
    id: ConnectionId,
    comparison: Option<&Comparison>,
) -> Result<(), DbError> {
    let text = comparison.map(|kept| serde_json::to_string(kept).expect("lists of texts are JSON"));
    let sql = "UPDATE connection SET comparison = $3 WHERE company_id = $1 AND id = $2";
    tx.run(sql, &[company.to_string().into(), id.to_string().into(), text.into()]).await.map(|_| ())
}

fn connection(row: &Row) -> Result<Connection, DbError> {
    let comparison = row.optional_text("comparison")?;
    Ok(Connection {
        grant: GrantKey::of_row(row)?,
        id: row.parse("id")?,
        institution: row.parse("institution_id")?,
        institution_name: row.text("institution_name")?,
        institution_status: row.text("institution_status")?,
        automatic: row.bool("automatic")?,
        every_hours: row.int("every_hours")?,
        created_at: instant(row.int("created_at")?)?,
        next_import_at: instant(row.int("next_import_at")?)?,
        trouble: Trouble::of_row(row, true)?,
        comparison: comparison.and_then(|text| serde_json::from_str(&text).ok()),
    })
}
