//! The command line of `passerelle`; everything that it starts is in the library beside it.
//!
//! Exit codes: 0 when all went well, 2 when a setting, a file or a port is wrong (with one sentence saying which);
//! `statement` and the commands of `books` have codes of their own, see their modules.

mod statement;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use app::config::{self, Settings};
use app::logging::{self, Voice};
use app::{admin, application, demo, headless, parties};
use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand};

/// Takes a company's bank accounts to its books.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    /// The settings file; passerelle.toml in the present folder when there is one.
    #[arg(long, env = "PASSERELLE_CONFIG", global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run hub and books in one process, on two ports, with one data folder.
    Serve,
    /// Run the hub: accounts of all banks, and who may read them; or administer it.
    Hub(admin::HubArguments),
    /// Run the books: connections, journals, proven statements. With a command: use them without their pages.
    Books(headless::BooksArguments),
    /// Run simulated banks.
    Sandbox(parties::SandboxArguments),
    /// Start everything on this machine and play the whole story.
    Demo(demo::DemoArguments),
    /// Register software that asks organizations for access to their accounts.
    Application(application::ApplicationArguments),
    /// Check and convert bank statement files.
    Statement(statement::StatementArgs),
    /// Name every mistake in the settings.
    CheckConfig,
}

const DEFAULT_FILE: &str = "passerelle.toml";
/// A statement on SQLite holds the thread that asks for it; others go on serving.
const FEWEST_THREADS: usize = 4;

fn main() -> ExitCode {
    let matches = Arguments::command().args(config::arguments()).get_matches();
    let arguments = match Arguments::from_arg_matches(&matches) {
        Ok(arguments) => arguments,
        Err(error) => error.exit(),
    };
    match run(arguments, &matches) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("passerelle: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: Arguments, matches: &ArgMatches) -> anyhow::Result<ExitCode> {
    if let Command::Statement(arguments) = arguments.command {
        return statement::run(arguments);
    }
    let file = arguments.config.or_else(|| Path::new(DEFAULT_FILE).exists().then(|| PathBuf::from(DEFAULT_FILE)));
    let settings = match config::read(file.as_deref(), deepest(matches)) {
        Ok(settings) => settings,
        Err(mistakes) => {
            mistakes.iter().for_each(|mistake| eprintln!("{mistake}"));
            return Ok(ExitCode::from(2));
        }
    };
    if matches!(arguments.command, Command::CheckConfig) {
        let source = file.map_or("no settings file".to_owned(), |file| file.display().to_string());
        println!("The settings are right ({source}).");
        return Ok(ExitCode::SUCCESS);
    }
    logging::start(&settings, voice(&arguments.command));
    let threads = std::thread::available_parallelism().map_or(FEWEST_THREADS, |cores| cores.get().max(FEWEST_THREADS));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(threads).enable_all().build()?;
    runtime.block_on(start(arguments.command, settings))
}

async fn start(command: Command, settings: Settings) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve => parties::serve(&settings).await?,
        Command::Hub(arguments) => return admin::run(&settings, arguments).await,
        Command::Books(headless::BooksArguments { command: None }) => parties::books(&settings).await?,
        Command::Books(headless::BooksArguments { command: Some(command) }) => {
            return headless::run(&settings, command).await;
        }
        Command::Sandbox(arguments) => parties::sandbox(&settings, &arguments).await?,
        Command::Application(arguments) => application::register(&settings, arguments).await?,
        Command::Demo(arguments) => return demo::run(settings, arguments).await,
        Command::Statement(_) | Command::CheckConfig => {}
    }
    Ok(ExitCode::SUCCESS)
}

/// Commands that end by themselves say what they have to say on standard output; the log shows only what goes wrong.
fn voice(command: &Command) -> Voice {
    match command {
        Command::Demo(_) => Voice::Whisper,
        Command::Books(headless::BooksArguments { command: Some(_) }) => Voice::Low,
        Command::Hub(arguments) if arguments.ends() => Voice::Low,
        Command::Hub(_) => Voice::Full,
        Command::Serve
        | Command::Books(headless::BooksArguments { command: None })
        | Command::Sandbox(_)
        | Command::Application(_)
        | Command::Statement(_)
        | Command::CheckConfig => Voice::Full,
    }
}

/// Global flags may stand after the subcommand; then they are found in its matches.
fn deepest(matches: &ArgMatches) -> &ArgMatches {
    matches.subcommand().map_or(matches, |(_, inner)| deepest(inner))
}
