//! The accounting systems that a company's lines go to: the list, adding one, and its settings.

use ::web::{
    Field, FieldErrors, Fields, Flash, Icon, Locale, Page, Redirect, Tone, badge, empty, heading, heading_under,
    instant,
};
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use domain::{JournalId, TargetId};
use maud::{Markup, html};

use super::Shared;
use super::failure::Failure;
use super::member::Member;
use super::target_trouble;
use crate::store::journal::{self, Journal};
use crate::store::target::{self, Link, TargetRow};
use crate::supply;
use crate::targets::{self, About, Halt, Kind, Setting, Title};

pub(super) async fn find(web: &Shared, member: &Member, id: &str) -> Result<TargetRow, Failure> {
    let id = TargetId::parse(id).map_err(|_| Failure::NotFound)?;
    target::find(&mut web.books.db.read().await?, member.company(), id).await?.ok_or(Failure::NotFound)
}

pub(super) async fn list(State(web): State<Shared>, member: Member) -> Result<Response, Failure> {
    let ever = target::ever(&mut web.books.db.read().await?, member.company()).await?;
    let (found, retired): (Vec<TargetRow>, Vec<TargetRow>) = ever.into_iter().partition(|row| row.removed_at.is_none());
    let locale = member.locale();
    let title = locale.say("targets");
    let main = html! {
        (heading(&title, &locale.say("targets-lead"), html! {}))
        @if found.is_empty() {
            (empty(Icon::Out, &locale.say("targets-empty"), &locale.say("targets-empty-lead"), html! {}))
        } @else {
            ul.list.card.flush { @for row in &found { li { div.list-row {
                div.grow {
                    strong { a href={ "/targets/" (row.id) } { (row.name) } }
                    p.soft { (title_of(row, locale)) " · " @match row.delivered_at {
                        Some(at) => { (locale.say("targets-delivered-at")) " " (instant(at, locale)) },
                        None => (locale.say("targets-never")),
                    } }
                }
                @match &row.error {
                    Some(error) => (badge(if error.stops { Tone::Bad } else { Tone::Care },
                        &target_trouble::sentences(&error.code, locale).0)),
                    None => (badge(Tone::Good, &locale.say("targets-well"))),
                }
            } } } }
        }
        @if !retired.is_empty() {
            section.section { h2 { (locale.say("retire-retired")) } p.soft { (locale.say("retire-retired-lead")) }
                ul.list.card.flush { @for row in &retired { li { div.list-row {
                    div.grow { strong { a href={ "/targets/" (row.id) } { (row.name) } }
                        p.soft { (title_of(row, locale)) @if let Some(at) = row.removed_at { " · " (instant(at, locale)) } } }
                    form method="post" action={ "/targets/" (row.id) "/restore" } {
                        button.small type="submit" { (locale.say("retire-restore")) } }
                } } } }
            }
        }
        section.section { h2 { (locale.say("targets-add")) }
            ul.list.card.flush { @for (name, target) in targets::ALL { li { div.list-row {
                div.grow { strong { (called(target.about(), locale)) } }
                a.button.small href={ "/targets/add?system=" (name) } { (Icon::Plus) (locale.say("targets-add-do")) }
            } } } }
        }
    };
    Ok(member.frame().show(Page::new(title, main)))
}

/// What a system is called.
pub(crate) fn title_of(row: &TargetRow, locale: &Locale) -> String {
    targets::named(&row.system).map_or_else(|| row.system.clone(), |target| called(target.about(), locale))
}

fn called(about: &About, locale: &Locale) -> String {
    match about.title {
        Title::Name(name) => name.to_owned(),
        Title::Words(key) => locale.say(key),
    }
}

/// A form of settings, filled in by somebody or from what is stored.
struct Sheet<'a> {
    about: &'a About,
    system: &'a str,
    action: String,
    fields: Fields,
    errors: FieldErrors,
    refused: Option<Halt>,
    has_secret: bool,
    journals: Vec<Journal>,
}

pub(super) async fn add(
    State(web): State<Shared>,
    member: Member,
    Query(query): Query<Fields>,
) -> Result<Response, Failure> {
    let about = targets::named(query.text("system")).ok_or(Failure::NotFound)?.about();
    let journals = journal::of_company(&mut web.books.db.read().await?, member.company()).await?;
    // Every journal is wished for until somebody unticks one.
    let mut fields: Vec<(String, String)> = vec![("name".to_owned(), called(about, member.locale()))];
    fields.extend(journals.iter().map(|journal| ("journal".to_owned(), journal.id.to_string())));
    fields.extend(
        about
            .settings
            .iter()
            .filter(|s| s.kind == Kind::Folder)
            .map(|s| (s.name.to_owned(), query.text("system").to_owned())),
    );
    let sheet = Sheet {
        about,
        system: query.text("system"),
        action: "/targets".to_owned(),
        fields: fields.into_iter().collect(),
        errors: FieldErrors::new(),
        refused: None,
        has_secret: false,
        journals,
    };
    Ok(member.frame().show(page(&sheet, &member, ("/targets", &member.locale().say("targets")))))
}

pub(super) async fn settings(
    State(web): State<Shared>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let row = find(&web, &member, &id).await?;
    let about = targets::named(&row.system).ok_or(Failure::NotFound)?.about();
    let mut tx = web.books.db.read().await?;
    let journals = journal::of_company(&mut tx, member.company()).await?;
    let links = target::links(&mut tx, row.company, row.id).await?;
    drop(tx);
    let sheet = Sheet {
        about,
        system: &row.system,
        action: format!("/targets/{}/settings", row.id),
        fields: stored(&row, &links),
        errors: FieldErrors::new(),
        refused: None,
        has_secret: row.secret_sealed.is_some(),
        journals,
    };
    let above = format!("/targets/{}", row.id);
    Ok(member.frame().show(page(&sheet, &member, (&above, &row.name))))
}

fn stored(row: &TargetRow, links: &[Link]) -> Fields {
    let mut fields: Vec<(String, String)> = vec![("name".to_owned(), row.name.clone())];
    fields.extend(row.values.0.clone());
    for link in links {
        fields.push(("journal".to_owned(), link.journal.to_string()));
        fields.push((format!("place-{}", link.journal), link.place.clone().unwrap_or_default()));
    }
    fields.into_iter().collect()
}

pub(super) async fn create(
    State(web): State<Shared>,
    member: Member,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    keep(&web, &member, None, fields).await
}

pub(super) async fn change(
    State(web): State<Shared>,
    member: Member,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let row = find(&web, &member, &id).await?;
    if row.from_file {
        return Err(Failure::Stale);
    }
    keep(&web, &member, Some(row), fields).await
}

/// Checks the settings against the system, and keeps them when it would take lines.
async fn keep(web: &Shared, member: &Member, known: Option<TargetRow>, fields: Fields) -> Result<Response, Failure> {
    let system = known.as_ref().map_or_else(|| fields.text("system").to_owned(), |row| row.system.clone());
    let about = targets::named(&system).ok_or(Failure::NotFound)?.about();
    let journals = journal::of_company(&mut web.books.db.read().await?, member.company()).await?;
    // A secret is for the place that it was given for: whoever names another one writes it again.
    let stays = |row: &TargetRow| {
        about.identity.iter().all(|name| row.values.text(name) == fields.text(name).trim_end_matches('/'))
    };
    let has_secret = known.as_ref().is_some_and(|row| row.secret_sealed.is_some() && stays(row));
    let id = known.as_ref().map(|row| row.id);
    let mut errors = FieldErrors::new();
    let chosen = chosen(&fields, &journals, &mut errors);
    let mut refused = None;
    match supply::read(&system, fields.text("name"), |name| fields.text(name), has_secret, false) {
        Err(wrong) => wrong.into_iter().for_each(|(field, key)| errors.add(field, key)),
        Ok(wish) if errors.is_empty() => {
            let before = if id.is_none() { web.books.had_before(member.company(), &wish).await? } else { None };
            let row = web.books.draft(member.company(), id.or(before), &wish, false);
            match web.books.check_target(&row).await? {
                Err(halt) => refused = Some(halt),
                Ok(found) => {
                    if web.books.put_target(&row, &chosen).await? {
                        let flash = Flash::good(member.locale().say_with("targets-kept", &[("found", found.into())]));
                        let redirect = Redirect::to(format!("/targets/{}", row.id));
                        return Ok(redirect.flash(&web.cookies, &flash).into_response());
                    }
                    errors.add("name", "targets-name-taken");
                }
            }
        }
        Ok(_) => {}
    }
    let action = id.map_or_else(|| "/targets".to_owned(), |id| format!("/targets/{id}/settings"));
    let sheet = Sheet { about, system: &system, action, fields, errors, refused, has_secret, journals };
    Ok(member.frame().show(page(&sheet, member, ("/targets", &member.locale().say("targets")))))
}

/// The journals that were ticked, with what each is called there.
fn chosen(fields: &Fields, journals: &[Journal], errors: &mut FieldErrors) -> Vec<(JournalId, Option<String>)> {
    let mut chosen = Vec::new();
    for journal in journals.iter().filter(|journal| fields.all("journal").any(|id| id == journal.id.to_string())) {
        let name = format!("place-{}", journal.id);
        let place = fields.text(&name);
        if !place.is_empty() && !supply::is_place(place) {
            errors.add(&name, "targets-place-wrong");
        }
        chosen.push((journal.id, (!place.is_empty()).then(|| place.to_owned())));
    }
    chosen
}

fn page(sheet: &Sheet<'_>, member: &Member, above: (&str, &str)) -> Page {
    let locale = member.locale();
    let title = called(sheet.about, locale);
    let main = html! {
        (heading_under(Some(above), &title, &locale.say("targets-form-lead"), html! {}))
        (sheet.errors.notice(locale))
        @if let Some(halt) = &sheet.refused { div role="alert" { (target_trouble::show(halt.code, &halt.detail, None, true, locale)) } }
        form.card method="post" action=(sheet.action) {
            input type="hidden" name="system" value=(sheet.system);
            (Field::text("name", locale.say("targets-name")).value(sheet.fields.text("name")).errors(&sheet.errors).show(locale))
            @for setting in sheet.about.settings { (field(setting, sheet, member)) }
            fieldset { legend { (locale.say("targets-journals")) }
                @if sheet.journals.is_empty() { p.soft { (locale.say("targets-no-journals")) } }
                @for journal in &sheet.journals { (journal_field(journal, sheet, member)) }
            }
            div.form-end { button.main type="submit" { (locale.say("targets-keep")) } }
        }
    };
    Page::new(title, main).narrow()
}

fn field(setting: &Setting, sheet: &Sheet<'_>, member: &Member) -> Markup {
    let locale = member.locale();
    let value = sheet.fields.text(setting.name);
    let options: Vec<(String, String)> = match setting.kind {
        Kind::Switch => {
            vec![("false".to_owned(), locale.say("targets-no")), ("true".to_owned(), locale.say("targets-yes"))]
        }
        Kind::Choice(choices) => {
            choices.iter().map(|(value, label)| ((*value).to_owned(), locale.say(label))).collect()
        }
        Kind::Text | Kind::Address | Kind::Folder | Kind::Secret | Kind::Day => Vec::new(),
    };
    let label = locale.say(setting.label);
    let mut field = match setting.kind {
        Kind::Switch | Kind::Choice(_) => Field::choice(setting.name, label, &options).value(value),
        Kind::Secret => Field::text(setting.name, label).kind("password").complete("off"),
        Kind::Address => Field::text(setting.name, label).kind("url").value(value),
        Kind::Day => Field::text(setting.name, label).kind("date").value(value),
        Kind::Text | Kind::Folder => Field::text(setting.name, label).value(value),
    };
    let kept = setting.kind == Kind::Secret && sheet.has_secret;
    if kept {
        field = field.hint(locale.say("targets-secret-kept"));
    } else if let Some(hint) = setting.hint {
        field = field.hint(locale.say(hint));
    }
    // A switch always stands on yes or no, and a choice on one of its own.
    let stands = matches!(setting.kind, Kind::Switch | Kind::Choice(_));
    if (!setting.required && !stands) || kept {
        field = field.optional();
    }
    field.errors(&sheet.errors).show(locale)
}

fn journal_field(journal: &Journal, sheet: &Sheet<'_>, member: &Member) -> Markup {
    let locale = member.locale();
    let ticked = sheet.fields.all("journal").any(|id| id == journal.id.to_string());
    let name = format!("place-{}", journal.id);
    html! {
        label.choice { input type="checkbox" name="journal" value=(journal.id) checked[ticked];
            span.choice-body { strong { (journal.name) } small { (journal.code) " · " (journal.currency) } } }
        @if let Some(place) = sheet.about.place {
            (Field::text(&name, locale.say(place)).value(sheet.fields.text(&name)).optional().errors(&sheet.errors).show(locale))
        }
    }
}
