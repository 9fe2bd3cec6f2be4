//! What happened to lines since they came, step by step.

use db::{DbError, Tx, rows};
use domain::{CompanyId, LineId};
use serde_json::{Value, json};

/// One step in the life of a line, with what stood before.
#[derive(Debug, Clone)]
pub struct Event {
    /// The line.
    pub line: LineId,
    /// `updated`, `removed`, `restored`, `recognised` or `contradicted`.
    pub action: &'static str,
    /// Why.
    pub reason: Option<String>,
    /// The raw text, the provider's id and the state before, as JSON, so that the step can be undone.
    pub before: String,
}

/// Keeps what happened to lines.
pub async fn note_events(tx: &mut Tx, company: CompanyId, events: &[Event], at_micros: i64) -> Result<(), DbError> {
    let values: Vec<Value> =
        events.iter().map(|event| json!([event.line, event.action, event.reason, event.before])).collect();
    tx.run(
        "INSERT INTO line_event (company_id, line_id, at, action, reason, before) \
         SELECT $2, r.value->>0, $3, r.value->>1, r.value->>2, r.value->>3 FROM json_each($1) AS r WHERE true \
         ON CONFLICT DO NOTHING",
        &[rows(&values), company.to_string().into(), at_micros.into()],
    )
    .await
    .map(|_| ())
}
