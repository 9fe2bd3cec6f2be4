//! The OAuth server as clients and browsers meet it.

use domain::AccountId;
use http::StatusCode;
use hub::integrations::Registration;
use serde_json::{Value, json};
use url::Url;
use vault::{Secret, pkce};

use crate::testing::{Answer, Company, PUBLIC_URL, TestHub, basic};

pub const BACK: &str = "https://books.example/back?tenant=7";
pub const SECRET: &str = "a-secret-of-the-books-0123456789";

/// A hub with a certified application, a public one, and a company with two accounts.
pub struct Scene {
    pub test: TestHub,
    pub ana: Company,
    pub accounts: Vec<AccountId>,
}

pub async fn scene() -> Scene {
    let test = TestHub::open().await;
    let secret = Secret::new(SECRET.to_owned());
    let uris = [BACK.to_owned(), "http://127.0.0.1/back".to_owned()];
    test.hub.ensure_application("Books", "books", Some(&secret), &uris).await.unwrap();
    test.hub.ensure_application("Command line", "cli", None, &uris).await.unwrap();
    let ana = test.company("ana@example.com").await;
    let mut accounts = Vec::new();
    for reference in ["BE68539007547034", "BE71096123456769"] {
        accounts.push(test.account(ana.organization, reference, 3).await);
    }
    Scene { test, ana, accounts }
}

pub struct Request<'a> {
    pub client: &'a str,
    pub redirect_uri: &'a str,
    pub scope: &'a str,
    pub challenge: Option<&'a str>,
}

impl Default for Request<'_> {
    fn default() -> Self {
        Request { client: "books", redirect_uri: BACK, scope: "offline_access ai pi name", challenge: None }
    }
}

impl Request<'_> {
    pub fn path(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("response_type", "code").append_pair("client_id", self.client);
        query.append_pair("redirect_uri", self.redirect_uri).append_pair("scope", self.scope);
        query.append_pair("state", "st&te=1");
        if let Some(challenge) = self.challenge {
            query.append_pair("code_challenge", challenge).append_pair("code_challenge_method", "S256");
        }
        format!("/oauth2/auth?{}", query.finish())
    }
}

impl Scene {
    pub async fn browse(&self, path: &str, cookie: Option<&str>) -> Answer {
        let mut request =
            http::Request::builder().uri(path).header("host", "hub.example").header("accept", "text/html");
        if let Some(cookie) = cookie {
            request = request.header("cookie", cookie);
        }
        self.test.send(request.body(axum::body::Body::empty()).unwrap()).await
    }

    /// Opens the consent page and tells the hidden name of its request.
    pub async fn asked(&self, request: &Request<'_>) -> String {
        let page = self.browse(&request.path(), Some(&self.ana.cookie)).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        hidden(&page.body, "request")
    }

    pub async fn answer(&self, request: &str, cookie: &str, fields: &[(&str, String)]) -> Answer {
        let organization = self.ana.organization.to_string();
        let mut all = vec![("request", request), ("organization", organization.as_str())];
        all.extend(fields.iter().map(|(name, value)| (*name, value.as_str())));
        self.test.form("/oauth2/auth", &[("cookie", cookie)], &all).await
    }

    /// Goes the whole way to a code, with these accounts ticked.
    pub async fn code(&self, request: &Request<'_>, ticked: &[AccountId]) -> String {
        let name = self.asked(request).await;
        let mut fields = vec![("decision", "allow".to_owned())];
        fields.extend(ticked.iter().map(|id| ("accounts", id.to_string())));
        let back = self.answer(&name, &self.ana.cookie, &fields).await;
        assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.body);
        param(back.header("location"), "code").expect("an answer that allows brings a code")
    }

    pub async fn token(&self, fields: &[(&str, &str)]) -> Answer {
        self.test.form("/oauth2/token", &[("authorization", &basic("books", SECRET))], fields).await
    }

    pub async fn exchanged(&self, code: &str) -> Answer {
        self.token(&[("grant_type", "authorization_code"), ("code", code), ("redirect_uri", BACK)]).await
    }

    pub async fn refreshed(&self, token: &Value) -> Answer {
        self.token(&[("grant_type", "refresh_token"), ("refresh_token", token.as_str().unwrap())]).await
    }

    pub async fn accounts_of(&self, granted: &Answer) -> Answer {
        self.test.get("/ponto-connect/accounts", granted.json()["access_token"].as_str().unwrap()).await
    }
}

pub fn hidden(body: &str, field: &str) -> String {
    let (_, rest) = body.split_once(&format!("name=\"{field}\" value=\"")).unwrap_or_else(|| panic!("{body}"));
    rest.split_once('"').unwrap().0.to_owned()
}

pub fn param(location: &str, name: &str) -> Option<String> {
    let url = Url::parse(location).unwrap();
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

pub fn assert_refused(answer: &Answer, error: &str) {
    assert_eq!((answer.json()["error"].as_str(), answer.header("cache-control")), (Some(error), "no-store"));
    assert!(answer.status.is_client_error() && !answer.header("ibanity-request-id").is_empty(), "{answer:?}");
}

#[tokio::test]
async fn a_person_logs_in_chooses_accounts_and_goes_back_with_a_code() {
    let scene = scene().await;
    let (verifier, challenge) = pkce::new(&scene.test.hub.environment);
    let request = Request { challenge: Some(&challenge), ..Request::default() };
    let stranger = scene.browse(&request.path(), None).await;
    assert_eq!(stranger.status, StatusCode::SEE_OTHER);
    let next = Url::parse(PUBLIC_URL).unwrap().join(stranger.header("location")).unwrap();
    assert_eq!((next.path(), param(next.as_str(), "next")), ("/login", Some(request.path())));

    let page = scene.browse(&request.path(), Some(&scene.ana.cookie)).await;
    for text in ["Books", "BE68 5390 0754 7034", "BE71 0961 2345 6769", "Banque de la Meuse", "books.example"] {
        assert!(page.body.contains(text), "{text} is missing in {}", page.body);
    }
    assert!(!page.body.contains(" checked"), "nothing was authorised before, so nothing is ticked");

    let fields = [("decision", "allow".to_owned()), ("accounts", scene.accounts[1].to_string())];
    let back = scene.answer(&hidden(&page.body, "request"), &scene.ana.cookie, &fields).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER, "the browser must not send the form on");
    let location = back.header("location").to_owned();
    assert!(location.starts_with("https://books.example/back?tenant=7&"), "{location}");
    assert_eq!(param(&location, "state").as_deref(), Some("st&te=1"));
    assert_eq!(param(&location, "iss").as_deref(), Some(PUBLIC_URL));

    let code = param(&location, "code").unwrap();
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", BACK),
        ("code_verifier", verifier.expose().as_str()),
    ];
    let granted = scene.token(&fields).await;
    let token = granted.json();
    assert_eq!((&token["expires_in"], &token["token_type"]), (&json!(1799), &json!("bearer")));
    assert_eq!(token["scope"], "offline_access ai name", "payments are not offered");
    assert_eq!(scene.accounts_of(&granted).await.ids(), [scene.accounts[1].to_string()]);
}

#[tokio::test]
async fn software_may_wish_for_a_language_and_a_persons_choice_stays() {
    let scene = scene().await;
    let asked = Request::default().path();
    let wished = format!("{asked}&language=nl");
    let answer = scene.browse(&wished, Some(&scene.ana.cookie)).await;
    let through = answer.header("location").to_owned();
    assert!(through.starts_with("/language?to=nl&back="), "{through}");
    let chosen = scene.browse(&through, Some(&scene.ana.cookie)).await;
    let (cookie, back) = (chosen.header("set-cookie").split(';').next().unwrap(), chosen.header("location"));
    assert!(back.starts_with("/oauth2/auth?") && !back.contains("language"), "no loop without cookies: {back}");
    let cookies = format!("{}; {cookie}", scene.ana.cookie);
    let page = scene.browse(back, Some(&cookies)).await;
    assert!(page.status == 200 && page.body.contains("lang=\"nl\""), "{}", page.body);
    let french = scene.browse(&wished.replace("=nl", "=fr"), Some(&cookies)).await;
    assert!(french.status == 200 && french.body.contains("<html lang=\"nl\""), "{}", french.body);
    assert_eq!(scene.browse(&wished.replace("=nl", "=xx"), Some(&scene.ana.cookie)).await.status, 200);
}

#[tokio::test]
async fn refusing_goes_back_with_the_refusal_and_opens_nothing() {
    let scene = scene().await;
    let name = scene.asked(&Request::default()).await;
    let back = scene.answer(&name, &scene.ana.cookie, &[("decision", "deny".to_owned())]).await;
    let location = back.header("location");
    assert_eq!(param(location, "error").as_deref(), Some("access_denied"));
    assert_eq!(param(location, "state").as_deref(), Some("st&te=1"));
    assert!(hub::integrations::list(&scene.test.hub, scene.ana.organization).await.unwrap().is_empty());
    let again = scene.answer(&name, &scene.ana.cookie, &[("decision", "allow".to_owned())]).await;
    assert_eq!(again.status, StatusCode::BAD_REQUEST, "an answered request was answered again");
}

#[tokio::test]
async fn nobody_answers_for_another_person_or_organization() {
    let scene = scene().await;
    let bob = scene.test.company("bob@example.com").await;
    let theirs = scene.test.account(bob.organization, "BE43068999999501", 1).await;
    let name = scene.asked(&Request::default()).await;
    let fields = [("decision", "allow".to_owned()), ("accounts", scene.accounts[0].to_string())];
    let answer = scene.answer(&name, &bob.cookie, &fields).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);

    // Another organization's id in the form of an own request, and another organization's account.
    let foreign = bob.organization.to_string();
    let fields = [
        ("request", name.as_str()),
        ("organization", &foreign),
        ("decision", "allow"),
        ("accounts", &theirs.to_string()),
    ];
    let answer = scene.test.form("/oauth2/auth", &[("cookie", &scene.ana.cookie)], &fields).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    let granted = scene.exchanged(&scene.code(&Request::default(), &[scene.accounts[0], theirs]).await).await;
    assert_eq!(scene.accounts_of(&granted).await.ids(), [scene.accounts[0].to_string()]);
}

#[tokio::test]
async fn a_doubtful_client_or_address_sends_nobody_anywhere() {
    let scene = scene().await;
    let cookie = Some(scene.ana.cookie.as_str());
    for request in [
        Request { client: "unknown", ..Request::default() },
        Request { redirect_uri: "https://books.example/back", ..Request::default() },
        Request { redirect_uri: "https://evil.example/back?tenant=7", ..Request::default() },
    ] {
        let answer = scene.browse(&request.path(), cookie).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::BAD_REQUEST, ""));
    }
    let (_, challenge) = pkce::new(&scene.test.hub.environment);
    for (client, status) in [("cli", StatusCode::OK), ("books", StatusCode::BAD_REQUEST)] {
        let redirect_uri = "http://127.0.0.1:51234/back";
        let local = Request { client, redirect_uri, challenge: Some(&challenge), ..Request::default() };
        assert_eq!(scene.browse(&local.path(), cookie).await.status, status, "native software takes a free port");
    }
}

#[tokio::test]
async fn the_client_is_told_of_its_own_mistakes() {
    let scene = scene().await;
    let cookie = Some(scene.ana.cookie.as_str());
    let good = Request::default().path();
    for (path, error) in [
        (good.replace("response_type=code", "response_type=token"), "unsupported_response_type"),
        (Request { scope: "ai everything", ..Request::default() }.path(), "invalid_scope"),
        (Request { client: "cli", ..Request::default() }.path(), "invalid_request"),
        (format!("{good}&code_challenge=abc&code_challenge_method=plain"), "invalid_request"),
        (format!("{good}&scope=ai"), "invalid_request"),
        (format!("{good}&response_mode=fragment"), "invalid_request"),
    ] {
        let answer = scene.browse(&path, cookie).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
        let location = answer.header("location");
        assert!(location.starts_with("https://books.example/back"), "{location}");
        assert_eq!(param(location, "error").as_deref(), Some(error), "{path}");
        assert_eq!(param(location, "iss").as_deref(), Some(PUBLIC_URL));
    }
}

#[tokio::test]
async fn the_proof_key_must_fit() {
    let scene = scene().await;
    let (verifier, challenge) = pkce::new(&scene.test.hub.environment);
    let (other, _) = pkce::new(&scene.test.hub.environment);
    let proven = Request { challenge: Some(&challenge), ..Request::default() };
    let code = scene.code(&proven, &scene.accounts).await;
    let with = |code: &str, verifier: Option<&str>| {
        let mut fields = vec![
            ("grant_type".to_owned(), "authorization_code".to_owned()),
            ("code".to_owned(), code.to_owned()),
            ("redirect_uri".to_owned(), BACK.to_owned()),
        ];
        fields.extend(verifier.map(|verifier| ("code_verifier".to_owned(), verifier.to_owned())));
        fields
    };
    for verifier in [None, Some(other.expose().as_str()), Some("short")] {
        let fields = with(&code, verifier);
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_refused(&scene.token(&fields).await, "invalid_grant");
    }
    let unproven = scene.code(&Request::default(), &scene.accounts).await;
    let fields = with(&unproven, Some(verifier.expose()));
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_refused(&scene.token(&fields).await, "invalid_grant");
    let fields = with(&code, Some(verifier.expose()));
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(scene.token(&fields).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_public_client_uses_its_proof_key_instead_of_a_secret() {
    let scene = scene().await;
    let (verifier, challenge) = pkce::new(&scene.test.hub.environment);
    let request = Request { client: "cli", challenge: Some(&challenge), ..Request::default() };
    let code = scene.code(&request, &scene.accounts).await;
    let mut fields =
        vec![("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", BACK), ("client_id", "cli")];
    fields.push(("code_verifier", verifier.expose()));
    let granted = scene.test.form("/oauth2/token", &[], &fields).await;
    assert_eq!(granted.status, StatusCode::OK, "{}", granted.body);
    let own =
        scene.test.form("/oauth2/token", &[], &[("grant_type", "client_credentials"), ("client_id", "cli")]).await;
    assert_refused(&own, "unauthorized_client");
}

#[tokio::test]
async fn a_code_works_once_for_its_client_and_address_and_for_two_minutes() {
    let scene = scene().await;
    let code = scene.code(&Request::default(), &scene.accounts).await;
    let other_address =
        [("grant_type", "authorization_code"), ("code", code.as_str()), ("redirect_uri", "https://books.example/")];
    assert_refused(&scene.token(&other_address).await, "invalid_grant");
    let granted = scene.exchanged(&code).await;
    assert_eq!(granted.status, StatusCode::OK);
    assert_eq!(scene.accounts_of(&granted).await.status, StatusCode::OK);
    assert_refused(&scene.exchanged(&code).await, "invalid_grant");
    assert_eq!(
        scene.accounts_of(&granted).await.code(),
        "invalidAccessToken",
        "the replay ended what the code had given"
    );
    assert_refused(&scene.refreshed(&granted.json()["refresh_token"]).await, "invalid_grant");

    let late = scene.code(&Request::default(), &scene.accounts).await;
    scene.test.clock.advance_seconds(121);
    assert_refused(&scene.exchanged(&late).await, "invalid_grant");
}

#[tokio::test]
async fn refresh_tokens_rotate_forgive_a_lost_answer_and_punish_a_replay() {
    let scene = scene().await;
    let first = scene.exchanged(&scene.code(&Request::default(), &scene.accounts).await).await.json();
    scene.test.clock.advance_seconds(1800);
    let old = scene.test.get("/ponto-connect/accounts", first["access_token"].as_str().unwrap()).await;
    assert_eq!((old.status, old.code().as_str()), (StatusCode::UNAUTHORIZED, "invalidAccessToken"));
    assert!(old.header("www-authenticate").starts_with("Bearer"));

    let second = scene.refreshed(&first["refresh_token"]).await;
    assert_eq!(scene.accounts_of(&second).await.ids().len(), 2);
    scene.test.clock.advance_seconds(30);
    let lost_answer = scene.refreshed(&first["refresh_token"]).await;
    assert_eq!(lost_answer.status, StatusCode::OK, "an answer that got lost may be asked for again");
    scene.test.clock.advance_seconds(1);
    assert_refused(&scene.refreshed(&first["refresh_token"]).await, "invalid_grant");
    for granted in [&second, &lost_answer] {
        assert_eq!(scene.accounts_of(granted).await.status, StatusCode::UNAUTHORIZED);
        assert_refused(&scene.refreshed(&granted.json()["refresh_token"]).await, "invalid_grant");
    }
}

#[tokio::test]
async fn a_refresh_may_narrow_and_another_client_may_not_refresh() {
    let scene = scene().await;
    let first = scene.exchanged(&scene.code(&Request::default(), &scene.accounts).await).await.json();
    let refresh_token = first["refresh_token"].as_str().unwrap();
    let stolen = [("grant_type", "refresh_token"), ("refresh_token", refresh_token), ("client_id", "cli")];
    assert_refused(&scene.test.form("/oauth2/token", &[], &stolen).await, "invalid_grant");
    let narrow = [("grant_type", "refresh_token"), ("refresh_token", refresh_token), ("scope", "ai")];
    let narrowed = scene.token(&narrow).await;
    assert_eq!(narrowed.json()["scope"], "ai");
    let userinfo = scene.test.get("/userinfo", narrowed.json()["access_token"].as_str().unwrap()).await.json();
    assert_eq!((&userinfo["sub"], userinfo.get("name")), (&json!(scene.ana.organization), None));
    let full = scene.refreshed(&narrowed.json()["refresh_token"]).await;
    let userinfo = scene.test.get("/userinfo", full.json()["access_token"].as_str().unwrap()).await.json();
    assert_eq!(userinfo["name"], "Company of ana@example.com");
}

#[tokio::test]
async fn handing_back_the_refresh_token_ends_the_integration() {
    let scene = scene().await;
    let granted = scene.exchanged(&scene.code(&Request::default(), &scene.accounts).await).await;
    let header = basic("books", SECRET);
    let revoke = async |token: &str, header: &str| {
        scene.test.form("/ponto-connect/oauth2/revoke", &[("authorization", header)], &[("token", token)]).await
    };
    let token = granted.json();
    let secret = Secret::new("other-secret".to_owned());
    scene.test.hub.ensure_application("Other", "other", Some(&secret), &[BACK.to_owned()]).await.unwrap();
    let foreign = revoke(token["refresh_token"].as_str().unwrap(), &basic("other", "other-secret")).await;
    assert_eq!((foreign.status, scene.accounts_of(&granted).await.status), (StatusCode::OK, StatusCode::OK));

    assert_eq!(revoke(token["access_token"].as_str().unwrap(), &header).await.json(), json!({}));
    assert_eq!(scene.accounts_of(&granted).await.status, StatusCode::UNAUTHORIZED);
    let granted = scene.refreshed(&token["refresh_token"]).await;
    assert_eq!(scene.accounts_of(&granted).await.status, StatusCode::OK, "an access token ends alone");

    assert_eq!(revoke(granted.json()["refresh_token"].as_str().unwrap(), &header).await.status, StatusCode::OK);
    assert_eq!(scene.accounts_of(&granted).await.status, StatusCode::UNAUTHORIZED);
    assert!(hub::integrations::list(&scene.test.hub, scene.ana.organization).await.unwrap().is_empty());
    assert_eq!(revoke("never-was", &header).await.status, StatusCode::OK);
}

#[tokio::test]
async fn every_way_that_clients_ask_for_their_own_token() {
    let scene = scene().await;
    let made = hub::integrations::create_custom(&scene.test.hub, scene.ana.organization, "Odoo", &scene.accounts)
        .await
        .unwrap();
    let (id, secret) = (made.client_id.as_str(), made.secret.expose().as_str());
    let header = basic(id, secret);
    let in_body = [("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret)];
    let json_body =
        json!({ "grant_type": "client_credentials", "client_id": id, "client_secret": secret, "scope": null });
    let answers = [
        scene.test.form("/oauth2/token?grant_type=client_credentials", &[("authorization", &header)], &[]).await,
        scene
            .test
            .form(
                "/ponto-connect/oauth2/token/",
                &[("authorization", &header)],
                &[("grant_type", "client_credentials")],
            )
            .await,
        scene.test.form("/oauth2/token", &[], &in_body).await,
        scene.test.call("POST", "/oauth2/token", None, Some(json_body)).await,
    ];
    for answer in &answers {
        assert_eq!((answer.status, answer.header("cache-control")), (StatusCode::OK, "no-store"), "{}", answer.body);
        assert_eq!((&answer.json()["expires_in"], answer.json().get("refresh_token")), (&json!(1799), None));
        assert_eq!(scene.accounts_of(answer).await.ids().len(), 2);
    }
    let wrong = scene
        .test
        .form("/oauth2/token?grant_type=client_credentials", &[("authorization", &basic(id, "x"))], &[])
        .await;
    assert_refused(&wrong, "invalid_client");
    assert_eq!((wrong.status, wrong.header("www-authenticate").starts_with("Basic")), (StatusCode::UNAUTHORIZED, true));
    let in_query = format!("/oauth2/token?grant_type=client_credentials&client_id={id}&client_secret={secret}");
    assert_refused(&scene.test.form(&in_query, &[], &[]).await, "invalid_client");
    assert_refused(
        &scene.test.form("/oauth2/token", &[("authorization", &header)], &[("grant_type", "password")]).await,
        "unsupported_grant_type",
    );
    assert_refused(&scene.test.form("/oauth2/token", &[("authorization", &header)], &[]).await, "invalid_request");
}

#[tokio::test]
async fn a_renewed_secret_leaves_the_old_one_a_day() {
    let scene = scene().await;
    let organization = scene.ana.organization;
    let made = hub::integrations::create_custom(&scene.test.hub, organization, "Odoo", &scene.accounts).await.unwrap();
    let renewed = hub::integrations::renew_secret(&scene.test.hub, organization, made.id).await.unwrap();
    let with = async |secret: &str| {
        let header = basic(&made.client_id, secret);
        scene.test.form("/oauth2/token?grant_type=client_credentials", &[("authorization", &header)], &[]).await.status
    };
    assert_eq!(
        (with(made.secret.expose()).await, with(renewed.secret.expose()).await),
        (StatusCode::OK, StatusCode::OK)
    );
    scene.test.clock.advance_seconds(24 * 3600);
    assert_eq!(with(made.secret.expose()).await, StatusCode::UNAUTHORIZED);
    assert_eq!(with(renewed.secret.expose()).await, StatusCode::OK);
    assert!(hub::integrations::revoke(&scene.test.hub, organization, made.id).await.unwrap());
    assert_eq!(with(renewed.secret.expose()).await, StatusCode::UNAUTHORIZED, "an ended integration is no client");
}

#[tokio::test]
async fn an_earlier_choice_is_kept_and_a_loss_is_named_before_it_happens() {
    let scene = scene().await;
    let (first, second) = (scene.accounts[0], scene.accounts[1]);
    let granted = scene.exchanged(&scene.code(&Request::default(), &[first]).await).await;
    // Only the other account is ticked, on a page that did not show the first: it stays.
    scene.code(&Request::default(), &[second]).await;
    assert_eq!(scene.accounts_of(&granted).await.ids().len(), 2);

    let page = scene.browse(&Request::default().path(), Some(&scene.ana.cookie)).await;
    assert_eq!(page.body.matches(" checked").count(), 2, "what is authorised is ticked: {}", page.body);
    let name = hidden(&page.body, "request");
    let unticked = |confirmed: bool| {
        let mut fields = vec![("decision", "allow".to_owned()), ("accounts", second.to_string())];
        fields.extend([("shown", first.to_string()), ("shown", second.to_string())]);
        fields.extend(confirmed.then(|| ("confirm_removal", "yes".to_owned())));
        fields.extend(confirmed.then(|| ("lost", first.to_string())));
        fields
    };
    let warned = scene.answer(&name, &scene.ana.cookie, &unticked(false)).await;
    assert_eq!(warned.status, StatusCode::OK);
    let (_, alert) = warned.body.split_once("role=\"alert\"").unwrap_or_else(|| panic!("{}", warned.body));
    let (alert, _) = alert.split_once("confirm_removal").unwrap_or_else(|| panic!("{}", warned.body));
    assert!(alert.contains("BE68 5390 0754 7034") && !alert.contains("BE71"), "the loss is named: {alert}");
    assert_eq!(scene.accounts_of(&granted).await.ids().len(), 2, "nothing is lost before the person agrees");
    let back = scene.answer(&name, &scene.ana.cookie, &unticked(true)).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER);
    assert_eq!(scene.accounts_of(&granted).await.ids(), [second.to_string()]);
}

#[tokio::test]
async fn allowing_without_an_account_asks_again() {
    let scene = scene().await;
    let name = scene.asked(&Request::default()).await;
    let again = scene.answer(&name, &scene.ana.cookie, &[("decision", "allow".to_owned())]).await;
    assert_eq!(again.status, StatusCode::OK);
    assert!(again.body.contains("role=\"alert\""), "{}", again.body);
    assert!(hub::integrations::list(&scene.test.hub, scene.ana.organization).await.unwrap().is_empty());
}

#[tokio::test]
async fn introspection_tells_a_client_of_its_own_tokens_only() {
    let scene = scene().await;
    let granted = scene.exchanged(&scene.code(&Request::default(), &scene.accounts).await).await.json();
    let access = granted["access_token"].as_str().unwrap();
    let asked = async |header: &str| {
        scene.test.form("/oauth2/introspect", &[("authorization", header)], &[("token", access)]).await.json()
    };
    let told = asked(&basic("books", SECRET)).await;
    assert_eq!(
        (&told["active"], &told["client_id"], &told["sub"]),
        (&json!(true), &json!("books"), &json!(scene.ana.organization))
    );
    assert_eq!(told["exp"].as_i64().unwrap() - told["iat"].as_i64().unwrap(), 1799);
    let secret = Secret::new("other-secret".to_owned());
    scene.test.hub.ensure_application("Other", "other", Some(&secret), &[]).await.unwrap();
    assert_eq!(asked(&basic("other", "other-secret")).await, json!({ "active": false }));
    scene.test.clock.advance_seconds(1799);
    assert_eq!(asked(&basic("books", SECRET)).await, json!({ "active": false }));
}

#[tokio::test]
async fn the_metadata_names_what_is_served() {
    let scene = scene().await;
    let metadata = scene.test.call("GET", "/.well-known/oauth-authorization-server", None, None).await.json();
    assert_eq!(metadata["issuer"], PUBLIC_URL);
    for name in ["token_endpoint", "revocation_endpoint", "introspection_endpoint"] {
        let path = metadata[name].as_str().unwrap().strip_prefix(PUBLIC_URL).unwrap();
        let answer = scene.test.form(path, &[], &[]).await;
        assert_refused(&answer, "invalid_client");
    }
    assert_eq!(scene.browse("/oauth2/auth", None).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn registering_an_application_again_updates_it_and_keeps_its_integrations() {
    let scene = scene().await;
    let granted = scene.exchanged(&scene.code(&Request::default(), &scene.accounts).await).await;
    let uris = ["http://books.example/".to_owned()];
    let secret = Secret::new(SECRET.to_owned());
    let refused = scene.test.hub.ensure_application("Books", "books", Some(&secret), &uris).await;
    assert!(refused.is_err(), "codes must not travel in the open");
    scene.test.hub.ensure_application("Books 2", "books", Some(&secret), &[BACK.to_owned()]).await.unwrap();
    assert_eq!(scene.accounts_of(&granted).await.status, StatusCode::OK);
    let held = hub::integrations::list(&scene.test.hub, scene.ana.organization).await.unwrap();
    assert_eq!((held.len(), held[0].integration.application_name.as_str()), (1, "Books 2"));
}

#[tokio::test]
async fn the_operator_registers_software_whose_secret_stays_until_it_is_renewed() {
    let scene = scene().await;
    let mut wanted = Registration {
        name: "Ledger".into(),
        client_id: "ledger".into(),
        redirect_uris: vec![BACK.into()],
        native: false,
        new_secret: false,
    };
    let (id, secret) = scene.test.hub.register_application(&wanted).await.unwrap();
    let secret = secret.unwrap();
    let works = async |secret: &str| {
        let header = basic("ledger", secret);
        scene.test.form("/oauth2/token?grant_type=client_credentials", &[("authorization", &header)], &[]).await.status
    };
    wanted.name = "Ledger 2".into();
    let (again, none) = scene.test.hub.register_application(&wanted).await.unwrap();
    assert!(again == id && none.is_none() && works(secret.expose()).await == StatusCode::OK);
    wanted.new_secret = true;
    let (_, renewed) = scene.test.hub.register_application(&wanted).await.unwrap();
    let both = (works(secret.expose()).await, works(renewed.unwrap().expose()).await);
    assert_eq!(both, (StatusCode::OK, StatusCode::OK), "a day to change over");
    scene.test.clock.advance_seconds(24 * 3600);
    assert_eq!(works(secret.expose()).await, StatusCode::UNAUTHORIZED);

    let organization = scene.ana.organization;
    let custom = hub::integrations::create_custom(&scene.test.hub, organization, "Own", &[]).await.unwrap();
    wanted.client_id = custom.client_id;
    let taken = scene.test.hub.register_application(&wanted).await;
    assert!(matches!(taken, Err(hub::integrations::ApplicationError::Taken(_))), "an organization's own");
}

#[tokio::test]
async fn the_page_cannot_be_framed_and_tells_no_referrer() {
    let scene = scene().await;
    let page = scene.browse(&Request::default().path(), Some(&scene.ana.cookie)).await;
    assert!(page.header("content-security-policy").contains("frame-ancestors 'none'"));
    assert!(["same-origin", "no-referrer"].contains(&page.header("referrer-policy")));
    assert_eq!(page.header("cache-control"), "no-store");
    let name = hidden(&page.body, "request");
    let elsewhere =
        [("cookie", scene.ana.cookie.as_str()), ("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")];
    let organization = scene.ana.organization.to_string();
    let account = scene.accounts[0].to_string();
    let fields =
        [("request", name.as_str()), ("organization", &organization), ("decision", "allow"), ("accounts", &account)];
    let forged = scene.test.form("/oauth2/auth", &elsewhere, &fields).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
}

/// The page that goes through RFC 9700 names a test for each point; each must exist.
#[test]
fn the_security_page_names_tests_that_exist() {
    let page = include_str!("../../../../docs/security/oauth.md");
    let sources = [
        ("api", include_str!("api.rs")),
        ("attacks", include_str!("attacks.rs")),
        ("isolation", include_str!("isolation.rs")),
        ("oauth", include_str!("oauth.rs")),
    ];
    let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("| 2") || line.starts_with("| 4")).collect();
    assert!(rows.len() > 30, "the table is gone");
    for row in rows {
        let names = row.trim_end_matches(" |").rsplit('|').next().unwrap().trim();
        for name in names.split(", ").map(|name| name.trim_matches('`')) {
            let (module, test) = name.split_once("::").unwrap_or_else(|| panic!("{row}"));
            let (_, source) = sources.iter().find(|(known, _)| *known == module).unwrap_or_else(|| panic!("{row}"));
            let (before, _) = source.split_once(&format!("\nasync fn {test}()")).unwrap_or_else(|| panic!("no {name}"));
            assert!(before.lines().next_back().unwrap().starts_with("#[tokio::test"), "{name} is no test");
        }
    }
}

#[tokio::test]
async fn whom_to_bill_is_asked_before_software_reads_an_account_that_a_file_made() {
    let scene = scene().await;
    let test = &scene.test;
    let bob = test.newcomer("bob@example.com").await;
    let account = test.account(bob.organization, "BE62510007547061", 0).await;
    let request = Request::default();
    let page = scene.browse(&request.path(), Some(&bob.cookie)).await;
    assert!(page.body.contains("we need to know where invoices go"), "{}", page.body);
    // The way on makes the organization of the page the one at work, and comes back to the page.
    let (_, way) = page.body.split_once("name=\"next\" value=\"/app/billing?next=").unwrap();
    let back = way.split_once('"').unwrap().0.to_owned();
    let switch = [("organization", bob.organization.to_string()), ("next", format!("/app/billing?next={back}"))];
    let switch: Vec<(&str, &str)> = switch.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let led = test.form("/app/organizations/switch", &[("cookie", &bob.cookie)], &switch).await;
    assert_eq!((led.status.as_u16(), led.header("location")), (303, switch[1].1));
    // Whoever allows all the same is asked again, and nothing is read.
    let name = hidden(&page.body, "request");
    let organization = bob.organization.to_string();
    let id = account.to_string();
    let fields =
        [("request", name.as_str()), ("organization", &organization), ("decision", "allow"), ("accounts", &id)];
    let refused = test.form("/oauth2/auth", &[("cookie", &bob.cookie)], &fields).await;
    assert!(refused.status == 200 && refused.body.contains("Give billing information"), "{}", refused.body);
    assert!(hub::integrations::list(&test.hub, bob.organization).await.unwrap().is_empty());
    // Software of its own: the form comes back as it was filled in.
    let made = test.submit(&bob, "/app/integrations/new", &[("name", "My script"), ("account", &id)]).await;
    let way = made.header("location").to_owned();
    assert!(made.status == 303 && way.starts_with("/app/billing?next="), "{made:?}");
    let billing = test.page(&way, &bob.cookie).await;
    let billing_form = [
        ("next", billing.hidden("next").replace("&amp;", "&")),
        ("name", "Bob".into()),
        ("email", "bob@example.com".into()),
        ("street", "Rue 1".into()),
        ("postal_code", "4000".into()),
        ("city", "Liège".into()),
        ("country", "BE".into()),
    ];
    assert!(hub::integrations::list(&test.hub, bob.organization).await.unwrap().is_empty());
    let empty = hub::integrations::create_custom(&test.hub, bob.organization, "Empty", &[]).await.unwrap();
    let path = format!("/app/integrations/{}", empty.id);
    let unchanged = test.submit(&bob, &path, &[("account", &id)]).await;
    assert!(unchanged.header("location").starts_with("/app/billing?next="), "{unchanged:?}");
    let back = param(&format!("{PUBLIC_URL}{}", unchanged.header("location")), "next").unwrap();
    assert_eq!(back, format!("{path}?account={id}"));
    let billing_form: Vec<(&str, &str)> = billing_form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let given = test.submit(&bob, "/app/billing", &billing_form).await;
    let form = test.page(given.header("location"), &bob.cookie).await;
    assert!(form.body.contains("value=\"My script\"") && form.body.contains("checked"), "{}", form.body);
    assert!(test.page(&back, &bob.cookie).await.body.contains("checked"), "the ticks are kept");
    assert_eq!(test.submit(&bob, &path, &[("account", &id)]).await.header("location"), path);
    let again = test.form("/oauth2/auth", &[("cookie", &bob.cookie)], &fields).await;
    assert!(param(again.header("location"), "code").is_some(), "{again:?}");
}

#[tokio::test]
async fn software_that_its_maker_pays_for_asks_nobody_whom_to_bill() {
    let scene = scene().await;
    let test = &scene.test;
    test.hub.set_payer("books", Some(scene.ana.organization)).await.unwrap();
    let bob = test.newcomer("bob@example.com").await;
    let account = test.account(bob.organization, "BE62510007547061", 0).await;
    let page = scene.browse(&Request::default().path(), Some(&bob.cookie)).await;
    assert!(!page.body.contains("where invoices go"), "{}", page.body);
    let (name, organization, id) = (hidden(&page.body, "request"), bob.organization.to_string(), account.to_string());
    let fields =
        [("request", name.as_str()), ("organization", &organization), ("decision", "allow"), ("accounts", &id)];
    let allowed = test.form("/oauth2/auth", &[("cookie", &bob.cookie)], &fields).await;
    assert!(param(allowed.header("location"), "code").is_some(), "{allowed:?}");
}
