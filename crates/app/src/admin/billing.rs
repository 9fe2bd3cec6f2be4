//! `passerelle hub admin billing`: what the operator does about invoices.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use domain::{Date, OrganizationId};
use hub::Hub;
use hub::billing::invoice::Kind;
use hub::billing::run::Drawn;
use hub::billing::usage::Month;
use hub::billing::{example, run as invoicing, settle};
use hub::store::debit as debits;
use hub::store::invoice::{self as invoices, Settled, StoredInvoice};

use crate::config::Settings;
use crate::parties;

#[derive(Debug, Clone, clap::Subcommand)]
pub(super) enum BillingCommand {
    /// Draw up the invoices of a month that is over, and send them. Running it again draws up what is missing.
    Run {
        /// The month, such as 2026-03; the one before the present when it is not given.
        #[arg(long, value_name = "MONTH")]
        month: Option<String>,
        /// Draw up one organization's invoice of the month once more, after it was taken back.
        #[arg(long, value_name = "ORGANIZATION")]
        again: Option<OrganizationId>,
    },
    /// List what is open, with the state of each.
    List {
        /// With what is settled, too.
        #[arg(long)]
        all: bool,
    },
    /// Write the files of a document, as it was sent.
    Show {
        /// Its number.
        number: String,
        /// The folder for the PDF and the UBL file.
        #[arg(long, value_name = "DIR", default_value = ".")]
        out: PathBuf,
    },
    /// Note that an invoice was paid, or that the money of a credit note was given back. Unblocks who owes nothing more.
    Pay {
        /// Its number.
        number: String,
        /// When; today when it is not given.
        #[arg(long, value_name = "DATE")]
        on: Option<Date>,
    },
    /// Take an invoice back as a whole with a credit note, and send that.
    Credit {
        /// The invoice's number.
        number: String,
    },
    /// Write a SEPA file (pain.008) that collects every invoice due by a day whose payer gave a mandate.
    Collect {
        /// The day to collect on: tomorrow at the earliest.
        #[arg(long, value_name = "DATE")]
        on: Date,
        /// The file to write; it must not exist yet.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// List the SEPA files that were made, or write one of them again.
    Debits {
        /// The name of the one to write.
        name: Option<String>,
        /// The file to write it to; NAME.xml when it is not given.
        #[arg(long, value_name = "FILE", requires = "name")]
        out: Option<PathBuf>,
    },
    /// Note that a bank returned a direct debit; the invoice is to be paid by hand from then on.
    Returned {
        /// The invoice's number.
        number: String,
        /// When; today when it is not given.
        #[arg(long, value_name = "DATE")]
        on: Option<Date>,
    },
    /// Say who pays for a certified application, before anybody uses it.
    #[command(group = clap::ArgGroup::new("who").required(true))]
    Payer {
        /// The application.
        #[arg(long, value_name = "ID")]
        client_id: String,
        /// The organization of its maker, for all who use it.
        #[arg(long, value_name = "ID", group = "who")]
        organization: Option<OrganizationId>,
        /// Each organization for itself.
        #[arg(long, group = "who")]
        each: bool,
    },
    /// Write an invoice of a made-up month as PDF and UBL, with its credit note and a SEPA file, to see what they look like.
    Example {
        /// The folder.
        #[arg(long, value_name = "DIR", default_value = ".")]
        out: PathBuf,
    },
}

/// Does it.
pub(super) async fn run(settings: &Settings, command: BillingCommand) -> anyhow::Result<()> {
    if let BillingCommand::Example { out } = command {
        return write_example(&out);
    }
    let hub = parties::open_hub(settings).await?;
    let day = |on: Option<Date>| on.unwrap_or_else(|| hub.environment.today());
    match command {
        BillingCommand::Run { month, again } => draw_up(&hub, month.as_deref(), again).await?,
        BillingCommand::List { all } => list(&hub, all).await?,
        BillingCommand::Show { number, out } => show(&hub, &number, &out).await?,
        BillingCommand::Pay { number, on } => {
            settle::paid(&hub, &number, day(on)).await?;
            println!("{number}  settled on {}", day(on));
        }
        BillingCommand::Credit { number } => {
            let note = settle::credit(&hub, &number).await?;
            println!("{note}  takes {number} back and was sent");
        }
        BillingCommand::Collect { on, out } => collect(&hub, on, &out).await?,
        BillingCommand::Debits { name: None, out: _ } => list_debits(&hub).await?,
        BillingCommand::Debits { name: Some(name), out } => {
            let content = debits::file(&mut hub.db.read().await?, &name).await?;
            let Some(content) = content else { bail!("there is no SEPA file {name}: 'debits' alone lists them") };
            write(&out.unwrap_or_else(|| format!("{name}.xml").into()), content.as_bytes())?;
        }
        BillingCommand::Returned { number, on } => {
            settle::returned(&hub, &number, day(on)).await?;
            println!("{number}  returned on {}; its payer is reminded to pay by hand", day(on));
        }
        BillingCommand::Payer { client_id, organization, each: _ } => {
            hub.set_payer(&client_id, organization).await?;
            match organization {
                Some(payer) => println!("{client_id}  is paid for by {payer}"),
                None => println!("{client_id}  is paid for by each organization that uses it"),
            }
        }
        BillingCommand::Example { .. } => {}
    }
    Ok(())
}

async fn draw_up(hub: &Hub, month: Option<&str>, again: Option<OrganizationId>) -> anyhow::Result<()> {
    let month = match month {
        None => Month::of(hub.environment.today()).and_then(|month| month.before()),
        Some(text) => Month::parse(text),
    };
    let month = month.context("write the month like 2026-03")?;
    let done = match again {
        Some(id) => vec![(id, invoicing::again(hub, month, id).await?)],
        None => invoicing::run(hub, month).await?,
    };
    let (mut drawn, mut before) = (0, 0);
    for (organization, what) in &done {
        match what {
            Drawn::Invoiced(number, total) => {
                drawn += 1;
                println!("{number}  {}  {organization}", euro(*total));
            }
            Drawn::Before => before += 1,
            Drawn::Nothing => {}
            Drawn::NoAddress => println!("none  no billing information  {organization}"),
        }
    }
    println!("{month}: {drawn} invoices drawn up and sent, {before} were before, {} organizations", done.len());
    Ok(())
}

async fn list(hub: &Hub, all: bool) -> anyhow::Result<()> {
    let mut tx = hub.db.read().await?;
    let found = if all { invoices::all(&mut tx).await? } else { invoices::open(&mut tx).await? };
    for one in &found {
        let document = &one.document;
        let state = state(hub, one);
        println!(
            "{}  {}  due {}  {state}  {}  {}",
            document.number,
            euro(document.total_minor),
            document.due_on,
            one.organization,
            document.buyer.name
        );
    }
    for (organization, since) in hub::store::block::all(&mut tx).await? {
        println!("blocked since {since}  {organization}");
    }
    println!("{} documents", found.len());
    Ok(())
}

fn state(hub: &Hub, one: &StoredInvoice) -> String {
    match (one.document.kind, one.settled) {
        (_, Some((Settled::Paid, on))) => format!("paid {on}"),
        (_, Some((Settled::Credited, on))) => format!("credited {on}"),
        (Kind::Credit, None) => "to be refunded".to_owned(),
        (Kind::Invoice, None) => match one.collect_on {
            Some(on) => format!("collected {on}"),
            None if one.document.due_on < hub.environment.today() => "overdue".to_owned(),
            None => "open".to_owned(),
        },
    }
}

fn euro(minor: i64) -> String {
    format!("EUR {}", domain::Money::new(minor, domain::Currency::EUR).decimal())
}

async fn show(hub: &Hub, number: &str, out: &Path) -> anyhow::Result<()> {
    let files = invoices::files(&mut hub.db.read().await?, number).await?;
    let Some(files) = files else { bail!("there is no invoice or credit note {number}") };
    for (ending, content) in [("pdf", files.pdf), ("xml", files.ubl)] {
        write(&out.join(format!("{number}.{ending}")), &content)?;
    }
    Ok(())
}

async fn collect(hub: &Hub, on: Date, out: &Path) -> anyhow::Result<()> {
    // Asked before anything is noted, because each invoice stands in one file only.
    if out.exists() {
        bail!("{} exists already: name another file", out.display());
    }
    std::fs::write(out, "").with_context(|| format!("{} cannot be written", out.display()))?;
    let made = settle::collect(hub, on).await;
    if made.is_err() {
        std::fs::remove_file(out).with_context(|| format!("{} is left empty", out.display()))?;
    }
    let made = made?;
    let kept = || format!("the file is kept: write it with 'passerelle hub admin billing debits {}'", made.name);
    write(out, made.content.as_bytes()).with_context(kept)?;
    println!("{}: {} invoices are collected on {on}", made.name, made.count);
    Ok(())
}

async fn list_debits(hub: &Hub) -> anyhow::Result<()> {
    let found = debits::files(&mut hub.db.read().await?).await?;
    for one in &found {
        println!("{}  made {}  {} invoices collected on {}", one.name, one.made_at, one.invoices, one.collect_on);
    }
    println!("{} SEPA files", found.len());
    Ok(())
}

fn write_example(out: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(out).with_context(|| format!("{} cannot be made", out.display()))?;
    for (name, content) in example::files() {
        write(&out.join(name), &content)?;
    }
    Ok(())
}

fn write(path: &Path, content: &[u8]) -> anyhow::Result<()> {
    std::fs::write(path, content).with_context(|| format!("{} cannot be written", path.display()))?;
    println!("{}", path.display());
    Ok(())
}
