//! Connecting without the pages: a custom integration by its own credentials, anything else by an address that the
//! operator opens in a browser, wherever that is.

use domain::{AccountId, CompanyId, ConnectionId};
use serde::Serialize;
use url::Url;
use vault::token;

use super::HeadlessError;
use crate::catalogue::Hit;
use crate::connect::Departure;
use crate::link::{To, Wish, suggestion};
use crate::settings::Provider;
use crate::store::attempt::{self, OPERATOR, Purpose};
use crate::store::company::{self, Company};
use crate::store::connection::{self, Connection};
use crate::store::{account, journal};
use crate::{Books, link};

/// Where somebody wants to go.
#[derive(Debug, Clone, Default)]
pub struct Whither {
    /// A company's name or id.
    pub company: String,
    /// Whether the company is made when there is none of that name.
    pub new_company: bool,
    /// A provider's name in the settings; every one that reaches the bank when it is not said.
    pub provider: Option<String>,
    /// Words of the institution's name, or its BIC. A custom integration needs none.
    pub bank: String,
}

/// Which accounts are linked after the return.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkWhat {
    /// Those of the institution that was chosen.
    Bank,
    /// Every one that was authorised.
    All,
    /// None.
    Nothing,
}

/// A way that was begun.
#[derive(Debug, Clone)]
pub enum Way {
    /// Somebody must open this address; then [`Books::arrived`] answers the connection.
    Open {
        /// For a browser.
        address: String,
        /// The company.
        company: CompanyId,
        /// Recognises the return.
        state_hash: String,
    },
    /// There was nothing to open.
    Done {
        /// The company.
        company: CompanyId,
        /// One for each institution.
        connections: Vec<ConnectionId>,
    },
}

/// One account after connecting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConnectedAccount {
    /// The bank.
    pub bank: String,
    /// Its number.
    pub number: String,
    /// Its currency.
    pub currency: String,
    /// The code and name of the journal that it feeds.
    pub journal: Option<String>,
    /// Why it feeds none although it was to.
    pub refused: Option<String>,
}

/// What came of connecting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Connected {
    /// The company.
    pub company: String,
    /// Ids of the connections.
    pub connections: Vec<String>,
    /// Every account that was authorised.
    pub accounts: Vec<ConnectedAccount>,
}

impl Books {
    /// Begins to connect.
    pub async fn set_out(&self, whither: &Whither) -> Result<Way, HeadlessError> {
        let company = match self.company_named(&whither.company).await {
            Err(HeadlessError::Asked(_)) if whither.new_company => self.labelled(&whither.company).await?,
            found => found?,
        };
        let books = &self.0;
        if let Some(own) = self.own_provider(whither)? {
            let connected = books.enter_own(company.id, own).await;
            let connections = connected.map_err(|failed| HeadlessError::of(failed, &own.name))?;
            return Ok(Way::Done { company: company.id, connections });
        }
        let hit = self.only_bank(whither).await?;
        let unknown = || HeadlessError::Asked(format!("there is no provider '{}' in the settings", hit.provider));
        let departure = Departure {
            company: company.id,
            person: OPERATOR,
            purpose: Purpose::Connect,
            provider: books.settings.provider(&hit.provider).ok_or_else(unknown)?,
            institution: hit.institution.id,
            institution_name: &hit.institution.attributes.name,
            connection: None,
            language: "en",
        };
        let address = books.depart(departure).await?;
        let state_hash = state_of(&address).map(|state| token::hash(&state));
        let lost = || HeadlessError::Asked("the address to open carries no state".to_owned());
        Ok(Way::Open { address: address.to_string(), company: company.id, state_hash: state_hash.ok_or_else(lost)? })
    }

    /// A company that the operator names, made when there is none.
    pub(super) async fn labelled(&self, name: &str) -> Result<Company, HeadlessError> {
        let company = Company { id: CompanyId::new(&self.0.environment), name: name.to_owned() };
        let now = self.0.environment.now();
        let made: Result<Company, db::DbError> =
            db::write!(self.0.db, tx => { company::ensure_labelled(&mut tx, &company, now).await });
        Ok(made?)
    }

    /// The custom integration that is meant: it is named, and its own credentials are all it takes.
    fn own_provider(&self, whither: &Whither) -> Result<Option<&Provider>, HeadlessError> {
        let Some(name) = &whither.provider else { return Ok(None) };
        let settings = &self.0.settings;
        match settings.provider(name) {
            Some(provider) => Ok(Some(provider).filter(|provider| provider.authorize_url.is_none())),
            None => {
                let names: Vec<&str> = settings.providers.iter().map(|provider| provider.name.as_str()).collect();
                let there = names.join(", ");
                Err(HeadlessError::Asked(format!("the settings have no provider '{name}'; there: {there}")))
            }
        }
    }

    /// The one institution that the words mean.
    async fn only_bank(&self, whither: &Whither) -> Result<Hit, HeadlessError> {
        let mut found = self.0.search(&whither.bank, "").await;
        if let Some(name) = &whither.provider {
            found.hits.retain(|hit| hit.provider == *name);
            found.silent.retain(|(provider, _)| provider == name);
        }
        let exact = |hit: &Hit| hit.institution.attributes.name == whither.bank;
        if found.hits.iter().any(exact) {
            found.hits.retain(exact);
        }
        match (found.hits.len(), found.silent.pop()) {
            (1, _) => {}
            (0, Some((provider, trouble))) => {
                return Err(HeadlessError::Provider { provider, trouble: Box::new(trouble) });
            }
            (0, None) => {
                let what = format!("no provider reaches a bank called '{}'", whither.bank);
                return Err(HeadlessError::Asked(what));
            }
            _ => {
                let name = |hit: &Hit| format!("{} (through {})", hit.institution.attributes.name, hit.provider);
                let names: Vec<String> = found.hits.iter().take(20).map(name).collect();
                let what = format!("'{}' means several banks: {}", whither.bank, names.join(", "));
                return Err(HeadlessError::Asked(what));
            }
        }
        found.hits.pop().ok_or_else(|| HeadlessError::Asked("no bank".to_owned()))
    }

    /// The connection that came of a way, once somebody has returned from it.
    pub async fn arrived(&self, company: CompanyId, state_hash: &str) -> Result<Option<ConnectionId>, HeadlessError> {
        let found = attempt::find(&mut self.0.db.read().await?, company, state_hash).await?;
        Ok(found.filter(|attempt| attempt.finished_at.is_some()).and_then(|attempt| attempt.connection))
    }

    /// Links accounts of fresh connections: each to the journal of its number, else to a new one. One that cannot be
    /// linked stops no other.
    pub async fn link_connected(
        &self,
        company: CompanyId,
        connections: &[ConnectionId],
        what: LinkWhat,
    ) -> Result<Connected, HeadlessError> {
        let books = &self.0;
        let mut report = Connected { company: company.to_string(), connections: Vec::new(), accounts: Vec::new() };
        let mut done: Vec<AccountId> = Vec::new();
        for id in connections {
            report.connections.push(id.to_string());
            let Some(connection) = connection::find(&mut books.db.read().await?, company, *id).await? else { continue };
            let names = books.institution_names(&connection).await;
            let mut accounts =
                account::of_provider(&mut books.db.read().await?, company, &connection.grant.provider).await?;
            accounts.retain(|account| account.grant == connection.grant && account.listed);
            for account in accounts.into_iter().filter(|account| !done.contains(&account.id)).collect::<Vec<_>>() {
                done.push(account.id);
                let here = account.institution == connection.institution || connections.len() > 1;
                let wished = match what {
                    LinkWhat::Bank => here,
                    LinkWhat::All => true,
                    LinkWhat::Nothing => false,
                };
                let refused = if wished { self.link_one(&connection, &account).await? } else { None };
                let journal = journal::of_account(&mut books.db.read().await?, company, account.id).await?;
                let bank =
                    names.get(&account.institution.to_string()).map_or(&connection.institution_name, |(name, _)| name);
                report.accounts.push(ConnectedAccount {
                    bank: bank.clone(),
                    number: account.reference.clone(),
                    currency: account.currency.code().to_owned(),
                    journal: journal.map(|journal| format!("{} {}", journal.code, journal.name)),
                    refused,
                });
            }
        }
        Ok(report)
    }

    /// Links one account unless it is; answers why not.
    pub(super) async fn link_one(
        &self,
        connection: &Connection,
        account: &account::Account,
    ) -> Result<Option<String>, HeadlessError> {
        let company = connection.company();
        let mut tx = self.0.db.read().await?;
        if journal::of_account(&mut tx, company, account.id).await?.is_some() {
            return Ok(None);
        }
        let journals = journal::of_company(&mut tx, company).await?;
        drop(tx);
        let to = suggestion(account, &journals).map_or(To::New, |journal| To::Existing(journal.id));
        self.wish(connection, account.id, Wish { to, start_on: None, anyway: false }).await
    }

    pub(super) async fn wish(
        &self,
        connection: &Connection,
        account: AccountId,
        wish: Wish,
    ) -> Result<Option<String>, HeadlessError> {
        match self.0.link(connection.company(), connection, &[(account, wish)]).await {
            Ok(_) => Ok(None),
            Err(link::Refusal::Books(error)) => Err(error.into()),
            Err(refusal) => Ok(Some(refusal.to_string())),
        }
    }
}

fn state_of(address: &Url) -> Option<String> {
    address.query_pairs().find(|(name, _)| name == "state").map(|(_, state)| state.into_owned())
}
