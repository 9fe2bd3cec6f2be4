//! People who log in, and the failed tries that slow a guesser down.

use db::{DbError, Tx};
use domain::{Timestamp, UserId};

/// Somebody who logs in.
#[derive(Debug, Clone)]
pub struct Person {
    /// Id.
    pub id: UserId,
    /// Lower case.
    pub email: String,
    /// Argon2id.
    pub password: String,
}

/// What became of a new person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// There is one more.
    New,
    /// The e-mail address is taken.
    Taken,
}

/// Adds a person.
pub async fn add(tx: &mut Tx, person: &Person, now: Timestamp) -> Result<Added, DbError> {
    let added = tx
        .run(
            "INSERT INTO person (id, email, password, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
            &[
                person.id.to_string().into(),
                (&person.email).into(),
                (&person.password).into(),
                now.as_microsecond().into(),
            ],
        )
        .await?;
    Ok(if added == 1 { Added::New } else { Added::Taken })
}

/// The person of an e-mail address in lower case.
pub async fn by_email(tx: &mut Tx, email: &str) -> Result<Option<Person>, DbError> {
    let row = tx.optional("SELECT id, email, password FROM person WHERE email = $1", &[email.into()]).await?;
    row.map(|row| Ok(Person { id: row.parse("id")?, email: row.text("email")?, password: row.text("password")? }))
        .transpose()
}

/// Notes that letters to a person arrive; the first time counts.
pub async fn confirm(tx: &mut Tx, person: UserId, now: Timestamp) -> Result<(), DbError> {
    let sql = "UPDATE person SET confirmed_at = $2 WHERE id = $1 AND confirmed_at IS NULL";
    tx.run(sql, &[person.to_string().into(), now.as_microsecond().into()]).await.map(|_| ())
}

/// Whether letters to a person are known to arrive.
pub async fn is_confirmed(tx: &mut Tx, person: UserId) -> Result<bool, DbError> {
    let sql = "SELECT id FROM person WHERE id = $1 AND confirmed_at IS NOT NULL";
    Ok(tx.optional(sql, &[person.to_string().into()]).await?.is_some())
}

/// Gives a person another password, ends the person's logins, and forgets the failed ones.
pub async fn set_password(tx: &mut Tx, email: &str, person: UserId, password: &str) -> Result<(), DbError> {
    let id = person.to_string();
    tx.run("UPDATE person SET password = $2 WHERE id = $1", &[id.as_str().into(), password.into()]).await?;
    tx.run("DELETE FROM session WHERE person_id = $1", &[id.as_str().into()]).await?;
    tx.run("DELETE FROM login_failure WHERE email = $1", &[email.into()]).await.map(|_| ())
}

/// How often a login failed for an address since an instant.
pub async fn failures_since(tx: &mut Tx, email: &str, since: Timestamp) -> Result<i64, DbError> {
    let sql = "SELECT COUNT(*) AS failures FROM login_failure WHERE email = $1 AND at >= $2";
    tx.one(sql, &[email.into(), since.as_microsecond().into()]).await?.int("failures")
}

/// Forgets the attempts of somebody who got in.
pub async fn forget_failures(tx: &mut Tx, email: &str) -> Result<(), DbError> {
    tx.run("DELETE FROM login_failure WHERE email = $1", &[email.into()]).await.map(|_| ())
}

/// Notes an attempt to log in, and forgets those of before an instant.
pub async fn note_failure(tx: &mut Tx, email: &str, now: Timestamp, forget: Timestamp) -> Result<(), DbError> {
    // One attempt on a login after the other: of several at the same instant none would see the others.
    tx.optional("SELECT id FROM person WHERE email = $1 /*for update*/", &[email.into()]).await?;
    tx.run("DELETE FROM login_failure WHERE at < $1", &[forget.as_microsecond().into()]).await?;
    let sql = "INSERT INTO login_failure (email, at) VALUES ($1, $2)";
    tx.run(sql, &[email.into(), now.as_microsecond().into()]).await?;
    Ok(())
}
