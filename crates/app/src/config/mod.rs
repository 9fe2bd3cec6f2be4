//! Settings: one TOML file, each setting overridden by `PASSERELLE_…` and that by a flag. All three come from one
//! table, [`keys::ALL`], so no setting can exist in one place only.

mod billing;
mod books;
mod environment;
mod file;
mod keys;
mod nearest;
mod providers;

use std::fmt;
use std::path::{Path, PathBuf};

use clap::parser::ValueSource;
use clap::{Arg, ArgMatches};
use vault::Secret;

pub use keys::{ALL, Key};
pub use providers::Entry as ProviderEntry;

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// Lines for people.
    Text,
    /// One JSON object a line.
    Json,
}

/// Where a party listens and how others reach it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listening {
    /// Address and port.
    pub listen: String,
    /// The address that people and other parties use; made from `listen` when it is not given.
    pub public_url: Option<String>,
}

impl Listening {
    fn on(port: u16) -> Listening {
        Listening { listen: format!("127.0.0.1:{port}"), public_url: None }
    }

    /// The address for others, without a slash at the end.
    pub fn url(&self) -> String {
        self.public_url.clone().unwrap_or_else(|| {
            let (host, port) = self.listen.rsplit_once(':').unwrap_or((&self.listen, "80"));
            let host = if matches!(host, "127.0.0.1" | "0.0.0.0" | "[::]" | "[::1]") { "localhost" } else { host };
            format!("http://{host}:{port}")
        })
    }
}

/// Every setting.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The folder for databases and key files.
    pub data: PathBuf,
    /// How the log is written.
    pub log_format: LogFormat,
    /// How much is logged.
    pub log_level: tracing::Level,
    /// Whether banks and providers at private addresses may be reached.
    pub allow_private_addresses: bool,
    /// Where the hub listens.
    pub hub: Listening,
    /// Where the hub shows its figures to the operator's machines; nowhere when it is not given.
    pub hub_metrics_listen: Option<String>,
    /// The hub's address for applications, when it is another.
    pub hub_connect_url: Option<String>,
    /// The hub's address for custom integrations, when it is another.
    pub hub_custom_url: Option<String>,
    /// Whether software on loopback and private networks is told of events.
    pub hub_webhooks_to_private_addresses: bool,
    /// The hub's database; a SQLite file in the data folder when it is not given.
    pub hub_database: Option<String>,
    /// Price a month, account and integration, in euro cents; 0 turns billing off.
    pub hub_price_cents: i64,
    /// Who sends invoices, and the terms of paying.
    pub hub_billing: hub::billing::terms::Terms,
    /// The address of simulated banks that the hub offers.
    pub hub_sandbox_url: Option<String>,
    /// Whether the hub believes `X-Forwarded-Proto`: only behind a proxy that sets it itself.
    pub hub_trust_forwarded_proto: bool,
    /// Whom people may write to about a bank.
    pub hub_support: Option<String>,
    /// How soon after one synchronization the same may be asked for again, in seconds.
    pub hub_throttle_seconds: i64,
    /// How many requests a minute each client of the hub may send; 0 limits nothing.
    pub hub_requests_per_minute: u32,
    /// Whether owners of an organization must have a second factor at the hub.
    pub hub_owners_need_second_factor: bool,
    /// The hub's mail server; mail goes to a folder when it is not given.
    pub hub_smtp: Option<mail::SmtpServer>,
    /// The folder for mail; one in the data folder when it is not given.
    pub hub_mail_folder: Option<PathBuf>,
    /// Who the hub's mail comes from.
    pub hub_mail_from: Option<String>,
    /// Where the books listen.
    pub books: Listening,
    /// The books' database; a SQLite file in the data folder when it is not given.
    pub books_database: Option<String>,
    /// The folder below which targets write files; one in the data folder when it is not given.
    pub books_files: Option<PathBuf>,
    /// The hub that the books use; the one of these settings when it is not given.
    pub books_hub_url: Option<String>,
    /// Whether the books use that hub; without it only the providers of the list reach banks.
    pub books_use_hub: bool,
    /// Further providers.
    pub books_providers: Vec<ProviderEntry>,
    /// The books' mail server; the hub's when it is not given.
    pub books_smtp: Option<mail::SmtpServer>,
    /// The folder for the books' mail; the hub's when it is not given.
    pub books_mail_folder: Option<PathBuf>,
    /// Who the books' mail comes from; as the hub's when it is not given.
    pub books_mail_from: Option<String>,
    /// What the books are to hold: connections, journals, targets.
    pub books_plan: ::books::Plan,
    /// What the hub knows the books by.
    pub books_client_id: String,
    /// The secret between hub and books; a file in the data folder when it is not given.
    pub books_client_secret: Option<Secret<String>>,
    /// Where the simulated banks listen.
    pub sandbox: Listening,
    /// The seed of the simulated banks' content.
    pub sandbox_seed: u64,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            data: PathBuf::from("data"),
            log_format: LogFormat::Text,
            log_level: tracing::Level::INFO,
            allow_private_addresses: false,
            hub: Listening::on(8400),
            hub_metrics_listen: None,
            hub_connect_url: None,
            hub_custom_url: None,
            hub_webhooks_to_private_addresses: false,
            hub_database: None,
            hub_price_cents: 400,
            hub_billing: hub::billing::terms::Terms::default(),
            hub_sandbox_url: None,
            hub_trust_forwarded_proto: false,
            hub_support: None,
            hub_throttle_seconds: 300,
            hub_requests_per_minute: 6000,
            hub_owners_need_second_factor: false,
            hub_smtp: None,
            hub_mail_folder: None,
            hub_mail_from: None,
            books: Listening::on(8500),
            books_database: None,
            books_files: None,
            books_hub_url: None,
            books_use_hub: true,
            books_providers: Vec::new(),
            books_smtp: None,
            books_mail_folder: None,
            books_mail_from: None,
            books_plan: ::books::Plan::default(),
            books_client_id: "passerelle-books".to_owned(),
            books_client_secret: None,
            sandbox: Listening::on(8600),
            sandbox_seed: 1,
        }
    }
}

impl Settings {
    /// A party's database: as set, or a file in the data folder.
    pub fn database(&self, set: Option<&String>, party: &str) -> String {
        set.cloned().unwrap_or_else(|| format!("sqlite:{}", self.data.join(format!("{party}.sqlite")).display()))
    }
}

impl Settings {
    /// How the hub sends mail.
    pub fn mail(&self) -> mail::MailSettings {
        let folder = self.hub_mail_folder.clone().unwrap_or_else(|| self.data.join("mail"));
        let mut mail = mail::MailSettings::folder(folder);
        if let Some(sender) = &self.hub_mail_from {
            mail.sender.clone_from(sender);
        }
        if let Some(server) = &self.hub_smtp {
            mail.way = mail::Way::Smtp(server.clone());
        }
        mail
    }

    /// How the books send mail: as the hub does, but for what is said of them.
    pub fn books_mail(&self) -> mail::MailSettings {
        let mut mail = self.mail();
        if let Some(folder) = &self.books_mail_folder {
            mail.way = mail::Way::Folder(folder.clone());
        }
        if let Some(server) = &self.books_smtp {
            mail.way = mail::Way::Smtp(server.clone());
        }
        if let Some(sender) = &self.books_mail_from {
            mail.sender.clone_from(sender);
        }
        mail
    }
}

/// Something wrong with a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// `passerelle.toml:12`, `--hub-listen` or `PASSERELLE_HUB_LISTEN`.
    pub place: String,
    /// What is wrong and what to write instead.
    pub what: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}

/// The flags that override the file, one a setting.
pub fn arguments() -> impl Iterator<Item = Arg> {
    ALL.iter().map(|key| {
        Arg::new(key.name)
            .long(key.flag)
            .env(key.variable)
            .hide_env_values(true)
            .value_name(key.value)
            .help(key.help)
            .help_heading("Settings")
            .global(true)
    })
}

/// Reads the file, if there is one, and what overrides it. Returns every mistake, not only the first.
pub fn read(file: Option<&Path>, overrides: &ArgMatches) -> Result<Settings, Vec<Mistake>> {
    let mut settings = Settings::default();
    let mut mistakes = match file {
        Some(path) => file::apply(path, &mut settings),
        None => Vec::new(),
    };
    for key in ALL {
        let Some(text) = overrides.get_one::<String>(key.name) else { continue };
        if let Err(what) = (key.set)(&mut settings, text) {
            let by_variable = overrides.value_source(key.name) == Some(ValueSource::EnvVariable);
            let place = if by_variable { key.variable.to_owned() } else { format!("--{}", key.flag) };
            mistakes.push(Mistake { place, what });
        }
    }
    // A name that is not Unicode is none of ours.
    mistakes.extend(environment::mistakes(std::env::vars_os().filter_map(|(name, _)| name.into_string().ok())));
    mistakes.extend(together(&settings));
    if mistakes.is_empty() { Ok(settings) } else { Err(mistakes) }
}

/// Mistakes that only show when settings are seen together.
fn together(settings: &Settings) -> Option<Mistake> {
    if settings.hub_smtp.is_some() && settings.hub_mail_from.is_none() {
        let what = "a mail server takes mail from an address of its own only: set hub.mail_from too".to_owned();
        return Some(Mistake { place: "hub.smtp_url".into(), what });
    }
    if settings.books_smtp.is_some() && settings.books_mail_from.is_none() && settings.hub_mail_from.is_none() {
        let what = "a mail server takes mail from an address of its own only: set books.mail_from too".to_owned();
        return Some(Mistake { place: "books.smtp_url".into(), what });
    }
    let same = settings.hub.listen == settings.books.listen;
    same.then(|| Mistake {
        place: "hub.listen, books.listen".into(),
        what: format!("both are {}, but each party needs a port of its own", settings.hub.listen),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(arguments: &[&str]) -> ArgMatches {
        clap::Command::new("passerelle")
            .args(super::arguments())
            .get_matches_from([&["passerelle"], arguments].concat())
    }

    #[test]
    fn a_flag_overrides_and_its_mistake_is_named() {
        let settings = read(None, &matches(&["--hub-listen", "127.0.0.1:9000"])).unwrap();
        assert_eq!(settings.hub.url(), "http://localhost:9000");
        let mistakes = read(None, &matches(&["--hub-price-cents", "four"])).unwrap_err();
        assert_eq!(mistakes[0].place, "--hub-price-cents");
    }

    #[test]
    fn two_parties_cannot_share_a_port() {
        let mistakes = read(None, &matches(&["--hub-listen", "127.0.0.1:8500"])).unwrap_err();
        assert_eq!(mistakes.len(), 1);
    }

    #[test]
    fn a_database_is_a_file_in_the_data_folder_unless_it_is_set() {
        let settings = Settings::default();
        assert_eq!(settings.database(None, "hub"), "sqlite:data/hub.sqlite");
        assert_eq!(settings.database(Some(&"postgres://x/y".to_owned()), "hub"), "postgres://x/y");
    }
}
