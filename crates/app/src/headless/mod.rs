//! `passerelle books sync`, `connect`, `status` and `export`: the books without their pages, beside running books or
//! without them.
//!
//! Exit codes are a contract for cron jobs; when several hold, the highest of 3 to 5 is not what counts but the order
//! below:
//!
//! | code | meaning | what to do |
//! |---|---|---|
//! | 0 | everything is imported, proven or unproven, and delivered | nothing |
//! | 3 | something waits for a person: a consent, an account, the key of a target | read the output, act |
//! | 4 | something failed and is tried again by itself | nothing, unless it stays |
//! | 5 | everything was imported; a line, a proof or a delivery is worth a look | look at the pages |
//! | 2 | a setting or an argument is wrong, or there is no such journal | mend the command |
//! | 1 | the books themselves failed: the database, the key file | see the message |

mod connect;
mod export;
mod people;
mod print;

use std::process::ExitCode;
use std::time::Duration;

use books::{Books, HeadlessError, Overview, Standing, Turn, Wanted};
use clap::{Args, Subcommand};

use crate::clock::Stopwatch;
use crate::config::Settings;
use crate::parties;

/// What is done with the books; they are run when nothing is said.
#[derive(Debug, Clone, Args)]
pub struct BooksArguments {
    #[command(subcommand)]
    /// The command.
    pub command: Option<BooksCommand>,
}

/// A command that ends by itself.
#[derive(Debug, Clone, Subcommand)]
pub enum BooksCommand {
    /// Import what is new, wait for the end, deliver it, and say how everything stands.
    Sync(SyncArguments),
    /// Say how everything stands, without asking anybody.
    Status(StatusArguments),
    /// Connect a bank, by an address to open in a browser, or by the credentials of a custom integration.
    Connect(connect::ConnectArguments),
    /// Write the lines of journals to standard output or a file.
    Export(export::ExportArguments),
    /// Let somebody see a company's pages: prints the address at which they choose a password.
    Invite(people::InviteArguments),
    /// Print the address at which somebody chooses another password.
    Password(people::PasswordArguments),
}

/// Which journals.
#[derive(Debug, Clone, Args)]
pub struct Which {
    /// A company's name or id; every company without it.
    #[arg(long, value_name = "COMPANY")]
    pub company: Option<String>,
    /// A journal's code, name or account number; repeat it for several. Every journal without it.
    #[arg(long = "journal", value_name = "JOURNAL")]
    pub journals: Vec<String>,
}

/// What `sync` is told.
#[derive(Debug, Clone, Args)]
pub struct SyncArguments {
    #[command(flatten)]
    which: Which,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
    /// How long to wait for the end.
    #[arg(long, default_value_t = 15, value_name = "MINUTES")]
    wait: u64,
}

/// What `status` is told.
#[derive(Debug, Clone, Args)]
pub struct StatusArguments {
    #[command(flatten)]
    which: Which,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

/// How long a command that waits for somebody else pauses before it looks again.
const PAUSE: Duration = Duration::from_millis(200);

impl Which {
    fn wanted(&self) -> Wanted {
        Wanted { company: self.company.clone(), journals: self.journals.clone() }
    }
}

/// Runs a command.
///
/// # Errors
/// A setting that is wrong, or a database that cannot be opened.
pub async fn run(settings: &Settings, command: BooksCommand) -> anyhow::Result<ExitCode> {
    let books = parties::open_books(settings).await?;
    let told = match command {
        BooksCommand::Sync(arguments) => sync(&books, settings, &arguments).await,
        BooksCommand::Status(arguments) => status(&books, settings, &arguments).await,
        BooksCommand::Connect(arguments) => connect::run(&books, settings, &arguments).await,
        BooksCommand::Export(arguments) => export::run(&books, &arguments).await,
        BooksCommand::Invite(arguments) => people::invite(&books, settings, &arguments).await,
        BooksCommand::Password(arguments) => people::password(&books, &arguments).await,
    };
    books.close().await;
    Ok(told.unwrap_or_else(|error| refused(&error)))
}

/// Says why there is no answer.
fn refused(error: &HeadlessError) -> ExitCode {
    eprintln!("passerelle: {error}");
    match error {
        HeadlessError::Asked(_) => ExitCode::from(2),
        HeadlessError::Provider { trouble, .. } if trouble.needs_person() => ExitCode::from(3),
        HeadlessError::Provider { .. } => ExitCode::from(4),
        HeadlessError::Books(_) => ExitCode::from(1),
    }
}

async fn status(books: &Books, settings: &Settings, arguments: &StatusArguments) -> Result<ExitCode, HeadlessError> {
    let notes = books.apply(&settings.books_plan).await?;
    let overview = books.overview(&arguments.which.wanted()).await?;
    Ok(told(overview, notes, arguments.json))
}

async fn sync(books: &Books, settings: &Settings, arguments: &SyncArguments) -> Result<ExitCode, HeadlessError> {
    let notes = books.apply(&settings.books_plan).await?;
    let begun = Stopwatch::start();
    let run = books.begin_sync(&arguments.which.wanted()).await?;
    let mut over = false;
    while !over && begun.millis() < arguments.wait.saturating_mul(60_000) {
        match books.go_on(&run).await? {
            Turn::Moved => {}
            Turn::Waits => tokio::time::sleep(PAUSE).await,
            Turn::Over => over = true,
        }
    }
    // Without running books nobody else writes before a consent ends.
    while books.write_once().await? {}
    let overview = books.end_sync(&run, over).await?;
    Ok(told(overview, notes, arguments.json))
}

/// Prints how everything stands, and answers the exit code that follows from it.
fn told(mut overview: Overview, notes: Vec<String>, json: bool) -> ExitCode {
    // What the settings file describes and is not so yet waits for a person.
    if !notes.is_empty() {
        overview.standing = Standing::Person;
    }
    overview.notes.splice(0..0, notes);
    print::overview(&overview, json);
    match overview.standing {
        Standing::Well => ExitCode::SUCCESS,
        Standing::Person => ExitCode::from(3),
        Standing::Later => ExitCode::from(4),
        Standing::Look => ExitCode::from(5),
    }
}
