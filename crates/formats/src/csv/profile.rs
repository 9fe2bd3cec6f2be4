//! A profile: what one bank's CSV export looks like.

use std::sync::LazyLock;

use domain::Date;
use serde::Deserialize;

use crate::{DateOrder, Encoding, Exact, calendar, number};

macro_rules! profiles {
    ($($name:literal),* $(,)?) => {
        /// The profiles of this crate, by file name.
        const PROFILES: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../profiles/", $name, ".toml")))),*];
    };
}

profiles!(
    "belfius-be",
    "bnp-paribas-fortis-be",
    "boursobank-fr",
    "bunq-nl",
    "dkb-de",
    "ing-be",
    "ing-nl",
    "kbc-be",
    "n26",
    "passerelle",
    "rabobank-nl",
    "revolut",
    "sparkasse-de",
    "wise",
);

/// The profiles of this crate, read once.
pub(super) static KNOWN: LazyLock<Vec<(&str, Profile)>> = LazyLock::new(|| {
    let read = |text| Profile::parse(text).expect("every profile of the crate is read by a test");
    PROFILES.iter().map(|(name, text)| (*name, read(text))).collect()
});

/// What a CSV export looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    pub(super) separator: char,
    /// The columns that make the header known.
    header: Vec<String>,
    pub(super) encoding: Option<Encoding>,
    /// The form of dates, such as `DD/MM/YYYY`; what follows is passed over.
    pub(super) date: String,
    pub(super) decimal: DecimalSign,
    pub(super) fixed_currency: Option<String>,
    pub(super) fee_is_extra: bool,
    pub(super) sign: Option<Sign>,
    pub(super) state: Option<State>,
    pub(super) columns: Columns<Names>,
}

/// How a bank writes what is less than one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DecimalSign {
    /// Always behind this character.
    Known(char),
    /// Behind a dot or a comma, as the customer's settings have it; each amount shows which.
    Either,
}

impl DecimalSign {
    fn parse(text: &str) -> Result<DecimalSign, ProfileError> {
        match text {
            "." => Ok(DecimalSign::Known('.')),
            "," => Ok(DecimalSign::Known(',')),
            "either" => Ok(DecimalSign::Either),
            _ => {
                let expected = "a dot, a comma or the word either";
                Err(ProfileError::Value { field: "decimal", value: text.to_owned(), expected })
            }
        }
    }

    /// Reads an amount. A currency sign in front or behind says nothing that the profile does not say.
    pub(super) fn amount(self, text: &str) -> Option<Exact> {
        let bare = text.trim_matches(|c: char| c == '€' || c.is_whitespace());
        match self {
            DecimalSign::Known(sign) => number::with_decimal_sign(bare, Some(sign)),
            DecimalSign::Either => number::lenient(bare),
        }
    }

    /// For a sentence about amounts.
    pub(super) const fn told(self) -> &'static str {
        match self {
            DecimalSign::Known(',') => "','",
            DecimalSign::Known(_) => "'.'",
            DecimalSign::Either => "'.' or ','",
        }
    }
}

/// Why a profile is refused.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    /// It is no TOML, or has unknown or missing fields; the message names the line.
    #[error("the profile cannot be read: {0}")]
    Toml(#[from] toml::de::Error),
    /// A value is not what it should be.
    #[error("the profile's {field} '{value}' is not {expected}")]
    Value {
        /// The field.
        field: &'static str,
        /// What stands there.
        value: String,
        /// What was expected.
        expected: &'static str,
    },
}

/// The column that says which side an amount is on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sign {
    column: String,
    pub(super) debit: Vec<String>,
    pub(super) credit: Vec<String>,
}

/// The column that says whether a movement is booked.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct State {
    column: String,
    pub(super) booked: Vec<String>,
    #[serde(default)]
    pub(super) pending: Vec<String>,
    /// States of movements that never happened (declined, reverted).
    #[serde(default)]
    pub(super) never: Vec<String>,
}

/// The file as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    /// For people: the bank, and when and where the export was seen.
    #[expect(dead_code, reason = "documentation inside the file")]
    title: String,
    #[expect(dead_code, reason = "documentation inside the file")]
    observed: String,
    #[serde(default)]
    #[expect(dead_code, reason = "documentation inside the file")]
    source: String,
    separator: String,
    header: Vec<String>,
    /// Columns that some exports of this bank lack.
    #[serde(default)]
    optional: Vec<String>,
    #[serde(default)]
    encoding: Option<String>,
    date: String,
    decimal: String,
    #[serde(default)]
    currency: Option<String>,
    #[serde(default)]
    fee_is_extra: bool,
    #[serde(default)]
    sign: Option<Sign>,
    #[serde(default)]
    state: Option<State>,
    columns: Columns<Names>,
}

/// One column name or several, whose texts are all taken (or the first that is not empty).
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(untagged)]
pub(super) enum Names {
    #[default]
    None,
    One(String),
    Several(Vec<String>),
}

impl Names {
    fn list(&self) -> &[String] {
        match self {
            Names::None => &[],
            Names::One(name) => std::slice::from_ref(name),
            Names::Several(names) => names,
        }
    }
}

macro_rules! columns {
    ($($name:ident),* $(,)?) => {
        /// What a column can be: its names in the profile, or its places in a file.
        #[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub(super) struct Columns<T: Default> {
            $(pub(super) $name: T,)*
            #[serde(skip)]
            pub(super) sign: T,
            #[serde(skip)]
            pub(super) state: T,
        }

        impl Columns<Names> {
            /// Where the named columns stand under this header.
            pub(super) fn places(&self, header: &[String]) -> Columns<Vec<usize>> {
                let find = |names: &Names| {
                    let place = |name: &String| header.iter().position(|cell| same(cell, name));
                    names.list().iter().filter_map(place).collect()
                };
                Columns { $($name: find(&self.$name),)* sign: find(&self.sign), state: find(&self.state) }
            }

            fn all(&self) -> Vec<&Names> {
                vec![$(&self.$name,)* &self.sign, &self.state]
            }
        }
    };
}

columns!(
    account,
    holder,
    currency,
    number,
    booked_on,
    value_on,
    amount,
    debit,
    credit,
    fee,
    balance_after,
    counterparty_name,
    payer_name,
    payee_name,
    counterparty_account,
    counterparty_bic,
    remittance,
    structured,
    end_to_end_id,
    mandate_id,
    creditor_id,
    purpose_code,
    bank_transaction_code,
    proprietary_code,
    additional_information,
    card_reference,
    original_amount,
    original_currency,
    exchange_rate,
    bank_id,
    entry_reference,
    opening_amount,
    opening_date,
    closing_amount,
    closing_date,
);

fn same(cell: &str, name: &str) -> bool {
    cell.trim().eq_ignore_ascii_case(name)
}

impl Profile {
    /// Reads a profile.
    ///
    /// # Errors
    /// [`ProfileError`] names the line or the value.
    pub fn parse(text: &str) -> Result<Profile, ProfileError> {
        let written: Written = toml::from_str(text)?;
        let one = |field: &'static str, value: &str, expected: &'static str| {
            let mut characters = value.chars();
            match (characters.next(), characters.next()) {
                (Some(character), None) => Ok(character),
                _ => Err(ProfileError::Value { field, value: value.to_owned(), expected }),
            }
        };
        let encoding = match written.encoding.as_deref() {
            Some(label) => Some(Encoding::named(label).ok_or_else(|| ProfileError::Value {
                field: "encoding",
                value: label.to_owned(),
                expected: "an encoding that is read here",
            })?),
            None => None,
        };
        let letters = |letter: char| written.date.matches(letter).count();
        if letters('D') == 0 || letters('M') == 0 || !matches!(letters('Y'), 2 | 4) {
            let expected = "made of D, M and YY or YYYY, such as DD/MM/YYYY";
            return Err(ProfileError::Value { field: "date", value: written.date, expected });
        }
        let mut columns = written.columns;
        let name = |column: Option<&String>| column.map_or(Names::None, |column| Names::One(column.clone()));
        columns.sign = name(written.sign.as_ref().map(|sign| &sign.column));
        columns.state = name(written.state.as_ref().map(|state| &state.column));
        let unknown = columns
            .all()
            .into_iter()
            .flat_map(Names::list)
            .find(|name| !written.header.contains(name) && !written.optional.contains(name));
        if let Some(unknown) = unknown {
            let expected = "a name in header or optional";
            return Err(ProfileError::Value { field: "column", value: unknown.clone(), expected });
        }
        if columns.booked_on == Names::None || (columns.amount == Names::None && columns.credit == Names::None) {
            let expected = "complete: booked_on and amount, or debit and credit, are needed";
            return Err(ProfileError::Value { field: "columns", value: String::new(), expected });
        }
        Ok(Profile {
            separator: one("separator", &written.separator, "one character")?,
            decimal: DecimalSign::parse(&written.decimal)?,
            header: written.header,
            encoding,
            date: written.date,
            fixed_currency: written.currency,
            fee_is_extra: written.fee_is_extra,
            sign: written.sign,
            state: written.state,
            columns,
        })
    }

    /// Whether these cells are the header: every named column is among them.
    pub(super) fn fits(&self, cells: &[String]) -> bool {
        cells.len() >= self.header.len() && self.header.iter().all(|name| cells.iter().any(|cell| same(cell, name)))
    }

    /// The day that a text says in the profile's form; the caller's order wins over the profile's.
    pub(super) fn day(&self, text: &str, order: Option<DateOrder>) -> Option<Date> {
        let numbers: Vec<(&str, char)> = if self.date.contains(|c: char| !c.is_ascii_alphabetic()) {
            let letters = self.date.split(|c: char| !c.is_ascii_alphabetic()).filter_map(|part| part.chars().next());
            text.split(|c: char| !c.is_ascii_digit()).zip(letters).collect()
        } else {
            // No separators: the places of the letters are those of the digits.
            let place = |letter: char| Some((self.date.find(letter)?, self.date.rfind(letter)? + 1));
            ['D', 'M', 'Y']
                .into_iter()
                .filter_map(|letter| place(letter).and_then(|(from, to)| Some((text.get(from..to)?, letter))))
                .collect()
        };
        let [first, second, third] = numbers.as_slice() else { return None };
        let order = order.unwrap_or_else(|| self.order());
        let ordered = [first, second, third];
        let named = |letter: char| ordered.iter().find(|(_, own)| *own == letter).map(|(digits, _)| *digits);
        let (year, month, day) = match (order, self.order() == order) {
            (_, true) => (named('Y')?, named('M')?, named('D')?),
            (DateOrder::DayMonthYear, false) => (third.0, second.0, first.0),
            (DateOrder::MonthDayYear, false) => (third.0, first.0, second.0),
            (DateOrder::YearMonthDay, false) => (first.0, second.0, third.0),
        };
        let short = year.len() == 2;
        let year = calendar::number(year)?;
        let year = if short { calendar::full_year(year) } else { year };
        calendar::day(year, calendar::number(month)?, calendar::number(day)?)
    }

    fn order(&self) -> DateOrder {
        let at = |letter: char| self.date.find(letter).unwrap_or(usize::MAX);
        if at('Y') < at('M') {
            DateOrder::YearMonthDay
        } else if at('D') < at('M') {
            DateOrder::DayMonthYear
        } else {
            DateOrder::MonthDayYear
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A profile that is not in the table is unplugged.
    #[test]
    fn the_table_is_the_folder() {
        let mut files: Vec<String> = std::fs::read_dir("profiles")
            .unwrap()
            .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
            .collect();
        files.sort();
        let table: Vec<&str> = PROFILES.iter().map(|(name, _)| *name).collect();
        assert_eq!(table, files);
        for (name, text) in PROFILES {
            if let Err(error) = Profile::parse(text) {
                panic!("{name}: {error}");
            }
            let told: toml::Table = text.parse().unwrap();
            let source = told.get("source").and_then(toml::Value::as_str).unwrap_or_default();
            assert!(!source.is_empty(), "{name} does not say where its export was seen");
        }
    }

    #[test]
    fn dates_by_form() {
        let profile = |date: &str| {
            let text = format!(
                "title = 't'\nobserved = 'o'\nseparator = ';'\nheader = ['d', 'a']\ndate = '{date}'\ndecimal = ','\n[columns]\nbooked_on = 'd'\namount = 'a'\n"
            );
            Profile::parse(&text).unwrap()
        };
        let want = calendar::day(2026, 12, 31);
        assert_eq!(profile("DD/MM/YYYY").day("31/12/2026 23:59", None), want);
        assert_eq!(profile("DD.MM.YY").day("31.12.26", None), want);
        assert_eq!(profile("YYYYMMDD").day("20261231", None), want);
        assert_eq!(profile("YYYY-MM-DD").day("2026-12-31T00:00:00Z", None), want);
        assert_eq!(profile("DD/MM/YYYY").day("12/31/2026", Some(DateOrder::MonthDayYear)), want);
        assert_eq!(profile("DD/MM/YYYY").day("31/02/2026", None), None);
        assert_eq!(profile("DD/MM/YYYY").day("soon", None), None);
    }

    #[test]
    fn mistakes_are_named() {
        let base = "title = 't'\nobserved = 'o'\nseparator = ';'\nheader = ['d', 'a']\ndate = 'DD/MM/YYYY'\ndecimal = ','\n[columns]\nbooked_on = 'd'\namount = 'a'\n";
        for (from, to, message) in [
            ("separator = ';'", "separator = ';;'", "the profile's separator ';;' is not one character"),
            ("amount = 'a'", "amount = 'b'", "the profile's column 'b' is not a name in header or optional"),
            (
                "date = 'DD/MM/YYYY'",
                "date = 'dd'",
                "the profile's date 'dd' is not made of D, M and YY or YYYY, such as DD/MM/YYYY",
            ),
        ] {
            assert_eq!(Profile::parse(&base.replace(from, to)).unwrap_err().to_string(), message);
        }
        assert!(Profile::parse("nonsense").is_err());
    }
}
