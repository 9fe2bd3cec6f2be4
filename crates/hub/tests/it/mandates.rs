//! Mandates: a representative sees what the customer chose, for as long as the customer wants.

use serde_json::json;

use crate::testing::{TestHub, basic};

fn token_of(body: &str) -> String {
    body.split("/app/mandate/").nth(1).unwrap().split(['<', '"']).next().unwrap().to_owned()
}

async fn was_told(test: &TestHub, address: &str, sentence: &str) {
    let told = test.mailbox(address).await;
    assert!(told.iter().any(|letter| letter.contains(sentence)), "{sentence} is not in {told:?}");
}

#[tokio::test]
async fn a_customer_chooses_changes_and_ends() {
    let test = TestHub::open().await;
    let (office, customer) = (test.company("office@example.com").await, test.company("shop@example.com").await);
    let shown = test.account(customer.organization, "BE68539007547034", 3).await;
    let hidden = test.account(customer.organization, "BE71096123456769", 2).await;
    let asked = test.submit(&office, "/app/clients/links", &[("label", "The shop")]).await;
    let path = format!("/app/mandate/{}", token_of(&asked.body));
    assert!(
        test.submit(&office, &path, &[("account", &shown.to_string())]).await.body.contains("This link is your own")
    );
    let page = test.page(&path, &customer.cookie).await;
    for said in ["Company of office@example.com asks to see accounts", "costs you €4.00 a month"] {
        assert!(page.body.contains(said), "{}", page.body);
    }
    assert!(test.submit(&customer, &path, &[]).await.body.contains("Tick at least one account"));
    let given = test.submit(&customer, &path, &[("account", &shown.to_string())]).await;
    assert_eq!(given.header("location"), "/app/representatives");
    assert_eq!(test.submit(&customer, &path, &[("account", &hidden.to_string())]).await.status, 410, "once");
    was_told(&test, "office@example.com", "Company of shop@example.com gave you a mandate").await;

    // The representative sees that account, and the other one is not there.
    let list = test.page("/app/clients", &office.cookie).await.body;
    let client = format!(
        "/app/clients/{}",
        list.split("/app/clients/")
            .find(|part| part.len() > 36 && part.as_bytes()[8] == b'-')
            .unwrap()
            .split('"')
            .next()
            .unwrap()
    );
    let page = test.page(&client, &office.cookie).await.body;
    assert!(page.contains(&shown.to_string()) && !page.contains(&hidden.to_string()), "{page}");
    let movements = test.page(&format!("{client}/accounts/{shown}"), &office.cookie).await;
    assert!(movements.body.contains("Invoice 3"), "{}", movements.body);
    for closed in [format!("{client}/accounts/{hidden}"), format!("/app/accounts/{shown}")] {
        assert_eq!(test.page(&closed, &office.cookie).await.status, 404, "{closed}");
    }
    let stranger = test.company("mallory@example.com").await;
    assert_eq!(test.page(&client, &stranger.cookie).await.status, 404);
    assert_eq!(test.page(&client, &customer.cookie).await.status, 404);

    // Its software reads the same, and says for whom.
    let made = test.submit(&office, &format!("{client}/integrations"), &[("name", "Office software")]).await.body;
    was_told(&test, "shop@example.com", "let its software Office software read your accounts").await;
    let secrets: Vec<&str> = made.split("<code>").skip(1).map(|part| part.split('<').next().unwrap()).collect();
    let header = basic(secrets[0], secrets[1]);
    let grant = test.form("/oauth2/token?grant_type=client_credentials", &[("authorization", &header)], &[]).await;
    let token = grant.json()["access_token"].as_str().unwrap().to_owned();
    assert_eq!(test.get("/accounts", &token).await.ids(), [shown.to_string()]);
    let info = test.get("/userinfo", &token).await.json();
    assert_eq!(info["sub"], json!(customer.organization));
    assert_eq!(info["representativeOrganizationId"], json!(office.organization));
    assert_eq!(info["representativeOrganizationName"], json!("Company of office@example.com"));

    // The customer sees it, changes it, and ends it: everything closes at once.
    let page = test.page("/app/representatives", &customer.cookie).await.body;
    assert!(page.contains("Company of office@example.com"), "{page}");
    let mandate = client.rsplit('/').next().unwrap();
    let change = format!("/app/representatives/{mandate}");
    assert_eq!(test.submit(&stranger, &change, &[("account", &hidden.to_string())]).await.status, 404);
    test.submit(&customer, &change, &[("account", &hidden.to_string())]).await;
    assert_eq!(test.get("/accounts", &token).await.ids(), [hidden.to_string()]);
    assert_eq!(test.page(&format!("{client}/accounts/{shown}"), &office.cookie).await.status, 404);
    test.submit(&customer, &format!("{change}/end"), &[]).await;
    assert_eq!(test.get("/accounts", &token).await.status, 401);
    assert_eq!(test.page(&client, &office.cookie).await.status, 404);

    // And the log of the customer tells all of it.
    let log = test.page("/app/audit", &customer.cookie).await.body;
    for said in [
        "gave a mandate",
        "shared accounts with software",
        "looked at an account",
        "ended a mandate",
        "office@example.com (Company of office@example.com)",
    ] {
        assert!(log.contains(said), "{said} is not in {log}");
    }
}

#[tokio::test]
async fn accounts_of_others_cannot_be_put_into_a_mandate() {
    let test = TestHub::open().await;
    let (office, customer) = (test.company("office@example.com").await, test.company("shop@example.com").await);
    let victim = test.company("victim@example.com").await;
    let foreign = test.account(victim.organization, "BE68539007547034", 1).await;
    let asked = test.submit(&office, "/app/clients/links", &[("label", "The shop")]).await;
    let path = format!("/app/mandate/{}", token_of(&asked.body));
    let given = test.submit(&customer, &path, &[("account", &foreign.to_string())]).await;
    assert_eq!(given.status, 200, "no account of the customer is ticked");
    assert!(!test.page("/app/clients", &office.cookie).await.body.contains("Company of shop@example.com"));
}

#[tokio::test]
async fn an_office_gives_a_mandate_back_and_takes_a_link_back() {
    let test = TestHub::open().await;
    let (office, customer) = (test.company("office@example.com").await, test.company("shop@example.com").await);
    let account = test.account(customer.organization, "BE68539007547034", 1).await.to_string();
    let asked = test.submit(&office, "/app/clients/links", &[("label", "The shop")]).await;
    test.submit(&customer, &format!("/app/mandate/{}", token_of(&asked.body)), &[("account", &account)]).await;
    let (clients, _) = hub::people::clients(&test.hub, office.organization).await.unwrap();
    let back = format!("/app/clients/{}/return", clients[0].id);
    assert_eq!(test.submit(&customer, &back, &[]).await.status, 404);
    assert_eq!(test.submit(&office, &back, &[]).await.status, 303);
    assert!(hub::people::given_mandates(&test.hub, customer.organization).await.unwrap().is_empty());
    let asked = test.submit(&office, "/app/clients/links", &[("label", "The shop")]).await;
    let (_, links) = hub::people::clients(&test.hub, office.organization).await.unwrap();
    let withdraw = format!("/app/clients/links/{}/withdraw", links[0].id);
    assert_eq!(test.submit(&customer, &withdraw, &[]).await.status, 404);
    assert_eq!(test.submit(&office, &withdraw, &[]).await.status, 303);
    let path = format!("/app/mandate/{}", token_of(&asked.body));
    assert_eq!(test.page(&path, &customer.cookie).await.status, 410);
}
