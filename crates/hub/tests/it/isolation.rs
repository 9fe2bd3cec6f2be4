//! Organizations are apart: every route, on both faces, with a token of one and the ids of another. The routes come
//! from the API's own table, so a new one is tested by being there.

use std::collections::HashMap;
use std::sync::Arc;

use domain::{Currency, Environment, SeededEntropy, SimulatedClock, SynchronizationId};
use hub::api::ROUTES;
use hub::store::synchronization::Subtype;
use outbound::InProcess;
use serde_json::json;

use crate::testing::{MEUSE, TestHub, basic};

/// What one organization has, by the names of the placeholders in the routes.
type Ids = HashMap<&'static str, String>;

/// A hub with simulated banks, and the numbers of two accounts at one of them.
async fn with_banks() -> (TestHub, [String; 2]) {
    let network = Arc::new(InProcess::new());
    let clock = SimulatedClock::at("2026-03-02T12:00:00Z".parse().unwrap());
    let environment = Environment::new(clock, SeededEntropy::new(9));
    let banks = sandbox::Sandbox::open(sandbox::Settings::default(), environment).unwrap();
    network.listen("bank.test", Some(banks.router()));
    let accounts = banks.control().accounts("meuse").unwrap();
    let in_euro = accounts.iter().filter(|account| account.currency == Currency::EUR);
    let references: Vec<String> = in_euro.map(|account| account.reference.as_str().to_owned()).take(2).collect();
    (TestHub::open_with(network, |_| {}).await, references.try_into().unwrap())
}

async fn everything(test: &TestHub, email: &str, reference: &str) -> (Ids, String) {
    let company = test.company(email).await;
    let organization = company.organization;
    let account = test.account(organization, reference, 0).await;
    let transaction = test.book(organization, account, 2).await[0];
    let pending = test.announce(organization, account).await;
    let token = test.custom_token(organization, &[account]).await;
    let ip = Some("203.0.113.7".parse().unwrap());
    let asked = hub::sync::request(&test.hub, organization, account, Subtype::AccountTransactions, ip).await;
    let synchronization: SynchronizationId = asked.unwrap();
    let at_bank = format!("/sandbox/financial-institutions/{MEUSE}/financial-institution-accounts/{account}");
    let movements = test.get(&format!("{at_bank}/financial-institution-transactions"), &token).await;
    let movement = if movements.status == 200 { movements.ids()[0].clone() } else { String::new() };
    let ids = HashMap::from([
        ("organization", organization.to_string()),
        ("account", account.to_string()),
        ("transaction", transaction.to_string()),
        ("pending", pending.to_string()),
        ("synchronization", synchronization.to_string()),
        ("institution", MEUSE.to_owned()),
        ("movement", movement),
    ]);
    (ids, token)
}

fn filled(path: &str, ids: &Ids) -> String {
    ids.iter().fold(path.to_owned(), |path, (name, id)| path.replace(&format!("{{{name}}}"), id))
}

fn body(method: &str, path: &str, ids: &Ids) -> Option<serde_json::Value> {
    let attributes = match (method, path) {
        ("post", "/synchronizations") => {
            json!({ "resourceType": "account", "resourceId": ids["account"], "subtype": "accountDetails" })
        }
        ("post", "/accounts/{account}/reauthorization-requests") => json!({ "redirectUri": "https://books.example/" }),
        ("post" | "patch", path) if path.starts_with("/sandbox") => {
            json!({ "amount": 1, "counterpartName": "Somebody" })
        }
        ("post", "/onboarding-details") => json!({ "email": "ana@example.com" }),
        ("post" | "patch", other) => panic!("say here what {method} {other} is sent"),
        _ => return None,
    };
    Some(json!({ "data": { "attributes": attributes } }))
}

/// Routes for an application's own token, tested below by themselves, and those that are public.
fn is_partners(path: &str) -> bool {
    [
        "/integration-accounts",
        "/onboarding-details",
        "/organizations/{organization}/integration",
        "/organizations/{organization}/usage/{month}",
    ]
    .contains(&path)
}

fn is_public(path: &str) -> bool {
    ["/financial-institutions", "/financial-institutions/{institution}"].contains(&path)
}

#[tokio::test]
async fn what_belongs_to_another_organization_is_not_found() {
    let (test, [first, second]) = with_banks().await;
    let (own, token) = everything(&test, "ana@example.com", &first).await;
    let (foreign, _) = everything(&test, "bob@example.com", &second).await;
    assert!(!own["movement"].is_empty() && !foreign["movement"].is_empty());
    for face in ["", "/ponto-connect"] {
        for (method, path) in ROUTES {
            if is_partners(path) || is_public(path) {
                continue;
            }
            let address = format!("{face}{}", filled(path, &foreign));
            let verb = method.to_uppercase();
            let answer = test.call(&verb, &address, Some(&token), body(method, path, &foreign)).await;
            let only_a_bank = path.ends_with("/{institution}/financial-institution-accounts");
            if (path.contains('{') && !only_a_bank) || *method == "post" {
                assert_eq!(answer.status.as_u16(), 404, "{verb} {address}: {}", answer.body);
            }
            // A list of a bank that both use is not of the other organization.
            for (name, id) in foreign.iter().filter(|(name, _)| **name != "institution") {
                assert!(
                    !answer.body.contains(id.as_str()),
                    "{verb} {address} tells the {name} of another organization"
                );
            }
        }
    }
    // The same calls with the own ids work, so the 404 above has no other cause. Deleting comes last.
    let mut routes: Vec<_> = ROUTES.iter().filter(|(_, path)| !is_partners(path)).collect();
    routes.sort_by_key(|(method, _)| *method == "delete");
    for (method, path) in routes {
        let address = filled(path, &own);
        let answer = test.call(&method.to_uppercase(), &address, Some(&token), body(method, path, &own)).await;
        assert!(!address.contains('{'), "{address}");
        assert!(answer.status.is_success(), "{method} {address}: {} {}", answer.status, answer.body);
    }
}

#[tokio::test]
async fn ids_of_one_account_do_not_open_another_of_the_same_organization() {
    let test = TestHub::open().await;
    let ana = test.company("ana@example.com").await;
    let shared = test.account(ana.organization, "BE68539007547034", 1).await;
    let kept = test.account(ana.organization, "BE71096123456769", 0).await;
    let private = test.book(ana.organization, kept, 1).await[0];
    let token = test.custom_token(ana.organization, &[shared]).await;
    for path in [
        format!("/accounts/{kept}"),
        format!("/accounts/{kept}/transactions"),
        format!("/accounts/{kept}/transactions/{private}"),
        format!("/accounts/{shared}/transactions/{private}"),
        format!("/accounts/{kept}/changes"),
    ] {
        assert_eq!(test.get(&path, &token).await.code(), "resourceNotFound", "{path}");
    }
    assert_eq!(test.get("/accounts", &token).await.ids(), [shared.to_string()]);
}

#[tokio::test]
async fn every_route_asks_for_a_token() {
    let (test, [reference, _]) = with_banks().await;
    let (own, token) = everything(&test, "ana@example.com", &reference).await;
    let faces = [("", "credentialsInvalid"), ("/ponto-connect", "invalidAccessToken")];
    for ((face, code), (method, path)) in faces.iter().flat_map(|face| ROUTES.iter().map(move |route| (face, route))) {
        let address = format!("{face}{}", filled(path, &own));
        let verb = method.to_uppercase();
        for wrong in [None, Some("garbage")] {
            let answer = test.call(&verb, &address, wrong, body(method, path, &own)).await;
            if is_public(path) && wrong.is_none() {
                assert_eq!(answer.status, 200, "institutions are public");
            } else {
                assert_eq!((answer.status.as_u16(), answer.code().as_str()), (401, *code), "{verb} {address}");
            }
        }
        if is_partners(path) {
            let answer = test.call(&verb, &address, Some(&token), body(method, path, &own)).await;
            assert_eq!(answer.code(), "insufficientScope", "{verb} {address}");
        }
    }
}

#[tokio::test]
async fn an_application_sees_and_ends_its_own_integrations_only() {
    let test = TestHub::open().await;
    let secret = vault::Secret::new("s".repeat(40));
    for client in ["one", "two"] {
        test.hub.ensure_application(client, client, Some(&secret), &[]).await.unwrap();
    }
    let (_, custom) = everything(&test, "ana@example.com", "BE68539007547034").await;
    let bob = test.company("bob@example.com").await;
    let mut partner = Vec::new();
    for client in ["one", "two"] {
        let header = basic(client, secret.expose());
        let answer = test.form("/oauth2/token?grant_type=client_credentials", &[("authorization", &header)], &[]).await;
        partner.push(answer.json()["access_token"].as_str().unwrap().to_owned());
    }
    assert_eq!(test.get("/ponto-connect/integration-accounts", &partner[0]).await.ids(), Vec::<String>::new());
    assert_eq!(test.get("/accounts", &partner[0]).await.code(), "insufficientScope");
    let address = format!("/ponto-connect/organizations/{}/integration", bob.organization);
    assert_eq!(test.call("DELETE", &address, Some(&partner[1]), None).await.code(), "resourceNotFound");
    assert_eq!(test.get("/accounts", &custom).await.status, 200);
    let usage = format!("/ponto-connect/organizations/{}/usage/2026-03", bob.organization);
    assert_eq!(test.get(&usage, &partner[1]).await.code(), "resourceNotFound", "bob is not a customer");
    let account = test.account(bob.organization, "BE43068999999501", 0).await;
    let application = test.hub.ensure_application("one", "one", Some(&secret), &[]).await.unwrap();
    let (id, now) = (domain::IntegrationId::new(&test.hub.environment), test.now());
    let opened: Result<u64, db::DbError> = db::write!(test.hub.db, tx => {
        hub::store::integration::open(&mut tx, id, bob.organization, application, "ai", now).await?;
        hub::store::integration::add_accounts(&mut tx, bob.organization, id, &[account], now).await
    });
    assert_eq!(opened.unwrap(), 1);
    assert_eq!(test.get(&usage, &partner[1]).await.code(), "resourceNotFound", "a customer of another application");
    let told = test.get(&usage, &partner[0]).await.json();
    let owner = json!({ "data": { "type": "organization", "id": bob.organization } });
    assert_eq!((&told["data"]["type"], &told["data"]["id"]), (&json!("usage"), &json!("2026-03")));
    let attributes = json!({
        "accountCount": 0.03, "totalAccounts": 1, "paymentCount": 0, "bulkPaymentCount": 0, "bulkPaymentBundleCount": 0,
        "paymentAccountCount": 0,
    });
    assert_eq!((&told["data"]["attributes"], &told["relationships"]["organization"]), (&attributes, &owner));
    assert_eq!(test.get(&usage.replace("2026-03", "March"), &partner[0]).await.code(), "resourceNotFound");
    let ended = test.call("DELETE", &address, Some(&partner[0]), None).await.json();
    assert_eq!((&ended["data"]["id"], &ended["data"]["relationships"]["organization"]), (&json!(id), &owner));
    test.clock.advance_seconds(10 * 86_400);
    let header = basic("one", secret.expose());
    let answer = test.form("/oauth2/token?grant_type=client_credentials", &[("authorization", &header)], &[]).await;
    let left = test.get(&usage, answer.json()["access_token"].as_str().unwrap()).await;
    assert_eq!(left.json()["data"]["attributes"]["accountCount"], json!(0.03), "it ended on its first day");
}
