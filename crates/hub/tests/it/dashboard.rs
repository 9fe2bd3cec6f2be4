//! The dashboard as a person walks through it, with simulated banks, in process.

use std::path::Path;
use std::sync::Arc;

use browser::{Browser, Page};
use domain::{Environment, SeededEntropy, SimulatedClock};
use outbound::InProcess;
use web::check;

use crate::testing::{Company, PUBLIC_URL, TestHub, cookie_of};

pub const PASSWORD: &str = "a sentence that is long enough";

/// A person with a browser, a hub and three banks.
pub struct Walk {
    pub hub: TestHub,
    pub browser: Browser,
    pub network: Arc<InProcess>,
    pub banks: sandbox::Sandbox,
}

impl Walk {
    pub async fn begin() -> Walk {
        let network = Arc::new(InProcess::new());
        let clock = SimulatedClock::at("2026-03-02T12:00:00Z".parse().unwrap());
        let environment = Environment::new(clock, SeededEntropy::new(9));
        let settings = sandbox::Settings { months: 2, transactions: 1_500, ..sandbox::Settings::default() };
        let banks = sandbox::Sandbox::open(settings, environment).unwrap();
        network.listen("bank.test", Some(banks.router()));
        let hub = TestHub::open_with(network.clone(), |settings| settings.throttle_seconds = 0).await;
        network.listen("hub.example", Some(hub::router(hub.hub.clone())));
        Walk { hub, browser: Browser::new(network.clone()), network, banks }
    }

    pub async fn open(&mut self, path: &str) -> Page {
        self.browser.open(&format!("{PUBLIC_URL}{path}")).await.unwrap()
    }

    /// Fills in the form with that action and sends it.
    pub async fn send(&mut self, page: &Page, action: &str, fields: &[(&str, &str)]) -> Page {
        let mut form = page.form(action).unwrap();
        for (name, value) in fields {
            form.fill(name, value).unwrap();
        }
        self.browser.submit(&form).await.unwrap()
    }

    /// Signs up from a page with that form: with the link that comes by mail.
    pub async fn sign_up(&mut self, page: &Page, email: &str) -> Page {
        self.send(page, "/sign-up", &[("email", email)]).await;
        let link = self.hub.newest_link(email, "/sign-up/").await;
        let page = self.browser.open(&link).await.unwrap();
        self.send(&page, "/sign-up/", &[("password", PASSWORD)]).await
    }

    /// Signs up and describes company and billing.
    pub async fn enter(&mut self, email: &str) {
        let page = self.open("/app").await;
        let page = self.browser.follow(&page, "Sign up").await.unwrap();
        let page = self.sign_up(&page, email).await;
        let page = self.send(&page, "/app/organizations/new", &[("name", "Atelier"), ("country", "BE")]).await;
        let address = [("street", "Rue 1"), ("postal_code", "4000"), ("city", "Liège")];
        let page = self.send(&page, "/app/billing", &address).await;
        assert!(page.text().contains("The billing information is saved."), "{}", page.text());
    }

    /// Leaves for a bank and gives the permission there; the page is where the bank leads back to.
    pub async fn agree(&mut self, bank: &str) -> Page {
        let page = self.open("/app/link?country=").await;
        let page = self.browser.follow(&page, bank).await.unwrap();
        let page = self.browser.submit(&page.form("/app/link/").unwrap()).await.unwrap();
        self.agree_at_bank(page).await
    }

    pub async fn agree_at_bank(&mut self, page: Page) -> Page {
        let mut login = page.form_with("password").unwrap();
        login.fill("user", "demo").unwrap().fill("password", "demo").unwrap().press("Continue").unwrap();
        let page = self.browser.submit(&login).await.unwrap();
        let mut code = page.form_with("code").unwrap();
        code.fill("code", "123456").unwrap().press("Continue").unwrap();
        let page = self.browser.submit(&code).await.unwrap();
        let mut choice = page.form_with("accounts").unwrap();
        choice.tick_all("accounts");
        choice.press("Confirm").unwrap();
        self.browser.submit(&choice).await.unwrap()
    }

    /// Links every account of a bank and waits for the history.
    pub async fn link(&mut self, bank: &str) -> Page {
        let page = self.agree(bank).await;
        let choice = page.form("/app/link/attempts/").unwrap();
        let page = self.browser.submit(&choice).await.unwrap();
        assert!(page.html.contains("data-refresh"), "the first synchronization is shown as it goes on");
        while self.hub.hub.work_once().await.unwrap() {}
        self.browser.open(page.url.as_str()).await.unwrap()
    }

    /// Lets a script read every account; what it gets is its `Authorization` header.
    pub async fn integrate(&mut self, name: &str) -> String {
        let page = self.open("/app/integrations/new").await;
        let mut form = page.form("/app/integrations/new").unwrap();
        form.fill("name", name).unwrap().tick_all("accounts");
        let shown = self.browser.submit(&form).await.unwrap().attributes("data-copy");
        crate::testing::basic(&shown[1], &shown[2])
    }

    /// The company that this person works for, with a session of its own.
    pub async fn company(&mut self) -> Company {
        let page = self.open("/app/profile").await;
        let email = page.html.split(['>', '<']).map(str::trim).find(|text| text.contains('@')).unwrap().to_owned();
        let mut tx = self.hub.hub.db.read().await.unwrap();
        let (known, _) = hub::store::user::by_email(&mut tx, &email).await.unwrap().unwrap();
        let organizations = hub::people::organizations(&self.hub.hub, known.id).await.unwrap();
        let login = hub::people::start_session(&self.hub.hub, known.id, &http::HeaderMap::new()).await.unwrap();
        Company { user: known.id, organization: organizations[0].id, cookie: cookie_of(&login) }
    }

    pub async fn first_account(&mut self) -> String {
        let page = self.open("/app/accounts").await;
        let links = page.links();
        let path = links.iter().map(|(_, url)| url.path().to_owned());
        path.into_iter().find(|path| path.starts_with("/app/accounts/")).unwrap()
    }
}

#[test]
fn all_languages_say_the_same_and_the_code_knows_every_key() {
    assert_eq!(check::differences(hub::words::WORDS), Vec::<String>::new());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    assert_eq!(check::unmatched(&folder, hub::words::WORDS), Vec::<String>::new());
}

#[tokio::test]
async fn from_sign_up_to_proven_accounts() {
    let mut walk = Walk::begin().await;
    walk.enter("claire@atelier.example").await;
    let page = walk.link("Banque de la Meuse").await;
    assert!(!page.html.contains("data-refresh") && page.text().contains("Proven"), "{}", page.text());
    for path in ["/app", "/app/accounts"] {
        let page = walk.open(path).await;
        assert!(page.text().contains("Proven") && !page.text().contains("Broken"), "{path}: {}", page.text());
    }
    let account = walk.first_account().await;
    let page = walk.open(&account).await;
    assert!(page.text().contains("Closing balance") && page.html.contains("<svg viewBox"), "{}", page.text());
    let older = page.links().into_iter().find(|(words, _)| words.contains("Older"));
    let page = walk.browser.open(older.expect("the history has more than one page").1.as_str()).await.unwrap();
    assert!(page.text().contains("Back to the newest"), "{}", page.text());
    let row = page.links().into_iter().find(|(_, url)| url.path().contains("/transactions/")).unwrap();
    let page = walk.browser.open(row.1.as_str()).await.unwrap();
    assert!(page.text().contains("Identifier") && page.text().contains(&row.0), "{}", page.text());
}

#[tokio::test]
async fn a_refusal_at_the_bank_is_a_page_with_a_way_on() {
    let mut walk = Walk::begin().await;
    walk.enter("claire@atelier.example").await;
    let page = walk.open("/app/link?country=&q=lys").await;
    assert!(!page.text().contains("Meuse") && page.text().contains("Beta"), "{}", page.text());
    let page = walk.browser.follow(&page, "Lys Bank").await.unwrap();
    assert!(page.text().contains("is in beta"), "{}", page.text());
    let page = walk.browser.submit(&page.form("/app/link/").unwrap()).await.unwrap();
    let mut login = page.form_with("password").unwrap();
    login.press("Cancel").unwrap();
    let page = walk.browser.submit(&login).await.unwrap();
    assert!(page.text().contains("The permission was not given"), "{}", page.text());
    assert!(page.link("Try again").is_ok());
    assert!(walk.open("/app/accounts").await.text().contains("No account yet"));
}

#[tokio::test]
async fn a_person_who_is_still_at_the_bank_finds_a_waiting_page() {
    let mut walk = Walk::begin().await;
    walk.enter("claire@atelier.example").await;
    let page = walk.open("/app/link?country=").await;
    let page = walk.browser.follow(&page, "Banque de la Meuse").await.unwrap();
    let at_bank = walk.browser.submit(&page.form("/app/link/").unwrap()).await.unwrap();
    // Another window, without waiting for the bank: the attempt is known by its address only.
    let id = latest_attempt(&walk).await;
    let page = walk.open(&format!("/app/link/attempts/{id}")).await;
    assert!(page.text().contains("I am done") && page.html.contains("data-refresh"), "{}", page.text());
    let part = walk.open(&format!("/app/link/attempts/{id}/part")).await;
    assert!(part.html.contains("data-refresh") && !part.html.contains("<html"), "{}", part.html);
    let back = walk.agree_at_bank(at_bank).await;
    assert!(back.text().contains("Which accounts?"), "{}", back.text());
    let part = walk.open(&format!("/app/link/attempts/{id}/part")).await;
    assert!(part.html.contains("data-go"), "{}", part.html);
}

async fn latest_attempt(walk: &Walk) -> String {
    let mut tx = walk.hub.hub.db.read().await.unwrap();
    let rows = tx.all("SELECT id FROM authorizations ORDER BY started_at DESC", &[]).await.unwrap();
    rows[0].text("id").unwrap()
}

#[tokio::test]
async fn unlinking_needs_a_tick_and_erases() {
    let mut walk = Walk::begin().await;
    walk.enter("claire@atelier.example").await;
    walk.link("Banque de la Meuse").await;
    let account = walk.first_account().await;
    let page = walk.open(&format!("{account}/unlink")).await;
    assert!(page.text().contains("cannot be undone"), "{}", page.text());
    let page = walk.browser.submit(&page.form("/unlink").unwrap()).await.unwrap();
    assert!(page.text().contains("Tick this box"), "{}", page.text());
    let mut form = page.form("/unlink").unwrap();
    assert_eq!(form.tick_all("sure"), 1);
    let page = walk.browser.submit(&form).await.unwrap();
    assert!(page.text().contains("is unlinked."), "{}", page.text());
    assert_eq!(walk.open(&account).await.status, 404);
}

#[tokio::test]
async fn a_secret_is_shown_once_and_survives_no_reload() {
    let mut walk = Walk::begin().await;
    walk.enter("claire@atelier.example").await;
    walk.link("Lys Bank").await;
    let page = walk.open("/app/integrations/new").await;
    let page = walk.send(&page, "/app/integrations/new", &[("name", "My script")]).await;
    let shown = page.attributes("data-copy");
    assert_eq!(shown.len(), 3, "address, client id and secret: {shown:?}");
    let again = walk.browser.open(page.url.as_str()).await.unwrap();
    assert!(!again.html.contains(&shown[2]), "the secret is gone after one look");
    assert!(walk.open("/app/integrations").await.text().contains("My script"));
    let page = walk.browser.submit(&again.form("/secret").unwrap()).await.unwrap();
    let renewed = page.attributes("data-copy");
    assert_ne!(renewed[2], shown[2]);
    let page = walk.open(&format!("{}/revoke", page.url.path())).await;
    let page = walk.browser.submit(&page.form("/revoke").unwrap()).await.unwrap();
    assert!(page.text().contains("The integration is ended."), "{}", page.text());
}

#[tokio::test]
async fn mistakes_are_said_at_their_field_and_nothing_typed_is_lost() {
    let mut walk = Walk::begin().await;
    let page = walk.open("/sign-up").await;
    let page = walk.send(&page, "/sign-up", &[("email", "claire@")]).await;
    assert!(page.text().contains("One field needs your attention."), "{}", page.text());
    assert_eq!(page.form("/sign-up").unwrap().value("email"), Some("claire@"));
    walk.send(&page, "/sign-up", &[("email", "claire@atelier.example")]).await;
    let link = walk.hub.newest_link("claire@atelier.example", "/sign-up/").await;
    let page = walk.browser.open(&link).await.unwrap();
    let page = walk.send(&page, "/sign-up/", &[("password", "short")]).await;
    assert!(page.text().contains("Use at least 10 characters."), "{}", page.text());
    assert_eq!(page.form("/sign-up/").unwrap().value("password"), Some(""), "no password is sent back");
    let page = walk.send(&page, "/sign-up/", &[("password", PASSWORD)]).await;
    let wrong = [("name", "Atelier"), ("vat_number", "BE0403019262"), ("country", "BE")];
    let page = walk.send(&page, "/app/organizations/new", &wrong).await;
    assert!(page.text().contains("check digits"), "{}", page.text());
    assert_eq!(page.form("/app/organizations/new").unwrap().value("name"), Some("Atelier"));
}

#[tokio::test]
async fn strangers_are_sent_to_the_door_and_brought_back() {
    let mut walk = Walk::begin().await;
    walk.enter("claire@atelier.example").await;
    let page = walk.open("/app/profile").await;
    let page = walk.browser.submit(&page.form("/logout").unwrap()).await.unwrap();
    assert!(page.text().contains("You are logged out."), "{}", page.text());
    let page = walk.open("/app/transactions?q=rent").await;
    assert_eq!(page.url.path(), "/login");
    let page = walk.send(&page, "/login", &[("email", "claire@atelier.example"), ("password", "wrong")]).await;
    assert!(page.text().contains("is not right"), "{}", page.text());
    let page = walk.send(&page, "/login", &[("email", "claire@atelier.example"), ("password", PASSWORD)]).await;
    assert_eq!((page.url.path(), page.url.query()), ("/app/transactions", Some("q=rent")));
    let page = walk.open("/login?next=https://evil.example/").await;
    assert_eq!(page.url.path(), "/app", "a way back leads to this hub only");
}

#[tokio::test]
async fn one_company_finds_nothing_of_another() {
    let mut walk = Walk::begin().await;
    walk.enter("claire@atelier.example").await;
    walk.link("Banque de la Meuse").await;
    let account = walk.first_account().await;
    let transaction =
        walk.open(&account).await.links().into_iter().find(|(_, url)| url.path().contains("/transactions/"));
    let attempt = latest_attempt(&walk).await;
    let page = walk.open("/app/profile").await;
    walk.browser.submit(&page.form("/logout").unwrap()).await.unwrap();
    walk.enter("mallory@other.example").await;
    let unlink = format!("{account}/unlink");
    let of_claire =
        [account, unlink, transaction.unwrap().1.path().to_owned(), format!("/app/link/attempts/{attempt}")];
    for path in of_claire {
        let page = walk.open(&path).await;
        assert_eq!(page.status, 404, "{path}: {}", page.text());
        assert!(page.text().contains("There is no such page"), "{path}");
    }
    assert!(walk.open("/app/transactions").await.text().contains("No account yet"));
}

#[tokio::test]
async fn french_readers_get_french_pages() {
    let mut walk = Walk::begin().await;
    walk.enter("claire@atelier.example").await;
    walk.link("Banque de la Meuse").await;
    walk.open("/language?to=fr&back=/app").await;
    let account = walk.first_account().await;
    for path in
        ["/app", "/app/accounts", "/app/transactions", "/app/integrations", "/app/link", "/app/billing", &account]
    {
        let page = walk.open(path).await;
        assert!(page.html.contains(r#"<html lang="fr">"#), "{path}");
        assert!(page.text().contains("Opérations"), "{path}: {}", page.text());
    }
    let page = walk.open(&account).await;
    assert!(page.text().contains("Prouvé") && page.text().contains('€'), "{}", page.text());
}
