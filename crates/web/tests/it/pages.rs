use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, Response, StatusCode};
use axum::routing::get;
use maud::html;
use tower::ServiceExt;
use web::{Cookies, Entry, Flash, Frame, Icon, Language, Locale, Messages, Page, Protection, Trouble};

fn frame(here: &str) -> Frame {
    let entry = |href: &str| Entry { href: href.to_owned(), icon: Icon::Home, label: href.to_owned() };
    Frame {
        navigation: vec![entry("/app"), entry("/app/accounts"), entry("/app/acc")],
        ..Frame::stranger("Passerelle", "/app", here, crate::locale(Language::Fr), Cookies::new("hub", false))
    }
}

fn router(https: bool) -> Router {
    let messages = Arc::new(Messages::load(&[(Language::En, ""), (Language::Fr, "")]).unwrap());
    let cookies = Cookies::new("hub", https);
    let router = Router::new()
        .route("/page", get(async || "page").post(async || "posted"))
        .route("/broken", get(broken))
        .merge(web::assets())
        .merge(web::languages(cookies.clone(), messages.clone()));
    web::protect(router, Protection { product: "Passerelle", messages, cookies })
}

async fn broken() -> &'static str {
    panic!("on purpose")
}

async fn ask(https: bool, request: axum::http::request::Builder) -> Response<Body> {
    router(https).oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
}

async fn text(response: Response<Body>) -> String {
    String::from_utf8(to_bytes(response.into_body(), 1 << 20).await.unwrap().to_vec()).unwrap()
}

#[test]
fn a_page_has_its_language_its_current_entry_and_nothing_inline() {
    let drawn = frame("/app/accounts/7?x=1").draw(&Page::new("Comptes", html! { h1 { "Comptes <x>" } })).into_string();
    assert!(drawn.contains(r#"<html lang="fr">"#) && drawn.contains("<title>Comptes · Passerelle</title>"));
    assert_eq!(drawn.matches("aria-current=\"page\"").count(), 1);
    assert!(drawn.contains(r#"<a href="/app/accounts" aria-current="page">"#), "{drawn}");
    let current = |here: &str, section: Option<&str>| {
        let frame = Frame { section: section.map(str::to_owned), ..frame(here) };
        frame.draw(&Page::new("x", html! {})).into_string()
    };
    assert!(!current("/app/organization", None).contains("aria-current=\"page\""), "home is not current below itself");
    assert!(current("/app", None).contains(r#"<a href="/app" aria-current="page">"#));
    assert!(current("/app/link", Some("/app/acc")).contains(r#"<a href="/app/acc" aria-current="page">"#));
    assert!(drawn.contains("Comptes &lt;x&gt;"));
    assert!(drawn.contains("/language?to=en&amp;back=/app/accounts/7%3Fx%3D1"), "{drawn}");
    assert!(!drawn.contains("style=") && !drawn.contains("onclick") && !drawn.contains("<script>"), "{drawn}");
    assert!(!drawn.contains("http://") && !drawn.contains("https://"), "no other host: {drawn}");
}

#[test]
fn a_flash_is_shown_once() {
    let cookies = Cookies::new("hub", false);
    let set = Flash::good("Fait & <dit>").cookie(&cookies).to_str().unwrap().to_owned();
    let headers = crate::with_cookie(set.split(';').next().unwrap());
    let response = frame("/app").with_flash(&headers).show(Page::new("x", html! {}));
    assert!(response.headers()["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
    let response = frame("/app").with_flash(&HeaderMap::new()).show(Page::new("x", html! {}));
    assert!(response.headers().get("set-cookie").is_none());
}

#[tokio::test]
async fn an_error_page_says_what_to_do_and_what_to_quote() {
    for status in [400, 403, 404, 405, 409, 410, 413, 418, 429, 500, 501, 502, 503] {
        let status = StatusCode::from_u16(status).unwrap();
        let response = web::error_page(&frame("/app"), &Trouble::of(status).reference("7F3K"));
        assert_eq!(response.status(), status);
        let body = text(response).await;
        assert!(body.contains("7F3K") && !body.contains("web-error"), "{status}: {body}");
    }
    let trouble = Trouble::of(StatusCode::CONFLICT).because("La banque dort.", "Revenez demain.");
    let body = text(web::error_page(&frame("/app"), &trouble)).await;
    assert!(body.contains("La banque dort.") && body.contains("Revenez demain."));
}

#[tokio::test]
async fn every_answer_is_armoured() {
    let response = ask(true, Request::get("/page")).await;
    let policy = response.headers()["content-security-policy"].to_str().unwrap();
    for rule in ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"] {
        assert!(policy.contains(rule), "{policy}");
    }
    assert!(!policy.contains("unsafe"));
    assert_eq!(response.headers()["x-content-type-options"], "nosniff");
    assert_eq!(response.headers()["cache-control"], "no-store");
    assert!(response.headers().contains_key("strict-transport-security"));
    assert!(!ask(false, Request::get("/page")).await.headers().contains_key("strict-transport-security"));
}

#[tokio::test]
async fn a_form_of_another_site_is_refused_with_a_page() {
    let post = |name: &'static str, value: &'static str| {
        ask(
            false,
            Request::post("/page").header("host", "hub.example").header("accept-language", "fr").header(name, value),
        )
    };
    let response = post("sec-fetch-site", "cross-site").await;
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
    assert!(response.headers().contains_key("content-security-policy"));
    assert!(text(response).await.contains("Ceci vient d’un autre site"));
    assert_eq!(post("origin", "https://evil.example").await.status(), StatusCode::FORBIDDEN);
    assert_eq!(post("origin", "null").await.status(), StatusCode::FORBIDDEN);
    assert_eq!(post("sec-fetch-site", "same-origin").await.status(), StatusCode::OK);
    assert_eq!(post("origin", "https://hub.example").await.status(), StatusCode::OK);
    assert_eq!(post("user-agent", "a program").await.status(), StatusCode::OK, "no browser, no cookie");
}

#[tokio::test]
async fn assets_are_kept_for_ever_and_change_their_name() {
    for (name, kind) in
        [("passerelle.css", "text/css"), ("passerelle.js", "text/javascript"), ("icon.svg", "image/svg")]
    {
        let response = ask(false, Request::get(web::asset(name))).await;
        assert_eq!(response.status(), StatusCode::OK, "{name}");
        assert!(response.headers()["content-type"].to_str().unwrap().starts_with(kind));
        assert_eq!(response.headers()["cache-control"], "public, max-age=31536000, immutable");
    }
    assert_eq!(ask(false, Request::get("/assets/passerelle.css-0000")).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(ask(false, Request::get("/favicon.ico")).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn the_language_switch_sets_a_cookie_and_goes_back() {
    let response = ask(false, Request::get("/language?to=fr&back=/page%3Fa%3D1")).await;
    assert_eq!(response.headers()["location"], "/page?a=1");
    assert!(response.headers()["set-cookie"].to_str().unwrap().starts_with("passerelle-hub-language=fr;"));
    let response = ask(false, Request::get("/language?to=de&back=//evil.example")).await;
    assert_eq!(response.headers()["location"], "/");
    assert!(response.headers().get("set-cookie").is_none(), "German is not offered here");
}

#[test]
fn the_parts_say_their_state_in_words() {
    let locale: Locale = crate::locale(Language::En);
    let gap = domain::Money::new(-1_230, domain::Currency::EUR);
    let broken = web::proof_badge(&domain::Proof::Broken(gap), &locale).into_string();
    assert!(broken.contains(">Broken<") && broken.contains("bad") && broken.contains("12.30"), "{broken}");
    assert!(web::proof_badge(&domain::Proof::Proven, &locale).into_string().contains(">Proven<"));
    let open = web::progress("Fetching", 7, None, &locale).into_string();
    assert!(!open.contains("value="), "without a total there is no share: {open}");
    assert!(web::progress("Fetching", 9, Some(7), &locale).into_string().contains(r#"max="7" value="7""#));
    assert!(web::amount(gap, &locale).into_string().contains(r#"value="-12.30""#));
    assert_eq!(web::initials("Banque de la Meuse").into_string(), r#"<span class="mark" aria-hidden="true">BM</span>"#);
    for (name, words) in [("beta", "Beta"), ("Maintenance", "Maintenance"), ("STABLE", "Stable")] {
        let stage = web::Stage::parse(name).unwrap();
        assert!(web::stage_badge(stage, &locale).into_string().contains(words));
    }
    assert_eq!(web::Stage::parse("odd"), None);
}

#[tokio::test]
async fn a_page_that_panics_is_a_page_that_says_so() {
    let answer = ask(false, Request::get("/broken")).await;
    assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert!(answer.headers().contains_key("content-security-policy"));
    let first = text(answer).await;
    assert!(first.contains("Something went wrong here") && !first.contains("on purpose"), "{first}");
    let again = text(ask(false, Request::get("/broken")).await).await;
    assert_eq!(first, again, "one defect, one reference");
    assert_eq!(first.matches("<code>").count(), 1, "{first}");
}
