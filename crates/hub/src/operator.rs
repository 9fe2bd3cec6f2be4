//! What the operator's machines ask: whether the hub lives, whether it can work, and how much it does (the text format
//! of Prometheus). These pages name no organization and no person. They belong on a port that only the operator
//! reaches; `healthz` and `readyz` may be asked anywhere.

use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use db::{DbError, Tx};
use domain::{Timestamp, ToSpan};

use crate::SharedHub;
use crate::store::{institution_figures, institution_health};

/// Requests since the start, by the class of their answer: 1xx to 5xx.
#[derive(Debug, Default)]
pub struct Answered([AtomicU64; 5]);

impl Answered {
    /// Counts an answer.
    pub(crate) fn count(&self, status: StatusCode) {
        let class = usize::from(status.as_u16() / 100).clamp(1, 5) - 1;
        self.0[class].fetch_add(1, Ordering::Relaxed);
    }
}

/// `/healthz` and `/readyz`, which tell nothing but yes or no.
pub(crate) fn health() -> Router<SharedHub> {
    Router::new().route("/healthz", get(healthz)).route("/readyz", get(readyz))
}

/// Everything for the operator's port.
pub fn router(hub: SharedHub) -> Router {
    health().route("/metrics", get(metrics)).with_state(hub)
}

/// The process answers.
async fn healthz() -> &'static str {
    "ok\n"
}

/// The database answers too.
async fn readyz(State(hub): State<SharedHub>) -> Response {
    let asked = async { hub.db.read().await?.one("SELECT COUNT(*) AS n FROM migration", &[]).await };
    match asked.await {
        Ok(_) => "ready\n".into_response(),
        Err(error) => {
            tracing::error!("the database does not answer: {error}");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response()
        }
    }
}

async fn metrics(State(hub): State<SharedHub>) -> Response {
    match gathered(&hub).await {
        Ok(text) => ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response(),
        Err(error) => {
            tracing::error!("the figures cannot be read: {error}");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response()
        }
    }
}

/// One figure: its name, what it means, and how it is counted: rows of (`label`, `n`).
const GAUGES: [(&str, &str, &str, &str); 5] = [
    (
        "passerelle_jobs",
        "Jobs that wait or run.",
        "kind",
        "SELECT kind AS label, COUNT(*) AS n FROM jobs GROUP BY kind",
    ),
    (
        "passerelle_accounts",
        "Accounts by their state.",
        "state",
        "SELECT state AS label, COUNT(*) AS n FROM accounts GROUP BY state",
    ),
    (
        "passerelle_mails",
        "Mails by their state.",
        "state",
        "SELECT state AS label, COUNT(*) AS n FROM mails GROUP BY state",
    ),
    (
        "passerelle_webhook_events",
        "Events that software is told of, by their state.",
        "state",
        "SELECT state AS label, COUNT(*) AS n FROM webhook_events GROUP BY state",
    ),
    (
        "passerelle_organizations",
        "Organizations.",
        "kind",
        "SELECT kind AS label, COUNT(*) AS n FROM organizations GROUP BY kind",
    ),
];

async fn gathered(hub: &SharedHub) -> Result<String, DbError> {
    let mut text = String::new();
    let mut tx = hub.db.read().await?;
    for (name, help, label, sql) in GAUGES {
        head(&mut text, name, help, "gauge");
        for row in tx.all(sql, &[]).await? {
            line(&mut text, &format!("{name}{{{label}=\"{}\"}}", escaped(&row.text("label")?)), row.int("n")?);
        }
    }
    lateness(&mut text, &mut tx, hub.environment.now()).await?;
    banks(&mut text, &mut tx, hub.environment.now()).await?;
    head(
        &mut text,
        "passerelle_http_requests_total",
        "Requests of this process by the class of the answer.",
        "counter",
    );
    for (index, count) in hub.answered.0.iter().enumerate() {
        let count = i64::try_from(count.load(Ordering::Relaxed)).unwrap_or(i64::MAX);
        line(&mut text, &format!("passerelle_http_requests_total{{class=\"{}xx\"}}", index + 1), count);
    }
    Ok(text)
}

/// How far the work is behind: what to be woken for.
async fn lateness(text: &mut String, tx: &mut Tx, now: Timestamp) -> Result<(), DbError> {
    let sql = "SELECT COUNT(*) AS n, COALESCE(MIN(due_at), $1) AS oldest FROM jobs \
         WHERE due_at <= $1 AND lease_until <= $1";
    let due = tx.one(sql, &[now.as_microsecond().into()]).await?;
    head(text, "passerelle_jobs_due", "Jobs that are due and that nobody has taken.", "gauge");
    line(text, "passerelle_jobs_due", due.int("n")?);
    head(text, "passerelle_jobs_oldest_due_seconds", "For how long the oldest of them has been due.", "gauge");
    line(text, "passerelle_jobs_oldest_due_seconds", (now.as_microsecond() - due.int("oldest")?) / 1_000_000);
    let late = now - 1.hours();
    let sql = "SELECT COUNT(*) AS n FROM accounts WHERE state = 'active' AND next_unattended_at < $1";
    let stale = tx.one(sql, &[late.as_microsecond().into()]).await?.int("n")?;
    let help = "Active accounts whose next synchronization is overdue by more than an hour.";
    head(text, "passerelle_accounts_overdue", help, "gauge");
    line(text, "passerelle_accounts_overdue", stale);
    Ok(())
}

/// How the banks answered in the last day, and which of them are left alone.
async fn banks(text: &mut String, tx: &mut Tx, now: Timestamp) -> Result<(), DbError> {
    let help = "Synchronizations that ended in the last 24 hours, by institution and outcome.";
    head(text, "passerelle_synchronizations_ended", help, "gauge");
    for ended in institution_figures::ended_since(tx, now - 24.hours()).await? {
        let outcome = escaped(ended.error_code.as_deref().unwrap_or("success"));
        let labels = format!("institution=\"{}\",outcome=\"{outcome}\"", ended.institution);
        line(text, &format!("passerelle_synchronizations_ended{{{labels}}}"), ended.count);
    }
    let help = "Whether an institution is left alone because it does not answer.";
    head(text, "passerelle_institution_paused", help, "gauge");
    for (institution, health) in institution_health::all(tx).await? {
        let paused = i64::from(health.is_paused(now));
        line(text, &format!("passerelle_institution_paused{{institution=\"{institution}\"}}"), paused);
    }
    Ok(())
}

fn head(text: &mut String, name: &str, help: &str, kind: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}");
}

fn line(text: &mut String, series: &str, value: i64) {
    let _ = writeln!(text, "{series} {value}");
}

fn escaped(label: &str) -> String {
    label.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}
