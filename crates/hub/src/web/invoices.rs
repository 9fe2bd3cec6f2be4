//! The invoices of the organization as they were sent, how the open ones are paid, and the mandate that collects them.

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use domain::{Iban, InvoiceId};
use http::header;
use maud::{Markup, html};
use web::{Field, FieldErrors, Fields, Flash, Locale, Page, Redirect, Tone, badge, heading_under};

use super::stop::Stop;
use super::visit::Member;
use crate::billing::block::how_to_pay;
use crate::billing::invoice::{Invoice, Kind};
use crate::billing::settle;
use crate::people::Right;
use crate::store::debit::{self as debits, DebitMandate};
use crate::store::invoice::{self as store, Settled, StoredInvoice, Written};

const PAGE: &str = "/app/billing/invoices";

/// `GET /app/billing/invoices`.
pub async fn list(member: Member) -> Result<Response, Stop> {
    let mut tx = member.hub().db.read().await?;
    let known = store::list(&mut tx, member.id()).await?;
    let mandate = debits::mandate(&mut tx, member.id()).await?;
    let locale = member.locale();
    let title = locale.say("invoice-list");
    let billing = locale.say("billing-title");
    let main = html! {
        (heading_under(Some(("/app/billing", &billing)), &title, &locale.say("invoice-list-lead"), html! {
            a.button href="/app/billing/usage" { (locale.say("usage-link")) }
        }))
        (to_pay(&known, mandate.is_some(), locale))
        @if known.is_empty() { div.card { p.soft { (locale.say("invoice-none")) } } } @else { div.card.flush { (rows(&known, &member)) } }
        (debit(mandate.as_ref(), &member))
    };
    Ok(member.frame().show(Page::new(title, main)))
}

/// What is to be paid by hand, and how.
fn to_pay(known: &[StoredInvoice], by_debit: bool, locale: &Locale) -> Markup {
    let open: Vec<_> = known
        .iter()
        .filter(|one| one.document.kind == Kind::Invoice && one.settled.is_none() && one.collect_on.is_none())
        .filter(|one| !by_debit || one.returned_on.is_some())
        .collect();
    html! {
        @if !open.is_empty() {
            section.section {
                div.section-head { h2 { (locale.say("invoice-to-pay")) } }
                div.card.flush { ul.list { @for one in open { li { div.list-row {
                    div.grow { strong { (how_to_pay(&one.document, locale)) } small { (locale.say_with("invoice-by", &[("day", locale.date(one.document.due_on).into())])) } }
                    div.end { (total(&one.document, locale)) }
                } } } } }
            }
        }
    }
}

fn rows(known: &[StoredInvoice], member: &Member) -> Markup {
    let locale = member.locale();
    html! {
        table.cards {
            thead { tr {
                th { (locale.say("invoice-number")) }
                th { (locale.say("invoice-month")) }
                th { (locale.say("invoice-due")) }
                th { (locale.say("invoice-state")) }
                th { (locale.say("invoice-files")) }
                th.number { (locale.say("column-amount")) }
            } }
            tbody { @for one in known { tr {
                td.lead { (one.document.number) }
                td data-label=(locale.say("invoice-month")) { (locale.date(one.document.period.0)) " – " (locale.date(one.document.period.1)) }
                td data-label=(locale.say("invoice-due")) { (locale.date(one.document.due_on)) }
                td data-label=(locale.say("invoice-state")) { (state(one, member)) }
                td data-label=(locale.say("invoice-files")) { span {
                    @for (ending, words) in [("pdf", "PDF"), ("xml", "UBL")] {
                        a href={ (PAGE) "/" (one.id) "/" (ending) } aria-label={ (words) " " (one.document.number) } { (words) } " "
                    }
                } }
                td.number.figure-cell { (total(&one.document, locale)) }
            } } }
        }
    }
}

fn total(document: &Invoice, locale: &Locale) -> Markup {
    let sign = if document.kind == Kind::Credit { -1 } else { 1 };
    html! { span.amount { (locale.money(document.money(sign * document.total_minor))) } }
}

fn state(one: &StoredInvoice, member: &Member) -> Markup {
    let locale = member.locale();
    let said = |tone, key| badge(tone, &locale.say(key));
    match (one.document.kind, one.settled) {
        (Kind::Credit, Some((Settled::Paid, _))) => said(Tone::Good, "invoice-refunded"),
        (Kind::Credit, Some((Settled::Credited, _))) => said(Tone::Plain, "invoice-credit"),
        (Kind::Credit, None) => said(Tone::Care, "invoice-refund"),
        (Kind::Invoice, Some((Settled::Paid, _))) => said(Tone::Good, "invoice-paid"),
        (Kind::Invoice, Some((Settled::Credited, _))) => said(Tone::Plain, "invoice-credited"),
        (Kind::Invoice, None) if one.collect_on.is_some() => said(Tone::Plain, "invoice-collecting"),
        (Kind::Invoice, None) if one.document.due_on < member.hub().environment.today() => {
            said(Tone::Bad, "invoice-overdue")
        }
        (Kind::Invoice, None) => said(Tone::Care, "invoice-open"),
    }
}

async fn one(member: &Member, id: &str) -> Result<(String, Written), Stop> {
    let id = InvoiceId::parse(id).map_err(|_| Stop::Missing)?;
    store::get(&mut member.hub().db.read().await?, member.id(), id).await?.ok_or(Stop::Missing)
}

fn download(name: &str, kind: &str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, bytes).into_response()
}

/// `GET /app/billing/invoices/{id}/pdf`: the very file that was sent.
pub async fn pdf(member: Member, Path(id): Path<String>) -> Result<Response, Stop> {
    let (number, files) = one(&member, &id).await?;
    Ok(download(&format!("{number}.pdf"), "application/pdf", files.pdf))
}

/// `GET /app/billing/invoices/{id}/xml`: the very file that was sent.
pub async fn xml(member: Member, Path(id): Path<String>) -> Result<Response, Stop> {
    let (number, files) = one(&member, &id).await?;
    Ok(download(&format!("{number}.xml"), "application/xml", files.ubl))
}

/// The mandate for direct debits, where the operator collects.
fn debit(mandate: Option<&DebitMandate>, member: &Member) -> Markup {
    let locale = member.locale();
    let offered = member.hub().settings.billing.seller.creditor_id.is_some();
    html! {
        @if let Some(mandate) = mandate {
            section.section {
                div.section-head { h2 { (locale.say("debit-title")) } }
                form.card method="post" action="/app/billing/debit/end" {
                    p { (locale.say_with("debit-given", &[
                        ("iban", locale.iban(&mandate.iban).into()),
                        ("reference", mandate.reference.as_str().into()),
                        ("day", locale.date(mandate.signed_on).into()),
                    ])) }
                    @if member.may(Right::Manage) { div.form-end { button.danger type="submit" { (locale.say("debit-end")) } } }
                }
            }
        } @else if offered {
            section.section {
                div.section-head { h2 { (locale.say("debit-title")) } }
                div.card {
                    p { (locale.say("debit-lead")) }
                    @if member.may(Right::Manage) { p { a.button href="/app/billing/debit" { (locale.say("debit-begin")) } } }
                }
            }
        }
    }
}

/// `GET /app/billing/debit`.
pub async fn show_debit(member: Member) -> Result<Response, Stop> {
    let holder = member.organization.name.clone();
    draw_debit(&member, &Fields::from_iter([("holder", holder)]), &FieldErrors::new())
}

/// The words that a person agrees to, naming both sides.
fn consent(member: &Member) -> String {
    let seller = &member.hub().settings.billing.seller;
    let creditor = seller.creditor_id.clone().unwrap_or_default();
    let values = [("seller", seller.name.as_str().into()), ("creditor", creditor.into())];
    member.locale().say_with("debit-consent", &values)
}

fn draw_debit(member: &Member, form: &Fields, errors: &FieldErrors) -> Result<Response, Stop> {
    if member.hub().settings.billing.seller.creditor_id.is_none() {
        return Err(Stop::Missing);
    }
    let locale = member.locale();
    let title = locale.say("debit-title");
    let text = |name, label: String| Field::text(name, label).value(form.text(name)).errors(errors);
    let main = html! {
        (heading_under(Some((PAGE, &locale.say("invoice-list"))), &title, &locale.say("debit-lead"), html! {}))
        (errors.notice(locale))
        form.card method="post" action="/app/billing/debit" {
            (text("holder", locale.say("debit-holder")).complete("name").show(locale))
            (text("iban", "IBAN".to_owned()).show(locale))
            label.choice {
                input type="checkbox" name="sure" value="yes" required;
                span.choice-body { (consent(member)) @if let Some(wrong) = errors.said("sure", locale) { small { (wrong) } } }
            }
            div.form-end {
                button.main type="submit" { (locale.say("debit-give")) }
                a.button.quiet href=(PAGE) { (locale.say("cancel")) }
            }
        }
    };
    Ok(member.frame().show(Page::new(title, main).narrow()))
}

/// `POST /app/billing/debit`.
pub async fn give(member: Member, Form(form): Form<Fields>) -> Result<Response, Stop> {
    let mut errors = FieldErrors::new();
    let iban = errors.take("iban", Iban::parse(form.text("iban")).map_err(|_| "debit-iban-wrong"));
    let named = (1..=70).contains(&form.text("holder").chars().count());
    let holder = errors.take("holder", named.then(|| form.text("holder").to_owned()).ok_or("debit-holder-wrong"));
    let sure = errors.take("sure", form.has("sure").then_some(()).ok_or("debit-tick"));
    let offered = member.hub().settings.billing.seller.creditor_id.is_some();
    match errors.or(iban.zip(holder).zip(sure)) {
        Ok(((iban, holder), ())) if offered => {
            let words = consent(&member);
            settle::allow_debit(member.hub(), member.id(), &member.who.user, (&holder, &iban), &words).await?;
            let flash = Flash::good(member.locale().say("debit-saved"));
            Ok(Redirect::to(PAGE).flash(&member.visitor.cookies, &flash).into_response())
        }
        Ok(_) => Err(Stop::Missing),
        Err(errors) => draw_debit(&member, &form, &errors),
    }
}

/// `POST /app/billing/debit/end`.
pub async fn end(member: Member) -> Result<Redirect, Stop> {
    if !settle::end_debit(member.hub(), member.id(), &member.who.user).await? {
        return Err(Stop::Missing);
    }
    let flash = Flash::good(member.locale().say("debit-ended"));
    Ok(Redirect::to(PAGE).flash(&member.visitor.cookies, &flash))
}
