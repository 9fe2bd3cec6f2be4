//! Letters: before a consent ends, when something keeps failing; each once, in the reader's language, to those who want
//! them.

use crate::desk::{Desk, engines, held, offer};
use crate::provider::MEUSE;

const A1: &str = "BE68539007547034";

async fn linked(desk: &Desk) {
    desk.sign_up("claire@example.org").await;
    offer(&desk.shelf, vec![held(1, MEUSE, A1, 4)]);
    let accounts = desk.connect(MEUSE).await;
    desk.link_all(&accounts).await;
    desk.work().await;
}

#[tokio::test]
async fn a_consent_is_written_about_before_and_after_its_end() {
    for engine in engines() {
        let desk = Desk::open(&engine, true).await;
        // The consent ends on 1 August 2026; it is 2 March.
        linked(&desk).await;
        assert!(desk.letters().await.is_empty());
        let mut wanted = 0;
        for (hours, new) in [(24 * 122, 1), (1, 0), (24 * 16, 1), (24 * 8, 1), (24 * 5, 1), (24 * 2, 1), (24 * 30, 0)] {
            desk.clock.advance_seconds(hours * 3600);
            wanted += new;
            assert_eq!(desk.letters().await.len(), wanted, "after {hours} hours more");
        }
        let letters = desk.letters().await;
        let (to, subject, text) = &letters[0];
        assert_eq!((to.as_str(), subject.contains("Banque de la Meuse")), ("claire@example.org", true), "{text}");
        assert!(text.contains("ends in 29 days") && text.contains("http://books.test/connections/"), "{text}");
        assert!(letters[4].2.contains("has ended"), "{}", letters[4].2);
        // Books that are opened again write nothing of it twice.
        let beside = desk.beside().await;
        while beside.write_once().await.unwrap() {}
        assert_eq!(desk.letters().await.len(), wanted);
    }
}

#[tokio::test]
async fn who_wants_no_letters_gets_none_and_nobody_gets_those_of_another_company() {
    for engine in engines() {
        let desk = Desk::open(&engine, true).await;
        linked(&desk).await;
        let page = desk.get("/companies").await.body;
        assert!(page.contains("You are written to"), "{page}");
        desk.post("/companies/letters", &[("on", "0")]).await;
        assert!(desk.get("/companies").await.body.contains("You are not written to"));
        desk.clock.advance_seconds(145 * 24 * 3600);
        assert!(desk.letters().await.is_empty());
        desk.sign_up("eve@example.org").await;
        desk.clock.advance_seconds(3600);
        assert!(desk.letters().await.is_empty(), "eve has a company of her own");
        desk.log_in("claire@example.org").await;
        // Whom the provider writes to about consents wants to hear of the rest only.
        desk.post("/companies/letters", &[("on", "2")]).await;
        assert!(desk.get("/companies").await.body.contains("not about consents"));
        desk.clock.advance_seconds(3600);
        assert!(desk.letters().await.is_empty());
        desk.shelf.lock().unwrap().refuse_secret = true;
        desk.clock.advance_seconds(13 * 3600);
        desk.work().await;
        let letters = desk.letters().await;
        assert_eq!(letters.len(), 1);
        assert!(letters[0].2.contains("The provider does not know these books"), "{}", letters[0].2);
        desk.shelf.lock().unwrap().refuse_secret = false;
        desk.log_in("claire@example.org").await;
        desk.post("/companies/letters", &[("on", "1")]).await;
        desk.clock.advance_seconds(3600);
        assert_eq!(desk.letters().await.len(), 2);
    }
}

#[tokio::test]
async fn what_fails_is_told_once_a_day_at_most_and_again_after_a_week() {
    for engine in engines() {
        let desk = Desk::open(&engine, true).await;
        linked(&desk).await;
        // A bank that is down is tried again by itself: nobody hears of it on the first day.
        desk.shelf.lock().unwrap().accounts[0].fails_with = Some("financialInstitutionUnavailable");
        desk.clock.advance_seconds(13 * 3600);
        desk.work().await;
        assert!(desk.letters().await.is_empty());
        desk.clock.advance_seconds(25 * 3600);
        desk.work().await;
        assert_eq!(desk.letters().await.len(), 1);
        for _ in 0..6 {
            desk.clock.advance_seconds(24 * 3600);
            desk.work().await;
            assert_eq!(desk.letters().await.len(), 1, "the same is not told every day");
        }
        desk.clock.advance_seconds(25 * 3600);
        desk.work().await;
        let letters = desk.letters().await;
        assert_eq!(letters.len(), 2, "but after a week");
        let (_, subject, text) = &letters[1];
        assert!(subject.contains("Atelier Dubois") && text.contains("The bank does not answer"), "{subject} {text}");
        // It comes right; a new trouble that needs a person is told at once.
        desk.shelf.lock().unwrap().accounts[0].fails_with = None;
        desk.clock.advance_seconds(13 * 3600);
        desk.work().await;
        assert_eq!(desk.letters().await.len(), 2);
        desk.shelf.lock().unwrap().refuse_secret = true;
        desk.clock.advance_seconds(13 * 3600);
        desk.work().await;
        let letters = desk.letters().await;
        assert_eq!(letters.len(), 3);
        assert!(letters[2].2.contains("The provider does not know these books"), "{}", letters[2].2);
    }
}
