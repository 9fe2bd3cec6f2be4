//! Gathers every bank profile, every host that lists banks, and every country's directory into the program, so that adding a bank is adding one file.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=profiles");
    let folder = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("profiles");
    let mut files = Vec::new();
    for country in fs::read_dir(folder)? {
        let country = country?.path();
        if country.is_dir() {
            for file in fs::read_dir(country)? {
                files.push(file?.path());
            }
        }
    }
    files.sort();
    write_list(&files, "toml", "profiles.rs")?;
    write_list(&files, "host", "hosts.rs")?;
    write_list(&files, "tsv", "directory.rs")
}

/// A list of pairs, path and content, of the files with an extension.
fn write_list(files: &[PathBuf], extension: &str, name: &str) -> io::Result<()> {
    let mut list = String::from("&[\n");
    for file in files.iter().filter(|file| file.extension().is_some_and(|found| found == extension)) {
        let path = file.display().to_string();
        let _ = writeln!(list, "    ({path:?}, include_str!({path:?})),");
    }
    list.push_str("]\n");
    fs::write(Path::new(&env::var_os("OUT_DIR").unwrap_or_default()).join(name), list)
}
