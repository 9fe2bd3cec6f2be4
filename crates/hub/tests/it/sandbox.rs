//! Movements that software books at a simulated bank, and that a synchronization then brings.

use hub_api::Discovery;
use pontoconnect_rs::apis::configuration::Configuration;
use pontoconnect_rs::apis::{
    financial_institution_account_api as at_bank, financial_institution_transaction_api as movements,
    onboarding_details_api,
};
use pontoconnect_rs::models::CreateOnboardingDetailsRequest;
use serde_json::{Value, json};

use crate::dashboard::Walk;
use crate::testing::{Answer, MEUSE, TestHub, basic};

/// A company that linked a simulated bank and lets a script read its accounts.
async fn linked() -> (Walk, String, Vec<Value>) {
    let mut walk = Walk::begin().await;
    walk.enter("ana@example.com").await;
    walk.link("Banque de la Meuse").await;
    let header = walk.integrate("Script").await;
    let path = "/oauth2/token?grant_type=client_credentials";
    let token = walk.hub.form(path, &[("authorization", &header)], &[]).await.json();
    let token = token["access_token"].as_str().unwrap().to_owned();
    let accounts = walk.hub.get("/accounts?limit=100", &token).await.json();
    (walk, token, accounts["data"].as_array().unwrap().clone())
}

async fn send(test: &TestHub, method: &str, path: &str, token: &str, attributes: Value) -> Answer {
    test.call(method, path, Some(token), Some(json!({ "data": { "attributes": attributes } }))).await
}

async fn synchronize(test: &TestHub, token: &str, account: &str) {
    let attributes = json!({
        "resourceType": "account", "resourceId": account, "subtype": "accountTransactions",
        "customerIpAddress": "203.0.113.7",
    });
    let asked = send(test, "POST", "/synchronizations", token, attributes).await;
    assert_eq!(asked.status, 201, "{}", asked.body);
    while test.hub.work_once().await.unwrap() {}
    let id = asked.json()["data"]["id"].as_str().unwrap().to_owned();
    let run = test.get(&format!("/synchronizations/{id}"), token).await.json();
    assert_eq!(run["data"]["attributes"]["status"], "success", "{run}");
}

#[tokio::test]
async fn a_booked_movement_is_shown_by_the_next_synchronization() {
    let (walk, token, accounts) = linked().await;
    let test = &walk.hub;
    let account = accounts[0]["id"].as_str().unwrap();
    let listed = format!("/accounts/{account}/transactions?limit=100");
    let before = test.get(&listed, &token).await.ids();
    let list = format!("/sandbox/financial-institutions/{MEUSE}/financial-institution-accounts");
    let path = format!("{list}/{account}/financial-institution-transactions");
    let booked = send(
        test,
        "POST",
        &path,
        &token,
        json!({
            "amount": 12.5, "currency": "EUR", "executionDate": "2026-03-02T00:00:00.000Z",
            "valueDate": "2026-03-01", "description": "Order 17", "remittanceInformationType": "unstructured",
            "remittanceInformation": "For the\nworkshop", "counterpartReference": "BE43068999999501",
        }),
    )
    .await;
    assert_eq!(booked.status, 201, "{}", booked.body);
    let row = booked.json()["data"].clone();
    let told = &row["attributes"];
    assert_eq!((&row["type"], told["amount"].to_string()), (&json!("financialInstitutionTransaction"), "12.50".into()));
    assert_eq!(
        (&told["description"], &told["remittanceInformation"]),
        (&json!("Order 17"), &json!("For the\nworkshop"))
    );
    assert_eq!(told["executionDate"], "2026-03-02T00:00:00.000Z");
    let one = format!("{path}/{}", row["id"].as_str().unwrap());
    assert_eq!(test.get(&one, &token).await.json()["data"], row);
    assert!(test.get(&format!("{path}?limit=100"), &token).await.ids().contains(&row["id"].as_str().unwrap().into()));
    assert_eq!(test.get(&listed, &token).await.ids(), before, "the bank has it, the hub does not yet");

    synchronize(test, &token, account).await;
    let after = test.get(&listed, &token).await.json();
    let newest = &after["data"][0];
    assert_eq!(after["data"].as_array().unwrap().len(), (before.len() + 1).min(100));
    let id = newest["id"].clone();
    assert_eq!(
        (newest["attributes"]["amount"].to_string(), &newest["attributes"]["valueDate"]),
        ("12.50".into(), &json!("2026-03-01T00:00:00.000Z"))
    );
    assert_eq!(newest["attributes"]["remittanceInformation"], "For the\nworkshop");

    // An edit changes the words of the same transaction.
    let edit = json!({ "counterpartName": "Menuiserie", "remittanceInformation": "For the\nyard" });
    let edited = send(test, "PATCH", &one, &token, edit).await;
    assert_eq!((edited.status.as_u16(), &edited.json()["data"]["id"]), (200, &row["id"]), "{}", edited.body);
    let edited = send(test, "PATCH", &one, &token, json!({ "counterpartName": "Another" })).await.json();
    assert_eq!(edited["data"]["attributes"]["counterpartName"], "Menuiserie", "a name that is there stays");
    synchronize(test, &token, account).await;
    let newest = test.get(&listed, &token).await.json()["data"][0].clone();
    assert_eq!((&newest["id"], &newest["attributes"]["counterpartName"]), (&id, &json!("Menuiserie")));
    assert_eq!(newest["attributes"]["remittanceInformation"], "For the\nyard");
}

#[tokio::test]
async fn what_cannot_be_booked_is_explained() {
    let (walk, token, accounts) = linked().await;
    let test = &walk.hub;
    let list = format!("/sandbox/financial-institutions/{MEUSE}/financial-institution-accounts");
    let path = format!("{list}/{}/financial-institution-transactions", accounts[0]["id"].as_str().unwrap());
    for (attributes, pointer) in [
        (json!({}), "/data/attributes/amount"),
        (json!({ "amount": "much" }), "/data/attributes/amount"),
        (json!({ "amount": 1.234 }), "/data/attributes/amount"),
        (json!({ "amount": [1] }), "/data/attributes/amount"),
        (json!({ "amount": 1, "currency": "USD" }), "/data/attributes/currency"),
        (json!({ "amount": 1, "executionDate": "tomorrow" }), "/data/attributes/executionDate"),
        (json!({ "amount": 1, "remittanceInformation": "x".repeat(501) }), "/data/attributes/remittanceInformation"),
    ] {
        let answer = send(test, "POST", &path, &token, attributes.clone()).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "validationError"), "{attributes}");
        assert_eq!(answer.json()["errors"][0]["source"]["pointer"], pointer, "{attributes}");
    }
    for attributes in [json!({ "amount": 1, "executionDate": "2999-01-01" }), json!({ "amount": 1e12 })] {
        let answer = send(test, "POST", &path, &token, attributes).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "validationError"), "{}", answer.body);
    }
    let other = "0192f000-0000-7000-8000-0000000000a2";
    let elsewhere = path.replace(MEUSE, other);
    assert_eq!(test.get(&elsewhere, &token).await.code(), "resourceNotFound", "an account of another bank");
    let real = path.replace(MEUSE, "0192f000-0000-7000-8000-00000000dead");
    assert_eq!(test.get(&real, &token).await.code(), "resourceNotFound");
}

#[tokio::test]
async fn without_simulated_banks_there_is_no_door_to_them() {
    let test =
        TestHub::open_with(std::sync::Arc::new(outbound::InProcess::new()), |settings| settings.sandbox_url = None)
            .await;
    let ana = test.company("ana@example.com").await;
    let account = test.account(ana.organization, "BE68539007547034", 0).await;
    let token = test.custom_token(ana.organization, &[account]).await;
    let path = format!("/sandbox/financial-institutions/{MEUSE}/financial-institution-accounts");
    assert_eq!(test.get(&path, &token).await.code(), "resourceNotFound");
    let discovery: Discovery = serde_json::from_value(test.call("GET", "/", None, None).await.json()).unwrap();
    assert_eq!(discovery.links.sandbox, None);
    // Banks that are offered but do not answer are said to be away.
    let test = TestHub::open().await;
    let ana = test.company("ana@example.com").await;
    let account = test.account(ana.organization, "BE68539007547034", 0).await;
    let token = test.custom_token(ana.organization, &[account]).await;
    let answer = test.get(&path, &token).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (503, "financialInstitutionUnavailable"));
}

/// The strict client that others generated from Ponto's description, over a socket.
#[tokio::test]
async fn a_generated_client_reads_movements_and_tells_of_customers() {
    let (walk, token, accounts) = linked().await;
    let account = accounts[0]["id"].as_str().unwrap();
    let mut client = Configuration::new();
    client.base_path = format!("{}/ponto-connect", walk.hub.listen().await);
    client.oauth_access_token = Some(token);
    let all = at_bank::list_financial_institution_accounts(&client, MEUSE, Some(50.0), None, None).await.unwrap();
    let all = all.data.unwrap();
    let same = all.iter().find(|known| known.id.to_string() == account).unwrap();
    let told = same.attributes.as_deref().unwrap();
    assert!(told.current_balance.is_some() && told.currency.as_deref() == Some("EUR"), "{told:?}");
    let one = at_bank::get_financial_institution_account(&client, MEUSE, account).await.unwrap().data.unwrap();
    assert_eq!(*one, *same);
    // Its models for writing have no envelope, which the API needs; so others write and it reads.
    let path = format!("/sandbox/financial-institutions/{MEUSE}/financial-institution-accounts/{account}");
    let new = json!({ "amount": -7.85, "description": "Small purchase" });
    let path = format!("{path}/financial-institution-transactions");
    let booked = send(&walk.hub, "POST", &path, client.oauth_access_token.as_deref().unwrap(), new).await;
    let id = booked.json()["data"]["id"].as_str().unwrap().to_owned();
    let read = movements::get_financial_institution_transaction(&client, MEUSE, account, &id).await.unwrap();
    let read = read.data.unwrap().attributes.unwrap();
    assert_eq!((read.amount, read.description.as_deref()), (Some(-7.85), Some("Small purchase")));
    let list = movements::list_financial_institution_transactions(&client, MEUSE, account, Some(5.0), None, None).await;
    assert_eq!(list.unwrap().data.unwrap().len(), 5);
    let secret = vault::Secret::new("s".repeat(40));
    walk.hub.hub.ensure_application("Software", "software", Some(&secret), &[]).await.unwrap();
    let header = basic("software", secret.expose());
    let path = "/oauth2/token?grant_type=client_credentials";
    let own = walk.hub.form(path, &[("authorization", &header)], &[]).await.json();
    client.oauth_access_token = Some(own["access_token"].as_str().unwrap().to_owned());
    let mut customer = CreateOnboardingDetailsRequest::new("cleo@example.com".into());
    customer.organization_name = Some("Cleo Sàrl".into());
    customer.partner_reference = Some("C-17".into());
    let kept = onboarding_details_api::create_onboarding_details(&client, Some(customer)).await.unwrap().data.unwrap();
    let told = kept.attributes.unwrap();
    assert_eq!((told.email.as_deref(), told.partner_reference.as_deref()), (Some("cleo@example.com"), Some("C-17")));
}
