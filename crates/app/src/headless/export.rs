//! `passerelle books export`.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use books::{Books, ExportedLine, HeadlessError, Stretch};
use clap::{Args, ValueEnum};
use domain::Date;

use super::{Which, print};

/// What `export` is told.
#[derive(Debug, Clone, Args)]
pub struct ExportArguments {
    #[command(flatten)]
    which: Which,
    /// First day.
    #[arg(long, value_name = "DAY")]
    from: Option<Date>,
    /// Last day.
    #[arg(long, value_name = "DAY")]
    to: Option<Date>,
    /// How lines are written.
    #[arg(long, default_value = "csv")]
    format: Form,
    /// Where to write; standard output when absent. An existing file is replaced whole.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Form {
    /// Comma separated (RFC 4180) with a head, in UTF-8.
    Csv,
    /// One JSON object a line.
    Json,
}

pub(super) async fn run(books: &Books, arguments: &ExportArguments) -> Result<ExitCode, HeadlessError> {
    let stretch = Stretch { from: arguments.from, to: arguments.to };
    let lines = books.export(&arguments.which.wanted(), stretch).await?;
    let mut text = String::new();
    match arguments.format {
        Form::Csv => csv(&lines, &mut text),
        Form::Json => {
            for line in &lines {
                text.push_str(&serde_json::to_string(line).expect("texts are JSON"));
                text.push('\n');
            }
        }
    }
    match &arguments.out {
        None => print::text(&text),
        Some(path) => {
            let replaced = replace(path, &text);
            replaced.map_err(|error| HeadlessError::Asked(format!("{} cannot be written: {error}", path.display())))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Written beside its place and moved there, so that nobody reads half of it.
fn replace(path: &PathBuf, text: &str) -> std::io::Result<()> {
    let mut draft = path.clone().into_os_string();
    draft.push(format!(".{}", std::process::id()));
    let mut file = std::fs::File::create(&draft)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&draft, path)
}

const HEAD: &str = "journal,number,id,transaction,booked_on,value_on,amount,currency,label,partner_name,\
                    partner_account,structured_reference,end_to_end_id,foreign,to_review";

fn csv(lines: &[ExportedLine], text: &mut String) {
    text.push_str(HEAD);
    text.push_str("\r\n");
    for line in lines {
        let value = line.value_on.map(|on| on.to_string());
        let cells = [
            line.journal.as_str(),
            &line.number,
            &line.id.to_string(),
            &line.transaction,
            &line.booked_on.to_string(),
            value.as_deref().unwrap_or_default(),
            &line.amount,
            &line.currency,
            &line.label,
            line.partner_name.as_deref().unwrap_or_default(),
            line.partner_account.as_deref().unwrap_or_default(),
            line.structured_reference.as_deref().unwrap_or_default(),
            line.end_to_end_id.as_deref().unwrap_or_default(),
            line.foreign.as_deref().unwrap_or_default(),
            if line.to_review { "true" } else { "false" },
        ];
        let cells: Vec<String> = cells.into_iter().map(cell).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
}

/// A cell, in quotes where it must be. A text that a spreadsheet would run as a formula begins with an apostrophe: what
/// a stranger writes into a payment must not be run. Without a letter there is nothing to run: numbers, `+++…+++`.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.contains(char::is_alphabetic);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_no_text_is_a_formula() {
        assert_eq!(cell("plain"), "plain");
        assert_eq!(cell("a, \"b\""), "\"a, \"\"b\"\"\"");
        assert_eq!(cell("-12.50"), "-12.50");
        assert_eq!(cell("+++090/9337/55493+++"), "+++090/9337/55493+++");
        assert_eq!(cell("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(cell("-1+cmd"), "'-1+cmd");
    }
}
