//! Where a transaction comes from: the answer of the bank or the file that it was read from, and what happened to it
//! since.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use domain::{AccountId, RawAnswerId};
use http::header;
use maud::{Markup, html};
use web::{Locale, instant};

use super::account::account_of;
use super::stop::Stop;
use super::visit::Member;
use crate::audit::Action;
use crate::store;
use crate::store::change::{ChangeKind, Happened};
use crate::store::file::StatementFile;
use crate::store::raw::{FILE, Source};
use crate::store::synchronization::Synchronization;
use crate::store::transaction::StoredTransaction;

/// What is known of a transaction's way here.
pub struct Origin {
    source: Option<(RawAnswerId, Source)>,
    synchronization: Option<Synchronization>,
    file: Option<StatementFile>,
    happened: Vec<Happened>,
}

/// Reads it.
pub async fn read(member: &Member, row: &StoredTransaction) -> Result<Origin, Stop> {
    let organization = member.id();
    let mut tx = member.hub().db.read().await?;
    let source = match row.raw {
        Some(id) => store::raw::source(&mut tx, organization, id).await?.map(|source| (id, source)),
        None => None,
    };
    let synchronization = match &source {
        Some((_, source)) => store::synchronization::get(&mut tx, organization, source.synchronization).await?,
        None => None,
    };
    let file = match &source {
        Some((_, source)) if source.endpoint == FILE => {
            store::file::get(&mut tx, organization, source.synchronization).await?
        }
        Some(_) | None => None,
    };
    let happened = store::change::history(&mut tx, organization, row.id).await?;
    Ok(Origin { source, synchronization, file, happened })
}

/// All of it, below the facts of the transaction.
pub fn section(account: AccountId, row: &StoredTransaction, origin: &Origin, locale: &Locale) -> Markup {
    html! {
        section.section {
            h2 { (locale.say("source-title")) }
            div.card { dl.facts {
                @match &origin.source {
                    None => { dt { (locale.say("source-answer")) } dd { (locale.say("source-erased")) } },
                    Some((id, source)) => {
                        dt { (locale.say(if source.endpoint == FILE { "source-file" } else { "source-answer" })) }
                        dd {
                            @if let Some(file) = &origin.file {
                                a href={ "/app/files/" (file.upload) } { (file.name) } " · " (file.format) " · "
                            }
                            (how(source, origin.synchronization.as_ref(), locale)) " · " (instant(source.received_at, locale))
                        }
                        dt { (locale.say("source-raw")) }
                        dd { a href={ "/app/accounts/" (account) "/raw/" (id) } { (source.content_type) " · " (locale.number(source.bytes)) " " (locale.say("source-bytes")) } }
                        dt { (locale.say("source-synchronization")) } dd { span.code { (source.synchronization) } }
                    },
                }
                dt { (locale.say("source-reason")) } dd { (row.reason) }
                dt { (locale.say("source-place")) } dd { (locale.number(row.seq)) }
                @if !origin.happened.is_empty() {
                    dt { (locale.say("source-history")) }
                    dd { @for event in &origin.happened { p { (instant(event.at, locale)) " · " (kind(event.kind, locale)) ": " (event.reason) } } }
                }
            } }
        }
    }
}

fn how(source: &Source, synchronization: Option<&Synchronization>, locale: &Locale) -> String {
    if source.endpoint == FILE {
        return locale.say("source-uploaded");
    }
    match synchronization {
        Some(run) if run.attended => locale.say("source-attended"),
        Some(_) | None => locale.say("source-unattended"),
    }
}

fn kind(kind: ChangeKind, locale: &Locale) -> String {
    match kind {
        ChangeKind::Created => locale.say("source-created"),
        ChangeKind::Updated => locale.say("source-updated"),
        ChangeKind::Removed => locale.say("source-removed"),
    }
}

/// `GET /app/accounts/{id}/raw/{raw}`: the payload as it came, for a download.
pub async fn raw(member: Member, Path((account, id)): Path<(String, String)>) -> Result<Response, Stop> {
    let account = account_of(&member, &account).await?;
    let id = RawAnswerId::parse(&id).map_err(|_| Stop::Missing)?;
    let mut tx = member.hub().db.read().await?;
    let found = store::raw::get(&mut tx, member.id(), id).await?.filter(|raw| raw.account == account.id);
    let raw = found.ok_or(Stop::Missing)?;
    drop(tx);
    member.note(Action::Downloaded, &account.reference).await?;
    // Never shown as what it claims to be: a payload is somebody else's text.
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{id}.txt\"")),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    Ok((headers, raw.body).into_response())
}
