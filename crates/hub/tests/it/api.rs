//! The API's envelope and its smaller resources.

use axum::Router;
use axum::body::Body;
use axum::routing::get;
use outbound::InProcess;
use serde_json::{Value, json};

use crate::testing::{Answer, MEUSE, TestHub};

async fn ask(test: &TestHub, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = http::Request::builder().uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    test.send(request.body(Body::empty()).unwrap()).await
}

fn leaves(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => fields.values().for_each(|value| leaves(value, found)),
        Value::String(text) => found.push(text.clone()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => {}
    }
}

#[tokio::test]
async fn every_address_of_the_discovery_documents_is_served() {
    let test = TestHub::open().await;
    for (root, base) in [
        ("/", "https://hub.example/"),
        ("/ponto-connect", "https://hub.example/ponto-connect/"),
        ("/ponto-connect/", "https://hub.example/ponto-connect/"),
    ] {
        let document = ask(&test, root, &[("host", "hub.example")]).await.json();
        let mut addresses = Vec::new();
        leaves(&document["links"], &mut addresses);
        assert!(addresses.len() > 10, "{document}");
        for template in addresses {
            assert!(template.starts_with(base), "{template}");
            // Without its last placeholder, as the Ruby client leaves it, an address ends in a slash.
            let path = template.strip_prefix("https://hub.example").unwrap();
            let id = "0192f000-0000-7000-8000-00000000dead";
            let filled: String = path
                .split('{')
                .map(|part| part.split_once('}').map_or(part.to_owned(), |(_, rest)| format!("{id}{rest}")))
                .collect();
            let answer = ask(&test, &filled, &[("host", "hub.example")]).await;
            let code = if answer.status == 404 { answer.code() } else { String::new() };
            assert!(
                answer.status != 404 || code == "resourceNotFound" && answer.body.contains("\"resource\""),
                "{filled}: {}",
                answer.body
            );
        }
    }
    let browser = ask(&test, "/", &[("accept", "text/html,application/xhtml+xml")]).await;
    assert_eq!((browser.status.as_u16(), browser.header("location")), (303, "/app"));
}

#[tokio::test]
async fn links_lead_to_the_host_that_was_called() {
    let test = TestHub::open().await;
    let accounts = async |test: &TestHub, headers: &[(&str, &str)]| {
        let document = ask(test, "/ponto-connect", headers).await.json();
        document["links"]["userinfo"].as_str().unwrap().strip_suffix("/ponto-connect/userinfo").unwrap().to_owned()
    };
    assert_eq!(accounts(&test, &[("host", "hub.example:443")]).await, "https://hub.example");
    assert_eq!(accounts(&test, &[("host", "localhost:8400")]).await, "http://localhost:8400");
    assert_eq!(accounts(&test, &[("host", "evil.example\"><script>")]).await, "https://hub.example");
    assert_eq!(accounts(&test, &[]).await, "https://hub.example");
    let proxied = [("host", "api.myponto.com"), ("x-forwarded-proto", "https")];
    assert_eq!(accounts(&test, &proxied).await, "http://api.myponto.com", "the header is not believed unasked");
    let trusting =
        TestHub::open_with(std::sync::Arc::new(InProcess::new()), |settings| settings.trust_forwarded_proto = true)
            .await;
    assert_eq!(accounts(&trusting, &proxied).await, "https://api.myponto.com");
}

#[tokio::test]
async fn every_answer_has_an_id_and_every_failure_the_one_form() {
    async fn broken() -> &'static str {
        panic!("a defect on purpose")
    }
    let test = TestHub::open().await.with_pages(Router::new().route("/broken", get(broken)));
    for (method, path, status, code) in [
        ("GET", "/nothing-here", 404, "resourceNotFound"),
        ("GET", "/ponto-connect/nothing-here", 404, "resourceNotFound"),
        ("GET", "/ponto-connect/nothing/here/", 404, "resourceNotFound"),
        ("PUT", "/accounts", 405, "methodNotAllowed"),
        ("DELETE", "/ponto-connect/synchronizations", 405, "methodNotAllowed"),
        ("GET", "/accounts", 401, "credentialsInvalid"),
        ("GET", "/ponto-connect/accounts", 401, "invalidAccessToken"),
        ("GET", "/broken", 500, "internalError"),
    ] {
        let answer = test.call(method, path, None, None).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (status, code), "{method} {path}");
        let told = &answer.json()["errors"][0];
        assert_eq!(told["meta"]["requestId"], answer.header("ibanity-request-id"), "{method} {path}");
        assert!(!told["detail"].as_str().unwrap().is_empty());
        assert_eq!(answer.header("content-type"), "application/json");
        let length = answer.header("content-length");
        assert!(length.is_empty() || length == answer.body.len().to_string(), "{method} {path}");
    }
    assert!(!test.call("GET", "/", None, None).await.header("ibanity-request-id").is_empty());
    let json_api = ask(&test, "/financial-institutions", &[("accept", "application/vnd.api+json")]).await;
    assert_eq!(json_api.header("content-type"), "application/vnd.api+json");
}

#[tokio::test]
async fn an_account_has_what_clients_read_unasked() {
    let test = TestHub::open().await;
    let ana = test.company("ana@example.com").await;
    let account = test.account(ana.organization, "BE68539007547034", 2).await;
    let token = test.custom_token(ana.organization, &[account]).await;
    let list = test.get("/ponto-connect/accounts/", &token).await.json();
    let row = &list["data"][0];
    assert_eq!((&row["type"], &row["id"]), (&json!("account"), &json!(account)));
    assert!(row.get("meta").is_none(), "without a synchronization there is no meta to read into");
    let told = &row["attributes"];
    assert_eq!((&told["reference"], &told["referenceType"]), (&json!("BE68539007547034"), &json!("IBAN")));
    assert_eq!(
        (told["currentBalance"].to_string(), told["availableBalance"].to_string()),
        ("987.65".into(), "900.00".into())
    );
    assert_eq!(told["currentBalanceReferenceDate"], "2026-03-01T00:00:00.000Z");
    assert_eq!(told["authorizedAt"], "2026-03-02T12:00:00.000Z");
    assert_eq!(told["authorizationExpirationExpectedAt"], "2026-08-29T23:59:59.000Z");
    let related = format!("https://hub.example/ponto-connect/accounts/{account}/transactions");
    assert_eq!(row["relationships"]["transactions"]["links"]["related"], related);
    assert_eq!(row["relationships"]["financialInstitution"]["data"]["id"], MEUSE);
    assert_eq!((&list["meta"]["paging"], list["links"]["first"].is_string()), (&json!({ "limit": 10 }), true));
}

#[tokio::test]
async fn a_transaction_is_written_as_the_strictest_client_reads_it() {
    let test = TestHub::open().await;
    let ana = test.company("ana@example.com").await;
    let account = test.account(ana.organization, "BE68539007547034", 1).await;
    let token = test.custom_token(ana.organization, &[account]).await;
    let list = test.get(&format!("/accounts/{account}/transactions?limit=100"), &token).await;
    let row = &list.json()["data"][0];
    let told = &row["attributes"];
    assert_eq!(told["amount"].to_string(), "-12.31", "an exact JSON number");
    assert_eq!(
        (&told["executionDate"], &told["valueDate"]),
        (&json!("2026-02-02T00:00:00.000Z"), &json!("2026-02-02T00:00:00.000Z"))
    );
    assert_eq!(
        (&told["remittanceInformation"], &told["remittanceInformationType"]),
        (&json!("Invoice 1"), &json!("unstructured"))
    );
    assert!(!list.body.contains("null"), "what is absent is left out: {}", list.body);
    assert_eq!(row["relationships"]["account"]["data"]["id"], json!(account));
    let one =
        test.get(&format!("/accounts/{account}/transactions/{}", row["id"].as_str().unwrap()), &token).await.json();
    assert_eq!(&one["data"], row);
}

#[tokio::test]
async fn institutions_are_public_filtered_and_narrowed_by_a_token() {
    let test = TestHub::open().await;
    let names = async |query: &str, token: Option<&str>| {
        let list = test.call("GET", &format!("/financial-institutions{query}"), token, None).await.json();
        let rows = list["data"].as_array().unwrap().clone();
        rows.iter().map(|row| row["attributes"]["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names("", None).await, ["Banque de la Meuse", "Lys Bank", "Crédit de la Seine"]);
    assert_eq!(names("?filter%5Bcountry%5D%5Beq%5D=FR", None).await, ["Crédit de la Seine"]);
    assert_eq!(names("?filter[name][contains]=MEUSE", None).await, ["Banque de la Meuse"]);
    assert_eq!(names("?filter[status][in]=beta,experimental&filter[country][eq]=be", None).await, ["Lys Bank"]);
    assert_eq!(
        names("?filter[colour][eq]=red&filter[name][like]=x", None).await.len(),
        3,
        "unknown filters are ignored"
    );
    let page = test.call("GET", "/financial-institutions?filter[country][eq]=BE&limit=1", None, None).await.json();
    let next = page["links"]["next"].as_str().unwrap().strip_prefix("https://hub.example").unwrap().to_owned();
    let second = test.call("GET", &next, None, None).await.json();
    assert_eq!(
        (second["data"].as_array().unwrap().len(), &second["data"][0]["attributes"]["name"]),
        (1, &json!("Lys Bank"))
    );

    let ana = test.company("ana@example.com").await;
    let account = test.account(ana.organization, "BE68539007547034", 0).await;
    let token = test.custom_token(ana.organization, &[account]).await;
    assert_eq!(names("", Some(&token)).await, ["Banque de la Meuse"]);
    let one = test.call("GET", &format!("/financial-institutions/{MEUSE}"), None, None).await.json();
    assert_eq!(
        (&one["data"]["attributes"]["expectedAuthorizationLifetime"], &one["data"]["attributes"]["paymentsEnabled"]),
        (&json!(180), &json!(false))
    );
}

#[tokio::test]
async fn balances_are_a_feed_of_what_the_bank_asserted() {
    let test = TestHub::open().await;
    let ana = test.company("ana@example.com").await;
    let account = test.account(ana.organization, "BE68539007547034", 0).await;
    let token = test.custom_token(ana.organization, &[account]).await;
    let hub = &test.hub;
    let rows: Vec<_> = (1..=3)
        .map(|seq| hub::store::balance::StoredBalance {
            id: domain::BalanceId::new(&hub.environment),
            seq,
            kind: domain::BalanceKind::ClosingBooked,
            on: domain::Date::constant(2026, 3, 1),
            amount: domain::Money::new(seq * 100, domain::Currency::EUR),
            seen_at: test.now(),
            file: None,
            withdrawn: false,
        })
        .collect();
    let written: Result<(), db::DbError> =
        db::write!(hub.db, tx => { hub::store::balance::append(&mut tx, ana.organization, account, &rows).await });
    written.unwrap();
    let list = test.get(&format!("/accounts/{account}/balances?limit=2"), &token).await.json();
    let amounts: Vec<String> =
        list["data"].as_array().unwrap().iter().map(|row| row["attributes"]["amount"].to_string()).collect();
    assert_eq!(amounts, ["1.00", "2.00"]);
    let first = &list["data"][0]["attributes"];
    assert_eq!(
        (&first["kind"], &first["referenceDate"]),
        (&json!("closingBooked"), &json!("2026-03-01T00:00:00.000Z"))
    );
    let next = list["links"]["next"].as_str().unwrap().strip_prefix("https://hub.example").unwrap();
    let rest = test.get(next, &token).await;
    assert_eq!((rest.ids(), rest.json()["links"].get("next")), (vec!["3".to_owned()], None));
}

#[tokio::test]
async fn an_account_leaves_its_integration_and_stays_with_its_organization() {
    let test = TestHub::open().await;
    let ana = test.company("ana@example.com").await;
    let account = test.account(ana.organization, "BE68539007547034", 1).await;
    let token = test.custom_token(ana.organization, &[account]).await;
    let path = format!("/accounts/{account}");
    let gone =
        test.call("DELETE", &path, Some(&token), Some(json!({ "data": { "type": "account", "id": account } }))).await;
    assert_eq!((gone.status.as_u16(), &gone.json()["data"]["id"]), (200, &json!(account)));
    assert_eq!(test.get(&path, &token).await.status, 404);
    assert_eq!(test.call("DELETE", &path, Some(&token), None).await.status, 404);
    let held = hub::integrations::list(&test.hub, ana.organization).await.unwrap();
    assert!(held[0].accounts.is_empty());
    let changed =
        hub::integrations::set_accounts(&test.hub, ana.organization, held[0].integration.id, &[account]).await.unwrap();
    assert_eq!((changed.added, changed.removed), (1, 0));
    assert_eq!(test.get(&path, &token).await.status, 200, "added again by hand");
}

#[tokio::test]
async fn reading_is_written_down_once_an_hour() {
    let test = TestHub::open().await;
    let ana = test.company("ana@example.com").await;
    let account = test.account(ana.organization, "BE68539007547034", 1).await;
    let token = test.custom_token(ana.organization, &[account]).await;
    let accessed =
        async || hub::integrations::list(&test.hub, ana.organization).await.unwrap()[0].accounts[0].last_accessed_at;
    assert_eq!(accessed().await, None);
    let path = format!("/accounts/{account}/transactions");
    test.get(&path, &token).await;
    let first = accessed().await;
    assert_eq!(first, Some(test.now()));
    test.clock.advance_seconds(1700);
    test.get(&path, &token).await;
    assert_eq!(accessed().await, first);
}

#[tokio::test]
async fn userinfo_is_flat_and_says_that_payments_are_off() {
    let test = TestHub::open().await;
    let ana = test.company("ana@example.com").await;
    let account = test.account(ana.organization, "BE68539007547034", 0).await;
    let token = test.custom_token(ana.organization, &[account]).await;
    let told = test.get("/ponto-connect/userinfo", &token).await.json();
    assert_eq!((&told["sub"], &told["name"]), (&json!(ana.organization), &json!("Company of ana@example.com")));
    assert_eq!((&told["paymentsActivated"], &told["onboardingComplete"]), (&json!(false), &json!(true)));
}

#[tokio::test]
async fn an_unlinked_account_leaves_every_integration_for_good() {
    let test = TestHub::open().await;
    let ana = test.company("ana@example.com").await;
    let account = test.account(ana.organization, "BE68539007547034", 1).await;
    let token = test.custom_token(ana.organization, &[account]).await;
    hub::link::unlink(&test.hub, ana.organization, account).await.unwrap();
    assert!(test.get("/accounts", &token).await.ids().is_empty());
    let hub = &test.hub;
    let (now, until) = (test.now(), domain::Date::constant(2026, 8, 29));
    let linked: Result<(), db::DbError> = db::write!(hub.db, tx => { hub::store::account::activate(&mut tx, ana.organization, account, until, now).await });
    linked.unwrap();
    assert!(test.get("/accounts", &token).await.ids().is_empty(), "linking again is no consent for software");
}

#[tokio::test]
async fn payments_are_refused_in_words_and_accounts_of_others_are_not_found() {
    let test = TestHub::open().await;
    let ana = test.company("ana@example.com").await;
    let account = test.account(ana.organization, "BE68539007547034", 0).await;
    let other = test.account(ana.organization, "BE71096123456769", 0).await;
    let token = test.custom_token(ana.organization, &[account]).await;
    for (method, path) in [
        ("POST", format!("/accounts/{account}/payments")),
        ("GET", format!("/ponto-connect/accounts/{account}/bulk-payments")),
        ("DELETE", format!("/accounts/{account}/payment-requests/{other}")),
        ("POST", "/ponto-connect/payment-activation-requests".to_owned()),
        ("POST", "/payment-request-activation-requests".to_owned()),
    ] {
        let answer = test.call(method, &path, Some(&token), None).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (403, "paymentsNotActivated"), "{path}");
        let code = if path.starts_with("/ponto-connect") { "invalidAccessToken" } else { "credentialsInvalid" };
        assert_eq!(test.call(method, &path, None, None).await.code(), code, "{path}");
    }
    assert_eq!(test.get(&format!("/accounts/{other}/payments"), &token).await.code(), "resourceNotFound");
}
