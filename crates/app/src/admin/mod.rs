//! `passerelle hub admin …`: what only the operator may do, in the hub's database, whether the hub runs or not.

mod billing;

use crate::config::Settings;

/// Of the hub: to run it, or to administer it.
#[derive(Debug, Clone, clap::Args)]
pub struct HubArguments {
    #[command(subcommand)]
    command: Option<HubCommand>,
}

#[derive(Debug, Clone, clap::Subcommand)]
enum HubCommand {
    /// Administer the hub's database, whether the hub runs or not.
    #[command(subcommand)]
    Admin(AdminCommand),
}

#[derive(Debug, Clone, clap::Subcommand)]
enum AdminCommand {
    /// Invoices: draw them up, note what became of them, collect them.
    #[command(subcommand)]
    Billing(billing::BillingCommand),
}

/// Runs the hub, or does what the operator asks for.
///
/// # Errors
/// Whatever the command says in a sentence.
pub async fn run(settings: &Settings, arguments: HubArguments) -> anyhow::Result<()> {
    match arguments.command {
        None => crate::parties::hub(settings).await,
        Some(HubCommand::Admin(AdminCommand::Billing(command))) => billing::run(settings, command).await,
    }
}
