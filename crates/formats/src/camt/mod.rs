//! ISO 20022 bank-to-customer cash management: camt.052 (report), camt.053 (statement), camt.054 (notification),
//! versions .001.02 to .001.13. Reads all three; writes camt.053.001.08.
//!
//! Traps, each with a fixture: `Ntry/Amt` has no sign and `RvslInd` does not turn it; several `TxDtls` are parts of one
//! movement; `PRCD` is the opening when `OPBD` is absent; the status is a code from .08 on and a text before; names
//! stand under `Pty` from .08 on; a date is the day as written, whatever the zone; returns swap the roles; files
//! come without a namespace, with a wrong one, or with a newer one.

mod details;
mod entry;
mod statement;
mod value;
mod write;

use crate::assembly::Assembly;
use crate::input::Input;
use crate::xml::{Step, Xml, XmlError};
use crate::{Format, Options, ReadError};

/// The format's line in [`crate::ALL`].
pub(crate) const FORMAT: Format = Format {
    name: "camt053",
    title: "ISO 20022 camt.052, camt.053 or camt.054",
    recognises,
    read,
    write: Some(write::write),
};

/// The newest version whose schema has been read (.001.13).
const NEWEST: u32 = 13;

/// One of the three messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Message {
    Report,
    Statement,
    Notification,
}

impl Message {
    /// By the element under `Document`; version 1 had a suffix (`BkToCstmrAcctRptV01`).
    fn of(element: &str) -> Option<Message> {
        [
            ("BkToCstmrStmt", Message::Statement),
            ("BkToCstmrAcctRpt", Message::Report),
            ("BkToCstmrDbtCdtNtfctn", Message::Notification),
        ]
        .into_iter()
        .find(|(name, _)| element.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('V')))
        .map(|(_, message)| message)
    }

    const fn name(self) -> &'static str {
        match self {
            Message::Report => "camt.052",
            Message::Statement => "camt.053",
            Message::Notification => "camt.054",
        }
    }

    /// The element that holds one statement.
    const fn unit(self) -> &'static str {
        match self {
            Message::Report => "Rpt",
            Message::Statement => "Stmt",
            Message::Notification => "Ntfctn",
        }
    }
}

fn recognises(beginning: &[u8]) -> bool {
    let text = String::from_utf8_lossy(beginning);
    let text = text.trim_start();
    text.starts_with('<')
        && (text.contains("BkToCstmr")
            || text.contains("camt.052.")
            || text.contains("camt.053.")
            || text.contains("camt.054."))
}

fn read(input: Input<'_>, _options: &Options, assembly: &mut Assembly<'_>) -> Result<(), ReadError> {
    let mut xml = Xml::open(input);
    let mut found = false;
    let outcome = document(&mut xml, assembly, &mut Vec::new(), &mut found);
    assembly.summary().encoding = Some(xml.encoding().name());
    if xml.document_type {
        assembly.defect("/", "<!DOCTYPE", "a statement has no document type; it was not followed");
    }
    if let Some(entity) = xml.foreign_entity.take() {
        assembly.defect("/", &format!("&{entity};"), "only the five entities of XML are known; others stay as written");
    }
    if xml.has_nul() {
        assembly.defect("/", "", "XML holds no NUL; it became a blank");
    }
    match outcome {
        Err(XmlError::Input(error)) => return Err(ReadError::Input(error)),
        Err(XmlError::Broken { offset, rule }) => {
            if !assembly.is_open() && assembly.statements() == 0 {
                return Err(ReadError::NotAStatement(format!(
                    "{} was expected, but {rule} (byte {offset})",
                    FORMAT.title
                )));
            }
            let path = format!("byte {offset}");
            assembly.defect(&path, "", &rule);
        }
        Ok(()) => {}
    }
    if !found {
        return Err(ReadError::NotAStatement(format!(
            "{} was expected, but there is no BkToCstmrStmt, BkToCstmrAcctRpt or BkToCstmrDbtCdtNtfctn",
            FORMAT.title
        )));
    }
    if assembly.statements() == 0 {
        return Err(ReadError::NotAStatement(
            "a camt message needs at least one Stmt, Rpt or Ntfctn, and this has none".into(),
        ));
    }
    Ok(())
}

/// Goes down to the message, through `Document` and whatever envelope a bank puts around it.
fn document(
    xml: &mut Xml<'_>,
    assembly: &mut Assembly<'_>,
    namespaces: &mut Vec<String>,
    found: &mut bool,
) -> Step<()> {
    while let Some(name) = xml.child()? {
        let known = namespaces.len();
        namespaces.extend(xml.namespaces());
        match Message::of(name.as_str()) {
            Some(message) => {
                *found = true;
                assembly.summary().format = message.name().to_owned();
                version(message, namespaces, assembly);
                statement::message(xml, assembly, message)?;
            }
            None => document(xml, assembly, namespaces, found)?,
        }
        namespaces.truncate(known);
    }
    Ok(())
}

/// Reads the version out of the namespace. The message's element decides what it is; the namespace only says how new.
fn version(message: Message, namespaces: &[String], assembly: &mut Assembly<'_>) {
    let Some(urn) = namespaces.iter().rev().find(|urn| urn.contains(":xsd:camt.")) else {
        assembly.warn(format!("the file names no {} namespace; its elements decide", message.name()));
        return;
    };
    let Some(version) = urn.split(message.name()).nth(1).map(|rest| rest.trim_start_matches('.').to_owned()) else {
        assembly.warn(format!("the namespace {urn} is not that of {}; its elements decide", message.name()));
        return;
    };
    if version.rsplit('.').next().and_then(|n| n.parse::<u32>().ok()).is_none_or(|n| n > NEWEST) {
        assembly.warn(format!("{}.{version} is newer than 001.{NEWEST} and was read as that", message.name()));
    }
    assembly.summary().version = Some(version);
}
