//! Which systems a company's lines go to: adding a target, changing its settings, choosing its journals.

use domain::{CompanyId, JournalId, TargetId};
use vault::Secret;

use crate::store::delivery::Lane;
use crate::store::journal::{self, Journal};
use crate::store::target::{self, TargetRow};
use crate::store::{self, delivery};
use crate::targets::{self, Halt, Kind, Setting, Values, folder};
use crate::{BooksError, Inner, deliver};

/// A setting that cannot stay as it was written: its name and the key of what is wrong.
pub(crate) type Wrong = (&'static str, &'static str);

/// The settings of a target as somebody wrote them.
#[derive(Debug)]
pub(crate) struct Wish {
    /// Which system.
    pub(crate) system: String,
    /// Its name.
    pub(crate) name: String,
    /// What was understood.
    pub(crate) values: Values,
    /// The secret, when one was given.
    pub(crate) secret: Option<Secret<String>>,
}

/// Reads the settings of a system from wherever they are written. `secret_kept` says that an empty secret means the one
/// that is stored.
pub(crate) fn read<'a>(
    system: &str,
    name: &str,
    given: impl Fn(&str) -> &'a str,
    secret_kept: bool,
    from_file: bool,
) -> Result<Wish, Vec<Wrong>> {
    let Some(target) = targets::named(system) else { return Err(vec![("system", "targets-system-unknown")]) };
    let mut wrong = Vec::new();
    let (mut values, mut secret) = (Values::default(), None);
    for setting in target.about().settings {
        let text = given(setting.name).trim();
        if text.is_empty() {
            let kept = setting.kind == Kind::Secret && secret_kept;
            if setting.required && !kept {
                wrong.push((setting.name, "targets-missing"));
            }
            continue;
        }
        if let Some(key) = mistake(setting, text, from_file) {
            wrong.push((setting.name, key));
        } else if setting.kind == Kind::Secret {
            secret = Some(Secret::new(text.to_owned()));
        } else {
            values.0.insert(setting.name.to_owned(), text.trim_end_matches('/').to_owned());
        }
    }
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 80 {
        wrong.push(("name", "targets-missing"));
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    Ok(Wish { system: system.to_owned(), name: name.to_owned(), values, secret })
}

fn mistake(setting: &Setting, text: &str, from_file: bool) -> Option<&'static str> {
    let (good, key) = match setting.kind {
        Kind::Text => (text.chars().count() <= 500, "targets-too-long"),
        // A private key of RSA is the longest.
        Kind::Secret => (text.chars().count() <= 8000, "targets-too-long"),
        Kind::Address => {
            let web =
                url::Url::parse(text).is_ok_and(|url| ["http", "https"].contains(&url.scheme()) && url.has_host());
            (web, "targets-address-wrong")
        }
        Kind::Folder => (folder::is_inside(text) || (from_file && text.starts_with('/')), "targets-folder-wrong"),
        Kind::Day => (text.parse::<domain::Date>().is_ok(), "targets-day-wrong"),
        Kind::Switch => (matches!(text, "true" | "false"), "targets-missing"),
        Kind::Choice(choices) => (choices.iter().any(|(value, _)| *value == text), "targets-missing"),
    };
    (!good).then_some(key)
}

/// Whether a person may call a journal so at a target: an account name with colons, or a number.
pub(crate) fn is_place(text: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ':' | '-' | '_');
    text.chars().count() <= 120
        && text.chars().all(plain)
        && text.chars().next().is_some_and(|c| !matches!(c, ':' | '-'))
}

impl Inner {
    /// A target as it would be with these settings; one of this id keeps it.
    pub(crate) fn draft(&self, company: CompanyId, id: Option<TargetId>, wish: &Wish, from_file: bool) -> TargetRow {
        let mut row = TargetRow {
            company,
            id: id.unwrap_or_else(|| TargetId::new(&self.environment)),
            system: wish.system.clone(),
            name: wish.name.clone(),
            values: wish.values.clone(),
            secret_sealed: None,
            from_file,
            removed_at: None,
            delivered_at: None,
            tries: 0,
            error: None,
        };
        row.secret_sealed =
            wish.secret.as_ref().map(|secret| self.keyring.seal(&row.place(), secret.expose().as_bytes()));
        row
    }

    /// The id of a target that a company had before and that is added again: it was removed, or is out of use. Its
    /// ledger goes on, so that nothing which it acknowledged is sent twice.
    pub(crate) async fn had_before(&self, company: CompanyId, wish: &Wish) -> Result<Option<TargetId>, BooksError> {
        let wanted = identity(&wish.system, &wish.values);
        let mut tx = self.db.read().await?;
        let retired = target::ever(&mut tx, company).await?.into_iter().find(|row| {
            row.removed_at.is_some() && row.system == wish.system && identity(&row.system, &row.values) == wanted
        });
        match retired {
            Some(row) => Ok(Some(row.id)),
            None => Ok(target::removed_as(&mut tx, company, &wanted).await?),
        }
    }

    /// Looks whether a target would take lines with these settings. An empty secret means the one that is stored.
    pub(crate) async fn check_target(&self, row: &TargetRow) -> Result<Result<String, Halt>, BooksError> {
        let Some(system) = targets::named(&row.system) else {
            return Ok(Err(Halt::target("system-unknown", row.system.clone())));
        };
        let mut row = row.clone();
        if row.secret_sealed.is_none() {
            let stored = target::find(&mut self.db.read().await?, row.company, row.id).await?;
            row.secret_sealed = stored.and_then(|stored| stored.secret_sealed);
        }
        let desk = deliver::desk(self, &row)?;
        Ok(system.check(&desk).await)
    }

    /// Stores a target and the journals that it receives: the given ones and no others. Answers `false`, with nothing
    /// done, when another target of the company has its name.
    pub(crate) async fn put_target(
        &self,
        row: &TargetRow,
        journals: &[(JournalId, Option<String>)],
    ) -> Result<bool, BooksError> {
        let now = self.environment.now();
        db::write!(self.db, tx => {
            let others = target::ever(&mut tx, row.company).await?;
            if others.iter().any(|other| other.name == row.name && other.id != row.id) {
                return Ok(false);
            }
            target::put(&mut tx, row, now).await?;
            let links = target::links(&mut tx, row.company, row.id).await?;
            let mut stems: Vec<String> = links.iter().map(|link| link.stem.clone()).collect();
            for link in links.iter().filter(|link| journals.iter().all(|(id, _)| *id != link.journal)) {
                target::unlink(&mut tx, row, link.journal).await?;
            }
            for (id, place) in journals {
                let Some(journal) = journal::find(&mut tx, row.company, *id).await? else { continue };
                let known = links.iter().find(|link| link.journal == *id);
                if known.is_some_and(|link| link.place == *place && link.error.is_none()) {
                    continue;
                }
                let stem = known.map_or_else(|| new_stem(&journal, &stems), |link| link.stem.clone());
                stems.push(stem.clone());
                target::link(&mut tx, row, *id, &stem, place.as_deref()).await?;
                let lane = Lane { company: row.company, target: row.id, journal: *id };
                store::waiting::begin(&mut tx, lane).await?;
            }
            // Other settings may have something to do for lines that came long ago: statements of proven months.
            target::try_again(&mut tx, row).await?;
            Ok(true)
        })
    }

    /// Removes a target; what it received stays there, and is remembered.
    pub(crate) async fn remove_target(&self, row: &TargetRow) -> Result<(), BooksError> {
        let (identity, now) = (identity(&row.system, &row.values), self.environment.now());
        let removed: Result<(), db::DbError> =
            db::write!(self.db, tx => { store::target::remove(&mut tx, row, &identity, now).await });
        Ok(removed?)
    }

    /// Tries everything again: parked lines, stopped journals, the target itself. Answers how many lines were parked.
    pub(crate) async fn try_target_again(&self, row: &TargetRow) -> Result<u64, BooksError> {
        db::write!(self.db, tx => {
            let parked = delivery::unpark(&mut tx, row.company, row.id, None).await?;
            store::target::try_again(&mut tx, row).await?;
            Ok(parked)
        })
    }
}

/// What tells books again, whatever name and key they are given: a hash, because settings are forgotten.
fn identity(system: &str, values: &Values) -> String {
    let told = targets::named(system).map_or(&[][..], |target| target.about().identity);
    let parts = told.iter().map(|setting| values.text(setting).to_lowercase());
    let text: Vec<String> = std::iter::once(system.to_owned()).chain(parts).collect();
    vault::token::hash(&text.join("\n"))
}

/// The name of a journal's files at a target: account and currency, and a number when another journal has that name.
fn new_stem(journal: &Journal, taken: &[String]) -> String {
    let plain = format!("{}-{}", folder::stem(&journal.reference), journal.currency.code());
    let mut stem = plain.clone();
    let mut number = 2;
    while taken.contains(&stem) {
        stem = format!("{plain}-{number}");
        number += 1;
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_or_wrong_is_named() {
        let none = |_: &str| "";
        assert_eq!(read("beancount", "Books", none, false, false).unwrap_err(), [("folder", "targets-missing")]);
        let outside = |_: &str| "../other";
        assert_eq!(read("beancount", "B", outside, false, false).unwrap_err(), [("folder", "targets-folder-wrong")]);
        let absolute = |_: &str| "/srv/ledger";
        assert_eq!(read("beancount", "B", absolute, false, false).unwrap_err(), [("folder", "targets-folder-wrong")]);
        assert!(read("beancount", "B", absolute, false, true).is_ok(), "the operator may say where");
        assert_eq!(read("sap", "B", none, false, false).unwrap_err(), [("system", "targets-system-unknown")]);
    }

    #[test]
    fn a_place_is_an_account_or_a_number() {
        assert!(is_place("Assets:Bank:KBC-1") && is_place("7"));
        assert!(!is_place("Assets Bank") && !is_place(":x") && !is_place("a\nb"));
    }
}
