//! Signing up and logging in.

use db::DbError;
use domain::UserId;
use http::{HeaderMap, HeaderValue};
use vault::{PasswordError, Secret, password};

use super::FieldError;
use super::field::{Fields, Problem, email};
use super::second_factor::{factors, question};
use super::session::{Login, start_session};
use super::throttle::{Brake, press};
use crate::Hub;
use crate::store::user::{self, Inserted, User};
use crate::store::{session, throttle};

/// Characters that a password needs. Length is what makes guessing dear; rules about characters only annoy.
const PASSWORD_MIN: usize = 10;
/// Characters that a password may have, so that nobody makes us hash a novel.
const PASSWORD_MAX: usize = 256;

/// Why a person could not sign up.
#[derive(Debug, thiserror::Error)]
pub enum SignUpError {
    /// Something was typed wrongly.
    #[error("some fields are not right")]
    Invalid(Vec<FieldError>),
    /// There is a login with this address.
    #[error("there is already a login with this e-mail address: log in instead")]
    EmailTaken,
    /// The password could not be hashed.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The database.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// Why a person could not log in.
#[derive(Debug, thiserror::Error)]
pub enum LogInError {
    /// Unknown address or wrong password; which of the two is nobody's business.
    #[error("the e-mail address or the password is not right")]
    Refused,
    /// The password is right; a second factor is to follow, within ten minutes and with this cookie.
    #[error("a second factor is needed")]
    SecondFactor {
        /// The `Set-Cookie` header that lets the browser answer.
        set_cookie: HeaderValue,
    },
    /// Too many attempts failed for this address.
    #[error("too many attempts failed: try again in {} minutes", minutes(*retry_in_s))]
    TooManyAttempts {
        /// When the next attempt is allowed, in seconds from now.
        retry_in_s: i64,
    },
    /// The stored hash could not be read.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The database.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// Why a password could not be changed.
#[derive(Debug, thiserror::Error)]
pub enum PasswordChangeError {
    /// The present password is not right.
    #[error("your present password is not right")]
    Refused,
    /// The new one is not good enough.
    #[error("{0}")]
    Invalid(Problem),
    /// The password could not be hashed or compared.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The database.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// Makes a login for somebody whose address is known to be theirs. It begins no session: [`start_session`] does.
pub async fn sign_up(hub: &Hub, email_text: &str, password: Secret<String>) -> Result<UserId, SignUpError> {
    let mut fields = Fields::default();
    let email = fields.read("email", email(email_text));
    fields.read("password", check_password(password.expose(), email_text));
    let Some(email) = email else { return Err(SignUpError::Invalid(fields.into_errors())) };
    let errors = fields.into_errors();
    if !errors.is_empty() {
        return Err(SignUpError::Invalid(errors));
    }
    let hash = password::hash(&hub.environment, password).await?;
    let (id, language) = (UserId::new(&hub.environment), "en".to_owned());
    let user = User { id, email, language, created_at: hub.environment.now() };
    match db::write!(hub.db, tx => { user::insert(&mut tx, &user, &hash).await })? {
        Inserted::Yes => Ok(user.id),
        Inserted::EmailTaken => Err(SignUpError::EmailTaken),
    }
}

/// Logs a person in with a new cookie. The session that the browser had before, if any, ends; the headers tell it.
pub async fn log_in(
    hub: &Hub,
    email: &str,
    password: Secret<String>,
    headers: &HeaderMap,
) -> Result<Login, LogInError> {
    let now = hub.environment.now();
    let brake = Brake::LogIn(email);
    let (held_up, known) = db::write!(hub.db, tx => {
        let held_up = press(&mut tx, &brake, now).await?;
        Ok::<_, DbError>((held_up, user::by_email(&mut tx, email).await?))
    })?;
    if let Some(retry_in_s) = held_up {
        return Err(LogInError::TooManyAttempts { retry_in_s });
    }
    let user = match known {
        Some((user, stored)) => password::verify(password, &stored).await?.then_some(user),
        None => password::pretend(password).await.map(|()| None)?,
    };
    let Some(user) = user else { return Err(LogInError::Refused) };
    db::write!(hub.db, tx => { throttle::forget(&mut tx, &brake.scope()).await })?;
    if factors(hub, user.id).await?.any() {
        return Err(LogInError::SecondFactor { set_cookie: question(hub, user.id).await? });
    }
    Ok(start_session(hub, user.id, headers).await?)
}

/// Sets the language that mail to a person is written in: the one that the person reads pages in.
pub async fn set_language(hub: &Hub, user: UserId, language: web::Language) -> Result<(), DbError> {
    db::write!(hub.db, tx => { user::set_language(&mut tx, user, language.code()).await })
}

/// Changes a password and ends every session of the person; the caller begins a new one.
pub async fn change_password(
    hub: &Hub,
    user: UserId,
    present: Secret<String>,
    new: Secret<String>,
) -> Result<(), PasswordChangeError> {
    let mut tx = hub.db.read().await?;
    let known = user::get(&mut tx, user).await?.zip(user::password_hash(&mut tx, user).await?);
    drop(tx);
    let Some((person, stored)) = known else { return Err(PasswordChangeError::Refused) };
    check_password(new.expose(), &person.email).map_err(PasswordChangeError::Invalid)?;
    if !password::verify(present, &stored).await? {
        return Err(PasswordChangeError::Refused);
    }
    let hash = password::hash(&hub.environment, new).await?;
    db::write!(hub.db, tx => {
        user::set_password_hash(&mut tx, user, &hash).await?;
        session::delete_all(&mut tx, user).await.map(|_| ())
    })
    .map_err(PasswordChangeError::Database)
}

pub(super) fn check_password(password: &str, email: &str) -> Result<(), Problem> {
    let length = password.chars().count();
    if length < PASSWORD_MIN {
        Err(Problem::TooShort(PASSWORD_MIN))
    } else if length > PASSWORD_MAX {
        Err(Problem::TooLong(PASSWORD_MAX))
    } else if password.trim().eq_ignore_ascii_case(email.trim()) {
        Err(Problem::PasswordIsEmail)
    } else {
        Ok(())
    }
}

/// Whole minutes, rounded up.
fn minutes(seconds: i64) -> i64 {
    (seconds + 59) / 60
}
