//! One journal: its statements with their proofs, what the bank has announced, and its lines with search.

use ::web::{Field, Fields, Icon, Page, Redirect, Tone, amount, badge, heading_under, iban, pages_below, proof_badge};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use domain::{AccountId, Date, JournalId, Money};
use maud::{Markup, html};

use super::Shared;
use super::failure::Failure;
use super::member::Member;
use crate::statements::{self, BookStatement};
use crate::store::journal::{self, Journal, Period};
use crate::store::line::{self, Line, LineState, SetAside};
use crate::store::pending::{self, Pending};
use crate::store::{account, connection, defect};

const ROWS: usize = 50;

pub(super) async fn find(web: &Shared, member: &Member, id: &str) -> Result<Journal, Failure> {
    let id = JournalId::parse(id).map_err(|_| Failure::NotFound)?;
    journal::find(&mut web.books.db.read().await?, member.company(), id).await?.ok_or(Failure::NotFound)
}

pub(super) async fn show(
    State(web): State<Shared>,
    member: Member,
    Path(id): Path<String>,
    Query(fields): Query<Fields>,
) -> Result<Response, Failure> {
    let journal = find(&web, &member, &id).await?;
    let query = asked(&fields);
    let limit = i64::try_from(ROWS + 1).expect("a page is small");
    let mut tx = web.books.db.read().await?;
    let mut lines = line::page(&mut tx, journal.company, journal.id, &query, limit).await?;
    let statements = statements::of_journal(&mut tx, &journal).await?;
    let (mut announced, mut defects, mut bank) = (Vec::new(), Vec::new(), None);
    if let Some(id) = journal.account {
        announced = pending::of_account(&mut tx, journal.company, id).await?;
        defects = defect::of_account(&mut tx, journal.company, id).await?;
        if let Some(account) = account::find(&mut tx, journal.company, id).await? {
            let connections = connection::of_company(&mut tx, journal.company).await?;
            bank = super::journals::connection_of(&connections, &account)
                .map(|found| (found.id, found.institution_name.clone()));
        }
    }
    let own = AccountId::parse(&journal.id.to_string()).expect("every id of ours is a UUID");
    defects.extend(defect::of_account(&mut tx, journal.company, own).await?);
    drop(tx);
    let older = (lines.len() > ROWS).then(|| {
        lines.truncate(ROWS);
        lines.last().map(|last| address(&journal, &fields, Some((last.booked_on, last.sequence))))
    });
    let newest = query.below.map(|_| address(&journal, &fields, None));
    let locale = member.locale();
    let actions = html! {
        @if let Some((connection, bank)) = &bank {
            a.button href={ "/connections/" (connection) } { (Icon::Plug) (bank) }
        }
        a.button href={ "/journals/" (journal.id) "/files" } { (Icon::Plus) (locale.say("file-title")) }
        a.button href={ "/journals/" (journal.id) "/check" } { (Icon::Search) (locale.say("check-title")) }
        a.button.quiet href={ "/journals/" (journal.id) "/settings" } { (locale.say("journal-settings")) }
    };
    let lead = format!("{} · {}", journal.code, locale.iban(&journal.reference));
    let above = Some(("/journals", locale.say("books-journals")));
    let main = html! {
        (heading_under(above.as_ref().map(|(href, words)| (*href, words.as_str())), &journal.name, &lead, actions))
        @if !defects.is_empty() {
            (::web::notice(Tone::Care, html! {
                p data-defects=(defects.len()) { (locale.say_with("books-defects", &[("count", defects.len().into())])) }
                ul { @for defect in defects.iter().take(5) { li { (defect.rule) " " code { (defect.path) } } } }
            }))
        }
        @if journal.account.is_none() {
            (::web::notice(Tone::Plain, html! { p { (locale.say("journal-not-fed")) }
                p { a href={ "/journals/" (journal.id) "/files" } { (locale.say("file-do")) } } }))
        }
        @if journal.period != Period::None { (statements_table(&journal, &statements, &member)) }
        @if !announced.is_empty() { (pending_lane(&journal, &announced, &member)) }
        section.section {
            h2 { (locale.say("books-lines")) }
            (search(&journal, &fields, &member))
            (lines_table(&journal, &lines, &member))
            (pages_below(newest.as_deref(), older.flatten().as_deref(), locale))
        }
    };
    Ok(member.frame().show(Page::new(journal.name.clone(), main)))
}

/// What the search form asked for. A date that cannot be read is no bound.
fn asked(fields: &Fields) -> line::Query {
    let below = fields.text("below").split_once('/');
    line::Query {
        words: fields.text("q").split_whitespace().take(8).map(str::to_owned).collect(),
        from: fields.text("from").parse().ok(),
        to: fields.text("to").parse().ok(),
        marked: fields.has("marked"),
        below: below.and_then(|(date, sequence)| Some((date.parse().ok()?, sequence.parse().ok()?))),
    }
}

fn address(journal: &Journal, fields: &Fields, below: Option<(Date, i64)>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for name in ["q", "from", "to", "marked"] {
        if fields.has(name) {
            query.append_pair(name, fields.text(name));
        }
    }
    if let Some((date, sequence)) = below {
        query.append_pair("below", &format!("{date}/{sequence}"));
    }
    format!("/journals/{}?{}", journal.id, query.finish())
}

fn search(journal: &Journal, fields: &Fields, member: &Member) -> Markup {
    let locale = member.locale();
    html! {
        form.search method="get" action={ "/journals/" (journal.id) } role="search" {
            div.grow { (Field::text("q", locale.say("books-search")).kind("search").value(fields.text("q")).filter().show(locale)) }
            (Field::text("from", locale.say("books-from")).kind("date").value(fields.text("from")).filter().show(locale))
            (Field::text("to", locale.say("books-to")).kind("date").value(fields.text("to")).filter().show(locale))
            @if fields.has("marked") { input type="hidden" name="marked" value="1"; }
            button type="submit" { (Icon::Search) (locale.say("books-search-do")) }
        }
    }
}

pub(super) fn statements_table(journal: &Journal, statements: &[BookStatement], member: &Member) -> Markup {
    let locale = member.locale();
    let money = |money: Option<Money>| money.map_or_else(|| "—".to_owned(), |money| locale.money(money));
    html! {
        section.section {
            h2 { (locale.say("books-statements")) }
            @if statements.is_empty() { p.soft { (locale.say("books-statements-empty")) } }
            @else {
                div.card.flush { div.table-wrap {
                    table.cards data-reference=(journal.reference) data-currency=(journal.currency) {
                    thead { tr {
                        th { (locale.say("books-month")) } th.number { (locale.say("books-opening")) }
                        th.number { (locale.say("books-lines")) } th.number { (locale.say("books-total")) }
                        th.number { (locale.say("books-closing")) } th { (locale.say("books-proof")) }
                    } }
                    tbody { @for statement in statements.iter().rev() {
                        tr data-lines=(statement.lines) data-proof=(statement.proof)
                            data-from=(statement.from) data-to=(statement.to)
                            data-opening=[statement.opening.map(|money| money.decimal())]
                            data-closing=[statement.closing.map(|money| money.decimal())] {
                            td.lead { a.row-link href={ "/journals/" (journal.id) "/statements/" (statement.period) } {
                                (locale.date(statement.from))
                                @if statement.from != statement.to { " – " (locale.date(statement.to)) } } }
                            td.number data-label=(locale.say("books-opening")) { (money(statement.opening)) }
                            td.number data-label=(locale.say("books-lines")) { (locale.number(statement.lines)) }
                            td.number data-label=(locale.say("books-total")) { (locale.movement(statement.total)) }
                            td.number data-label=(locale.say("books-closing")) { (money(statement.closing)) }
                            td { (proof_badge(&statement.proof, locale)) }
                        }
                    } }
                } } }
            }
        }
    }
}

fn pending_lane(journal: &Journal, announced: &[Pending], member: &Member) -> Markup {
    let locale = member.locale();
    html! {
        section.section {
            div.section-head { h2 { (locale.say("books-pending")) } small { (locale.say("books-pending-lead")) } }
            div.card.flush { table.cards.lane { tbody { @for pending in announced {
                tr {
                    td.tight { (pending.expected_on.map(|date| locale.date(date)).unwrap_or_default()) }
                    td.lead { (pending.partner_name.as_deref().unwrap_or(&pending.label))
                        @if let Some(account) = &pending.partner_account { span.second { (iban(account)) } } }
                    td { @if pending.partner_name.is_some() { (pending.label) } }
                    td.number.figure-cell { (amount(Money::new(pending.amount_minor, journal.currency), locale)) }
                }
            } } } }
        }
    }
}

pub(super) fn lines_table(journal: &Journal, lines: &[Line], member: &Member) -> Markup {
    let locale = member.locale();
    if lines.is_empty() {
        return html! { p.soft { (locale.say("books-lines-empty")) } };
    }
    html! {
        div.card.flush { div.table-wrap { table.cards {
            thead { tr { th { (locale.say("books-date")) } th { (locale.say("books-partner")) }
                th { (locale.say("books-label")) } th.number { (locale.say("books-amount")) } } }
            tbody { @for line in lines {
                tr {
                    td.tight { (locale.date(line.booked_on)) }
                    td.lead { a.row-link href={ "/lines/" (line.id) } { (line.text.partner_name.as_deref().unwrap_or(&line.text.label)) }
                        @if let Some(account) = &line.text.partner_account { span.second { (iban(account)) } } }
                    td { @if line.text.partner_name.is_some() { (line.text.label) } (state(line, member)) }
                    td.number.figure-cell { (amount(Money::new(line.amount_minor, journal.currency), locale)) }
                }
            } }
        } } }
    }
}

pub(super) fn state(line: &Line, member: &Member) -> Markup {
    let locale = member.locale();
    match line.set_aside {
        Some(SetAside::Duplicate) => return html! { " " (badge(Tone::Care, &locale.say("check-is-set-aside"))) },
        Some(SetAside::Undone) => return html! { " " (badge(Tone::Care, &locale.say("file-undone"))) },
        None => {}
    }
    match line.state {
        LineState::Posted => html! {},
        LineState::Review => html! { " " (badge(Tone::Care, &locale.say("books-line-review"))) },
        LineState::Removed => html! { " " (badge(Tone::Bad, &locale.say("books-line-removed"))) },
    }
}

/// Takes the account from a journal; its lines stay, and the account may feed another journal.
pub(super) async fn unlink(
    State(web): State<Shared>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let journal = find(&web, &member, &id).await?;
    let done: Result<(), db::DbError> =
        db::write!(web.books.db, tx => { journal::unlink(&mut tx, journal.company, journal.id).await });
    done?;
    let flash = ::web::Flash::good(member.locale().say("books-unlinked"));
    Ok(Redirect::to(format!("/journals/{}", journal.id)).flash(&web.cookies, &flash).into_response())
}
