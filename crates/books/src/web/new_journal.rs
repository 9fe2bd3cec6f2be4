//! A journal for a bank that nobody reaches: its lines come from statement files.

use ::web::{Field, FieldErrors, Fields, Flash, Page, Redirect, heading_under};
use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use domain::{Bic, Currency, Iban, JournalId};
use maud::html;

use super::Shared;
use super::failure::Failure;
use super::member::Member;
use crate::store::journal::{self, Journal};

pub(super) async fn form(member: Member, Query(fields): Query<Fields>) -> Response {
    page(&member, &fields, &FieldErrors::new())
}

fn page(member: &Member, fields: &Fields, errors: &FieldErrors) -> Response {
    let locale = member.locale();
    let title = locale.say("journal-new");
    let above = locale.say("books-banks");
    let currency = Some(fields.text("currency")).filter(|text| !text.is_empty()).unwrap_or("EUR");
    let main = html! {
        (heading_under(Some(("/banks", &above)), &title, &locale.say("journal-new-lead"), html! {}))
        (errors.notice(locale))
        form.card method="post" action="/journals/new" {
            (Field::text("bank", locale.say("journal-bank")).value(fields.text("bank")).errors(errors).focus().show(locale))
            (Field::text("reference", locale.say("journal-reference")).value(fields.text("reference"))
                .hint(locale.say("journal-reference-hint")).errors(errors).show(locale))
            div.fields {
                (Field::text("currency", locale.say("journal-currency")).value(currency).errors(errors).show(locale))
                (Field::text("bic", "BIC").value(fields.text("bic")).optional().errors(errors).show(locale))
            }
            div.form-end {
                button.main type="submit" { (locale.say("journal-new-do")) }
                a.button.quiet href="/banks" { (locale.say("books-cancel")) }
            }
        }
    };
    member.frame().show(Page::new(title, main).narrow())
}

/// The valid journal of a form.
fn parse(fields: &Fields, member: &Member, id: JournalId) -> Result<Journal, FieldErrors> {
    let mut errors = FieldErrors::new();
    let bank =
        errors.take("bank", if fields.has("bank") { Ok(fields.text("bank")) } else { Err("journal-bank-missing") });
    let reference = errors.take("reference", reference(fields.text("reference")));
    let currency = Currency::parse(&fields.text("currency").to_uppercase()).map_err(|_| "journal-currency-wrong");
    let currency = errors.take("currency", currency);
    let bic = match fields.text("bic") {
        "" => Some(None),
        text => errors.take("bic", Bic::parse(text).map(Some).map_err(|_| "journal-bic-wrong")),
    };
    let valid = bank.zip(reference).zip(currency).zip(bic).map(|(((bank, reference), currency), bic)| Journal {
        bank: Some(bank.to_owned()),
        bic: bic.map(|bic| bic.as_str().to_owned()),
        ..Journal::new(member.company(), id, bank, &reference, currency)
    });
    errors.or(valid)
}

/// An IBAN that looks like one must be one; any other number is taken as it is written.
fn reference(text: &str) -> Result<String, &'static str> {
    let bare = journal::bare(text);
    if bare.is_empty() {
        return Err("journal-reference-missing");
    }
    let letters = bare.chars().take(2).all(|c| c.is_ascii_alphabetic());
    let like_iban = letters && bare.len() >= 15 && bare.chars().skip(2).take(2).all(|c| c.is_ascii_digit());
    match Iban::parse(text) {
        Ok(iban) => Ok(iban.into_string()),
        Err(_) if like_iban => Err("journal-reference-wrong"),
        Err(_) => Ok(text.trim().to_owned()),
    }
}

pub(super) async fn add(
    State(web): State<Shared>,
    member: Member,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let wanted = match parse(&fields, &member, JournalId::new(&web.books.environment)) {
        Ok(wanted) => wanted,
        Err(errors) => return Ok(page(&member, &fields, &errors)),
    };
    let now = web.books.environment.now();
    let twin: Result<Option<Journal>, db::DbError> = db::write!(web.books.db, tx => {
        let known = journal::of_company(&mut tx, wanted.company).await?;
        let twin = known.into_iter().find(|known| known.is_of(&wanted.reference, wanted.currency));
        if twin.is_none() {
            journal::add(&mut tx, &wanted, now).await?;
        }
        Ok(twin)
    });
    if let Some(twin) = twin? {
        let mut errors = FieldErrors::new();
        errors.add_with("reference", "journal-reference-taken", vec![("journal", twin.name.as_str().into())]);
        return Ok(page(&member, &fields, &errors));
    }
    let flash = Flash::good(member.locale().say("journal-added"));
    Ok(Redirect::to(format!("/journals/{}/files", wanted.id)).flash(&web.cookies, &flash).into_response())
}
