use domain::{Bic, InstitutionId};
use serde::Deserialize;

/// What one bank is and how it differs from its protocol: data, one file a bank.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Our id of the institution, fixed for ever.
    pub id: InstitutionId,
    /// As people know it.
    pub name: String,
    /// ISO 9362.
    pub bic: String,
    /// ISO 3166 alpha-2.
    pub country: String,
    /// How far it can be relied on.
    pub state: InstitutionState,
    /// Who repairs what, when the state is [`InstitutionState::Maintenance`]; the bank when it is not said.
    pub maintained_by: Option<Maintainer>,
    /// The connection that replaces this one, when the state is [`InstitutionState::Deprecated`].
    pub replaced_by: Option<InstitutionId>,
    /// A name of [`crate::ALL`].
    pub protocol: String,
    /// Where the bank's interface begins; `{sandbox}` stands for the sandbox's address.
    pub base_url: String,
    /// Longest consent, in days.
    pub consent_days: i32,
    /// How much history the bank gives, in days: what people are told, and how far back a first synchronization asks.
    pub history_days: i32,
    /// How far back a first synchronization asks, in days, where some accounts of the bank have more than it promises.
    pub asked_days: Option<i32>,
    /// How the first synchronization cuts its history.
    #[serde(default)]
    pub slice: Slice,
    /// Days of one slice, when [`Slice::Days`].
    #[serde(default = "a_year")]
    pub slice_days: i32,
    /// Whether pending transactions are given.
    #[serde(default)]
    pub pending: bool,
    /// Media type asked of transaction listings first.
    #[serde(default = "json")]
    pub accept: String,
    /// How many movements to ask for on one page; the bank's own number when absent.
    pub page_size: Option<u32>,
    /// A colour for the generated mark.
    pub color: String,
}

/// How a first synchronization cuts the history into listings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Slice {
    /// By a number of days.
    #[default]
    Days,
    /// By calendar month: for banks that tell balances with a listing only, so that each month has its own.
    Month,
}

/// How far an institution can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum InstitutionState {
    /// Tried by us only.
    Experimental,
    /// Works for some; opened to learn from real customers.
    Beta,
    /// Works.
    Stable,
    /// Being repaired; existing data stays readable.
    Maintenance,
    /// Replaced by another connection.
    Deprecated,
}

/// Who is at work during a maintenance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Maintainer {
    /// The hub repairs the connection: what is stored cannot be trusted and is not served.
    Hub,
    /// The bank: what is stored stays readable.
    Bank,
}

impl Maintainer {
    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Maintainer::Hub => "hub",
            Maintainer::Bank => "bank",
        }
    }

    /// The maintainer of a word.
    pub fn parse(word: &str) -> Option<Maintainer> {
        [Maintainer::Hub, Maintainer::Bank].into_iter().find(|known| known.as_str() == word)
    }
}

impl InstitutionState {
    /// All of them.
    pub const ALL: [InstitutionState; 5] = [
        InstitutionState::Experimental,
        InstitutionState::Beta,
        InstitutionState::Stable,
        InstitutionState::Maintenance,
        InstitutionState::Deprecated,
    ];

    /// The state of a word.
    pub fn parse(word: &str) -> Option<InstitutionState> {
        InstitutionState::ALL.into_iter().find(|known| known.as_str() == word)
    }

    /// The word on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            InstitutionState::Experimental => "experimental",
            InstitutionState::Beta => "beta",
            InstitutionState::Stable => "stable",
            InstitutionState::Maintenance => "maintenance",
            InstitutionState::Deprecated => "deprecated",
        }
    }
}

/// A profile file has a mistake.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {problem}")]
pub struct ProfileError {
    file: String,
    problem: String,
}

impl ProfileError {
    pub(crate) fn new(file: &str, problem: String) -> ProfileError {
        ProfileError { file: file.to_owned(), problem }
    }
}

const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/profiles.rs"));

pub(crate) fn a_year() -> i32 {
    366
}

pub(crate) fn json() -> String {
    "application/json".into()
}

/// Every bank that can be reached; those of the sandbox only when its address is known. Ordered by country and name.
pub fn profiles(sandbox_url: Option<&str>) -> Result<Vec<Profile>, ProfileError> {
    let mut profiles = Vec::new();
    for (file, text) in FILES {
        let failed = |problem: String| ProfileError { file: (*file).to_owned(), problem };
        let mut profile: Profile = toml::from_str(text).map_err(|error| failed(error.to_string()))?;
        Bic::parse(&profile.bic).map_err(|error| failed(error.to_string()))?;
        if crate::connector(&profile.protocol).is_none() {
            return Err(failed(format!("no connector speaks '{}'", profile.protocol)));
        }
        match (profile.base_url.contains("{sandbox}"), sandbox_url) {
            (true, None) => continue,
            (true, Some(url)) => profile.base_url = profile.base_url.replace("{sandbox}", url.trim_end_matches('/')),
            (false, _) => {}
        }
        profiles.push(profile);
    }
    profiles.sort_by(|a, b| (&a.country, &a.name).cmp(&(&b.country, &b.name)));
    Ok(profiles)
}
