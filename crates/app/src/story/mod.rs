//! The story of the product, played through real HTTP by a client that acts as a browser: a company gathers accounts of
//! two banks in the hub, links them from the books, and gets every statement imported and proven.
//!
//! Every step first looks whether it is done already, so that a story goes on where it was when a party was killed
//! under it. Numbers are read from the parties over HTTP, never from memory that they share.

mod bank_pages;
mod books_pages;
mod hub_pages;
mod integration;
mod lacking;
mod mailbox;
mod report;
mod truth;

use std::path::PathBuf;
use std::time::Duration;

use outbound::Door;

use crate::clock::Stopwatch;
use browser::Browser;

pub(crate) use books_pages::LEDGER_FOLDER;
pub use integration::Integration;
pub use lacking::Lacking;
pub use report::{Report, ToldStatement};
pub use truth::{BankAccount, Truth};

/// Hears how the story goes on.
pub trait Teller: Send {
    /// A new chapter begins.
    fn chapter(&mut self, title: &str);
    /// A new step begins; the one before is done.
    fn step(&mut self, text: &str);
    /// How far the present step is.
    fn now(&mut self, text: &str);
    /// The story is over.
    fn end(&mut self);
}

/// Tells nobody.
pub struct Silence;

impl Teller for Silence {
    fn chapter(&mut self, _title: &str) {}
    fn step(&mut self, _text: &str) {}
    fn now(&mut self, _text: &str) {}
    fn end(&mut self) {}
}

/// Where the parties are, without a slash at the end.
#[derive(Debug, Clone)]
pub struct Places {
    /// The hub.
    pub hub: String,
    /// The books.
    pub books: String,
    /// The simulated banks.
    pub sandbox: String,
    /// The folder of the hub's mail.
    pub mail: PathBuf,
}

/// The login of the demo, at the hub and at the books.
pub const EMAIL: &str = "anna@demo.example";
/// Its password.
pub const PASSWORD: &str = "a footbridge to the books";
/// The bank whose accounts are linked first.
const FIRST_BANK: &str = "meuse";
/// The bank of the third account.
const SECOND_BANK: &str = "seine";
/// How many movements are booked late, by default.
const LATE: u64 = 3;
/// How long something may take that the parties do by themselves.
const LONGEST_WAIT_MS: u64 = 600_000;
const LOOK_AGAIN: Duration = Duration::from_millis(200);

/// The story with what it remembers.
pub struct Story {
    places: Places,
    door: Door,
    browser: Browser,
    /// For how long a step that fails is tried again: for a world in which parties are killed.
    patience_ms: u64,
    /// The accounts at the first bank, then the one at the second.
    first: Vec<BankAccount>,
    second: Vec<BankAccount>,
    report: Report,
}

impl Story {
    /// How many steps are told.
    pub const STEPS: u64 = 17;

    /// A story in a world where everything works.
    pub fn new(places: Places, door: Door) -> Story {
        let report = Report {
            hub_url: places.hub.clone(),
            books_url: places.books.clone(),
            sandbox_url: places.sandbox.clone(),
            email: EMAIL.to_owned(),
            password: PASSWORD.to_owned(),
            ..Report::default()
        };
        let browser = Browser::new(door.clone());
        Story { places, door, browser, patience_ms: 0, first: Vec::new(), second: Vec::new(), report }
    }

    /// The same in a world where parties die and come back: what fails is tried again for so long.
    #[must_use]
    pub fn patient(mut self, patience_ms: u64) -> Story {
        self.patience_ms = patience_ms;
        self
    }

    /// The same with a first bank that holds the content of statement files: what changes, changes at the second.
    #[must_use]
    pub fn from_files(mut self, from_files: bool) -> Story {
        self.report.from_files = from_files;
        self
    }

    /// The same with these accounts of one bank and no others.
    #[must_use]
    pub fn only(mut self, accounts: Vec<BankAccount>) -> Story {
        self.first = accounts;
        self
    }

    /// The accounts of the story, once it has begun.
    pub fn accounts(&self) -> impl Iterator<Item = &BankAccount> {
        self.first.iter().chain(&self.second)
    }

    /// Tells the whole story and says how it ended.
    ///
    /// # Errors
    /// The step that could not be done, with what the page said instead.
    pub async fn tell(&mut self, teller: &mut dyn Teller) -> anyhow::Result<Report> {
        self.timed("hub", teller, Story::gather).await?;
        self.timed("books", teller, Story::link).await?;
        self.timed("late", teller, Story::book_late).await?;
        self.timed("count", teller, Story::count).await?;
        Ok(self.report.clone())
    }

    async fn timed(
        &mut self,
        phase: &str,
        teller: &mut dyn Teller,
        chapter: impl AsyncFnOnce(&mut Story, &mut dyn Teller) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let begun = Stopwatch::start();
        chapter(self, teller).await?;
        self.report.took(phase, begun.millis());
        Ok(())
    }

    /// The company gathers its accounts in the hub: the first chapter.
    ///
    /// # Errors
    /// As [`Story::tell`].
    pub async fn gather(&mut self, teller: &mut dyn Teller) -> anyhow::Result<()> {
        teller.chapter("A company gathers its accounts in the hub");
        self.persist(async |story| story.choose_accounts().await).await?;
        teller.step("Anna signs up");
        self.persist(async |story| story.enter_hub().await).await?;
        teller.step("She describes the company");
        self.persist(async |story| story.describe_company().await).await?;
        teller.step("She says whom to bill");
        self.persist(async |story| story.give_billing().await).await?;
        for accounts in [self.first.clone(), self.second.clone()].into_iter().filter(|accounts| !accounts.is_empty()) {
            let bank = accounts.first().map_or("", |account| account.bank_name.as_str());
            teller.step(&format!("She adds {} at {bank}: its login, its code, its history", counted(accounts.len())));
            self.persist(async |story| story.add_accounts(&accounts, teller).await).await?;
        }
        teller.step("She lets the company's own software read all of them");
        let made = self.persist(async |story| story.make_integration().await).await?;
        self.report.client_id = made.client_id;
        self.report.client_secret = made.client_secret;
        Ok(())
    }

    /// The bookkeeper links them from the books: the second chapter.
    ///
    /// # Errors
    /// As [`Story::tell`].
    pub async fn link(&mut self, teller: &mut dyn Teller) -> anyhow::Result<()> {
        let bank = self.first.first().map(|account| account.bank_name.clone()).unwrap_or_default();
        teller.chapter("The bookkeeper links them from the books");
        teller.step("Anna opens the books of the company");
        self.persist(async |story| story.enter_books().await).await?;
        teller.step(&format!("She looks for {bank}, sees who reaches it, connects, and authorises every account"));
        self.persist(async |story| story.connect(&bank).await).await?;
        let (first, second) = (self.first.clone(), self.second.clone());
        teller.step(&format!("She links {} of {bank} to journals", counted(first.len())));
        self.persist(async |story| story.link_accounts(&first).await).await?;
        teller.step("The books import the statements");
        self.import(teller).await?;
        if second.is_empty() {
            return Ok(());
        }
        teller.step("She fetches the accounts again and links the one of the other bank");
        self.persist(async |story| story.fetch_and_link(&second).await).await?;
        teller.step("The books import its statements");
        self.import(teller).await?;
        teller.step("She adds a target: every line goes into a Beancount ledger too");
        self.persist(async |story| story.add_ledger().await).await
    }

    /// The bank changes the past, as banks do.
    async fn book_late(&mut self, teller: &mut dyn Teller) -> anyhow::Result<()> {
        teller.chapter("The bank books late and corrects a text");
        let changing = if self.report.from_files { &self.second } else { &self.first };
        let Some(account) = changing.first().cloned() else { return Ok(()) };
        let before = self.persist(async |story| story.line_count().await).await?;
        teller.step(&format!("{} movements are booked on past days, one text is corrected", LATE));
        self.persist(async |story| Truth::new(&story.door, &story.places.sandbox).book_late(&account, LATE).await)
            .await?;
        self.persist(async |story| Truth::new(&story.door, &story.places.sandbox).correct(&account).await).await?;
        self.report.late_bookings = LATE;
        teller.step("The books synchronize: exactly those appear");
        self.import(teller).await?;
        let after = self.persist(async |story| story.line_count().await).await?;
        teller.step("Once more: nothing");
        self.import(teller).await?;
        let end = self.persist(async |story| story.line_count().await).await?;
        self.report.resync_new_lines = [after.saturating_sub(before), end.saturating_sub(after)];
        Ok(())
    }

    /// What the three parties say in the end.
    async fn count(&mut self, teller: &mut dyn Teller) -> anyhow::Result<()> {
        teller.chapter("The count");
        teller.step("Banks, hub and books are asked what they hold");
        let accounts: Vec<BankAccount> = self.accounts().cloned().collect();
        let bank = async |story: &mut Story| Truth::new(&story.door, &story.places.sandbox).booked(&accounts).await;
        self.report.bank_transactions = self.persist(bank).await?;
        let integration =
            Integration { client_id: self.report.client_id.clone(), client_secret: self.report.client_secret.clone() };
        let hub = async |story: &mut Story| integration.count(&story.door, &story.places.hub).await;
        self.report.hub_transactions = self.persist(hub).await?;
        self.report.book_lines = self.persist(async |story| story.line_count().await).await?;
        let lines = self.report.book_lines;
        self.report.ledger_lines = self.persist(async |story| story.ledger_lines(lines).await).await?;
        if self.report.bank_transactions != self.report.hub_transactions {
            self.report.lacking = self.persist(async |story| story.lacking(&integration, &accounts).await).await?;
        }
        let (statements, defects, journals) = self.persist(async |story| story.statements().await).await?;
        self.report.accounts_authorized = u64::try_from(accounts.len())?;
        self.report.accounts_linked = u64::try_from(journals)?;
        self.report.statements = statements;
        self.report.defects = defects + self.persist(async |story| story.hub_defects().await).await?;
        Ok(())
    }

    /// Two accounts of the first bank, or all that statement files gave it, and one of the second.
    async fn choose_accounts(&mut self) -> anyhow::Result<()> {
        if !self.first.is_empty() {
            return Ok(());
        }
        let truth = Truth::new(&self.door, &self.places.sandbox);
        self.first = truth.accounts(FIRST_BANK).await?;
        self.second = truth.accounts(SECOND_BANK).await?.into_iter().take(1).collect();
        Ok(())
    }

    /// Does something until it succeeds or the patience is over.
    async fn persist<T>(&mut self, mut once: impl AsyncFnMut(&mut Story) -> anyhow::Result<T>) -> anyhow::Result<T> {
        let begun = Stopwatch::start();
        loop {
            match once(self).await {
                Ok(done) => return Ok(done),
                Err(error) if begun.millis() >= self.patience_ms => return Err(error),
                Err(_) => tokio::time::sleep(LOOK_AGAIN).await,
            }
        }
    }
}

fn counted(accounts: usize) -> String {
    match accounts {
        1 => "one account".to_owned(),
        2 => "two accounts".to_owned(),
        more => format!("{more} accounts"),
    }
}
