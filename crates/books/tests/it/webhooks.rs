//! Events of a provider: only a signed, fresh one that is meant for these books starts an import, and only once.

use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use domain::{AccountId, Date, TransactionId};
use serde_json::{Value, json};

use crate::desk::{Desk, engines, held, offer};
use crate::provider::{MEUSE, Movement};

const A1: &str = "BE68539007547034";

fn event(id: u128, kind: &str, account: u128) -> String {
    let event = domain::EventId::from_u128(id);
    let account = AccountId::from_u128(account);
    json!({"data": {"type": kind, "id": event,
           "attributes": {"createdAt": "2026-03-02T12:00:00.000Z", "count": 1},
           "relationships": {"account": {"data": {"type": "account", "id": account}}}}})
    .to_string()
}

/// The claims of an event that is as it must be.
fn claims(desk: &Desk, body: &str) -> Value {
    use domain::Clock;
    let now = desk.clock.now().as_second();
    json!({"aud": "books", "iss": "http://provider.test/api", "iat": now, "exp": now + 60, "jti": "1",
           "digest": STANDARD.encode(vault::token::sha512(body.as_bytes()))})
}

fn signed(desk: &Desk, head: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let text = format!("{}.{}", part(head), part(claims));
    let shelf = desk.shelf.lock().unwrap();
    let signature = shelf.signing.as_ref().unwrap().sign(text.as_bytes()).unwrap();
    format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn head() -> Value {
    json!({"alg": "RS512", "kid": "key-1", "typ": "JWT"})
}

async fn settled(engine: &crate::desk::Engine, feeds: bool) -> (Desk, String) {
    let desk = Desk::open(engine, feeds).await;
    desk.sign_up("claire@example.org").await;
    offer(&desk.shelf, vec![held(1, MEUSE, A1, 12)]);
    desk.shelf.lock().unwrap().signing = Some(vault::SigningKey::generate().unwrap());
    let connection = desk.link_all(&desk.connect(MEUSE).await).await;
    desk.work().await;
    (desk, connection)
}

fn arrive(desk: &Desk, id: u128) {
    let movement = Movement {
        id: TransactionId::from_u128(id),
        booked_on: Date::constant(2026, 2, 28),
        minor: 5,
        label: format!("told {id}"),
    };
    desk.shelf.lock().unwrap().accounts[0].book(movement);
}

#[tokio::test]
async fn an_event_imports_at_once_and_asks_the_bank_nothing() {
    for engine in engines() {
        for feeds in [true, false] {
            let (desk, connection) = settled(&engine, feeds).await;
            let asked = desk.shelf.lock().unwrap().calls["POST synchronizations"];
            arrive(&desk, 900);
            let body = event(1, "pontoConnect.account.transactionsCreated", 1);
            let answer = desk.tell(&signed(&desk, &head(), &claims(&desk, &body)), &body).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
            desk.work().await;
            let held = desk.shelf.lock().unwrap().accounts[0].clone();
            desk.assert_equal(&held).await;
            assert_eq!(desk.shelf.lock().unwrap().calls["POST synchronizations"], asked);
            assert!(desk.get(&connection).await.body.contains("The provider</td>"));
            // The same event once more is confirmed and does nothing, however freshly it is signed.
            let again = desk.tell(&signed(&desk, &head(), &claims(&desk, &body)), &body).await;
            assert_eq!(again.status, StatusCode::OK);
            assert!(!desk.books.work_once().await.unwrap(), "nothing is due");
            assert_eq!(desk.get(&connection).await.body.matches("The provider</td>").count(), 1);
            // One that says that nothing changed starts nothing.
            let body = event(2, "pontoConnect.synchronization.succeededWithoutChange", 1);
            desk.tell(&signed(&desk, &head(), &claims(&desk, &body)), &body).await;
            assert!(!desk.books.work_once().await.unwrap());
        }
    }
}

#[tokio::test]
async fn a_failure_is_read_once_and_ends_the_countdown() {
    for engine in engines() {
        let (desk, connection) = settled(&engine, true).await;
        let synchronization = {
            let mut shelf = desk.shelf.lock().unwrap();
            shelf.accounts[0].fails_with = Some("authorizationExpired");
            *shelf.synchronizations.keys().next().unwrap()
        };
        let failed = |id: u128| {
            let mut told: Value = serde_json::from_str(&event(id, "pontoConnect.synchronization.failed", 1)).unwrap();
            told["data"]["relationships"]["synchronization"] =
                json!({"data": {"type": "synchronization", "id": synchronization}});
            told.to_string()
        };
        let asked = desk.shelf.lock().unwrap().calls["POST synchronizations"];
        let body = failed(5);
        desk.tell(&signed(&desk, &head(), &claims(&desk, &body)), &body).await;
        desk.work().await;
        let page = desk.get(&connection).await.body;
        assert!(page.contains("authorizationExpired") && page.contains("has ended: nothing new comes"), "{page}");
        assert!(!page.contains("Consent for"), "no countdown beside it: {page}");
        assert_eq!(desk.shelf.lock().unwrap().calls["POST synchronizations"], asked, "the bank is not asked again");
        let body = failed(6);
        desk.tell(&signed(&desk, &head(), &claims(&desk, &body)), &body).await;
        assert!(!desk.books.work_once().await.unwrap(), "it is known already");
    }
}

#[tokio::test]
async fn news_during_an_import_are_read_after_it() {
    for engine in engines() {
        let (desk, connection) = settled(&engine, true).await;
        desk.shelf.lock().unwrap().slow_polls = 1;
        desk.post(&format!("{connection}/import"), &[]).await;
        desk.books.work_once().await.unwrap();
        let body = event(3, "pontoConnect.account.transactionsCreated", 1);
        desk.tell(&signed(&desk, &head(), &claims(&desk, &body)), &body).await;
        desk.work().await;
        arrive(&desk, 901);
        desk.work().await;
        let page = desk.get(&format!("{connection}/imports")).await.body;
        assert_eq!(page.matches("data-label=\"New\"").count(), 3, "another import followed: {page}");
    }
}

#[tokio::test]
async fn a_wrong_signature_starts_nothing() {
    for engine in engines() {
        let (desk, connection) = settled(&engine, true).await;
        let body = event(4, "pontoConnect.account.transactionsCreated", 1);
        let good = claims(&desk, &body);
        let with = |name: &str, value: Value| {
            let mut changed = good.clone();
            changed[name] = value;
            changed
        };
        let wrong = [
            ("other software", with("aud", json!("somebody")), "meant for other software"),
            ("other issuer", with("iss", json!("https://evil.test")), "issued by somebody else"),
            ("old", with("exp", json!(good["iat"].as_i64().unwrap() - 31)), "not of now"),
            ("of tomorrow", with("iat", json!(good["iat"].as_i64().unwrap() + 86_400)), "not of now"),
            ("other body", with("digest", json!("AAAA")), "signs another body"),
        ];
        for (name, claims, why) in wrong {
            let answer = desk.tell(&signed(&desk, &head(), &claims), &body).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{name}");
            assert!(answer.body.contains(why), "{name}: {}", answer.body);
        }
        let none = json!({"alg": "none", "kid": "key-1"});
        assert_eq!(desk.tell(&signed(&desk, &none, &good), &body).await.status, StatusCode::UNAUTHORIZED);
        let genuine = signed(&desk, &head(), &good);
        let forged = format!("{}x", &genuine[..genuine.len() - 1]);
        assert_eq!(desk.tell(&forged, &body).await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(desk.tell("", &body).await.status, StatusCode::UNAUTHORIZED);
        // An unknown key makes the list be read again, but not for every such event.
        let unknown = json!({"alg": "RS512", "kid": "key-2"});
        let read = desk.shelf.lock().unwrap().calls["keys"];
        for _ in 0..3 {
            assert_eq!(desk.tell(&signed(&desk, &unknown, &good), &body).await.status, StatusCode::UNAUTHORIZED);
        }
        assert_eq!(desk.shelf.lock().unwrap().calls["keys"], read);
        assert!(!desk.books.work_once().await.unwrap(), "nothing was begun");
        assert_eq!(desk.post("/webhooks/nobody", &[]).await.status, StatusCode::NOT_FOUND);
        assert!(!desk.get(&connection).await.body.contains("The provider</td>"));
        // A connection that is not to import by itself is left alone.
        desk.post(&format!("{connection}/automatic"), &[("every", "0")]).await;
        assert_eq!(desk.tell(&genuine, &body).await.status, StatusCode::OK);
        assert!(!desk.books.work_once().await.unwrap());
    }
}
