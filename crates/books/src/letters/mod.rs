//! Letters: before a consent ends, and when something does not come by itself any more. A key names each letter, so that
//! it is written once, whoever looks and however often; it is handed over once, as `send` says.

mod send;

use db::{DbError, Tx};
use domain::{CompanyId, MailId, Timestamp};
use mail::Letter;
use web::{Language, Locale, Value};

use crate::round::Round;
use crate::store::account::Account;
use crate::store::company::{self, Company};
use crate::store::connection::{self, Connection};
use crate::store::letter::{self, Reader};
use crate::store::target::TargetRow;
use crate::store::{account, journal, target};
use crate::web::targets::title_of;
use crate::web::{target_trouble, trouble};
use crate::{BooksError, Inner, Trouble};

/// Days before the end of a consent on which people are written to. On the last one and after it, too.
const DAYS: [i64; 5] = [0, 1, 7, 14, 30];
/// A trouble that may pass by itself is told when it has lasted so long.
const PATIENCE_HOURS: i64 = 24;
/// Hours between two letters about troubles, and days after which the same ones are told again.
const DIGEST_HOURS: i64 = 20;
const AGAIN_DAYS: i64 = 7;
/// How often a process looks for something to write.
const LOOK_MINUTES: i64 = 30;

/// Writes what is to be written and hands over what waits. Answers whether anything was handed over.
pub(crate) async fn work_once(books: &Inner) -> Result<bool, BooksError> {
    let now = books.environment.now();
    let mut looked = books.letters_looked_at.lock().await;
    if looked.is_none_or(|last| now.duration_since(last).as_mins() >= LOOK_MINUTES) {
        write(books).await?;
        *looked = Some(now);
    }
    drop(looked);
    send::send_due(books).await
}

/// Looks through every company for something that people should be told.
pub(crate) async fn write(books: &Inner) -> Result<(), BooksError> {
    let mut round = Round::default();
    for (company, _) in company::all(&mut books.db.read().await?).await? {
        round.take(company.id, write_for(books, &company)).await;
    }
    round.end().map(|_| ())
}

async fn write_for(books: &Inner, company: &Company) -> Result<bool, BooksError> {
    let mut tx = books.db.read().await?;
    let told_of_consents = letter::readers(&mut tx, company.id, true).await?;
    let told_of_failures = letter::readers(&mut tx, company.id, false).await?;
    drop(tx);
    if !told_of_consents.is_empty() {
        remind(books, company, &told_of_consents).await?;
    }
    if !told_of_failures.is_empty() {
        digest(books, company, &told_of_failures).await?;
    }
    Ok(true)
}

/// The words of a reader's language.
fn words(books: &Inner, reader: &Reader) -> Locale {
    Locale::new(books.messages.clone(), Language::parse(&reader.language).unwrap_or(Language::En))
}

/// Writes a letter down, to be handed over; not again when one of this key was. Answers whether it is new.
pub(crate) async fn post(
    tx: &mut Tx,
    books: &Inner,
    company: CompanyId,
    key: &str,
    letter: &Letter,
) -> Result<bool, DbError> {
    let (id, now) = (MailId::new(&books.environment), books.environment.now());
    let settings = &books.settings;
    match letter.message(id, &settings.mail.sender, &settings.public_url, now) {
        Ok(message) => {
            let sealed = books.keyring.seal(&letter::place(company, id), &message);
            letter::add(tx, company, id, (key, letter.to()), &sealed, now).await
        }
        Err(problem) => {
            tracing::warn!(problem, "a letter cannot be written");
            Ok(false)
        }
    }
}

/// Writes before a consent ends, and when it has.
async fn remind(books: &Inner, company: &Company, readers: &[Reader]) -> Result<(), BooksError> {
    let now = books.environment.now();
    let mut tx = books.db.read().await?;
    let accounts = account::of_company(&mut tx, company.id).await?;
    let journals = journal::of_company(&mut tx, company.id).await?;
    let connections = connection::of_company(&mut tx, company.id).await?;
    drop(tx);
    for connection in &connections {
        let linked = |account: &&Account| {
            let here = account.grant == connection.grant && account.institution == connection.institution;
            here && account.listed && journals.iter().any(|journal| journal.account == Some(account.id))
        };
        let until = accounts.iter().filter(linked).filter_map(|account| account.authorized_until).min();
        let Some(until) = until else { continue };
        let Some(days) = reminder(until, now) else { continue };
        let ends = until.to_string();
        for reader in readers {
            let key = format!("consent:{}:{}:{days}:{}", connection.id, &ends[..10], reader.person);
            let letter = reminder_letter(books, company, connection, reader, (until, now));
            let posted: Result<bool, DbError> =
                db::write!(books.db, tx => { post(&mut tx, books, company.id, &key, &letter).await });
            posted?;
        }
    }
    Ok(())
}

/// Which of the days is reached; none while the end is far.
fn reminder(until: Timestamp, now: Timestamp) -> Option<i64> {
    let hours = until.duration_since(now).as_hours();
    DAYS.into_iter().find(|days| hours <= days * 24)
}

fn reminder_letter(
    books: &Inner,
    company: &Company,
    connection: &Connection,
    reader: &Reader,
    (until, now): (Timestamp, Timestamp),
) -> Letter {
    let locale = words(books, reader);
    let over = until <= now;
    let days = until.duration_since(now).as_hours().div_euclid(24).max(0);
    let values: [(&str, Value); 4] = [
        ("bank", connection.institution_name.as_str().into()),
        ("company", company.name.as_str().into()),
        ("days", days.into()),
        ("at", locale.instant(until).into()),
    ];
    let (subject, text) =
        if over { ("letter-over-subject", "letter-over") } else { ("letter-soon-subject", "letter-soon") };
    Letter::new(&reader.email, locale.say_with(subject, &values))
        .text(locale.say_with(text, &values))
        .link(locale.say("letter-renew"), format!("{}/connections/{}", books.settings.public_url, connection.id))
        .link(locale.say("letter-why"), format!("{}/companies", books.settings.public_url))
}

/// One thing that does not come by itself any more.
struct Stuck {
    /// What it is and what is wrong, for telling whether it was told.
    mark: String,
    kind: Kind,
    /// Where its page is.
    path: String,
}

enum Kind {
    Bank { name: String, trouble: Trouble },
    Target { code: String, row: Box<TargetRow> },
}

/// Writes once of all that fails, at most once a day, and of the same again after a week.
async fn digest(books: &Inner, company: &Company, readers: &[Reader]) -> Result<(), BooksError> {
    let now = books.environment.now();
    let stuck = stuck(books, company, now).await?;
    let mut marks: Vec<&str> = stuck.iter().map(|one| one.mark.as_str()).collect();
    marks.sort_unstable();
    let marks = marks.join(" ");
    db::write!(books.db, tx => {
        let told = letter::told(&mut tx, company.id).await?;
        if stuck.is_empty() {
            if told.is_some() {
                letter::tell(&mut tx, company.id, "", now).await?;
            }
            return Ok(());
        }
        let wait = told.as_ref().is_some_and(|(before, at)| {
            let hours = now.duration_since(*at).as_hours();
            hours < DIGEST_HOURS || (*before == marks && hours < AGAIN_DAYS * 24)
        });
        if wait {
            return Ok(());
        }
        for reader in readers {
            let key = format!("digest:{}:{}", now.as_second(), reader.person);
            post(&mut tx, books, company.id, &key, &digest_letter(books, company, &stuck, reader)).await?;
        }
        letter::tell(&mut tx, company.id, &marks, now).await?;
        Ok(())
    })
}

/// What waits for a person, or has failed for a day.
async fn stuck(books: &Inner, company: &Company, now: Timestamp) -> Result<Vec<Stuck>, BooksError> {
    let lasts = |since: Timestamp| now.duration_since(since).as_hours() >= PATIENCE_HOURS;
    let mut tx = books.db.read().await?;
    let mut stuck = Vec::new();
    for connection in connection::of_company(&mut tx, company.id).await? {
        let Some(trouble) = &connection.trouble else { continue };
        if trouble.needs_person() || trouble.since.is_some_and(lasts) {
            stuck.push(Stuck {
                mark: format!("{}:{}", connection.id, trouble.code),
                kind: Kind::Bank { name: connection.institution_name.clone(), trouble: trouble.clone() },
                path: format!("/connections/{}", connection.id),
            });
        }
    }
    for row in target::of_company(&mut tx, company.id).await? {
        let links = target::links(&mut tx, company.id, row.id).await?;
        let own = row.error.as_ref().filter(|error| error.stops || lasts(error.since));
        let Some(error) = own.or(links.iter().find_map(|link| link.error.as_ref())) else { continue };
        stuck.push(Stuck {
            mark: format!("{}:{}", row.id, error.code),
            path: format!("/targets/{}", row.id),
            kind: Kind::Target { code: error.code.clone(), row: Box::new(row) },
        });
    }
    Ok(stuck)
}

fn digest_letter(books: &Inner, company: &Company, stuck: &[Stuck], reader: &Reader) -> Letter {
    let locale = words(books, reader);
    let count = i64::try_from(stuck.len()).unwrap_or(i64::MAX);
    let values: [(&str, Value); 2] = [("company", company.name.as_str().into()), ("count", count.into())];
    let mut letter = Letter::new(&reader.email, locale.say_with("letter-stuck-subject", &values))
        .text(locale.say_with("letter-stuck", &values));
    for one in stuck {
        let (name, (what, advice)) = match &one.kind {
            Kind::Bank { name, trouble } => (name.clone(), trouble::sentences(trouble, &locale)),
            Kind::Target { code, row } => {
                let name = format!("{} ({})", row.name, title_of(row, &locale));
                (name, target_trouble::sentences(code, &locale))
            }
        };
        letter = letter.text(format!("{name}: {what} {advice}\n{}{}", books.settings.public_url, one.path));
    }
    letter.link(locale.say("letter-why"), format!("{}/companies", books.settings.public_url))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_that_is_reached() {
        let now: Timestamp = "2026-03-01T12:00:00Z".parse().unwrap();
        let of = |until: &str| reminder(until.parse().unwrap(), now);
        assert_eq!(of("2026-05-01T12:00:00Z"), None);
        assert_eq!(of("2026-03-31T12:00:00Z"), Some(30));
        assert_eq!(of("2026-03-10T12:00:00Z"), Some(14));
        assert_eq!(of("2026-03-08T12:00:00Z"), Some(7));
        assert_eq!(of("2026-03-02T10:00:00Z"), Some(1));
        assert_eq!(of("2026-03-01T11:00:00Z"), Some(0));
        assert_eq!(of("2025-03-01T11:00:00Z"), Some(0));
    }
}
