//! Statement files: sending one, and what came of it.

use axum::extract::multipart::{Field as Part, MultipartError};
use axum::extract::{Multipart, Path};
use axum::response::{IntoResponse, Response};
use domain::{AccountId, Proof, SynchronizationId};
use maud::{Markup, html};
use web::{
    Field, FieldErrors, Flash, Icon, Locale, Page, Redirect, Tone, badge, heading, heading_under, iban, instant,
    notice, proof_badge,
};

use super::standing::name;
use super::stop::Stop;
use super::visit::Member;
use crate::files::{self, FileRefused, MOST_BYTES, Upload};
use crate::people::Right;
use crate::store;
use crate::store::account::Account;
use crate::store::file::StatementFile;

/// Files that the page lists.
const LISTED: i64 = 50;

/// `GET /app/files`.
pub async fn show(member: Member) -> Result<Response, Stop> {
    draw(&member, "", None).await
}

async fn draw(member: &Member, chosen: &str, refused: Option<&FileRefused>) -> Result<Response, Stop> {
    let locale = member.locale();
    let known = member.accounts().await?;
    let earlier = store::file::list(&mut member.hub().db.read().await?, member.id(), LISTED).await?;
    let title = locale.say("files-title");
    let mut choices = vec![(String::new(), locale.say("files-account-by-file"))];
    choices.extend(known.iter().map(|account| (account.id.to_string(), label(account, locale))));
    let none = FieldErrors::new();
    let main = html! {
        (heading(&title, &locale.say("files-lead"), html! {}))
        @if let Some(refused) = refused {
            div role="alert" { (notice(Tone::Bad, html! { p { strong { (locale.say("files-refused")) } } p { (why(refused, locale)) } })) }
        }
        @if member.may(Right::Operate) {
            form.card method="post" action="/app/files" enctype="multipart/form-data" {
                (Field::text("file", locale.say("files-file")).kind("file").hint(formats_said(locale)).errors(&none).show(locale))
                (Field::choice("account", locale.say("column-account"), &choices).value(chosen).hint(locale.say("files-account-hint")).filter().show(locale))
                div.form-end { button.main type="submit" { (Icon::Plus) (locale.say("files-do")) } }
            }
        }
        @if !earlier.is_empty() {
            section.section {
                h2 { (locale.say("files-earlier")) }
                div.card.flush { (table(&earlier, &known, locale)) }
            }
        }
    };
    Ok(member.frame().show(Page::new(title, main)))
}

fn label(account: &Account, locale: &Locale) -> String {
    format!("{} · {} {}", name(account), locale.iban(&account.reference), account.currency)
}

fn formats_said(locale: &Locale) -> String {
    let titles: Vec<&str> = formats::ALL.iter().map(|format| format.title).collect();
    locale.say_with("files-formats", &[("formats", titles.join(", ").into())])
}

/// Why a file was refused, in the reader's language where the reason is ours.
fn why(refused: &FileRefused, locale: &Locale) -> String {
    match refused {
        FileRefused::NotAStatement(said) => said.clone(),
        FileRefused::NoAccount => locale.say("files-no-account"),
        FileRefused::NoCurrency => locale.say("files-no-currency"),
        FileRefused::Empty(why) => locale.say_with("files-empty", &[("why", why.as_str().into())]),
        FileRefused::TooLarge => locale.say("files-too-large"),
        FileRefused::Database(error) => error.to_string(),
    }
}

fn table(files: &[StatementFile], known: &[Account], locale: &Locale) -> Markup {
    let account = |file: &StatementFile| known.iter().find(|known| known.id == file.account);
    html! {
        table.cards {
            thead { tr {
                th { (locale.say("files-file")) }
                th { (locale.say("column-account")) }
                th { (locale.say("column-proof")) }
                th.number { (locale.say("files-new")) }
                th.number { (locale.say("files-known")) }
                th.number { (locale.say("account-defects")) }
            } }
            tbody { @for file in files {
                tr {
                    td.lead {
                        a.row-link href={ "/app/files/" (file.upload) } { (file.name) }
                        span.second { (titled(&file.format)) " · " (instant(file.uploaded_at, locale)) }
                    }
                    td data-label=(locale.say("column-account")) {
                        @if let Some(account) = account(file) { a href={ "/app/accounts/" (account.id) } { (called(account)) } }
                    }
                    td data-label=(locale.say("column-proof")) { (said(file, locale)) }
                    td.number data-label=(locale.say("files-new")) { (locale.number(file.created)) }
                    td.number data-label=(locale.say("files-known")) { (locale.number(file.listed - file.created)) }
                    td.number data-label=(locale.say("account-defects")) { (locale.number(file.defects)) }
                }
            } }
        }
    }
}

/// What people call a format.
fn titled(format: &str) -> &str {
    formats::ALL.iter().find(|known| known.name == format).map_or(format, |known| known.title)
}

/// What people call an account: one without a name by its number, in groups.
fn called(account: &Account) -> Markup {
    if name(account) == account.reference {
        iban(&account.reference)
    } else {
        html! { (name(account)) }
    }
}

/// Whether the file adds up by itself.
fn said(file: &StatementFile, locale: &Locale) -> Markup {
    if file.undone_at.is_some() {
        return badge(Tone::Plain, &locale.say("files-undone"));
    }
    match file.proof.as_str() {
        "proven" => proof_badge(&Proof::Proven, locale),
        "unproven" => proof_badge(&Proof::Unproven, locale),
        broken => {
            html! { (badge(Tone::Bad, &locale.say("web-proof-broken"))) " " (broken.trim_start_matches("broken(").trim_end_matches(')')) }
        }
    }
}

/// `POST /app/files`: a multipart form with `file` and, if the person chose one, `account`.
pub async fn receive(member: Member, mut form: Multipart) -> Result<Response, Stop> {
    let (mut file, mut chosen) = (None, String::new());
    loop {
        match form.next_field().await {
            Ok(Some(part)) if part.name() == Some("file") => match bytes_of(part).await {
                Ok(read) => file = Some(read),
                Err(_) => return draw(&member, "", Some(&FileRefused::TooLarge)).await,
            },
            Ok(Some(part)) if part.name() == Some("account") => chosen = part.text().await.unwrap_or_default(),
            Ok(Some(_)) => {}
            Ok(None) => break,
            Err(_) => return Err(Stop::Form),
        }
    }
    let Some((name, bytes)) = file else { return Err(Stop::Form) };
    let account = match AccountId::parse(&chosen) {
        Ok(id) => store::account::get(&mut member.hub().db.read().await?, member.id(), id).await?,
        Err(_) => None,
    };
    let upload = Upload {
        organization: member.id(),
        user: member.who.user.id,
        by: &member.actor(),
        name: &name,
        bytes: &bytes,
        account: account.as_ref(),
    };
    match files::receive(member.hub(), &upload).await {
        Ok(id) => Ok(Redirect::to(format!("/app/files/{id}")).into_response()),
        Err(FileRefused::Database(error)) => Err(error.into()),
        Err(refused) => draw(&member, &chosen, Some(&refused)).await,
    }
}

async fn bytes_of(part: Part<'_>) -> Result<(String, Vec<u8>), MultipartError> {
    let name = part.file_name().unwrap_or("file").to_owned();
    Ok((name, part.bytes().await?.to_vec()))
}

/// `GET /app/files/{upload}`: what came of a file.
pub async fn one(member: Member, Path(id): Path<String>) -> Result<Response, Stop> {
    let id = SynchronizationId::parse(&id).map_err(|_| Stop::Missing)?;
    let known = member.accounts().await?;
    let mut tx = member.hub().db.read().await?;
    let taken = store::file::of_upload(&mut tx, member.id(), id).await?;
    let Some(first) = taken.first() else { return Err(Stop::Missing) };
    let locale = member.locale();
    let undoes = member.may(Right::Operate);
    let mut defects = Vec::new();
    for file in &taken {
        let kept = store::defect::list(&mut tx, member.id(), file.account).await?;
        defects.extend(kept.into_iter().filter(|kept| kept.raw == Some(file.raw)));
    }
    // What came with an earlier copy of the very same file goes back with that one.
    let (mut takes_back, mut earlier_copy) = (Vec::new(), None);
    for file in taken.iter().filter(|file| undoes && file.undone_at.is_none()) {
        if file.created == 0
            && let Some(copy) = store::file::earlier_copy(&mut tx, member.id(), file).await?
        {
            earlier_copy = Some(copy);
            continue;
        }
        let mut standing = 0;
        if let Some(days) = file.days {
            standing = store::transaction::told_by(&mut tx, member.id(), file.account, file.raw, days).await?;
        }
        // A file that brought no movement may have brought balances.
        if standing > 0 || (file.created == 0 && file.balances.0 < file.balances.1) {
            takes_back.push((file.id, standing));
        }
    }
    let announced: i64 = taken.iter().map(|file| file.pending).sum();
    let (listed, created) =
        (taken.iter().map(|file| file.listed).sum::<i64>(), taken.iter().map(|file| file.created).sum::<i64>());
    let main = html! {
        (heading_under(Some(("/app/files", &locale.say("files-title"))), &first.name, titled(&first.format), html! {}))
        (notice(Tone::Good, html! { p { (locale.say_with("files-came", &[("listed", listed.into()), ("new", created.into()), ("known", (listed - created).into())])) } }))
        @if announced > 0 {
            (notice(Tone::Plain, html! { p data-announced=(announced) { (locale.say_with("files-announced", &[("count", announced.into())])) } }))
        }
        div.card.flush { (table(&taken, &known, locale)) }
        @if !defects.is_empty() {
            section.section data-defects=(defects.len()) {
                div.section-head { h2 { (locale.say("account-defects")) } small { (locale.say("account-defects-what")) } }
                div.card.flush { ul.list { @for kept in &defects {
                    li { div.list-row { div.grow { strong { (kept.defect.rule) } small { code { (kept.defect.path) } ": " code { (kept.defect.value) } } } } }
                } } }
            }
        }
        @if let Some(copy) = earlier_copy {
            p.soft { a href={ "/app/files/" (copy) } { (locale.say("files-same")) } }
        }
        @for (id, standing) in takes_back {
            form.form-end method="post" action={ "/app/files/" (id) "/undo" } {
                button.danger type="submit" { (locale.say_with("files-undo", &[("count", standing.into())])) }
            }
        }
    };
    Ok(member.frame().show(Page::new(first.name.clone(), main)))
}

/// `POST /app/files/{id}/undo`: takes back what an account took from a file.
pub async fn undo(member: Member, Path(id): Path<String>) -> Result<Redirect, Stop> {
    let id = SynchronizationId::parse(&id).map_err(|_| Stop::Missing)?;
    let file = store::file::get(&mut member.hub().db.read().await?, member.id(), id).await?.ok_or(Stop::Missing)?;
    let gone = files::undo(member.hub(), member.id(), &file, &member.actor()).await?;
    let words = member.locale().say_with("files-undone-said", &[("count", gone.into())]);
    Ok(Redirect::to(format!("/app/files/{}", file.upload)).flash(&member.visitor.cookies, &Flash::good(words)))
}

/// The most that a request with a file may hold: the file and the words around it.
pub const BODY_LIMIT: usize = MOST_BYTES + 100_000;
