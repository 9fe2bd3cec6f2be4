//! Renewals that software asks for: it gets an address, a person goes there, to the bank, and back to the software.

use outbound::InProcess;
use serde_json::{Value, json};

use crate::dashboard::Walk;
use crate::testing::TestHub;

fn body(redirect_uri: &str) -> Option<Value> {
    Some(json!({ "data": { "type": "reauthorizationRequest", "attributes": { "redirectUri": redirect_uri } } }))
}

/// Lets seven hours pass so many times, with a look at the dashboard after each, which keeps the person logged in.
async fn pass(walk: &mut Walk, times: u32) {
    for _ in 0..times {
        walk.hub.clock.advance_seconds(7 * 3600);
        walk.open("/app").await;
    }
}

#[tokio::test]
async fn a_person_renews_at_the_bank_and_comes_back_to_the_software() {
    let mut walk = Walk::begin().await;
    // The software's own page, that a person comes back to.
    let software = axum::Router::new().route("/back", axum::routing::get(async || "Welcome back"));
    walk.network.listen("books.example", Some(software));
    walk.enter("claire@atelier.example").await;
    walk.link("Banque de la Meuse").await;
    let basic = walk.integrate("Ledger").await;
    let form = [("authorization", basic.as_str())];
    let answer = walk.hub.form("/oauth2/token?grant_type=client_credentials", &form, &[]).await.json();
    let token = answer["access_token"].as_str().unwrap().to_owned();
    let account = walk.hub.get("/accounts?limit=1", &token).await.ids().remove(0);
    let authorized = async |walk: &Walk, token: &str| {
        let told = walk.hub.get(&format!("/accounts/{account}"), token).await.json();
        told["data"]["attributes"]["authorizedAt"].as_str().unwrap().to_owned()
    };
    let before = authorized(&walk, &token).await;
    pass(&mut walk, 2).await;

    let form = [("authorization", basic.as_str())];
    let answer = walk.hub.form("/oauth2/token?grant_type=client_credentials", &form, &[]).await.json();
    let token = answer["access_token"].as_str().unwrap().to_owned();
    let path = format!("/ponto-connect/accounts/{account}/reauthorization-requests");
    let asked = walk.hub.call("POST", &path, Some(&token), body("https://books.example/back?run=7")).await;
    assert_eq!(asked.status, 201, "{}", asked.body);
    let asked = asked.json();
    assert_eq!(asked["data"]["type"], "reauthorizationRequest");
    assert_eq!(asked["data"]["attributes"]["sandbox"], true);
    let address = asked["data"]["links"]["redirect"].as_str().unwrap().to_owned();

    let page = walk.browser.open(&address).await.unwrap();
    assert!(
        page.text().contains("Ledger asks you to renew") && page.text().contains("books.example"),
        "{}",
        page.text()
    );
    let page = walk.browser.submit(&page.form("/app/renewals/").unwrap()).await.unwrap();
    let page = walk.agree_at_bank(page).await;
    assert_eq!((page.url.as_str(), page.text().as_str()), ("https://books.example/back?run=7", "Welcome back"));
    let after = authorized(&walk, &token).await;
    assert!(after > before, "{after} is later than {before}");
    while walk.hub.hub.work_once().await.unwrap() {}

    let log = walk.open("/app/audit").await.text();
    assert_eq!(log.matches("renewed the permission at a bank").count(), 2, "once for each account: {log}");

    // Nobody else can use the address, and it lapses.
    let stranger = walk.hub.company("stranger@example.com").await;
    let path = address.strip_prefix(crate::testing::PUBLIC_URL).unwrap();
    let visit = async |walk: &Walk, cookie: &str| {
        let request = http::Request::get(path).header("host", "hub.example").header("cookie", cookie);
        walk.hub.send(request.body(axum::body::Body::empty()).unwrap()).await.status.as_u16()
    };
    assert_eq!(visit(&walk, &stranger.cookie).await, 404);
    pass(&mut walk, 4).await;
    assert_eq!(walk.browser.open(&address).await.unwrap().status, 404);
}

#[tokio::test]
async fn people_are_sent_back_to_addresses_of_the_software_only() {
    let test = TestHub::open_with(std::sync::Arc::new(InProcess::new()), |_| {}).await;
    let ana = test.company("ana@example.com").await;
    let account = test.account(ana.organization, "BE68539007547034", 0).await;
    let token = test.custom_token(ana.organization, &[account]).await;
    let path = format!("/accounts/{account}/reauthorization-requests");
    for bad in ["http://books.example/", "javascript:alert(1)", "https://a@b.example/", "https://books.example/#x", " "]
    {
        let answer = test.call("POST", &path, Some(&token), body(bad)).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "validationError"), "{bad}");
        assert_eq!(answer.json()["errors"][0]["source"]["pointer"], "/data/attributes/redirectUri");
    }
    for bad in [json!([]), json!({ "data": 1 }), json!({ "data": { "attributes": { "redirectUri": 7 } } })] {
        let answer = test.call("POST", &path, Some(&token), Some(bad.clone())).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "validationError"), "{bad}");
    }
    assert_eq!(test.call("POST", &path, Some(&token), body("http://localhost:9/")).await.status, 201);
}
