//! One server, reached by the `sftp` program in batch mode. The program takes keys from files only, so they lie in a
//! folder of this visit that nobody else may enter, and that goes with it.

use std::io::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use domain::Timestamp;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use crate::targets::{Desk, Halt};

/// The longest that one conversation may take.
const TIMEOUT: Duration = Duration::from_secs(120);
/// The name under which the server's key stands in the list of known hosts.
const ALIAS: &str = "passerelle-target";
/// How the folder of a visit is called, in front of its number.
const VISIT: &str = ".sftp-";
/// The folder of a visit that is older belongs to one that was cut off.
const STALE_SECONDS: i64 = 3600;
/// Words of the program that a person sees.
const SHOWN: usize = 300;

/// A server that may be reached, with the keys for it.
pub(super) struct Session {
    address: SocketAddr,
    host: String,
    login: String,
    /// Where files go there; empty for where the login begins.
    directory: String,
    own: Folder,
}

/// The folder of one visit.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Session {
    /// Checks the settings and lays the keys out.
    pub(super) async fn open(desk: &Desk<'_>) -> Result<Session, Halt> {
        let values = desk.values;
        let wrong = |what: &str| Halt::target("sftp-settings", what.to_owned());
        let port = match values.text("port") {
            "" => 22,
            port => port.parse().map_err(|_| wrong("port"))?,
        };
        let (host, login, directory) = (values.text("host"), values.text("login"), values.text("directory"));
        if !is_plain(login, "._-@") || login.starts_with('-') {
            return Err(wrong("login"));
        }
        if !directory.is_empty() && (!is_plain(directory, "._-/") || directory.starts_with('-')) {
            return Err(wrong("directory"));
        }
        let known = known_host(values.text("host_key")).ok_or_else(|| wrong("host_key"))?;
        let key = desk.secret.as_ref().and_then(|secret| private_key(secret.expose())).ok_or_else(|| wrong("key"))?;
        let address = desk.door.address(host, port).await.map_err(|error| unreachable(&error.to_string()))?;
        let name: [u8; 8] = desk.environment.random();
        let (parent, now) = (desk.folder.clone(), desk.environment.now());
        let laid = tokio::task::spawn_blocking(move || {
            clear(&parent, now);
            lay_out(&parent, &vault::token::hex(&name), &key, &known)
        });
        let own = match laid.await {
            Ok(Ok(own)) => own,
            Ok(Err(error)) => return Err(Halt::later("file", error.to_string())),
            Err(_) => return Err(Halt::later("file", "the write was cut off")),
        };
        let (host, login, directory) = (host.to_owned(), login.to_owned(), directory.to_owned());
        Ok(Session { address, host, login, directory, own })
    }

    /// What a person is told about where files go.
    pub(super) fn place(&self) -> String {
        let directory = self.directory.trim_start_matches('/');
        format!("sftp://{}@{}:{}/{directory}", self.login, self.host, self.address.port())
    }

    /// Looks whether files can be written there; nothing is left behind.
    pub(super) async fn probe(&self) -> Result<(), Halt> {
        self.lay("probe", b"").await?;
        let probe = self.there(".passerelle-probe");
        let made = self.make_directory();
        self.talk(&format!("{made}put {} {probe}\nrm {probe}\n", self.here("probe"))).await
    }

    /// What the file of a name holds there, when it is there.
    pub(super) async fn held(&self, name: &str) -> Result<Option<Vec<u8>>, Halt> {
        let here = self.own.0.join("held");
        // A file that is not there is no mistake.
        self.talk(&format!("-get {} {}\n", self.there(name), self.here("held"))).await?;
        match tokio::fs::read(&here).await {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Halt::later("file", error.to_string())),
        }
    }

    /// Sends a file. It has its name only when it is whole, and never replaces one of that name.
    pub(super) async fn send(&self, name: &str, bytes: &[u8]) -> Result<(), Halt> {
        self.lay("draft", bytes).await?;
        let (draft, name) = (self.there(&format!(".{name}.draft")), self.there(name));
        let made = self.make_directory();
        self.talk(&format!("{made}put {} {draft}\nrename -l {draft} {name}\n", self.here("draft"))).await
    }

    /// Makes each folder of the way; those that are there are no mistake.
    fn make_directory(&self) -> String {
        let mut way = if self.directory.starts_with('/') { "/".to_owned() } else { String::new() };
        let mut made = String::new();
        for part in self.directory.split('/').filter(|part| !part.is_empty()) {
            way.push_str(part);
            made.push_str(&format!("-mkdir \"{way}\"\n"));
            way.push('/');
        }
        made
    }

    fn there(&self, name: &str) -> String {
        if self.directory.is_empty() { format!("\"{name}\"") } else { format!("\"{}/{name}\"", self.directory) }
    }

    fn here(&self, name: &str) -> String {
        quoted(&self.own.0.join(name))
    }

    async fn lay(&self, name: &str, bytes: &[u8]) -> Result<(), Halt> {
        let laid = tokio::fs::write(self.own.0.join(name), bytes).await;
        laid.map_err(|error| Halt::later("file", error.to_string()))
    }

    /// Runs the program with these commands.
    async fn talk(&self, commands: &str) -> Result<(), Halt> {
        let path = |name: &str| self.own.0.join(name).display().to_string();
        let mut command = Command::new("sftp");
        command.args(["-q", "-b", "-", "-F", "/dev/null", "-P", &self.address.port().to_string()]);
        for option in [
            format!("IdentityFile={}", path("key")),
            format!("UserKnownHostsFile={}", path("known")),
            format!("HostKeyAlias={ALIAS}"),
            "IdentitiesOnly=yes".to_owned(),
            "IdentityAgent=none".to_owned(),
            "StrictHostKeyChecking=yes".to_owned(),
            "GlobalKnownHostsFile=/dev/null".to_owned(),
            "PreferredAuthentications=publickey".to_owned(),
            "ConnectTimeout=20".to_owned(),
            "ServerAliveInterval=15".to_owned(),
        ] {
            command.args(["-o", &option]);
        }
        let host = match self.address {
            SocketAddr::V4(address) => address.ip().to_string(),
            SocketAddr::V6(address) => format!("[{}]", address.ip()),
        };
        command.arg(format!("{}@{host}", self.login));
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn().map_err(|error| Halt::target("sftp-missing", format!("sftp: {error}")))?;
        let conversation = async {
            if let Some(mut input) = child.stdin.take() {
                // A program that has ended says why itself.
                let _ = input.write_all(commands.as_bytes()).await;
            }
            child.wait_with_output().await
        };
        let output = match tokio::time::timeout(TIMEOUT, conversation).await {
            Ok(Ok(output)) => output,
            Ok(Err(error)) => return Err(Halt::later("unreachable", error.to_string())),
            Err(_) => return Err(unreachable(&format!("no end within {} seconds", TIMEOUT.as_secs()))),
        };
        let said = String::from_utf8_lossy(&output.stderr);
        let said: String = said.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(SHOWN).collect();
        match output.status.code() {
            Some(0) => Ok(()),
            // The connection: the program does not say by its code which of address, key or host key was wrong.
            Some(255) => Err(Halt::later("sftp-connection", said)),
            Some(_) | None => Err(Halt::later("sftp-refused", said)),
        }
    }
}

fn unreachable(said: &str) -> Halt {
    Halt::later("unreachable", said)
}

/// Whether a folder of this name is a visit's: nothing else may be removed.
fn is_visit(name: &str) -> bool {
    name.strip_prefix(VISIT).is_some_and(|number| number.len() == 16 && number.chars().all(|c| c.is_ascii_hexdigit()))
}

/// Removes the folders of visits that were cut off: no visit lasts so long.
fn clear(parent: &Path, now: Timestamp) {
    let Ok(entries) = std::fs::read_dir(parent) else { return };
    for entry in entries.flatten().filter(|entry| is_visit(&entry.file_name().to_string_lossy())) {
        let changed = entry.metadata().and_then(|metadata| metadata.modified()).ok();
        let changed = changed.and_then(|at| Timestamp::try_from(at).ok());
        if changed.is_some_and(|at| at.duration_until(now).as_secs() > STALE_SECONDS) {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

/// A folder that only we may enter, with the key and the server's key.
fn lay_out(parent: &Path, name: &str, key: &str, known: &str) -> std::io::Result<Folder> {
    use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
    std::fs::create_dir_all(parent)?;
    let path = parent.join(format!("{VISIT}{name}"));
    std::fs::DirBuilder::new().mode(0o700).create(&path)?;
    let folder = Folder(path);
    for (name, text) in [("key", key), ("known", known)] {
        let path = folder.0.join(name);
        let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        file.write_all(text.as_bytes())?;
    }
    Ok(folder)
}

fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    format!("\"{}\"", path.replace('\\', "\\\\").replace('"', "\\\""))
}

fn is_plain(text: &str, more: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || more.contains(c))
}

/// The line of a list of known hosts for `ssh-ed25519 AAAA…`, with or without a host in front.
fn known_host(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let at = words.iter().position(|word| word.starts_with("ssh-") || word.starts_with("ecdsa-sha2-"))?;
    let (kind, key) = (words.get(at)?, words.get(at + 1)?);
    (is_plain(kind, "-@.") && is_plain(key, "+/=")).then(|| format!("{ALIAS} {kind} {key}\n"))
}

/// A private key in the form that the program reads. A form's single line takes the line ends out; they are put back.
fn private_key(text: &str) -> Option<String> {
    let (begin, rest) = text.trim().strip_prefix("-----BEGIN ")?.split_once("-----")?;
    let (body, end) = rest.split_once("-----END ")?;
    let end = end.strip_suffix("-----")?;
    let body: String = body.split_whitespace().collect();
    if begin != end || !is_plain(begin, " ") || !is_plain(&body, "+/=") {
        return None;
    }
    let mut key = format!("-----BEGIN {begin}-----\n");
    for line in body.as_bytes().chunks(70) {
        key.push_str(&String::from_utf8_lossy(line));
        key.push('\n');
    }
    key.push_str(&format!("-----END {end}-----\n"));
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_survives_a_form_of_one_line() {
        let body = "b3BlbnNzaC1rZXktdjEAAAAA".repeat(6);
        let text = format!("-----BEGIN OPENSSH PRIVATE KEY-----{body}-----END OPENSSH PRIVATE KEY-----");
        let key = private_key(&text).unwrap();
        assert_eq!(private_key(&key).unwrap(), key);
        assert_eq!(key.lines().nth(1).unwrap().len(), 70);
        assert_eq!(private_key("-----BEGIN A-----x-----END B-----"), None);
        assert_eq!(private_key("secret"), None);
    }

    #[test]
    fn the_folder_of_a_visit_that_was_cut_off_is_removed() {
        let parent = std::env::temp_dir().join(format!("passerelle-visits-{}", std::process::id()));
        let folder = lay_out(&parent, "0123456789abcdef", "key", "known").unwrap();
        let other = parent.join(".sftp-ledger");
        std::fs::create_dir(&other).unwrap();
        let made: Timestamp = std::fs::metadata(&folder.0).unwrap().modified().unwrap().try_into().unwrap();
        let after = |seconds: i64| made.saturating_add(domain::Span::new().seconds(seconds)).unwrap();
        clear(&parent, after(STALE_SECONDS - 60));
        assert!(folder.0.join("key").exists(), "it may still be used");
        clear(&parent, after(STALE_SECONDS + 60));
        assert!(!folder.0.exists());
        assert!(other.exists(), "whatever has another name is not ours");
        std::fs::remove_dir_all(parent).unwrap();
    }

    #[test]
    fn a_host_key_is_a_kind_and_a_key_and_nothing_else() {
        let line = Some(format!("{ALIAS} ssh-ed25519 AAAA+/=\n"));
        assert_eq!(known_host("ssh-ed25519 AAAA+/= root@server"), line);
        assert_eq!(known_host("bank.example ssh-ed25519 AAAA+/="), line);
        assert_eq!(known_host("ssh-ed25519"), None);
        assert_eq!(known_host("ssh-ed25519 A;B"), None);
    }
}
