//! Passes: addresses that are good once, for a while, and let one person do one thing without a login. Only the hash of
//! what stands in the address is kept.

use db::{DbError, Tx};
use domain::{Timestamp, UserId};

/// What a pass is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To say that letters to this e-mail address arrive. It came by letter.
    Confirm,
    /// To choose another password. It came by letter.
    Password,
    /// To choose a password. The operator handed it over.
    Invited,
}

impl Purpose {
    fn as_str(self) -> &'static str {
        match self {
            Purpose::Confirm => "confirm",
            Purpose::Password => "password",
            Purpose::Invited => "invited",
        }
    }

    /// Whether whoever holds it reads the letters of the address.
    pub fn came_by_letter(self) -> bool {
        match self {
            Purpose::Confirm | Purpose::Password => true,
            Purpose::Invited => false,
        }
    }
}

/// A pass that is good.
#[derive(Debug, Clone)]
pub struct Pass {
    /// Whose it is.
    pub person: UserId,
    /// The person's e-mail address.
    pub email: String,
    /// What it is for.
    pub purpose: Purpose,
}

/// Stores a pass, and forgets those that have ended.
pub async fn add(
    tx: &mut Tx,
    hash: &str,
    person: UserId,
    purpose: Purpose,
    (now, until): (Timestamp, Timestamp),
) -> Result<(), DbError> {
    tx.run("DELETE FROM pass WHERE until < $1", &[now.as_microsecond().into()]).await?;
    let sql = "INSERT INTO pass (hash, person_id, purpose, until) VALUES ($1, $2, $3, $4)";
    let args = [hash.into(), person.to_string().into(), purpose.as_str().into(), until.as_microsecond().into()];
    tx.run(sql, &args).await.map(|_| ())
}

/// The pass of a hash, as long as it is good.
pub async fn find(tx: &mut Tx, hash: &str, now: Timestamp) -> Result<Option<Pass>, DbError> {
    let sql = "SELECT a.person_id, p.email, a.purpose FROM pass a JOIN person p ON p.id = a.person_id \
               WHERE a.hash = $1 AND a.until >= $2";
    let Some(row) = tx.optional(sql, &[hash.into(), now.as_microsecond().into()]).await? else { return Ok(None) };
    let purpose = match row.text("purpose")?.as_str() {
        "confirm" => Purpose::Confirm,
        "password" => Purpose::Password,
        "invited" => Purpose::Invited,
        other => {
            return Err(DbError::Column { column: "purpose".into(), problem: format!("'{other}' is no purpose") });
        }
    };
    Ok(Some(Pass { person: row.parse("person_id")?, email: row.text("email")?, purpose }))
}

/// Uses up every pass of a person for a purpose like this one: for the password, whoever handed it over.
pub async fn use_up(tx: &mut Tx, pass: &Pass) -> Result<(), DbError> {
    let purposes = match pass.purpose {
        Purpose::Confirm => ["confirm", "confirm"],
        Purpose::Password | Purpose::Invited => ["password", "invited"],
    };
    let sql = "DELETE FROM pass WHERE person_id = $1 AND purpose IN ($2, $3)";
    let args = [pass.person.to_string().into(), purposes[0].into(), purposes[1].into()];
    tx.run(sql, &args).await.map(|_| ())
}
