//! Brakes against guessing and flooding. Each counts in the database, so that several hubs brake together, and counts
//! before it lets anybody try, so that a hundred attempts at once are a hundred attempts.

use std::net::IpAddr;

use db::{DbError, Tx};
use domain::Timestamp;

use crate::Hub;
use crate::store::throttle;

/// What is braked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Brake<'a> {
    /// Passwords for one login, by its e-mail address.
    LogIn(&'a str),
    /// Passwords from one place.
    LogInFrom(IpAddr),
    /// Codes of a second factor, by the person's id.
    SecondFactor(&'a str),
    /// The present password of somebody who is logged in, by the person's id.
    Present(&'a str),
    /// Mail to one address that somebody who is not logged in asked for.
    MailTo(&'a str),
    /// Such mail asked for from one place.
    MailFrom(IpAddr),
}

impl Brake<'_> {
    pub(super) fn scope(&self) -> String {
        let key = |email: &str| email.trim().to_lowercase();
        match self {
            Brake::LogIn(email) => format!("login:{}", key(email)),
            Brake::LogInFrom(ip) => format!("login-from:{ip}"),
            Brake::SecondFactor(id) => format!("second:{id}"),
            Brake::Present(id) => format!("present:{id}"),
            Brake::MailTo(email) => format!("mail:{}", key(email)),
            Brake::MailFrom(ip) => format!("mail-from:{ip}"),
        }
    }

    /// How many uses within how many seconds.
    const fn limit(&self) -> (i64, i64) {
        match self {
            Brake::LogIn(_) | Brake::SecondFactor(_) | Brake::Present(_) => (10, 15 * 60),
            Brake::LogInFrom(_) => (100, 15 * 60),
            Brake::MailTo(_) => (5, 3600),
            Brake::MailFrom(_) => (60, 3600),
        }
    }
}

/// Counts a use; `Some` with the seconds until the next one is allowed when this is one too many.
pub(super) async fn press(tx: &mut Tx, brake: &Brake<'_>, now: Timestamp) -> Result<Option<i64>, DbError> {
    let (most, window) = brake.limit();
    let (uses, since) = throttle::count(tx, &brake.scope(), now, window).await?;
    Ok((uses > most).then(|| (window - now.duration_since(since).as_secs()).max(1)))
}

/// The same in a transaction of its own.
pub async fn brake(hub: &Hub, brake: &Brake<'_>) -> Result<Option<i64>, DbError> {
    let now = hub.environment.now();
    db::write!(hub.db, tx => { press(&mut tx, brake, now).await })
}
