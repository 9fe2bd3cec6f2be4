//! The second factor: an authenticator app, recovery codes for the day the phone is gone, and how log-in asks for them.
//!
//! After the right password somebody with a second factor has no session yet, only a question: a cookie that is good for
//! ten minutes and for nothing but answering it.

use db::DbError;
use domain::{ToSpan, UserId};
use http::{HeaderMap, HeaderValue};
use vault::{OpenError, PasswordError, Secret, password, token, totp};

use super::session::{Login, cookies, start_session};
use super::throttle::{Brake, press};
use crate::Hub;
use crate::store::second_factor::{self as store, Passkey};
use crate::store::{session, throttle, user};

/// How long the second factor may take, in seconds.
const QUESTION_S: i64 = 600;
const COOKIE: &str = "second";
const PURPOSE: &str = "second";
/// How many recovery codes there are.
const RECOVERY_CODES: usize = 10;

/// Why a second factor was not accepted or changed.
#[derive(Debug, thiserror::Error)]
pub enum FactorError {
    /// Not this code, or one that was used before.
    #[error("the code is not right")]
    Refused,
    /// The password is not right.
    #[error("the password is not right")]
    WrongPassword,
    /// Nobody asked, or too long ago.
    #[error("begin again with the password")]
    Lapsed,
    /// Too many attempts.
    #[error("too many attempts: wait {retry_in_s} seconds")]
    TooManyAttempts {
        /// When the next attempt is allowed, in seconds from now.
        retry_in_s: i64,
    },
    /// What the browser sent as a passkey is none.
    #[error(transparent)]
    Passkey(#[from] vault::webauthn::WebauthnError),
    /// The stored seed cannot be opened.
    #[error(transparent)]
    Sealed(#[from] OpenError),
    /// The password could not be compared.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The database.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// What a person proves besides the password.
#[derive(Debug, Clone)]
pub struct Factors {
    /// Whether there is an authenticator app.
    pub totp: bool,
    /// How many recovery codes are left.
    pub recovery_codes: i64,
    /// Every passkey.
    pub passkeys: Vec<Passkey>,
}

impl Factors {
    /// Whether there is a second factor.
    pub fn any(&self) -> bool {
        self.totp || !self.passkeys.is_empty()
    }
}

/// What a person proves besides the password.
pub async fn factors(hub: &Hub, user: UserId) -> Result<Factors, DbError> {
    let mut tx = hub.db.read().await?;
    Ok(Factors {
        totp: store::totp_seed(&mut tx, user).await?.is_some(),
        recovery_codes: store::recovery_codes(&mut tx, user).await?,
        passkeys: store::passkeys(&mut tx, user).await?,
    })
}

/// Asks somebody whose password was right for the second factor: the cookie that may answer.
pub(super) async fn question(hub: &Hub, user: UserId) -> Result<HeaderValue, DbError> {
    let now = hub.environment.now();
    let (plain, hash) = token::new(&hub.environment);
    let until = now + QUESTION_S.seconds();
    db::write!(hub.db, tx => { store::open_challenge(&mut tx, &hash, PURPOSE, Some(user), now, until).await })?;
    Ok(cookies(hub).set(COOKIE, plain.expose(), Some(QUESTION_S)))
}

/// Answers the question with a code of the app or a recovery code, and begins the session.
pub async fn answer(hub: &Hub, headers: &HeaderMap, typed: &str) -> Result<Login, FactorError> {
    let hash = cookies(hub).get(headers, COOKIE).map(|plain| token::hash(&plain)).ok_or(FactorError::Lapsed)?;
    let now = hub.environment.now();
    let asked = store::challenged(&mut hub.db.read().await?, &hash, PURPOSE, now).await?;
    let user = asked.ok_or(FactorError::Lapsed)?;
    let brake = user.to_string();
    let brake = Brake::SecondFactor(&brake);
    let (held_up, sealed) = db::write!(hub.db, tx => {
        let held_up = press(&mut tx, &brake, now).await?;
        Ok::<_, DbError>((held_up, store::totp_seed(&mut tx, user).await?))
    })?;
    if let Some(retry_in_s) = held_up {
        return Err(FactorError::TooManyAttempts { retry_in_s });
    }
    let step = match sealed {
        Some(sealed) => totp::matching_step(hub.keyring.open_bytes(&place(user), &sealed)?.expose(), typed, now),
        None => None,
    };
    let recovery = recovery_hash(typed);
    db::write!(hub.db, tx => {
        let right = match step {
            Some(step) => store::use_step(&mut tx, user, step).await?,
            None => store::use_recovery_code(&mut tx, user, &recovery).await?,
        };
        if !right {
            return Err(FactorError::Refused);
        }
        if !store::answer_challenge(&mut tx, &hash, PURPOSE, Some(user), now).await? {
            return Err(FactorError::Lapsed);
        }
        Ok(throttle::forget(&mut tx, &brake.scope()).await?)
    })?;
    Ok(start_session(hub, user, headers).await?)
}

/// A new seed for a person to put into an app: as the app wants it, and sealed for this person to come back with.
pub fn new_totp(hub: &Hub, user: UserId) -> (Secret<String>, String) {
    let seed = totp::new_seed(&hub.environment);
    (Secret::new(totp::base32(seed.expose())), hub.keyring.seal(&place(user), seed.expose()))
}

/// The seed that a person came back with, as the app wants it.
pub fn same_totp(hub: &Hub, user: UserId, sealed: &str) -> Result<Secret<String>, FactorError> {
    Ok(Secret::new(totp::base32(hub.keyring.open_bytes(&place(user), sealed)?.expose())))
}

/// Takes an app into use once it has shown a right code. Every other session of the person ends, because it began with
/// one factor; the new recovery codes are told this once.
pub async fn enable_totp(
    hub: &Hub,
    user: UserId,
    present: Secret<String>,
    sealed: &str,
    typed: &str,
) -> Result<Vec<String>, FactorError> {
    check_present(hub, user, present).await?;
    let seed = hub.keyring.open_bytes(&place(user), sealed)?;
    let step = totp::matching_step(seed.expose(), typed, hub.environment.now()).ok_or(FactorError::Refused)?;
    let codes = new_codes(hub);
    let hashes: Vec<String> = codes.iter().map(|code| recovery_hash(code)).collect();
    db::write!(hub.db, tx => {
        store::set_totp_seed(&mut tx, user, Some(sealed), step).await?;
        store::set_recovery_codes(&mut tx, user, &hashes).await?;
        session::delete_all(&mut tx, user).await
    })
    .map_err(FactorError::Database)?;
    Ok(codes)
}

/// Takes the app out of use, with the recovery codes when no passkey is left that they could stand in for.
pub async fn disable_totp(hub: &Hub, user: UserId, present: Secret<String>) -> Result<(), FactorError> {
    check_present(hub, user, present).await?;
    db::write!(hub.db, tx => {
        store::set_totp_seed(&mut tx, user, None, 0).await?;
        if store::passkeys(&mut tx, user).await?.is_empty() {
            store::set_recovery_codes(&mut tx, user, &[]).await?;
        }
        Ok::<_, DbError>(())
    })
    .map_err(FactorError::Database)
}

/// New recovery codes in place of all earlier ones; they are told this once.
pub async fn new_recovery_codes(hub: &Hub, user: UserId, present: Secret<String>) -> Result<Vec<String>, FactorError> {
    check_present(hub, user, present).await?;
    let codes = new_codes(hub);
    let hashes: Vec<String> = codes.iter().map(|code| recovery_hash(code)).collect();
    db::write!(hub.db, tx => { store::set_recovery_codes(&mut tx, user, &hashes).await })
        .map_err(FactorError::Database)?;
    Ok(codes)
}

/// A session that was left open must not be enough to change what protects the login.
pub async fn check_present(hub: &Hub, user: UserId, present: Secret<String>) -> Result<(), FactorError> {
    let now = hub.environment.now();
    let scope = user.to_string();
    let (held_up, stored) = db::write!(hub.db, tx => {
        let held_up = press(&mut tx, &Brake::Present(&scope), now).await?;
        Ok::<_, DbError>((held_up, user::password_hash(&mut tx, user).await?))
    })?;
    if let Some(retry_in_s) = held_up {
        return Err(FactorError::TooManyAttempts { retry_in_s });
    }
    let stored = stored.ok_or(FactorError::WrongPassword)?;
    if !password::verify(present, &stored).await? {
        return Err(FactorError::WrongPassword);
    }
    db::write!(hub.db, tx => { throttle::forget(&mut tx, &Brake::Present(&scope).scope()).await })
        .map_err(FactorError::Database)
}

/// Ten codes of fifty random bits: more than guessing against the brake could ever find.
fn new_codes(hub: &Hub) -> Vec<String> {
    let one = || {
        let text = totp::base32(&hub.environment.random::<7>());
        format!("{}-{}", &text[..5], &text[5..10])
    };
    (0..RECOVERY_CODES).map(|_| one()).collect()
}

/// Blanks, dashes and case do not matter when a code is typed from paper.
fn recovery_hash(typed: &str) -> String {
    let plain: String = typed.chars().filter(char::is_ascii_alphanumeric).collect();
    token::hash(&plain.to_ascii_uppercase())
}

fn place(user: UserId) -> String {
    format!("users:sealed_totp_seed:{user}")
}
