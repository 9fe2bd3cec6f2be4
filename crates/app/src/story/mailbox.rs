//! The mail of the demo's person: the folder that the hub writes its messages to.

use std::path::{Path, PathBuf};

use browser::mail::{self, Mail};

/// The newest message to an address, if there is one. Names are made in the order of time.
///
/// # Errors
/// The folder or a file in it cannot be read.
pub(super) fn newest(folder: &Path, address: &str) -> anyhow::Result<Option<Mail>> {
    if !folder.exists() {
        return Ok(None);
    }
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "eml"));
    files.sort();
    for file in files.iter().rev() {
        let found = mail::read(&std::fs::read_to_string(file)?);
        if found.to == address {
            return Ok(Some(found));
        }
    }
    Ok(None)
}
