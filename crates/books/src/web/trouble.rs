//! Troubles as sentences: what happened and what to do, chosen by the code.

use ::web::{Locale, Tone, instant, notice};
use maud::{Markup, html};

use crate::Trouble;

/// What happened, and what to do.
pub(crate) fn sentences(trouble: &Trouble, locale: &Locale) -> (String, String) {
    let (what, advice) = match trouble.code.as_str() {
        "connectAgain" => ("books-trouble-connect-again", "books-trouble-connect-again-do"),
        "unreachable" => ("books-trouble-unreachable", "books-trouble-wait-do"),
        "wait" => ("books-trouble-wait", "books-trouble-wait-do"),
        "slow" => ("books-trouble-slow", "books-trouble-slow-do"),
        "contract" => ("books-trouble-contract", "books-trouble-contract-do"),
        "providerFailed" | "internalError" | "serviceUnavailable" => {
            ("books-trouble-provider-failed", "books-trouble-wait-do")
        }
        "booksFailed" => ("failing-import", "failing-import-do"),
        "providerUnknown" => ("books-trouble-provider-unknown", "books-trouble-operator-do"),
        "invalidCredentials" | "clientIdInvalid" => ("books-trouble-credentials", "books-trouble-operator-do"),
        "authorizationInvalid" | "authorizationExpired" | "userActionRequired" => {
            ("books-trouble-authorization", "books-trouble-authorization-do")
        }
        "financialInstitutionQuotaExceeded" => ("books-trouble-quota", "books-trouble-quota-do"),
        "financialInstitutionUnavailable" => ("books-trouble-bank-down", "books-trouble-wait-do"),
        "financialInstitutionError" => ("books-trouble-bank-error", "books-trouble-bank-error-do"),
        "financialInstitutionUnderMaintenance" => ("books-trouble-maintenance", "books-trouble-wait-do"),
        "organizationBlocked" => ("books-trouble-blocked", "books-trouble-blocked-do"),
        "resourceNotFound" | "accountNoLongerAvailable" | "invalidSynchronizationResource" => {
            ("books-trouble-account-gone", "books-trouble-account-gone-do")
        }
        _ => ("books-trouble-other", "books-trouble-other-do"),
    };
    (locale.say(what), locale.say(advice))
}

/// A trouble as a notice: what, since when, what to do, what was said, and what to quote: the provider's reference, or
/// our own when it gave none.
pub(super) fn show(trouble: &Trouble, own: &str, locale: &Locale) -> Markup {
    let (what, advice) = sentences(trouble, locale);
    let body = html! {
        p { strong { (what) } @if let Some(since) = trouble.since {
            " " span.soft { (locale.say("books-trouble-since")) " " (instant(since, locale)) } } }
        p { (advice) }
        p.soft { code { (trouble.code) } @if !trouble.detail.is_empty() { " · " (trouble.detail) } }
        @let reference = trouble.reference.as_deref().unwrap_or(own);
        @let words = if trouble.reference.is_some() { "books-trouble-reference" } else { "keep-reference" };
        p.soft { (locale.say(words)) " " code { (reference) } " "
            button.small type="button" data-copy=(reference) data-copied=(locale.say("web-copied")) hidden {
                (locale.say("web-copy")) } }
    };
    let tone = if trouble.needs_person() { Tone::Bad } else { Tone::Care };
    notice(tone, body)
}
