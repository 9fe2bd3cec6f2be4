//! What an application tells of a customer beforehand, and how far it carries: sign-up, organization, bank, and the
//! application's own name for the customer.

use serde_json::{Value, json};

use crate::dashboard::Walk;
use crate::oauth::{BACK, SECRET, scene};
use crate::testing::{Answer, Company, MEUSE, TestHub, basic};

async fn own_token(test: &TestHub) -> String {
    let header = basic("books", SECRET);
    let path = "/ponto-connect/oauth2/token?grant_type=client_credentials";
    let answer = test.form(path, &[("authorization", &header)], &[]).await.json();
    answer["access_token"].as_str().unwrap().to_owned()
}

async fn told(test: &TestHub, attributes: Value) -> Answer {
    let body = json!({ "data": { "type": "onboarding-details", "attributes": attributes } });
    test.call("POST", "/ponto-connect/onboarding-details", Some(&own_token(test).await), Some(body)).await
}

fn authorize(id: &str) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("response_type", "code").append_pair("client_id", "books");
    query.append_pair("redirect_uri", BACK).append_pair("scope", "offline_access ai");
    query.append_pair("onboarding_details_id", id);
    format!("/oauth2/auth?{}", query.finish())
}

#[tokio::test]
async fn nobody_types_what_the_application_knows() {
    let mut walk = Walk::begin().await;
    let secret = vault::Secret::new(SECRET.to_owned());
    walk.hub.hub.ensure_application("Books", "books", Some(&secret), &[BACK.to_owned()]).await.unwrap();
    let kept = told(
        &walk.hub,
        json!({
            "email": "cleo@example.com", "organizationName": "Cleo Sàrl", "organizationType": "business",
            "addressStreetAddress": "Rue du Pont 3", "addressPostalCode": "4000", "addressCity": "Liège",
            "addressCountry": "BE", "initialFinancialInstitutionId": MEUSE, "partnerReference": "C-17",
            "automaticSubmissionOnCompletedForms": false,
        }),
    )
    .await;
    assert_eq!(kept.status, 201, "{}", kept.body);
    let data = &kept.json()["data"];
    assert_eq!((&data["type"], &data["attributes"]["partnerReference"]), (&json!("onboardingDetails"), &json!("C-17")));
    let id = data["id"].as_str().unwrap();

    let page = walk.open(&authorize(id)).await;
    assert_eq!(page.url.path(), "/sign-up");
    assert!(page.html.contains("value=\"cleo@example.com\""), "{}", page.html);
    let form = page.form("/sign-up").unwrap();
    walk.browser.submit(&form).await.unwrap();
    // The link may be followed hours later.
    walk.hub.clock.advance_seconds(3 * 3600);
    let link = walk.hub.newest_link("cleo@example.com", "/sign-up/").await;
    let page = walk.browser.open(&link).await.unwrap();
    let page = walk.send(&page, "/sign-up/", &[("password", crate::dashboard::PASSWORD)]).await;
    assert_eq!(page.url.path(), "/app/organizations/new");
    for typed in ["Cleo Sàrl", "Rue du Pont 3", "4000", "Liège"] {
        assert!(page.html.contains(&format!("value=\"{typed}\"")), "{typed}: {}", page.html);
    }
    let form = page.form("/app/organizations/new").unwrap();
    let page = walk.browser.submit(&form).await.unwrap();
    assert_eq!(page.url.path(), "/oauth2/auth", "{}", page.text());
    let add = page.links().into_iter().find(|(_, url)| url.path() == "/app/link").unwrap().1;
    assert!(add.query().unwrap().contains(MEUSE), "the bank that the application named comes first: {add}");
    let page = walk.browser.open(add.as_str()).await.unwrap();
    assert!(page.url.path() == format!("/app/link/{MEUSE}") || page.url.path() == "/app/billing", "{}", page.url);
}

#[tokio::test]
async fn the_applications_name_for_a_customer_comes_back_and_an_organization_can_be_wished_for() {
    let scene = scene().await;
    let test = &scene.test;
    let fields = hub::people::OrganizationFields {
        name: "Second".into(),
        kind: "business".into(),
        country: "BE".into(),
        ..hub::people::OrganizationFields::default()
    };
    // Of two organizations the older one is proposed; of the same instant it would be either.
    test.clock.advance_seconds(1);
    let second = hub::people::create_organization(&test.hub, scene.ana.user, &fields).await.unwrap();
    let account = test.account(second, "BE43068999999501", 0).await;
    let kept = told(
        test,
        json!({ "email": "ana@example.com", "partnerReference": "C-18", "requestedOrganisationId": second }),
    )
    .await;
    let id = kept.json()["data"]["id"].as_str().unwrap().to_owned();
    test.give_billing(
        &Company { organization: second, cookie: scene.ana.cookie.clone(), ..scene.ana },
        "Second",
        "second@example.com",
    )
    .await;
    let page = test.page(&authorize(&id), &scene.ana.cookie).await;
    assert!(page.body.contains(&format!("name=\"organization\" value=\"{second}\"")), "{}", page.body);
    let (request, organization, account) = (page.hidden("request"), second.to_string(), account.to_string());
    let fields = [
        ("request", request.as_str()),
        ("organization", &organization),
        ("shown", &account),
        ("accounts", &account),
        ("decision", "allow"),
    ];
    let answer = test.form("/oauth2/auth", &[("cookie", &scene.ana.cookie)], &fields).await;
    assert!(answer.header("location").contains("code="), "{}", answer.body);
    let held = test.get("/ponto-connect/integration-accounts", &own_token(test).await).await.json();
    assert_eq!(held["data"][0]["attributes"]["partnerReference"], "C-18", "{held}");

    // A wish for an organization that the person does not work for, and details of nobody, change nothing.
    let bob = test.company("bob@example.com").await;
    let kept = told(test, json!({ "email": "ana@example.com", "requestedOrganisationId": bob.organization })).await;
    let id = kept.json()["data"]["id"].as_str().unwrap().to_owned();
    let own = scene.ana.organization;
    for id in [id.as_str(), "0192f000-0000-7000-8000-00000000dead", "nonsense"] {
        let page = test.page(&authorize(id), &scene.ana.cookie).await;
        assert!(page.body.contains(&format!("name=\"organization\" value=\"{own}\"")), "{id}: {}", page.body);
    }
}

#[tokio::test]
async fn details_lapse_after_five_minutes_and_mistakes_are_named() {
    let scene = scene().await;
    let test = &scene.test;
    let kept = told(test, json!({ "email": "dora@example.com" })).await;
    let path = authorize(kept.json()["data"]["id"].as_str().unwrap());
    let stranger = async || test.page(&path, "").await.header("location").to_owned();
    assert!(stranger().await.starts_with("/sign-up?email=dora%40example.com&next="));
    // Another application's id is nothing to this one.
    let secret = vault::Secret::new(SECRET.to_owned());
    test.hub.ensure_application("Other", "other", Some(&secret), &[BACK.to_owned()]).await.unwrap();
    let other = test.page(&path.replace("client_id=books", "client_id=other"), "").await;
    assert!(other.header("location").starts_with("/login?next="), "{}", other.header("location"));
    let late = told(test, json!({ "email": "dora@example.com" })).await;
    let path = authorize(late.json()["data"]["id"].as_str().unwrap());
    test.clock.advance_seconds(301);
    assert!(test.page(&path, "").await.header("location").starts_with("/login?next="));

    for (attributes, pointer) in [
        (json!({}), "email"),
        (json!({ "email": "nobody" }), "email"),
        (json!({ "email": "a@b.example", "organizationType": "club" }), "organizationType"),
        (json!({ "email": "a@b.example", "initialFinancialInstitutionId": "7" }), "initialFinancialInstitutionId"),
        (
            json!({ "email": "a@b.example", "skipFinancialInstitutionSelection": "yes" }),
            "skipFinancialInstitutionSelection",
        ),
        (json!({ "email": "a@b.example", "firstName": "x".repeat(201) }), "firstName"),
    ] {
        let answer = told(test, attributes.clone()).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "validationError"), "{attributes}");
        assert_eq!(answer.json()["errors"][0]["meta"]["attribute"], pointer, "{attributes}");
    }
}
