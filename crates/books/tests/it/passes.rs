//! Coming in by an address: an e-mail address is confirmed before letters go there, a forgotten password is chosen anew,
//! and the operator lets people in.

use axum::http::StatusCode;
use books::{HeadlessError, Invited};

use crate::desk::{Desk, engines, held, offer};
use crate::provider::MEUSE;

const A1: &str = "BE68539007547034";
const EMAIL: &str = "claire@example.org";

/// The path of the newest address in a letter that begins so.
async fn path_in_letter(desk: &Desk, begins: &str) -> String {
    let letters = desk.letters().await;
    let address = format!("http://books.test{begins}");
    let (_, _, text) = letters.iter().rev().find(|(_, _, text)| text.contains(&address)).expect("a letter with it");
    let at = text.find(&address).unwrap() + "http://books.test".len();
    text[at..].split_whitespace().next().unwrap().to_owned()
}

async fn sign_up_unconfirmed(desk: &Desk) {
    let fields = [("company", "Atelier Dubois"), ("email", EMAIL), ("password", "a long enough password")];
    assert_eq!(desk.post("/sign-up", &fields).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn nothing_is_written_to_an_address_before_it_is_confirmed() {
    for engine in engines() {
        let desk = Desk::open(&engine, true).await;
        sign_up_unconfirmed(&desk).await;
        offer(&desk.shelf, vec![held(1, MEUSE, A1, 4)]);
        let accounts = desk.connect(MEUSE).await;
        desk.link_all(&accounts).await;
        desk.work().await;
        assert_eq!(desk.letters().await.len(), 1, "the one that asks");
        let asked = path_in_letter(&desk, "/confirm/").await;
        // Days before the consent ends, the letter was not opened: nobody is written to, and the page says so.
        desk.clock.advance_seconds(145 * 24 * 3600);
        assert_eq!(desk.letters().await.len(), 1);
        desk.log_in(EMAIL).await;
        let page = desk.get("/companies").await.body;
        assert!(
            page.contains("Nothing is written to claire@example.org yet") && page.contains("You are not written to")
        );
        assert!(desk.get(&asked).await.body.contains("This address is used up"), "a week has passed");
        desk.post("/companies/confirm", &[]).await;
        desk.post("/companies/confirm", &[]).await;
        assert_eq!(desk.letters().await.len(), 2, "once an hour, however often it is asked for");
        let again = path_in_letter(&desk, "/confirm/").await;
        assert_ne!(asked, again);
        // A program that looks through letters follows addresses and presses nothing.
        assert!(desk.get(&again).await.body.contains("Press the button"));
        desk.clock.advance_seconds(3600);
        assert_eq!(desk.letters().await.len(), 2);
        assert_eq!(desk.post(&again, &[]).await.location, "/companies");
        assert!(!desk.get("/companies").await.body.contains("Nothing is written"));
        desk.clock.advance_seconds(3600);
        let letters = desk.letters().await;
        assert_eq!((letters.len(), letters[2].0.as_str()), (3, EMAIL));
        assert!(letters[2].1.contains("the consent ends"), "{}", letters[2].1);
        assert!(desk.post(&again, &[]).await.body.contains("This address is used up"));
    }
}

#[tokio::test]
async fn a_forgotten_password_is_chosen_anew_by_letter() {
    for engine in engines() {
        let desk = Desk::open(&engine, true).await;
        desk.sign_up(EMAIL).await;
        let told = desk.post("/password", &[("email", "nobody@example.org")]).await.body;
        assert!(told.contains("has a login here") && desk.letters().await.is_empty());
        let told = desk.post("/password", &[("email", "Claire@Example.org")]).await.body;
        assert!(told.contains("has a login here"), "the same is said of both");
        let path = path_in_letter(&desk, "/password/").await;
        assert!(desk.get(&path).await.body.contains("For claire@example.org"));
        assert!(desk.post(&path, &[("password", "short")]).await.body.contains("at least 10 characters"));
        let chosen = desk.post(&path, &[("password", "quite another password")]).await;
        assert_eq!((chosen.status, chosen.location.as_str()), (StatusCode::SEE_OTHER, "/login"));
        assert!(desk.get("/journals").await.location.starts_with("/login"), "who was logged in is not any more");
        let with = |password: &'static str| [("email", EMAIL), ("password", password)];
        assert_eq!(desk.post("/login", &with("a long enough password")).await.status, StatusCode::OK);
        assert_eq!(desk.post("/login", &with("quite another password")).await.status, StatusCode::SEE_OTHER);
        assert!(desk.post(&path, &[("password", "a third password")]).await.body.contains("This address is used up"));
        // It is good for an hour, and a pass of one kind opens nothing of another.
        desk.clock.advance_seconds(3600);
        desk.post("/password", &[("email", EMAIL)]).await;
        let path = path_in_letter(&desk, "/password/").await;
        let as_confirmation = path.replace("/password/", "/confirm/");
        assert!(desk.post(&as_confirmation, &[]).await.body.contains("This address is used up"));
        desk.clock.advance_seconds(3601);
        assert!(desk.get(&path).await.body.contains("This address is used up"));
    }
}

#[tokio::test]
async fn the_operator_lets_people_in() {
    for engine in engines() {
        let desk = Desk::open(&engine, true).await;
        desk.sign_up("eve@example.org").await;
        let refused = desk.books.invite("claire", None).await.unwrap_err();
        assert!(matches!(refused, HeadlessError::Asked(_)));
        let refused = desk.books.invite(EMAIL, Some("No such company")).await.unwrap_err();
        assert!(refused.to_string().contains("there: Atelier Dubois"), "{refused}");
        let (company, Invited::New(address)) = desk.books.invite("Claire@example.org", None).await.unwrap() else {
            panic!("she is new")
        };
        assert_eq!(company.name, "Atelier Dubois");
        let path = address.strip_prefix("http://books.test").unwrap();
        assert_eq!(desk.post(path, &[("password", "chosen by herself")]).await.status, StatusCode::SEE_OTHER);
        let fields = [("email", EMAIL), ("password", "chosen by herself")];
        assert_eq!(desk.post("/login", &fields).await.status, StatusCode::SEE_OTHER);
        assert!(desk.get("/companies").await.body.contains("Atelier Dubois"));
        // The operator knows her address, but nobody has seen yet that letters arrive there.
        assert!(desk.get("/companies").await.body.contains("Nothing is written to claire@example.org yet"));
        path_in_letter(&desk, "/confirm/").await;
        assert_eq!(desk.books.invite(EMAIL, None).await.unwrap().1, Invited::Joined);
        let address = desk.books.password_address(EMAIL).await.unwrap();
        let path = address.strip_prefix("http://books.test").unwrap();
        assert_eq!(desk.post(path, &[("password", "yet another one")]).await.status, StatusCode::SEE_OTHER);
        assert!(desk.books.password_address("nobody@example.org").await.is_err());
    }
}
