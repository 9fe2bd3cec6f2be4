//! Refusals in the one form, whoever refuses: a handler, the framework before it, or nobody because it panicked. And the
//! pace of clients.

use axum::Router;
use axum::body::Body;
use axum::routing::get;
use connectors::{InstitutionState, Maintainer};
use domain::InstitutionId;
use http::Request;
use hub::api::ROUTES;
use hub::institutions::{self, Standing};
use outbound::InProcess;
use serde_json::json;

use crate::testing::{Answer, MEUSE, TestHub, basic};

/// The one form: a code, a sentence, and the id that the header has.
fn in_the_one_form(answer: &Answer, status: u16, code: &str, what: &str) {
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (status, code), "{what}: {}", answer.body);
    let told = &answer.json()["errors"][0];
    assert_eq!(told["meta"]["requestId"], answer.header("ibanity-request-id"), "{what}");
    assert!(told["detail"].as_str().is_some_and(|detail| detail.ends_with('.')), "{what}: {told}");
    assert_eq!(answer.header("content-type"), "application/json", "{what}");
}

async fn raw(test: &TestHub, method: &str, path: &str, token: &str, body: impl Into<Body>) -> Answer {
    let request = Request::builder().method(method).uri(path).header("authorization", format!("Bearer {token}"));
    test.send(request.header("content-type", "application/json").body(body.into()).unwrap()).await
}

#[tokio::test]
async fn what_the_framework_refuses_has_the_one_form_too() {
    let test = TestHub::open().await;
    let ana = test.company("ana@example.com").await;
    let account = test.account(ana.organization, "BE68539007547034", 1).await;
    let token = test.custom_token(ana.organization, &[account]).await;
    for face in ["", "/ponto-connect"] {
        let path = |rest: &str| format!("{face}{rest}");
        for broken in ["/accounts/%ff", "/accounts/%ff/transactions", "/synchronizations/%C3%28"] {
            let answer = raw(&test, "GET", &path(broken), &token, Body::empty()).await;
            in_the_one_form(&answer, 400, "validationError", broken);
        }
        let answer = raw(&test, "PUT", &path("/accounts"), &token, Body::empty()).await;
        in_the_one_form(&answer, 405, "methodNotAllowed", "another method");
        let answer = raw(&test, "POST", &path("/webhooks/keys"), &token, Body::empty()).await;
        in_the_one_form(&answer, 405, "methodNotAllowed", "another method of a public address");
        for not_json in ["{\"data\":", "", "\u{feff}{}", &"[".repeat(100_000)] {
            let answer = raw(&test, "POST", &path("/synchronizations"), &token, not_json.to_owned()).await;
            in_the_one_form(&answer, 400, "invalidBody", "no JSON");
        }
        for (not_ours, pointer) in [
            ("[]", "/data/attributes"),
            ("{\"data\":{\"attributes\":7}}", "/data/attributes"),
            ("7", "/data/attributes"),
        ] {
            let answer = raw(&test, "POST", &path("/synchronizations"), &token, not_ours).await;
            in_the_one_form(&answer, 400, "validationError", not_ours);
            assert_eq!(answer.json()["errors"][0]["source"]["pointer"], pointer);
        }
        let latin = raw(&test, "POST", &path("/synchronizations"), &token, b"{\"data\":\"\xe9\"}".to_vec()).await;
        in_the_one_form(&latin, 400, "invalidBody", "JSON is UTF-8");
        let nul = json!({ "data": { "attributes": { "resourceId": account, "subtype": "account\0Details" } } });
        let answer = raw(&test, "POST", &path("/synchronizations"), &token, nul.to_string()).await;
        in_the_one_form(&answer, 400, "validationError", "a NUL");
        let large = raw(&test, "POST", &path("/synchronizations"), &token, vec![b' '; 1024 * 1024 + 1]).await;
        in_the_one_form(&large, 413, "invalidBody", "too large");
    }
    // The OAuth endpoints answer in OAuth's form, and a NUL does not reach the database.
    let answer = test.form("/oauth2/token", &[], &[("client_id", "a\0b"), ("grant_type", "client_credentials")]).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["error"]), (400, &json!("invalid_request")));
    let answer = test.call("GET", "/oauth2/token", None, None).await;
    in_the_one_form(&answer, 405, "methodNotAllowed", "no such method");
}

#[tokio::test]
async fn a_line_of_text_from_below_and_a_panic_have_the_one_form() {
    async fn broken() -> &'static str {
        panic!("a defect on purpose")
    }
    let test = TestHub::open().await.with_pages(Router::new().route("/broken", get(broken)));
    in_the_one_form(&test.call("GET", "/broken", None, None).await, 500, "internalError", "a panic");
    in_the_one_form(&test.call("PATCH", "/broken", None, None).await, 405, "methodNotAllowed", "beside it");
}

#[tokio::test]
async fn a_client_that_asks_too_fast_is_told_when_to_come_back() {
    let test =
        TestHub::open_with(std::sync::Arc::new(InProcess::new()), |settings| settings.requests_per_minute = 6).await;
    let ana = test.company("ana@example.com").await;
    let account = test.account(ana.organization, "BE68539007547034", 0).await;
    let token = test.custom_token(ana.organization, &[account]).await;
    for _ in 0..6 {
        assert_eq!(test.get("/accounts", &token).await.status, 200);
    }
    for face in ["", "/ponto-connect"] {
        let answer = test.get(&format!("{face}/accounts"), &token).await;
        in_the_one_form(&answer, 429, "tooManyRequests", "both faces share an allowance");
        assert_eq!(answer.header("retry-after"), "10");
    }
    let other = test.custom_token(ana.organization, &[account]).await;
    assert_eq!(test.get("/accounts", &other).await.status, 200, "another client has its own");
    test.clock.advance_seconds(9);
    assert_eq!(test.get("/accounts", &token).await.header("retry-after"), "1");
    test.clock.advance_seconds(1);
    assert_eq!(test.get("/accounts", &token).await.status, 200);
    assert_eq!(test.get("/accounts", &token).await.status, 429);

    // Without a good token it is the address that asks.
    for _ in 0..6 {
        assert_eq!(test.get("/accounts", "garbage").await.status, 401);
    }
    assert_eq!(test.get("/accounts", "more garbage").await.status, 429);
    assert_eq!(test.call("GET", "/financial-institutions", None, None).await.status, 429);
    assert_eq!(test.page("/login", "").await.status, 200, "pages for people are not counted");

    // The token endpoint counts a client that has proven who it is, and answers in OAuth's form.
    let made = hub::integrations::create_custom(&test.hub, ana.organization, "Script", &[account]).await.unwrap();
    let header = basic(&made.client_id, made.secret.expose());
    let ask =
        async || test.form("/oauth2/token?grant_type=client_credentials", &[("authorization", &header)], &[]).await;
    for _ in 0..6 {
        assert_eq!(ask().await.status, 200);
    }
    let answer = ask().await;
    assert_eq!((answer.status.as_u16(), answer.header("retry-after")), (429, "10"));
    assert_eq!(answer.json()["error"], "temporarily_unavailable");

    // Whoever has not proven it counts for the address there, too, and takes nothing from the client that it names.
    test.clock.advance_seconds(60);
    let wrong = basic(&made.client_id, "a guess");
    let guess = async |path: &str| {
        let answer = test.form(path, &[("authorization", &wrong)], &[("token", "t"), ("client_id", "a\0b")]).await;
        (answer.status.as_u16(), answer.json()["error"].as_str().unwrap_or_default().to_owned())
    };
    let tries = ["/oauth2/token", "/oauth2/revoke", "/oauth2/introspect"];
    for path in tries.into_iter().chain(tries) {
        assert_eq!(guess(path).await, (400, "invalid_request".into()), "{path}");
    }
    for path in tries {
        assert_eq!(guess(path).await, (429, "temporarily_unavailable".into()), "{path}");
        let answer = test.form(path, &[("authorization", &wrong)], &[]).await;
        assert_eq!((answer.status.as_u16(), answer.header("retry-after")), (429, "10"), "{path}");
    }
    let metadata = test.call("GET", "/.well-known/oauth-authorization-server", None, None).await;
    in_the_one_form(&metadata, 429, "tooManyRequests", "metadata");
    assert_eq!(ask().await.status, 200);

    // A client without a secret proves nothing by its name.
    test.clock.advance_seconds(60);
    test.hub.ensure_application("Command line", "cli", None, &["http://127.0.0.1/back".to_owned()]).await.unwrap();
    let named = async || test.form("/oauth2/revoke", &[], &[("client_id", "cli"), ("token", "t")]).await.status;
    for _ in 0..6 {
        assert_eq!(named().await, 200);
    }
    assert_eq!(named().await, 429);
    assert_eq!(test.get("/accounts", "garbage").await.status, 429, "it is the same address");
}

#[tokio::test]
async fn what_came_through_a_connection_that_the_hub_repairs_is_not_served() {
    let test = TestHub::open().await;
    let ana = test.company("ana@example.com").await;
    let account = test.account(ana.organization, "BE68539007547034", 1).await;
    let token = test.custom_token(ana.organization, &[account]).await;
    let bank = InstitutionId::parse(MEUSE).unwrap();
    let by = |maintainer: Maintainer| Standing {
        state: InstitutionState::Maintenance,
        maintained_by: Some(maintainer),
        replaced_by: None,
    };
    let told = async || {
        let institution = test.call("GET", &format!("/financial-institutions/{MEUSE}"), None, None).await.json();
        institution["data"]["attributes"]["maintenanceType"].as_str().map(str::to_owned)
    };
    assert_eq!(told().await, None);
    institutions::decide(&test.hub, bank, by(Maintainer::Bank)).await.unwrap();
    assert_eq!(told().await.as_deref(), Some("financialInstitution"));
    let path = format!("/accounts/{account}/transactions");
    assert_eq!(test.get(&path, &token).await.status, 200, "the bank is at work: what is stored can be read");

    institutions::decide(&test.hub, bank, by(Maintainer::Hub)).await.unwrap();
    assert_eq!(told().await.as_deref(), Some("internal"));
    let reads = ROUTES.iter().filter(|(method, path)| *method == "get" && path.starts_with("/accounts/{account}"));
    for (_, path) in reads {
        let any = account.to_string();
        let path = ["{account}", "{transaction}", "{pending}"]
            .iter()
            .fold((*path).to_owned(), |path, name| path.replace(name, &any));
        let answer = test.get(&path, &token).await;
        in_the_one_form(&answer, 403, "financialInstitutionUnderMaintenance", &path);
    }
    for (path, attributes) in [
        ("/synchronizations".to_owned(), json!({ "resourceId": account, "subtype": "accountDetails" })),
        (format!("/accounts/{account}/reauthorization-requests"), json!({ "redirectUri": "https://books.example/" })),
    ] {
        let body = json!({ "data": { "attributes": attributes } });
        let answer = test.call("POST", &path, Some(&token), Some(body)).await;
        in_the_one_form(&answer, 403, "financialInstitutionUnderMaintenance", &path);
    }
    // The account stays in the list, so that no client takes it for gone, without a balance.
    let listed = test.get("/accounts", &token).await.json();
    assert_eq!(listed["data"][0]["id"], json!(account));
    assert!(listed["data"][0]["attributes"].get("currentBalance").is_none(), "{listed}");
}

#[tokio::test]
async fn software_that_accepts_whatever_there_is_gets_documents() {
    let test = TestHub::open().await;
    let ask = async |method: &str, path: &str, accept: &str| {
        let request =
            Request::builder().method(method).uri(path).header("host", "hub.example").header("accept", accept);
        test.send(request.body(Body::empty()).unwrap()).await
    };
    let java = "text/html, image/gif, image/jpeg, */*; q=0.2";
    assert!(ask("GET", "/", java).await.json()["links"]["accounts"].is_string());
    in_the_one_form(&ask("GET", "/nothing", java).await, 404, "resourceNotFound", "Java");
    let answer = ask("PUT", "/accounts", java).await;
    in_the_one_form(&answer, 405, "methodNotAllowed", "Java");
    assert_eq!(answer.header("allow"), "GET,HEAD");
    let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    assert_eq!(ask("GET", "/", browser).await.header("location"), "/app");
}

#[tokio::test]
async fn a_page_that_panics_answers_with_a_page() {
    async fn broken() -> &'static str {
        panic!("a defect on purpose")
    }
    let test = TestHub::open().await;
    let messages = std::sync::Arc::new(web::Messages::load(&[(web::Language::En, "")]).unwrap());
    let cookies = web::Cookies::new("hub", true);
    let pages = web::protect(
        Router::new().route("/app/broken", get(broken)),
        web::Protection { product: "Passerelle", messages, cookies },
    );
    let test = test.with_pages(pages);
    let answer = test.page("/app/broken", "").await;
    assert_eq!(answer.status.as_u16(), 500);
    assert!(answer.header("content-type").starts_with("text/html"), "{:?}", answer.headers);
    assert!(answer.body.contains("Something went wrong") && !answer.body.contains("on purpose"), "{}", answer.body);
}
