use std::fmt;

/// An International Bank Account Number (ISO 13616) in electronic form: upper case, no blanks, checked.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Iban(String);

/// Why a text is not an IBAN.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IbanError {
    /// Wrong characters, or no two letters and two digits in front.
    #[error("'{0}' is not an IBAN")]
    Malformed(String),
    /// The country's IBANs have another length.
    #[error("an IBAN of {country} has {expected} characters, this one has {found}")]
    Length {
        /// Two letters of the country.
        country: String,
        /// Length in the registry.
        expected: usize,
        /// Length found.
        found: usize,
    },
    /// The check digits do not fit (ISO 7064, mod 97-10).
    #[error("the check digits of this IBAN are wrong: a character was mistyped")]
    CheckDigits,
}

/// Lengths in the IBAN registry (SWIFT, release 99), in the order of the countries. A country that is not here is
/// checked by its check digits only.
const LENGTHS: &[(&str, usize)] = &[
    ("AD", 24),
    ("AE", 23),
    ("AL", 28),
    ("AT", 20),
    ("AZ", 28),
    ("BA", 20),
    ("BE", 16),
    ("BG", 22),
    ("BH", 22),
    ("BI", 27),
    ("BR", 29),
    ("BY", 28),
    ("CH", 21),
    ("CR", 22),
    ("CY", 28),
    ("CZ", 24),
    ("DE", 22),
    ("DJ", 27),
    ("DK", 18),
    ("DO", 28),
    ("EE", 20),
    ("EG", 29),
    ("ES", 24),
    ("FI", 18),
    ("FK", 18),
    ("FO", 18),
    ("FR", 27),
    ("GB", 22),
    ("GE", 22),
    ("GI", 23),
    ("GL", 18),
    ("GR", 27),
    ("GT", 28),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("IL", 23),
    ("IQ", 23),
    ("IS", 26),
    ("IT", 27),
    ("JO", 30),
    ("KW", 30),
    ("KZ", 20),
    ("LB", 28),
    ("LC", 32),
    ("LI", 21),
    ("LT", 20),
    ("LU", 20),
    ("LV", 21),
    ("LY", 25),
    ("MC", 27),
    ("MD", 24),
    ("ME", 22),
    ("MK", 19),
    ("MN", 20),
    ("MR", 27),
    ("MT", 31),
    ("MU", 30),
    ("NI", 28),
    ("NL", 18),
    ("NO", 15),
    ("OM", 23),
    ("PK", 24),
    ("PL", 28),
    ("PS", 29),
    ("PT", 25),
    ("QA", 29),
    ("RO", 24),
    ("RS", 22),
    ("RU", 33),
    ("SA", 24),
    ("SC", 31),
    ("SD", 18),
    ("SE", 24),
    ("SI", 19),
    ("SK", 24),
    ("SM", 27),
    ("SO", 23),
    ("ST", 25),
    ("SV", 28),
    ("TL", 23),
    ("TN", 24),
    ("TR", 26),
    ("UA", 29),
    ("VA", 22),
    ("VG", 24),
    ("XK", 20),
    ("YE", 30),
];

impl Iban {
    /// Reads an IBAN as people write it: blanks and case do not matter, check digits and length do.
    pub fn parse(text: &str) -> Result<Iban, IbanError> {
        // Files hold millions of IBANs, nearly all in electronic form.
        let electronic = text.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
        let iban: String = if electronic {
            text.to_owned()
        } else {
            text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect()
        };
        let bytes = iban.as_bytes();
        let well_formed = (5..=34).contains(&bytes.len())
            && (electronic || bytes.iter().all(u8::is_ascii_alphanumeric))
            && bytes[..2].iter().all(u8::is_ascii_alphabetic)
            && bytes[2..4].iter().all(u8::is_ascii_digit);
        if !well_formed {
            return Err(IbanError::Malformed(text.chars().take(40).collect()));
        }
        let letters = |country: &[u8]| u16::from_be_bytes([country[0], country[1]]);
        if let Ok(at) = LENGTHS.binary_search_by_key(&letters(bytes), |(country, _)| letters(country.as_bytes()))
            && let (country, expected) = LENGTHS[at]
            && expected != iban.len()
        {
            return Err(IbanError::Length { country: country.into(), expected, found: iban.len() });
        }
        if remainder_97(bytes[4..].iter().chain(&bytes[..4])) != 1 {
            return Err(IbanError::CheckDigits);
        }
        Ok(Iban(iban))
    }

    /// Makes an IBAN from a country and its national account number by computing the check digits.
    pub fn from_national(country: &str, bban: &str) -> Result<Iban, IbanError> {
        let open = format!("{bban}{country}00");
        let check = 98 - remainder_97(open.to_ascii_uppercase().as_bytes().iter());
        Iban::parse(&format!("{country}{check:02}{bban}"))
    }

    /// Electronic form: `BE68539007547034`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The electronic form, given away.
    pub fn into_string(self) -> String {
        self.0
    }

    /// The two letters of the country.
    pub fn country(&self) -> &str {
        &self.0[..2]
    }

    /// Print form: groups of four, `BE68 5390 0754 7034`.
    pub fn grouped(&self) -> String {
        let groups: Vec<&str> =
            self.0.as_bytes().chunks(4).map(|c| std::str::from_utf8(c).expect("an IBAN is ASCII")).collect();
        groups.join(" ")
    }
}

/// The number that digits and letters (A = 10 … Z = 35) spell, modulo 97 (ISO 7064).
pub(crate) fn remainder_97<'a>(characters: impl Iterator<Item = &'a u8>) -> u32 {
    // A division is slow, so the number grows until the next character might not fit.
    const ROOM: u64 = u64::MAX / 1000;
    let rest = characters.fold(0u64, |rest, c| {
        let rest = if rest > ROOM { rest % 97 } else { rest };
        match c {
            b'0'..=b'9' => rest * 10 + u64::from(c - b'0'),
            _ => rest * 100 + u64::from(c.to_ascii_uppercase().saturating_sub(b'A')) + 10,
        }
    });
    u32::try_from(rest % 97).expect("below 97")
}

impl fmt::Display for Iban {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Iban {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
