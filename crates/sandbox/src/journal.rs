//! Everything that happens, one JSON object a line, written before it is answered. Replaying the lines over the same
//! settings gives the same banks, so a kill at any instant loses nothing that a client was told.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use domain::{Date, Details, Timestamp};
use serde::{Deserialize, Serialize};

use crate::consent::{ConsentRequest, Ending};
use crate::control::NewAccount;
use crate::{Faults, SandboxError};

/// Something that happened. Names of fields are the file's format: they are never changed, only added to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub(crate) enum Event {
    /// The first line: what the banks were made from.
    Opened {
        seed: u64,
        base: Date,
        months: i32,
        transactions: u32,
        files: u64,
    },
    Consent {
        consent: String,
        step: Step,
    },
    Accessed {
        consent: String,
        account: String,
        endpoint: String,
        at: Timestamp,
    },
    LateBooked {
        bank: String,
        account: String,
        day: Date,
        salt: u64,
    },
    Booked {
        bank: String,
        account: String,
        day: Date,
        value_on: Option<Date>,
        minor: i64,
        salt: u64,
        details: Details,
    },
    Edited {
        bank: String,
        account: String,
        row: String,
        details: Details,
    },
    Corrected {
        bank: String,
        account: String,
        row: String,
        text: String,
    },
    Redated {
        bank: String,
        account: String,
        row: String,
        minor: i64,
        day: Date,
    },
    Reissued {
        bank: String,
        account: String,
    },
    FaultsSet {
        faults: Faults,
    },
    AccountAdded {
        bank: String,
        account: NewAccount,
        on: Date,
    },
}

/// One step in the life of a consent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Step {
    Asked { at: Timestamp, request: ConsentRequest },
    PasswordAccepted,
    CodeWrong { on: Date },
    CodeAccepted,
    Given { accounts: Vec<String>, on: Date },
    Refused { on: Date },
    Ended { ending: Ending, on: Date },
}

/// The file.
pub(crate) struct Journal {
    path: PathBuf,
    file: File,
}

impl Journal {
    /// Opens or makes the file and reads what happened. A last line without its end was never answered and is cut off.
    pub(crate) fn open(path: &Path) -> Result<(Journal, Vec<Event>), SandboxError> {
        let failed = |source| SandboxError::Journal { path: path.to_owned(), source };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path).map_err(failed)?;
        let mut content = Vec::new();
        file.read_to_end(&mut content).map_err(failed)?;
        let whole = content.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let length = u64::try_from(whole).expect("a length fits in 64 bits");
        file.set_len(length).map_err(failed)?;
        file.seek(SeekFrom::Start(length)).map_err(failed)?;
        let lines = content[..whole].split(|byte| *byte == b'\n').enumerate().filter(|(_, line)| !line.is_empty());
        let events: Result<Vec<Event>, SandboxError> = lines
            .map(|(index, line)| {
                serde_json::from_slice(line).map_err(|error| SandboxError::JournalLine {
                    path: path.to_owned(),
                    line: index + 1,
                    reason: error.to_string(),
                })
            })
            .collect();
        Ok((Journal { path: path.to_owned(), file }, events?))
    }

    /// Writes one event in one write, so that a killed process leaves whole lines or one broken last line.
    pub(crate) fn append(&mut self, event: &Event) -> Result<(), SandboxError> {
        let mut line = serde_json::to_vec(event).expect("an event has text keys only");
        line.push(b'\n');
        self.file.write_all(&line).map_err(|source| SandboxError::Journal { path: self.path.clone(), source })
    }
}
