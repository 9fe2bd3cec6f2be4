use std::path::Path;
use std::sync::LazyLock;

use domain::Iban;

/// A bank that exists, whether or not a connector reaches it: a line of `profiles/<country>/directory.tsv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownBank {
    /// ISO 3166 alpha-2.
    pub country: &'static str,
    /// The first eight characters of its BIC (ISO 9362): institution, country and location.
    pub bic: &'static str,
    /// As the registry of its country writes it.
    pub name: &'static str,
    /// Bank codes in national account numbers, single or as a range `000-049`, with blanks between them.
    codes: &'static str,
}

const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/directory.rs"));

/// How each file's head says where the bank code stands in the national account number.
const POSITION: &str = "# bank code in the national account number: ";

static COUNTRIES: LazyLock<Vec<Country>> =
    LazyLock::new(|| FILES.iter().map(|(path, text)| country(path, text)).collect());

struct Country {
    code: &'static str,
    /// First and last but one character of the bank code, in the IBAN without its first four.
    position: Option<(usize, usize)>,
    banks: Vec<KnownBank>,
}

fn country(path: &'static str, text: &'static str) -> Country {
    let folder = Path::new(path).parent().and_then(Path::file_name).and_then(|name| name.to_str()).unwrap_or_default();
    let position = text.lines().find_map(|line| line.strip_prefix(POSITION)).and_then(|rest| {
        let (from, to) = rest.split_once(' ')?;
        Some((from.parse().ok()?, to.parse().ok()?))
    });
    // The second half of a BIC's first six characters is its country, so the file need not say it.
    let banks: Vec<KnownBank> = text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut fields = line.split('\t');
            let (bic, name) = (fields.next()?, fields.next()?);
            Some(KnownBank { country: bic.get(4..6)?, bic, name, codes: fields.next().unwrap_or_default() })
        })
        .collect();
    let code = banks.first().map_or(folder, |bank| bank.country);
    Country { code, position, banks }
}

/// Every bank of the directory, by country and BIC.
pub fn known_banks() -> impl Iterator<Item = &'static KnownBank> {
    COUNTRIES.iter().flat_map(|country| &country.banks)
}

/// The bank with these first eight characters of a BIC.
pub fn known_bank(bic: &str) -> Option<&'static KnownBank> {
    let bic = bic.get(..8)?;
    let country = COUNTRIES.iter().find(|country| Some(country.code) == bic.get(4..6))?;
    let at = country.banks.binary_search_by(|bank| bank.bic.cmp(bic)).ok()?;
    country.banks.get(at)
}

/// The bank that holds an account, by the bank code in its number. Absent where the registry does not know the code.
pub fn bank_of(iban: &Iban) -> Option<&'static KnownBank> {
    let country = COUNTRIES.iter().find(|country| country.code == iban.country())?;
    let (from, to) = country.position?;
    let code = iban.as_str().get(4 + from..4 + to)?;
    country.banks.iter().find(|bank| bank.has(code))
}

impl KnownBank {
    fn has(&self, code: &str) -> bool {
        self.codes.split(' ').any(|held| match held.split_once('-') {
            None => held == code,
            // Both ends have the length of a code, so the order of texts is the order of numbers.
            Some((first, last)) => first.len() == code.len() && (first..=last).contains(&code),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_has_banks_in_order_and_says_where_the_code_stands() {
        assert_eq!(COUNTRIES.len(), 32);
        for country in COUNTRIES.iter() {
            assert!(country.position.is_some(), "{}", country.code);
            assert!(!country.banks.is_empty(), "{}", country.code);
            assert!(country.banks.is_sorted_by(|one, next| one.bic < next.bic), "{}", country.code);
            for bank in &country.banks {
                assert_eq!(bank.country, country.code, "{bank:?}");
                assert!(domain::Bic::parse(bank.bic).is_ok(), "{bank:?}");
                assert!(!bank.name.is_empty(), "{bank:?}");
            }
        }
    }

    #[test]
    fn an_iban_names_its_bank() {
        let bic = |country, bban| bank_of(&Iban::from_national(country, bban).unwrap()).map(|bank| bank.bic);
        assert_eq!(bic("BE", "001123456789"), Some("GEBABEBB"));
        assert_eq!(bic("NL", "ABNA0417164300"), Some("ABNANL2A"));
        assert_eq!(bic("DE", "370400440532013000"), Some("COBADEFF"));
        assert_eq!(bic("FR", "30004008230001234567890"), Some("BNPAFRPP"));
        assert_eq!(bic("GB", "NWBK60161331926819"), Some("NWBKGB2L"));
        assert_eq!(bic("NL", "QQQQ0417164300"), None);
    }

    #[test]
    fn a_bic_names_its_bank_with_or_without_its_branch() {
        assert_eq!(known_bank("KREDBEBB").map(|bank| bank.country), Some("BE"));
        assert_eq!(known_bank("KREDBEBBXXX"), known_bank("KREDBEBB"));
        assert_eq!(known_bank("KRED"), None);
        assert_eq!(known_bank("QQQQBEBB"), None);
    }
}
