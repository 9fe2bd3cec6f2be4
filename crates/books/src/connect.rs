//! To a provider and back: OAuth with a code and PKCE. What is needed for the return lies in the database from the
//! first click on, so a closed tab or a restart of the books loses nothing.

use std::collections::{HashMap, HashSet};

use db::{DbError, Tx};
use domain::{AccountId, CompanyId, ConnectionId, InstitutionId, UserId};
use hub_api::{AccessToken, AuthorizationRequest, Client, PageRequest, TokenGrant, TokenResponse};
use url::Url;
use vault::{pkce, token};

use crate::access::{Failed, credentials};
use crate::import::{EVERY_HOURS, next_after};
use crate::settings::Provider;
use crate::store::account::{self, Told};
use crate::store::attempt::{self, Attempt, Purpose};
use crate::store::connection::{self, Comparison, Connection};
use crate::store::grant::{self, GrantKey};
use crate::store::inspection;
use crate::{BooksError, Inner, Trouble, catalogue, pull};

/// What these books ask for: to read accounts, to go on reading without the person, and the organization's name.
const SCOPE: &str = "offline_access ai name";
const MOST_PAGES: usize = 100;

/// Who wants to go where, and why.
pub(crate) struct Departure<'a> {
    pub(crate) company: CompanyId,
    pub(crate) person: UserId,
    pub(crate) purpose: Purpose,
    pub(crate) provider: &'a Provider,
    pub(crate) institution: InstitutionId,
    pub(crate) institution_name: &'a str,
    pub(crate) connection: Option<ConnectionId>,
    pub(crate) language: &'a str,
}

/// What came back from a provider.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Return<'a> {
    pub(crate) state: &'a str,
    pub(crate) code: &'a str,
    pub(crate) error: &'a str,
    pub(crate) error_description: &'a str,
}

/// What a return led to.
#[derive(Debug)]
pub(crate) enum Arrival {
    /// The connection is there; next, its accounts are linked.
    Connected(ConnectionId),
    /// The return belongs to nothing that was begun for this company.
    Unknown,
    /// The person refused, or the provider did. Nothing changed.
    Refused { attempt: Box<Attempt>, detail: String },
}

impl Inner {
    /// Begins a way and answers the provider's address for the browser.
    pub(crate) async fn depart(&self, departure: Departure<'_>) -> Result<Url, BooksError> {
        let provider = departure.provider;
        let (state, state_hash) = token::new(&self.environment);
        let (verifier, challenge) = pkce::new(&self.environment);
        let place = Attempt::place(departure.company, &state_hash);
        let attempt = Attempt {
            company: departure.company,
            state_hash,
            purpose: departure.purpose,
            provider: provider.name.clone(),
            institution: departure.institution,
            institution_name: departure.institution_name.to_owned(),
            connection: departure.connection,
            verifier_sealed: self.keyring.seal(&place, verifier.expose().as_bytes()),
            person: departure.person,
            begun_at: self.environment.now(),
            finished_at: None,
        };
        let begun: Result<(), DbError> = db::write!(self.db, tx => { attempt::begin(&mut tx, &attempt).await });
        begun?;
        let nowhere = || BooksError::Settings(format!("'{}' has no page where people authorise", provider.name));
        let address = provider.authorize_url.as_ref().ok_or_else(nowhere)?;
        let authorize = Url::parse(address).map_err(|error| BooksError::Settings(format!("'{address}': {error}")))?;
        let url = AuthorizationRequest {
            client_id: &provider.client_id,
            redirect_uri: &self.settings.return_address(),
            scope: SCOPE,
            state: state.expose(),
            challenge: &challenge,
            language: Some(departure.language),
        }
        .url(&authorize);
        Ok(url)
    }

    /// The company of a way that a command line began, when a state belongs to one.
    pub(crate) async fn operators_company(&self, state: &str) -> Result<Option<CompanyId>, BooksError> {
        Ok(attempt::of_operator(&mut self.db.read().await?, &token::hash(state)).await?)
    }

    /// Takes a return in: trades the code, reads what was authorised, and stores both at once.
    pub(crate) async fn arrive(&self, company: CompanyId, back: Return<'_>) -> Result<Arrival, Failed> {
        let state_hash = token::hash(back.state);
        // A page that is reloaded while it still loads asks twice at once, and a code is good once.
        let _turn = self.arriving.lock().await;
        let found = attempt::find(&mut self.db.read().await?, company, &state_hash).await?;
        let Some(attempt) = found else { return Ok(Arrival::Unknown) };
        if attempt.finished_at.is_some() {
            // The same return once more: a reloaded page, or Back.
            return Ok(attempt.connection.map_or(Arrival::Unknown, Arrival::Connected));
        }
        if !back.error.is_empty() || back.code.is_empty() {
            let detail = if back.error_description.is_empty() { back.error } else { back.error_description };
            return Ok(Arrival::Refused { attempt: Box::new(attempt), detail: detail.to_owned() });
        }
        let provider = self.provider(&attempt.provider)?;
        let place = Attempt::place(company, &state_hash);
        let verifier = self.keyring.open_text(&place, &attempt.verifier_sealed).map_err(BooksError::from)?;
        let code = TokenGrant::AuthorizationCode {
            code: back.code,
            redirect_uri: &self.settings.return_address(),
            verifier: verifier.expose(),
        };
        let given = Client::token(&self.door, credentials(provider), code).await?;
        let wanted = Some((attempt.institution, attempt.institution_name.as_str()));
        let connected = self.enter(company, provider, &given, wanted, Some(&attempt)).await?;
        Ok(connected.first().map_or(Arrival::Unknown, |id| Arrival::Connected(*id)))
    }

    /// Connects a custom integration: no person, no page. Answers a connection for each institution it has accounts of.
    pub(crate) async fn enter_own(&self, company: CompanyId, provider: &Provider) -> Result<Vec<ConnectionId>, Failed> {
        let given = Client::token(&self.door, credentials(provider), TokenGrant::ClientCredentials).await?;
        self.enter(company, provider, &given, None, None).await
    }

    /// Reads what tokens open and stores both at once. The connections are to the institution that was wanted, or to
    /// every one that has an account.
    async fn enter(
        &self,
        company: CompanyId,
        provider: &Provider,
        given: &TokenResponse,
        wanted: Option<(InstitutionId, &str)>,
        attempt: Option<&Attempt>,
    ) -> Result<Vec<ConnectionId>, Failed> {
        let bearer = AccessToken(given.access_token.clone());
        let client = self.client(provider).await?;
        let userinfo = client.userinfo(&bearer).await?;
        let listed = read_accounts(&client, &bearer).await?;
        let key = GrantKey { company, provider: provider.name.clone(), subject: userinfo.sub.to_string() };
        let mut institutions: Vec<InstitutionId> = match wanted {
            Some((id, _)) => vec![id],
            None => listed.iter().map(|told| told.institution).collect(),
        };
        institutions.sort();
        institutions.dedup();
        let now = self.environment.now();
        let mut fresh = Vec::new();
        for institution in institutions {
            let found = self.institution(provider, institution).await?;
            let known = wanted.map_or_else(|| institution.to_string(), |(_, name)| name.to_owned());
            let status = found.as_ref().map_or("stable", |found| catalogue::state_of(&found.attributes));
            fresh.push(Connection {
                grant: key.clone(),
                id: ConnectionId::new(&self.environment),
                institution,
                institution_name: found.as_ref().map_or(&known, |found| &found.attributes.name).clone(),
                institution_status: status.to_owned(),
                automatic: true,
                every_hours: EVERY_HOURS,
                created_at: now,
                next_import_at: next_after(now, EVERY_HOURS),
                trouble: None,
                comparison: None,
            });
        }
        let tokens = self.sealed(&key, given, 0);
        let connected: Result<Vec<ConnectionId>, DbError> = db::write!(self.db, tx => {
            grant::put(&mut tx, &key, userinfo.name.as_deref(), &tokens, now).await?;
            let comparison = self.take_in(&mut tx, &key, &listed).await?;
            let mut connected = Vec::new();
            for connection in &fresh {
                let id = connection::ensure(&mut tx, connection).await?;
                connection::compare(&mut tx, company, id, Some(&comparison)).await?;
                connected.push(id);
            }
            self.clear_troubles(&mut tx, &key).await?;
            if let (Some(attempt), Some(id)) = (attempt, connected.first()) {
                attempt::lead_to(&mut tx, attempt, *id).await?;
                attempt::finish(&mut tx, company, &attempt.provider, attempt.institution, "connected", now).await?;
            }
            Ok(connected)
        });
        Ok(connected?)
    }

    /// Brings what the books know of a provider's accounts in line with its list: an account is known by its id, or,
    /// when the id changed, by institution, reference and currency.
    pub(crate) async fn take_in(&self, tx: &mut Tx, key: &GrantKey, listed: &[Told]) -> Result<Comparison, DbError> {
        let now = self.environment.now();
        let known = account::of_provider(tx, key.company, &key.provider).await?;
        let told: HashSet<AccountId> = listed.iter().map(|told| told.remote).collect();
        let by_remote: HashMap<AccountId, &account::Account> =
            known.iter().map(|known| (known.remote, known)).collect();
        let mut comparison = Comparison::default();
        let mut rebound: HashSet<AccountId> = HashSet::new();
        for told_now in listed {
            if let Some(same) = by_remote.get(&told_now.remote) {
                let list = if same.listed { &mut comparison.kept } else { &mut comparison.added };
                list.push(same.id.to_string());
                account::refresh(tx, key, same.id, told_now).await?;
                continue;
            }
            let before = known.iter().find(|known| {
                !told.contains(&known.remote)
                    && !rebound.contains(&known.id)
                    && known.institution == told_now.institution
                    && known.reference == told_now.reference
                    && known.currency == told_now.currency
            });
            if let Some(before) = before {
                rebound.insert(before.id);
                comparison.recognised.push(before.id.to_string());
                account::rebind(tx, key.company, before.id, told_now.remote).await?;
                inspection::outdate(tx, key.company, before.id).await?;
                account::refresh(tx, key, before.id, told_now).await?;
            } else {
                let id = AccountId::new(&self.environment);
                comparison.added.push(id.to_string());
                account::add(tx, id, key, told_now, now).await?;
            }
        }
        let gone = known.iter().filter(|known| {
            known.listed
                && known.grant.subject == key.subject
                && !told.contains(&known.remote)
                && !rebound.contains(&known.id)
        });
        for gone in gone {
            comparison.lost.push(gone.id.to_string());
            account::unlist(tx, key.company, gone.id, now).await?;
        }
        Ok(comparison)
    }

    /// A new consent ends what only a person could end.
    async fn clear_troubles(&self, tx: &mut Tx, key: &GrantKey) -> Result<(), DbError> {
        let now = self.environment.now();
        for connection in connection::of_company(tx, key.company).await? {
            let ended = connection.trouble.as_ref().is_some_and(Trouble::needs_person);
            if connection.grant == *key && ended {
                connection::note(tx, key.company, connection.id, None, now).await?;
            }
        }
        for account in account::of_provider(tx, key.company, &key.provider).await? {
            let ended = account.trouble.as_ref().is_some_and(Trouble::needs_person);
            if account.grant == *key && ended {
                account::note(tx, key.company, account.id, None, account.next_allowed_at, now).await?;
            }
        }
        Ok(())
    }
}

/// Every account that a token sees.
async fn read_accounts(client: &Client, bearer: &AccessToken) -> Result<Vec<Told>, Failed> {
    let mut listed = Vec::new();
    let mut page = PageRequest::first(PageRequest::MAX_LIMIT);
    for _ in 0..MOST_PAGES {
        let read = client.accounts(bearer, &page).await?;
        for defect in &read.defects {
            tracing::warn!(path = defect.path, rule = defect.rule, "an account cannot be read");
        }
        listed.extend(read.items.iter().filter_map(|item| pull::told_account(&item.resource)));
        match (read.links.next, read.last_id) {
            (Some(_), Some(last)) => page = PageRequest::after(PageRequest::MAX_LIMIT, last),
            _ => break,
        }
    }
    Ok(listed)
}
