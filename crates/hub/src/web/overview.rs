//! The first page: what there is, and what needs a hand.

use axum::response::Response;
use domain::Proof;
use maud::{Markup, html};
use web::{Icon, Page, Tone, card_figure, heading, notice};

use super::standing::{SOON_DAYS, days_left, name};
use super::stop::Stop;
use super::visit::Member;
use super::{accounts, rows, unfinished};
use crate::people::Right;
use crate::store::account::{Account, AccountState};
use crate::store::search::Search;
use crate::store::transaction::StoredTransaction;
use crate::{integrations, people, store};

/// Transactions that the page shows.
const LATEST_ROWS: i64 = 8;

/// `GET /app`.
pub async fn show(member: Member) -> Result<Response, Stop> {
    let (hub, organization) = (member.hub(), member.id());
    let linked = member.accounts().await?;
    member.saw(&linked).await?;
    let newest_runs = accounts::latest(&member).await?;
    let live = integrations::list(hub, organization).await?;
    let latest =
        store::search::search(&mut hub.db.read().await?, organization, &Search::default(), LATEST_ROWS).await?;
    let billing_missing = people::billing_is_missing(hub, organization).await?;
    let unfinished = unfinished::notices(&member).await?;
    let locale = member.locale();
    let title = locale.say("nav-overview");
    let main = html! {
        (heading(&member.organization.name, &locale.say("overview-lead"), html! {
            @if !linked.is_empty() && member.may(Right::Operate) { a.button.main href="/app/link" { (Icon::Plus) (locale.say("account-add")) } }
        }))
        (unfinished)
        (attention(&linked, billing_missing, &member))
        @if linked.is_empty() { (accounts::none_yet(&member)) } @else {
            (figures(&linked, live.len(), &member))
            section.section {
                div.section-head { h2 { (locale.say("nav-accounts")) } a href="/app/accounts" { (locale.say("overview-all-accounts")) } }
                div.card.flush { (accounts::table(&linked[..linked.len().min(6)], &newest_runs, &member)) }
            }
            (newest(&latest, &linked, &member))
        }
    };
    Ok(member.frame().show(Page::new(title, main)))
}

fn figures(linked: &[Account], integrations: usize, member: &Member) -> Markup {
    let locale = member.locale();
    let count = |n: usize| locale.number(i64::try_from(n).unwrap_or(i64::MAX));
    let proven = linked.iter().filter(|account| account.proof() == Proof::Proven).count();
    html! {
        div.grid {
            @for sum in accounts::totals(linked) {
                (card_figure(&locale.say_with("overview-total", &[("currency", sum.currency().code().into())]), &locale.money(sum), html! { (locale.say("overview-total-note")) }))
            }
            (card_figure(&locale.say("overview-proven"), &format!("{} / {}", count(proven), count(linked.len())), html! { (locale.say("overview-proven-note")) }))
            (card_figure(&locale.say("nav-integrations"), &count(integrations), html! { a href="/app/integrations" { (locale.say("overview-integrations")) } }))
        }
    }
}

/// What needs a person, the most urgent first.
fn attention(linked: &[Account], billing_missing: bool, member: &Member) -> Markup {
    let locale = member.locale();
    let today = member.hub().environment.today();
    let expired = linked.iter().filter(|account| account.state == AccountState::Expired);
    let broken = linked.iter().filter(|account| matches!(account.proof(), Proof::Broken(_)));
    let ending = linked.iter().filter(|account| {
        account.state == AccountState::Active && days_left(account, today).is_some_and(|days| days <= SOON_DAYS)
    });
    let say = |account: &Account, key| locale.say_with(key, &[("account", name(account).into())]);
    let line = |account: &Account, tone, key| {
        notice(
            tone,
            html! { p { (say(account, key)) " " a href={ "/app/accounts/" (account.id) } { (locale.say("overview-look")) } } },
        )
    };
    html! {
        @if billing_missing {
            (notice(Tone::Care, html! { p { (locale.say("overview-billing")) " " a href="/app/billing" { (locale.say("menu-billing")) } } }))
        }
        @for account in expired { (line(account, Tone::Bad, "overview-expired")) }
        @for account in broken { (line(account, Tone::Bad, "overview-broken")) }
        @for account in ending { (line(account, Tone::Care, "overview-ending")) }
    }
}

fn newest(latest: &[StoredTransaction], linked: &[Account], member: &Member) -> Markup {
    let locale = member.locale();
    let account = |row: &StoredTransaction| linked.iter().find(|known| known.id == row.account).map_or("", name);
    html! {
        @if !latest.is_empty() {
            section.section {
                div.section-head { h2 { (locale.say("overview-newest")) } a href="/app/transactions" { (locale.say("transactions-all")) } }
                div.card.flush {
                    table.cards { (rows::head(true, locale)) tbody { @for row in latest { (rows::booked(row, Some(account(row)), locale)) } } }
                }
            }
        }
    }
}
