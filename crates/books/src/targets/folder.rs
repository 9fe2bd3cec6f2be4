//! Files that a target writes: whole or not at all, and only where the operator set a folder aside.

use std::io::{ErrorKind, Write};
use std::path::{Component, Path, PathBuf};

use super::Halt;

/// The folder of a target: one that a person chose lies below the company's own folder and never outside it; one from
/// the operator's settings file is where the operator says.
pub(crate) fn of_target(root: &Path, company: &str, chosen: &str, from_file: bool) -> PathBuf {
    let chosen = Path::new(chosen);
    if from_file && chosen.is_absolute() {
        return chosen.to_owned();
    }
    let own = root.join(company);
    if chosen.components().all(|part| matches!(part, Component::Normal(_))) { own.join(chosen) } else { own }
}

/// Whether a person may choose this folder: a name, or names with slashes, that stays where it is put. No part begins
/// with a dot: such names are ours, for what is there only during a visit.
pub(crate) fn is_inside(chosen: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    let stays = |part: Component<'_>| match part {
        Component::Normal(name) => !name.as_encoded_bytes().starts_with(b"."),
        Component::Prefix(_) | Component::RootDir | Component::CurDir | Component::ParentDir => false,
    };
    !chosen.is_empty() && chosen.len() <= 100 && chosen.chars().all(plain) && Path::new(chosen).components().all(stays)
}

/// Letters, digits and dashes of a text, for the name of a file.
pub(crate) fn stem(text: &str) -> String {
    let kept: String =
        text.chars().filter(|c| !c.is_whitespace()).map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let kept = kept.trim_matches('-');
    if kept.is_empty() { "account".to_owned() } else { kept.chars().take(60).collect() }
}

/// Writes a file through one beside it, so that nobody ever reads half of it and a crash leaves the old one. A file
/// that holds these bytes already is not touched. Answers whether it was written.
pub(crate) async fn write(folder: &Path, name: &str, bytes: Vec<u8>) -> Result<bool, Halt> {
    let (folder, name) = (folder.to_owned(), name.to_owned());
    let place = folder.clone();
    let written = tokio::task::spawn_blocking(move || replace(&folder, &name, &bytes)).await;
    match written {
        Ok(Ok(written)) => Ok(written),
        Ok(Err(error)) => Err(failed(&place, &error)),
        Err(_) => Err(Halt::later("file", "the write was cut off")),
    }
}

/// Adds a file that has one content for ever: whole or not at all, and never in the place of another. Answers whether it
/// was written; one with these bytes may be there already.
pub(crate) async fn add(folder: &Path, name: &str, bytes: Vec<u8>) -> Result<bool, Halt> {
    let (folder, name) = (folder.to_owned(), name.to_owned());
    let place = folder.join(&name);
    let path = place.clone();
    let written = tokio::task::spawn_blocking(move || {
        if path.exists() {
            return Ok((false, std::fs::read(&path)? == bytes));
        }
        replace(&folder, &name, &bytes).map(|written| (written, true))
    });
    match written.await {
        Ok(Ok((written, true))) => Ok(written),
        Ok(Ok((_, false))) => Err(Halt::journal("file-taken", place.display().to_string())),
        Ok(Err(error)) => Err(failed(&place, &error)),
        Err(_) => Err(Halt::later("file", "the write was cut off")),
    }
}

/// Looks whether files can be written in a folder, making it when it is missing.
pub(crate) async fn check(folder: &Path) -> Result<(), Halt> {
    let folder = folder.to_owned();
    let place = folder.clone();
    let tried = tokio::task::spawn_blocking(move || {
        std::fs::create_dir_all(&folder)?;
        let probe = folder.join(".passerelle-probe");
        std::fs::write(&probe, b"")?;
        std::fs::remove_file(&probe)
    });
    match tried.await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(failed(&place, &error)),
        Err(_) => Err(Halt::later("file", "the check was cut off")),
    }
}

fn failed(folder: &Path, error: &std::io::Error) -> Halt {
    let detail = format!("{}: {error}", folder.display());
    // A person has to give rights or room; to try every minute would not help.
    let for_a_person = [ErrorKind::PermissionDenied, ErrorKind::ReadOnlyFilesystem, ErrorKind::NotADirectory];
    if for_a_person.contains(&error.kind()) { Halt::target("file", detail) } else { Halt::later("file", detail) }
}

fn replace(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<bool> {
    std::fs::create_dir_all(folder)?;
    let path = folder.join(name);
    if std::fs::read(&path).is_ok_and(|held| held == bytes) {
        return Ok(false);
    }
    let draft = folder.join(format!(".{name}.draft"));
    let mut file = std::fs::File::create(&draft)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&draft, &path)?;
    // The name is safe once its folder is.
    std::fs::File::open(folder)?.sync_all()?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chosen_folder_stays_inside() {
        for good in ["ledger", "ledger/2026", "my.books"] {
            assert!(is_inside(good), "{good}");
        }
        for bad in ["", "..", "../x", "a/../../x", "/etc", "a b", "a\\b", "./a", ".sftp-ledger", "a/.b"] {
            assert!(!is_inside(bad), "{bad}");
        }
        let root = Path::new("/data/files");
        assert_eq!(of_target(root, "c", "/elsewhere", false), Path::new("/data/files/c"), "whatever is stored");
        assert_eq!(of_target(root, "c", "ledger", false), Path::new("/data/files/c/ledger"));
        assert_eq!(of_target(root, "c", "/srv/ledger", true), Path::new("/srv/ledger"));
    }

    #[test]
    fn a_stem_is_a_name_of_a_file() {
        assert_eq!(stem("BE68 5390 0754 7034"), "BE68539007547034");
        assert_eq!(stem("../x"), "x");
        assert_eq!(stem("**"), "account");
    }
}
