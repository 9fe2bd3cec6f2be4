//! Webhooks: what happened is told to the applications that it concerns.
//!
//! `tell` writes an event and its job in the transaction of its cause, so that nothing is told that did not happen
//! and nothing that happened is forgotten. `deliver` sends it, signed with a key of `keys`, until the application
//! confirms it or three days are over. An application can be told the same event twice (a process that dies after
//! sending does not know whether it was heard); the event's id stays the same.

mod deliver;
mod keys;
mod news;

use db::{DbError, Tx};
use domain::{ApplicationId, EventId, IntegrationId, JobId, OrganizationId, ToSpan};
use outbound::is_loopback;
use url::Url;

pub(crate) use deliver::run;
pub(crate) use keys::{KeysError, published};

/// Makes another key for signatures; its name and when it begins to sign, or why not in a sentence.
pub(crate) async fn renew_key(hub: &Hub, at_once: bool) -> Result<(String, domain::Timestamp), String> {
    keys::renew(hub, at_once).await.map_err(|error| error.to_string())
}

pub(crate) use news::{News, expiring, finished};

use crate::Hub;
use crate::store::webhook::{self, Attempt, Concerned, Event, EventState};
use crate::store::{integration, job};

/// The kind of these jobs.
pub const KIND: &str = job::WEBHOOK;

/// For how long an event is tried.
const TRIED_FOR_HOURS: i64 = 72;
/// How many events the log shows.
const LOG_ROWS: i64 = 50;

/// Why an address was not taken, or an event not sent again.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    /// Events go over TLS only, but for this very machine.
    #[error("the address must begin with https:// (http:// on localhost only)")]
    Address,
    /// The organization has no such integration or event, or the application is not its own.
    #[error("there is no such integration or event")]
    Unknown,
    /// The database.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// What the dashboard shows of an integration's webhook.
#[derive(Debug, Clone)]
pub struct WebhookLog {
    /// Where the application wants to be told.
    pub address: Option<String>,
    /// The newest events with their attempts, the last attempt in front.
    pub events: Vec<(Event, Vec<Attempt>)>,
}

/// Tells those whom it concerns, in the transaction of what happened.
pub(crate) async fn tell(
    tx: &mut Tx,
    hub: &Hub,
    organization: OrganizationId,
    whom: Concerned,
    news: &News,
) -> Result<(), DbError> {
    let applications = webhook::concerned(tx, organization, whom).await?;
    let now = hub.environment.now();
    for application in applications {
        let id = EventId::new(&hub.environment);
        let event = Event {
            organization,
            id,
            application,
            kind: news.kind.as_str().to_owned(),
            body: news.body(id, organization, now),
            created_at: now,
            state: EventState::Waiting,
            attempts: 0,
            tries: 0,
            give_up_at: now + TRIED_FOR_HOURS.hours(),
            next_at: Some(now),
        };
        webhook::insert(tx, &event).await?;
        job::add(tx, JobId::new(&hub.environment), organization, KIND, &id.to_string(), now).await?;
    }
    Ok(())
}

/// Sets where the application of an organization's custom integration is told; an empty text for nowhere.
pub async fn set_address(
    hub: &Hub,
    organization: OrganizationId,
    id: IntegrationId,
    address: &str,
) -> Result<(), WebhookError> {
    let url = checked(address)?;
    db::write!(hub.db, tx => {
        let known = integration::get(&mut tx, organization, id).await?;
        let own = known.filter(|known| known.custom).ok_or(WebhookError::Unknown)?;
        let now = hub.environment.now();
        Ok::<_, WebhookError>(webhook::set_address(&mut tx, own.application_id, url.as_deref(), now).await?)
    })
}

impl Hub {
    /// Sets where a certified application is told; an empty text for nowhere. This is the operator's to do.
    pub async fn set_webhook_address(&self, application: ApplicationId, address: &str) -> Result<(), WebhookError> {
        let url = checked(address)?;
        let now = self.environment.now();
        db::write!(self.db, tx => { webhook::set_address(&mut tx, application, url.as_deref(), now).await })
            .map_err(WebhookError::Database)
    }
}

/// Addresses on private networks pass here; the door judges them when something is sent, by what names mean then.
fn checked(address: &str) -> Result<Option<String>, WebhookError> {
    let address = address.trim();
    if address.is_empty() {
        return Ok(None);
    }
    let url = Url::parse(address).map_err(|_| WebhookError::Address)?;
    let safe = url.scheme() == "https" || (url.scheme() == "http" && is_loopback(&url));
    let plain = url.host_str().is_some() && url.username().is_empty() && url.password().is_none();
    if safe && plain && address.len() <= 2_000 { Ok(Some(url.to_string())) } else { Err(WebhookError::Address) }
}

/// What was told to the application of an integration, and how that went.
pub async fn log(hub: &Hub, organization: OrganizationId, id: IntegrationId) -> Result<WebhookLog, WebhookError> {
    let mut tx = hub.db.read().await?;
    let known = integration::get(&mut tx, organization, id).await?.ok_or(WebhookError::Unknown)?;
    let address = webhook::address(&mut tx, known.application_id).await?;
    let mut events = Vec::new();
    for event in webhook::recent(&mut tx, organization, known.application_id, LOG_ROWS).await? {
        let attempts = webhook::attempts(&mut tx, organization, event.id).await?;
        events.push((event, attempts));
    }
    Ok(WebhookLog { address, events })
}

/// Sends an event again, now, with the same id and body; it is tried for another three days.
pub async fn send_again(
    hub: &Hub,
    organization: OrganizationId,
    id: IntegrationId,
    event: EventId,
) -> Result<(), WebhookError> {
    let now = hub.environment.now();
    db::write!(hub.db, tx => {
        let known = integration::get(&mut tx, organization, id).await?.ok_or(WebhookError::Unknown)?;
        let found = webhook::lock(&mut tx, organization, event).await?;
        let found = found.filter(|found| found.application == known.application_id).ok_or(WebhookError::Unknown)?;
        let again = Event {
            state: EventState::Waiting,
            tries: 0,
            give_up_at: now + TRIED_FOR_HOURS.hours(),
            next_at: Some(now),
            ..found
        };
        webhook::stand(&mut tx, &again).await?;
        job::add(&mut tx, JobId::new(&hub.environment), organization, KIND, &event.to_string(), now).await?;
        Ok::<_, WebhookError>(job::advance(&mut tx, KIND, &event.to_string(), now).await?)
    })?;
    hub.wake.notify_one();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::checked;

    #[test]
    fn events_travel_over_tls_or_stay_on_this_machine() {
        assert_eq!(checked(" ").unwrap(), None);
        for good in ["https://books.example/hook", "http://localhost:9000/hook", "https://10.0.0.1/hook"] {
            assert_eq!(checked(good).unwrap().as_deref(), Some(good));
        }
        for bad in ["http://books.example/hook", "ftp://books.example/", "/hook", "https://a:b@books.example/"] {
            assert!(checked(bad).is_err(), "{bad}");
        }
    }
}
