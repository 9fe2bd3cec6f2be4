//! Accounts that a bank lists and that could not be read: said where accounts are chosen, and kept in sight after it.

use domain::Defect;
use maud::{Markup, html};
use web::{Locale, Tone, instant};

use super::bank::named_institution;
use super::visit::Member;
use crate::store::account_list::UnreadAccount;

/// What a person is told who chooses accounts.
pub fn notice(unread: &[Defect], locale: &Locale) -> Markup {
    html! {
        @if !unread.is_empty() {
            (web::notice(Tone::Care, html! {
                p { (locale.say_with("unread-count", &[("count", unread.len().into())])) " " (locale.say("unread-advice")) }
                ul { @for defect in unread { li { (defect.rule) ": " code { (defect.value) } } } }
            }))
        }
    }
}

/// The same below the list of accounts, for as long as the permission is good and the bank says so.
pub fn section(unread: &[UnreadAccount], member: &Member) -> Markup {
    let locale = member.locale();
    html! {
        @if !unread.is_empty() {
            section.section data-unread=(unread.len()) {
                div.section-head { h2 { (locale.say("unread-title")) } small { (locale.say("unread-advice")) } }
                div.card.flush {
                    ul.list {
                        @for account in unread {
                            li { div.list-row { div.grow {
                                strong { (named_institution(member, account.institution).1) ": " (account.defect.rule) }
                                small { code { (account.defect.path) } ": " code { (account.defect.value) } " · " (instant(account.seen_at, locale)) }
                            } } }
                        }
                    }
                }
            }
        }
    }
}
