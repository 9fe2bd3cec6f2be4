use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use domain::SeededEntropy;
use proptest::prelude::*;
use vault::{Keyring, KeyringError, OpenError};

/// A folder of its own for one test, gone when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("passerelle-vault-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn file(&self) -> PathBuf {
        self.0.join("keys")
    }

    fn write(&self, text: &str) -> PathBuf {
        fs::write(self.file(), text).unwrap();
        fs::set_permissions(self.file(), fs::Permissions::from_mode(0o600)).unwrap();
        self.file()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn from_hex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

/// RFC 8452 appendix C.2: (associated data, result, plain text) under one key and nonce.
const VECTORS: [(&str, &str, &str); 3] = [
    ("", "c2ef328e5c71c83b843122130f7364b761e0b97427e3df28", "0100000000000000"),
    ("\u{1}", "1de22967237a813291213f267e3b452f02d01ae33e4ec854", "0200000000000000"),
    ("", "07f5f4169bbf55a8400cd47ea6fd400f", ""),
];

#[test]
fn the_vectors_of_rfc_8452() {
    let folder = Folder::new("vectors");
    let mut key = vec![0; 32];
    key[0] = 1;
    let ring = Keyring::load(&folder.write(&format!("rfc {}\n", STANDARD.encode(key)))).unwrap();
    let mut nonce = vec![0; 12];
    nonce[0] = 3;
    for (place, result, plain) in VECTORS {
        let body = [nonce.clone(), from_hex(result)].concat();
        let sealed = format!("v1.rfc.{}", URL_SAFE_NO_PAD.encode(body));
        assert_eq!(ring.open_bytes(place, &sealed).unwrap().expose(), &from_hex(plain), "{result}");
    }
}

#[test]
fn a_new_file_is_for_its_owner_only_and_is_used_again() {
    let folder = Folder::new("create");
    let entropy = SeededEntropy::new(7);
    let sealed = Keyring::open(&folder.file(), &*entropy).unwrap().seal("session:token:1", b"secret");
    assert_eq!(fs::metadata(folder.file()).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 1, "no draft is left");
    let again = Keyring::open(&folder.file(), &*entropy).unwrap();
    assert_eq!(again.open_text("session:token:1", &sealed).unwrap().expose(), "secret");
}

#[test]
fn a_file_that_is_needed_and_missing_is_not_replaced() {
    let folder = Folder::new("lost");
    let entropy = SeededEntropy::new(7);
    let lost = Keyring::open_needed(&folder.file(), &*entropy, true).unwrap_err();
    assert!(matches!(lost, KeyringError::Lost(_)) && lost.to_string().contains("restore it from its backup"), "{lost}");
    assert!(!folder.file().exists());
    let made = Keyring::open_needed(&folder.file(), &*entropy, false).unwrap().seal("p", b"x");
    assert!(Keyring::open_needed(&folder.file(), &*entropy, true).unwrap().open_text("p", &made).is_ok());
    // Another file's key has another name, so a secret of this one is not called damaged there.
    let other = Folder::new("other");
    let problem = Keyring::open(&other.file(), &*SeededEntropy::new(8)).unwrap().open_text("p", &made).unwrap_err();
    assert!(matches!(problem, OpenError::UnknownKey(_)), "{problem}");
}

#[test]
fn many_that_start_at_once_end_with_one_key() {
    let folder = Folder::new("race");
    let rings: Vec<Keyring> = std::thread::scope(|scope| {
        let starts: Vec<_> = (0..8)
            .map(|seed| {
                let path = folder.file();
                scope.spawn(move || Keyring::open(&path, &*SeededEntropy::new(seed)).unwrap())
            })
            .collect();
        starts.into_iter().map(|start| start.join().unwrap()).collect()
    });
    let sealed = rings[0].seal("p", b"x");
    assert!(rings.iter().all(|ring| ring.open_text("p", &sealed).is_ok()));
}

#[test]
fn rotation_seals_with_the_new_key_and_still_opens_the_old() {
    let folder = Folder::new("rotate");
    let entropy = SeededEntropy::new(7);
    let old = Keyring::open(&folder.file(), &*entropy).unwrap();
    let before = old.seal("p", b"one");
    let new = Keyring::rotate(&folder.file(), &*entropy).unwrap();
    let after = new.seal("p", b"two");
    let [first, second]: [String; 2] = new.ids().map(str::to_owned).collect::<Vec<_>>().try_into().unwrap();
    assert_eq!((Keyring::key_of(&before), Keyring::key_of(&after)), (Some(&*first), Some(&*second)));
    assert!(!new.is_current(&before) && new.is_current(&after));
    assert_eq!(new.open_text("p", &before).unwrap().expose(), "one");
    assert_eq!(old.open_text("p", &after).unwrap_err(), OpenError::UnknownKey(second));
}

#[test]
fn a_file_that_others_can_read_is_refused() {
    let folder = Folder::new("mode");
    let path = folder.write(&format!("k1 {}\n", STANDARD.encode([1; 32])));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    assert!(matches!(Keyring::load(&path), Err(KeyringError::Readable(_))));
}

#[test]
fn a_bad_line_is_named_and_never_shown() {
    let folder = Folder::new("lines");
    let good = format!("k1 {}", STANDARD.encode([1; 32]));
    let cases = [
        (format!("# c\n{good}\nk2 c2hvcnQ=\n"), 3),
        (format!("{good}\n{good}\n"), 2),
        ("k1\n".to_owned(), 1),
        (format!("k.1 {}\n", STANDARD.encode([1; 32])), 1),
    ];
    for (text, at) in cases {
        match Keyring::load(&folder.write(&text)) {
            Err(KeyringError::Line { line, path }) => {
                assert_eq!(line, at, "{text}");
                let message = KeyringError::Line { line, path }.to_string();
                assert!(!message.contains("AQEB"), "{message}");
            }
            other => panic!("{text}: {other:?}"),
        }
    }
    assert!(matches!(Keyring::load(&folder.write("# nothing\n\n")), Err(KeyringError::Empty(_))));
}

#[test]
fn what_was_moved_or_changed_does_not_open() {
    let ring = Keyring::ephemeral(&*SeededEntropy::new(1));
    let sealed = ring.seal("account:token:1", b"secret");
    assert_eq!(ring.open_text("account:token:2", &sealed).unwrap_err(), OpenError::Damaged);
    for malformed in ["", "v1.k1", "v1.k1.!!", "v1.k1.AAAA", "v2.k1.AAAA", "secret"] {
        assert_eq!(ring.open_text("account:token:1", malformed).unwrap_err(), OpenError::Malformed, "{malformed}");
    }
    let bytes = ring.seal("p", &[0xFF, 0xFE]);
    assert_eq!(ring.open_text("p", &bytes).unwrap_err(), OpenError::NotText);
    assert!(!format!("{ring:?}").contains("RandomizedNonceKey"));
}

proptest! {
    #[test]
    fn what_is_sealed_opens_again_and_twice_looks_different(place in ".{0,40}", plain in any::<Vec<u8>>()) {
        let ring = Keyring::ephemeral(&*SeededEntropy::new(1));
        let sealed = ring.seal(&place, &plain);
        prop_assert_ne!(&sealed, &ring.seal(&place, &plain));
        let opened = ring.open_bytes(&place, &sealed).unwrap();
        prop_assert_eq!(opened.expose(), &plain);
    }

    #[test]
    fn one_flipped_bit_is_noticed(plain in any::<Vec<u8>>(), at in any::<prop::sample::Index>(), bit in 0u8..8) {
        let ring = Keyring::ephemeral(&*SeededEntropy::new(1));
        let sealed = ring.seal("p", &plain);
        let mut bytes = URL_SAFE_NO_PAD.decode(sealed.strip_prefix("v1.k1.").unwrap()).unwrap();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        let changed = format!("v1.k1.{}", URL_SAFE_NO_PAD.encode(bytes));
        prop_assert_eq!(ring.open_bytes("p", &changed).unwrap_err(), OpenError::Damaged);
    }
}
