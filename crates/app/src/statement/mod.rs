//! `passerelle statement`: check that statement files add up, and convert them.
//!
//! Exit codes are a contract: 0 when every statement is proven, or unproven without defects; 1 when one is broken or
//! has defects; 2 when a file cannot be read as a statement.

mod report;

use std::fs::File;
use std::io::{BufReader, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Subcommand, ValueEnum};
use domain::{Currency, Defect, Entry, Proof};
use formats::{DateOrder, Format, Options, Placed, Sink, Summary};
use indicatif::{ProgressBar, ProgressStyle};

use report::{as_json, as_text, refused};

/// Files above this size get a progress bar on a terminal.
const LONG_FILE: u64 = 5_000_000;
/// Defects of one file that are listed; the rest is counted.
const LISTED_DEFECTS: usize = 1000;

/// Check and convert bank statement files.
#[derive(Debug, Args)]
pub struct StatementArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read files and say for each statement whether it adds up.
    Check(CheckArgs),
    /// Read files and write all their statements as one file of another format.
    Convert(ConvertArgs),
}

#[derive(Debug, Args)]
struct CheckArgs {
    /// Print one JSON object a file.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    known: Known,
    /// Statement files.
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

#[derive(Debug, Args)]
struct ConvertArgs {
    /// The format to write: camt053, mt940, coda, ofx, csv or json.
    #[arg(long)]
    to: String,
    /// Where to write; standard output when absent.
    #[arg(long)]
    out: Option<PathBuf>,
    #[command(flatten)]
    known: Known,
    /// Statement files.
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

/// What a file may leave open.
#[derive(Debug, Args)]
struct Known {
    /// Read every file as this format instead of recognising it.
    #[arg(long)]
    format: Option<String>,
    /// The currency of files that name none.
    #[arg(long)]
    currency: Option<String>,
    /// The account of files that name none.
    #[arg(long)]
    account: Option<String>,
    /// The order of day and month where a file leaves it open.
    #[arg(long)]
    date_order: Option<Order>,
    /// A CSV profile (TOML) of your own.
    #[arg(long)]
    profile: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Order {
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
    /// Year, month, day.
    Ymd,
}

/// Runs the subcommand.
///
/// # Errors
/// A wrong flag, or a file that cannot be opened or written.
pub fn run(args: StatementArgs) -> anyhow::Result<ExitCode> {
    match args.command {
        Command::Check(args) => check(&args),
        Command::Convert(args) => convert(&args),
    }
}

impl Known {
    fn options(&self) -> anyhow::Result<Options> {
        let format = match self.format.as_deref() {
            Some(name) => Some(format_named(name)?),
            None => None,
        };
        let profile = match &self.profile {
            Some(path) => {
                let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
                Some(formats::Profile::parse(&text).with_context(|| format!("in {}", path.display()))?)
            }
            None => None,
        };
        Ok(Options {
            format,
            profile,
            currency: self.currency.as_deref().map(Currency::parse).transpose()?,
            account: self.account.clone(),
            date_order: self.date_order.map(|order| match order {
                Order::Dmy => DateOrder::DayMonthYear,
                Order::Mdy => DateOrder::MonthDayYear,
                Order::Ymd => DateOrder::YearMonthDay,
            }),
        })
    }
}

fn format_named(name: &str) -> anyhow::Result<&'static Format> {
    let known = || formats::ALL.iter().map(|format| format.name).collect::<Vec<_>>().join(", ");
    Format::named(name).with_context(|| format!("there is no format '{name}'; the formats are {}", known()))
}

/// How bad it is, in the order of the exit codes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Good,
    Doubtful,
    Unreadable,
}

impl Outcome {
    fn of(summary: &Summary) -> Outcome {
        let broken = summary.statements.iter().any(|statement| matches!(statement.proof, Proof::Broken(_)));
        if broken || summary.defects > 0 { Outcome::Doubtful } else { Outcome::Good }
    }

    fn code(self) -> ExitCode {
        ExitCode::from(match self {
            Outcome::Good => 0,
            Outcome::Doubtful => 1,
            Outcome::Unreadable => 2,
        })
    }
}

fn check(args: &CheckArgs) -> anyhow::Result<ExitCode> {
    let options = args.known.options()?;
    let mut answers = Vec::new();
    for path in &args.files {
        let mut defects = Defects::default();
        let answer = read(path, &options, &mut defects).map_err(|error| format!("{error:#}"));
        if let Err(sentence) = &answer {
            eprintln!("{}: {sentence}", path.display());
        }
        answers.push((path.as_path(), answer, defects));
    }
    let mut summaries: Vec<&mut Summary> =
        answers.iter_mut().filter_map(|(_, answer, _)| answer.as_mut().ok()).collect();
    formats::judge_together(&mut summaries);
    tell_gaps(&mut answers);
    let mut worst = Outcome::Good;
    let mut report = String::new();
    for (path, answer, defects) in &answers {
        match answer {
            Ok(summary) => {
                report.push_str(&match args.json {
                    true => format!("{}\n", as_json(path, summary, defects)),
                    false => as_text(path, summary, defects),
                });
                worst = worst.max(Outcome::of(summary));
            }
            Err(sentence) => {
                if args.json {
                    report.push_str(&format!("{}\n", refused(path, sentence)));
                }
                worst = Outcome::Unreadable;
            }
        }
    }
    say(report.as_bytes())?;
    Ok(worst.code())
}

/// A file with what reading it gave.
type Answer<'a> = (&'a Path, Result<Summary, String>, Defects);

/// Holds the statements of all files against each other; what is missing between two is noted at the second.
fn tell_gaps(answers: &mut [Answer<'_>]) {
    let names: Vec<String> = answers.iter().map(|(path, ..)| path.display().to_string()).collect();
    let mut owners = Vec::new();
    let mut placed = Vec::new();
    for (at, (_, answer, _)) in answers.iter().enumerate() {
        let Ok(summary) = answer else { continue };
        for statement in &summary.statements {
            owners.push(at);
            placed.push(Placed { file: &names[at], format: &summary.format, statement });
        }
    }
    for gap in formats::gaps(&placed) {
        if let Ok(summary) = &mut answers[owners[gap.behind]].1 {
            summary.warnings.add(gap.sentence);
        }
    }
}

/// Writes to standard output. A reader that has seen enough and closed it is no mistake.
fn say(bytes: &[u8]) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error).context("cannot write the answer"),
        Ok(()) | Err(_) => Ok(()),
    }
}

fn convert(args: &ConvertArgs) -> anyhow::Result<ExitCode> {
    let options = args.known.options()?;
    let format = format_named(&args.to)?;
    if let Some(out) = &args.out {
        let read = args.files.iter().find(|file| is_same_file(file, out));
        anyhow::ensure!(read.is_none(), "{} is one of the files to read; name another one to write", out.display());
    }
    let mut worst = Outcome::Good;
    let mut statements = Vec::new();
    for path in &args.files {
        let mut taken = Taken::default();
        match read(path, &options, &mut taken) {
            Ok(summary) => {
                worst = worst.max(Outcome::of(&summary));
                statements.append(&mut taken.statements);
                for defect in &taken.defects.listed {
                    eprintln!("{}: {}: {} ('{}')", path.display(), defect.path, defect.rule, defect.value);
                }
                if taken.pending > 0 {
                    eprintln!("{}: {} pending movements were not written", path.display(), taken.pending);
                }
            }
            Err(error) => {
                eprintln!("{}: {error:#}", path.display());
                return Ok(Outcome::Unreadable.code());
            }
        }
    }
    let written = format.write(&statements)?;
    for loss in &written.losses {
        eprintln!("{} cannot carry everything: {loss}", format.name);
    }
    match &args.out {
        Some(path) => {
            std::fs::write(path, &written.bytes).with_context(|| format!("cannot write {}", path.display()))?;
        }
        None => say(&written.bytes)?,
    }
    Ok(worst.code())
}

/// Whether two paths lead to one file, by whatever links.
fn is_same_file(one: &Path, other: &Path) -> bool {
    one.canonicalize().ok().zip(other.canonicalize().ok()).is_some_and(|(one, other)| one == other)
}

/// Reads one file, with a progress bar when it is long and a person watches.
fn read(path: &Path, options: &Options, sink: &mut dyn Sink) -> anyhow::Result<Summary> {
    let file = File::open(path).context("the file cannot be opened")?;
    let length = file.metadata().map_or(0, |metadata| metadata.len());
    if length <= LONG_FILE || !std::io::stderr().is_terminal() {
        return Ok(formats::read(&mut BufReader::with_capacity(64 * 1024, file), options, sink)?);
    }
    let bar = ProgressBar::new(length).with_style(
        ProgressStyle::with_template("{msg} {wide_bar} {bytes}/{total_bytes} {eta}")
            .expect("the template is a constant that indicatif accepts"),
    );
    bar.set_message(path.display().to_string());
    let mut watched = BufReader::with_capacity(64 * 1024, Watched { file, bar: bar.clone() });
    let outcome = formats::read(&mut watched, options, sink);
    bar.finish_and_clear();
    Ok(outcome?)
}

/// A file that tells the bar how far it is.
struct Watched {
    file: File,
    bar: ProgressBar,
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = self.file.read(buffer)?;
        self.bar.inc(u64::try_from(length).unwrap_or(0));
        Ok(length)
    }
}

/// Keeps the first defects; entries pass by.
#[derive(Default)]
struct Defects {
    listed: Vec<Defect>,
}

impl Sink for Defects {
    fn entry(&mut self, _entry: Entry) {}

    fn defect(&mut self, defect: Defect) {
        if self.listed.len() < LISTED_DEFECTS {
            self.listed.push(defect);
        }
    }
}

/// Keeps the statements for writing.
#[derive(Default)]
struct Taken {
    statements: Vec<domain::Statement>,
    entries: Vec<Entry>,
    defects: Defects,
    pending: usize,
}

impl Sink for Taken {
    fn entry(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    fn pending(&mut self, _pending: formats::Pending) {
        self.pending += 1;
    }

    fn defect(&mut self, defect: Defect) {
        self.defects.defect(defect);
    }

    fn end(&mut self, statement: &domain::Statement) {
        let entries = std::mem::take(&mut self.entries);
        self.statements.push(domain::Statement { entries, ..statement.clone() });
    }
}
