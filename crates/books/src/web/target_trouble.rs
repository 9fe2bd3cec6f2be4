//! What stops a target or parks a line, as sentences: what happened and what to do, chosen by the code.

use ::web::{Locale, Tone, instant, notice};
use domain::Timestamp;
use maud::{Markup, html};

/// What happened, and what to do.
pub(crate) fn sentences(code: &str, locale: &Locale) -> (String, String) {
    let (what, advice) = match code {
        "file" => ("targets-trouble-file", "targets-trouble-file-do"),
        "system-unknown" => ("targets-trouble-system", "targets-trouble-system-do"),
        "unreachable" => ("targets-trouble-unreachable", "targets-trouble-unreachable-do"),
        "key" => ("targets-trouble-key", "targets-trouble-key-do"),
        "group" => ("targets-trouble-group", "targets-trouble-group-do"),
        "database" => ("targets-trouble-database", "targets-trouble-database-do"),
        "answer" => ("targets-trouble-answer", "targets-trouble-answer-do"),
        "busy" => ("targets-trouble-busy", "targets-trouble-busy-do"),
        "access" => ("targets-trouble-access", "targets-trouble-access-do"),
        "journal-currency" => ("targets-trouble-journal-currency", "targets-trouble-journal-currency-do"),
        "journal-fed" => ("targets-trouble-journal-fed", "targets-trouble-journal-fed-do"),
        "journal-several" => ("targets-trouble-journal-several", "targets-trouble-journal-several-do"),
        "journal-missing" => ("targets-trouble-journal-missing", "targets-trouble-journal-missing-do"),
        "journal-suspense" => ("targets-trouble-journal-suspense", "targets-trouble-journal-suspense-do"),
        "journal-archived" => ("targets-trouble-journal-archived", "targets-trouble-journal-archived-do"),
        "moved-date" => ("targets-trouble-moved-date", "targets-trouble-moved-date-do"),
        "company" => ("targets-trouble-company", "targets-trouble-company-do"),
        "file-taken" => ("outgoing-trouble-taken", "outgoing-trouble-taken-do"),
        "sftp-settings" => ("outgoing-trouble-settings", "outgoing-trouble-settings-do"),
        "sftp-connection" => ("outgoing-trouble-connection", "outgoing-trouble-connection-do"),
        "sftp-refused" => ("outgoing-trouble-refused", "outgoing-trouble-refused-do"),
        "sftp-missing" => ("outgoing-trouble-missing", "outgoing-trouble-missing-do"),
        "opening-locked" => ("odoo-trouble-opening-locked", "odoo-trouble-opening-locked-do"),
        "books-failed" => ("failing-delivery", "failing-delivery-do"),
        "key-ends" => ("targets-trouble-key-ends", "targets-trouble-key-ends-do"),
        _ => ("targets-trouble-other", "targets-trouble-other-do"),
    };
    (locale.say(what), locale.say(advice))
}

/// Why a line is parked.
pub(super) fn reason(code: &str, locale: &Locale) -> String {
    locale.say(match code {
        "unsaid" => "targets-parked-unsaid",
        "locked" => "targets-parked-locked",
        "statement-unproven" => "outgoing-parked-unproven",
        "statement-broken" => "outgoing-parked-broken",
        "statement-impossible" => "outgoing-parked-impossible",
        _ => "targets-parked-refused",
    })
}

/// A trouble as a notice: what, since when, what to do, and what the system said.
pub(super) fn show(code: &str, detail: &str, since: Option<Timestamp>, stops: bool, locale: &Locale) -> Markup {
    let (what, advice) = sentences(code, locale);
    let body = html! {
        p { strong { (what) } @if let Some(since) = since {
            " " span.soft { (locale.say("targets-since")) " " (instant(since, locale)) } } }
        p { (advice) }
        p.soft { code { (code) } @if !detail.is_empty() { " · " (detail) } }
    };
    notice(if stops { Tone::Bad } else { Tone::Care }, body)
}
