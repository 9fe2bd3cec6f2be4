//! Companies whose books are kept here, and who may see them.

use db::{DbError, Row, Tx};
use domain::{CompanyId, Timestamp, UserId};

/// A company.
#[derive(Debug, Clone)]
pub struct Company {
    /// Id.
    pub id: CompanyId,
    /// Name.
    pub name: String,
}

/// Adds a company with its first person.
pub async fn add(tx: &mut Tx, company: &Company, person: UserId, now: Timestamp) -> Result<(), DbError> {
    let sql = "INSERT INTO company (id, name, created_at) VALUES ($1, $2, $3)";
    tx.run(sql, &[company.id.to_string().into(), (&company.name).into(), now.as_microsecond().into()]).await?;
    join(tx, company.id, person, now).await
}

/// Lets a person work for a company.
pub async fn join(tx: &mut Tx, company: CompanyId, person: UserId, now: Timestamp) -> Result<(), DbError> {
    let sql = "INSERT INTO membership (company_id, person_id, since) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    tx.run(sql, &[company.to_string().into(), person.to_string().into(), now.as_microsecond().into()]).await.map(|_| ())
}

/// Adds a company that the operator named, or answers the one that the operator named so before.
pub async fn ensure_labelled(tx: &mut Tx, company: &Company, now: Timestamp) -> Result<Company, DbError> {
    let sql = "INSERT INTO company (id, name, label, created_at) VALUES ($1, $2, $2, $3) ON CONFLICT DO NOTHING";
    tx.run(sql, &[company.id.to_string().into(), (&company.name).into(), now.as_microsecond().into()]).await?;
    let row = tx.one("SELECT id, name FROM company WHERE label = $1", &[(&company.name).into()]).await?;
    read(&row)
}

/// Every company of these books, by name: for the operator. With each, whether it is the operator's own.
pub async fn all(tx: &mut Tx) -> Result<Vec<(Company, bool)>, DbError> {
    let rows = tx.all("SELECT id, name, label FROM company ORDER BY name, id", &[]).await?;
    rows.iter().map(|row| Ok((read(row)?, row.optional_text("label")?.is_some()))).collect()
}

fn read(row: &Row) -> Result<Company, DbError> {
    Ok(Company { id: row.parse("id")?, name: row.text("name")? })
}

/// The companies of a person, by name.
pub async fn of_person(tx: &mut Tx, person: UserId) -> Result<Vec<Company>, DbError> {
    let rows = tx
        .all(
            "SELECT c.id, c.name FROM company c JOIN membership m ON m.company_id = c.id \
             WHERE m.person_id = $1 ORDER BY c.name, c.id",
            &[person.to_string().into()],
        )
        .await?;
    rows.iter().map(read).collect()
}
