//! One account: its balance and proof, its transactions, its permission, and what can be done with it.

use axum::Form;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use domain::{AccountId, BalanceKind, Date, Money, Timestamp, ToSpan, TransactionId};
use maud::{Markup, html};
use web::{
    Fields, Flash, Icon, Page, Redirect, Tone, card_figure, heading_under, iban, instant, line_chart, notice,
    pages_below, proof_badge,
};

use super::bank::{named_institution, unstable_badge};
use super::freshness::{self, Freshness};
use super::progress::{failure, is_going_on, latest, state};
use super::rows;
use super::standing::{self, days_left, name, remaining};
use super::stop::Stop;
use super::visit::Member;
use crate::audit::Action;
use crate::link;
use crate::people::Right;
use crate::store;
use crate::store::account::{Account, AccountState};
use crate::store::defect::StoredDefect;
use crate::store::pending::StoredPending;
use crate::store::synchronization::{Status, Subtype, Synchronization};
use crate::store::transaction::{Cursor, Page as Rows, StoredTransaction};
use crate::store::transaction_list::Filter;
use crate::sync::{self, SyncRefused};

/// Transactions on one page.
const PAGE_ROWS: i64 = 50;
/// Days of the chart of balances.
const CHART_DAYS: i64 = 180;
/// What a person means by synchronizing.
const SUBTYPE: Subtype = Subtype::AccountTransactionsWithUnsettled;

/// All that the page shows, read at once.
struct View {
    account: Account,
    latest: Option<Synchronization>,
    next_allowed: Option<Timestamp>,
    pending: Vec<StoredPending>,
    rows: Rows<StoredTransaction>,
    first_page: bool,
    balances: Vec<(Date, Money)>,
    defects: Vec<StoredDefect>,
    freshness: Freshness,
}

/// `GET /app/accounts/{id}?after=<transaction>`.
pub async fn show(member: Member, Path(id): Path<String>, Query(query): Query<Fields>) -> Result<Response, Stop> {
    let account = account_of(&member, &id).await?;
    let view = read(&member, account, &query).await?;
    let locale = member.locale();
    let going_on = view.latest.as_ref().is_some_and(is_going_on);
    let (_, bank) = named_institution(&member, view.account.institution);
    let main = html! {
        (heading_under(Some(("/app/accounts", &locale.say("nav-accounts"))), name(&view.account), &format!("{bank} · {}", locale.iban(&view.account.reference)), actions(&view, &member)))
        (about_bank(&view.account, &member))
        (warnings(&view, &member))
        (part_of(&view.account, view.latest.as_ref(), &member))
        @if view.first_page {
            (figures(&view, &member))
            (chart(&view, &member))
            (freshness::facts(&view.account, &view.freshness, locale))
            (defects(&view.defects, &member))
            (pending(&view.pending, &member))
        }
        (transactions(&view, &member))
        @if view.first_page { (facts(&view.account, &member)) }
    };
    let page = Page::new(name(&view.account), main);
    Ok(member.frame().show(if going_on { page.refresh(3) } else { page }))
}

/// What to know of a bank that is not stable, and where to say that something is wrong with it.
fn about_bank(account: &Account, member: &Member) -> Markup {
    html! {
        p.soft {
            (unstable_badge(member, account.institution)) " "
            @if member.may(Right::Operate) && member.hub().institution(account.institution).is_some() {
                a href={ "/app/institutions/" (account.institution) "/report" } { (member.locale().say("report-do")) }
            }
        }
    }
}

/// A linked account of the organization at work, which the person sees by this.
pub(super) async fn account_of(member: &Member, id: &str) -> Result<Account, Stop> {
    let id = AccountId::parse(id).map_err(|_| Stop::Missing)?;
    let found = store::account::get(&mut member.hub().db.read().await?, member.id(), id).await?;
    let account = found.ok_or(Stop::Missing)?;
    member.saw([&account]).await?;
    Ok(account)
}

async fn read(member: &Member, account: Account, query: &Fields) -> Result<View, Stop> {
    let (hub, organization) = (member.hub(), member.id());
    let today = hub.environment.today();
    let after = query.text("after");
    let cursor = match TransactionId::parse(after) {
        Ok(id) => Cursor::After(id),
        Err(_) if after.is_empty() => Cursor::Newest,
        Err(_) => return Err(Stop::Missing),
    };
    let mut tx = hub.db.read().await?;
    let latest = latest(&mut tx, &account).await?;
    let next_allowed = sync::next_allowed(hub, &mut tx, organization, account.id, SUBTYPE).await?;
    let pending = store::pending::list(&mut tx, organization, account.id).await?;
    let rows =
        store::transaction_list::page(&mut tx, organization, account.id, Filter::default(), cursor, PAGE_ROWS).await?;
    let from = today.saturating_add((-CHART_DAYS).days());
    let told = store::balance::newest(&mut tx, organization, account.id, account.currency, from, today).await?;
    let closing = told.iter().filter(|balance| balance.kind == BalanceKind::ClosingBooked);
    let mut balances: Vec<(Date, Money)> = closing.map(|balance| (balance.on, balance.amount)).collect();
    balances.sort_by_key(|(on, _)| *on);
    let defects = store::defect::list(&mut tx, organization, account.id).await?;
    drop(tx);
    let freshness = freshness::read(member, &account, latest.clone(), next_allowed).await?;
    let first_page = cursor == Cursor::Newest;
    Ok(View { freshness, account, latest, next_allowed, pending, rows, first_page, balances, defects })
}

fn actions(view: &View, member: &Member) -> Markup {
    let locale = member.locale();
    let base = format!("/app/accounts/{}", view.account.id);
    let wait = view.next_allowed.is_some() || view.latest.as_ref().is_some_and(is_going_on);
    html! {
        @if !member.may(Right::Operate) {
        } @else if view.account.is_fed_by_files() {
            a.button.main href="/app/files" { (Icon::Plus) (locale.say("files-upload-here")) }
        } @else if view.account.state == AccountState::Active {
            form method="post" action={ (base) "/renew" } { button type="submit" { (Icon::Key) (locale.say("account-renew")) } }
            form method="post" action={ (base) "/synchronize" } {
                button.main type="submit" disabled[wait] { (Icon::Refresh) (locale.say("account-synchronize")) }
            }
        } @else {
            form method="post" action={ (base) "/renew" } { button.main type="submit" { (Icon::Key) (locale.say("account-renew")) } }
        }
    }
}

fn warnings(view: &View, member: &Member) -> Markup {
    let locale = member.locale();
    let days = days_left(&view.account, member.hub().environment.today());
    let soon =
        view.account.state == AccountState::Active && days.is_some_and(|days| days <= super::standing::SOON_DAYS);
    let failed = view.latest.as_ref().filter(|latest| latest.status == Status::Error);
    html! {
        @if view.account.state == AccountState::Expired {
            (notice(Tone::Bad, html! { p { strong { (locale.say("account-expired-title")) } } p { (locale.say("account-expired-do")) } }))
        } @else if soon {
            (notice(Tone::Care, html! { p { (locale.say_with("account-expires-soon", &[("days", i64::from(days.unwrap_or(0).max(0)).into())])) } }))
        } @else if let Some(latest) = failed {
            (notice(Tone::Bad, html! { p { (failure(latest, locale)) } p.soft { (instant(latest.updated_at, locale)) } }))
        }
    }
}

/// `GET /app/accounts/{id}/part`: the progress of a synchronization, until it is over and the page is loaded anew.
pub async fn part(member: Member, Path(id): Path<String>) -> Result<Markup, Stop> {
    let account = account_of(&member, &id).await?;
    let latest = latest(&mut member.hub().db.read().await?, &account).await?;
    Ok(match latest {
        Some(latest) if is_going_on(&latest) => part_of(&account, Some(&latest), &member),
        Some(_) | None => {
            html! { div data-go={ "/app/accounts/" (account.id) } { (member.locale().say("sync-done")) } }
        }
    })
}

fn part_of(account: &Account, latest: Option<&Synchronization>, member: &Member) -> Markup {
    html! {
        @if let Some(latest) = latest.filter(|latest| is_going_on(latest)) {
            div.card data-refresh={ "/app/accounts/" (account.id) "/part" } data-every="1" { (state(account, latest, member.locale())) }
        }
    }
}

fn figures(view: &View, member: &Member) -> Markup {
    let (account, locale) = (&view.account, member.locale());
    let (now, today) = (member.hub().environment.now(), member.hub().environment.today());
    let closing = account.closing.map_or_else(|| locale.say("account-no-balance"), |(_, money)| locale.money(money));
    let count = locale.say_with("account-count", &[("count", account.booked_count.into())]);
    html! {
        div.grid {
            (card_figure(&locale.say("column-balance"), &closing, html! {
                a href={ "/app/accounts/" (account.id) "/proof" } { (proof_badge(&account.proof(), locale)) }
                @if let Some((day, _)) = account.closing { " " (locale.date(day)) }
            }))
            (card_figure(&locale.say("column-synchronized"), &standing::freshness(account, now, locale), html! {
                @if let Some(next) = view.next_allowed { (locale.say("account-next-allowed")) " " (instant(next, locale)) }
                @else if let Some(next) = account.next_unattended_at { (locale.say("account-next-by-itself")) " " (instant(next, locale)) }
            }))
            (card_figure(&locale.say("column-transactions"), &locale.number(account.booked_count), html! { (count) }))
            @if let Some(until) = account.expires_on {
                @let early = account.state == AccountState::Expired && until > today;
                @let day = if early { locale.say("account-ended-early") } else { locale.date(until) };
                (card_figure(&locale.say("column-permission"), &day, remaining(account, today, locale)))
            }
        }
    }
}

fn chart(view: &View, member: &Member) -> Markup {
    let locale = member.locale();
    html! {
        @if view.balances.len() > 1 {
            section.section {
                div.section-head { h2 { (locale.say("account-chart")) } small { (locale.say("account-chart-told")) } }
                div.card { (line_chart(&view.balances, &locale.say("account-chart"), locale)) }
            }
        }
    }
}

fn pending(lane: &[StoredPending], member: &Member) -> Markup {
    let locale = member.locale();
    html! {
        @if !lane.is_empty() {
            section.section {
                div.section-head { h2 { (locale.say("account-pending")) } small { (locale.say("account-pending-what")) } }
                div.card.flush.lane { table.cards { (rows::head(false, locale)) tbody { @for row in lane { (rows::pending(row, None, locale)) } } } }
            }
        }
    }
}

fn transactions(view: &View, member: &Member) -> Markup {
    let locale = member.locale();
    let base = format!("/app/accounts/{}", view.account.id);
    let older = view.rows.rows.last().filter(|_| view.rows.has_older).map(|last| format!("{base}?after={}", last.id));
    let newest = (!view.first_page).then_some(base.as_str());
    html! {
        section.section {
            div.section-head {
                h2 { (locale.say("nav-transactions")) }
                span.pair {
                    a href={ "/app/transactions?account=" (view.account.id) } { (locale.say("account-search")) }
                    a href={ (base) "/export" } { (locale.say("export-title")) }
                }
            }
            @if view.rows.rows.is_empty() {
                div.card { p.soft { (locale.say("account-no-transactions")) } }
            } @else {
                div.card.flush {
                    table.cards { (rows::head(false, locale)) tbody { @for row in &view.rows.rows { (rows::booked(row, None, locale)) } } }
                    (pages_below(newest, older.as_deref(), locale))
                }
            }
        }
    }
}

fn defects(defects: &[StoredDefect], member: &Member) -> Markup {
    let locale = member.locale();
    html! {
        @if !defects.is_empty() {
            section.section data-defects=(defects.len()) {
                div.section-head { h2 { (locale.say("account-defects")) } small { (locale.say("account-defects-what")) } }
                div.card.flush {
                    ul.list {
                        @for kept in defects {
                            li { div.list-row { div.grow {
                                strong { (kept.defect.rule) }
                                small { code { (kept.defect.path) } ": " code { (kept.defect.value) } " · " (instant(kept.seen_at, locale)) }
                            } } }
                        }
                    }
                }
            }
        }
    }
}

fn facts(account: &Account, member: &Member) -> Markup {
    let locale = member.locale();
    html! {
        section.section {
            h2 { (locale.say("account-facts")) }
            div.card {
                dl.facts {
                    dt { (locale.say("account-reference")) } dd { (iban(&account.reference)) }
                    dt { (locale.say("account-currency")) } dd { (account.currency.code()) }
                    @if let Some(holder) = &account.holder_name { dt { (locale.say("account-holder")) } dd { (holder) } }
                    @if let Some(product) = &account.product { dt { (locale.say("account-product")) } dd { (product) } }
                    dt { (locale.say("account-linked")) } dd { (instant(account.linked_at, locale)) }
                    @if let Some((day, money)) = account.opening {
                        dt { (locale.say("account-opening")) } dd { (locale.money(money)) " · " (locale.date(day)) }
                    }
                }
                @if member.may(Right::Manage) {
                    div.form-end { a.button.danger href={ "/app/accounts/" (account.id) "/unlink" } { (locale.say("account-unlink")) } }
                }
            }
        }
    }
}

/// `POST /app/accounts/{id}/synchronize`.
pub async fn synchronize(member: Member, Path(id): Path<String>) -> Result<Redirect, Stop> {
    let id = AccountId::parse(&id).map_err(|_| Stop::Missing)?;
    let back = Redirect::to(format!("/app/accounts/{id}"));
    let locale = member.locale();
    let words = match sync::request(member.hub(), member.id(), id, SUBTYPE, Some(member.visitor.psu_ip)).await {
        Ok(_) => return Ok(back),
        Err(SyncRefused::UnknownAccount) => return Err(Stop::Missing),
        Err(SyncRefused::Database(error)) => return Err(error.into()),
        Err(SyncRefused::Blocked) => locale.say("blocked-do"),
        Err(SyncRefused::AuthorizationEnded) => locale.say("account-expired-do"),
        Err(SyncRefused::RecentlySynchronized { next_allowed_at }) => {
            locale.say_with("sync-too-soon", &[("next", locale.instant(next_allowed_at).into())])
        }
        Err(SyncRefused::QuotaUsedUp { next_allowed_at }) => {
            locale.say_with("sync-quota", &[("next", locale.instant(next_allowed_at).into())])
        }
    };
    Ok(back.flash(&member.visitor.cookies, &Flash::care(words)))
}

/// `GET /app/accounts/{id}/unlink`: what unlinking means.
pub async fn confirm_unlink(member: Member, Path(id): Path<String>) -> Result<Response, Stop> {
    let account = account_of(&member, &id).await?;
    Ok(draw_unlink(&member, &account, false))
}

/// `POST /app/accounts/{id}/unlink`.
pub async fn unlink(member: Member, Path(id): Path<String>, Form(form): Form<Fields>) -> Result<Response, Stop> {
    let account = account_of(&member, &id).await?;
    if !form.has("sure") {
        return Ok(draw_unlink(&member, &account, true));
    }
    link::unlink(member.hub(), member.id(), account.id).await?;
    member.note(Action::Unlinked, &account.reference).await?;
    let words = member.locale().say_with("unlink-done", &[("account", name(&account).into())]);
    Ok(Redirect::to("/app/accounts").flash(&member.visitor.cookies, &Flash::good(words)).into_response())
}

fn draw_unlink(member: &Member, account: &Account, unsure: bool) -> Response {
    let locale = member.locale();
    let title = locale.say_with("unlink-title", &[("account", name(account).into())]);
    let count = [("count", account.booked_count.into())];
    let back = format!("/app/accounts/{}", account.id);
    let main = html! {
        (heading_under(Some((&back, name(account))), &title, &locale.iban(&account.reference), html! {}))
        (notice(Tone::Bad, html! {
            p { strong { (locale.say_with("unlink-erases", &count)) } }
            p { (locale.say("unlink-software")) }
        }))
        p { (locale.say("export-before-unlink")) " " a href={ (back) "/export" } { (locale.say("export-title")) } }
        form.card method="post" action={ (back) "/unlink" } {
            label.choice {
                input type="checkbox" name="sure" value="yes" required aria-describedby="unsure";
                span.choice-body { (locale.say("unlink-sure")) @if unsure { small #unsure { (locale.say("unlink-tick")) } } }
            }
            div.form-end {
                button.danger.sure type="submit" { (locale.say("account-unlink")) }
                a.button.quiet href=(back) { (locale.say("cancel")) }
            }
        }
    };
    member.frame().show(Page::new(title, main).narrow())
}
