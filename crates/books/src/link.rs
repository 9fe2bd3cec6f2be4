//! Accounts and journals: which account feeds which journal. Never two journals on one account, never two accounts on
//! one journal, and only where the currencies agree.

use std::collections::HashMap;

use db::{DbError, Tx};
use domain::{AccountId, CompanyId, ConnectionId, JournalId};

use crate::store::account::{self, Account};
use crate::store::connection::{self, Connection};
use crate::store::journal::{self, Journal, Linked};
use crate::{BooksError, Inner, Trouble, catalogue};

/// What is wished for an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wish {
    /// A journal of its own.
    New,
    /// A journal that is there.
    Existing(JournalId),
    /// Not now.
    Later,
}

/// Why accounts were not linked. Nothing was changed.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// No such account in this company, or it is no longer authorised.
    NoAccount,
    /// No such journal in this company.
    NoJournal,
    /// The currencies differ.
    Currency { account: Box<Account>, journal: Box<Journal> },
    /// The account feeds a journal already.
    AccountTaken { account: Box<Account>, journal: Box<Journal> },
    /// The journal is fed by another account already.
    JournalTaken { journal: Box<Journal> },
    /// The books themselves.
    Books(BooksError),
}

impl From<DbError> for Refusal {
    fn from(error: DbError) -> Refusal {
        Refusal::Books(error.into())
    }
}

impl Inner {
    /// Grants the wishes, all or none, and answers the connections that have something to import now.
    pub(crate) async fn link(
        &self,
        company: CompanyId,
        from: &Connection,
        wishes: &[(AccountId, Wish)],
    ) -> Result<Vec<ConnectionId>, Refusal> {
        let names = self.institution_names(from).await;
        db::write!(self.db, tx => {
            let mut connections = Vec::new();
            for (id, wish) in wishes {
                if let Some(account) = self.grant_wish(&mut tx, company, *id, *wish, &names).await? {
                    let connection = self.connection_of(&mut tx, from, &account, &names).await?;
                    if !connections.contains(&connection) {
                        connections.push(connection);
                    }
                }
            }
            Ok(connections)
        })
    }

    async fn grant_wish(
        &self,
        tx: &mut Tx,
        company: CompanyId,
        id: AccountId,
        wish: Wish,
        names: &HashMap<String, (String, String)>,
    ) -> Result<Option<Account>, Refusal> {
        if wish == Wish::Later {
            return Ok(None);
        }
        let account = account::find(tx, company, id).await?.filter(|account| account.listed);
        let account = account.ok_or(Refusal::NoAccount)?;
        if let Some(journal) = journal::of_account(tx, company, id).await? {
            // The same wish twice, as from a double click, is granted already.
            if wish == Wish::Existing(journal.id) {
                return Ok(Some(account));
            }
            return Err(Refusal::AccountTaken { account: Box::new(account), journal: Box::new(journal) });
        }
        match wish {
            Wish::Later => Ok(None),
            Wish::New => {
                let journal = Journal {
                    company,
                    id: JournalId::new(&self.environment),
                    code: String::new(),
                    name: journal_name(&account, names),
                    reference: account.reference.clone(),
                    currency: account.currency,
                    account: Some(id),
                };
                journal::add(tx, &journal, self.environment.now()).await?;
                Ok(Some(account))
            }
            Wish::Existing(journal_id) => {
                let journal = journal::find(tx, company, journal_id).await?.ok_or(Refusal::NoJournal)?;
                if journal.currency != account.currency {
                    return Err(Refusal::Currency { account: Box::new(account), journal: Box::new(journal) });
                }
                match journal::link(tx, company, journal_id, id).await? {
                    Linked::Yes => Ok(Some(account)),
                    Linked::JournalTaken => Err(Refusal::JournalTaken { journal: Box::new(journal) }),
                }
            }
        }
    }

    /// The connection that imports an account: that of its institution, which is made when a bank that was not picked
    /// was authorised along with the one that was.
    async fn connection_of(
        &self,
        tx: &mut Tx,
        from: &Connection,
        account: &Account,
        names: &HashMap<String, (String, String)>,
    ) -> Result<ConnectionId, DbError> {
        let now = self.environment.now();
        let institution = account.institution.to_string();
        let (name, status) = match names.get(&institution) {
            Some((name, status)) => (name.clone(), status.clone()),
            None if account.institution == from.institution => {
                (from.institution_name.clone(), from.institution_status.clone())
            }
            None => (institution, "stable".to_owned()),
        };
        let wanted = Connection {
            grant: account.grant.clone(),
            id: ConnectionId::new(&self.environment),
            institution: account.institution,
            institution_name: name,
            institution_status: status,
            automatic: true,
            created_at: now,
            next_import_at: crate::import::next_after(now),
            trouble: None,
            comparison: None,
        };
        connection::ensure(tx, &wanted).await
    }

    /// Names and states of a provider's institutions by id; empty when the provider does not answer.
    pub(crate) async fn institution_names(&self, from: &Connection) -> HashMap<String, (String, String)> {
        let provider = self.settings.provider(&from.grant.provider);
        let list = match provider {
            Some(provider) => self.institutions(provider).await,
            None => Err(Trouble::new("providerUnknown", "")),
        };
        let named = |institution: &hub_api::Resource<hub_api::Institution>| {
            let attributes = &institution.attributes;
            let state = catalogue::state_of(attributes).to_owned();
            (institution.id.to_string(), (attributes.name.clone(), state))
        };
        list.map(|list| list.iter().map(named).collect()).unwrap_or_default()
    }
}

/// A new journal is named for its bank and account: `Lys Bank · Current account`.
fn journal_name(account: &Account, names: &HashMap<String, (String, String)>) -> String {
    let end: String = account.reference.chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect();
    let what = account.name.clone().unwrap_or_else(|| format!("…{end}"));
    match names.get(&account.institution.to_string()) {
        Some((bank, _)) => format!("{bank} · {what}"),
        None => what,
    }
}

/// The journal that an account most likely belongs to: one without account, with the same number and currency.
pub(crate) fn suggestion<'a>(account: &Account, journals: &'a [Journal]) -> Option<&'a Journal> {
    let bare = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase();
    journals.iter().find(|journal| {
        journal.account.is_none()
            && journal.currency == account.currency
            && bare(&journal.reference) == bare(&account.reference)
    })
}
