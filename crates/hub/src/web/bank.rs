//! An institution as every page shows it: its mark, its name, how far its connection has come, and its trouble.

use axum::response::{IntoResponse, Response};
use connectors::InstitutionState;
use domain::InstitutionId;
use maud::{Markup, html};
use web::{Flash, Redirect, Stage, initials, stage_badge};

use super::stop::bank_words;
use super::visit::Member;

/// The mark and name of an account's institution.
pub fn named_institution(member: &Member, id: InstitutionId) -> (Markup, String) {
    let known = member.hub().institution(id).map(|known| known.name.clone());
    let by_files = || (id == crate::files::FILES_INSTITUTION).then(|| member.locale().say("files-institution"));
    let name = known.or_else(by_files).unwrap_or_else(|| id.to_string());
    (initials(&name), name)
}

/// The badge of an institution that is not stable; nothing for one that is.
pub fn unstable_badge(member: &Member, id: InstitutionId) -> Markup {
    let state = member.hub().institution(id).map(|known| member.hub().standing(known).state);
    match state {
        None | Some(InstitutionState::Stable) => html! {},
        Some(state) => stage_badge(stage(state), member.locale()),
    }
}

/// How far an institution's connection has come, for its badge.
pub fn stage(state: InstitutionState) -> Stage {
    match state {
        InstitutionState::Experimental => Stage::Experimental,
        InstitutionState::Beta => Stage::Beta,
        InstitutionState::Stable => Stage::Stable,
        InstitutionState::Maintenance => Stage::Maintenance,
        InstitutionState::Deprecated => Stage::Deprecated,
    }
}

/// Back to a page of ours with the bank's trouble said there: the person can try again from it.
pub fn bank_failed(member: &Member, error: &connectors::BankError, back: &str) -> Response {
    // A bank's sentence and the address that was asked may name an account or a person: they stay out of the log.
    let reply = error.reply();
    let (status, code, request) = (reply.status, reply.code.as_deref(), reply.request_id.as_str());
    tracing::warn!(status, code, request, "a bank could not be asked: {error}");
    let (what, advice) = bank_words(error);
    let flash = Flash::bad(format!("{} {}", member.locale().say(what), member.locale().say(advice)));
    Redirect::to(back).flash(&member.visitor.cookies, &flash).into_response()
}
