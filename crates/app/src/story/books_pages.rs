//! What a person does on the pages of the books.

use anyhow::{Context, bail};
use browser::{Form, Kind, Page};

use super::{BankAccount, EMAIL, LONGEST_WAIT_MS, LOOK_AGAIN, PASSWORD, Story, Teller, ToldStatement};
use crate::clock::Stopwatch;

const COMPANY: &str = "Ateliers Lambert SRL";
/// The name of the plain-text ledger and of its folder.
const LEDGER: &str = "Plain-text ledger";
pub(crate) const LEDGER_FOLDER: &str = "ledger";
/// How long the last lines may take to the ledger: longer than the lease of books that were killed while they wrote it.
const LONGEST_DELIVERY_MS: u64 = 30_000;

impl Story {
    async fn books(&mut self, path: &str) -> anyhow::Result<Page> {
        let address = format!("{}{path}", self.places.books);
        let page = self.browser.open(&address).await?;
        if !page.status.is_success() {
            bail!(page.lacks("page that could be shown"));
        }
        Ok(page)
    }

    /// Logs in at the books, signing up where there is no login yet.
    pub(super) async fn enter_books(&mut self) -> anyhow::Result<()> {
        if self.books("/journals").await?.form("/login").is_err() {
            return Ok(());
        }
        let mut form = self.books("/sign-up").await?.form("/sign-up")?;
        form.fill("company", COMPANY)?.fill("email", EMAIL)?.fill("password", PASSWORD)?;
        if self.browser.submit(&form).await?.form("/sign-up").is_err() {
            return Ok(());
        }
        // The address is taken: by this story, before something was killed.
        let mut form = self.books("/login").await?.form("/login")?;
        form.fill("email", EMAIL)?.fill("password", PASSWORD)?;
        let page = self.browser.submit(&form).await?;
        match page.form("/login") {
            Ok(_) => bail!(page.lacks("way in")),
            Err(_) => Ok(()),
        }
    }

    /// Looks for a bank, goes to the provider that reaches it, and authorises every account there.
    pub(super) async fn connect(&mut self, bank: &str) -> anyhow::Result<()> {
        if let Some(connection) = self.connection_of(bank).await? {
            let known = self.books(&format!("{connection}/accounts")).await?.dense_text();
            if self.accounts().all(|account| known.contains(&account.iban)) {
                return Ok(());
            }
        }
        let mut search = self.books("/banks").await?.form("/banks")?;
        search.fill("q", bank)?;
        let found = self.browser.submit(&search).await?;
        let before = self.browser.follow(&found, bank).await?;
        let page = self.authorise(before).await?;
        let shown = page.dense_text();
        match self.accounts().find(|account| !shown.contains(&account.iban)) {
            Some(missing) => bail!(page.lacks(&format!("account {}", missing.iban))),
            None => Ok(()),
        }
    }

    /// Opens the address that a command line printed, authorises every account there, and answers what the last page
    /// says.
    ///
    /// # Errors
    /// As [`Story::tell`].
    pub async fn consent_at(&mut self, address: &str) -> anyhow::Result<String> {
        let at_hub = self.browser.open(address).await?;
        Ok(self.allow(at_hub).await?.text())
    }

    /// From the page before leaving to the hub's consent, every account ticked, and back.
    async fn authorise(&mut self, before: Page) -> anyhow::Result<Page> {
        let at_hub = self.browser.submit(&before.form("/connect")?).await?;
        let page = self.allow(at_hub).await?;
        if !page.url.path().ends_with("/accounts") {
            bail!(page.lacks("list of the accounts that were authorised"));
        }
        Ok(page)
    }

    async fn allow(&mut self, at_hub: Page) -> anyhow::Result<Page> {
        let mut consent = at_hub.form("/oauth2/auth")?;
        consent.tick_all("accounts");
        let allow =
            consent.controls.iter_mut().find(|control| control.kind == Kind::Button && control.value == "allow");
        allow.context("the hub's consent page has no button that allows")?.chosen = true;
        Ok(self.browser.submit(&consent).await?)
    }

    /// Links the accounts of a bank to the journals that are proposed: new ones.
    pub(super) async fn link_accounts(&mut self, accounts: &[BankAccount]) -> anyhow::Result<()> {
        let bank = accounts.first().map(|account| account.bank_name.clone()).unwrap_or_default();
        let connection = self.connection_of(&bank).await?.context("the books have no connection to link")?;
        let page = self.books(&format!("{connection}/accounts")).await?;
        let form = page.form("/accounts")?;
        if proposes_nothing(&form) {
            return Ok(());
        }
        self.linked(&form).await
    }

    /// Goes to the provider again from the connection at hand, and links what was left out before.
    pub(super) async fn fetch_and_link(&mut self, accounts: &[BankAccount]) -> anyhow::Result<()> {
        let bank = self.first.first().map(|account| account.bank_name.clone()).unwrap_or_default();
        let connection = self.connection_of(&bank).await?.context("the books have no connection")?;
        let page = self.books(&connection).await?;
        let again = page
            .links()
            .into_iter()
            .find(|(_, url)| url.query_pairs().any(|(name, value)| name == "purpose" && value == "fetch-accounts"));
        let (_, again) = again.with_context(|| page.lacks("way to fetch accounts").to_string())?;
        let before = self.browser.open(again.as_str()).await?;
        let page = self.authorise(before).await?;
        let mut form = page.form("/accounts")?;
        for control in form.controls.iter_mut().filter(|control| control.kind == Kind::Entry) {
            control.chosen = control.value == "new";
        }
        if proposes_nothing(&form) {
            return Ok(());
        }
        self.linked(&form).await?;
        let journals = self.books("/journals").await?.dense_text();
        match accounts.iter().find(|account| !journals.contains(&account.iban)) {
            Some(missing) => bail!("the books have no journal for {}", missing.iban),
            None => Ok(()),
        }
    }

    async fn linked(&mut self, form: &Form) -> anyhow::Result<()> {
        let page = self.browser.submit(form).await?;
        match page.form("/accounts") {
            Ok(_) => bail!(page.lacks("accounts that could be linked")),
            Err(_) => Ok(()),
        }
    }

    /// The address of the connection to a bank.
    async fn connection_of(&mut self, bank: &str) -> anyhow::Result<Option<String>> {
        let found = self.connections().await?;
        Ok(found.into_iter().find(|(text, _)| text.contains(bank)).map(|(_, path)| path))
    }

    /// Every connection: its words and its path.
    async fn connections(&mut self) -> anyhow::Result<Vec<(String, String)>> {
        let links = self.books("/connections").await?.links();
        let is_one = |path: &str| path.strip_prefix("/connections/").is_some_and(|id| id.len() == 36);
        let paths = links.into_iter().map(|(text, url)| (text, url.path().to_owned()));
        Ok(paths.filter(|(_, path)| is_one(path)).collect())
    }

    /// Imports every connection and waits until all is there.
    ///
    /// # Errors
    /// As [`Story::tell`].
    pub async fn import(&mut self, teller: &mut dyn Teller) -> anyhow::Result<()> {
        let connections = self.persist(async |story| story.connections().await).await?;
        for (_, connection) in connections {
            self.persist(async |story| story.import_one(&connection, teller).await).await?;
        }
        Ok(())
    }

    async fn import_one(&mut self, connection: &str, teller: &mut dyn Teller) -> anyhow::Result<()> {
        // An import that runs, such as the first one that linking began, is waited for; what the banks changed in the
        // meantime is asked for afterwards.
        self.wait_for_import(connection, teller).await?;
        let page = self.books(connection).await?;
        self.browser.submit(&page.form("/import")?).await?;
        let ended = self.wait_for_import(connection, teller).await?;
        if ended.html.contains("badge bad") {
            bail!("an import failed: {}", ended.text());
        }
        Ok(())
    }

    /// Waits until no import of a connection runs, and returns how the latest ended.
    async fn wait_for_import(&mut self, connection: &str, teller: &mut dyn Teller) -> anyhow::Result<Page> {
        let begun = Stopwatch::start();
        loop {
            let page = self.books(&format!("{connection}/progress")).await?;
            if !page.html.contains("data-refresh") {
                return Ok(page);
            }
            if begun.millis() > LONGEST_WAIT_MS {
                bail!("the books do not finish an import: {}", page.text());
            }
            teller.now(&page.text());
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    /// Adds a target that writes a plain-text ledger of every journal, unless it is there.
    pub(super) async fn add_ledger(&mut self) -> anyhow::Result<()> {
        if self.ledger().await?.is_some() {
            return Ok(());
        }
        let mut form = self.books("/targets/add?system=beancount").await?.form("/targets")?;
        form.fill("name", LEDGER)?.fill("folder", LEDGER_FOLDER)?;
        let page = self.browser.submit(&form).await?;
        match self.ledger().await? {
            Some(_) => Ok(()),
            None => bail!(page.lacks("target that was just added")),
        }
    }

    /// The path of that target's page.
    async fn ledger(&mut self) -> anyhow::Result<Option<String>> {
        let links = self.books("/targets").await?.links();
        Ok(links.into_iter().find(|(text, _)| text.trim() == LEDGER).map(|(_, url)| url.path().to_owned()))
    }

    /// How many lines the ledger holds, once it holds as many as are expected, or no more came for long.
    pub(super) async fn ledger_lines(&mut self, expected: u64) -> anyhow::Result<u64> {
        let path = self.ledger().await?.context("the books have no ledger")?;
        let begun = Stopwatch::start();
        loop {
            let page = self.books(&path).await?;
            let counts = page.attributes("data-delivered").into_iter();
            let delivered = counts.map(|count| count.parse::<u64>().unwrap_or(0)).sum();
            if delivered >= expected || begun.millis() > LONGEST_DELIVERY_MS + self.patience_ms {
                return Ok(delivered);
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    /// How many lines all journals hold.
    ///
    /// # Errors
    /// As [`Story::tell`].
    pub async fn line_count(&mut self) -> anyhow::Result<u64> {
        let mut sum = 0;
        for page in self.journals().await? {
            for lines in page.attributes("data-lines") {
                sum += lines.parse::<u64>().with_context(|| format!("'{lines}' is no number of lines"))?;
            }
        }
        Ok(sum)
    }

    /// The page of every journal.
    async fn journals(&mut self) -> anyhow::Result<Vec<Page>> {
        let list = self.books("/journals").await?;
        let mut paths: Vec<String> = list.links().iter().map(|(_, url)| url.path().to_owned()).collect();
        paths.retain(|path| path.strip_prefix("/journals/").is_some_and(|id| id.len() == 36));
        paths.sort();
        paths.dedup();
        let mut pages = Vec::new();
        for path in paths {
            pages.push(self.books(&path).await?);
        }
        Ok(pages)
    }

    /// Every statement of every journal, how many defects the journals show, and how many journals there are.
    pub(super) async fn statements(&mut self) -> anyhow::Result<(Vec<ToldStatement>, u64, usize)> {
        let mut statements = Vec::new();
        let mut defects = 0;
        let journals = self.journals().await?;
        for page in &journals {
            let one = |name: &str| page.attributes(name).into_iter().next().unwrap_or_default();
            defects += one("data-defects").parse().unwrap_or(0);
            for row in page.elements_with("data-proof") {
                let told = |name: &str| row.iter().find(|(found, _)| found == name).map(|(_, value)| value.clone());
                statements.push(ToldStatement {
                    iban: one("data-reference"),
                    currency: one("data-currency"),
                    from: told("data-from").unwrap_or_default(),
                    to: told("data-to").unwrap_or_default(),
                    opening: told("data-opening"),
                    closing: told("data-closing"),
                    proof: told("data-proof").unwrap_or_default(),
                });
            }
        }
        Ok((statements, defects, journals.len()))
    }
}

/// Whether every account of the form is linked already, or left for later.
fn proposes_nothing(form: &Form) -> bool {
    !form.controls.iter().any(|control| control.kind == Kind::Entry && control.chosen && control.value != "later")
}
