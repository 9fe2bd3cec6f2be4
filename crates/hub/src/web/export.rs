//! A period of an account as a file: for other software in its format, for people as a PDF.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use domain::{Balance, Date, Proof, Statement};
use http::header;
use maud::html;
use web::{Field, FieldErrors, Fields, Icon, Locale, Page, Tone, heading_under, notice};

use super::account::account_of;
use super::rows::{purpose, title};
use super::standing::name;
use super::stop::Stop;
use super::visit::Member;
use crate::audit::Action;
use crate::export::{self, FORMATS};
use crate::pdf::{self, BOLD, Column, PLAIN, Pdf, SOFT, TITLE};
use crate::store::account::Account;

/// `GET /app/accounts/{id}/export`.
pub async fn show(member: Member, Path(id): Path<String>) -> Result<Response, Stop> {
    let account = account_of(&member, &id).await?;
    let today = member.hub().environment.today();
    let fields = Fields::from_iter([
        ("format", "csv".to_owned()),
        ("from", today.first_of_month().to_string()),
        ("to", today.to_string()),
    ]);
    Ok(draw(&member, &account, &fields, &FieldErrors::new(), None))
}

/// `GET /app/accounts/{id}/export/file?format=&from=&to=`.
pub async fn file(member: Member, Path(id): Path<String>, Query(query): Query<Fields>) -> Result<Response, Stop> {
    let account = account_of(&member, &id).await?;
    let mut errors = FieldErrors::new();
    let day = |name| query.text(name).parse::<Date>().map_err(|_| "export-not-a-day");
    let (from, to) = (errors.take("from", day("from")), errors.take("to", day("to")));
    let format = FORMATS.iter().find(|(name, _)| *name == query.text("format")).ok_or("export-not-a-format");
    let format = errors.take("format", format);
    if from.zip(to).is_some_and(|(from, to)| to < from) {
        errors.add("to", "export-backwards");
    }
    let asked = from.zip(to).zip(format);
    let (period, (format, ending)) = match errors.or(asked) {
        Ok(asked) => asked,
        Err(errors) => return Ok(draw(&member, &account, &query, &errors, None)),
    };
    member.note(Action::Downloaded, &account.reference).await?;
    let bic = member.hub().institution(account.institution).map(|known| known.bic.clone());
    let statement = export::statement(&mut member.hub().db.read().await?, &account, bic, period).await?;
    let bytes = match export::written(&statement, format) {
        Some(Ok(bytes)) => bytes,
        Some(Err(refused)) => {
            return Ok(draw(&member, &account, &query, &FieldErrors::new(), Some(refused.to_string())));
        }
        None => as_pdf(&statement, &account, member.locale()),
    };
    let kept: String = account.reference.chars().filter(char::is_ascii_alphanumeric).collect();
    let file = format!("{kept}-{}-{}.{ending}", period.0, period.1);
    let kind = if *ending == "pdf" { "application/pdf" } else { "application/octet-stream" };
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{file}\"")),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

fn draw(member: &Member, account: &Account, form: &Fields, errors: &FieldErrors, refused: Option<String>) -> Response {
    let locale = member.locale();
    let base = format!("/app/accounts/{}", account.id);
    let title = locale.say("export-title");
    let choices = FORMATS.map(|(name, _)| (name.to_owned(), format_title(name, locale)));
    let main = html! {
        (heading_under(Some((&base, name(account))), &title, &locale.say("export-lead"), html! {}))
        (errors.notice(locale))
        @if let Some(refused) = &refused {
            div role="alert" { (notice(Tone::Bad, html! { p { (locale.say("export-refused")) } p { (refused) } })) }
        }
        form.card method="get" action={ (base) "/export/file" } {
            (Field::choice("format", locale.say("export-format"), &choices).value(form.text("format")).errors(errors).show(locale))
            div.fields {
                (Field::text("from", locale.say("transactions-from")).kind("date").value(form.text("from")).errors(errors).show(locale))
                (Field::text("to", locale.say("transactions-to")).kind("date").value(form.text("to")).errors(errors).show(locale))
            }
            div.form-end { button.main type="submit" { (Icon::Down) (locale.say("export-do")) } }
        }
    };
    member.frame().show(Page::new(title, main).narrow())
}

fn format_title(name: &str, locale: &Locale) -> String {
    match formats::Format::named(name) {
        // Read, it is one of the CSV files that banks hand out; written, it is ours.
        Some(_) if name == "csv" => "CSV".to_owned(),
        Some(format) => format.title.to_owned(),
        None => locale.say("export-pdf"),
    }
}

const LEFT: i32 = pdf::MARGIN;
const RIGHT: i32 = pdf::WIDTH - pdf::MARGIN;
const COLUMNS: [Column; 4] = [
    Column { left: LEFT, right: LEFT + 62, to_right: false },
    Column { left: LEFT + 68, right: LEFT + 225, to_right: false },
    Column { left: LEFT + 232, right: RIGHT - 85, to_right: false },
    Column { left: RIGHT - 80, right: RIGHT, to_right: true },
];

/// A statement for people.
fn as_pdf(statement: &Statement, account: &Account, locale: &Locale) -> Vec<u8> {
    let heading = locale.say("export-statement");
    let mut out = Pdf::new(&heading, &locale.say("export-foot"));
    out.text(LEFT, TITLE, &heading);
    out.y += 22;
    for line in [account.holder_name.clone(), Some(name(account).to_owned())].into_iter().flatten() {
        out.text(LEFT, PLAIN, &line);
        out.y += 13;
    }
    let bic = statement.servicer_bic.as_deref().unwrap_or_default();
    out.text(LEFT, BOLD, &format!("{}  {}  {bic}", locale.iban(&account.reference), account.currency));
    out.y += 13;
    if let Some((from, to)) = statement.period {
        out.text(LEFT, PLAIN, &format!("{} – {}", locale.date(from), locale.date(to)));
    }
    out.y += 22;
    balance_line(&mut out, &locale.say("account-opening"), statement.opening.as_ref(), locale);
    out.y += 8;
    heads(&mut out, locale);
    for entry in &statement.entries {
        let transaction = &entry.transaction;
        let cells = [
            locale.date(transaction.booked_on),
            title(&transaction.details, locale),
            purpose(&transaction.details),
            locale.movement(transaction.amount),
        ];
        if out.room(24) {
            heads(&mut out, locale);
        }
        out.row(&COLUMNS, PLAIN, &cells.each_ref().map(String::as_str));
    }
    out.rule();
    out.y += 18;
    out.room(40);
    balance_line(&mut out, &locale.say("account-chart"), statement.closing.as_ref(), locale);
    let proof = match statement.proof() {
        Proof::Proven => locale.say("export-proven"),
        Proof::Unproven => locale.say("export-unproven"),
        Proof::Broken(gap) => locale.say_with("export-broken", &[("gap", locale.money(gap).into())]),
    };
    out.text(LEFT, SOFT, &proof);
    out.finish()
}

fn heads(out: &mut Pdf, locale: &Locale) {
    let heads = ["column-date", "column-counterparty", "column-purpose", "column-amount"].map(|key| locale.say(key));
    out.row(&COLUMNS, BOLD, &heads.each_ref().map(String::as_str));
    out.y -= 12;
    out.rule();
    out.y += 18;
}

fn balance_line(out: &mut Pdf, words: &str, balance: Option<&Balance>, locale: &Locale) {
    match balance {
        Some(balance) => {
            out.text(LEFT, PLAIN, &format!("{words} · {}", locale.date(balance.date)));
            out.right(RIGHT, BOLD, &locale.money(balance.amount));
        }
        None => {
            out.text(LEFT, PLAIN, words);
            out.right(RIGHT, PLAIN, &locale.say("account-no-balance"));
        }
    }
    out.y += 13;
}
