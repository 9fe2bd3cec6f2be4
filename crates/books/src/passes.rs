//! Passes: an e-mail address is confirmed by a letter before any other letter goes there; a password that was forgotten
//! is chosen anew by a letter, or by an address that the operator hands over.

use domain::{CompanyId, Span, Timestamp, UserId};
use mail::Letter;
use vault::{Secret, password, token};
use web::Locale;

use crate::headless::HeadlessError;
use crate::letters;
use crate::store::company::{self, Company};
use crate::store::pass::{self, Pass, Purpose};
use crate::store::person::{self, Added, Person};
use crate::{Books, BooksError, Inner};

/// How long each is good for.
const CONFIRM_DAYS: i64 = 7;
const INVITED_DAYS: i64 = 7;
const PASSWORD_HOURS: i64 = 1;

fn after(now: Timestamp, hours: i64) -> Timestamp {
    now.saturating_add(Span::new().hours(hours)).unwrap_or(now)
}

impl Inner {
    /// Writes to a person for a pass of the purpose: once an hour, however often it is asked for.
    async fn send_pass(
        &self,
        (person, email): (UserId, &str),
        company: CompanyId,
        purpose: Purpose,
        locale: &Locale,
    ) -> Result<(), BooksError> {
        let now = self.environment.now();
        let (plain, hash) = token::new(&self.environment);
        let (place, hours, subject, text, words) = match purpose {
            Purpose::Confirm => {
                ("confirm", CONFIRM_DAYS * 24, "pass-confirm-subject", "pass-confirm-text", "pass-confirm-link")
            }
            Purpose::Password | Purpose::Invited => {
                ("password", PASSWORD_HOURS, "pass-password-subject", "pass-password-text", "pass-password-link")
            }
        };
        let address = format!("{}/{place}/{}", self.settings.public_url, plain.expose());
        let letter = Letter::new(email, locale.say(subject))
            .text(locale.say_with(text, &[("email", email.into())]))
            .link(locale.say(words), address)
            .text(locale.say("pass-not-you"));
        let key = format!("{place}:{person}:{}", now.as_second() / 3600);
        let sent: Result<(), db::DbError> = db::write!(self.db, tx => {
            if letters::post(&mut tx, self, company, &key, &letter).await? {
                pass::add(&mut tx, &hash, person, purpose, (now, after(now, hours))).await?;
            }
            Ok(())
        });
        Ok(sent?)
    }

    /// Asks a person by letter to confirm the e-mail address.
    pub(crate) async fn ask_to_confirm(
        &self,
        person: (UserId, &str),
        company: CompanyId,
        locale: &Locale,
    ) -> Result<(), BooksError> {
        self.send_pass(person, company, Purpose::Confirm, locale).await
    }

    /// Writes to whoever has this address how to choose another password; to an address without a login, nothing.
    pub(crate) async fn forgot(&self, email: &str, locale: &Locale) -> Result<(), BooksError> {
        let mut tx = self.db.read().await?;
        let Some(found) = person::by_email(&mut tx, &email.trim().to_lowercase()).await? else { return Ok(()) };
        let companies = company::of_person(&mut tx, found.id).await?;
        drop(tx);
        let Some(company) = companies.first() else { return Ok(()) };
        self.send_pass((found.id, &found.email), company.id, Purpose::Password, locale).await
    }

    /// The pass that an address holds, while it is good.
    pub(crate) async fn pass(&self, plain: &str) -> Result<Option<Pass>, BooksError> {
        let mut tx = self.db.read().await?;
        Ok(pass::find(&mut tx, &token::hash(plain), self.environment.now()).await?)
    }

    /// Notes that letters to a person arrive. Answers whether the pass was good.
    pub(crate) async fn confirm(&self, plain: &str) -> Result<bool, BooksError> {
        let (hash, now) = (token::hash(plain), self.environment.now());
        db::write!(self.db, tx => {
            let found = pass::find(&mut tx, &hash, now).await?.filter(|pass| pass.purpose == Purpose::Confirm);
            let Some(found) = found else { return Ok(false) };
            pass::use_up(&mut tx, &found).await?;
            person::confirm(&mut tx, found.person, now).await?;
            Ok(true)
        })
    }

    /// Sets a person's password by a pass, and ends the person's logins. Answers the pass if it was good.
    pub(crate) async fn choose_password(
        &self,
        plain_pass: &str,
        plain: Secret<String>,
    ) -> Result<Option<Pass>, BooksError> {
        let (hash, now) = (token::hash(plain_pass), self.environment.now());
        let password = password::hash(&self.environment, plain).await?;
        db::write!(self.db, tx => {
            let found = pass::find(&mut tx, &hash, now).await?.filter(|pass| pass.purpose != Purpose::Confirm);
            let Some(found) = found else { return Ok(None) };
            pass::use_up(&mut tx, &found).await?;
            person::set_password(&mut tx, &found.email, found.person, &password).await?;
            if found.purpose.came_by_letter() {
                person::confirm(&mut tx, found.person, now).await?;
            }
            Ok(Some(found))
        })
    }

    /// An address by which a person chooses a password, for the operator to hand over.
    async fn hand_over(&self, person: UserId) -> Result<String, BooksError> {
        let (now, (plain, hash)) = (self.environment.now(), token::new(&self.environment));
        let until = after(now, INVITED_DAYS * 24);
        let added: Result<(), db::DbError> =
            db::write!(self.db, tx => { pass::add(&mut tx, &hash, person, Purpose::Invited, (now, until)).await });
        added?;
        Ok(format!("{}/password/{}", self.settings.public_url, plain.expose()))
    }
}

/// What came of an invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invited {
    /// The person is new, and chooses a password at this address.
    New(String),
    /// The person has a login already, and sees the company now.
    Joined,
}

impl Books {
    /// Lets somebody see a company's pages: one that the settings file made has nobody. Without a name there must be one
    /// company.
    ///
    /// # Errors
    /// The company is not there or not the only one, or this is no e-mail address.
    pub async fn invite(&self, email: &str, company_name: Option<&str>) -> Result<(Company, Invited), HeadlessError> {
        let email = email.trim().to_lowercase();
        if !email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.')) {
            return Err(HeadlessError::Asked(format!("'{email}' is not a whole e-mail address")));
        }
        let company = match company_name {
            Some(name) => self.company_named(name).await?,
            None => match company::all(&mut self.0.db.read().await?).await?.as_slice() {
                [(one, _)] => one.clone(),
                several => {
                    let names: Vec<&str> = several.iter().map(|(company, _)| company.name.as_str()).collect();
                    let said = format!("say which company with --company; there: {}", names.join(", "));
                    return Err(HeadlessError::Asked(said));
                }
            },
        };
        // Nobody knows this one: the first password is chosen at the address.
        let (unknown, _) = token::new(&self.0.environment);
        let password = password::hash(&self.0.environment, unknown).await.map_err(BooksError::from)?;
        let new = Person { id: UserId::new(&self.0.environment), email: email.clone(), password };
        let now = self.0.environment.now();
        let joined: Result<(UserId, bool), db::DbError> = db::write!(self.0.db, tx => {
            let (id, is_new) = match person::by_email(&mut tx, &email).await? {
                Some(known) => (known.id, false),
                None => (new.id, person::add(&mut tx, &new, now).await? == Added::New),
            };
            company::join(&mut tx, company.id, id, now).await?;
            Ok((id, is_new))
        });
        let (id, is_new) = joined?;
        let invited = if is_new { Invited::New(self.0.hand_over(id).await?) } else { Invited::Joined };
        Ok((company, invited))
    }

    /// The address at which a person chooses another password: for the operator to hand over.
    ///
    /// # Errors
    /// Nobody has this address.
    pub async fn password_address(&self, email: &str) -> Result<String, HeadlessError> {
        let email = email.trim().to_lowercase();
        let found = person::by_email(&mut self.0.db.read().await?, &email).await?;
        let nobody = || HeadlessError::Asked(format!("nobody has the e-mail address '{email}' here"));
        Ok(self.0.hand_over(found.ok_or_else(nobody)?.id).await?)
    }
}
