//! Logins.

use db::{DbError, Tx};
use domain::{CompanyId, Timestamp, UserId};

use super::instant;

/// One login, with who it is and for which company.
#[derive(Debug, Clone)]
pub struct Session {
    /// The person.
    pub person: UserId,
    /// The person's e-mail address.
    pub email: String,
    /// The company at work.
    pub company: CompanyId,
    /// Its name.
    pub company_name: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used.
    pub seen_at: Timestamp,
}

/// Stores a login.
pub async fn add(tx: &mut Tx, hash: &str, person: UserId, company: CompanyId, now: Timestamp) -> Result<(), DbError> {
    let sql = "INSERT INTO session (hash, person_id, company_id, created_at, seen_at) VALUES ($1, $2, $3, $4, $4)";
    let now = now.as_microsecond();
    tx.run(sql, &[hash.into(), person.to_string().into(), company.to_string().into(), now.into()]).await?;
    Ok(())
}

/// The login of a hash, as long as its person still belongs to its company.
pub async fn find(tx: &mut Tx, hash: &str) -> Result<Option<Session>, DbError> {
    let row = tx
        .optional(
            "SELECT s.person_id, p.email, s.company_id, c.name, s.created_at, s.seen_at FROM session s \
             JOIN person p ON p.id = s.person_id JOIN company c ON c.id = s.company_id \
             JOIN membership m ON m.company_id = s.company_id AND m.person_id = s.person_id WHERE s.hash = $1",
            &[hash.into()],
        )
        .await?;
    row.map(|row| {
        Ok(Session {
            person: row.parse("person_id")?,
            email: row.text("email")?,
            company: row.parse("company_id")?,
            company_name: row.text("name")?,
            created_at: instant(row.int("created_at")?)?,
            seen_at: instant(row.int("seen_at")?)?,
        })
    })
    .transpose()
}

/// Notes that a login was used.
pub async fn seen(tx: &mut Tx, hash: &str, now: Timestamp) -> Result<(), DbError> {
    let sql = "UPDATE session SET seen_at = $2 WHERE hash = $1";
    tx.run(sql, &[hash.into(), now.as_microsecond().into()]).await.map(|_| ())
}

/// Turns a login to another company of the same person.
pub async fn turn_to(tx: &mut Tx, hash: &str, company: CompanyId) -> Result<(), DbError> {
    let sql = "UPDATE session SET company_id = $2 WHERE hash = $1";
    tx.run(sql, &[hash.into(), company.to_string().into()]).await.map(|_| ())
}

/// Ends a login.
pub async fn end(tx: &mut Tx, hash: &str) -> Result<(), DbError> {
    tx.run("DELETE FROM session WHERE hash = $1", &[hash.into()]).await.map(|_| ())
}
