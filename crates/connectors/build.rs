//! Gathers every bank profile into the program, so that adding a bank is adding one file.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=profiles");
    let folder = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("profiles");
    let mut files = Vec::new();
    for country in fs::read_dir(folder)? {
        for bank in fs::read_dir(country?.path())? {
            files.push(bank?.path());
        }
    }
    files.sort();
    let mut list = String::from("&[\n");
    for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "toml")) {
        let path = file.display().to_string();
        let _ = writeln!(list, "    ({path:?}, include_str!({path:?})),");
    }
    list.push_str("]\n");
    fs::write(PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("profiles.rs"), list)
}
