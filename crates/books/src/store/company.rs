//! Companies whose books are kept here, and who may see them.

use db::{DbError, Tx};
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
    let (id, now) = (company.id.to_string(), now.as_microsecond());
    let sql = "INSERT INTO company (id, name, created_at) VALUES ($1, $2, $3)";
    tx.run(sql, &[(&id).into(), (&company.name).into(), now.into()]).await?;
    let sql = "INSERT INTO membership (company_id, person_id, since) VALUES ($1, $2, $3)";
    tx.run(sql, &[id.into(), person.to_string().into(), now.into()]).await?;
    Ok(())
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
    rows.iter().map(|row| Ok(Company { id: row.parse("id")?, name: row.text("name")? })).collect()
}
