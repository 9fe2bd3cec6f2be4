//! `[[books.connections]]`, `[[books.journals]]` and `[[books.targets]]`: what the books are to hold without anybody
//! clicking. Only the settings file can describe it, because a flag has no place for several.

use std::collections::BTreeMap;

use books::{Plan, PlannedConnection, PlannedJournal, PlannedTarget};
use toml::de::{DeTable, DeValue};

use super::nearest::nearest;

const CONNECTION: [&str; 4] = ["company", "provider", "bank", "every_hours"];
const JOURNAL: [&str; 6] = ["company", "account", "currency", "name", "start", "statements"];

/// The lists that describe the books.
pub(super) const LISTS: [&str; 3] = ["books.connections", "books.journals", "books.targets"];

/// Reads one of the lists into a plan; what is wrong is answered with the offset of its place.
pub(super) fn read(key: &str, list: &DeValue<'_>, offset: usize, plan: &mut Plan) -> Vec<(usize, String)> {
    let what = key.trim_start_matches("books.").trim_end_matches('s');
    let Some(tables) = list.as_array() else {
        return vec![(offset, format!("{what}s are written as [[{key}]], one section each"))];
    };
    let mut mistakes = Vec::new();
    for one in tables {
        let place = one.span().start;
        let Some(table) = one.get_ref().as_table() else {
            mistakes.push((place, format!("a {what} is a section [[{key}]] with keys of its own")));
            continue;
        };
        let known: &[&str] = match what {
            "connection" => &CONNECTION,
            "journal" => &JOURNAL,
            // The settings of a target are its system's.
            _ => &[],
        };
        let before = mistakes.len();
        for (key, _) in table.iter().filter(|(key, _)| !known.is_empty() && !known.contains(&key.get_ref().as_ref())) {
            let meant = nearest(key.get_ref(), known.iter().copied()).map(|meant| format!("; did you mean {meant}?"));
            mistakes
                .push((key.span().start, format!("a {what} has no {}{}", key.get_ref(), meant.unwrap_or_default())));
        }
        if mistakes.len() > before {
            continue;
        }
        let read = match what {
            "connection" => connection(table).map(|read| plan.connections.push(read)),
            "journal" => journal(table).map(|read| plan.journals.push(read)),
            _ => target(table).map(|read| {
                let at = |name: &str| place_of(table, name).unwrap_or(place);
                mistakes.extend(read.mistakes().into_iter().map(|(name, sentence)| (at(&name), sentence)));
                plan.targets.push(read);
            }),
        };
        if let Err(Wrong { key, what }) = read {
            mistakes.push((place_of(table, key).unwrap_or(place), what));
        }
    }
    mistakes
}

/// What cannot be read of a section: at which key, and why.
struct Wrong {
    key: &'static str,
    what: String,
}

impl From<String> for Wrong {
    /// Of the section as a whole.
    fn from(what: String) -> Wrong {
        Wrong { key: "", what }
    }
}

fn wrong(key: &'static str, what: String) -> Wrong {
    Wrong { key, what }
}

/// Where a key stands, or the file that is read for it.
fn place_of(table: &DeTable<'_>, name: &str) -> Option<usize> {
    let written = |key: &str| key == name || key.strip_suffix("_file") == Some(name);
    table.iter().find(|(key, _)| written(key.get_ref().as_ref())).map(|(key, _)| key.span().start)
}

fn text(table: &DeTable<'_>, key: &str) -> Option<String> {
    let value = table.get(key)?.get_ref();
    let number = || value.as_integer().map(|number| number.as_str().to_owned());
    value.as_str().map(str::to_owned).or_else(number).or_else(|| value.as_bool().map(|on| on.to_string()))
}

fn needed(table: &DeTable<'_>, what: &str, key: &str) -> Result<String, String> {
    text(table, key).filter(|text| !text.is_empty()).ok_or_else(|| format!("this {what} lacks {key}"))
}

fn connection(table: &DeTable<'_>) -> Result<PlannedConnection, Wrong> {
    let hours = |told: String| told.parse::<i64>().ok().filter(|hours| (0..=720).contains(hours)).ok_or(told);
    let every_hours = text(table, "every_hours").map(hours).transpose();
    Ok(PlannedConnection {
        company: needed(table, "connection", "company")?,
        provider: needed(table, "connection", "provider")?,
        bank: text(table, "bank").unwrap_or_default(),
        every_hours: every_hours
            .map_err(|told| wrong("every_hours", format!("'{told}' is no number of hours between 0 and 720")))?,
    })
}

fn journal(table: &DeTable<'_>) -> Result<PlannedJournal, Wrong> {
    let day = |told: String| {
        told.parse().map_err(|_| wrong("start", format!("'{told}' is not a day such as \"2026-01-31\"")))
    };
    let statements = text(table, "statements");
    if let Some(told) = statements.as_deref().filter(|told| !["none", "daily", "weekly", "monthly"].contains(told)) {
        let what = format!("'{told}' is no length of statements: write none, daily, weekly or monthly");
        return Err(wrong("statements", what));
    }
    Ok(PlannedJournal {
        company: needed(table, "journal", "company")?,
        account: needed(table, "journal", "account")?,
        currency: text(table, "currency"),
        name: text(table, "name").filter(|name| !name.is_empty()),
        start: text(table, "start").map(day).transpose()?,
        statements,
    })
}

/// A setting whose name ends in `_file` is read from that file, so that a secret need not stand among settings.
fn target(table: &DeTable<'_>) -> Result<PlannedTarget, Wrong> {
    let mut settings = BTreeMap::new();
    for (key, value) in table {
        let name = key.get_ref().as_ref();
        if ["company", "name", "system", "journals"].contains(&name) {
            continue;
        }
        let told =
            text(table, name).ok_or_else(|| format!("a {} cannot stand at {name}", value.get_ref().type_str()))?;
        match name.strip_suffix("_file") {
            Some(secret) => {
                let read = std::fs::read_to_string(&told);
                let read = read.map_err(|error| format!("the file '{told}' of {name} cannot be read: {error}"))?;
                settings.insert(secret.to_owned(), read.trim().to_owned());
            }
            None => drop(settings.insert(name.to_owned(), told)),
        }
    }
    let no_list = || wrong("journals", "journals are a list of codes, names or account numbers".to_owned());
    let journals = match table.get("journals").map(|value| value.get_ref()) {
        None => Vec::new(),
        Some(list) => {
            let list = list.as_array().ok_or_else(no_list)?;
            let texts = list.iter().map(|one| one.get_ref().as_str().map(str::to_owned));
            texts.collect::<Option<Vec<_>>>().ok_or_else(no_list)?
        }
    };
    let system = needed(table, "target", "system")?;
    let name = text(table, "name").unwrap_or_else(|| system.clone());
    Ok(PlannedTarget { company: needed(table, "target", "company")?, name, system, journals, settings })
}
