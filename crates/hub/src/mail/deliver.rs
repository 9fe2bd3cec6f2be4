//! Hands one mail over: once, with the lease of its job.

use db::DbError;
use domain::{MailId, Timestamp, ToSpan};

use super::place;
use crate::Hub;
use crate::store::job::{self, Job};
use crate::store::mail::{self, Mail, MailState};
use ::mail::Outcome;

/// How long after the first, second, … failure the next attempt follows, in minutes; the last one goes on.
const PAUSES_MINUTES: [i64; 7] = [1, 5, 15, 60, 180, 360, 720];
/// For how long a mail is tried.
const TRIED_FOR_HOURS: i64 = 72;
/// How long this process may be away from the job while it hands a message over; see `work::LEASE_SECONDS`.
const LEASE_SECONDS: i64 = 15;

/// Does the job. An error means that it is to be run again when its lease is over.
pub(crate) async fn run(hub: &Hub, job: &Job) -> Result<(), DbError> {
    let Some(mail) = claim(hub, job).await? else { return Ok(()) };
    let outcome = match &mail.sealed_message {
        None => Outcome::Refused("the message is gone".to_owned()),
        Some(sealed) => match hub.keyring.open_bytes(&place(mail.organization, mail.id), sealed) {
            Err(error) => Outcome::Later(error.to_string()),
            Ok(message) => {
                let settings = &hub.settings.mail;
                let name = mail.id.to_string();
                settings.way.send(&name, &settings.sender, &mail.recipient, message.expose()).await
            }
        },
    };
    write_down(hub, job, mail, outcome).await
}

/// Writes down that the mail is being handed over, before it is. `None` when there is nothing to do: it is done, or
/// another process has the job now, or one died while it handed the message over.
async fn claim(hub: &Hub, job: &Job) -> Result<Option<Mail>, DbError> {
    let now = hub.environment.now();
    let repeatable = hub.settings.mail.way.repeatable();
    db::write!(hub.db, tx => {
        if !job::renew(&mut tx, job, now + LEASE_SECONDS.seconds()).await? {
            return Ok(None);
        }
        let found = match MailId::parse(&job.subject) {
            Ok(id) => mail::get(&mut tx, job.organization, id).await?,
            Err(_) => None,
        };
        let Some(found) = found else {
            job::done(&mut tx, job.id).await?;
            return Ok(None);
        };
        match found.state {
            MailState::Sending if !repeatable => {
                let problem = "the process that handed it over did not live to hear the answer".to_owned();
                settle(&mut tx, job, ended(found, MailState::Uncertain, Some(problem), now)).await?;
                Ok(None)
            }
            MailState::Waiting | MailState::Sending => {
                let taken = Mail { state: MailState::Sending, tries: found.tries + 1, changed_at: now, ..found };
                mail::stand(&mut tx, &taken).await?;
                Ok(Some(taken))
            }
            MailState::Sent | MailState::Failed | MailState::Uncertain => {
                job::done(&mut tx, job.id).await?;
                Ok(None)
            }
        }
    })
}

async fn write_down(hub: &Hub, job: &Job, mail: Mail, outcome: Outcome) -> Result<(), DbError> {
    let now = hub.environment.now();
    let id = mail.id;
    let over = now >= mail.created_at + TRIED_FOR_HOURS.hours();
    let (state, problem) = match outcome {
        Outcome::Sent => (MailState::Sent, None),
        Outcome::Later(problem) if !over => (MailState::Waiting, Some(problem)),
        Outcome::Later(problem) | Outcome::Refused(problem) => (MailState::Failed, Some(problem)),
        Outcome::Unknown(problem) => (MailState::Uncertain, Some(problem)),
    };
    if let Some(problem) = &problem {
        // The address and the subject stay out of the log, and so does what a server said, which often repeats them.
        let said = problem.split(|c: char| !c.is_ascii_digit()).find(|digits| digits.len() == 3);
        tracing::warn!(mail = %id, state = state.code(), code = said, "a mail did not go");
    }
    db::write!(hub.db, tx => {
        if state == MailState::Waiting {
            let pause = usize::try_from(mail.tries - 1).unwrap_or(0).min(PAUSES_MINUTES.len() - 1);
            let again = Mail { state, problem: problem.clone(), changed_at: now, ..mail.clone() };
            mail::stand(&mut tx, &again).await?;
            return job::postpone(&mut tx, job, now + PAUSES_MINUTES[pause].minutes()).await;
        }
        settle(&mut tx, job, ended(mail.clone(), state, problem.clone(), now)).await
    })
}

fn ended(mail: Mail, state: MailState, problem: Option<String>, now: Timestamp) -> Mail {
    Mail { state, problem, sealed_message: None, changed_at: now, ..mail }
}

async fn settle(tx: &mut db::Tx, job: &Job, mail: Mail) -> Result<(), DbError> {
    mail::stand(tx, &mail).await?;
    job::done(tx, job.id).await
}
