//! Who works for the organization.

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use domain::{InvitationId, UserId};
use maud::{Markup, html};
use web::{Field, FieldErrors, Fields, Flash, Locale, Page, Redirect, heading};

use super::problems;
use super::stop::Stop;
use super::visit::Member;
use crate::people::{self, MemberError, Person, Right, Role};

const PAGE: &str = "/app/people";

/// `GET /app/people`.
pub async fn list(member: Member) -> Result<Response, Stop> {
    draw(&member, &Fields::default(), &FieldErrors::new()).await
}

/// `POST /app/people/invitations`.
pub async fn invite(member: Member, Form(form): Form<Fields>) -> Result<Response, Stop> {
    let (email, role) = (form.text("email"), form.text("role"));
    match people::invite(member.hub(), member.id(), &member.who.user, email, role).await {
        Ok(()) => Ok(back(&member, &member.locale().say_with("people-invited", &[("email", email.into())]))),
        Err(MemberError::Invalid(errors)) => draw(&member, &form, &problems::of(&errors)).await,
        Err(MemberError::Known) => wrong(&member, &form, "people-known").await,
        Err(MemberError::TooMany) => wrong(&member, &form, "people-too-many").await,
        Err(error) => refused(&member, error),
    }
}

async fn wrong(member: &Member, form: &Fields, key: &'static str) -> Result<Response, Stop> {
    let mut errors = FieldErrors::new();
    errors.add("email", key);
    draw(member, form, &errors).await
}

/// `POST /app/people/invitations/{id}/withdraw`.
pub async fn withdraw(member: Member, Path(id): Path<InvitationId>) -> Result<Response, Stop> {
    match people::withdraw(member.hub(), member.id(), member.who.user.id, id).await {
        Ok(()) => Ok(back(&member, &member.locale().say("people-withdrawn"))),
        Err(error) => refused(&member, error),
    }
}

/// `POST /app/people/{user}/role`.
pub async fn set_role(member: Member, Path(user): Path<UserId>, Form(form): Form<Fields>) -> Result<Response, Stop> {
    match people::set_role(member.hub(), member.id(), member.who.user.id, user, form.text("role")).await {
        Ok(()) => Ok(back(&member, &member.locale().say("people-changed"))),
        Err(error) => refused(&member, error),
    }
}

/// `POST /app/people/{user}/remove`: sends somebody away, or leaves.
pub async fn remove(member: Member, Path(user): Path<UserId>) -> Result<Response, Stop> {
    match people::remove(member.hub(), member.id(), member.who.user.id, user).await {
        Ok(()) if user == member.who.user.id => Ok(Redirect::to("/app").into_response()),
        Ok(()) => Ok(back(&member, &member.locale().say("people-removed"))),
        Err(error) => refused(&member, error),
    }
}

fn back(member: &Member, words: &str) -> Response {
    Redirect::to(PAGE).flash(&member.visitor.cookies, &Flash::good(words)).into_response()
}

fn refused(member: &Member, error: MemberError) -> Result<Response, Stop> {
    match error {
        MemberError::LastOwner => {
            let flash = Flash::bad(member.locale().say("people-last-owner"));
            Ok(Redirect::to(PAGE).flash(&member.visitor.cookies, &flash).into_response())
        }
        MemberError::NotAllowed => Err(Stop::Forbidden),
        MemberError::Unknown | MemberError::Known | MemberError::TooMany | MemberError::Invalid(_) => {
            Err(Stop::Missing)
        }
        MemberError::Database(error) => Err(error.into()),
    }
}

/// The name of a role.
pub fn role_name(role: Role, locale: &Locale) -> String {
    match role {
        Role::Owner => locale.say("people-owner"),
        Role::Admin => locale.say("people-admin"),
        Role::Member => locale.say("people-member"),
        Role::Accountant => locale.say("people-accountant"),
    }
}

/// The roles that somebody may give.
fn choices(member: &Member) -> Vec<(String, String)> {
    let may_own = member.may(Right::Own);
    let roles = Role::ALL.into_iter().filter(|role| *role != Role::Owner || may_own);
    roles.map(|role| (role.code().to_owned(), role_name(role, member.locale()))).collect()
}

async fn draw(member: &Member, form: &Fields, errors: &FieldErrors) -> Result<Response, Stop> {
    let (people, invitations) = people::members(member.hub(), member.id()).await?;
    let locale = member.locale();
    let manages = member.may(Right::Manage);
    let main = html! {
        (heading(&locale.say("people-title"), &locale.say("people-lead"), html! {}))
        (errors.notice(locale))
        div.card.flush { ul.list { @for person in &people { li { (row(person, member)) } } } }
        @if !invitations.is_empty() {
            section.section {
                div.section-head { h2 { (locale.say("people-invitations")) } }
                div.card.flush { ul.list { @for open in &invitations { li { div.list-row {
                    div.grow { strong { (open.email) } small { (role_name(open.role, locale)) " · " (locale.say_with("people-until", &[("date", locale.instant(open.expires_at).into())])) } }
                    @if manages { form method="post" action={ (PAGE) "/invitations/" (open.id) "/withdraw" } { button.small type="submit" { (locale.say("people-withdraw")) } } }
                } } } } }
            }
        }
        @if manages { (invite_form(member, form, errors)) }
    };
    Ok(member.frame().show(Page::new(locale.say("people-title"), main).narrow()))
}

fn invite_form(member: &Member, form: &Fields, errors: &FieldErrors) -> Markup {
    let locale = member.locale();
    let choices = choices(member);
    let role = if form.has("role") { form.text("role") } else { Role::Member.code() };
    html! {
        form.card method="post" action={ (PAGE) "/invitations" } {
            h2 { (locale.say("people-invite-title")) }
            (Field::text("email", locale.say("email")).kind("email").value(form.text("email")).errors(errors).show(locale))
            (Field::choice("role", locale.say("people-role"), &choices).value(role).hint(locale.say("people-role-hint")).errors(errors).show(locale))
            div.form-end { button.main type="submit" { (locale.say("people-invite-do")) } }
        }
    }
}

fn row(person: &Person, member: &Member) -> Markup {
    let locale = member.locale();
    let own = person.id == member.who.user.id;
    let manages = member.may(if person.role == Role::Owner { Right::Own } else { Right::Manage });
    let choices = choices(member);
    html! {
        div.list-row {
            div.grow {
                strong { (person.email) }
                small { (role_name(person.role, locale)) " · " (locale.say_with("people-since", &[("date", locale.instant(person.since).into())])) }
            }
            @if manages {
                form.inline method="post" action={ (PAGE) "/" (person.id) "/role" } {
                    select name="role" aria-label=(locale.say_with("people-role-of", &[("email", person.email.as_str().into())])) {
                        @for (code, name) in &choices { option value=(code) selected[code == person.role.code()] { (name) } }
                    }
                    button.small type="submit" { (locale.say("people-role-do")) }
                }
            }
            @if manages || own {
                form method="post" action={ (PAGE) "/" (person.id) "/remove" } {
                    button.small type="submit" { @if own { (locale.say("people-leave")) } @else { (locale.say("people-remove")) } }
                }
            }
        }
    }
}
