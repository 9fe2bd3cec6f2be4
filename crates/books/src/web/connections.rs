//! All connections with their state.

use ::web::{Icon, Page, Tone, badge, empty, heading, initials};
use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};

use super::Shared;
use super::failure::Failure;
use super::member::Member;
use super::{banks, trouble};
use crate::store::connection::{self, Connection};

pub(super) async fn list(State(web): State<Shared>, member: Member) -> Result<Response, Failure> {
    let connections = connection::of_company(&mut web.books.db.read().await?, member.company()).await?;
    let locale = member.locale();
    let title = locale.say("books-connections");
    let add = html! { a.button.main href="/banks" { (Icon::Plus) (locale.say("books-add-bank")) } };
    let main = html! {
        (heading(&title, &locale.say("books-connections-lead"), add.clone()))
        @if connections.is_empty() {
            (empty(Icon::Plug, &locale.say("books-connections-empty"), &locale.say("books-connections-empty-lead"), add))
        } @else {
            ul.list.card.flush { @for connection in &connections { li { (row(connection, &member)) } } }
        }
    };
    Ok(member.frame().show(Page::new(title, main)))
}

fn row(connection: &Connection, member: &Member) -> Markup {
    let locale = member.locale();
    let provider = connection.grant.provider.as_str();
    html! {
        a.list-row href={ "/connections/" (connection.id) } {
            (initials(&connection.institution_name))
            div.grow {
                strong { (connection.institution_name) }
                p.soft { (locale.say_with("books-by-provider", &[("provider", provider.into())])) }
            }
            div.end {
                @if let Some(told) = &connection.trouble {
                    @let (what, _) = trouble::sentences(told, locale);
                    (badge(if told.needs_person() { Tone::Bad } else { Tone::Care }, &what))
                } @else { (banks::state(&connection.institution_status, member)) }
            }
            (Icon::Next)
        }
    }
}
