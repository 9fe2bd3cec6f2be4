//! Letters before a permission ends: to whom, when, once, and where they lead.

use crate::dashboard::{PASSWORD, Walk};

const DAY: i64 = 86_400;

#[tokio::test]
async fn members_and_further_addresses_are_written_to_at_each_stage_once() {
    let mut walk = Walk::begin().await;
    walk.enter("ada@example.org").await;
    walk.link("Banque de la Meuse").await;
    let page = walk.open("/app/notices").await;
    let wrong = walk.send(&page, "/app/notices", &[("email", "nobody")]).await;
    assert!(wrong.html.contains("aria-invalid"), "{}", wrong.text());
    let page = walk.send(&page, "/app/notices", &[("email", "books@example.org")]).await;
    assert!(page.text().contains("books@example.org"), "{}", page.text());
    // The permission was given on 2 March for 180 days: its last day is 29 August.
    let mut told: Vec<(i64, usize)> = Vec::new();
    for day in 0..=182 {
        walk.hub.work().await;
        for reader in ["ada@example.org", "books@example.org"] {
            let letters = walk.hub.mailbox(reader).await;
            let about: Vec<&String> = letters
                .iter()
                .filter(|text| text.contains("permission of Atelier") || text.contains("no longer has a permission"))
                .collect();
            if reader == "books@example.org"
                && told.last().is_none_or(|(_, count)| *count < about.len())
                && !about.is_empty()
            {
                told.push((180 - day, about.len()));
            }
        }
        walk.hub.clock.advance_seconds(DAY);
    }
    assert_eq!(told, [(30, 1), (14, 2), (7, 3), (1, 4), (0, 5), (-1, 6)]);
    let letters = walk.hub.mailbox("ada@example.org").await;
    let last = letters.iter().find(|text| text.contains("no longer has a permission")).unwrap();
    let link = last.split_whitespace().find(|word| word.ends_with("/renew")).unwrap();
    // Half a year later the person logs in again and is led on to the renewal.
    let page = walk.browser.open(link).await.unwrap();
    let page = walk.send(&page, "/login", &[("email", "ada@example.org"), ("password", PASSWORD)]).await;
    assert!(page.text().contains("Renew the permission at Banque de la Meuse"), "{}", page.text());
    let page = walk.send(&page, "/renew", &[]).await;
    let page = walk.agree_at_bank(page).await;
    assert!(page.url.path().starts_with("/app/link"), "{}", page.url);
}

#[tokio::test]
async fn a_removed_address_is_left_alone() {
    let mut walk = Walk::begin().await;
    walk.enter("ada@example.org").await;
    let page = walk.open("/app/notices").await;
    let page = walk.send(&page, "/app/notices", &[("email", "books@example.org")]).await;
    let page = walk.browser.submit(&page.form("/app/notices/remove").unwrap()).await.unwrap();
    assert!(page.text().contains("The address is removed"), "{}", page.text());
    assert!(page.form("/app/notices/remove").is_err());
}
