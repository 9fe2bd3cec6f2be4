//! The OAuth server as somebody meets it who means ill, or who is simply two at once.

use axum::Router;
use axum::body::Body;
use http::StatusCode;
use serde_json::{Value, json};
use vault::{Secret, pkce};

use crate::oauth::{BACK, Request, SECRET, Scene, assert_refused, hidden, param, scene};
use crate::testing::{Answer, basic};

const OTHER_SECRET: &str = "a-secret-of-another-client-0123456789";

/// `POST /oauth2/token` of the books at one of several processes.
async fn token_at(router: Router, fields: &[(&str, &str)]) -> Answer {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = http::Request::post("/oauth2/token")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("authorization", basic("books", SECRET));
    Answer::of(router, request.body(Body::from(body)).unwrap()).await
}

async fn with_another_client(scene: &Scene) -> String {
    let secret = Secret::new(OTHER_SECRET.to_owned());
    scene.test.hub.ensure_application("Other", "other", Some(&secret), &[BACK.to_owned()]).await.unwrap();
    basic("other", OTHER_SECRET)
}

async fn granted(scene: &Scene) -> Value {
    let answer = scene.exchanged(&scene.code(&Request::default(), &scene.accounts).await).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.json()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_processes_with_one_code_one_is_served_and_then_neither() {
    let scene = scene().await;
    let routers = (scene.test.beside().await, scene.test.beside().await);
    let code = scene.code(&Request::default(), &scene.accounts).await;
    let fields = [("grant_type", "authorization_code"), ("code", code.as_str()), ("redirect_uri", BACK)];
    let (one, two) = tokio::join!(token_at(routers.0, &fields), token_at(routers.1, &fields));
    let (served, refused) = if one.status == StatusCode::OK { (one, two) } else { (two, one) };
    assert_eq!((served.status, refused.status), (StatusCode::OK, StatusCode::BAD_REQUEST), "{served:?} {refused:?}");
    assert_refused(&refused, "invalid_grant");
    assert_eq!(
        scene.accounts_of(&served).await.status,
        StatusCode::UNAUTHORIZED,
        "nobody knows which one was the thief"
    );
    assert_refused(&scene.refreshed(&served.json()["refresh_token"]).await, "invalid_grant");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_may_refresh_at_once() {
    let scene = scene().await;
    let routers = (scene.test.beside().await, scene.test.beside().await);
    let first = granted(&scene).await;
    let fields = [("grant_type", "refresh_token"), ("refresh_token", text(&first["refresh_token"]))];
    let (one, two) = tokio::join!(token_at(routers.0, &fields), token_at(routers.1, &fields));
    for answer in [&one, &two] {
        assert_eq!(scene.accounts_of(answer).await.status, StatusCode::OK);
    }
    scene.test.clock.advance_seconds(1500);
    let next = scene.refreshed(&one.json()["refresh_token"]).await;
    let beside = scene.refreshed(&two.json()["refresh_token"]).await;
    assert_eq!((next.status, beside.status), (StatusCode::OK, StatusCode::OK), "both of them go on");
    assert_refused(&scene.refreshed(&first["refresh_token"]).await, "invalid_grant");
    for ended in [next, beside] {
        assert_refused(&scene.refreshed(&ended.json()["refresh_token"]).await, "invalid_grant");
    }
}

#[tokio::test]
async fn a_replay_is_noticed_at_once_when_its_answer_had_arrived() {
    let scene = scene().await;
    let first = granted(&scene).await;
    let second = scene.refreshed(&first["refresh_token"]).await.json();
    let third = scene.refreshed(&second["refresh_token"]).await;
    assert_eq!(third.status, StatusCode::OK);
    assert_refused(&scene.refreshed(&first["refresh_token"]).await, "invalid_grant");
    assert_eq!(scene.accounts_of(&third).await.status, StatusCode::UNAUTHORIZED);
    assert_refused(&scene.refreshed(&third.json()["refresh_token"]).await, "invalid_grant");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_survives_the_end_of_an_integration_while_it_refreshes() {
    let scene = scene().await;
    let (router, organization) = (scene.test.beside().await, scene.ana.organization);
    for _ in 0..5 {
        let token = granted(&scene).await;
        let held = hub::integrations::list(&scene.test.hub, organization).await.unwrap();
        let fields = [("grant_type", "refresh_token"), ("refresh_token", text(&token["refresh_token"]))];
        let end = hub::integrations::revoke(&scene.test.hub, organization, held[0].integration.id);
        let (answer, ended) = tokio::join!(token_at(router.clone(), &fields), end);
        assert!(ended.unwrap());
        if answer.status == StatusCode::OK {
            assert_eq!(scene.accounts_of(&answer).await.status, StatusCode::UNAUTHORIZED);
            assert_refused(&scene.refreshed(&answer.json()["refresh_token"]).await, "invalid_grant");
        } else {
            assert_refused(&answer, "invalid_grant");
        }
    }
}

#[tokio::test]
async fn a_stolen_code_is_nothing_in_another_clients_hands() {
    let scene = scene().await;
    let other = with_another_client(&scene).await;
    let (verifier, challenge) = pkce::new(&scene.test.hub.environment);
    let code = scene.code(&Request { challenge: Some(&challenge), ..Request::default() }, &scene.accounts).await;
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", BACK),
        ("code_verifier", verifier.expose().as_str()),
    ];
    let stolen = scene.test.form("/oauth2/token", &[("authorization", &other)], &fields).await;
    assert_refused(&stolen, "invalid_grant");
    // Injected into the same client's flow of somebody else, whose verifier is another (RFC 9700 section 4.5).
    let (thief, _) = pkce::new(&scene.test.hub.environment);
    let mut injected = fields;
    injected[3].1 = thief.expose();
    assert_refused(&scene.token(&injected).await, "invalid_grant");
    assert_eq!(scene.token(&fields).await.status, StatusCode::OK, "its own client is not harmed");
    assert_refused(&scene.test.form("/oauth2/token", &[("authorization", &other)], &fields).await, "invalid_grant");
}

#[tokio::test]
async fn the_proof_key_cannot_be_talked_down() {
    let scene = scene().await;
    let (_, challenge) = pkce::new(&scene.test.hub.environment);
    let proven = Request { client: "cli", challenge: Some(&challenge), ..Request::default() }.path();
    let without = proven.replace("&code_challenge_method=S256", "");
    for path in [
        without.clone(),
        without.replace(&format!("&code_challenge={challenge}"), ""),
        proven.replace("S256", "plain"),
        proven.replace("S256", "s256"),
        proven.replace(&challenge, ""),
        proven.replace(&challenge, "short"),
        proven.replace(&format!("&code_challenge={challenge}"), ""),
        format!("{proven}&code_challenge=0123456789012345678901234567890123456789012"),
        format!("{proven}&code_challenge_method=plain"),
    ] {
        let answer = scene.browse(&path, Some(&scene.ana.cookie)).await;
        assert_eq!(param(answer.header("location"), "error").as_deref(), Some("invalid_request"), "{path}");
    }
}

#[tokio::test]
async fn addresses_are_not_bent() {
    let scene = scene().await;
    for redirect_uri in [
        "https://books.example/back?tenant=8",
        "https://books.example/back?tenant=7&more=1",
        "https://books.example/back?tenant=7#part",
        "https://books.example/%62ack?tenant=7",
        "https://books.example/x/../back?tenant=7",
        "https://books.example//back?tenant=7",
        "https://BOOKS.example/back?tenant=7",
        "https://books.example./back?tenant=7",
        "https://books.example:443/back?tenant=7",
        "https://books.example@evil.example/back?tenant=7",
        "https://evil.example/https://books.example/back?tenant=7",
        "https:books.example/back?tenant=7",
        "//books.example/back?tenant=7",
        "http://books.example/back?tenant=7",
        "javascript:alert(1)",
        " https://books.example/back?tenant=7",
        "http://127.0.0.1:1/back",
        "http://localhost/back",
        "",
    ] {
        let answer =
            scene.browse(&Request { redirect_uri, ..Request::default() }.path(), Some(&scene.ana.cookie)).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::BAD_REQUEST, ""), "{redirect_uri}");
    }
    // Of two addresses the one that was looked at is the one that is used.
    let twice = format!("{}&redirect_uri=https%3A%2F%2Fevil.example%2F", Request::default().path());
    let answer = scene.browse(&twice, Some(&scene.ana.cookie)).await;
    assert!(answer.header("location").starts_with("https://books.example/back?tenant=7&error=invalid_request"));
}

#[tokio::test]
async fn nobody_is_led_elsewhere_after_logging_in() {
    let scene = scene().await;
    for next in
        ["https://evil.example/", "//evil.example/", "/\\evil.example/", "/\t/evil.example/", "javascript:alert(1)"]
    {
        let fields = [("email", "ana@example.com"), ("password", "correct horse battery"), ("next", next)];
        let answer = scene.test.form("/login", &[], &fields).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/app"), "{next}");
    }
}

#[tokio::test]
async fn what_was_granted_cannot_be_raised() {
    let scene = scene().await;
    let code = scene.code(&Request { scope: "offline_access ai", ..Request::default() }, &scene.accounts).await;
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", BACK),
        ("scope", "offline_access ai name"),
    ];
    let token = scene.token(&fields).await.json();
    assert_eq!(token["scope"], "offline_access ai", "the exchange gives what the person saw");
    let refresh_token = text(&token["refresh_token"]);
    for scope in ["offline_access ai name", "ai pi name", "name", "everything", "pi"] {
        let fields = [("grant_type", "refresh_token"), ("refresh_token", refresh_token), ("scope", scope)];
        assert_refused(&scene.token(&fields).await, "invalid_scope");
    }
    assert_eq!(scene.refreshed(&token["refresh_token"]).await.status, StatusCode::OK, "asking too much ends nothing");
    let custom = scene.test.custom_token(scene.ana.organization, &[scene.accounts[0]]).await;
    assert_eq!(scene.test.get("/integration-accounts", &custom).await.code(), "insufficientScope");
}

#[tokio::test]
async fn one_kind_of_token_is_not_taken_for_another() {
    let scene = scene().await;
    let code = scene.code(&Request::default(), &scene.accounts).await;
    let token = granted(&scene).await;
    let (access, refresh) = (text(&token["access_token"]), text(&token["refresh_token"]));
    for bearer in [refresh, code.as_str(), SECRET, ""] {
        let answer = scene.test.get("/ponto-connect/accounts", bearer).await;
        assert_eq!((answer.status, answer.code().as_str()), (StatusCode::UNAUTHORIZED, "invalidAccessToken"));
    }
    for wrong in [access, code.as_str()] {
        assert_refused(&scene.refreshed(&json!(wrong)).await, "invalid_grant");
    }
    for wrong in [access, refresh] {
        assert_refused(&scene.exchanged(wrong).await, "invalid_grant");
    }
    let address = format!("/ponto-connect/accounts?access_token={access}");
    let in_query = scene.test.call("GET", &address, None, None).await;
    assert_eq!(in_query.status, StatusCode::UNAUTHORIZED, "a token in an address ends in logs");
    for secret in [("code", code.as_str()), ("refresh_token", refresh)] {
        let address = format!("/oauth2/token?grant_type=refresh_token&{}={}", secret.0, secret.1);
        let answer = scene.test.form(&address, &[("authorization", &basic("books", SECRET))], &[]).await;
        assert_refused(&answer, "invalid_request");
    }
    assert_eq!(scene.test.get("/ponto-connect/accounts", access).await.status, StatusCode::OK, "nothing was ended");
}

#[tokio::test]
async fn a_token_is_nothing_to_another_client() {
    let scene = scene().await;
    let other = with_another_client(&scene).await;
    let token = granted(&scene).await;
    for name in ["access_token", "refresh_token"] {
        let field = [("token", text(&token[name]))];
        let told = scene.test.form("/oauth2/introspect", &[("authorization", &other)], &field).await.json();
        assert_eq!(told, json!({ "active": false }));
        assert_eq!(scene.test.form("/oauth2/revoke", &[("authorization", &other)], &field).await.json(), json!({}));
    }
    let fields = [("grant_type", "refresh_token"), ("refresh_token", text(&token["refresh_token"]))];
    assert_refused(&scene.test.form("/oauth2/token", &[("authorization", &other)], &fields).await, "invalid_grant");
    // A public client is whoever says so, and learns nothing of tokens.
    let asked = [("token", text(&token["access_token"])), ("client_id", "cli")];
    assert_refused(&scene.test.form("/oauth2/introspect", &[], &asked).await, "invalid_client");
    assert_eq!(scene.refreshed(&token["refresh_token"]).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_client_cannot_pose_as_another_and_learns_not_which_part_was_wrong() {
    let scene = scene().await;
    with_another_client(&scene).await;
    let own = [("grant_type", "client_credentials")];
    let unknown = scene.test.form("/oauth2/token", &[("authorization", &basic("nobody", SECRET))], &own).await;
    let wrong = scene.test.form("/oauth2/token", &[("authorization", &basic("books", OTHER_SECRET))], &own).await;
    assert_refused(&unknown, "invalid_client");
    assert_eq!((unknown.status, &unknown.body), (wrong.status, &wrong.body));
    // A client with a secret is not one without, and one without has none.
    for (id, secret) in [("books", ""), ("cli", SECRET)] {
        let fields = [("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret)];
        assert_refused(&scene.test.form("/oauth2/token", &[], &fields).await, "invalid_client");
    }
    let mixed = [("grant_type", "client_credentials"), ("client_id", "other"), ("client_secret", OTHER_SECRET)];
    let both = scene.test.form("/oauth2/token", &[("authorization", &basic("books", SECRET))], &mixed).await;
    assert_refused(&both, "invalid_request");
    let twice = [("grant_type", "client_credentials"), ("grant_type", "refresh_token")];
    assert_refused(&scene.token(&twice).await, "invalid_request");
}

#[tokio::test]
async fn a_loss_that_was_not_named_is_asked_about() {
    let scene = scene().await;
    let (first, second) = (scene.accounts[0].to_string(), scene.accounts[1].to_string());
    let third = scene.test.account(scene.ana.organization, "BE43068999999501", 0).await;
    let token =
        scene.exchanged(&scene.code(&Request::default(), &[scene.accounts[0], scene.accounts[1], third]).await).await;
    let name = scene.asked(&Request::default()).await;
    let shown = [&first, &second, &third.to_string()].map(|id| ("shown", id.clone()));
    let with = |fields: &[(&'static str, &str)]| {
        let mut all = shown.to_vec();
        all.extend(fields.iter().map(|(name, value)| (*name, (*value).to_owned())));
        all
    };
    let cookie = &scene.ana.cookie;
    let untick_first = with(&[("decision", "allow"), ("accounts", &second), ("accounts", &third.to_string())]);
    let warned = scene.answer(&name, cookie, &untick_first).await;
    assert_eq!(hidden(&warned.body, "lost"), first);
    // The second goes too, with an agreement that named the first only.
    let more =
        with(&[("decision", "allow"), ("accounts", &third.to_string()), ("confirm_removal", "yes"), ("lost", &first)]);
    let again = scene.answer(&name, cookie, &more).await;
    assert_eq!((again.status, scene.accounts_of(&token).await.ids().len()), (StatusCode::OK, 3));
    assert!(again.body.contains(&format!("name=\"lost\" value=\"{second}\"")), "{}", again.body);
    let named = [more, vec![("lost", second.clone())]].concat();
    assert_eq!(scene.answer(&name, cookie, &named).await.status, StatusCode::SEE_OTHER);
    assert_eq!(scene.accounts_of(&token).await.ids(), [third.to_string()]);
}

#[tokio::test]
async fn accounts_of_others_open_no_integration() {
    let scene = scene().await;
    let bob = scene.test.company("bob@example.com").await;
    let theirs = scene.test.account(bob.organization, "BE43068999999501", 1).await;
    let name = scene.asked(&Request::default()).await;
    let fields = [("decision", "allow".to_owned()), ("accounts", theirs.to_string())];
    assert_eq!(scene.answer(&name, &scene.ana.cookie, &fields).await.status, StatusCode::OK, "it asks again");
    assert!(hub::integrations::list(&scene.test.hub, scene.ana.organization).await.unwrap().is_empty());
}

#[tokio::test]
async fn pages_of_other_sites_cannot_read_the_answers() {
    let scene = scene().await;
    for (method, path) in [
        ("GET", Request::default().path()),
        ("OPTIONS", "/oauth2/auth".to_owned()),
        ("OPTIONS", "/oauth2/token".to_owned()),
        ("POST", "/oauth2/token".to_owned()),
    ] {
        let request = http::Request::builder().method(method).uri(&path).header("origin", "https://evil.example");
        let request = request.header("cookie", &scene.ana.cookie).header("access-control-request-method", "POST");
        let answer = scene.test.send(request.body(Body::empty()).unwrap()).await;
        assert!(answer.headers.keys().all(|name| !name.as_str().starts_with("access-control")), "{method} {path}");
    }
}

#[tokio::test]
async fn the_token_endpoint_reads_no_nonsense() {
    let scene = scene().await;
    let header = basic("books", SECRET);
    for (kind, body) in [
        ("application/json", "[1]"),
        ("application/json", "{\"grant_type\": 1}"),
        ("application/json", "{\"grant_type\": [\"client_credentials\"]}"),
        ("application/json", "{\"grant_type\""),
        ("application/x-www-form-urlencoded", "grant_type"),
        ("application/x-www-form-urlencoded", "\u{0}"),
        ("multipart/form-data; boundary=x", "--x\r\n"),
        ("application/x-www-form-urlencoded", "grant_type=refresh_token"),
        ("application/x-www-form-urlencoded", "grant_type=authorization_code&code=x"),
    ] {
        let request =
            http::Request::post("/oauth2/token").header("content-type", kind).header("authorization", &header);
        assert_refused(&scene.test.send(request.body(Body::from(body)).unwrap()).await, "invalid_request");
    }
    for bad in ["Basic", "Basic !!!", "Bearer x", "Basic eA==", "basic ", "Negotiate abc"] {
        let answer =
            scene.test.form("/oauth2/token", &[("authorization", bad)], &[("grant_type", "client_credentials")]).await;
        assert_refused(&answer, "invalid_client");
    }
    let long = "x".repeat(20_000);
    assert_refused(&scene.token(&[("grant_type", "refresh_token"), ("refresh_token", &long)]).await, "invalid_request");
}
