//! The statement files that a target has, newest first.

use ::web::{amount, instant, proof_badge};
use domain::{JournalId, Money};
use maud::{Markup, html};

use super::member::Member;
use crate::store::journal::Journal;
use crate::store::statement_file::Written;

/// The list; nothing where there is none.
pub(super) fn list<'a>(
    files: &[Written],
    journal: impl Fn(JournalId) -> Option<&'a Journal>,
    member: &Member,
) -> Markup {
    let locale = member.locale();
    if files.is_empty() {
        return html! {};
    }
    html! {
        section.section { h2 { (locale.say("outgoing-files")) }
            ul.list.card.flush { @for file in files { @if let Some(journal) = journal(file.journal) { li { div.list-row {
                div.grow {
                    strong { (file.name) }
                    p.soft { (journal.name) " · " (locale.date(file.outgoing.from)) " – " (locale.date(file.outgoing.to))
                        " · " (locale.say_with("outgoing-lines", &[("count", file.outgoing.lines.into())]))
                        @if let Some(at) = file.at { " · " (instant(at, locale)) } }
                    p { (proof_badge(&file.outgoing.proof(journal.currency), locale)) " "
                        (amount(Money::new(file.outgoing.total_minor, journal.currency), locale)) }
                }
            } } } } }
        }
    }
}
