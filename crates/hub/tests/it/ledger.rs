//! Accounts and transactions as people look into them: the proof by day, where a row comes from, and the search.

use domain::{AccountId, BalanceId, BalanceKind, Currency, Date, Money, OrganizationId};
use http::StatusCode;
use hub::store::balance::{self, StoredBalance};

use crate::dashboard::Walk;
use crate::testing::{Answer, Company, TestHub};

const IBAN: &str = "BE68539007547034";

/// A page of the dashboard in the browser of a company.
pub async fn page(hub: &TestHub, company: &Company, path: &str) -> Answer {
    let request = http::Request::builder().uri(path).header("host", "hub.example").header("cookie", &company.cookie);
    hub.send(request.body(axum::body::Body::empty()).unwrap()).await
}

async fn tell(hub: &TestHub, organization: OrganizationId, account: AccountId, told: &[(BalanceKind, Date, i64)]) {
    let now = hub.now();
    let rows: Vec<StoredBalance> = told
        .iter()
        .zip(1..)
        .map(|((kind, on, minor), seq)| StoredBalance {
            id: BalanceId::new(&hub.hub.environment),
            seq,
            kind: *kind,
            on: *on,
            amount: Money::new(*minor, Currency::EUR),
            seen_at: now,
            file: None,
            withdrawn: false,
        })
        .collect();
    let db = &hub.hub.db;
    let written: Result<(), db::DbError> =
        db::write!(db, tx => { balance::append(&mut tx, organization, account, &rows).await });
    written.unwrap();
}

#[tokio::test]
async fn the_first_day_that_does_not_add_up_is_red() {
    let hub = TestHub::open().await;
    let claire = hub.company("claire@atelier.example").await;
    // -12,31 on the 2nd, -12,32 on the 3rd, -12,33 on the 4th of February.
    let account = hub.account(claire.organization, IBAN, 3).await;
    let day = |day| Date::constant(2026, 2, day);
    let (opening, closing) = (BalanceKind::OpeningBooked, BalanceKind::ClosingBooked);
    let told = [
        (opening, day(2), 10_000),
        (closing, day(2), 8_769),
        (closing, day(3), 7_000),
        (closing, day(4), 5_767),
        (opening, day(20), 5_000),
    ];
    tell(&hub, claire.organization, account, &told).await;
    let path = format!("/app/accounts/{account}/proof");
    let answer = page(&hub, &claire, &path).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert_eq!(answer.body.matches("<tr class=\"broken\">").count(), 1, "{}", answer.body);
    let red = answer.body.split("<tr class=\"broken\">").nth(1).unwrap().split("</tr>").next().unwrap();
    assert!(red.contains("Broken") && red.contains("5.37"), "off by 70.00 - (87.69 - 12.32): {red}");
    assert!(answer.body.contains("data-gaps=\"1\""), "the balance of the 20th does not follow: {}", answer.body);
    let mallory = hub.company("mallory@other.example").await;
    assert_eq!(page(&hub, &mallory, &path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_search_knows_amount_direction_and_counterparty() {
    let mut walk = Walk::begin().await;
    walk.enter("claire@atelier.example").await;
    walk.link("Banque de la Meuse").await;
    let rows =
        |page: &browser::Page| page.links().iter().filter(|(_, url)| url.path().contains("/transactions/")).count();
    let all = walk.open("/app/transactions").await;
    assert!(rows(&all) > 10 && all.text().contains("Older"));
    for (wrong, sentence) in [
        ("from=2026-11-20&to=2026-11-10", "The last day lies before the first one."),
        ("from=20/11/2026", "Write a day, such as 2026-03-31."),
        ("least=twelve", "This is no amount"),
    ] {
        let page = walk.open(&format!("/app/transactions?{wrong}")).await;
        assert!(rows(&page) == 0 && page.text().contains(sentence), "{wrong}: {}", page.text());
    }
    let none = walk.open("/app/transactions?least=999999999,00").await;
    assert_eq!(rows(&none), 0, "{}", none.text());
    let money_in = walk.open("/app/transactions?direction=in").await;
    assert!(rows(&money_in) > 0 && !money_in.html.contains("amount out"), "{}", money_in.text());
    let small = walk.open("/app/transactions?least=0,01&most=50&direction=out").await;
    assert!(rows(&small) > 0 && !small.html.contains("amount in"), "{}", small.text());
    assert!(small.html.contains("least=0%2C01"), "the next page asks the same");
    // Fees have nobody on the other side, so the name is taken from a row that has one.
    let sql = "SELECT counterparty FROM transactions WHERE counterparty <> '' ORDER BY id LIMIT 1";
    let party = walk.hub.hub.db.read().await.unwrap().one(sql, &[]).await.unwrap().text("counterparty").unwrap();
    let name = party.split_whitespace().next().unwrap().to_owned();
    let found = walk.open(&format!("/app/transactions?counterparty={name}")).await;
    assert!(rows(&found) > 0, "{name}: {}", found.text());
}

#[tokio::test]
async fn every_row_names_the_answer_that_it_was_read_from() {
    let mut walk = Walk::begin().await;
    walk.enter("claire@atelier.example").await;
    walk.link("Banque de la Meuse").await;
    let account = walk.first_account().await;
    let listed = walk.open(&account).await;
    assert!(listed.text().contains("Last good synchronization") && listed.text().contains("nothing is held up"));
    let proof = walk.open(&format!("{account}/proof")).await;
    assert!(proof.text().contains("Proven") && !proof.html.contains("class=\"broken\""), "{}", proof.text());
    let row = listed.links().into_iter().find(|(_, url)| url.path().contains("/transactions/")).unwrap();
    let one = walk.browser.open(row.1.as_str()).await.unwrap();
    assert!(one.text().contains("fetched while you were there"), "{}", one.text());
    let raw = one.links().into_iter().find(|(_, url)| url.path().contains("/raw/")).unwrap().1;
    let payload = walk.browser.open(raw.as_str()).await.unwrap();
    assert!(payload.status == 200 && payload.html.contains("booked"), "{}", payload.html);
    let page = walk.open("/app/profile").await;
    walk.browser.submit(&page.form("/logout").unwrap()).await.unwrap();
    walk.enter("mallory@other.example").await;
    assert_eq!(walk.browser.open(raw.as_str()).await.unwrap().status, 404);
}
