//! The ways in that go through a person's mail: making a login, and choosing a new password.
//!
//! A login is made only by whoever reads the mail of its address, and its password is chosen there and then: nobody can
//! prepare a login for somebody else's address. What a stranger is answered never tells whether an address has a login;
//! only the mail to that address does.

use std::net::IpAddr;

use db::DbError;
use domain::{Timestamp, ToSpan, UserId};
use vault::{PasswordError, Secret, password, token};
use web::Language;

use super::field::{Fields, email};
use super::login::check_password;
use super::throttle::{Brake, press};
use super::{FieldError, Problem};
use crate::Hub;
use crate::mail::{self, Letter, NOBODY};
use crate::store::email_link::{self, EmailLink, Purpose};
use crate::store::user::{self, Inserted, User};
use crate::store::{session, throttle};

/// How long a link to sign up works, in hours.
const SIGN_UP_HOURS: i64 = 24;
/// How long a link to a new password works, in minutes.
const RESET_MINUTES: i64 = 30;

/// Why no mail was sent.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// The address is none.
    #[error("some fields are not right")]
    Invalid(Vec<FieldError>),
    /// Too much was asked for from the same place.
    #[error("too much was asked for: wait {retry_in_s} seconds")]
    TooMany {
        /// When the next question is allowed, in seconds from now.
        retry_in_s: i64,
    },
    /// The database.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// Why the way through the mail ended.
#[derive(Debug, thiserror::Error)]
pub enum EnterError {
    /// The link is unknown, used or too old.
    #[error("this link does not work any more")]
    Link,
    /// The password is not good enough.
    #[error("{0}")]
    Invalid(Problem),
    /// The password could not be hashed.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The database.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// What somebody who is not logged in asks to be sent by mail.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The address, as typed.
    pub email: &'a str,
    /// Where the person wanted to go.
    pub next: &'a str,
    /// The language that the person reads.
    pub language: Language,
    /// Where the person sits.
    pub from: IpAddr,
}

/// Sends a link to make a login with; to an address that has one, a letter that says so.
pub async fn ask_to_sign_up(hub: &Hub, asked: Asked<'_>) -> Result<(), AskError> {
    let until = hub.environment.now() + SIGN_UP_HOURS.hours();
    ask(hub, asked, Purpose::SignUp, until, |user, link| match user {
        None => Some(invitation(asked.email, asked.language, link)),
        Some(user) => Some(you_have_one(hub, user)),
    })
    .await
}

/// Sends a link to choose a new password with, to an address that has a login.
pub async fn ask_for_password(hub: &Hub, asked: Asked<'_>) -> Result<(), AskError> {
    let until = hub.environment.now() + RESET_MINUTES.minutes();
    ask(hub, asked, Purpose::Reset, until, |user, link| user.map(|user| new_password(user, link))).await
}

/// Does the same work whether the address has a login or not.
async fn ask(
    hub: &Hub,
    asked: Asked<'_>,
    purpose: Purpose,
    expires_at: Timestamp,
    letter: impl Fn(Option<&User>, &str) -> Option<Letter> + Send + Sync,
) -> Result<(), AskError> {
    let mut fields = Fields::default();
    let Some(address) = fields.read("email", email(asked.email)) else {
        return Err(AskError::Invalid(fields.into_errors()));
    };
    let now = hub.environment.now();
    let (plain, hash) = token::new(&hub.environment);
    let page = match purpose {
        Purpose::SignUp => "sign-up",
        Purpose::Reset => "password",
    };
    let address_of_page = format!("{}/{page}/{}", hub.settings.public_url, plain.expose());
    let next_page = asked.next.chars().take(2_000).collect();
    let link = EmailLink { purpose, email: address.clone(), next_page, expires_at };
    db::write!(hub.db, tx => {
        if let Some(retry_in_s) = press(&mut tx, &Brake::MailFrom(asked.from), now).await? {
            return Ok(Err(AskError::TooMany { retry_in_s }));
        }
        let known = user::by_email(&mut tx, &address).await?.map(|(user, _)| user);
        let flooded = press(&mut tx, &Brake::MailTo(&address), now).await?.is_some();
        if let Some(letter) = letter(known.as_ref(), &address_of_page).filter(|_| !flooded) {
            email_link::insert(&mut tx, &hash, &link, now).await?;
            mail::post(&mut tx, hub, NOBODY, &format!("{page}:{hash}"), &letter).await?;
        }
        Ok::<_, DbError>(Ok(()))
    })?
}

fn invitation(email: &str, language: Language, link: &str) -> Letter {
    let words = mail::words(language.code());
    Letter::new(email.trim(), words.say("entrance-mail-sign-up"))
        .text(words.say("entrance-mail-sign-up-text"))
        .link(words.say("entrance-mail-sign-up-do"), link)
        .text(words.say("entrance-mail-sign-up-else"))
}

fn you_have_one(hub: &Hub, user: &User) -> Letter {
    let words = mail::words(&user.language);
    let url = &hub.settings.public_url;
    Letter::new(&user.email, words.say("entrance-mail-known"))
        .text(words.say("entrance-mail-known-text"))
        .link(words.say("entrance-mail-known-do"), format!("{url}/login"))
        .link(words.say("entrance-mail-known-password"), format!("{url}/password"))
        .text(words.say("entrance-mail-known-else"))
}

fn new_password(user: &User, link: &str) -> Letter {
    let words = mail::words(&user.language);
    Letter::new(&user.email, words.say("entrance-mail-password"))
        .text(words.say_with("entrance-mail-password-text", &[("minutes", RESET_MINUTES.into())]))
        .link(words.say("entrance-mail-password-do"), link)
        .text(words.say("entrance-mail-password-else"))
}

/// The address that a link was sent to, while the link works.
pub async fn link(hub: &Hub, purpose: Purpose, plain: &str) -> Result<Option<EmailLink>, DbError> {
    let now = hub.environment.now();
    email_link::get(&mut hub.db.read().await?, &token::hash(plain), purpose, now).await
}

/// Makes the login that a link was asked for, and tells where the person wanted to go.
pub async fn finish_sign_up(
    hub: &Hub,
    plain: &str,
    chosen: Secret<String>,
    language: Language,
) -> Result<(UserId, String), EnterError> {
    let link = link(hub, Purpose::SignUp, plain).await?.ok_or(EnterError::Link)?;
    check_password(chosen.expose(), &link.email).map_err(EnterError::Invalid)?;
    let hash = password::hash(&hub.environment, chosen).await?;
    let (id, created_at) = (UserId::new(&hub.environment), hub.environment.now());
    let new = User { id, email: link.email.clone(), language: language.code().to_owned(), created_at };
    db::write!(hub.db, tx => {
        if !email_link::take(&mut tx, &token::hash(plain), Purpose::SignUp, created_at).await? {
            return Err(EnterError::Link);
        }
        match user::insert(&mut tx, &new, &hash).await? {
            Inserted::Yes => Ok(()),
            Inserted::EmailTaken => Err(EnterError::Link),
        }
    })?;
    Ok((id, link.next_page))
}

/// Sets the password that a link was asked for, ends every session of the person, and says so by mail. It logs nobody
/// in: a second factor, where there is one, is still asked for.
pub async fn finish_password(hub: &Hub, plain: &str, chosen: Secret<String>) -> Result<(), EnterError> {
    let link = link(hub, Purpose::Reset, plain).await?.ok_or(EnterError::Link)?;
    check_password(chosen.expose(), &link.email).map_err(EnterError::Invalid)?;
    let hash = password::hash(&hub.environment, chosen).await?;
    let now = hub.environment.now();
    let token_hash = token::hash(plain);
    db::write!(hub.db, tx => {
        if !email_link::take(&mut tx, &token_hash, Purpose::Reset, now).await? {
            return Err(EnterError::Link);
        }
        let (person, _) = user::by_email(&mut tx, &link.email).await?.ok_or(EnterError::Link)?;
        user::set_password_hash(&mut tx, person.id, &hash).await?;
        session::delete_all(&mut tx, person.id).await?;
        throttle::forget(&mut tx, &Brake::LogIn(&person.email).scope()).await?;
        let words = mail::words(&person.language);
        let letter = Letter::new(&person.email, words.say("entrance-mail-changed"))
            .text(words.say("entrance-mail-changed-text"))
            .link(words.say("entrance-mail-changed-else"), format!("{}/password", hub.settings.public_url));
        mail::post(&mut tx, hub, NOBODY, &format!("changed:{token_hash}"), &letter).await?;
        Ok(())
    })
}
