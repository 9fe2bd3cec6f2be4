//! What a person does on the pages of the hub.

use anyhow::{Context, bail};

use super::{BankAccount, EMAIL, Integration, LONGEST_WAIT_MS, LOOK_AGAIN, PASSWORD, Story, Teller, mailbox};
use crate::clock::Stopwatch;
use browser::Page;
use browser::mail::Mail;
use url::Url;

/// How long a mail may take: longer than the lease of a process that was killed while it sent it.
const LONGEST_MAIL_MS: u64 = 25_000;
/// What a company fills in.
const COMPANY: [(&str, &str); 7] = [
    ("name", "Ateliers Lambert SRL"),
    ("kind", "business"),
    ("country", "BE"),
    ("vat_number", "BE 0403.019.261"),
    ("street", "Rue du Pont 12"),
    ("postal_code", "4000"),
    ("city", "Liège"),
];
const BILLING_EMAIL: &str = "facturation@demo.example";
/// What the company calls the integration of its own software.
const INTEGRATION: &str = "Own reports";

impl Story {
    async fn hub(&mut self, path: &str) -> anyhow::Result<Page> {
        let address = format!("{}{path}", self.places.hub);
        let page = self.browser.open(&address).await?;
        if !page.status.is_success() {
            bail!(page.lacks("page that could be shown"));
        }
        Ok(page)
    }

    /// Logs in at the hub, signing up by mail where there is no login yet.
    pub(super) async fn enter_hub(&mut self) -> anyhow::Result<()> {
        let page = self.hub("/sign-up").await?;
        let Ok(mut form) = page.form("/sign-up") else { return Ok(()) };
        if mailbox::newest(&self.places.mail, EMAIL)?.is_none() {
            form.fill("email", EMAIL)?;
            self.browser.submit(&form).await?;
        }
        let mail = self.wait_for_mail().await?;
        if let Some(link) = mail.link("/sign-up/") {
            // The mail of an earlier run names the port of that run: what it opens, it opens at the hub of today.
            let page = self.browser.open(&at(&self.places.hub, link)?).await?;
            if let Ok(mut form) = page.form("/sign-up/") {
                form.fill("password", PASSWORD)?;
                let page = self.browser.submit(&form).await?;
                return if page.form("/sign-up/").is_ok() { Err(page.lacks("way in").into()) } else { Ok(()) };
            }
        }
        // The link was followed already: by this story, before something was killed.
        let mut form = self.hub("/login").await?.form("/login")?;
        form.fill("email", EMAIL)?.fill("password", PASSWORD)?;
        let page = self.browser.submit(&form).await?;
        match page.form("/login") {
            Ok(_) => bail!(page.lacks("way in")),
            Err(_) => Ok(()),
        }
    }

    /// The newest mail to the person of the story, once there is one. A hub that was killed sends when it is back.
    async fn wait_for_mail(&self) -> anyhow::Result<Mail> {
        let begun = Stopwatch::start();
        loop {
            if let Some(mail) = mailbox::newest(&self.places.mail, EMAIL)? {
                return Ok(mail);
            }
            if begun.millis() > LONGEST_MAIL_MS {
                bail!("no mail to {EMAIL} came into {}", self.places.mail.display());
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    /// Describes the company, where the hub does not know it yet.
    pub(super) async fn describe_company(&mut self) -> anyhow::Result<()> {
        let page = self.hub("/app").await?;
        let Ok(mut form) = page.form("/app/organizations/new") else { return Ok(()) };
        for (field, value) in COMPANY {
            form.fill(field, value)?;
        }
        let page = self.browser.submit(&form).await?;
        match page.form("/app/organizations/new") {
            Ok(_) => bail!(page.lacks("organization that was accepted")),
            Err(_) => Ok(()),
        }
    }

    /// Says whom to bill.
    pub(super) async fn give_billing(&mut self) -> anyhow::Result<()> {
        let mut form = self.hub("/app/billing").await?.form("/app/billing")?;
        for (field, value) in COMPANY.iter().filter(|(field, _)| !["kind", "vat_number"].contains(field)) {
            form.fill(field, value)?;
        }
        form.fill("email", BILLING_EMAIL)?;
        let page = self.browser.submit(&form).await?;
        match page.form("/app/billing") {
            Ok(_) => bail!(page.lacks("billing information that was accepted")),
            Err(_) => Ok(()),
        }
    }

    /// Adds accounts of one bank and waits until their history is there. Accounts that are known are not added again.
    pub(super) async fn add_accounts(&mut self, wanted: &[BankAccount], teller: &mut dyn Teller) -> anyhow::Result<()> {
        let known = self.hub("/app/accounts").await?.dense_text();
        if wanted.iter().all(|account| known.contains(&account.iban)) {
            return self.wait_for_history(teller).await;
        }
        let bank = wanted.first().map(|account| account.bank_name.clone()).context("no account is wanted")?;
        let page = self.hub("/app/link?country=").await?;
        let page = self.browser.follow(&page, &bank).await?;
        let at_bank = self.browser.submit(&page.form("/app/link/")?).await?;
        let page = self.agree_at_bank(at_bank, wanted).await?;
        // Renewed accounts need no choice; then the progress is shown at once.
        let page = match page.form("/app/link/attempts/") {
            Ok(choice) => self.browser.submit(&choice).await?,
            Err(_) => page,
        };
        // A bank or a hub that died on the way leaves us on some page, but not with these accounts.
        let known = self.hub("/app/accounts").await?.dense_text();
        if let Some(missing) = wanted.iter().find(|account| !known.contains(&account.iban)) {
            bail!(page.lacks(&format!("account {}", missing.iban)));
        }
        self.wait_for_history(teller).await
    }

    /// Waits until no synchronization of any account is waiting or running.
    async fn wait_for_history(&mut self, teller: &mut dyn Teller) -> anyhow::Result<()> {
        let begun = Stopwatch::start();
        let accounts = self.account_ids().await?;
        let query: Vec<String> = accounts.iter().map(|id| format!("account={id}")).collect();
        loop {
            let page = self.hub(&format!("/app/link/progress?{}", query.join("&"))).await?;
            if !page.html.contains("data-refresh") {
                return Ok(());
            }
            if begun.millis() > LONGEST_WAIT_MS {
                bail!("the hub does not finish its synchronizations: {}", page.text());
            }
            teller.now("the hub fetches the history");
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    /// The hub's ids of all accounts, from the links of its list.
    async fn account_ids(&mut self) -> anyhow::Result<Vec<String>> {
        let links = self.hub("/app/accounts").await?.links();
        let id = |path: &str| path.strip_prefix("/app/accounts/").filter(|id| id.len() == 36).map(str::to_owned);
        Ok(links.iter().filter_map(|(_, url)| id(url.path())).collect())
    }

    /// How many defects the hub keeps and shows, over all accounts.
    pub(super) async fn hub_defects(&mut self) -> anyhow::Result<u64> {
        let mut sum = 0;
        for id in self.account_ids().await? {
            let page = self.hub(&format!("/app/accounts/{id}")).await?;
            sum += page.attributes("data-defects").iter().filter_map(|count| count.parse::<u64>().ok()).sum::<u64>();
        }
        Ok(sum)
    }

    /// Makes a custom integration that covers every account; one that a killed hub could not show gets a new secret.
    pub(super) async fn make_integration(&mut self) -> anyhow::Result<Integration> {
        let list = self.hub("/app/integrations").await?;
        let page = match list.link(INTEGRATION) {
            Ok(url) => {
                let page = self.browser.open(url.as_str()).await?;
                let mut accounts = page.form_with("account")?;
                accounts.tick_all("account");
                let page = self.browser.submit(&accounts).await?;
                self.browser.submit(&page.form("/secret")?).await?
            }
            Err(_) => {
                let mut form = self.hub("/app/integrations/new").await?.form("/app/integrations/new")?;
                form.fill("name", INTEGRATION)?.tick_all("account");
                self.browser.submit(&form).await?
            }
        };
        match &page.attributes("data-copy")[..] {
            [_, client_id, client_secret] => {
                Ok(Integration { client_id: client_id.clone(), client_secret: client_secret.clone() })
            }
            _ => bail!(page.lacks("secret of the integration")),
        }
    }
}

/// The same page at the hub that runs now.
fn at(hub: &str, link: &str) -> anyhow::Result<String> {
    let link = Url::parse(link).with_context(|| format!("'{link}' in the mail is no address"))?;
    let query = link.query().map(|query| format!("?{query}")).unwrap_or_default();
    Ok(format!("{hub}{}{query}", link.path()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_of_an_earlier_run_is_opened_at_the_hub_of_today() {
        let opened = at("http://localhost:4001", "http://localhost:44061/sign-up/abc?language=fr").unwrap();
        assert_eq!(opened, "http://localhost:4001/sign-up/abc?language=fr");
        assert!(at("http://localhost:4001", "no address").is_err());
    }
}
