//! `passerelle hub admin …`: what the operator does from the machine of the hub. It works on the hub's database and key
//! file directly, beside running hubs, and prints lines that other programs can cut at tabs.

mod billing;
mod institutions;
mod keys;

use std::process::ExitCode;

use anyhow::bail;
use clap::Subcommand;
use domain::{JobId, OrganizationId};
use hub::audit::Verdict;
use hub::{SharedHub, admin, audit, store};

use crate::config::Settings;
use crate::parties;

/// Of the hub: to run it, or to administer it.
#[derive(Debug, Clone, clap::Args)]
pub struct HubArguments {
    #[command(subcommand)]
    command: Option<HubCommand>,
}

impl HubArguments {
    /// Whether a command is done that ends by itself.
    pub fn ends(&self) -> bool {
        self.command.is_some()
    }
}

#[derive(Debug, Clone, Subcommand)]
enum HubCommand {
    /// Look after a hub from its machine, whether it runs or not.
    #[command(subcommand)]
    Admin(Admin),
}

#[derive(Debug, Clone, Subcommand)]
enum Admin {
    /// People who log in.
    #[command(subcommand)]
    Users(Users),
    /// Organizations.
    #[command(subcommand)]
    Organizations(Organizations),
    /// Institutions: how they do, what people say of them, how far they can be relied on.
    #[command(subcommand)]
    Institutions(institutions::Institutions),
    /// Work that waits.
    #[command(subcommand)]
    Jobs(Jobs),
    /// The keys that encrypt secrets, and the one that signs webhooks.
    #[command(subcommand)]
    Keys(keys::Keys),
    /// The audit logs of organizations.
    #[command(subcommand)]
    Audit(Audit),
    /// Invoices: draw them up, note what became of them, collect them.
    #[command(subcommand)]
    Billing(billing::BillingCommand),
}

/// People.
#[derive(Debug, Clone, Subcommand)]
enum Users {
    /// Address, number of organizations, second factor, since when.
    List,
    /// End every session of a person.
    LogOut {
        /// The person's address.
        email: String,
    },
    /// Take the second factor away from somebody who lost it, after you made sure who asks.
    ResetSecondFactor {
        /// The person's address.
        email: String,
    },
}

/// Organizations.
#[derive(Debug, Clone, Subcommand)]
enum Organizations {
    /// Id, people, accounts, country, name.
    List,
    /// Make a person an owner, where the last owner is out of reach. It is written in the organization's audit log.
    MakeOwner {
        /// The organization's id.
        organization: OrganizationId,
        /// The person's address.
        email: String,
    },
}

/// Jobs.
#[derive(Debug, Clone, Subcommand)]
enum Jobs {
    /// Id, kind, attempts, taken or due when, organization, subject.
    List,
    /// Make a job due now.
    Retry {
        /// The job's id.
        job: JobId,
    },
}

/// Audit logs.
#[derive(Debug, Clone, Subcommand)]
enum Audit {
    /// Check every entry of every log, or of one organization's. Ends with 1 when one was touched.
    Verify {
        /// The organization's id.
        organization: Option<OrganizationId>,
    },
}

/// Runs the hub, or does what the operator asks for.
///
/// # Errors
/// One sentence: the database or the key file cannot be used, or there is nothing of that name.
pub async fn run(settings: &Settings, arguments: HubArguments) -> anyhow::Result<ExitCode> {
    let command = match arguments.command {
        None => {
            parties::hub(settings).await?;
            return Ok(ExitCode::SUCCESS);
        }
        Some(HubCommand::Admin(command)) => command,
    };
    let hub = parties::open_hub(settings).await?;
    match command {
        Admin::Users(users) => self::users(&hub, users).await?,
        Admin::Organizations(organizations) => self::organizations(&hub, organizations).await?,
        Admin::Institutions(institutions) => institutions::run(&hub, institutions).await?,
        Admin::Jobs(jobs) => self::jobs(&hub, jobs).await?,
        Admin::Keys(keys) => keys::run(&hub, keys).await?,
        Admin::Audit(Audit::Verify { organization }) => return verify(&hub, organization).await,
        Admin::Billing(command) => billing::run(settings, command).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn users(hub: &SharedHub, command: Users) -> anyhow::Result<()> {
    match command {
        Users::List => {
            for line in admin::users(hub).await? {
                let second = if line.second_factor { "second-factor" } else { "password-only" };
                println!("{}\t{}\t{second}\t{}", line.user.email, line.organizations, line.user.created_at);
            }
        }
        Users::LogOut { email } => match admin::log_out(hub, &email).await? {
            Some(sessions) => println!("{sessions} sessions ended"),
            None => bail!("nobody logs in with {email}"),
        },
        Users::ResetSecondFactor { email } => {
            if !admin::reset_second_factor(hub, &email).await? {
                bail!("nobody logs in with {email}");
            }
            println!("{email} logs in with the password alone from now on");
        }
    }
    Ok(())
}

async fn organizations(hub: &SharedHub, command: Organizations) -> anyhow::Result<()> {
    match command {
        Organizations::List => {
            for line in admin::organizations(hub).await? {
                println!("{}\t{}\t{}\t{}\t{}", line.id, line.people, line.accounts, line.country, line.name);
            }
        }
        Organizations::MakeOwner { organization, email } => {
            if !admin::make_owner(hub, organization, &email).await? {
                bail!("there is no such organization, or nobody logs in with {email}");
            }
            println!("{email} is an owner of {organization}");
        }
    }
    Ok(())
}

async fn jobs(hub: &SharedHub, command: Jobs) -> anyhow::Result<()> {
    match command {
        Jobs::List => {
            for line in admin::jobs(hub).await? {
                let when = if line.taken { "taken".to_owned() } else { line.due_at.to_string() };
                let (id, kind, attempts, organization) = (line.id, line.kind, line.attempts, line.organization);
                println!("{id}\t{kind}\t{attempts}\t{when}\t{organization}\t{}", line.subject);
            }
        }
        Jobs::Retry { job } => {
            if !admin::retry(hub, job).await? {
                bail!("there is no job {job}");
            }
            println!("{job} is due now");
        }
    }
    Ok(())
}

async fn verify(hub: &SharedHub, organization: Option<OrganizationId>) -> anyhow::Result<ExitCode> {
    let logs = match organization {
        Some(one) => vec![one],
        None => store::audit::organizations(&mut hub.db.read().await?).await?,
    };
    let mut code = ExitCode::SUCCESS;
    for id in logs {
        match audit::verify(hub, id).await? {
            Verdict::Whole(entries) => println!("{id}\twhole\t{entries} entries"),
            Verdict::Broken { seq, problem } => {
                println!("{id}\tBROKEN\tentry {seq}: {problem}");
                code = ExitCode::FAILURE;
            }
        }
    }
    Ok(code)
}
