//! How everything stands, for programs: what a cron job prints, and what its exit code follows from.

use std::collections::HashMap;

use domain::{AccountId, JournalId, Money, Proof, Timestamp};
use serde::Serialize;

use super::{Chosen, HeadlessError, Wanted};
use crate::import::accounts_of;
use crate::statements::{self, BookStatement};
use crate::store::account::Account;
use crate::store::connection;
use crate::store::delivery::{self, Lane};
use crate::store::journal::Journal;
use crate::store::{account, line, target};
use crate::{Books, Trouble};

/// What is wrong, in a code for programs and the words of whoever said it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TroubleReport {
    /// Stable.
    pub code: String,
    /// What was said.
    pub detail: String,
    /// What to quote to the provider's support.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Whether only a person can end it; else it is tried again by itself.
    pub needs_person: bool,
}

impl From<&Trouble> for TroubleReport {
    fn from(trouble: &Trouble) -> TroubleReport {
        TroubleReport {
            code: trouble.code.clone(),
            detail: trouble.detail.clone(),
            reference: trouble.reference.clone(),
            needs_person: trouble.needs_person(),
        }
    }
}

impl TroubleReport {
    fn of_target(error: &target::TargetError, stops: bool) -> TroubleReport {
        TroubleReport { code: error.code.clone(), detail: error.detail.clone(), reference: None, needs_person: stops }
    }
}

/// What an import did to a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Changes {
    /// Lines made.
    pub new: i64,
    /// Lines whose text was corrected.
    pub corrected: i64,
    /// Lines that the bank took back.
    pub taken_back: i64,
}

/// One connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConnectionReport {
    /// Id.
    pub id: String,
    /// Whose access it uses.
    pub provider: String,
    /// The institution.
    pub bank: String,
    /// Hours between two imports that nobody asks for; absent when there are none.
    pub every_hours: Option<i64>,
    /// When it imports by itself next.
    pub next_import_at: Option<String>,
    /// When the first consent of its linked accounts ends.
    pub consent_until: Option<String>,
    /// Authorised accounts that no journal has.
    pub accounts_to_link: i64,
    /// Numbers of accounts that feed a journal and are no longer authorised.
    pub lost: Vec<String>,
    /// What is wrong with it.
    pub trouble: Option<TroubleReport>,
}

/// One journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JournalReport {
    /// `BNK1`.
    pub code: String,
    /// Name.
    pub name: String,
    /// The number of its bank account.
    pub number: String,
    /// Its currency.
    pub currency: String,
    /// Whether an account feeds it.
    pub fed: bool,
    /// Lines that count.
    pub lines: i64,
    /// Lines that somebody must look at.
    pub to_review: i64,
    /// The bank's newest balance.
    pub balance: Option<String>,
    /// The worst proof of its statements: `proven`, `unproven`, `broken`; absent when it has no line.
    pub proof: Option<&'static str>,
    /// By how much, when broken.
    pub gap: Option<String>,
    /// When the provider last asked the bank.
    pub bank_data_as_of: Option<String>,
    /// When the provider may be asked again.
    pub next_allowed_at: Option<String>,
    /// What is wrong with its account.
    pub trouble: Option<TroubleReport>,
    /// What this run did, when it was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changes: Option<Changes>,
}

/// One target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TargetReport {
    /// Name.
    pub name: String,
    /// Which system.
    pub system: String,
    /// Lines that it has.
    pub delivered: i64,
    /// Lines that it does not take.
    pub parked: i64,
    /// Lines that the bank changed since.
    pub changed: i64,
    /// What is wrong with it or the first of its journals.
    pub trouble: Option<TroubleReport>,
}

/// One company.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CompanyReport {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// What feeds its journals.
    pub connections: Vec<ConnectionReport>,
    /// Its journals.
    pub journals: Vec<JournalReport>,
    /// Where its lines go.
    pub targets: Vec<TargetReport>,
}

/// How everything stands.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Overview {
    /// In words for programs: `well`, `look`, `later` or `person`.
    pub standing: Standing,
    /// What is not as the settings file describes it, in sentences.
    pub notes: Vec<String>,
    /// By name.
    pub companies: Vec<CompanyReport>,
}

/// What follows from how things stand; the worst of all parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// Everything is there and proven or unproven.
    #[default]
    Well,
    /// Everything was imported; a line, a proof or a delivery is worth a look.
    Look,
    /// Something failed and is tried again by itself.
    Later,
    /// Something waits for a person: a consent, an account, the key of a target.
    Person,
}

impl Standing {
    fn of_trouble(trouble: Option<&TroubleReport>) -> Standing {
        match trouble {
            None => Standing::Well,
            Some(trouble) if trouble.needs_person => Standing::Person,
            Some(_) => Standing::Later,
        }
    }
}

impl CompanyReport {
    fn standing(&self, now: Timestamp) -> Standing {
        let connections = self.connections.iter().map(|connection| {
            let until = connection.consent_until.as_deref().and_then(|until| until.parse::<Timestamp>().ok());
            let ended = until.is_some_and(|until| until <= now) || !connection.lost.is_empty();
            let trouble = Standing::of_trouble(connection.trouble.as_ref());
            if ended { Standing::Person } else { trouble }
        });
        let journals = self.journals.iter().map(|journal| {
            let look = journal.to_review > 0 || journal.proof == Some("broken");
            let own = if look { Standing::Look } else { Standing::Well };
            own.max(Standing::of_trouble(journal.trouble.as_ref()))
        });
        let targets = self.targets.iter().map(|target| {
            let look = target.parked > 0 || target.changed > 0;
            let own = if look { Standing::Look } else { Standing::Well };
            own.max(Standing::of_trouble(target.trouble.as_ref()))
        });
        connections.chain(journals).chain(targets).max().unwrap_or_default()
    }
}

/// What an import did, by company and account.
pub(super) type Done = HashMap<AccountId, Changes>;

impl Books {
    /// How everything stands, without asking anybody.
    pub async fn overview(&self, wanted: &Wanted) -> Result<Overview, HeadlessError> {
        let chosen = self.choose(wanted).await?;
        self.report(&chosen, None).await
    }

    pub(super) async fn report(&self, chosen: &[Chosen], done: Option<&Done>) -> Result<Overview, HeadlessError> {
        let now = self.0.environment.now();
        let mut overview = Overview::default();
        for chosen in chosen {
            let company = self.company_report(chosen, done).await?;
            overview.standing = overview.standing.max(company.standing(now));
            overview.companies.push(company);
        }
        Ok(overview)
    }

    async fn company_report(&self, chosen: &Chosen, done: Option<&Done>) -> Result<CompanyReport, HeadlessError> {
        let id = chosen.company.id;
        let mut tx = self.0.db.read().await?;
        let accounts = account::of_company(&mut tx, id).await?;
        let marked: HashMap<JournalId, i64> = line::marked(&mut tx, id).await?.into_iter().collect();
        let mut report = CompanyReport {
            id: id.to_string(),
            name: chosen.company.name.clone(),
            connections: Vec::new(),
            journals: Vec::new(),
            targets: Vec::new(),
        };
        for connection in connection::of_company(&mut tx, id).await? {
            let here = accounts_of(&mut tx, &connection).await?;
            if chosen.all || here.iter().any(|account| chosen.feeds(account)) {
                report.connections.push(connection_report(&connection, &here, chosen));
            }
        }
        for journal in &chosen.journals {
            let account = accounts.iter().find(|account| Some(account.id) == journal.account);
            let statements = statements::by_month(&mut tx, journal).await?;
            let marked = marked.get(&journal.id).copied().unwrap_or(0);
            report.journals.push(journal_report(journal, account, &statements, marked, done));
        }
        for row in target::of_company(&mut tx, id).await? {
            let mut told = TargetReport {
                name: row.name.clone(),
                system: row.system.clone(),
                delivered: 0,
                parked: 0,
                changed: 0,
                trouble: row.error.as_ref().map(|error| TroubleReport::of_target(error, error.stops)),
            };
            for link in target::links(&mut tx, id, row.id).await?.into_iter().filter(|link| chosen.has(link.journal)) {
                let tally =
                    delivery::tally(&mut tx, Lane { company: id, target: row.id, journal: link.journal }).await?;
                told.delivered += tally.delivered;
                told.parked += tally.parked;
                told.changed += tally.changed;
                let error = link.error.as_ref().map(|error| TroubleReport::of_target(error, true));
                told.trouble = told.trouble.or(error);
            }
            report.targets.push(told);
        }
        Ok(report)
    }
}

impl Chosen {
    fn feeds(&self, account: &Account) -> bool {
        self.journals.iter().any(|journal| journal.account == Some(account.id))
    }
}

fn connection_report(connection: &connection::Connection, accounts: &[Account], chosen: &Chosen) -> ConnectionReport {
    let linked = || accounts.iter().filter(|account| chosen.feeds(account));
    let lasting = |account: &&Account| account.listed && !account.trouble.as_ref().is_some_and(Trouble::ends_consent);
    let until = linked().filter(lasting).filter_map(|account| account.authorized_until).min();
    let to_link = accounts.iter().filter(|account| account.listed && chosen.all && !chosen.feeds(account)).count();
    let lost = linked().filter(|account| !account.listed && !account.loss_confirmed);
    ConnectionReport {
        id: connection.id.to_string(),
        provider: connection.grant.provider.clone(),
        bank: connection.institution_name.clone(),
        every_hours: connection.automatic.then_some(connection.every_hours),
        next_import_at: connection.automatic.then(|| connection.next_import_at.to_string()),
        consent_until: until.map(|until| until.to_string()),
        accounts_to_link: i64::try_from(to_link).unwrap_or(i64::MAX),
        lost: lost.map(|account| account.reference.clone()).collect(),
        trouble: connection.trouble.as_ref().map(TroubleReport::from),
    }
}

fn journal_report(
    journal: &Journal,
    account: Option<&Account>,
    statements: &[BookStatement],
    to_review: i64,
    done: Option<&Done>,
) -> JournalReport {
    let rank = |proof: &Proof| match proof {
        Proof::Proven => 0,
        Proof::Unproven => 1,
        Proof::Broken(_) => 2,
    };
    let worst = statements.iter().map(|statement| statement.proof).max_by_key(rank);
    let newest = statements.last().and_then(|statement| statement.closing);
    let balance = newest.or(account.and_then(|account| account.current));
    let (proof, gap) = match worst {
        None => (None, None),
        Some(Proof::Proven) => (Some("proven"), None),
        Some(Proof::Unproven) => (Some("unproven"), None),
        Some(Proof::Broken(gap)) => (Some("broken"), Some(gap.decimal())),
    };
    JournalReport {
        code: journal.code.clone(),
        name: journal.name.clone(),
        number: journal.reference.clone(),
        currency: journal.currency.code().to_owned(),
        fed: account.is_some(),
        lines: statements.iter().map(|statement| statement.lines).sum(),
        to_review,
        balance: balance.map(|balance: Money| balance.decimal()),
        proof,
        gap,
        bank_data_as_of: account.and_then(|account| account.synchronized_at).map(|at| at.to_string()),
        next_allowed_at: account.and_then(|account| account.next_allowed_at).map(|at| at.to_string()),
        trouble: account.and_then(|account| account.trouble.as_ref()).map(TroubleReport::from),
        changes: done.map(|done| account.and_then(|account| done.get(&account.id)).copied().unwrap_or_default()),
    }
}
