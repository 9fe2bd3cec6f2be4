//! `passerelle statement`: check that statement files add up, and convert them.
//!
//! Exit codes are a contract: 0 when every statement is proven, or unproven without defects; 1 when one is broken or
//! has defects; 2 when a file cannot be read as a statement.

use std::fs::File;
use std::io::{BufReader, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Subcommand, ValueEnum};
use domain::{Currency, Defect, Entry, Proof};
use formats::{DateOrder, Figure, Format, Options, Sink, StatementSummary, Summary};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};

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
    let mut worst = Outcome::Good;
    let mut out = std::io::stdout().lock();
    for path in &args.files {
        let mut defects = Defects::default();
        let outcome = match read(path, &options, &mut defects) {
            Ok(summary) => {
                if args.json {
                    writeln!(out, "{}", as_json(path, &summary, &defects))?;
                } else {
                    out.write_all(as_text(path, &summary, &defects).as_bytes())?;
                }
                Outcome::of(&summary)
            }
            Err(error) => {
                let sentence = format!("{error:#}");
                if args.json {
                    writeln!(out, "{}", refused(path, &sentence))?;
                }
                eprintln!("{}: {sentence}", path.display());
                Outcome::Unreadable
            }
        };
        worst = worst.max(outcome);
    }
    Ok(worst.code())
}

fn convert(args: &ConvertArgs) -> anyhow::Result<ExitCode> {
    let options = args.known.options()?;
    let format = format_named(&args.to)?;
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
        None => std::io::stdout().lock().write_all(&written.bytes)?,
    }
    Ok(worst.code())
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

fn as_json(path: &Path, summary: &Summary, defects: &Defects) -> Value {
    let statements: Vec<Value> = summary.statements.iter().map(statement_json).collect();
    let mut listed: Vec<Value> = defects
        .listed
        .iter()
        .map(|defect| json!({"path": defect.path, "value": defect.value, "rule": defect.rule}))
        .collect();
    if let Some(more) = unlisted(summary, defects) {
        listed.push(json!({"path": "", "value": "", "rule": format!("and {more} more")}));
    }
    json!({
        "file": path.display().to_string(),
        "format": summary.format,
        "version": summary.version,
        "encoding": summary.encoding,
        "warnings": summary.warnings.iter().collect::<Vec<_>>(),
        "statements": statements,
        "defects": listed,
    })
}

/// The object of a file that is no statement: the same fields, and the sentence as the one defect.
fn refused(path: &Path, sentence: &str) -> Value {
    json!({
        "file": path.display().to_string(),
        "format": null,
        "version": null,
        "encoding": null,
        "warnings": [],
        "statements": [],
        "defects": [{"path": "", "value": "", "rule": sentence}],
        "error": sentence,
    })
}

fn unlisted(summary: &Summary, defects: &Defects) -> Option<u64> {
    let listed = u64::try_from(defects.listed.len()).unwrap_or(u64::MAX);
    summary.defects.checked_sub(listed).filter(|more| *more > 0)
}

fn statement_json(statement: &StatementSummary) -> Value {
    let digits = digits(statement);
    let figure = |figure: Option<Figure>| match figure {
        Some(Figure { date, amount }) => {
            json!({"date": date.map(|date| date.to_string()), "amount": amount.decimal(digits)})
        }
        None => Value::Null,
    };
    json!({
        "account": statement.account,
        "currency": statement.currency.map(|currency| currency.to_string()),
        "number": statement.number,
        "opening": figure(statement.opening),
        "closing": figure(statement.closing),
        "count": statement.count,
        "sum": statement.sum.decimal(digits),
        "proof": statement.proof.to_string(),
    })
}

fn digits(statement: &StatementSummary) -> u32 {
    statement.currency.map_or(2, |currency| currency.minor_digits())
}

fn as_text(path: &Path, summary: &Summary, defects: &Defects) -> String {
    let version = summary.version.as_deref().map(|version| format!(" {version}")).unwrap_or_default();
    let encoding = summary.encoding.unwrap_or("unknown encoding");
    let mut lines = vec![format!("{}: {}{version}, {encoding}", path.display(), summary.format)];
    for statement in &summary.statements {
        let digits = digits(statement);
        let figure = |figure: Option<Figure>| match figure {
            Some(Figure { date: Some(date), amount }) => format!("{} on {date}", amount.decimal(digits)),
            Some(Figure { date: None, amount }) => amount.decimal(digits),
            None => "not stated".to_owned(),
        };
        let currency = statement.currency.map_or("currency not named".to_owned(), |currency| currency.to_string());
        let number = statement.number.as_deref().map(|number| format!(", number {number}")).unwrap_or_default();
        lines.push(format!("  {} {currency}{number}", statement.account.as_deref().unwrap_or("account not named")));
        lines.push(format!("    opening {}", figure(statement.opening)));
        lines.push(format!("    {} movements, sum {}", statement.count, statement.sum.decimal(digits)));
        lines.push(format!("    closing {}", figure(statement.closing)));
        lines.push(format!("    {}", statement.proof));
    }
    for warning in summary.warnings.iter() {
        lines.push(format!("  note: {warning}"));
    }
    for defect in &defects.listed {
        lines.push(format!("  defect at {}: {} ('{}')", defect.path, defect.rule, defect.value));
    }
    if let Some(more) = unlisted(summary, defects) {
        lines.push(format!("  and {more} more defects"));
    }
    lines.push(String::new());
    lines.join("\n")
}
