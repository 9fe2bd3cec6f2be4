//! Sends one event: signed, through the door for webhooks, and again later when nobody confirms it.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use bytes::Bytes;
use db::DbError;
use domain::{EventId, RequestId, Timestamp, ToSpan};
use http::{Request, header};
use serde_json::json;

use super::keys::{self, KeysError};
use crate::Hub;
use crate::store::application;
use crate::store::job::{self, Job};
use crate::store::webhook::{self, Attempt, Event, EventState};

/// How long an application may take to confirm.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long after the first, second, … failure the next attempt follows, in minutes; the last one goes on.
const PAUSES_MINUTES: [i64; 7] = [1, 5, 15, 60, 180, 360, 720];
/// For how long the log is kept.
const KEPT_DAYS: i64 = 30;
/// How long a signature is good for, in seconds.
const GOOD_FOR_SECONDS: i64 = 60;

/// How one attempt went.
struct Outcome {
    url: String,
    status: Option<u16>,
    problem: Option<String>,
}

impl Outcome {
    fn confirmed(&self) -> bool {
        self.status.is_some_and(|status| (200..300).contains(&status))
    }
}

/// Does the job: one attempt. An error means that it is to be run again when its lease is over.
pub(crate) async fn run(hub: &Hub, job: &Job) -> Result<(), DbError> {
    let event = match EventId::parse(&job.subject) {
        Ok(id) => webhook::get(&mut hub.db.read().await?, job.organization, id).await?,
        Err(_) => None,
    };
    let Some(event) = event.filter(|event| event.state == EventState::Waiting) else {
        return db::write!(hub.db, tx => { job::done(&mut tx, job.id).await });
    };
    let address = webhook::address(&mut hub.db.read().await?, event.application).await?;
    let outcome = match address {
        None => None,
        Some(url) => Some(send(hub, &event, url).await?),
    };
    write_down(hub, job, &event, outcome.as_ref()).await
}

async fn send(hub: &Hub, event: &Event, url: String) -> Result<Outcome, DbError> {
    let token = match signature(hub, event).await {
        Ok(token) => token,
        Err(KeysError::Database(error)) => return Err(error),
        Err(KeysError::Key(problem)) => {
            tracing::error!(problem, "webhooks cannot be signed");
            return Ok(Outcome { url, status: None, problem: Some(problem) });
        }
    };
    let request = Request::post(&url)
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT, "application/json")
        .header("signature", token)
        .body(Bytes::from(event.body.clone()));
    let request = match request {
        Ok(request) => request,
        Err(error) => return Ok(Outcome { url, status: None, problem: Some(error.to_string()) }),
    };
    Ok(match tokio::time::timeout(PATIENCE, hub.webhook_door.fetch(request)).await {
        Ok(Ok(answer)) => Outcome { url, status: Some(answer.status().as_u16()), problem: None },
        Ok(Err(error)) => Outcome { url, status: None, problem: Some(error.to_string()) },
        Err(_) => {
            let problem = format!("there was no answer within {} seconds", PATIENCE.as_secs());
            Outcome { url, status: None, problem: Some(problem) }
        }
    })
}

/// The JWT of the `Signature` header (RFC 7519, RS512): for whom, by whom, when, and the digest of the body.
async fn signature(hub: &Hub, event: &Event) -> Result<String, KeysError> {
    let (kid, key) = keys::signing(hub).await?;
    let application = application::get(&mut hub.db.read().await?, event.application).await?;
    let audience = application.map_or_else(|| event.application.to_string(), |known| known.client_id);
    let now = hub.environment.now().as_second();
    let claims = json!({
        "aud": audience,
        "digest": STANDARD.encode(vault::token::sha512(event.body.as_bytes())),
        "exp": now + GOOD_FOR_SECONDS,
        "iat": now,
        "iss": hub.settings.issuer(),
        "jti": RequestId::new(&hub.environment),
    });
    let head = json!({ "alg": "RS512", "kid": kid, "typ": "JWT" });
    let part = |value: serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(head), part(claims));
    let signature = key.sign(signed.as_bytes()).map_err(|error| KeysError::Key(error.to_string()))?;
    Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
}

async fn write_down(hub: &Hub, job: &Job, sent: &Event, outcome: Option<&Outcome>) -> Result<(), DbError> {
    let now = hub.environment.now();
    let confirmed = outcome.is_some_and(Outcome::confirmed);
    tracing::info!(event = %sent.id, kind = sent.kind, confirmed, "webhook sent");
    db::write!(hub.db, tx => {
        let Some(event) = webhook::lock(&mut tx, sent.organization, sent.id).await? else {
            return job::done(&mut tx, job.id).await;
        };
        let (attempts, tries) = (event.attempts + i64::from(outcome.is_some()), event.tries + 1);
        if let Some(outcome) = outcome {
            let attempt = Attempt {
                event: event.id,
                number: attempts,
                url: outcome.url.clone(),
                status: outcome.status.map(i64::from),
                problem: outcome.problem.clone(),
                at: now,
            };
            webhook::log(&mut tx, event.organization, &attempt).await?;
        }
        let next_at = outcome.filter(|_| !confirmed).and_then(|_| next(tries, now, event.give_up_at));
        let state = match next_at {
            _ if confirmed => EventState::Delivered,
            Some(_) => EventState::Waiting,
            None => EventState::GivenUp,
        };
        webhook::stand(&mut tx, &Event { state, attempts, tries, next_at, ..event }).await?;
        webhook::forget(&mut tx, sent.organization, now - (KEPT_DAYS * 24).hours()).await?;
        match next_at {
            Some(at) => job::postpone(&mut tx, job, at).await,
            None => job::done(&mut tx, job.id).await,
        }
    })
}

/// When the attempt after `tries` failed ones is due; the last one is at the very end of the time given.
fn next(tries: i64, now: Timestamp, give_up_at: Timestamp) -> Option<Timestamp> {
    let index = usize::try_from(tries - 1).unwrap_or(0).min(PAUSES_MINUTES.len() - 1);
    let planned = now + PAUSES_MINUTES[index].minutes();
    (now < give_up_at).then(|| planned.min(give_up_at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attempts_grow_rarer_and_end_after_three_days() {
        let start: Timestamp = "2026-03-02T12:00:00Z".parse().unwrap();
        let end = start + 72.hours();
        let (mut now, mut tries, mut pauses) = (start, 1, Vec::new());
        while let Some(at) = next(tries, now, end) {
            pauses.push((at.as_second() - now.as_second()) / 60);
            (now, tries) = (at, tries + 1);
        }
        assert_eq!(now, end);
        assert_eq!(pauses, [1, 5, 15, 60, 180, 360, 720, 720, 720, 720, 720, 99]);
    }
}
