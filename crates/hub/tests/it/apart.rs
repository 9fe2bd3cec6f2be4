//! The pages keep organizations apart: every address of the table of rights, with the ids of another organization, from
//! an owner who may do everything in their own. A new page is tested by being in the table: the test says so when it does
//! not know what stands for a placeholder.

use std::collections::HashMap;

use hub::people::Right;
use hub::store;
use hub::web::rights::RIGHTS;
use hub::{integrations, link, webhooks};
use serde_json::json;

use crate::files::{STATEMENT, upload};
use crate::testing::{Answer, Company, MEUSE, TestHub};

/// What belongs to nobody: the catalogue of banks, a link whose holder is meant whoever that is, and one's own log-in,
/// which is a person's and not an organization's.
const OPEN: [&str; 5] =
    ["/app/banks/", "/app/institutions/", "/app/link/{institution}", "/app/mandate/", "/app/profile/passkeys/"];

/// What one organization has: the beginning of a route, and the ids that its placeholders stand for.
type Things = HashMap<&'static str, Vec<String>>;

/// The last part of the first link on a page that begins so.
fn id_after(body: &str, begin: &str) -> String {
    let ids = body.split(begin).skip(1).filter_map(|rest| rest.get(..36));
    let mut ids = ids.filter(|id| id.chars().all(|c| c.is_ascii_hexdigit() || c == '-'));
    ids.next().unwrap_or_else(|| panic!("no {begin} in {body}")).to_owned()
}

async fn everything(test: &TestHub, email: &str) -> (Company, Things) {
    let (company, account, token) = test.payer(email, "BE71096123456769").await;
    test.days(32).await;
    let who = Company { cookie: test.log_in(&company).await, ..company };
    let organization = who.organization;
    let invoice = test.invoices(&who).await[0].id.to_string();

    let taken = upload(test, &who, "february.sta", STATEMENT).await;
    let file = id_after(taken.header("location"), "/app/files/");
    let mut tx = test.hub.db.read().await.unwrap();
    let known = store::account::list(&mut tx, organization).await.unwrap();
    let fed = known.iter().find(|known| known.id != account).unwrap().id;
    let (cursor, all) = (store::transaction::Cursor::Newest, store::transaction_list::Filter::default());
    let rows = store::transaction_list::page(&mut tx, organization, fed, all, cursor, 1).await.unwrap().rows;
    drop(tx);
    let (transaction, raw) = (rows[0].id.to_string(), rows[0].raw.unwrap().to_string());

    let made = integrations::create_custom(&test.hub, organization, "Software", &[account]).await.unwrap().id;
    webhooks::set_address(&test.hub, organization, made, "https://software.example/hook").await.unwrap();
    integrations::remove_account(&test.hub, organization, made, account).await.unwrap();
    let event = webhooks::log(&test.hub, organization, made).await.unwrap().events[0].0.id.to_string();

    let bank = domain::InstitutionId::parse(MEUSE).unwrap();
    let attempt = link::start(&test.hub, organization, bank, None, "203.0.113.7".parse().unwrap()).await.unwrap();
    let token =
        if test.get("/accounts", &token).await.status == 200 { token } else { test.token_of(&who, account).await };
    let renewal = json!({ "data": { "attributes": { "redirectUri": "https://software.example/back" } } });
    let path = format!("/accounts/{account}/reauthorization-requests");
    let renewal = test.call("POST", &path, Some(&token), Some(renewal)).await.json();
    let renewal = id_after(renewal["data"]["links"]["redirect"].as_str().unwrap(), "/app/renewals/");

    test.submit(&who, "/app/people/invitations", &[("email", "new@example.com"), ("role", "member")]).await;
    let people = test.page("/app/people", &who.cookie).await.body;
    let invitation = id_after(&people, "/app/people/invitations/");
    let shop = test.company(&format!("shop-{email}")).await;
    let office = test.company(&format!("office-{email}")).await;
    let (mandate, entrusted) = given(test, &who, &shop).await;
    let (own_mandate, _) = given(test, &office, &who).await;
    test.submit(&who, "/app/clients/links", &[("label", "Another")]).await;
    let link = id_after(&test.page("/app/clients", &who.cookie).await.body, "/app/clients/links/");

    let things = HashMap::from([
        ("/app/accounts/{id}", vec![fed.to_string(), raw, transaction]),
        ("/app/files/", vec![file]),
        ("/app/billing/invoices/", vec![invoice]),
        ("/app/integrations/", vec![made.to_string(), event]),
        ("/app/link/attempts/", vec![attempt.authorization.to_string()]),
        ("/app/people/invitations/", vec![invitation]),
        ("/app/people/{user}", vec![who.user.to_string()]),
        ("/app/clients/links/", vec![link]),
        ("/app/clients/{mandate}", vec![mandate, entrusted]),
        ("/app/representatives/", vec![own_mandate]),
        ("/app/renewals/", vec![renewal]),
    ]);
    (who, things)
}

/// A mandate that a customer gave, with its account.
async fn given(test: &TestHub, office: &Company, customer: &Company) -> (String, String) {
    let account = test.account(customer.organization, "BE43068999999501", 1).await.to_string();
    let asked = test.submit(office, "/app/clients/links", &[("label", "The shop")]).await;
    let token = asked.body.split("/app/mandate/").nth(1).unwrap().split(['<', '"']).next().unwrap().to_owned();
    test.submit(customer, &format!("/app/mandate/{token}"), &[("account", &account)]).await;
    let clients = test.page("/app/clients", &office.cookie).await.body;
    (id_after(&clients, "/app/clients/"), account)
}

/// The route with ids for its placeholders; `raw` and `transaction` are the second and third of an account.
fn filled(route: &str, things: &Things) -> String {
    let begins = things.keys().filter(|begin| route.starts_with(**begin)).max_by_key(|begin| begin.len());
    let ids = begins.map(|begin| &things[*begin]).unwrap_or_else(|| panic!("say here what the ids of {route} are"));
    let mut left = ids.iter();
    let part = |part: &str| match part {
        "{transaction}" => ids[2].clone(),
        part if part.starts_with('{') => left.next().unwrap().clone(),
        part => part.to_owned(),
    };
    route.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// Fields that forms need before they look for the thing itself.
async fn ask(test: &TestHub, who: &Company, method: &str, path: &str) -> Answer {
    match method {
        "GET" => test.page(path, &who.cookie).await,
        _ => {
            let fields =
                [("role", "member"), ("name", "Mine"), ("confirm", "yes"), ("address", "https://mine.example/")];
            test.submit(who, path, &fields).await
        }
    }
}

#[tokio::test]
async fn no_page_shows_or_changes_what_is_another_organizations() {
    let test = TestHub::that_bills_beside_banks().await;
    let (bob, things) = everything(&test, "bob@example.com").await;
    let ana = test.company("ana@example.com").await;
    let routes = RIGHTS.iter().filter(|(_, route, _)| route.contains('{'));
    let routes: Vec<_> = routes.filter(|(_, route, _)| !OPEN.iter().any(|open| route.starts_with(open))).collect();
    assert!(routes.len() > 30, "{routes:?}");
    for (method, route, right) in &routes {
        let path = filled(route, &things);
        let answer = ask(&test, &ana, method, &path).await;
        assert_eq!(answer.status.as_u16(), 404, "{method} {path}: {}", answer.body);
        for id in things.values().flatten().filter(|id| !path.contains(id.as_str())) {
            assert!(!answer.body.contains(id.as_str()), "{method} {path} tells {id}");
        }
        // Its own people find every page of these, so nothing above was missing for another reason.
        if *method == "GET" && *right != Right::Manage {
            let own = test.page(&path, &bob.cookie).await;
            assert!(own.status.is_success() || own.status.is_redirection(), "{path}: {} {}", own.status, own.body);
        }
    }
}
