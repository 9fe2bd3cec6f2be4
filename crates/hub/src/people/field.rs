//! What people type into forms, parsed field by field so that each mistake is shown beside its field.

use super::VatError;

/// A field of a form and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The name of the field, as the form has it.
    pub field: &'static str,
    /// What is wrong.
    pub problem: Problem,
}

/// What can be wrong with a field. [`Problem::key`] is the name of its message; `Display` is that message in English.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Nothing was typed.
    #[error("this is needed")]
    Missing,
    /// Too much was typed.
    #[error("this is longer than {0} characters")]
    TooLong(usize),
    /// Too little was typed.
    #[error("use at least {0} characters")]
    TooShort(usize),
    /// Not an e-mail address.
    #[error("this is not an e-mail address: write it as name@example.com")]
    NotAnEmail,
    /// Not a country code.
    #[error("pick a country")]
    NotACountry,
    /// The password is the e-mail address.
    #[error("use something else than your e-mail address")]
    PasswordIsEmail,
    /// Not a VAT number.
    #[error("{0}")]
    Vat(VatError),
    /// Neither business nor personal.
    #[error("choose business or personal")]
    NotAKind,
}

impl Problem {
    /// The name of the message in the language files.
    pub const fn key(&self) -> &'static str {
        match self {
            Problem::Missing => "field-missing",
            Problem::TooLong(_) => "field-too-long",
            Problem::TooShort(_) => "field-too-short",
            Problem::NotAnEmail => "field-not-an-email",
            Problem::NotACountry => "field-not-a-country",
            Problem::PasswordIsEmail => "field-password-is-email",
            Problem::Vat(VatError::Form { .. }) => "field-vat-form",
            Problem::Vat(VatError::CheckDigits) => "field-vat-check-digits",
            Problem::NotAKind => "field-not-a-kind",
        }
    }
}

/// Gathers the mistakes of a form while its fields are read.
#[derive(Default)]
pub(super) struct Fields(Vec<FieldError>);

impl Fields {
    /// Notes a mistake.
    pub fn wrong(&mut self, field: &'static str, problem: Problem) {
        self.0.push(FieldError { field, problem });
    }

    /// The value of a field that was read, or `None` with the mistake noted.
    pub fn read<T>(&mut self, field: &'static str, outcome: Result<T, Problem>) -> Option<T> {
        outcome.map_err(|problem| self.wrong(field, problem)).ok()
    }

    /// All mistakes, in the order of the form.
    pub fn into_errors(self) -> Vec<FieldError> {
        self.0
    }
}

/// A text that must be there.
pub(super) fn needed(text: &str, limit: usize) -> Result<String, Problem> {
    optional(text, limit)?.ok_or(Problem::Missing)
}

/// A text that may be absent. Blanks around it go; control characters, which no name or street has, become blanks.
pub(super) fn optional(text: &str, limit: usize) -> Result<Option<String>, Problem> {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let clean = clean.trim();
    if clean.chars().count() > limit {
        return Err(Problem::TooLong(limit));
    }
    Ok((!clean.is_empty()).then(|| clean.to_owned()))
}

/// An e-mail address: one @ with something before and a host name after it, and nothing that a mail program would
/// trip over. Whether it exists, only a mail to it can tell.
pub(super) fn email(text: &str) -> Result<String, Problem> {
    let email = needed(text, 254)?;
    let plain = email.chars().all(|c| !c.is_whitespace() && !matches!(c, '<' | '>' | ',' | ';' | '"' | '(' | ')'));
    let host_is_named = |host: &str| {
        host.split('.').count() > 1
            && host.split('.').all(|label| {
                !label.is_empty()
                    && !label.starts_with('-')
                    && !label.ends_with('-')
                    && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            })
    };
    match email.split_once('@') {
        Some((local, host)) if plain && !local.is_empty() && host_is_named(host) => Ok(email),
        _ => Err(Problem::NotAnEmail),
    }
}

/// The countries of ISO 3166-1.
const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT \
    BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH \
    ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT \
    HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS \
    LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI \
    NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG \
    SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG \
    UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// Two letters of a country (ISO 3166-1), made capital.
pub(super) fn country(text: &str) -> Result<String, Problem> {
    let country = text.trim().to_ascii_uppercase();
    let known = COUNTRIES.split(' ').any(|known| known == country);
    if known { Ok(country) } else { Err(Problem::NotACountry) }
}

#[cfg(test)]
mod tests {
    use super::{Problem, country, email, needed};

    #[test]
    fn an_email_address_has_one_at_and_a_host_with_a_dot() {
        for good in ["a@b.be", " Jan.Peeters+bank@mail.example.com ", "é@exämple.fr"] {
            assert_eq!(email(good), Ok(good.trim().to_owned()), "{good}");
        }
        for bad in ["a", "a@b", "@b.be", "a@", "a@b..be", "a@@b.be", "a b@c.be", "<a@b.be>", "a@-b.be", "a@b.be,c@d.be"]
        {
            assert_eq!(email(bad), Err(Problem::NotAnEmail), "{bad}");
        }
        assert_eq!(email("  "), Err(Problem::Missing));
    }

    #[test]
    fn a_country_is_two_letters() {
        assert_eq!(country(" be "), Ok("BE".into()));
        for bad in ["", "B", "BEL", "B1", "é", "XX", "ZZ", "BE BG"] {
            assert_eq!(country(bad), Err(Problem::NotACountry), "{bad}");
        }
    }

    #[test]
    fn blanks_are_nothing_and_limits_count_characters() {
        assert_eq!(needed(" \t ", 5), Err(Problem::Missing));
        assert_eq!(needed("ééééé", 5), Ok("ééééé".into()));
        assert_eq!(needed("éééééé", 5), Err(Problem::TooLong(5)));
    }
}
