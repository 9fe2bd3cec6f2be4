//! What is used, what it costs, and who pays.

use domain::{AccountId, ApplicationId};
use hub::billing::PayerError;
use hub::billing::usage::{self, Month, Used};
use hub::integrations;

use crate::testing::{Company, TestHub};

const DAY: i64 = 86_400;

async fn used(test: &TestHub, company: &Company, month: &str) -> Used {
    let mut tx = test.hub.db.read().await.unwrap();
    usage::used(&test.hub, &mut tx, company.organization, Month::parse(month).unwrap()).await.unwrap()
}

/// Logs a person in once more, after sessions have ended.
async fn again(test: &TestHub, company: &Company) -> Company {
    let login = hub::people::start_session(&test.hub, company.user, &http::HeaderMap::new()).await.unwrap();
    Company { cookie: crate::testing::cookie_of(&login), ..*company }
}

/// Lets an application read accounts, as the consent page does.
async fn consent(test: &TestHub, company: &Company, application: ApplicationId, accounts: &[AccountId]) {
    let hub = &test.hub;
    let (id, now) = (domain::IntegrationId::new(&hub.environment), test.now());
    let opened: Result<u64, db::DbError> = db::write!(hub.db, tx => {
        let own = company.organization;
        let id = hub::store::integration::open(&mut tx, id, own, application, "ai", now).await?;
        hub::store::integration::add_accounts(&mut tx, own, id, accounts, now).await
    });
    assert_eq!(opened.unwrap(), u64::try_from(accounts.len()).unwrap());
}

#[tokio::test]
async fn an_account_costs_for_each_integration_by_the_day() {
    let test = TestHub::open().await;
    let ana = test.company("ana@example.com").await;
    let own = ana.organization;
    let first = test.account(own, "BE68539007547034", 0).await;
    let second = test.account(own, "BE71096123456769", 0).await;
    assert_eq!(used(&test, &ana, "2026-03").await.lines, [], "in no integration, nothing");
    // 2 March, at noon.
    let script = integrations::create_custom(&test.hub, own, "Script", &[first, second]).await.unwrap();
    test.clock.advance_seconds(14 * DAY);
    integrations::set_accounts(&test.hub, own, script.id, &[first]).await.unwrap();
    integrations::create_custom(&test.hub, own, "Tax", &[first]).await.unwrap();
    let going_on = used(&test, &ana, "2026-03").await;
    assert_eq!(going_on.lines.iter().map(|line| line.days).collect::<Vec<_>>(), [15, 15, 1]);
    // 20 April.
    test.clock.advance_seconds(35 * DAY);
    let march = used(&test, &ana, "2026-03").await;
    let told: Vec<_> =
        march.lines.iter().map(|line| (line.software.as_str(), line.days, line.of_days, line.net_minor)).collect();
    assert_eq!(told, [("Script", 15, 31, 194), ("Script", 30, 31, 387), ("Tax", 16, 31, 206)]);
    assert_eq!((march.net_minor(), march.hundredths(Month::parse("2026-03").unwrap())), (787, 197));
    let ana = again(&test, &ana).await;
    let page = test.page("/app/billing/usage?month=2026-03", &ana.cookie).await;
    for words in ["15 of 31 days × €4.00", "€1.94", "1.97 accounts, without VAT", "€7.87", "Main account …7034"]
    {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    assert!(test.page("/app/billing/usage", &ana.cookie).await.body.contains("20 of 30 days × €4.00"));
    for wrong in ["2026-05", "2026-13", "x"] {
        assert_eq!(test.page(&format!("/app/billing/usage?month={wrong}"), &ana.cookie).await.status, 404);
    }
    let bob = test.company("bob@example.com").await;
    let page = test.page("/app/billing/usage?month=2026-03", &bob.cookie).await;
    assert!(page.body.contains("That costs nothing.") && !page.body.contains("Script"), "{}", page.body);
}

#[tokio::test]
async fn the_maker_of_an_application_pays_for_all_who_use_it_or_each_for_itself() {
    let test = TestHub::open().await;
    let maker = test.company("maker@example.com").await;
    let (ana, bob) = (test.company("ana@example.com").await, test.company("bob@example.com").await);
    let of_ana = test.account(ana.organization, "BE68539007547034", 0).await;
    let of_bob = test.account(bob.organization, "BE71096123456769", 0).await;
    let back = ["https://books.example/".to_owned()];
    let bundled = test.hub.ensure_application("Bundled", "bundled", None, &back).await.unwrap();
    let plain = test.hub.ensure_application("Plain", "plain", None, &back).await.unwrap();
    test.hub.set_payer("bundled", Some(maker.organization)).await.unwrap();
    let nobody = domain::OrganizationId::from_u128(9);
    assert!(matches!(test.hub.set_payer("plain", Some(nobody)).await, Err(PayerError::UnknownOrganization(_))));
    assert!(matches!(test.hub.set_payer("x", None).await, Err(PayerError::UnknownApplication(_))));
    consent(&test, &ana, bundled, &[of_ana]).await;
    consent(&test, &ana, plain, &[of_ana]).await;
    consent(&test, &bob, bundled, &[of_bob]).await;
    let taken = test.hub.set_payer("plain", Some(maker.organization)).await;
    assert!(matches!(taken, Err(PayerError::InUse(_))), "one or the other, never both");
    // A certified application that is registered again keeps who pays for it.
    test.hub.ensure_application("Bundled", "bundled", None, &back).await.unwrap();
    test.clock.advance_seconds(40 * DAY);
    let names = |used: &Used| used.lines.iter().map(|line| line.software.clone()).collect::<Vec<_>>();
    let (of_ana, of_bob) = (used(&test, &ana, "2026-03").await, used(&test, &bob, "2026-03").await);
    assert_eq!((names(&of_ana), names(&of_bob)), (vec!["Plain".to_owned()], vec![]));
    assert_eq!((of_ana.covered.len(), of_bob.covered.len()), (1, 1), "and it is told who does");
    let of_maker = used(&test, &maker, "2026-03").await;
    assert_eq!((names(&of_maker), of_maker.net_minor()), (vec!["Bundled".to_owned(), "Bundled".to_owned()], 774));
    assert!(of_maker.lines[0].account.starts_with("Company of ana@example.com · "), "{:?}", of_maker.lines);
    let page = test.page("/app/billing/usage?month=2026-03", &again(&test, &bob).await.cookie).await;
    assert!(page.body.contains("Paid by the software’s maker"), "{}", page.body);
}
