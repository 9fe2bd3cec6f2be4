use crate::client::{Accounts, Balances, Page, Rig, refused};

#[tokio::test]
async fn four_accesses_without_the_user_in_any_24_hours() {
    let rig = Rig::new();
    let consent = rig.authorise("meuse").await;
    let accounts = rig.accounts("meuse", &consent).await;
    let balances = |index: usize| format!("/meuse/v1/accounts/{}/balances", accounts[index].resource_id);
    for hour in 0..4 {
        rig.get_alone::<Balances>(&consent, &balances(0)).await.unwrap_or_else(|e| panic!("hour {hour}: {e:?}"));
        rig.clock.advance_seconds(3600);
    }
    let answer = rig.raw("GET", &balances(0), &[("Consent-ID", &consent)], "").await.unwrap();
    assert_eq!(answer.headers()["retry-after"], "72000", "the first of four falls out of the window in 20 hours");
    assert_eq!(crate::client::refusal(answer.status(), answer.body()), refused(429, "ACCESS_EXCEEDED"));
    // Another account, another endpoint, the user's presence, another consent: each has its own four.
    rig.get_alone::<Balances>(&consent, &balances(1)).await.unwrap();
    rig.get_alone::<Accounts>(&consent, "/meuse/v1/accounts").await.unwrap();
    rig.get::<Balances>(&consent, &balances(0)).await.unwrap();
    let other = rig.authorise("meuse").await;
    rig.get_alone::<Balances>(&other, &balances(0)).await.unwrap();
    // The window rolls: it is no calendar day.
    rig.clock.advance_seconds(20 * 3600 - 1);
    assert!(rig.get_alone::<Balances>(&consent, &balances(0)).await.is_err());
    rig.clock.advance_seconds(1);
    rig.get_alone::<Balances>(&consent, &balances(0)).await.unwrap();
    assert!(rig.get_alone::<Balances>(&consent, &balances(0)).await.is_err());
    assert_eq!(rig.sandbox.control().exceeded(), 3);
}

#[tokio::test]
async fn following_pages_are_no_new_access_and_a_wrong_question_is_none() {
    let rig = Rig::new();
    let consent = rig.authorise("seine").await;
    let resource = &rig.accounts("seine", &consent).await[0].resource_id;
    let path =
        format!("/seine/v1/accounts/{resource}/transactions?bookingStatus=booked&dateFrom=2026-08-01&itemsPerPage=4");
    let wrong = format!("/seine/v1/accounts/{resource}/transactions?bookingStatus=booked");
    for _ in 0..10 {
        assert_eq!(rig.get_alone::<Page>(&consent, &wrong).await.unwrap_err(), refused(400, "FORMAT_ERROR"));
    }
    for _ in 0..4 {
        let mut next = Some(path.clone());
        let mut pages = 0;
        while let Some(address) = next {
            let page: Page = rig.get_alone(&consent, &address).await.unwrap();
            next = page.transactions.links.next.map(|next| next.href);
            pages += 1;
        }
        assert!(pages > 5);
    }
    assert_eq!(rig.get_alone::<Page>(&consent, &path).await.unwrap_err(), refused(429, "ACCESS_EXCEEDED"));
}

#[tokio::test]
async fn a_consent_for_fewer_accesses_gives_fewer() {
    let rig = Rig::new();
    let body = crate::client::consent_body("2026-12-01").replace("\"frequencyPerDay\":4", "\"frequencyPerDay\":2");
    let asked: crate::client::ConsentCreated =
        rig.call("POST", "/meuse/v1/consents", crate::client::CONSENT_HEADERS, &body).await.unwrap();
    let page = asked.links.sca_redirect.href;
    rig.submit(&page, "user=demo&password=demo&action=continue").await;
    rig.submit(&page, "code=123456&action=continue").await;
    let (_, html) = rig.open(&page).await;
    let id = &crate::client::values_of(&html, "accounts")[0];
    rig.submit(&page, &format!("accounts={id}&action=confirm")).await;
    for _ in 0..2 {
        rig.get_alone::<Accounts>(&asked.consent_id, "/meuse/v1/accounts").await.unwrap();
    }
    let outcome = rig.get_alone::<Accounts>(&asked.consent_id, "/meuse/v1/accounts").await;
    assert_eq!(outcome.unwrap_err(), refused(429, "ACCESS_EXCEEDED"));
}
