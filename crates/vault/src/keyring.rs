//! Encryption at rest with AES-256-GCM-SIV (RFC 8452), whose secrecy survives even a repeated nonce.
//!
//! A sealed text is `v1.<key id>.<base64url of nonce, ciphertext and tag>`. The associated data says where the text
//! belongs (`table:column:row`), so a sealed value that is moved to another row does not open there.
//!
//! The key file has one key a line, `<id> <base64 of 32 bytes>`, the newest last; `#` begins a comment. The newest
//! key seals, any key opens: to rotate, add a line, seal everything again, and delete the old line.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use aws_lc_rs::aead::{AES_256_GCM_SIV, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use domain::Entropy;
use zeroize::Zeroize;

use crate::Secret;

const HEAD: &str = "\
# Keys that encrypt the secrets in the database. Without this file they cannot be read: back it up, apart from the
# database. The last key seals, every key opens.
";

/// The key file could not be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyringError {
    /// The file cannot be read or written.
    #[error("the key file {path} cannot be used: {source}")]
    File {
        /// Where it is.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Others on this machine can read the file.
    #[error("the key file {0} can be read by others: run chmod 600 on it, then start again")]
    Readable(PathBuf),
    /// A line is not an id and a key.
    #[error("line {line} of the key file {path} is not '<id> <base64 of 32 bytes>', or repeats an id")]
    Line {
        /// Where it is.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
    },
    /// There is no file, though there are secrets that only its keys open.
    #[error(
        "the key file {0} is missing, but the database holds secrets that only its keys open: restore it from its \
         backup; a new one would open none of them"
    )]
    Lost(PathBuf),
    /// The file names no key.
    #[error("the key file {0} holds no key: restore it from its backup")]
    Empty(PathBuf),
}

/// A sealed text could not be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The text is not of the form that [`Keyring::seal`] makes.
    #[error("the stored secret has not the form of a sealed text")]
    Malformed,
    /// The key is not in the ring.
    #[error("the stored secret was sealed with key '{0}', which the key file does not hold: restore that line")]
    UnknownKey(String),
    /// The text was changed, or it was moved from another row.
    #[error("the stored secret was changed or belongs to another row")]
    Damaged,
    /// The text was to be readable characters and is not.
    #[error("the stored secret is not text")]
    NotText,
}

struct Key {
    id: String,
    key: RandomizedNonceKey,
}

/// The keys that encrypt secrets at rest: the newest seals, any opens.
pub struct Keyring(Vec<Key>);

impl Keyring {
    /// Loads the key file, or makes one with a new key, readable by its owner only. Where secrets are sealed already
    /// (`is_needed`), a file that is missing was lost, and none is made.
    pub fn open_needed(path: &Path, entropy: &dyn Entropy, is_needed: bool) -> Result<Keyring, KeyringError> {
        match Keyring::load(path) {
            Err(KeyringError::File { source, .. }) if is_needed && source.kind() == ErrorKind::NotFound => {
                Err(KeyringError::Lost(path.into()))
            }
            _ => Keyring::open(path, entropy),
        }
    }

    /// Loads the key file, or makes one with a new key, readable by its owner only.
    pub fn open(path: &Path, entropy: &dyn Entropy) -> Result<Keyring, KeyringError> {
        match Keyring::load(path) {
            Err(KeyringError::File { source, .. }) if source.kind() == ErrorKind::NotFound => {
                create(path, entropy).map_err(|source| KeyringError::File { path: path.into(), source })?;
                Keyring::load(path)
            }
            loaded => loaded,
        }
    }

    /// Loads an existing key file.
    pub fn load(path: &Path) -> Result<Keyring, KeyringError> {
        let file_error = |source| KeyringError::File { path: path.into(), source };
        let mode = fs::metadata(path).map_err(file_error)?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(KeyringError::Readable(path.into()));
        }
        let text = Secret::new(fs::read_to_string(path).map_err(file_error)?);
        let mut keys: Vec<Key> = Vec::new();
        for (index, line) in text.expose().lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let key = read_line(line)
                .filter(|new| keys.iter().all(|known| known.id != new.id))
                .ok_or_else(|| KeyringError::Line { path: path.into(), line: index + 1 })?;
            keys.push(key);
        }
        if keys.is_empty() { Err(KeyringError::Empty(path.into())) } else { Ok(Keyring(keys)) }
    }

    /// Adds a new key to an existing file and loads it: from now on the new key seals.
    pub fn rotate(path: &Path, entropy: &dyn Entropy) -> Result<Keyring, KeyringError> {
        let held = Keyring::load(path)?;
        let line = Secret::new(new_line(&held.new_id(entropy), entropy));
        let file_error = |source| KeyringError::File { path: path.into(), source };
        let mut file = OpenOptions::new().append(true).open(path).map_err(file_error)?;
        file.write_all(line.expose().as_bytes()).and_then(|()| file.sync_all()).map_err(file_error)?;
        Keyring::load(path)
    }

    /// Takes a key that seals nothing any more out of the file. The newest one stays. False when there is no such key.
    pub fn remove(path: &Path, id: &str) -> Result<bool, KeyringError> {
        let held = Keyring::load(path)?;
        let newest = held.0.last().is_some_and(|key| key.id == id);
        if newest || held.0.iter().all(|key| key.id != id) {
            return Ok(false);
        }
        let file_error = |source| KeyringError::File { path: path.into(), source };
        let text = Secret::new(fs::read_to_string(path).map_err(file_error)?);
        let others = text.expose().lines().filter(|line| line.trim().split(' ').next() != Some(id));
        let kept = Secret::new(others.map(|line| format!("{line}\n")).collect::<String>());
        let draft = path.with_extension("keys.new");
        let mut open = OpenOptions::new();
        let written = open.write(true).create(true).truncate(true).mode(0o600).open(&draft).and_then(|mut file| {
            file.write_all(kept.expose().as_bytes())?;
            file.sync_all()
        });
        written.and_then(|()| fs::rename(&draft, path)).map_err(file_error)?;
        Ok(true)
    }

    /// The ids of the keys, the newest last.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|key| key.id.as_str())
    }

    /// The id of the key that a text was sealed with.
    pub fn key_of(sealed: &str) -> Option<&str> {
        parts(sealed).map(|(id, _)| id)
    }

    /// A ring with one new key that is kept nowhere: for tests, and for parties that keep nothing.
    pub fn ephemeral(entropy: &dyn Entropy) -> Keyring {
        let line = Secret::new(new_line("k1", entropy));
        Keyring(vec![read_line(line.expose().trim_end()).expect("a line that was just made can be read")])
    }

    /// Encrypts and returns text for a database column. `place` is `table:column:row`, the same when it is opened.
    pub fn seal(&self, place: &str, plain: &[u8]) -> String {
        let newest = self.0.last().expect("a ring holds at least one key");
        let mut buffer = plain.to_vec();
        let nonce = newest
            .key
            .seal_in_place_append_tag(Aad::from(place.as_bytes()), &mut buffer)
            .expect("a secret is far shorter than the cipher's limit");
        let mut sealed = nonce.as_ref().to_vec();
        sealed.append(&mut buffer);
        format!("v1.{}.{}", newest.id, URL_SAFE_NO_PAD.encode(sealed))
    }

    /// Decrypts what [`Keyring::seal`] made for the same place.
    pub fn open_bytes(&self, place: &str, sealed: &str) -> Result<Secret<Vec<u8>>, OpenError> {
        let (id, body) = parts(sealed).ok_or(OpenError::Malformed)?;
        let bytes = URL_SAFE_NO_PAD.decode(body).map_err(|_| OpenError::Malformed)?;
        let (nonce, cipher) = bytes.split_at_checked(NONCE_LEN).ok_or(OpenError::Malformed)?;
        let held = self.0.iter().find(|key| key.id == id).ok_or_else(|| OpenError::UnknownKey(id.to_owned()))?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| OpenError::Malformed)?;
        let mut buffer = cipher.to_vec();
        let length = held
            .key
            .open_in_place(nonce, Aad::from(place.as_bytes()), &mut buffer)
            .map_err(|_| OpenError::Damaged)?
            .len();
        buffer.truncate(length);
        Ok(Secret::new(buffer))
    }

    /// Decrypts a secret that is text.
    pub fn open_text(&self, place: &str, sealed: &str) -> Result<Secret<String>, OpenError> {
        let bytes = self.open_bytes(place, sealed)?;
        let text = std::str::from_utf8(bytes.expose()).map_err(|_| OpenError::NotText)?;
        Ok(Secret::new(text.to_owned()))
    }

    /// Whether a sealed text was made with the newest key; one that was not is to be sealed again after a rotation.
    pub fn is_current(&self, sealed: &str) -> bool {
        let newest = self.0.last().expect("a ring holds at least one key");
        parts(sealed).is_some_and(|(id, _)| id == newest.id)
    }

    /// An id that no key of the ring has.
    fn new_id(&self, entropy: &dyn Entropy) -> String {
        loop {
            let id = random_id(entropy);
            if self.0.iter().all(|key| key.id != id) {
                return id;
            }
        }
    }
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.iter().map(|key| &key.id)).finish()
    }
}

fn parts(sealed: &str) -> Option<(&str, &str)> {
    sealed.strip_prefix("v1.")?.split_once('.')
}

fn read_line(line: &str) -> Option<Key> {
    let (id, encoded) = line.trim().split_once(' ')?;
    if id.is_empty() || !id.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return None;
    }
    let mut bytes = STANDARD.decode(encoded.trim()).ok()?;
    let key = RandomizedNonceKey::new(&AES_256_GCM_SIV, &bytes).ok();
    bytes.zeroize();
    Some(Key { id: id.to_owned(), key: key? })
}

/// Ids are random, so that two files that were made apart never call different keys the same.
fn random_id(entropy: &dyn Entropy) -> String {
    let mut bytes = [0; 4];
    entropy.fill(&mut bytes);
    format!("k{}", crate::token::hex(&bytes))
}

fn new_line(id: &str, entropy: &dyn Entropy) -> String {
    let mut bytes = [0; 32];
    entropy.fill(&mut bytes);
    let line = format!("{id} {}\n", STANDARD.encode(bytes));
    bytes.zeroize();
    line
}

/// Writes a new key file beside its place and links it there: two processes that start at once end with one key, and
/// none ever reads half a file.
fn create(path: &Path, entropy: &dyn Entropy) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut name = [0; 8];
    entropy.fill(&mut name);
    let draft = path.with_extension(format!("{}.new", crate::token::hex(&name)));
    let written =
        OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft).and_then(|mut file| {
            let text = Secret::new(format!("{HEAD}{}", new_line(&random_id(entropy), entropy)));
            file.write_all(text.expose().as_bytes())?;
            file.sync_all()
        });
    let linked = written.and_then(|()| match fs::hard_link(&draft, path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        other => other,
    });
    fs::remove_file(&draft).and(linked)
}
