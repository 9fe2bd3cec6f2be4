//! Where applications want to be told, what they are told, and every attempt to tell them. An event is written with its
//! cause in one transaction and keeps its text, so that telling it again tells the same.

use db::{DbError, Row, Tx};
use domain::{AccountId, ApplicationId, EventId, IntegrationId, OrganizationId, Timestamp};

use super::read;

/// How the telling of an event stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventState {
    /// Not told yet; another attempt is planned.
    Waiting,
    /// The application has confirmed it.
    Delivered,
    /// Nobody took it for three days, or there is no address any more.
    GivenUp,
}

impl EventState {
    /// The word in the database, which the dashboard's messages use, too.
    pub fn as_str(self) -> &'static str {
        match self {
            EventState::Waiting => "waiting",
            EventState::Delivered => "delivered",
            EventState::GivenUp => "given-up",
        }
    }

    fn parse(text: &str) -> EventState {
        match text {
            "delivered" => EventState::Delivered,
            "given-up" => EventState::GivenUp,
            _ => EventState::Waiting,
        }
    }
}

/// Something to tell one application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Whose data it is about.
    pub organization: OrganizationId,
    /// Its id, which the application sees.
    pub id: EventId,
    /// The application.
    pub application: ApplicationId,
    /// Its type on the wire.
    pub kind: String,
    /// The body that is sent, byte for byte.
    pub body: String,
    /// When it happened.
    pub created_at: Timestamp,
    /// How the telling stands.
    pub state: EventState,
    /// How often it was sent in all.
    pub attempts: i64,
    /// How often since it happened or since a person asked to send it again.
    pub tries: i64,
    /// When no further attempt is made.
    pub give_up_at: Timestamp,
    /// When the next attempt is due.
    pub next_at: Option<Timestamp>,
}

/// One attempt to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// The event.
    pub event: EventId,
    /// Counted from 1.
    pub number: i64,
    /// Where it was sent.
    pub url: String,
    /// The answer's HTTP status; absent without an answer.
    pub status: Option<i64>,
    /// Why there was no answer.
    pub problem: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// Whom something concerns: live integrations whose application has an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Concerned {
    /// Those that may read an account.
    ReadersOf(AccountId),
    /// One.
    Integration(IntegrationId),
    /// All of the organization.
    Everybody,
}

/// The applications to be told.
pub async fn concerned(
    tx: &mut Tx,
    organization: OrganizationId,
    whom: Concerned,
) -> Result<Vec<ApplicationId>, DbError> {
    let own = organization.to_string();
    let rows = match whom {
        Concerned::ReadersOf(account) => {
            let sql = "SELECT i.application_id FROM integrations i \
                       JOIN webhook_addresses w ON w.application_id = i.application_id \
                       JOIN integration_accounts l ON l.organization_id = i.organization_id \
                       AND l.integration_id = i.id AND l.removed_at IS NULL \
                       WHERE i.organization_id = $1 AND l.account_id = $2 AND i.revoked_at IS NULL \
                       ORDER BY i.application_id";
            tx.all(sql, &[own.into(), account.to_string().into()]).await?
        }
        Concerned::Integration(integration) => {
            let sql = "SELECT i.application_id FROM integrations i \
                       JOIN webhook_addresses w ON w.application_id = i.application_id \
                       WHERE i.organization_id = $1 AND i.id = $2 AND i.revoked_at IS NULL";
            tx.all(sql, &[own.into(), integration.to_string().into()]).await?
        }
        Concerned::Everybody => {
            let sql = "SELECT i.application_id FROM integrations i \
                       JOIN webhook_addresses w ON w.application_id = i.application_id \
                       WHERE i.organization_id = $1 AND i.revoked_at IS NULL ORDER BY i.application_id";
            tx.all(sql, &[own.into()]).await?
        }
    };
    rows.iter().map(|row| row.parse("application_id")).collect()
}

/// Where an application wants to be told.
pub async fn address(tx: &mut Tx, application: ApplicationId) -> Result<Option<String>, DbError> {
    let sql = "SELECT url FROM webhook_addresses WHERE application_id = $1";
    tx.optional(sql, &[application.to_string().into()]).await?.map(|row| row.text("url")).transpose()
}

/// Sets where an application wants to be told; `None` for nowhere.
pub async fn set_address(
    tx: &mut Tx,
    application: ApplicationId,
    url: Option<&str>,
    at: Timestamp,
) -> Result<(), DbError> {
    let id = application.to_string();
    let Some(url) = url else {
        return tx.run("DELETE FROM webhook_addresses WHERE application_id = $1", &[id.into()]).await.map(|_| ());
    };
    let sql = "INSERT INTO webhook_addresses (application_id, url, updated_at) VALUES ($1, $2, $3) \
               ON CONFLICT (application_id) DO UPDATE SET url = excluded.url, updated_at = excluded.updated_at";
    tx.run(sql, &[id.into(), url.into(), at.as_microsecond().into()]).await.map(|_| ())
}

/// Adds an event.
pub async fn insert(tx: &mut Tx, new: &Event) -> Result<(), DbError> {
    let sql = "INSERT INTO webhook_events (organization_id, id, application_id, kind, body, created_at, state, \
               attempts, tries, give_up_at, next_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    let args = [
        new.organization.to_string().into(),
        new.id.to_string().into(),
        new.application.to_string().into(),
        (&new.kind).into(),
        (&new.body).into(),
        new.created_at.as_microsecond().into(),
        new.state.as_str().into(),
        new.attempts.into(),
        new.tries.into(),
        new.give_up_at.as_microsecond().into(),
        new.next_at.map(|at| at.as_microsecond()).into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "SELECT organization_id, id, application_id, kind, body, created_at, state, attempts, tries, give_up_at, \
             next_at FROM webhook_events ",
            $tail
        )
    };
}

/// One event.
pub async fn get(tx: &mut Tx, organization: OrganizationId, id: EventId) -> Result<Option<Event>, DbError> {
    let sql = select!("WHERE organization_id = $1 AND id = $2");
    tx.optional(sql, &[organization.to_string().into(), id.to_string().into()]).await?.as_ref().map(event).transpose()
}

/// The same, locked until the transaction ends.
pub async fn lock(tx: &mut Tx, organization: OrganizationId, id: EventId) -> Result<Option<Event>, DbError> {
    let sql = select!("WHERE organization_id = $1 AND id = $2 /*for update*/");
    tx.optional(sql, &[organization.to_string().into(), id.to_string().into()]).await?.as_ref().map(event).transpose()
}

/// The newest events for an application about an organization.
pub async fn recent(
    tx: &mut Tx,
    organization: OrganizationId,
    application: ApplicationId,
    limit: i64,
) -> Result<Vec<Event>, DbError> {
    let sql = select!("WHERE organization_id = $1 AND application_id = $2 ORDER BY created_at DESC, id DESC LIMIT $3");
    let args = [organization.to_string().into(), application.to_string().into(), limit.into()];
    tx.all(sql, &args).await?.iter().map(event).collect()
}

/// Writes down how the telling of an event stands.
pub async fn stand(tx: &mut Tx, event: &Event) -> Result<(), DbError> {
    let sql = "UPDATE webhook_events SET state = $3, attempts = $4, tries = $5, give_up_at = $6, next_at = $7 \
               WHERE organization_id = $1 AND id = $2";
    let args = [
        event.organization.to_string().into(),
        event.id.to_string().into(),
        event.state.as_str().into(),
        event.attempts.into(),
        event.tries.into(),
        event.give_up_at.as_microsecond().into(),
        event.next_at.map(|at| at.as_microsecond()).into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// Adds an attempt to the log.
pub async fn log(tx: &mut Tx, organization: OrganizationId, new: &Attempt) -> Result<(), DbError> {
    let sql = "INSERT INTO webhook_attempts (organization_id, event_id, number, url, status, problem, at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let args = [
        organization.to_string().into(),
        new.event.to_string().into(),
        new.number.into(),
        (&new.url).into(),
        new.status.into(),
        new.problem.clone().into(),
        new.at.as_microsecond().into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// The attempts to tell an event, the last one in front.
pub async fn attempts(tx: &mut Tx, organization: OrganizationId, id: EventId) -> Result<Vec<Attempt>, DbError> {
    let sql = "SELECT event_id, number, url, status, problem, at FROM webhook_attempts \
               WHERE organization_id = $1 AND event_id = $2 ORDER BY number DESC";
    tx.all(sql, &[organization.to_string().into(), id.to_string().into()]).await?.iter().map(attempt).collect()
}

/// Forgets the events of an organization that happened before an instant and that wait for nothing.
pub async fn forget(tx: &mut Tx, organization: OrganizationId, before: Timestamp) -> Result<(), DbError> {
    let args = [organization.to_string().into(), before.as_microsecond().into()];
    let attempts = "DELETE FROM webhook_attempts WHERE organization_id = $1 AND event_id IN (SELECT e.id \
                    FROM webhook_events e WHERE e.organization_id = $1 AND e.created_at < $2 AND e.state <> 'waiting')";
    tx.run(attempts, &args).await?;
    let events = "DELETE FROM webhook_events WHERE organization_id = $1 AND created_at < $2 AND state <> 'waiting'";
    tx.run(events, &args).await.map(|_| ())
}

fn event(row: &Row) -> Result<Event, DbError> {
    Ok(Event {
        organization: row.parse("organization_id")?,
        id: row.parse("id")?,
        application: row.parse("application_id")?,
        kind: row.text("kind")?,
        body: row.text("body")?,
        created_at: read::instant(row, "created_at")?,
        state: EventState::parse(&row.text("state")?),
        attempts: row.int("attempts")?,
        tries: row.int("tries")?,
        give_up_at: read::instant(row, "give_up_at")?,
        next_at: read::optional_instant(row, "next_at")?,
    })
}

fn attempt(row: &Row) -> Result<Attempt, DbError> {
    Ok(Attempt {
        event: row.parse("event_id")?,
        number: row.int("number")?,
        url: row.text("url")?,
        status: row.optional_int("status")?,
        problem: row.optional_text("problem")?,
        at: read::instant(row, "at")?,
    })
}
