//! People who log in.

use db::{DbError, Row, Tx};
use domain::{Timestamp, UserId};

use super::read;

/// A person who logs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Ours.
    pub id: UserId,
    /// As the person wrote it.
    pub email: String,
    /// The code of the language that mail to this person is written in.
    pub language: String,
    /// Since when.
    pub created_at: Timestamp,
}

/// Whether a person could be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inserted {
    /// There is a new person.
    Yes,
    /// Somebody has this e-mail address already, whatever its case.
    EmailTaken,
}

/// Adds a person.
pub async fn insert(tx: &mut Tx, user: &User, password_hash: &str) -> Result<Inserted, DbError> {
    let touched = tx
        .run(
            "INSERT INTO users (id, email, email_key, password_hash, created_at, language) \
             VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT (email_key) DO NOTHING",
            &[
                user.id.to_string().into(),
                (&user.email).into(),
                email_key(&user.email).into(),
                password_hash.into(),
                user.created_at.as_microsecond().into(),
                (&user.language).into(),
            ],
        )
        .await?;
    Ok(if touched == 1 { Inserted::Yes } else { Inserted::EmailTaken })
}

/// A person by id.
pub async fn get(tx: &mut Tx, id: UserId) -> Result<Option<User>, DbError> {
    let row = tx
        .optional("SELECT id, email, language, created_at FROM users WHERE id = $1", &[id.to_string().into()])
        .await?;
    row.as_ref().map(user).transpose()
}

/// A person with the hash of the password, by e-mail address in any case.
pub async fn by_email(tx: &mut Tx, email: &str) -> Result<Option<(User, String)>, DbError> {
    let sql = "SELECT id, email, language, password_hash, created_at FROM users WHERE email_key = $1";
    let row = tx.optional(sql, &[email_key(email).into()]).await?;
    row.map(|row| Ok((user(&row)?, row.text("password_hash")?))).transpose()
}

/// The hash of a person's password.
pub async fn password_hash(tx: &mut Tx, id: UserId) -> Result<Option<String>, DbError> {
    let row = tx.optional("SELECT password_hash FROM users WHERE id = $1", &[id.to_string().into()]).await?;
    row.map(|row| row.text("password_hash")).transpose()
}

/// Replaces the hash of a person's password.
pub async fn set_password_hash(tx: &mut Tx, id: UserId, password_hash: &str) -> Result<(), DbError> {
    let args = [id.to_string().into(), password_hash.into()];
    tx.run("UPDATE users SET password_hash = $2 WHERE id = $1", &args).await.map(|_| ())
}

/// Sets the language that mail to a person is written in.
pub async fn set_language(tx: &mut Tx, id: UserId, language: &str) -> Result<(), DbError> {
    let args = [id.to_string().into(), language.into()];
    tx.run("UPDATE users SET language = $2 WHERE id = $1 AND language <> $2", &args).await.map(|_| ())
}

/// What makes two addresses the same: providers that tell cases apart are a curiosity, people who mistype are not.
pub(crate) fn email_key(email: &str) -> String {
    email.trim().to_lowercase()
}

fn user(row: &Row) -> Result<User, DbError> {
    Ok(User {
        id: row.parse("id")?,
        email: row.text("email")?,
        language: row.text("language")?,
        created_at: read::instant(row, "created_at")?,
    })
}
