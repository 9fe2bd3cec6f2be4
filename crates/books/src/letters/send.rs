//! Handing letters over: once. That a letter is being handed over is written down before it is; a process that dies at
//! that instant leaves one whose fate is unknown, and it is not sent again, unless it went into a folder.

use db::DbError;
use domain::{Span, Timestamp};
use mail::Outcome;

use crate::store::letter::{self, Fate, Letter};
use crate::{BooksError, Inner};

/// A process that hands a letter over and says nothing for so long has died.
const LEASE_MINUTES: i64 = 5;
/// Minutes after the first, second, … failure; the last one goes on.
const PAUSES_MINUTES: [i64; 6] = [1, 5, 15, 60, 180, 720];
/// For how long a letter is tried.
const TRIED_FOR_HOURS: i64 = 72;

fn after(now: Timestamp, minutes: i64) -> Timestamp {
    now.saturating_add(Span::new().minutes(minutes)).unwrap_or(now)
}

pub(super) async fn send_due(books: &Inner) -> Result<bool, BooksError> {
    let due = letter::due(&mut books.db.read().await?, books.environment.now()).await?;
    for letter in &due {
        send(books, letter).await?;
    }
    Ok(!due.is_empty())
}

async fn send(books: &Inner, letter: &Letter) -> Result<(), BooksError> {
    let now = books.environment.now();
    let way = &books.settings.mail.way;
    if letter.sending && !way.repeatable() {
        let problem = "the process that handed it over did not live to hear the answer";
        return settle(books, letter, Fate::Uncertain, Some(problem), now).await;
    }
    let until = after(now, LEASE_MINUTES);
    let taken: Result<bool, DbError> = db::write!(books.db, tx => { letter::take(&mut tx, letter, now, until).await });
    if !taken? {
        return Ok(());
    }
    let opened = letter
        .sealed_message
        .as_deref()
        .map(|sealed| books.keyring.open_bytes(&letter::place(letter.company, letter.id), sealed));
    let outcome = match opened {
        Some(Ok(message)) => {
            let name = letter.id.to_string();
            way.send(&name, &books.settings.mail.sender, &letter.recipient, message.expose()).await
        }
        Some(Err(error)) => Outcome::Refused(error.to_string()),
        None => Outcome::Refused("the message is gone".to_owned()),
    };
    let now = books.environment.now();
    let over = now.duration_since(letter.created_at).as_hours() >= TRIED_FOR_HOURS;
    let (fate, problem) = match outcome {
        Outcome::Sent => (Fate::Sent, None),
        Outcome::Later(problem) if !over => (Fate::Waiting, Some(problem)),
        Outcome::Later(problem) | Outcome::Refused(problem) => (Fate::Failed, Some(problem)),
        Outcome::Unknown(problem) => (Fate::Uncertain, Some(problem)),
    };
    if let Some(problem) = &problem {
        // The address and the subject stay out of the log.
        tracing::warn!(letter = %letter.id, ?fate, "a letter did not go: {problem}");
    }
    let pause = usize::try_from(letter.tries).unwrap_or(0).min(PAUSES_MINUTES.len() - 1);
    settle(books, letter, fate, problem.as_deref(), after(now, PAUSES_MINUTES[pause])).await
}

async fn settle(
    books: &Inner,
    letter: &Letter,
    fate: Fate,
    problem: Option<&str>,
    next_try_at: Timestamp,
) -> Result<(), BooksError> {
    let settled: Result<(), DbError> =
        db::write!(books.db, tx => { letter::settle(&mut tx, letter, fate, problem, next_try_at).await });
    Ok(settled?)
}
