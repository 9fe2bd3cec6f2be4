//! The books: the accounting side of bank synchronization. A bookkeeper picks a bank, sees which provider reaches it,
//! connects, links each account to a journal, and from then on finds every booked movement there as a line, in
//! monthly statements that are proven by the bank's own balances.
//!
//! The books know a provider only by its public interface, through [`hub_api::Client`]; a provider is an entry in the
//! settings, be it our hub, another one, or Ponto itself.
//!
//! The way of a datum: `import` asks the provider to fetch, `pull` reads page by page what is new and commits
//! each page with its cursor, `statements` holds the lines against the bank's balances, `web` shows them.
//!
//! What always holds:
//! - a line is written once for each transaction of an account, however often it is pulled, by however many
//!   processes, and whenever one is killed: cursor and rows share a transaction, and the cursor only moves from where
//!   the page began;
//! - a line's amount and direction are never overwritten, and its date is not once it stands in another system; what
//!   contradicts them is noted on the line. Until then it follows the day on which the bank books it;
//! - a balance is the bank's or it is absent.

mod access;
mod catalogue;
mod connect;
mod deliver;
mod files;
mod headless;
mod import;
mod inspect;
mod letters;
mod link;
mod outgoing;
mod oversight;
mod passes;
mod people;
mod preview;
mod pull;
mod round;
mod settings;
mod statements;
mod store;
mod supply;
mod targets;
mod transfers;
mod trouble;
mod undo;
mod web;
mod webhook;

use std::sync::Arc;

use db::{Db, DbError};
use domain::Environment;
use outbound::Door;
use vault::{Keyring, KeyringError, OpenError, PasswordError};

pub use headless::{
    Changes, CompanyReport, Connected, ConnectedAccount, ConnectionReport, ExportedLine, HeadlessError, JournalReport,
    LinkWhat, Overview, Plan, PlannedConnection, PlannedJournal, PlannedTarget, Run, Standing, Stretch, TargetReport,
    TroubleReport, Turn, Wanted, Way, Whither,
};
pub use oversight::{JournalRow, LineRow};
pub use passes::Invited;
pub use settings::{Provider, Settings};
pub use statements::BookStatement;
pub use store::company::Company;
pub use store::line::LineState;
pub use trouble::Trouble;

/// Why the books cannot go on. What a provider refuses is not here: that is a [`Trouble`] of one connection.
#[derive(Debug, thiserror::Error)]
pub enum BooksError {
    /// The database.
    #[error(transparent)]
    Database(#[from] DbError),
    /// The key file.
    #[error(transparent)]
    Keys(#[from] KeyringError),
    /// A secret in the database cannot be opened.
    #[error("a stored secret cannot be read: {0}")]
    Secret(#[from] OpenError),
    /// A password cannot be hashed or read.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// A defect of this program.
    #[error(transparent)]
    Panicked(#[from] domain::Panicked),
    /// The settings contradict themselves.
    #[error("the settings of the books are wrong: {0}")]
    Settings(String),
    /// The message files are wrong: a mistake of this program.
    #[error(transparent)]
    Messages(#[from] ::web::MessagesError),
}

/// Open books. Cloning shares them.
#[derive(Clone)]
pub struct Books(Arc<Inner>);

/// What all parts of the books share.
pub(crate) struct Inner {
    pub(crate) db: Db,
    pub(crate) environment: Environment,
    pub(crate) door: Door,
    pub(crate) keyring: Keyring,
    pub(crate) settings: Settings,
    pub(crate) messages: Arc<::web::Messages>,
    pub(crate) clients: access::Clients,
    pub(crate) catalogue: catalogue::Cache,
    pub(crate) webhook_keys: webhook::Keys,
    pub(crate) previews: preview::Previews,
    /// This process among those that do the books' work, and when it last said that it lives.
    pub(crate) holder: String,
    /// One return from a provider at a time.
    pub(crate) arriving: tokio::sync::Mutex<()>,
    pub(crate) letters_looked_at: tokio::sync::Mutex<Option<domain::Timestamp>>,
    pub(crate) beaten_at: tokio::sync::Mutex<Option<domain::Timestamp>>,
}

impl Books {
    /// Opens the database, brings its schema up to date, and reads the keys. Providers are only asked when they are
    /// needed, so books open while a provider is down.
    pub async fn open(settings: Settings, environment: Environment, door: Door) -> Result<Books, BooksError> {
        settings.check()?;
        let db = Db::open(&settings.database).await?;
        db.migrate(store::schema::MIGRATIONS).await?;
        let needed = store::holds_secrets(&mut db.read().await?).await?;
        let keyring = Keyring::open_needed(&settings.key_file, environment.entropy.as_ref(), needed)?;
        let holder = vault::token::new(&environment).1;
        Ok(Books(Arc::new(Inner {
            db,
            environment,
            door,
            keyring,
            settings,
            messages: Arc::new(web::messages()?),
            clients: access::Clients::default(),
            catalogue: catalogue::Cache::default(),
            webhook_keys: webhook::Keys::default(),
            previews: preview::Previews::default(),
            holder,
            arriving: tokio::sync::Mutex::default(),
            letters_looked_at: tokio::sync::Mutex::default(),
            beaten_at: tokio::sync::Mutex::default(),
        })))
    }

    /// The pages.
    pub fn router(&self) -> axum::Router {
        web::router(self.0.clone())
    }

    /// Does what is due: starts imports whose time has come and takes each running one a step further. Answers whether
    /// anything was done; when not, there is nothing to do but wait for the clock or a provider.
    pub async fn work_once(&self) -> Result<bool, BooksError> {
        import::work_once(&self.0).await
    }

    /// Hands over what waits for targets. Answers whether any was served. A slow target holds up no import: this is
    /// called by a worker of its own.
    pub async fn deliver_once(&self) -> Result<bool, BooksError> {
        deliver::deliver_once(&self.0).await
    }

    /// Writes letters before a consent ends and when something fails, and hands over what waits. Answers whether
    /// anything was handed over.
    pub async fn write_once(&self) -> Result<bool, BooksError> {
        letters::work_once(&self.0).await
    }

    /// Closes the database.
    pub async fn close(&self) {
        self.0.db.close().await;
    }
}
