//! The second factor over HTTP: an app, recovery codes, what a half log-in is worth, and what the operator may demand.

use http::HeaderMap;
use hub::people;
use vault::{Secret, totp};

use crate::testing::{Answer, Company, TestHub, cookie_of};

const PASSWORD: &str = "correct horse battery";

fn cookies(answer: &Answer) -> String {
    let all = answer.headers.get_all("set-cookie").iter();
    all.map(|value| value.to_str().unwrap().split(';').next().unwrap().to_owned()).collect::<Vec<_>>().join("; ")
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    text.split_once(before).unwrap_or_else(|| panic!("no {before} in {text}")).1.split_once(after).unwrap().0
}

/// The seed of base32 text.
fn seed_of(text: &str) -> Vec<u8> {
    let bits: Vec<u8> = text
        .bytes()
        .flat_map(|c| {
            let value = if c.is_ascii_digit() { c - b'2' + 26 } else { c - b'A' };
            (0..5).rev().map(move |bit| value >> bit & 1)
        })
        .collect();
    bits.chunks_exact(8).map(|byte| byte.iter().fold(0, |sum, bit| sum << 1 | bit)).collect()
}

impl TestHub {
    /// Sets up an app for a person: its seed and the recovery codes that were shown.
    async fn app(&self, who: &Company) -> (Vec<u8>, Vec<String>, String) {
        let page = self.page("/app/profile/totp", &who.cookie).await.body;
        assert!(page.contains("<svg class=\"qr\""), "{page}");
        let (seed, sealed) =
            (between(&page, "<code>", "</code>").to_owned(), between(&page, "name=\"seed\" value=\"", "\"").to_owned());
        let code = totp::code(&seed_of(&seed), totp::step(self.now()));
        let wrong = [("seed", sealed.as_str()), ("code", "000000"), ("present", PASSWORD)];
        assert!(self.submit(who, "/app/profile/totp", &wrong).await.body.contains("This code is not right"));
        let wrong = [("seed", sealed.as_str()), ("code", code.as_str()), ("present", "not it")];
        assert!(self.submit(who, "/app/profile/totp", &wrong).await.body.contains("present password is not right"));
        let right = [("seed", sealed.as_str()), ("code", code.as_str()), ("present", PASSWORD)];
        let shown = self.submit(who, "/app/profile/totp", &right).await;
        let codes = between(&shown.body, "<code>", "</code>").split_whitespace().map(str::to_owned).collect();
        (seed_of(&seed), codes, cookies(&shown))
    }

    async fn half(&self, email: &str) -> String {
        let answer = self.form("/login", &[], &[("email", email), ("password", PASSWORD)]).await;
        assert_eq!(answer.header("location"), "/login/second");
        cookies(&answer)
    }

    async fn second(&self, half: &str, code: &str) -> Answer {
        self.form("/login/second", &[("cookie", half)], &[("code", code)]).await
    }
}

#[tokio::test]
async fn a_code_works_once_and_a_half_log_in_opens_nothing() {
    let test = TestHub::open().await;
    let ana = test.company("ana@example.com").await;
    let (seed, codes, session) = test.app(&ana).await;
    assert_eq!((codes.len(), codes[0].len()), (10, 11));
    assert_eq!(test.page("/app", &ana.cookie).await.status, 303, "sessions of one factor ended");
    assert_eq!(test.page("/app", &session).await.status, 200);
    let used = totp::code(&seed, totp::step(test.now()));
    let half = test.half("ana@example.com").await;
    assert_eq!(test.page("/app", &half).await.header("location"), "/login?next=%2Fapp", "half is nothing");
    assert!(test.second(&half, &used).await.body.contains("used before"), "the code that set it up is used up");
    test.clock.advance_seconds(30);
    let code = totp::code(&seed, totp::step(test.now()));
    let entered = test.second(&half, &code).await;
    assert_eq!(entered.header("location"), "/app");
    assert_eq!(test.page("/app", &cookies(&entered)).await.status, 200);
    assert_eq!(test.second(&half, &code).await.header("location"), "/login", "the question was answered");
    let half = test.half("ana@example.com").await;
    assert!(test.second(&half, &code).await.body.contains("used before"), "a code that was seen is worth nothing");
    // Kept nowhere in the clear.
    let mut tx = test.hub.db.read().await.unwrap();
    let row = tx.one("SELECT sealed_totp_seed FROM users WHERE id = $1", &[ana.user.to_string().into()]).await.unwrap();
    assert!(row.text("sealed_totp_seed").unwrap().starts_with("v1."));
}

#[tokio::test]
async fn a_recovery_code_works_once_and_guessing_is_braked_apart_from_the_password() {
    let test = TestHub::open().await;
    let ana = test.company("ana@example.com").await;
    let (_, codes, session) = test.app(&ana).await;
    let half = test.half("ana@example.com").await;
    assert_eq!(test.second(&half, &codes[3].to_lowercase()).await.header("location"), "/app");
    let half = test.half("ana@example.com").await;
    assert!(test.second(&half, &codes[3]).await.body.contains("used before"));
    let page = test.page("/app/profile/security", &session).await.body;
    assert!(page.contains("9 recovery codes left") && !page.contains(&codes[4]), "{page}");
    let who = Company { cookie: session, ..ana };
    let new = test.submit(&who, "/app/profile/recovery", &[("present", PASSWORD)]).await;
    assert!(!new.body.contains(&codes[4]));
    // Typing the right password in between does not loosen the brake.
    for _ in 0..9 {
        let half = test.half("ana@example.com").await;
        assert!(test.second(&half, "123456").await.body.contains("not right"));
    }
    let half = test.half("ana@example.com").await;
    assert!(test.second(&half, &codes[4]).await.body.contains("Too many attempts"));
    test.clock.advance_seconds(15 * 60 + 1);
    assert_eq!(test.second(&half, &codes[4]).await.header("location"), "/login", "the question has lapsed");
    let half = test.half("ana@example.com").await;
    assert!(test.second(&half, &codes[4]).await.body.contains("not right"), "new codes replaced the old ones");
    let off = test.submit(&who, "/app/profile/totp/off", &[("present", PASSWORD)]).await;
    assert_eq!(off.header("location"), "/app/profile/security");
    assert!(
        people::log_in(&test.hub, "ana@example.com", Secret::new(PASSWORD.into()), &HeaderMap::new()).await.is_ok()
    );
}

#[tokio::test]
async fn a_new_password_does_not_go_around_the_second_factor() {
    let test = TestHub::open().await;
    let ana = test.company("ana@example.com").await;
    test.app(&ana).await;
    test.form("/password", &[], &[("email", "ana@example.com")]).await;
    let link = test.newest_link("ana@example.com", "/password/").await.replace("https://hub.example", "");
    test.form(&link, &[], &[("password", PASSWORD)]).await;
    test.half("ana@example.com").await;
}

#[tokio::test]
async fn the_operator_may_demand_two_factors_of_owners() {
    let door = std::sync::Arc::new(outbound::InProcess::new());
    let test = TestHub::open_with(door, |settings| settings.owners_need_second_factor = true).await;
    let ana = test.company("ana@example.com").await;
    for path in ["/app", "/app/accounts", "/app/people"] {
        assert_eq!(test.page(path, &ana.cookie).await.header("location"), "/app/profile/security", "{path}");
    }
    let page = test.page("/app/profile/security", &ana.cookie).await.body;
    assert!(page.contains("Owners of an organization need a second factor"), "{page}");
    let member = test.colleague(&ana, "bob@example.com", people::Role::Member).await;
    assert_eq!(test.page("/app", &member.cookie).await.status, 200);
    let (_, _, session) = test.app(&ana).await;
    assert_eq!(test.page("/app", &session).await.status, 200);
}

#[tokio::test]
async fn a_question_to_one_browser_is_not_answered_by_another_and_passkeys_need_a_question() {
    let test = TestHub::open().await;
    let ana = test.company("ana@example.com").await;
    let (seed, _, _) = test.app(&ana).await;
    test.clock.advance_seconds(30);
    let code = totp::code(&seed, totp::step(test.now()));
    assert_eq!(test.second("", &code).await.header("location"), "/login");
    let login = people::start_session(&test.hub, ana.user, &HeaderMap::new()).await.unwrap();
    assert_eq!(test.second(&cookie_of(&login), &code).await.header("location"), "/login", "a session is no question");
    let forged = [("credential", "AAAA"), ("client_data", "e30"), ("authenticator", "AAAA"), ("signature", "AAAA")];
    let refused = test.form("/login/passkey", &[], &forged).await;
    assert!(refused.body.contains("This passkey was not accepted"), "{}", refused.body);
}
