//! A person who leaves for a bank and does not come back: nothing is lost, and the way on is shown.

use browser::Page;

use crate::dashboard::Walk;

const NOT_BACK: &str = "You left for Banque de la Meuse and have not come back here.";

async fn go_on(walk: &mut Walk, path: &str) -> Page {
    let page = walk.open(path).await;
    assert!(page.text().contains(NOT_BACK), "{path}: {}", page.text());
    walk.browser.follow(&page, "See how it went and go on").await.unwrap()
}

#[tokio::test]
async fn a_lost_return_is_found_again_on_every_page_that_matters() {
    let mut walk = Walk::begin().await;
    walk.enter("ana@example.com").await;
    assert!(!walk.open("/app/accounts").await.text().contains(NOT_BACK));
    let page = walk.open("/app/link?country=").await;
    let page = walk.browser.follow(&page, "Banque de la Meuse").await.unwrap();
    let at_bank = walk.browser.submit(&page.form("/app/link/").unwrap()).await.unwrap();

    // The tab is closed at the bank's log-in page.
    for path in ["/app", "/app/accounts", "/app/link?country="] {
        let page = go_on(&mut walk, path).await;
        assert!(page.html.contains("data-refresh"), "{path}: the bank has not been told yet: {}", page.text());
    }

    // The permission is given, and the way back is lost before the accounts are chosen.
    let choice = walk.agree_at_bank(at_bank).await;
    assert!(choice.form("/app/link/attempts/").is_ok());
    let choice = go_on(&mut walk, "/app").await;
    walk.browser.submit(&choice.form("/app/link/attempts/").unwrap()).await.unwrap();
    assert!(!walk.open("/app").await.text().contains(NOT_BACK), "the way is over");

    // Pressed again on a page that is old: nothing is linked twice.
    let accounts = walk.open("/app/accounts").await.text();
    walk.browser.submit(&choice.form("/app/link/attempts/").unwrap()).await.unwrap();
    while walk.hub.hub.work_once().await.unwrap() {}
    let rows = |text: &str| text.matches("Banque de la Meuse").count();
    assert_eq!(rows(&walk.open("/app/accounts").await.text()), rows(&accounts));
}

#[tokio::test]
async fn a_refusal_whose_return_was_lost_is_told_and_then_over() {
    let mut walk = Walk::begin().await;
    walk.enter("ana@example.com").await;
    let page = walk.open("/app/link?country=").await;
    let page = walk.browser.follow(&page, "Banque de la Meuse").await.unwrap();
    let at_bank = walk.browser.submit(&page.form("/app/link/").unwrap()).await.unwrap();
    let mut refusal = at_bank.form_with("password").unwrap();
    refusal.press("Cancel").unwrap();
    walk.network.listen("hub.example", None);
    assert!(walk.browser.submit(&refusal).await.is_err(), "the way back leads nowhere");
    walk.network.listen("hub.example", Some(hub::router(walk.hub.hub.clone())));
    let told = go_on(&mut walk, "/app/accounts").await;
    assert!(told.text().contains("The permission was not given"), "{}", told.text());
    assert!(!walk.open("/app/accounts").await.text().contains(NOT_BACK));
}

#[tokio::test]
async fn a_form_that_stood_open_until_the_log_in_ended_says_so_and_leads_back() {
    let mut walk = Walk::begin().await;
    walk.enter("ana@example.com").await;
    walk.link("Banque de la Meuse").await;
    let path = walk.first_account().await;
    let page = walk.open(&path).await;
    let synchronize = page.form("/synchronize").unwrap();
    walk.hub.clock.advance_seconds(90 * 86_400);
    let page = walk.browser.submit(&synchronize).await.unwrap();
    assert!(page.form("/login").is_ok(), "{}", page.text());
    assert!(page.text().contains("so nothing was changed. Log in, and do it again."), "{}", page.text());
}

#[tokio::test]
async fn a_bank_that_is_down_is_told_and_nothing_is_half_done() {
    let mut walk = Walk::begin().await;
    walk.enter("ana@example.com").await;
    let page = walk.open("/app/link?country=").await;
    let page = walk.browser.follow(&page, "Banque de la Meuse").await.unwrap();
    let leave = page.form("/app/link/").unwrap();

    // Down before the person leaves: nothing is begun.
    walk.network.listen("bank.test", None);
    let told = walk.browser.submit(&leave).await.unwrap();
    assert!(told.text().contains("The bank cannot answer at the moment"), "{}", told.text());
    assert!(!walk.open("/app").await.text().contains(NOT_BACK));

    // Down while the hub asks how it went: the attempt stays, and goes on when the bank is back.
    walk.network.listen("bank.test", Some(walk.banks.router()));
    let at_bank = walk.browser.submit(&leave).await.unwrap();
    walk.agree_at_bank(at_bank).await;
    walk.network.listen("bank.test", None);
    let page = walk.open("/app").await;
    let told = walk.browser.follow(&page, "See how it went and go on").await.unwrap();
    assert!(told.text().contains("The bank cannot answer at the moment"), "{}", told.text());
    walk.network.listen("bank.test", Some(walk.banks.router()));
    let choice = go_on(&mut walk, "/app/accounts").await;
    let page = walk.browser.submit(&choice.form("/app/link/attempts/").unwrap()).await.unwrap();
    assert!(page.status.is_success(), "{}", page.text());
    assert!(!walk.open("/app").await.text().contains(NOT_BACK));
}
