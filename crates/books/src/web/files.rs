//! Statement files of a journal: taking one in, what each brought, and undoing it. Undoing and bringing back serve every
//! import, of a file or of a provider.

use ::web::{Flash, Icon, Page, Redirect, Tone, badge, heading_under, instant, notice};
use axum::extract::{Multipart, Path, State};
use axum::response::{IntoResponse, Response};
use domain::ImportId;
use maud::{Markup, html};

use super::Shared;
use super::failure::Failure;
use super::journal;
use super::member::Member;
use crate::files::{Refusal, Upload};
use crate::store::file::{self, File};
use crate::store::journal::Journal;
use crate::store::{import, undo};

/// The largest file that is taken in.
pub(super) const MOST_BYTES: usize = 32 << 20;

pub(super) async fn show(
    State(web): State<Shared>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let journal = journal::find(&web, &member, &id).await?;
    page(&web, &member, &journal, None).await
}

async fn page(web: &Shared, member: &Member, journal: &Journal, refused: Option<&str>) -> Result<Response, Failure> {
    let files = file::of_journal(&mut web.books.db.read().await?, journal.company, journal.id).await?;
    let locale = member.locale();
    let title = locale.say("file-title");
    let above = format!("/journals/{}", journal.id);
    let main = html! {
        (heading_under(Some((&above, &journal.name)), &title, &locale.say("file-lead"), html! {}))
        @if let Some(why) = refused { div role="alert" { (notice(Tone::Bad, html! { p { (why) } })) } }
        form.card method="post" action={ (above) "/files" } enctype="multipart/form-data" {
            div.field {
                label for="file" { (locale.say("file-choose")) }
                input #file type="file" name="file" required;
                p.hint { (locale.say("file-formats")) }
            }
            div.form-end { button.main type="submit" { (Icon::Plus) (locale.say("file-do")) } }
        }
        @if !files.is_empty() {
            section.section { h2 { (locale.say("file-taken")) }
                ul.list.card.flush { @for file in &files { li { (row(file, member)) } } }
            }
        }
    };
    Ok(member.frame().show(Page::new(title, main).narrow()))
}

fn row(file: &File, member: &Member) -> Markup {
    let locale = member.locale();
    let count = |key: &str, count: i64| locale.say_with(key, &[("count", count.into())]);
    let counts = [
        ("file-created", file.created),
        ("file-known", file.known),
        ("file-restored", file.restored),
        ("file-early", file.early),
    ];
    let told: Vec<String> = counts
        .into_iter()
        .filter(|(key, number)| *number > 0 || *key == "file-created")
        .map(|(key, number)| count(key, number))
        .collect();
    html! {
        div.list-row data-created=(file.created) data-known=(file.known) {
            div.grow {
                strong { (file.name) }
                p.soft { (file.format) " · " (instant(file.taken_at, locale)) }
                p { (told.join(" · ")) }
                @for note in &file.notes { p.soft { (note) } }
            }
            div.end { (undo_button(file.id, file.undone_at.is_some(), file.created + file.restored, member)) }
        }
    }
}

/// The button that undoes an import or brings it back; nothing for one that brought nothing.
pub(super) fn undo_button(id: ImportId, undone: bool, lines: i64, member: &Member) -> Markup {
    let locale = member.locale();
    html! {
        @if undone {
            (badge(Tone::Care, &locale.say("file-undone")))
            form method="post" action={ "/imports/" (id) "/redo" } { button.small type="submit" { (locale.say("file-redo")) } }
        } @else if lines > 0 {
            form method="post" action={ "/imports/" (id) "/undo" } { button.small type="submit" { (locale.say("file-undo")) } }
        }
    }
}

pub(super) async fn take(
    State(web): State<Shared>,
    member: Member,
    Path(id): Path<String>,
    mut form: Multipart,
) -> Result<Response, Failure> {
    let journal = journal::find(&web, &member, &id).await?;
    let locale = member.locale();
    let mut upload = None;
    loop {
        match form.next_field().await {
            Ok(Some(field)) if field.name() == Some("file") => {
                let name = field.file_name().unwrap_or("file").chars().take(200).collect();
                match field.bytes().await {
                    Ok(bytes) => upload = Some(Upload { name, bytes: bytes.to_vec() }),
                    Err(_) => return page(&web, &member, &journal, Some(&locale.say("file-too-large"))).await,
                }
            }
            Ok(Some(_)) => {}
            Ok(None) => break,
            Err(_) => return page(&web, &member, &journal, Some(&locale.say("file-too-large"))).await,
        }
    }
    let Some(upload) = upload.filter(|upload| !upload.bytes.is_empty()) else {
        return page(&web, &member, &journal, Some(&locale.say("file-missing"))).await;
    };
    match web.books.take_file(journal.company, journal.id, member.session.person, upload).await {
        Ok(file) => {
            let counts = [("count", file.created.into()), ("known", file.known.into())];
            let flash = Flash::good(locale.say_with("file-done", &counts));
            Ok(Redirect::to(format!("/journals/{}/files", journal.id)).flash(&web.cookies, &flash).into_response())
        }
        Err(Refusal::NoJournal) => Err(Failure::NotFound),
        Err(Refusal::Books(error)) => Err(error.into()),
        Err(Refusal::NotAStatement(why)) => {
            let why = locale.say_with("file-not-a-statement", &[("why", why.into())]);
            page(&web, &member, &journal, Some(&why)).await
        }
        Err(Refusal::OtherAccount { journal: own, found }) => {
            let number = format!("{} {}", locale.iban(&own.reference), own.currency);
            let found = if found.is_empty() { "–".to_owned() } else { found.join(", ") };
            let why = locale.say_with("file-other-account", &[("account", number.into()), ("found", found.into())]);
            page(&web, &member, &journal, Some(&why)).await
        }
    }
}

/// Where the import of an id is shown.
async fn home(web: &Shared, member: &Member, id: ImportId) -> Result<String, Failure> {
    let mut tx = web.books.db.read().await?;
    if let Some(file) = file::find(&mut tx, member.company(), id).await? {
        return Ok(format!("/journals/{}/files", file.journal));
    }
    let import = import::find(&mut tx, member.company(), id).await?.ok_or(Failure::NotFound)?;
    Ok(format!("/connections/{}/imports", import.connection))
}

pub(super) async fn undo(
    State(web): State<Shared>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = ImportId::parse(&id).map_err(|_| Failure::NotFound)?;
    let home = home(&web, &member, id).await?;
    let count = web.books.undo_import(member.company(), id, member.session.person).await?;
    let locale = member.locale();
    let flash = match count {
        Some(count) => Flash::good(locale.say_with("file-undo-done", &[("count", count.into())])),
        None => Flash::care(locale.say("file-undo-nothing")),
    };
    Ok(Redirect::to(home).flash(&web.cookies, &flash).into_response())
}

pub(super) async fn redo(
    State(web): State<Shared>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = ImportId::parse(&id).map_err(|_| Failure::NotFound)?;
    let home = home(&web, &member, id).await?;
    let count = web.books.redo_import(member.company(), id).await?.unwrap_or(0);
    let flash = Flash::good(member.locale().say_with("file-redo-done", &[("count", count.into())]));
    Ok(Redirect::to(home).flash(&web.cookies, &flash).into_response())
}

/// Whether an import was undone.
pub(super) async fn is_undone(tx: &mut db::Tx, member: &Member, id: ImportId) -> Result<bool, db::DbError> {
    Ok(undo::at(tx, member.company(), id).await?.is_some())
}
