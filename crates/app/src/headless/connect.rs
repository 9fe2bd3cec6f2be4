//! `passerelle books connect`.

use std::process::ExitCode;

use books::{Books, HeadlessError, LinkWhat, Way, Whither};
use clap::{Args, ValueEnum};
use tokio::net::TcpListener;

use super::{PAUSE, print};
use crate::clock::Stopwatch;
use crate::config::Settings;
use crate::party::Running;

/// What `connect` is told.
#[derive(Debug, Clone, Args)]
pub struct ConnectArguments {
    /// The bank: words of its name, or its BIC. A custom integration needs none.
    #[arg(default_value = "", value_name = "BANK")]
    bank: String,
    /// A company's name or id.
    #[arg(long)]
    company: String,
    /// Make the company when there is none of that name.
    #[arg(long)]
    new_company: bool,
    /// A provider of the settings, where several reach the bank, or a custom integration.
    #[arg(long)]
    provider: Option<String>,
    /// Which accounts get a journal: that of their number, else a new one.
    #[arg(long, default_value = "bank", value_name = "WHICH")]
    link: Link,
    /// Print JSON objects, one a line: first the address to open, then what came of it.
    #[arg(long)]
    json: bool,
    /// How long to wait for somebody to open the address and come back.
    #[arg(long, default_value_t = 15, value_name = "MINUTES")]
    wait: u64,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Link {
    /// The accounts of the bank.
    Bank,
    /// Every account that was authorised.
    All,
    /// None.
    Nothing,
}

impl From<Link> for LinkWhat {
    fn from(link: Link) -> LinkWhat {
        match link {
            Link::Bank => LinkWhat::Bank,
            Link::All => LinkWhat::All,
            Link::Nothing => LinkWhat::Nothing,
        }
    }
}

pub(super) async fn run(
    books: &Books,
    settings: &Settings,
    arguments: &ConnectArguments,
) -> Result<ExitCode, HeadlessError> {
    let whither = Whither {
        company: arguments.company.clone(),
        new_company: arguments.new_company,
        provider: arguments.provider.clone(),
        bank: arguments.bank.clone(),
    };
    let (company, connections) = match books.set_out(&whither).await? {
        Way::Done { company, connections } => (company, connections),
        Way::Open { address, company, state_hash } => {
            // The provider sends the browser back to the books: to running ones, or to this process in their place.
            let mut running = Running::default();
            if let Ok(listener) = TcpListener::bind(&settings.books.listen).await {
                running.serve("books", listener, books.router());
            }
            if arguments.json {
                print::json(&serde_json::json!({ "open": address }));
            } else {
                print::line(
                    "Open this address in a browser, authorise every account that is to be imported, and come back:",
                );
                print::line(&format!("  {address}"));
            }
            let begun = Stopwatch::start();
            let mut arrived = None;
            while arrived.is_none() && begun.millis() < arguments.wait.saturating_mul(60_000) {
                tokio::time::sleep(PAUSE).await;
                arrived = books.arrived(company, &state_hash).await?;
            }
            running.end().await;
            match arrived {
                Some(connection) => (company, vec![connection]),
                None => {
                    eprintln!("passerelle: nobody came back within {} minutes; run it again", arguments.wait);
                    return Ok(ExitCode::from(3));
                }
            }
        }
    };
    let connected = books.link_connected(company, &connections, arguments.link.into()).await?;
    for note in books.apply(&settings.books_plan).await? {
        eprintln!("passerelle: {note}");
    }
    print::connected(&connected, arguments.json);
    let refused = connected.accounts.is_empty() || connected.accounts.iter().any(|account| account.refused.is_some());
    Ok(if refused { ExitCode::from(3) } else { ExitCode::SUCCESS })
}
