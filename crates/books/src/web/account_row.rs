//! One account that may be linked: where its lines are to go, from which day on, and how many there would be.

use std::collections::HashMap;

use ::web::{Fields, Tone, badge, iban};
use domain::AccountId;
use maud::{Markup, html};

use super::member::Member;
use super::trouble;
use crate::Trouble;
use crate::link::{Refusal, suggestion};
use crate::preview::Preview;
use crate::store::account::Account;
use crate::store::connection::Connection;
use crate::store::journal::Journal;

/// What the page of accounts needs.
pub(super) struct Seen {
    pub(super) connection: Connection,
    /// Every account under the same grant.
    pub(super) accounts: Vec<Account>,
    pub(super) journals: Vec<Journal>,
    /// Names of institutions by id.
    pub(super) names: HashMap<String, (String, String)>,
}

impl Seen {
    pub(super) fn bank(&self, account: &Account) -> String {
        if account.institution == self.connection.institution {
            return self.connection.institution_name.clone();
        }
        let id = account.institution.to_string();
        self.names.get(&id).map_or(id, |(name, _)| name.clone())
    }

    pub(super) fn journal(&self, account: &Account) -> Option<&Journal> {
        self.journals.iter().find(|journal| journal.account == Some(account.id))
    }

    pub(super) fn listed(&self, of_bank: bool) -> impl Iterator<Item = &Account> {
        let bank = self.connection.institution;
        self.accounts.iter().filter(move |account| account.listed && (account.institution == bank) == of_bank)
    }
}

/// What a person has filled in so far, and what came of it.
#[derive(Default)]
pub(super) struct Form<'a> {
    pub(super) fields: Fields,
    pub(super) refused: Option<&'a Refusal>,
    pub(super) counted: HashMap<AccountId, Result<Preview, Trouble>>,
}

/// One account on the page that links accounts to journals.
pub(super) fn row(seen: &Seen, account: &Account, member: &Member, form: &Form<'_>) -> Markup {
    let locale = member.locale();
    let linked = seen.journal(account);
    html! {
        div.list-row.with-fields {
            div.grow {
                strong { (iban(&account.reference)) " · " (account.currency) }
                p.soft { (seen.bank(account)) @if let Some(name) = &account.name { " · " (name) }
                    @if let Some(holder) = &account.holder { " · " (holder) } }
                @if let Some(counted) = form.counted.get(&account.id) { p { (preview(counted, member)) } }
                @if linked.is_none() && overruled(account, form) {
                    label { input type="checkbox" name={ "anyway-" (account.id) } value="1"; " " (locale.say("link-anyway")) }
                }
            }
            div.end {
                @if let Some(journal) = linked {
                    (badge(Tone::Good, &locale.say("books-linked"))) " " a href={ "/journals/" (journal.id) } { (journal.name) }
                } @else { (choice(seen, account, member, form)) }
            }
        }
    }
}

/// Where the lines of an account are to go, and from which day on.
fn choice(seen: &Seen, account: &Account, member: &Member, form: &Form<'_>) -> Markup {
    let locale = member.locale();
    let (name, start) = (format!("journal-{}", account.id), format!("start-{}", account.id));
    let suggested = suggestion(account, &seen.journals);
    let free = seen.journals.iter().filter(|journal| journal.account.is_none() && journal.currency == account.currency);
    let of_bank = account.institution == seen.connection.institution;
    let chosen = match (form.fields.text(&name), suggested) {
        ("", Some(journal)) => journal.id.to_string(),
        ("", None) if of_bank => "new".to_owned(),
        ("", None) => "later".to_owned(),
        (typed, _) => typed.to_owned(),
    };
    html! {
        div.field {
            label for=(name) { (locale.say("books-link-to")) }
            select id=(name) name=(name) {
                option value="new" selected[chosen == "new"] { (locale.say("books-link-new")) }
                @for journal in free {
                    option value=(journal.id) selected[chosen == journal.id.to_string()] { (journal.code) " · " (journal.name) }
                }
                option value="later" selected[chosen == "later"] { (locale.say("books-link-later")) }
            }
        }
        div.field {
            label for=(start) { (locale.say("link-start")) }
            input id=(start) name=(start) type="date" value=(form.fields.text(&start));
        }
    }
}

/// Whether a person is asked to insist: the last try was refused because of this account, and may be repeated.
fn overruled(account: &Account, form: &Form<'_>) -> bool {
    match form.refused {
        Some(Refusal::Twin { account: refused, .. } | Refusal::OtherNumber { account: refused, .. }) => {
            refused.id == account.id
        }
        Some(
            Refusal::NoAccount
            | Refusal::NoJournal
            | Refusal::Currency { .. }
            | Refusal::AccountTaken { .. }
            | Refusal::JournalTaken { .. }
            | Refusal::Books(_),
        )
        | None => false,
    }
}

fn preview(counted: &Result<Preview, Trouble>, member: &Member) -> Markup {
    let locale = member.locale();
    let counted = match counted {
        Ok(counted) => counted,
        Err(told) => return html! { (badge(Tone::Care, &trouble::sentences(told, locale).0)) },
    };
    let (lines, all) = (("count", counted.lines.into()), ("all", counted.all.into()));
    let words = if counted.more { "link-preview-more" } else { "link-preview" };
    html! {
        strong data-lines=(counted.lines) { (locale.say_with(words, &[lines, all])) }
        @if let Some(oldest) = counted.oldest { " " span.soft { (locale.say_with("link-oldest", &[("day", locale.date(oldest).into())])) } }
    }
}

/// Why nothing was linked.
pub(super) fn sentence(refusal: &Refusal, member: &Member) -> String {
    let locale = member.locale();
    match refusal {
        Refusal::NoAccount => locale.say("books-refused-no-account"),
        Refusal::NoJournal => locale.say("books-refused-no-journal"),
        Refusal::Currency { account, journal } => locale.say_with(
            "books-refused-currency",
            &[
                ("account", locale.iban(&account.reference).into()),
                ("currency", account.currency.code().into()),
                ("journal", journal.name.as_str().into()),
                ("other", journal.currency.code().into()),
            ],
        ),
        Refusal::AccountTaken { account, journal } => locale.say_with(
            "books-refused-account-taken",
            &[("account", locale.iban(&account.reference).into()), ("journal", journal.name.as_str().into())],
        ),
        Refusal::JournalTaken { journal } => {
            locale.say_with("books-refused-journal-taken", &[("journal", journal.name.as_str().into())])
        }
        Refusal::Twin { account, journal } => locale.say_with(
            "link-refused-twin",
            &[("account", locale.iban(&account.reference).into()), ("journal", journal.name.as_str().into())],
        ),
        Refusal::OtherNumber { account, journal } => locale.say_with(
            "link-refused-number",
            &[
                ("account", locale.iban(&account.reference).into()),
                ("journal", journal.name.as_str().into()),
                ("other", locale.iban(&journal.reference).into()),
            ],
        ),
        Refusal::Books(error) => error.to_string(),
    }
}
