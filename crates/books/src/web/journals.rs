//! The dashboard: every journal with its balance, its proof, how fresh it is, and what somebody must look at.

use std::collections::HashMap;

use ::web::{Icon, Page, Redirect, Tone, badge, empty, heading, iban, notice, proof_badge};
use axum::extract::State;
use axum::response::Response;
use domain::{JournalId, Money, Proof, Timestamp};
use maud::{Markup, html};

use super::Shared;
use super::failure::Failure;
use super::member::Member;
use super::{keep, trouble};
use crate::statements::{self, BookStatement};
use crate::store::account::{self, Account};
use crate::store::attempt::{self, Attempt};
use crate::store::connection::{self, Connection};
use crate::store::journal::{self, Journal};
use crate::store::line;

pub(super) async fn home(_member: Member) -> Redirect {
    Redirect::to("/journals")
}

/// One card of the dashboard.
struct Card {
    journal: Journal,
    account: Option<Account>,
    connection: Option<Connection>,
    statements: Vec<BookStatement>,
    marked: i64,
}

pub(super) async fn list(State(web): State<Shared>, member: Member) -> Result<Response, Failure> {
    let company = member.company();
    let mut tx = web.books.db.read().await?;
    let accounts = account::of_company(&mut tx, company).await?;
    let connections = connection::of_company(&mut tx, company).await?;
    let marked: HashMap<JournalId, i64> = line::marked(&mut tx, company).await?.into_iter().collect();
    let unfinished = attempt::unfinished(&mut tx, company).await?;
    let mut cards = Vec::new();
    for journal in journal::of_company(&mut tx, company).await? {
        let account = accounts.iter().find(|account| Some(account.id) == journal.account).cloned();
        let connection = account.as_ref().and_then(|account| connection_of(&connections, account)).cloned();
        let statements = statements::by_month(&mut tx, &journal).await?;
        let marked = marked.get(&journal.id).copied().unwrap_or(0);
        cards.push(Card { journal, account, connection, statements, marked });
    }
    drop(tx);
    let locale = member.locale();
    let title = locale.say("books-journals");
    let actions = html! {
        @if cards.len() > 1 { a.button href="/transfers" { (Icon::Arrows) (locale.say("transfer-nav")) } }
        a.button.main href="/banks" { (Icon::Plus) (locale.say("books-add-bank")) }
    };
    let now = web.books.environment.now();
    let waiting = waiting(&accounts, &connections, &cards);
    let main = html! {
        (heading(&title, &locale.say("books-journals-lead"), actions))
        (attention(&member, &unfinished, &waiting, &connections, &accounts))
        (consents(&cards, &connections, &member, now))
        @if cards.is_empty() {
            (empty(Icon::Book, &locale.say("books-journals-empty"), &locale.say("books-journals-empty-lead"),
                html! { a.button.main href="/banks" { (locale.say("books-add-bank")) } }))
        } @else {
            div.grid { @for card in &cards { (draw(card, &member, now)) } }
        }
    };
    Ok(member.frame().show(Page::new(title, main)))
}

pub(super) fn connection_of<'a>(connections: &'a [Connection], account: &Account) -> Option<&'a Connection> {
    let same =
        |connection: &&Connection| connection.grant == account.grant && connection.institution == account.institution;
    connections.iter().find(same)
}

/// Connections with accounts that no journal has yet, and how many.
fn waiting<'a>(accounts: &[Account], connections: &'a [Connection], cards: &[Card]) -> Vec<(&'a Connection, usize)> {
    let linked = |account: &Account| cards.iter().any(|card| card.journal.account == Some(account.id));
    let count = |connection: &Connection| {
        let here = accounts.iter().filter(|account| account.listed && !linked(account));
        here.filter(|account| connection_of(connections, account).is_some_and(|own| own.id == connection.id)).count()
    };
    connections.iter().map(|connection| (connection, count(connection))).filter(|(_, count)| *count > 0).collect()
}

/// What somebody should do first.
fn attention(
    member: &Member,
    unfinished: &[Attempt],
    waiting: &[(&Connection, usize)],
    connections: &[Connection],
    accounts: &[Account],
) -> Markup {
    let locale = member.locale();
    let lost = accounts.iter().filter(|account| !account.listed && !account.loss_confirmed);
    html! {
        div.stack {
            @for attempt in unfinished {
                (notice(Tone::Care, html! {
                    p { (locale.say_with("books-unfinished", &[("bank", attempt.institution_name.as_str().into())])) }
                    div.actions {
                        a.button.small href={ "/connect?" (query(attempt)) } { (locale.say("books-unfinished-go-on")) }
                        form method="post" action="/connect/discard" {
                            input type="hidden" name="provider" value=(attempt.provider);
                            input type="hidden" name="institution" value=(attempt.institution);
                            button.small.quiet type="submit" { (locale.say("books-unfinished-discard")) }
                        }
                    }
                }))
            }
            @for (connection, count) in waiting {
                (notice(Tone::Plain, html! {
                    p { (locale.say_with("books-to-link",
                        &[("count", (*count).into()), ("bank", connection.institution_name.as_str().into())])) }
                    p { a href={ "/connections/" (connection.id) "/accounts" } { (locale.say("books-to-link-do")) } }
                }))
            }
            @for account in lost {
                @let to = connection_of(connections, account).map(|own| format!("/connections/{}/accounts", own.id));
                (keep::lost(account, to.as_deref(), member))
            }
        }
    }
}

/// Consents that end soon or have ended, each with the button that renews it.
fn consents(cards: &[Card], connections: &[Connection], member: &Member, now: Timestamp) -> Markup {
    let of = |connection: &Connection| -> Vec<(Account, Option<Journal>)> {
        let here = cards.iter().filter(|card| card.connection.as_ref().is_some_and(|own| own.id == connection.id));
        here.filter_map(|card| Some((card.account.clone()?, Some(card.journal.clone())))).collect()
    };
    html! { div.stack { @for connection in connections { (keep::notices(connection, &of(connection), member, now)) } } }
}

pub(super) fn query(attempt: &Attempt) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("provider", &attempt.provider).append_pair("institution", &attempt.institution.to_string());
    query.append_pair("purpose", attempt.purpose.as_str());
    if let Some(connection) = attempt.connection {
        query.append_pair("connection", &connection.to_string());
    }
    query.finish()
}

fn draw(card: &Card, member: &Member, now: Timestamp) -> Markup {
    let locale = member.locale();
    let newest = card.statements.last();
    let balance = newest.and_then(|statement| statement.closing).or(card.account.as_ref().and_then(|a| a.current));
    let lines: i64 = card.statements.iter().map(|statement| statement.lines).sum();
    html! {
        article.card {
            h2 { a href={ "/journals/" (card.journal.id) } { (card.journal.name) } }
            p.soft { (card.journal.code) " · " (iban(&card.journal.reference)) }
            p.figure { (balance.map_or_else(|| locale.say("books-no-balance"), |balance: Money| locale.money(balance))) }
            p.figure-note { (worst(&card.statements, member)) " "
                (locale.say_with("books-line-count", &[("count", lines.into())])) }
            @if card.marked > 0 {
                p { a href={ "/journals/" (card.journal.id) "?marked=1" } {
                    (badge(Tone::Care, &locale.say_with("books-to-review", &[("count", card.marked.into())]))) } }
            }
            p.soft { (freshness(card, member, now)) }
            @if let Some(told) = card.account.as_ref().and_then(|account| account.trouble.as_ref()) {
                @let (what, _) = trouble::sentences(told, locale);
                p { (badge(Tone::Bad, &what)) }
            }
        }
    }
}

/// The proof of all statements in one badge: the worst of them.
fn worst(statements: &[BookStatement], member: &Member) -> Markup {
    let rank = |proof: &Proof| match proof {
        Proof::Proven => 0,
        Proof::Unproven => 1,
        Proof::Broken(_) => 2,
    };
    let worst = statements.iter().map(|statement| statement.proof).max_by_key(rank);
    worst.map_or(html! {}, |proof| proof_badge(&proof, member.locale()))
}

fn freshness(card: &Card, member: &Member, now: Timestamp) -> Markup {
    let locale = member.locale();
    let Some(account) = &card.account else { return html! { (locale.say("books-not-fed")) } };
    html! {
        @match account.synchronized_at {
            Some(at) => (locale.say_with("books-as-of", &[("ago", locale.ago(now, at).into())])),
            None => (locale.say("books-never-synchronized")),
        }
        @if let Some(connection) = &card.connection {
            " · " a href={ "/connections/" (connection.id) } { (connection.institution_name) }
        }
    }
}
