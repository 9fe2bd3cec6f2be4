//! Everything that the hub holds of an organization as one ZIP archive, written while it is sent: never more than a page
//! of rows, a month of an account or one stored answer is held in memory.

use std::time::Duration;

use bytes::Bytes;
use db::{DbError, Tx};
use domain::{Date, OrganizationId, ToSpan};
use http_body_util::channel::{Channel, Sender};
use serde_json::{Map, Value, json};
use tokio::sync::OwnedSemaphorePermit;

use super::owned::{TABLES, Table};
use super::zip::Zip;
use crate::store::account::{self, Account};
use crate::store::{invoice, membership};
use crate::{Hub, SharedHub, export};

/// Rows on one page.
const PAGE_ROWS: i64 = 1000;
/// Parts that wait for the reader.
const WAITING: usize = 4;
/// A reader that takes nothing for so long is gone; it must not hold the database's view for ever.
const PATIENCE: Duration = Duration::from_secs(60);
/// Nor one that takes little at a time.
const LONGEST: Duration = Duration::from_secs(30 * 60);

/// The columns that are true or false.
const TRUTHS: [&str; 3] = ["attended", "details_updated", "withdrawn"];

const README: &str = "\
Everything that this hub holds of an organization.

tables/NAME/     every table, in pages of JSON: lists of rows, every value as text. Instants are microseconds since
                 1970 in UTC, amounts are in the smallest unit of their currency (cents of the euro).
people.json      who works for the organization, and in which role.
statements/      the booked transactions of each account, a file a month: CSV, and camt.053, which accounting software
                 reads. A month whose balances the bank did not tell cannot be written as camt.053; unwritten.txt says
                 which, and why.
invoices/        invoices and credit notes as they were sent, PDF and UBL.
answers/         what the banks answered, byte for byte; tables/raw_answers says when and to what.

What is not here: passwords, tokens, the banks' consents and other secrets, and what only drives the hub's work.
";

/// Why an archive was not written to its end. Its reader sees a download that failed.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The reader went away.
    #[error("the reader of the archive went away")]
    Gone,
    /// The reader took too long for the whole of it.
    #[error("the archive was not read within its time")]
    Slow,
    /// The database.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// The turn to write an archive.
pub struct Turn(OwnedSemaphorePermit);

/// Takes the turn to write an archive; `None` while another is being written.
pub fn turn(hub: &Hub) -> Option<Turn> {
    hub.archives.clone().try_acquire_owned().ok().map(Turn)
}

/// The archive as the body of an answer.
pub fn stream(hub: SharedHub, organization: OrganizationId, turn: Turn) -> Channel<Bytes, std::io::Error> {
    let (sender, body) = Channel::new(WAITING);
    tokio::spawn(async move {
        let Turn(_held) = turn;
        let mut out = Out { sender, zip: Zip::default() };
        let written = tokio::time::timeout(LONGEST, write(&hub, organization, &mut out)).await;
        match written.unwrap_or(Err(ArchiveError::Slow)) {
            Ok(()) => {
                let end = std::mem::take(&mut out.zip).finish();
                if out.send(end).await.is_err() {
                    tracing::info!(%organization, "an archive was not read to its end");
                }
            }
            Err(error) => {
                tracing::warn!(%organization, "an archive was not finished: {error}");
                out.sender.abort(std::io::Error::other(error.to_string()));
            }
        }
    });
    body
}

struct Out {
    sender: Sender<Bytes, std::io::Error>,
    zip: Zip,
}

impl Out {
    async fn send(&mut self, bytes: Vec<u8>) -> Result<(), ArchiveError> {
        if bytes.is_empty() {
            return Ok(());
        }
        match tokio::time::timeout(PATIENCE, self.sender.send_data(bytes.into())).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(ArchiveError::Gone),
        }
    }

    async fn add(&mut self, name: &str, content: Vec<u8>) -> Result<(), ArchiveError> {
        let head = self.zip.head(name, &content);
        self.send(head).await?;
        self.send(content).await
    }
}

async fn write(hub: &SharedHub, organization: OrganizationId, out: &mut Out) -> Result<(), ArchiveError> {
    let mut tx = hub.db.read().await?;
    out.add("README.txt", README.as_bytes().to_vec()).await?;
    let people: Vec<Value> = membership::list(&mut tx, organization)
        .await?
        .iter()
        .map(|person| json!({ "email": person.email, "role": person.role.code(), "since": person.since.to_string() }))
        .collect();
    out.add("people.json", pretty(&Value::Array(people))).await?;
    for table in TABLES.iter().filter(|table| !table.columns.is_empty()) {
        rows(&mut tx, organization, table, out).await?;
    }
    let mut unwritten = String::new();
    for known in account::list(&mut tx, organization).await? {
        statements(&mut tx, &known, out, &mut unwritten).await?;
    }
    if !unwritten.is_empty() {
        out.add("statements/unwritten.txt", unwritten.into_bytes()).await?;
    }
    for stored in invoice::list(&mut tx, organization).await? {
        if let Some((number, files)) = invoice::get(&mut tx, organization, stored.id).await? {
            out.add(&format!("invoices/{number}.pdf"), files.pdf).await?;
            out.add(&format!("invoices/{number}.xml"), files.ubl).await?;
        }
    }
    answers(&mut tx, organization, out).await
}

fn pretty(value: &Value) -> Vec<u8> {
    serde_json::to_vec_pretty(value).expect("a JSON value can be written")
}

/// A value as it stands in an archive, whichever database it comes from: SQLite tells truths as numbers.
fn told(column: &str, value: String) -> String {
    match value.as_str() {
        "1" if TRUTHS.contains(&column) => "true".to_owned(),
        "0" if TRUTHS.contains(&column) => "false".to_owned(),
        _ => value,
    }
}

async fn rows(tx: &mut Tx, organization: OrganizationId, table: &Table, out: &mut Out) -> Result<(), ArchiveError> {
    for page in 0.. {
        let args = [organization.to_string().into(), PAGE_ROWS.into(), (page * PAGE_ROWS).into()];
        let found = tx.all(table.read, &args).await?;
        if found.is_empty() {
            break;
        }
        let mut list = Vec::with_capacity(found.len());
        for row in &found {
            let mut object = Map::new();
            for column in table.columns {
                let value = row.optional_text(column)?.map(|value| told(column, value));
                object.insert((*column).to_owned(), value.map_or(Value::Null, Value::String));
            }
            list.push(Value::Object(object));
        }
        out.add(&format!("tables/{}/{:05}.json", table.name, page + 1), pretty(&Value::Array(list))).await?;
    }
    Ok(())
}

/// An account's history, a file a month and form.
async fn statements(tx: &mut Tx, known: &Account, out: &mut Out, unwritten: &mut String) -> Result<(), ArchiveError> {
    let sql = "SELECT MIN(booked_on) AS first_on, MAX(booked_on) AS last_on FROM transactions \
         WHERE organization_id = $1 AND account_id = $2";
    let span = tx.one(sql, &[known.organization.to_string().into(), known.id.to_string().into()]).await?;
    let span: Option<(Date, Date)> = span.optional_parse("first_on")?.zip(span.optional_parse("last_on")?);
    let Some((first, last)) = span else { return Ok(()) };
    let folder = format!("statements/{}-{}-{}", plain(&known.reference), known.currency.code(), known.id);
    let mut from = first.first_of_month();
    while from <= last {
        let statement = export::statement(tx, known, None, (from, from.last_of_month())).await?;
        let name = format!("{folder}/{:04}-{:02}", from.year(), from.month());
        if !statement.entries.is_empty() {
            for (format, ending) in [("csv", "csv"), ("camt053", "xml")] {
                match export::written(&statement, format) {
                    Some(Ok(bytes)) => out.add(&format!("{name}.{ending}"), bytes).await?,
                    Some(Err(problem)) => unwritten.push_str(&format!("{name}.{ending}: {problem}\n")),
                    None => {}
                }
            }
        }
        let Ok(next) = from.checked_add(1.month()) else { break };
        from = next;
    }
    Ok(())
}

/// A text as part of a file's name.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).take(40).collect()
}

/// What the banks answered, one after the other.
async fn answers(tx: &mut Tx, organization: OrganizationId, out: &mut Out) -> Result<(), ArchiveError> {
    for (ids, body, folder) in [
        (
            "SELECT id FROM raw_answers WHERE organization_id = $1 AND id > $2 ORDER BY id LIMIT $3",
            "SELECT body FROM raw_answers WHERE organization_id = $1 AND id = $2",
            "answers",
        ),
        (
            "SELECT id FROM account_lists WHERE organization_id = $1 AND id > $2 ORDER BY id LIMIT $3",
            "SELECT body FROM account_lists WHERE organization_id = $1 AND id = $2",
            "answers/lists-of-accounts",
        ),
    ] {
        let mut after = String::new();
        loop {
            let found = tx.all(ids, &[organization.to_string().into(), (&after).into(), PAGE_ROWS.into()]).await?;
            let Some(last) = found.last() else { break };
            after = last.text("id")?;
            for row in &found {
                let id = row.text("id")?;
                let stored = tx.optional(body, &[organization.to_string().into(), (&id).into()]).await?;
                if let Some(stored) = stored {
                    out.add(&format!("{folder}/{id}"), stored.blob("body")?).await?;
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{TRUTHS, told};
    use crate::privacy::TABLES;

    #[test]
    fn truths_are_told_alike_by_both_databases() {
        for (sqlite, postgres) in [("1", "true"), ("0", "false")] {
            assert_eq!(told("attended", sqlite.to_owned()), told("attended", postgres.to_owned()));
        }
        assert_eq!(told("pages", "1".to_owned()), "1");
        // Every such column of the schema is known, unless it is not exported.
        for migration in crate::store::schema::MIGRATIONS {
            for line in migration.sql.lines().filter(|line| line.contains(" BOOLEAN")) {
                let words: Vec<&str> = line.split_whitespace().collect();
                let place = words.iter().position(|word| *word == "BOOLEAN").unwrap();
                let column = words[place - 1];
                let exported = TABLES.iter().any(|table| table.columns.contains(&column));
                assert!(!exported || TRUTHS.contains(&column), "{column}");
            }
        }
    }
}
