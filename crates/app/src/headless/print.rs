//! What the commands print for people.

use std::io::Write;

use books::{CompanyReport, Connected, JournalReport, Overview, TroubleReport};
use serde::Serialize;

/// Prints a line; a reader that has gone away, as `head` does, is no error.
pub(super) fn line(text: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// Prints one JSON object on one line.
pub(super) fn json(value: &impl Serialize) {
    line(&serde_json::to_string(value).expect("texts and numbers are JSON"));
}

pub(super) fn overview(overview: &Overview, as_json: bool) {
    if as_json {
        return json(overview);
    }
    for note in &overview.notes {
        line(&format!("! {note}"));
    }
    if overview.companies.is_empty() {
        line("These books have no company yet.");
    }
    for company in &overview.companies {
        print_company(company);
    }
}

fn print_company(company: &CompanyReport) {
    line(&company.name);
    for connection in &company.connections {
        let until = connection.consent_until.as_deref().map(|until| format!(", consent until {}", day(until)));
        let waiting = match connection.accounts_to_link {
            0 => String::new(),
            1 => ", one account without a journal".to_owned(),
            count => format!(", {count} accounts without a journal"),
        };
        line(&format!("  {} through {}{}{waiting}", connection.bank, connection.provider, until.unwrap_or_default()));
        for number in &connection.lost {
            line(&format!("    ! account {number} is no longer authorised: connect again with it ticked"));
        }
        trouble(connection.trouble.as_ref());
    }
    for journal in &company.journals {
        print_journal(journal);
    }
    for target in &company.targets {
        let parked = if target.parked > 0 { format!(", {} parked", target.parked) } else { String::new() };
        let changed = if target.changed > 0 { format!(", {} changed since", target.changed) } else { String::new() };
        line(&format!("  to {} ({}): {} delivered{parked}{changed}", target.name, target.system, target.delivered));
        trouble(target.trouble.as_ref());
    }
}

fn print_journal(journal: &JournalReport) {
    let new = journal.changes.map(|changes| {
        format!(": {} new, {} corrected, {} taken back", changes.new, changes.corrected, changes.taken_back)
    });
    line(&format!("  {} {} ({}){}", journal.code, journal.name, journal.number, new.unwrap_or_default()));
    let mut parts = vec![format!("{} lines", journal.lines)];
    parts.extend(journal.balance.as_ref().map(|balance| format!("balance {balance} {}", journal.currency)));
    parts.extend(journal.proof.map(|proof| match &journal.gap {
        Some(gap) => format!("{proof} by {gap}"),
        None => proof.to_owned(),
    }));
    if journal.to_review > 0 {
        parts.push(format!("{} to look at", journal.to_review));
    }
    parts.extend(journal.bank_data_as_of.as_deref().map(|at| format!("bank data of {at}")));
    if !journal.fed {
        parts.push("no account feeds it".to_owned());
    }
    line(&format!("    {}", parts.join(", ")));
    trouble(journal.trouble.as_ref());
}

fn trouble(trouble: Option<&TroubleReport>) {
    let Some(trouble) = trouble else { return };
    let who = if trouble.needs_person { "somebody must act" } else { "tried again by itself" };
    let quote = trouble.reference.as_ref().map(|reference| format!(", reference {reference}")).unwrap_or_default();
    line(&format!("    ! {}: {} ({who}{quote})", trouble.code, trouble.detail));
}

/// The day of an instant.
fn day(instant: &str) -> &str {
    instant.get(..10).unwrap_or(instant)
}

pub(super) fn connected(connected: &Connected, as_json: bool) {
    if as_json {
        return json(connected);
    }
    if connected.accounts.is_empty() {
        line("Connected, but no account was authorised.");
    }
    for account in &connected.accounts {
        let to = match (&account.journal, &account.refused) {
            (Some(journal), _) => format!("feeds {journal}"),
            (None, Some(refused)) => format!("not linked: {refused}"),
            (None, None) => "not linked".to_owned(),
        };
        line(&format!("  {} {} at {}: {to}", account.number, account.currency, account.bank));
    }
}

/// Prints a text as it is.
pub(super) fn text(text: &str) {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}
