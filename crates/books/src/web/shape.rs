//! How a journal is kept: its name, how long its statements are, from which day on it is filled, and taking its account
//! away.

use ::web::{Field, FieldErrors, Fields, Flash, Page, Redirect, heading_under};
use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::Date;
use maud::html;

use super::Shared;
use super::failure::Failure;
use super::journal::find;
use super::member::Member;
use crate::link::may_begin;
use crate::store::account;
use crate::store::journal::{self, Journal, Period};

pub(super) async fn show(
    State(web): State<Shared>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let journal = find(&web, &member, &id).await?;
    let start = journal.start_on.map(|day| day.to_string()).unwrap_or_default();
    let fields: Fields =
        [("name", journal.name.as_str()), ("period", journal.period.as_str()), ("start", &start)].into_iter().collect();
    Ok(page(&member, &journal, &fields, &FieldErrors::new()))
}

fn page(member: &Member, journal: &Journal, fields: &Fields, errors: &FieldErrors) -> Response {
    let locale = member.locale();
    let title = locale.say("journal-settings");
    let above = format!("/journals/{}", journal.id);
    let periods: Vec<(String, String)> =
        Period::ALL.into_iter().map(|period| (period.as_str().to_owned(), locale.say(words(period)))).collect();
    let main = html! {
        (heading_under(Some((&above, &journal.name)), &title, "", html! {}))
        (errors.notice(locale))
        form.card method="post" action={ (above) "/settings" } {
            (Field::text("name", locale.say("journal-name")).value(fields.text("name")).errors(errors).show(locale))
            (Field::choice("period", locale.say("journal-period"), &periods).value(fields.text("period"))
                .hint(locale.say("journal-period-hint")).show(locale))
            (Field::text("start", locale.say("journal-start")).kind("date").value(fields.text("start")).optional()
                .hint(locale.say("journal-start-hint")).errors(errors).show(locale))
            div.form-end { button.main type="submit" { (locale.say("journal-save")) } }
        }
        @if journal.account.is_some() {
            section.section { h2 { (locale.say("journal-unlink")) }
                p { (locale.say("journal-unlink-lead")) }
                form method="post" action={ (above) "/unlink" } { button.danger type="submit" { (locale.say("journal-unlink-do")) } }
            }
        }
    };
    member.frame().show(Page::new(title, main).narrow())
}

fn words(period: Period) -> &'static str {
    match period {
        Period::None => "journal-period-none",
        Period::Daily => "journal-period-daily",
        Period::Weekly => "journal-period-weekly",
        Period::Monthly => "journal-period-monthly",
    }
}

/// A day from which on a journal may be filled, or the words of what is wrong with it.
pub(super) fn beginning(text: &str, today: Date) -> Result<Date, &'static str> {
    let day = text.parse().map_err(|_| "journal-start-wrong")?;
    if may_begin(day, today) { Ok(day) } else { Err("span-start") }
}

/// What a form wants of a journal.
struct Wanted {
    name: String,
    period: Period,
    start_on: Option<Date>,
}

fn parse(fields: &Fields, today: Date) -> Result<Wanted, FieldErrors> {
    let mut errors = FieldErrors::new();
    let name = fields.text("name");
    let name = errors.take("name", if name.is_empty() { Err("journal-name-missing") } else { Ok(name.to_owned()) });
    let start_on = match fields.text("start") {
        "" => Some(None),
        text => errors.take("start", beginning(text, today).map(Some)),
    };
    let period = Period::parse(fields.text("period")).unwrap_or(Period::Monthly);
    let valid = name.zip(start_on).map(|(name, start_on)| Wanted { name, period, start_on });
    errors.or(valid)
}

pub(super) async fn save(
    State(web): State<Shared>,
    member: Member,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let journal = find(&web, &member, &id).await?;
    let wanted = match parse(&fields, web.books.environment.today()) {
        Ok(wanted) => wanted,
        Err(errors) => return Ok(page(&member, &journal, &fields, &errors)),
    };
    let earlier = match (journal.start_on, wanted.start_on) {
        (Some(before), Some(now)) => now < before,
        (Some(_), None) => true,
        (None, _) => false,
    };
    let done: Result<(), db::DbError> = db::write!(web.books.db, tx => {
        journal::shape(&mut tx, journal.company, journal.id, &wanted.name, wanted.period).await?;
        journal::start(&mut tx, journal.company, journal.id, wanted.start_on).await?;
        // What was left out before must be read again.
        if let (true, Some(account)) = (earlier, journal.account) {
            account::rewind(&mut tx, journal.company, account).await?;
        }
        Ok(())
    });
    done?;
    let flash = Flash::good(member.locale().say(if earlier { "journal-saved-earlier" } else { "journal-saved" }));
    Ok(Redirect::to(format!("/journals/{}", journal.id)).flash(&web.cookies, &flash).into_response())
}
