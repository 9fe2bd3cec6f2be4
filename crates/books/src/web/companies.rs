//! The companies of a person: which one is at work, and adding another.

use ::web::{Field, FieldErrors, Fields, Flash, Page, Redirect, Tone, badge, heading, notice};
use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::CompanyId;
use maud::html;

use super::Shared;
use super::failure::Failure;
use super::member::Member;
use crate::store::letter::Wish;
use crate::store::{company, letter, person, session};

pub(super) async fn list(State(web): State<Shared>, member: Member) -> Result<Response, Failure> {
    page(&web, &member, &Fields::default(), &FieldErrors::new()).await
}

async fn page(web: &Shared, member: &Member, fields: &Fields, errors: &FieldErrors) -> Result<Response, Failure> {
    let companies = company::of_person(&mut web.books.db.read().await?, member.session.person).await?;
    let mut tx = web.books.db.read().await?;
    let wanted = letter::wants(&mut tx, member.company(), member.session.person).await?;
    let confirmed = person::is_confirmed(&mut tx, member.session.person).await?;
    drop(tx);
    let locale = member.locale();
    let title = locale.say("books-companies");
    let choice = |wish: Wish, key: &str| (wish.number().to_string(), locale.say(key));
    let choices = [
        choice(Wish::All, "letter-choice-all"),
        choice(Wish::Failures, "letter-choice-failures"),
        choice(Wish::Nothing, "letter-choice-none"),
    ];
    let number = wanted.number().to_string();
    // Nothing goes to an address that is not confirmed, whatever is wanted.
    let told = if confirmed { wanted } else { Wish::Nothing };
    let main = html! {
        (heading(&title, &locale.say("books-companies-lead"), html! {}))
        ul.list.card.flush {
            @for company in &companies {
                li { div.list-row {
                    div.grow { strong { (company.name) } }
                    @if company.id == member.company() { (badge(Tone::Good, &locale.say("books-company-here"))) }
                    @else {
                        form method="post" action="/companies/turn" {
                            input type="hidden" name="company" value=(company.id);
                            button.small type="submit" { (locale.say("books-company-turn")) }
                        }
                    }
                } }
            }
        }
        section.section {
            h2 { (locale.say("letter-title")) }
            @if !confirmed {
                form method="post" action="/companies/confirm" {
                    (notice(Tone::Care, html! {
                        p { (locale.say_with("pass-unconfirmed", &[("email", member.session.email.as_str().into())])) }
                        button.small type="submit" { (locale.say("pass-confirm-again")) }
                    }))
                }
            }
            form.card method="post" action="/companies/letters" {
                p { (locale.say_with("letter-lead", &[("company", member.session.company_name.as_str().into()),
                    ("email", member.session.email.as_str().into())])) }
                p { (badge(if told == Wish::Nothing { Tone::Plain } else { Tone::Good }, &locale.say(match told {
                    Wish::All => "letter-on",
                    Wish::Failures => "letter-failures",
                    Wish::Nothing => "letter-off",
                }))) }
                (Field::choice("on", locale.say("letter-which"), &choices).value(&number).show(locale))
                div.form-end { button type="submit" { (locale.say("letter-keep")) } }
            }
        }
        section.section {
            h2 { (locale.say("books-company-add")) }
            form.card method="post" action="/companies" {
                (Field::text("company", locale.say("books-company")).value(fields.text("company"))
                    .complete("organization").errors(errors).show(locale))
                div.form-end { button.main type="submit" { (locale.say("books-company-add-do")) } }
            }
        }
    };
    Ok(member.frame().show(Page::new(title, main).narrow()))
}

pub(super) async fn add(
    State(web): State<Shared>,
    member: Member,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let name = fields.text("company");
    if let Some(wrong) = name_fault(name) {
        let mut errors = FieldErrors::new();
        errors.add("company", wrong);
        return page(&web, &member, &fields, &errors).await;
    }
    let id = web.books.add_company(member.session.person, name).await?;
    turn_to(&web, &member, id, name).await
}

/// What is wrong with the name of a company: it stands on every page and in every letter.
pub(super) fn name_fault(name: &str) -> Option<&'static str> {
    match name.chars().count() {
        0 => Some("books-company-missing"),
        1..=100 => None,
        _ => Some("books-company-long"),
    }
}

/// Sets what the person is written to about, for the company at work.
pub(super) async fn letters(
    State(web): State<Shared>,
    member: Member,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let (company, person) = (member.company(), member.session.person);
    let wish = fields.text("on").parse().ok().and_then(Wish::of).ok_or(Failure::Stale)?;
    let done: Result<(), db::DbError> =
        db::write!(web.books.db, tx => { letter::want(&mut tx, company, person, wish).await });
    done?;
    Ok(Redirect::to("/companies").into_response())
}

pub(super) async fn turn(
    State(web): State<Shared>,
    member: Member,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let companies = company::of_person(&mut web.books.db.read().await?, member.session.person).await?;
    let wanted = companies.into_iter().find(|company| company.id.to_string() == fields.text("company"));
    let wanted = wanted.ok_or(Failure::NotFound)?;
    turn_to(&web, &member, wanted.id, &wanted.name).await
}

async fn turn_to(web: &Shared, member: &Member, id: CompanyId, name: &str) -> Result<Response, Failure> {
    let turned: Result<(), db::DbError> =
        db::write!(web.books.db, tx => { session::turn_to(&mut tx, &member.hash, id).await });
    turned?;
    let flash = Flash::good(member.locale().say_with("books-company-turned", &[("company", name.into())]));
    Ok(Redirect::to("/journals").flash(&web.cookies, &flash).into_response())
}
