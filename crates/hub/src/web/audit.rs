//! The audit log of the organization.

use axum::extract::Query;
use axum::response::Response;
use maud::html;
use web::{Fields, Icon, Locale, Page, empty, heading, iban, instant, pages_below};

use super::stop::Stop;
use super::visit::Member;
use crate::audit::{Action, Entry};
use crate::store;

/// Entries on one page.
const PAGE_ROWS: usize = 100;

/// `GET /app/audit?before=`.
pub async fn show(member: Member, Query(query): Query<Fields>) -> Result<Response, Stop> {
    let before = query.text("before").parse().ok();
    let limit = i64::try_from(PAGE_ROWS + 1).expect("a page is small");
    let mut tx = member.hub().db.read().await?;
    let found = store::audit::page(&mut tx, member.id(), before.unwrap_or(i64::MAX), limit).await?;
    let shown = &found[..found.len().min(PAGE_ROWS)];
    let last = shown.last().filter(|_| found.len() > PAGE_ROWS);
    let older = last.map(|last| format!("/app/audit?before={}", last.seq));
    let newest = before.map(|_| "/app/audit");
    let locale = member.locale();
    let title = locale.say("audit-title");
    let main = html! {
        (heading(&title, &locale.say("audit-lead"), html! {}))
        @if shown.is_empty() {
            (empty(Icon::Search, "", &locale.say("audit-none"), html! {}))
        } @else {
            div.card.flush {
                table.cards {
                    thead { tr {
                        th { (locale.say("audit-when")) }
                        th { (locale.say("audit-who")) }
                        th { (locale.say("audit-what")) }
                        th { (locale.say("audit-subject")) }
                    } }
                    tbody { @for entry in shown { tr {
                        td.tight { (instant(entry.at, locale)) }
                        td.lead { (entry.actor_name) }
                        td data-label=(locale.say("audit-what")) { (said(entry, locale)) }
                        td data-label=(locale.say("audit-subject")) { (iban(&entry.subject)) }
                    } } }
                }
                (pages_below(newest, older.as_deref(), locale))
            }
        }
    };
    Ok(member.frame().show(Page::new(title, main)))
}

fn said(entry: &Entry, locale: &Locale) -> String {
    let known = Action::ALL.into_iter().find(|action| action.code() == entry.action);
    match known {
        None => entry.action.clone(),
        Some(Action::Saw) => locale.say("audit-saw"),
        Some(Action::Linked) => locale.say("audit-linked"),
        Some(Action::Unlinked) => locale.say("audit-unlinked"),
        Some(Action::Shared) => locale.say("audit-shared"),
        Some(Action::Revoked) => locale.say("audit-revoked"),
        Some(Action::SecretRenewed) => locale.say("audit-secret-renewed"),
        Some(Action::Invited) => locale.say("audit-invited"),
        Some(Action::Joined) => locale.say("audit-joined"),
        Some(Action::RoleChanged) => locale.say("audit-role-changed"),
        Some(Action::Left) => locale.say("audit-left"),
        Some(Action::MandateGiven) => locale.say("audit-mandate-given"),
        Some(Action::MandateEnded) => locale.say("audit-mandate-ended"),
        Some(Action::Described) => locale.say("audit-described"),
        Some(Action::Exported) => locale.say("audit-exported"),
        Some(Action::Downloaded) => locale.say("audit-downloaded"),
        Some(Action::Renewed) => locale.say("audit-renewed"),
        Some(Action::Uploaded) => locale.say("audit-uploaded"),
        Some(Action::UploadUndone) => locale.say("audit-upload-undone"),
        Some(Action::Invoiced) => locale.say("audit-invoiced"),
        Some(Action::Credited) => locale.say("audit-credited"),
        Some(Action::Paid) => locale.say("audit-paid"),
        Some(Action::DebitReturned) => locale.say("audit-debit-returned"),
        Some(Action::DebitAllowed) => locale.say("audit-debit-allowed"),
        Some(Action::DebitEnded) => locale.say("audit-debit-ended"),
        Some(Action::Blocked) => locale.say("audit-blocked"),
        Some(Action::Unblocked) => locale.say("audit-unblocked"),
    }
}
