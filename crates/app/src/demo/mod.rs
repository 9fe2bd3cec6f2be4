//! `passerelle demo`: simulated banks, hub and books on this machine, and the whole story played over HTTP.

mod progress;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use outbound::{Limits, Network};
use tokio::net::TcpListener;

use crate::clock::Stopwatch;
use crate::config::{Listening, Settings};
use crate::parties::{self, SandboxArguments};
use crate::party::Running;
use crate::story::{LEDGER_FOLDER, Places, Report, Story, Teller};
use progress::Progress;

/// What the demo is told besides the settings.
#[derive(Debug, Clone, clap::Args)]
pub struct DemoArguments {
    /// End when the story is over. Free ports are taken, so that it runs beside anything else.
    #[arg(long)]
    pub exit: bool,
    /// Print one JSON object on standard output as soon as the story is over.
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    banks: SandboxArguments,
}

/// Starts the three parties, plays the story, and stays up unless it is to end.
///
/// # Errors
/// A busy port, a file that cannot be read, or a data folder that cannot be used.
pub async fn run(mut settings: Settings, arguments: DemoArguments) -> anyhow::Result<ExitCode> {
    let all = Stopwatch::start();
    let scratch = prepare(&mut settings, &arguments).await?;
    let mut running = Running::default();
    parties::start_sandbox(&mut running, &settings, &arguments.banks).await?;
    parties::start_hub(&mut running, &settings).await?;
    parties::start_books(&mut running, &settings).await?;
    let started = all.millis();

    let mut progress = Progress::new(Story::STEPS);
    let places = Places {
        hub: settings.hub.url(),
        books: settings.books.url(),
        sandbox: settings.sandbox.url(),
        mail: settings.data.join("mail"),
    };
    let door = Arc::new(Network::new(Limits { allow_private_addresses: true, ..Limits::default() }));
    let from_files = !arguments.banks.load.is_empty();
    let told = Story::new(places, door).from_files(from_files).tell(&mut progress).await;
    progress.end();
    let code = match told {
        Ok(mut report) => {
            report.took("start", started);
            report.took("all", all.millis());
            if arguments.json {
                println!("{}", report.as_json());
            }
            eprintln!("{}", farewell(&report, &settings.data));
            if report.holds() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("\nThe story broke off: {error:#}");
            ExitCode::FAILURE
        }
    };
    if arguments.exit || code == ExitCode::FAILURE {
        running.end().await;
    } else {
        eprintln!("Everything stays up until you press Ctrl-C.");
        running.until_told().await?;
    }
    if let Some(folder) = scratch {
        std::fs::remove_dir_all(&folder).with_context(|| format!("{} cannot be removed", folder.display()))?;
    }
    Ok(code)
}

/// Fits the settings to a demo; returns the folder that is to be removed afterwards, if any.
async fn prepare(settings: &mut Settings, arguments: &DemoArguments) -> anyhow::Result<Option<PathBuf>> {
    let mut scratch = None;
    if settings.data == Settings::default().data {
        settings.data = settings.data.join("demo");
        if arguments.exit {
            settings.data = std::env::temp_dir().join(format!("passerelle-demo-{}", std::process::id()));
            scratch = Some(settings.data.clone());
        }
    }
    if arguments.exit {
        // All three are held at once, so that no port is given out twice.
        let free = [
            TcpListener::bind("127.0.0.1:0").await?,
            TcpListener::bind("127.0.0.1:0").await?,
            TcpListener::bind("127.0.0.1:0").await?,
        ];
        for (party, held) in [&mut settings.hub, &mut settings.books, &mut settings.sandbox].into_iter().zip(&free) {
            *party = Listening { listen: held.local_addr()?.to_string(), public_url: None };
        }
    }
    settings.allow_private_addresses = true;
    settings.hub_webhooks_to_private_addresses = true;
    // The story synchronizes more often in a minute than people do in a day.
    settings.hub_throttle_seconds = 0;
    settings.hub_sandbox_url = Some(settings.sandbox.url());
    // Nobody gets mail from a demo, and its person must find hers.
    settings.hub_smtp = None;
    settings.hub_mail_folder = Some(settings.data.join("mail"));
    Ok(scratch)
}

/// What a person is told at the end.
fn farewell(report: &Report, data: &Path) -> String {
    let mut lines = vec![String::new()];
    lines.push(report.verdict());
    lines.push(String::new());
    lines.push(format!("  hub      {}", report.hub_url));
    lines.push(format!("  books    {}", report.books_url));
    lines.push(format!("  banks    {}   (login demo, code 123456)", report.sandbox_url));
    lines.push(format!("  login    {}   password {}", report.email, report.password));
    lines.push(format!("  mail     {}   (a folder: a demo sends nothing)", data.join("mail").display()));
    if let Some(ledger) = ledger(data) {
        lines.push(format!("  ledger   {}   (Beancount, written by the books)", ledger.display()));
    }
    lines.join("\n")
}

/// The folder of the ledger that the story's company gets: the only one that has it.
fn ledger(data: &Path) -> Option<PathBuf> {
    let companies = std::fs::read_dir(data.join("files")).ok()?;
    companies.filter_map(Result::ok).map(|entry| entry.path().join(LEDGER_FOLDER)).find(|folder| folder.is_dir())
}
