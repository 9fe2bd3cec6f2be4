//! What goes wrong around a consent: a page that is loaded twice at once, a secret that is wrong, a form that comes too
//! late, two companies at one provider.

use axum::http::StatusCode;

use crate::desk::{Desk, engines, held, offer};
use crate::provider::{MEUSE, SEINE};

const A1: &str = "BE68539007547034";
const A2: &str = "BE71096123456769";

#[tokio::test]
async fn a_return_that_is_loaded_twice_at_once_trades_its_code_once() {
    for engine in engines() {
        let desk = Desk::open(&engine, true).await;
        desk.sign_up("claire@example.org").await;
        offer(&desk.shelf, vec![held(1, MEUSE, A1, 4)]);
        let state = desk.leave(MEUSE).await;
        let back = format!("/connect/return?state={state}&code=code-1");
        let (one, other) = tokio::join!(desk.get(&back), desk.get(&back));
        assert_eq!((one.status, &one.location), (StatusCode::SEE_OTHER, &other.location), "{}", one.body);
        assert_eq!(desk.shelf.lock().unwrap().calls["POST token"], 1);
    }
}

#[tokio::test]
async fn a_wrong_secret_is_named_and_the_same_return_works_once_it_is_mended() {
    for engine in engines() {
        let mut desk = Desk::open(&engine, true).await;
        desk.sign_up("claire@example.org").await;
        offer(&desk.shelf, vec![held(1, MEUSE, A1, 4)]);
        let state = desk.leave(MEUSE).await;
        let back = format!("/connect/return?state={state}&code=code-1");
        desk.shelf.lock().unwrap().refuse_secret = true;
        let page = desk.get(&back).await;
        assert_eq!(page.status, StatusCode::BAD_GATEWAY);
        assert!(page.body.contains("The provider does not know these books"), "{}", page.body);
        assert!(desk.get("/journals").await.body.contains("did not come back from there"), "nothing is lost");
        // The operator mends the settings and starts the books again.
        desk.shelf.lock().unwrap().refuse_secret = false;
        desk.reopen().await;
        let page = desk.get(&back).await;
        assert!(page.location.ends_with("/accounts"), "{} {}", page.status, page.body);
        assert!(!desk.get("/journals").await.body.contains("did not come back from there"));
    }
}

#[tokio::test]
async fn a_form_of_before_a_loss_links_nothing_and_says_so() {
    for engine in engines() {
        let desk = Desk::open(&engine, true).await;
        desk.sign_up("claire@example.org").await;
        offer(&desk.shelf, vec![held(1, MEUSE, A1, 4), held(2, MEUSE, A2, 4)]);
        let accounts = desk.connect(MEUSE).await;
        let stale = desk.linkable(&accounts).await;
        // In another tab the person authorises again and leaves the second account out.
        desk.shelf.lock().unwrap().authorized.pop();
        desk.connect(MEUSE).await;
        let names: Vec<String> = stale.iter().map(|id| format!("journal-{id}")).collect();
        let fields: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "new")).collect();
        let page = desk.post(&accounts, &fields).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("no longer authorised. Nothing was linked"), "{}", page.body);
        assert!(desk.books.journals().await.unwrap().is_empty(), "all or nothing");
    }
}

#[tokio::test]
async fn two_companies_keep_apart_what_the_same_provider_gives_them() {
    for engine in engines() {
        let desk = Desk::open(&engine, true).await;
        desk.sign_up("claire@example.org").await;
        offer(&desk.shelf, vec![held(1, MEUSE, A1, 4), held(2, SEINE, A2, 6)]);
        let first = desk.connect(MEUSE).await;
        desk.link_all(&first).await;
        desk.work().await;
        desk.sign_up("eve@example.org").await;
        assert_eq!(desk.get(&first).await.status, StatusCode::NOT_FOUND);
        let second = desk.connect(SEINE).await;
        assert_ne!(first, second);
        let page = desk.get(&second).await.body;
        assert!(!page.contains("Linked"), "what the other company linked is not hers: {page}");
        desk.link_all(&second).await;
        desk.work().await;
        let journals = desk.books.journals().await.unwrap();
        assert_eq!(journals.len(), 4, "each has journals of her own");
        let lines: i64 = journals.iter().map(|journal| journal.lines).sum();
        assert_eq!(lines, 20);
    }
}
