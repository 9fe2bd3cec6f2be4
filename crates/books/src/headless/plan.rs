//! What the operator's settings file describes besides providers: connections by custom integrations, journals with
//! their shape, targets. It is brought about whenever the books start and before each command; what cannot be yet is
//! said in a sentence and tried again the next time. What the file no longer describes stays as it is.

use std::collections::BTreeMap;

use domain::{Date, JournalId};

use super::{HeadlessError, is_named};
use crate::link::{To, Wish, may_begin, suggestion};
use crate::store::account::Account;
use crate::store::company::Company;
use crate::store::connection::Connection;
use crate::store::journal::{Journal, Period, bare};
use crate::store::target::TargetRow;
use crate::store::{account, connection, journal, target};
use crate::{Books, supply, targets};

/// Everything that the file describes.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Connections.
    pub connections: Vec<PlannedConnection>,
    /// Journals.
    pub journals: Vec<PlannedJournal>,
    /// Targets.
    pub targets: Vec<PlannedTarget>,
}

/// A connection.
#[derive(Debug, Clone)]
pub struct PlannedConnection {
    /// The company's name or id; it is made when there is none of that name.
    pub company: String,
    /// A provider of the settings.
    pub provider: String,
    /// The institution's name; not needed for a custom integration.
    pub bank: String,
    /// Hours between two imports; 0 for never.
    pub every_hours: Option<i64>,
}

/// A journal.
#[derive(Debug, Clone)]
pub struct PlannedJournal {
    /// The company's name or id.
    pub company: String,
    /// The number of its bank account.
    pub account: String,
    /// The account's currency, where one number has several.
    pub currency: Option<String>,
    /// Its name; the bank's and the account's when it is not given.
    pub name: Option<String>,
    /// Nothing from before this day is imported.
    pub start: Option<Date>,
    /// `none`, `daily`, `weekly` or `monthly`.
    pub statements: Option<String>,
}

/// A target.
#[derive(Debug, Clone)]
pub struct PlannedTarget {
    /// The company's name or id.
    pub company: String,
    /// Its name.
    pub name: String,
    /// Which system, as the page that adds targets lists them.
    pub system: String,
    /// Codes, names or numbers of journals; every journal when there is none.
    pub journals: Vec<String>,
    /// The settings of the system.
    pub settings: BTreeMap<String, String>,
}

impl PlannedTarget {
    /// What of it no system takes, without looking at anything but the text: each with the name of its setting and a
    /// sentence. Whether a server answers is not asked.
    pub fn mistakes(&self) -> Vec<(String, String)> {
        let Some(system) = targets::named(&self.system) else {
            let known: Vec<&str> = targets::ALL.iter().map(|(name, _)| *name).collect();
            let sentence = format!("no system is called '{}': write one of {}", self.system, known.join(", "));
            return vec![("system".to_owned(), sentence)];
        };
        let known: Vec<&str> = system.about().settings.iter().map(|setting| setting.name).collect();
        let strange = self.settings.keys().filter(|name| !known.contains(&name.as_str()));
        let sentence = |name: &String| format!("{} has no setting {name}: it takes {}", self.system, known.join(", "));
        let mut found: Vec<_> = strange.map(|name| (name.clone(), sentence(name))).collect();
        let given = |name: &str| self.settings.get(name).map_or("", String::as_str);
        if let Err(wrong) = supply::read(&self.system, &self.name, given, false, true) {
            found.extend(wrong.into_iter().map(|(name, key)| (name.to_owned(), in_words(name, given(name), key))));
        }
        found
    }
}

/// Why a setting cannot stay, for somebody who writes a file.
fn in_words(name: &str, text: &str, key: &str) -> String {
    match key {
        "targets-address-wrong" => format!("'{text}' is no address such as https://odoo.example.org"),
        "targets-folder-wrong" => {
            format!("'{text}' is no folder: write one below books.files, or one that begins with /")
        }
        "targets-day-wrong" => format!("'{text}' is not a day such as \"2026-01-31\""),
        "targets-too-long" => format!("{name} is too long"),
        _ if text.is_empty() => format!("{name} is missing"),
        _ => format!("'{text}' is no value of {name}"),
    }
}

impl Books {
    /// Brings about what the file describes. Answers what could not be, in sentences.
    pub async fn apply(&self, plan: &Plan) -> Result<Vec<String>, HeadlessError> {
        let mut notes = Vec::new();
        for planned in &plan.connections {
            notes.extend(self.apply_connection(planned).await?);
        }
        for planned in &plan.journals {
            notes.extend(self.apply_journal(planned).await?);
        }
        for planned in &plan.targets {
            notes.extend(self.apply_target(planned).await?);
        }
        Ok(notes)
    }

    /// A company of the file: of that id, or the operator's own of that name. Never one that somebody else gave the
    /// same name: whoever signs up must not come by the operator's accounts.
    async fn company_of_file(&self, told: &str) -> Result<Company, HeadlessError> {
        if domain::CompanyId::parse(told).is_ok() { self.company_named(told).await } else { self.labelled(told).await }
    }

    async fn apply_connection(&self, planned: &PlannedConnection) -> Result<Option<String>, HeadlessError> {
        let company = self.company_of_file(&planned.company).await?;
        let books = &self.0;
        let Some(provider) = books.settings.provider(&planned.provider) else {
            return Ok(Some(format!("the settings have no provider '{}' for {}", planned.provider, company.name)));
        };
        let own = provider.authorize_url.is_none();
        let mut there = self.connections_of(&company, planned).await?;
        if there.is_empty() && own {
            match books
                .enter_own(company.id, provider)
                .await
                .map_err(|failed| HeadlessError::of(failed, &provider.name))
            {
                Ok(_) => there = self.connections_of(&company, planned).await?,
                Err(HeadlessError::Provider { provider, trouble }) => {
                    return Ok(Some(format!("{provider} cannot be connected: {} ({})", trouble.detail, trouble.code)));
                }
                Err(error) => return Err(error),
            }
        }
        if there.is_empty() {
            let (name, bank) = (&company.name, if planned.bank.is_empty() { "a bank" } else { &planned.bank });
            return Ok(Some(format!(
                "{name} is not connected to {bank} yet: run passerelle books connect --company '{name}' --provider '{}' '{}'",
                provider.name, planned.bank
            )));
        }
        let Some(hours) = planned.every_hours else { return Ok(None) };
        for connection in there {
            let (automatic, every) = (hours > 0, if hours > 0 { hours } else { connection.every_hours });
            if (connection.automatic, connection.every_hours) != (automatic, every) {
                let next = crate::import::next_after(books.environment.now(), every);
                let next = next.min(connection.next_import_at);
                let set: Result<(), db::DbError> = db::write!(books.db, tx => {
                    connection::set_automatic(&mut tx, &connection, automatic, every, next).await
                });
                set?;
            }
        }
        Ok(None)
    }

    async fn connections_of(
        &self,
        company: &Company,
        planned: &PlannedConnection,
    ) -> Result<Vec<Connection>, HeadlessError> {
        let mut found = connection::of_company(&mut self.0.db.read().await?, company.id).await?;
        found.retain(|connection| {
            let bank = planned.bank.is_empty() || connection.institution_name == planned.bank;
            connection.grant.provider == planned.provider && bank
        });
        Ok(found)
    }

    async fn apply_journal(&self, planned: &PlannedJournal) -> Result<Option<String>, HeadlessError> {
        let company = self.company_of_file(&planned.company).await?;
        let books = &self.0;
        let mut tx = books.db.read().await?;
        let wanted = |number: &str, currency: &str| {
            bare(number) == bare(&planned.account) && planned.currency.as_deref().is_none_or(|told| told == currency)
        };
        let mut accounts = account::of_company(&mut tx, company.id).await?;
        accounts.retain(|account| account.listed && wanted(&account.reference, account.currency.code()));
        let connections = connection::of_company(&mut tx, company.id).await?;
        let journals = journal::of_company(&mut tx, company.id).await?;
        drop(tx);
        let there = journals.iter().find(|journal| wanted(&journal.reference, journal.currency.code()));
        if there.is_none_or(|journal| journal.account.is_none()) {
            let number = &planned.account;
            let account = match accounts.as_slice() {
                [one] => one,
                [] => return Ok(Some(format!("account {number} of {} is not authorised yet", company.name))),
                _ => return Ok(Some(format!("account {number} of {} has several currencies: name one", company.name))),
            };
            if let Some(refused) = self.link_planned(planned, account, &connections, &journals).await? {
                return Ok(Some(refused));
            }
        }
        self.shape_planned(&company, planned).await
    }

    async fn link_planned(
        &self,
        planned: &PlannedJournal,
        account: &Account,
        connections: &[Connection],
        journals: &[Journal],
    ) -> Result<Option<String>, HeadlessError> {
        let of = |connection: &&Connection| {
            connection.grant == account.grant && connection.institution == account.institution
        };
        // An account that was authorised along with another bank's has no connection of its own yet.
        let connection = connections.iter().find(of).or(connections.iter().find(|one| one.grant == account.grant));
        let Some(connection) = connection else {
            return Ok(Some(format!("account {} has no connection", planned.account)));
        };
        if planned.start.is_some_and(|start| !may_begin(start, self.0.environment.today())) {
            let number = &planned.account;
            return Ok(Some(format!("account {number}: start is a day from 1970-01-01 to one year from now")));
        }
        let to = suggestion(account, journals).map_or(To::New, |journal| To::Existing(journal.id));
        self.wish(connection, account.id, Wish { to, start_on: planned.start, anyway: false }).await
    }

    /// Gives a journal the name and the statements that the file says.
    async fn shape_planned(
        &self,
        company: &Company,
        planned: &PlannedJournal,
    ) -> Result<Option<String>, HeadlessError> {
        let period = match planned.statements.as_deref() {
            None => None,
            Some(told) => match Period::parse(told) {
                Some(period) => Some(period),
                None => {
                    return Ok(Some(format!("'{told}' is no length of statements: none, daily, weekly or monthly")));
                }
            },
        };
        let journals = journal::of_company(&mut self.0.db.read().await?, company.id).await?;
        let same = |journal: &&Journal| {
            let currency = planned.currency.as_deref().is_none_or(|told| told == journal.currency.code());
            bare(&journal.reference) == bare(&planned.account) && currency
        };
        let Some(found) = journals.iter().find(same) else { return Ok(None) };
        let (name, period) = (planned.name.as_ref().unwrap_or(&found.name), period.unwrap_or(found.period));
        if *name != found.name || period != found.period {
            let shaped: Result<(), db::DbError> =
                db::write!(self.0.db, tx => { journal::shape(&mut tx, company.id, found.id, name, period).await });
            shaped?;
        }
        Ok(None)
    }

    async fn apply_target(&self, planned: &PlannedTarget) -> Result<Option<String>, HeadlessError> {
        let company = self.company_of_file(&planned.company).await?;
        let books = &self.0;
        let given = |name: &str| planned.settings.get(name).map_or("", String::as_str);
        let wish = match supply::read(&planned.system, &planned.name, given, false, true) {
            Ok(wish) => wish,
            Err(wrong) => {
                let which: Vec<&str> = wrong.iter().map(|(setting, _)| *setting).collect();
                return Ok(Some(format!("target '{}': {} cannot be used", planned.name, which.join(", "))));
            }
        };
        let mut tx = books.db.read().await?;
        let journals = journal::of_company(&mut tx, company.id).await?;
        let known = target::ever(&mut tx, company.id).await?.into_iter().find(|row| row.name == wish.name);
        if let Some(note) = known.as_ref().and_then(|known| in_the_way(known, &wish, &company)) {
            return Ok(Some(note));
        }
        let links = match &known {
            Some(row) => target::links(&mut tx, company.id, row.id).await?,
            None => Vec::new(),
        };
        drop(tx);
        let all = planned.journals.is_empty();
        let chosen = |journal: &&Journal| all || planned.journals.iter().any(|told| is_named(journal, told));
        let chosen: Vec<(JournalId, Option<String>)> = journals
            .iter()
            .filter(chosen)
            .map(|journal| (journal.id, links.iter().find(|l| l.journal == journal.id).and_then(|l| l.place.clone())))
            .collect();
        let id = match &known {
            Some(row) => Some(row.id),
            None => books.had_before(company.id, &wish).await?,
        };
        let row = books.draft(company.id, id, &wish, true);
        let linked = links.len() == chosen.len() && chosen.iter().all(|(id, _)| links.iter().any(|l| l.journal == *id));
        let same = known.as_ref().is_some_and(|known| linked && self.is_same(known, &row, &wish));
        if !same {
            books.put_target(&row, &chosen).await?;
        }
        Ok(None)
    }

    /// Whether a target has these settings and this secret already.
    fn is_same(&self, known: &TargetRow, row: &TargetRow, wish: &supply::Wish) -> bool {
        let secret = match (&known.secret_sealed, &wish.secret) {
            (None, None) => true,
            (Some(sealed), Some(given)) => {
                self.0.keyring.open_text(&known.place(), sealed).is_ok_and(|kept| kept.expose() == given.expose())
            }
            (Some(_), None) | (None, Some(_)) => false,
        };
        secret && known.removed_at.is_none() && known.values == row.values
    }
}

/// Why a target of the file cannot have its name: what goes by it already is another system or a person's own. That one
/// stays as it is.
fn in_the_way(known: &TargetRow, wish: &supply::Wish, company: &Company) -> Option<String> {
    let (name, company, system) = (&wish.name, &company.name, &known.system);
    if !known.from_file {
        return Some(format!(
            "target '{name}' of {company} was added on the pages: give the one in the settings another name, or remove that one"
        ));
    }
    (*system != wish.system).then(|| {
        format!(
            "target '{name}' of {company} is of the system '{system}': give the one of the system '{}' another name",
            wish.system
        )
    })
}
