//! Accounts and journals: which account feeds which journal. Never two journals on one account, never two accounts on
//! one journal, and only where the currencies agree.

use std::collections::HashMap;

use db::{DbError, Tx};
use domain::{AccountId, CompanyId, ConnectionId, Date, JournalId, ToSpan};

use crate::import::{EVERY_HOURS, next_after};
use crate::store::account::{self, Account};
use crate::store::connection::{self, Connection};
use crate::store::journal::{self, Journal, Linked};
use crate::store::{line, month};
use crate::{BooksError, Inner, Trouble, catalogue};

/// Where an account's lines are to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum To {
    /// A journal of its own.
    New,
    /// A journal that is there.
    Existing(JournalId),
    /// Nowhere now.
    Later,
}

/// What is wished for an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wish {
    pub(crate) to: To,
    /// Nothing from before this day is wanted.
    pub(crate) start_on: Option<Date>,
    /// The person was told what is unusual about it, and wants it.
    pub(crate) anyway: bool,
}

/// The first day on which a journal may begin.
const EARLIEST: Date = Date::constant(1970, 1, 1);

/// Whether a journal may begin on a day: what lies further off is a slip of the finger, not a year that anybody keeps.
pub(crate) fn may_begin(day: Date, today: Date) -> bool {
    (EARLIEST..=today.saturating_add(1.year())).contains(&day)
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
    /// Another journal is of the same bank account: there would be two on one, which is hardly ever meant.
    Twin { account: Box<Account>, journal: Box<Journal> },
    /// The journal holds lines of another bank account.
    OtherNumber { account: Box<Account>, journal: Box<Journal> },
    /// The books themselves.
    Books(BooksError),
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Refusal::NoAccount => f.write_str("the account is no longer authorised"),
            Refusal::NoJournal => f.write_str("the journal does not exist any more"),
            Refusal::Currency { account, journal } => write!(
                f,
                "the account is in {}, journal {} in {}",
                account.currency.code(),
                journal.code,
                journal.currency.code()
            ),
            Refusal::AccountTaken { journal, .. } => write!(f, "the account already feeds journal {}", journal.code),
            Refusal::JournalTaken { journal } => write!(f, "another account feeds journal {}", journal.code),
            Refusal::Twin { journal, .. } => {
                write!(
                    f,
                    "journal {} is of the same bank account; link them on the page if that is meant",
                    journal.code
                )
            }
            Refusal::OtherNumber { journal, .. } => {
                write!(f, "journal {} holds lines of another bank account", journal.code)
            }
            Refusal::Books(error) => write!(f, "{error}"),
        }
    }
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
        if wish.to == To::Later {
            return Ok(None);
        }
        let account = account::find(tx, company, id).await?.filter(|account| account.listed);
        let account = account.ok_or(Refusal::NoAccount)?;
        if let Some(journal) = journal::of_account(tx, company, id).await? {
            // The same wish twice, as from a double click, is granted already.
            if wish.to == To::Existing(journal.id) {
                return Ok(Some(account));
            }
            return Err(Refusal::AccountTaken { account: Box::new(account), journal: Box::new(journal) });
        }
        let target = match wish.to {
            To::Later => return Ok(None),
            To::New => None,
            To::Existing(id) => Some(journal::lock(tx, company, id).await?.ok_or(Refusal::NoJournal)?),
        };
        if let Some(journal) = &target
            && journal.currency != account.currency
        {
            return Err(Refusal::Currency { account: Box::new(account), journal: Box::new(journal.clone()) });
        }
        if !wish.anyway {
            self.doubt(tx, &account, target.as_ref()).await?;
        }
        let journal = match target {
            None => {
                let new = Journal {
                    start_on: wish.start_on,
                    account: Some(id),
                    ..Journal::new(
                        company,
                        JournalId::new(&self.environment),
                        &journal_name(&account, names),
                        &account.reference,
                        account.currency,
                    )
                };
                journal::add(tx, &new, self.environment.now()).await?;
                new
            }
            Some(journal) => match journal::link(tx, company, journal.id, id).await? {
                Linked::Yes => journal,
                Linked::JournalTaken => return Err(Refusal::JournalTaken { journal: Box::new(journal) }),
            },
        };
        self.settle(tx, &account, &journal, wish.start_on).await?;
        Ok(Some(account))
    }

    /// What a person hardly ever means: two journals on one bank account, or two bank accounts in one journal.
    async fn doubt(&self, tx: &mut Tx, account: &Account, target: Option<&Journal>) -> Result<(), Refusal> {
        let company = account.grant.company;
        let others = journal::of_company(tx, company).await?;
        let twin = others.into_iter().find(|journal| {
            target.is_none_or(|target| target.id != journal.id) && journal.is_of(&account.reference, account.currency)
        });
        if let Some(journal) = twin {
            return Err(Refusal::Twin { account: Box::new(account.clone()), journal: Box::new(journal) });
        }
        if let Some(journal) = target
            && !journal.is_of(&account.reference, account.currency)
            && !month::of_journal(tx, company, journal.id).await?.is_empty()
        {
            return Err(Refusal::OtherNumber {
                account: Box::new(account.clone()),
                journal: Box::new(journal.clone()),
            });
        }
        Ok(())
    }

    /// Makes a journal ready for what an account will bring: lines that it brought to another journal come along, what
    /// lies in the journal is recognised, and everything is read again from the start date on.
    async fn settle(
        &self,
        tx: &mut Tx,
        account: &Account,
        journal: &Journal,
        start_on: Option<Date>,
    ) -> Result<(), DbError> {
        let company = account.grant.company;
        for (from, months) in line::bring(tx, company, account.id, journal.id).await? {
            month::recount(tx, company, from, &months).await?;
            month::recount(tx, company, journal.id, &months).await?;
        }
        let ends = line::ends(tx, company, journal.id).await?;
        account::widen(tx, company, account.id, ends.0, ends.1).await?;
        if ends != (0, 0) && journal.is_of(&account.reference, account.currency) {
            journal::mix(tx, company, journal.id).await?;
        }
        if start_on.is_some() {
            journal::start(tx, company, journal.id, start_on).await?;
        }
        account::rewind(tx, company, account.id).await
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
            every_hours: EVERY_HOURS,
            created_at: now,
            next_import_at: next_after(now, EVERY_HOURS),
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
    let mut free = journals.iter().filter(|journal| journal.account.is_none());
    free.find(|journal| journal.is_of(&account.reference, account.currency))
}
