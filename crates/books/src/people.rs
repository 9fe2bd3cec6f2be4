//! Who may come in: signing up, logging in, and the companies of a person.

use domain::{CompanyId, Span, UserId};
use vault::{Secret, password};

use crate::store::company::{self, Company};
use crate::store::person::{self, Added, Person};
use crate::{BooksError, Inner};

/// After this many failures within the window an address has to wait.
const MOST_FAILURES: i64 = 10;
const WINDOW_MINUTES: i64 = 15;

/// What became of a login.
#[derive(Debug)]
pub(crate) enum Login {
    /// Welcome.
    Welcome { person: UserId, company: CompanyId },
    /// Wrong address or password; which, is not told.
    Wrong,
    /// Too many failures.
    Wait,
}

impl Inner {
    /// Adds a person with a first company.
    pub(crate) async fn sign_up(
        &self,
        email: &str,
        plain: Secret<String>,
        company_name: &str,
    ) -> Result<Option<(UserId, CompanyId)>, BooksError> {
        let person = Person {
            id: UserId::new(&self.environment),
            email: email.trim().to_lowercase(),
            password: password::hash(&self.environment, plain).await?,
        };
        let company = Company { id: CompanyId::new(&self.environment), name: company_name.to_owned() };
        let now = self.environment.now();
        db::write!(self.db, tx => {
            match person::add(&mut tx, &person, now).await? {
                Added::Taken => Ok(None),
                Added::New => {
                    company::add(&mut tx, &company, person.id, now).await?;
                    Ok(Some((person.id, company.id)))
                }
            }
        })
    }

    /// Checks an address and a password.
    pub(crate) async fn log_in(&self, email: &str, plain: Secret<String>) -> Result<Login, BooksError> {
        let email = email.trim().to_lowercase();
        let now = self.environment.now();
        let since = now.saturating_sub(Span::new().minutes(WINDOW_MINUTES)).unwrap_or(now);
        // Counted before anything is tried, so that a hundred attempts at once are a hundred attempts.
        let counted: Result<i64, db::DbError> = db::write!(self.db, tx => {
            person::note_failure(&mut tx, &email, now, since).await?;
            person::failures_since(&mut tx, &email, since).await
        });
        if counted? > MOST_FAILURES {
            return Ok(Login::Wait);
        }
        let found = person::by_email(&mut self.db.read().await?, &email).await?;
        let good = match &found {
            Some(person) => password::verify(plain, &person.password).await?,
            None => {
                password::pretend(plain).await?;
                false
            }
        };
        let Some(person) = found.filter(|_| good) else { return Ok(Login::Wrong) };
        let forgotten: Result<(), db::DbError> =
            db::write!(self.db, tx => { person::forget_failures(&mut tx, &email).await });
        forgotten?;
        let companies = company::of_person(&mut self.db.read().await?, person.id).await?;
        Ok(companies.first().map_or(Login::Wrong, |company| Login::Welcome { person: person.id, company: company.id }))
    }

    /// Adds a company to a person's.
    pub(crate) async fn add_company(&self, person: UserId, name: &str) -> Result<CompanyId, BooksError> {
        let company = Company { id: CompanyId::new(&self.environment), name: name.to_owned() };
        let now = self.environment.now();
        db::write!(self.db, tx => {
            company::add(&mut tx, &company, person, now).await?;
            Ok(company.id)
        })
    }
}
