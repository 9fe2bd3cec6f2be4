//! The ways in by mail, and what somebody who is not let in can learn and do.

use http::HeaderMap;
use hub::people;
use vault::Secret;

use crate::testing::{Answer, TestHub};

const PASSWORD: &str = "correct horse battery";

fn words(answer: &Answer) -> String {
    // What a reader sees, without the address that was typed and the question for a passkey, which is random every time.
    let body = answer.body.replace("ana@example.com", "…").replace("nobody@example.com", "…");
    match body.split_once("&quot;challenge&quot;:&quot;") {
        Some((before, rest)) => format!("{before}{}", rest.split_once("&quot;").unwrap().1),
        None => body,
    }
}

#[tokio::test]
async fn an_answer_does_not_tell_who_has_a_login() {
    let test = TestHub::open().await;
    test.company("ana@example.com").await;
    for page in ["/sign-up", "/password"] {
        let known = test.form(page, &[], &[("email", "ana@example.com")]).await;
        let unknown = test.form(page, &[], &[("email", "nobody@example.com")]).await;
        assert_eq!((known.status, words(&known)), (unknown.status, words(&unknown)), "{page}");
        assert_eq!(known.headers.get("set-cookie"), None);
    }
    let known = test.form("/login", &[], &[("email", "ana@example.com"), ("password", "wrong password")]).await;
    let unknown = test.form("/login", &[], &[("email", "nobody@example.com"), ("password", "wrong password")]).await;
    assert_eq!((known.status, words(&known)), (unknown.status, words(&unknown)));
    // The mail to the address itself does.
    let told = test.mailbox("ana@example.com").await;
    assert!(told.iter().any(|text| text.contains("It has one already")), "{told:?}");
    let told = test.mailbox("nobody@example.com").await;
    assert_eq!(told.len(), 1, "nobody is not sent a new password: {told:?}");
}

#[tokio::test]
async fn a_link_to_sign_up_works_once_and_for_a_day() {
    let test = TestHub::open().await;
    test.form("/sign-up", &[], &[("email", "ana@example.com"), ("next", "/app/profile")]).await;
    let link = test.newest_link("ana@example.com", "/sign-up/").await;
    let path = link.strip_prefix("https://hub.example").unwrap().to_owned();
    let before = test.form("/login", &[], &[("email", "ana@example.com"), ("password", PASSWORD)]).await;
    assert_eq!(before.status, 200, "there is no login before the link is followed");
    let entered = test.form(&path, &[], &[("password", PASSWORD)]).await;
    assert_eq!(entered.header("location"), "/app/organizations/new?next=%2Fapp%2Fprofile");
    assert!(entered.header("set-cookie").contains("HttpOnly"));
    let again = test.form(&path, &[], &[("password", "another long password")]).await;
    assert_eq!(again.status, 410);
    assert!(people::log_in(&test.hub, "ana@example.com", secret(PASSWORD), &HeaderMap::new()).await.is_ok());

    test.form("/sign-up", &[], &[("email", "bob@example.com")]).await;
    let path = test.newest_link("bob@example.com", "/sign-up/").await.replace("https://hub.example", "");
    test.clock.advance_seconds(24 * 3600 + 1);
    assert_eq!(test.form(&path, &[], &[("password", PASSWORD)]).await.status, 410);
    assert_eq!(test.form("/sign-up/garbage", &[], &[("password", PASSWORD)]).await.status, 410);
}

fn secret(text: &str) -> Secret<String> {
    Secret::new(text.to_owned())
}

#[tokio::test]
async fn a_new_password_ends_every_session_and_its_link_works_once() {
    let test = TestHub::open().await;
    let ana = test.company("ana@example.com").await;
    test.form("/password", &[], &[("email", "ANA@example.com")]).await;
    let first = test.newest_link("ana@example.com", "/password/").await.replace("https://hub.example", "");
    test.clock.advance_seconds(1);
    test.form("/password", &[], &[("email", "ana@example.com")]).await;
    let link = test.newest_link("ana@example.com", "/password/").await.replace("https://hub.example", "");
    assert_ne!(first, link);
    let short = test.form(&link, &[], &[("password", "short")]).await;
    assert!(short.body.contains("Use at least 10 characters"), "{}", short.body);
    let done = test.form(&link, &[], &[("password", "a new long password")]).await;
    assert_eq!((done.status.as_u16(), done.header("location")), (303, "/login"));
    for used in [&link, &first] {
        let again = test.form(used, &[], &[("password", "yet another password")]).await;
        assert_eq!(again.status, 410, "one use ends every link");
    }
    assert_eq!(test.page("/app", &ana.cookie).await.header("location"), "/login?next=%2Fapp", "the session ended");
    assert!(people::log_in(&test.hub, "ana@example.com", secret(PASSWORD), &HeaderMap::new()).await.is_err());
    people::log_in(&test.hub, "ana@example.com", secret("a new long password"), &HeaderMap::new()).await.unwrap();
    test.clock.advance_seconds(1);
    let told = test.mailbox("ana@example.com").await;
    assert!(told.iter().any(|text| text.contains("was changed just now")), "{told:?}");
}

#[tokio::test]
async fn a_link_of_one_kind_is_none_of_the_other_and_half_an_hour_is_enough() {
    let test = TestHub::open().await;
    test.company("ana@example.com").await;
    test.form("/password", &[], &[("email", "ana@example.com")]).await;
    let link = test.newest_link("ana@example.com", "/password/").await.replace("https://hub.example", "");
    let crossed = link.replace("/password/", "/sign-up/");
    assert_eq!(test.form(&crossed, &[], &[("password", PASSWORD)]).await.status, 410);
    test.clock.advance_seconds(30 * 60 + 1);
    assert_eq!(test.form(&link, &[], &[("password", PASSWORD)]).await.status, 410);
}

#[tokio::test]
async fn floods_and_guesses_are_braked() {
    let test = TestHub::open().await;
    let mut pages = Vec::new();
    for _ in 0..8 {
        pages.push(words(&test.form("/sign-up", &[], &[("email", "ana@example.com")]).await));
    }
    pages.dedup();
    assert_eq!(pages.len(), 1, "the brake does not show");
    assert_eq!(test.mailbox("ana@example.com").await.len(), 5);
    for number in 0..60 {
        test.form("/sign-up", &[], &[("email", &format!("a{number}@example.com"))]).await;
    }
    let braked = test.form("/sign-up", &[], &[("email", "last@example.com")]).await;
    assert!(braked.body.contains("Too many attempts"), "{}", braked.body);
    assert!(test.mailbox("last@example.com").await.is_empty());
}

#[tokio::test]
async fn a_planted_cookie_is_worth_nothing_and_a_foreign_form_is_refused() {
    let test = TestHub::open().await;
    test.company("ana@example.com").await;
    let planted = "__Host-passerelle-hub-session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let form = [("email", "ana@example.com"), ("password", PASSWORD)];
    let entered = test.form("/login", &[("cookie", planted)], &form).await;
    assert_eq!(entered.status, 303);
    assert!(!entered.header("set-cookie").contains("AAAAAAAA"), "log-in makes a cookie of its own");
    assert_eq!(test.page("/app", planted).await.header("location"), "/login?next=%2Fapp");
    let foreign = test.form("/login", &[("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")], &form);
    assert_eq!(foreign.await.status, 403);
}
