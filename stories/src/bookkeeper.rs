//! What a bookkeeper does on the pages of the books, and on the hub's consent page.

use anyhow::{Context, ensure};
use browser::{Browser, Page};
use domain::InstitutionId;
use outbound::Door;

use crate::world::{BOOKS, HUB, PASSWORD, PROVIDER, email};

/// A bookkeeper with one browser, logged in at both sides.
pub struct Bookkeeper {
    browser: Browser,
}

impl Bookkeeper {
    /// Signs up at the books and logs in at the hub, where the organization exists.
    pub async fn enter(door: Door, organization: &str) -> anyhow::Result<Bookkeeper> {
        let mut browser = Browser::new(door);
        let page = browser.open(&format!("{HUB}/login")).await?;
        let mut login = page.form_with("password")?;
        login.fill("email", &email(organization))?.fill("password", PASSWORD)?;
        browser.submit(&login).await?;
        let page = browser.open(&format!("{BOOKS}/sign-up")).await?;
        let mut sign_up = page.form_with("company")?;
        sign_up.fill("email", &email(organization))?.fill("password", PASSWORD)?.fill("company", organization)?;
        let page = browser.submit(&sign_up).await?;
        ensure!(page.status.is_success(), "the books refused the sign-up: {}", page.text());
        Ok(Bookkeeper { browser })
    }

    /// Connects a bank, authorises every account at the hub, and links those of that bank to new journals. Doing it
    /// again is what "Fetch accounts" is.
    pub async fn connect(&mut self, institution: InstitutionId) -> anyhow::Result<()> {
        let address = format!("{BOOKS}/connect?provider={PROVIDER}&institution={institution}");
        let page = self.browser.open(&address).await?;
        let leave = page.form_with("purpose")?;
        let page = self.browser.submit(&leave).await?;
        let mut consent = page.form_with("request")?;
        consent.tick_all("accounts");
        consent.press("Allow")?;
        let page = self.browser.submit(&consent).await?;
        self.link(&page).await
    }

    async fn link(&mut self, page: &Page) -> anyhow::Result<()> {
        let forms = page.forms();
        let form = forms.into_iter().find(|form| form.controls.iter().any(|c| c.name.starts_with("journal-")));
        // Everything may be linked already.
        let Some(form) = form else { return Ok(()) };
        let page = self.browser.submit(&form).await?;
        ensure!(page.status.is_success(), "the accounts were not linked: {}", page.text());
        Ok(())
    }

    /// Opens the journals, as a bookkeeper does in the morning.
    pub async fn look(&mut self) -> anyhow::Result<()> {
        let page = self.browser.open(&format!("{BOOKS}/journals")).await?;
        ensure!(page.status.is_success(), "the journals cannot be shown: {}", page.text());
        Ok(())
    }

    /// Presses "import now" on every connection.
    pub async fn import(&mut self) -> anyhow::Result<()> {
        let page = self.browser.open(&format!("{BOOKS}/connections")).await?;
        let connections: Vec<_> = page
            .links()
            .into_iter()
            .map(|(_, url)| url)
            .filter(|url| url.path().strip_prefix("/connections/").is_some_and(|id| id.len() == 36))
            .collect();
        for url in connections {
            let page = self.browser.open(url.as_str()).await?;
            let Ok(form) = page.form("/import") else { continue };
            let page = self.browser.submit(&form).await.context("import now")?;
            ensure!(!page.status.is_server_error(), "an import could not be begun: {}", page.text());
        }
        Ok(())
    }
}
