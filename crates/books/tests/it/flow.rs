//! From the search of a bank to linked journals, through the pages.

use axum::http::StatusCode;
use domain::{AccountId, Proof};

use crate::desk::{Desk, engines, held, offer};
use crate::provider::{LYS, MEUSE, SEINE};

const A1: &str = "BE68539007547034";
const A2: &str = "BE71096123456769";
const B1: &str = "FR7630006000011234567890189";

fn three(desk: &Desk) {
    offer(&desk.shelf, vec![held(1, MEUSE, A1, 40), held(2, MEUSE, A2, 6), held(3, SEINE, B1, 10)]);
}

#[tokio::test]
async fn the_whole_way() {
    for engine in engines() {
        let desk = Desk::open(&engine, true).await;
        assert!(desk.get("/journals").await.location.starts_with("/login?next=%2Fjournals"));
        desk.sign_up("claire@example.org").await;
        three(&desk);

        let found = desk.get("/banks?q=meuse").await.body;
        assert!(found.contains("Banque de la Meuse") && !found.contains("Lys Bank"));
        assert!(found.contains("through") && found.contains("Test Hub") && found.contains("consent for"));
        let before = desk.get(&format!("/connect?provider=Test+Hub&institution={MEUSE}")).await.body;
        assert!(before.contains("also those at other banks"));

        let accounts = desk.connect(MEUSE).await;
        let page = desk.get(&accounts).await.body;
        assert!(page.contains("accounts from <") || page.contains("accounts from"), "{page}");
        assert!(page.contains("one from") && page.contains("Crédit de la Seine"));
        let linkable = desk.linkable(&accounts).await;
        assert_eq!(linkable.len(), 3);

        // A's two are linked, B's is left for later.
        let names: Vec<String> = linkable.iter().map(|id| format!("journal-{id}")).collect();
        let fields = [(names[0].as_str(), "new"), (names[1].as_str(), "new"), (names[2].as_str(), "later")];
        let linked = desk.post(&accounts, &fields).await;
        assert_eq!(linked.status, StatusCode::SEE_OTHER, "{}", linked.body);
        desk.work().await;
        assert_eq!(desk.shelf.lock().unwrap().last_ip.as_deref(), Some("127.0.0.1"), "a person asked");

        let shelf_accounts = desk.shelf.lock().unwrap().accounts.clone();
        for held in &shelf_accounts[..2] {
            desk.assert_equal(held).await;
        }
        let journals = desk.books.journals().await.unwrap();
        assert_eq!(journals.len(), 2);
        for journal in &journals {
            assert_eq!(journal.statements.len(), 2);
            assert!(journal.statements.iter().all(|statement| statement.proof == Proof::Proven), "{journal:?}");
        }
        let dashboard = desk.get("/journals").await.body;
        assert!(dashboard.contains("Proven") && dashboard.contains("BE68 5390 0754 7034"));

        // Fetch accounts: the same consent again; now B's is linked.
        let again = desk.connect(MEUSE).await;
        assert_eq!(again, accounts, "the connection is the same one");
        let compared = desk.get(&again).await.body;
        assert!(compared.contains("accounts as before"), "{compared}");
        let third = desk.linkable(&again).await;
        assert_eq!(third, vec![linkable[2]]);
        desk.link_all(&again).await;
        desk.work().await;
        desk.assert_equal(&shelf_accounts[2]).await;
        assert_eq!(desk.books.journals().await.unwrap().len(), 3);
        let connections = desk.get("/connections").await.body;
        assert!(connections.contains("Banque de la Meuse") && connections.contains("Crédit de la Seine"));
    }
}

#[tokio::test]
async fn no_account_of_the_chosen_bank() {
    for engine in engines() {
        let desk = Desk::open(&engine, true).await;
        desk.sign_up("claire@example.org").await;
        offer(&desk.shelf, vec![held(3, SEINE, B1, 10)]);
        let before = desk.get(&format!("/connect?provider=Test+Hub&institution={LYS}")).await.body;
        assert!(before.contains("in beta") && before.contains("Beta"));
        let accounts = desk.connect(LYS).await;
        let page = desk.get(&accounts).await.body;
        assert!(page.contains("Accounts of other banks were authorised instead"), "{page}");
        assert!(page.contains("Choose another bank") && page.contains("in beta"));

        desk.shelf.lock().unwrap().authorized.clear();
        let page = desk.get(&desk.connect(LYS).await).await.body;
        assert!(page.contains("No account appears, because none was authorised"), "{page}");
    }
}

#[tokio::test]
async fn a_return_may_be_lost_repeated_refused_or_foreign() {
    for engine in engines() {
        let mut desk = Desk::open(&engine, true).await;
        desk.sign_up("claire@example.org").await;
        three(&desk);
        // The tab is closed and the books restart: the way is still there.
        let state = desk.leave(MEUSE).await;
        desk.reopen().await;
        assert!(desk.get("/journals").await.body.contains("did not come back"));
        let refused = desk.get(&format!("/connect/return?state={state}&error=access_denied")).await;
        assert!(refused.body.contains("Nothing was authorised") && refused.body.contains("access_denied"));
        let came = desk.get(&format!("/connect/return?state={state}&code=code-1")).await;
        assert!(came.location.ends_with("/accounts"), "{}", came.body);
        // The same return once more leads to the same place, without another trade.
        let trades = desk.shelf.lock().unwrap().calls["POST token"];
        let twice = desk.get(&format!("/connect/return?state={state}&code=code-1")).await;
        assert_eq!(twice.location, came.location);
        assert_eq!(desk.shelf.lock().unwrap().calls["POST token"], trades);
        assert!(!desk.get("/journals").await.body.contains("did not come back"));
        // Another company has no part in it.
        let state = desk.leave(SEINE).await;
        desk.sign_up("paul@example.org").await;
        let foreign = desk.get(&format!("/connect/return?state={state}&code=code-1")).await;
        assert!(foreign.body.contains("belongs to nothing that was begun here"));
        assert_eq!(desk.get(&came.location).await.status, StatusCode::NOT_FOUND);
        assert_eq!(desk.get(came.location.trim_end_matches("/accounts")).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn links_are_refused_in_words_and_nothing_is_half_done() {
    for engine in engines() {
        let desk = Desk::open(&engine, true).await;
        desk.sign_up("claire@example.org").await;
        let mut dollars = held(2, MEUSE, A2, 0);
        dollars.currency = "USD".to_owned();
        offer(&desk.shelf, vec![held(1, MEUSE, A1, 4), dollars, held(3, SEINE, B1, 2)]);
        let accounts = desk.connect(MEUSE).await;
        let linkable = desk.linkable(&accounts).await;
        let name = |id: AccountId| format!("journal-{id}");
        desk.post(&accounts, &[(&name(linkable[0]), "new")]).await;
        let journal = desk.get("/journals").await.body;
        let at = journal.find("/journals/0").unwrap() + "/journals/".len();
        let journal = journal[at..at + 36].to_owned();
        // The journal is taken; the wish beside it is not granted either.
        let refused = desk.post(&accounts, &[(&name(linkable[2]), &journal), (&name(linkable[1]), "new")]).await;
        assert_eq!(refused.status, StatusCode::OK);
        assert!(refused.body.contains("already fed by another account"), "{}", refused.body);
        assert_eq!(desk.books.journals().await.unwrap().len(), 1);
        // Once free, only an account of the same currency may take it.
        desk.post(&format!("/journals/{journal}/unlink"), &[]).await;
        let refused = desk.post(&accounts, &[(&name(linkable[1]), &journal)]).await;
        assert!(refused.body.contains("An account can only feed a journal of its own currency"), "{}", refused.body);
        let page = desk.get(&accounts).await.body;
        let suggested = format!("value=\"{journal}\" selected");
        assert!(page.contains(&suggested), "the journal of the same number and currency is suggested");
        // A double click makes one journal.
        let fields = [(name(linkable[2]), "new")];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        let (one, two) = tokio::join!(desk.post(&accounts, &fields), desk.post(&accounts, &fields));
        assert!(one.status == StatusCode::SEE_OTHER || two.status == StatusCode::SEE_OTHER);
        assert_eq!(desk.books.journals().await.unwrap().len(), 2);
    }
}

#[tokio::test]
async fn losing_accounts_is_named_and_confirmed() {
    for engine in engines() {
        let desk = Desk::open(&engine, true).await;
        desk.sign_up("claire@example.org").await;
        three(&desk);
        let accounts = desk.connect(MEUSE).await;
        desk.link_all(&accounts).await;
        desk.work().await;
        let before = desk.get(&format!("/connect?provider=Test+Hub&institution={MEUSE}&purpose=fetch-accounts")).await;
        assert!(before.body.contains("Keep these ticked") && before.body.contains("BE71 0961 2345 6769"));
        // Somebody forgets to tick A2.
        desk.shelf.lock().unwrap().authorized.retain(|id| *id != AccountId::from_u128(2));
        desk.connect(MEUSE).await;
        let page = desk.get(&accounts).await.body;
        assert!(page.contains("One account is no longer authorised") && page.contains("one no longer there"), "{page}");
        assert!(desk.get("/journals").await.body.contains("no longer authorised"));
        let lost = page.split("name=\"account\" value=\"").nth(1).unwrap()[..36].to_owned();
        desk.post(&accounts.replace("/accounts", "/losses"), &[("account", &lost)]).await;
        assert!(!desk.get(&accounts).await.body.contains("One account is no longer authorised"));
        let lines = desk.books.lines(A2).await.unwrap();
        assert_eq!(lines.len(), 6, "the lines stay");
        // Ticked again: the same account, the same journal, no line twice.
        desk.shelf.lock().unwrap().authorized.push(AccountId::from_u128(2));
        desk.connect(MEUSE).await;
        desk.post(&accounts.replace("/accounts", "/import"), &[]).await;
        desk.work().await;
        let held = desk.shelf.lock().unwrap().account(AccountId::from_u128(2)).unwrap().clone();
        desk.assert_equal(&held).await;
        assert_eq!(desk.books.journals().await.unwrap().len(), 3);
    }
}

#[tokio::test]
async fn the_door() {
    for engine in engines() {
        let desk = Desk::open(&engine, true).await;
        desk.sign_up("claire@example.org").await;
        let taken = [("company", "B"), ("email", "Claire@Example.org "), ("password", "another long password")];
        assert!(desk.post("/sign-up", &taken).await.body.contains("There is a login with this address already"));
        let short = [("company", ""), ("email", "x"), ("password", "short")];
        let wrong = desk.post("/sign-up", &short).await.body;
        assert!(wrong.contains("Write the name of the company") && wrong.contains("at least 10 characters"));
        let long = "A".repeat(101);
        let long = [("company", long.as_str()), ("email", "eve@example.org"), ("password", "a long enough password")];
        assert!(desk.post("/sign-up", &long).await.body.contains("at most 100 characters"));
        desk.post("/logout", &[]).await;
        assert!(desk.get("/journals").await.location.starts_with("/login"));
        let wrong = [("email", "claire@example.org"), ("password", "not the password")];
        assert!(desk.post("/login", &wrong).await.body.contains("do not belong together"));
        let right = [("email", "claire@example.org"), ("password", "a long enough password"), ("next", "/connections")];
        assert_eq!(desk.post("/login", &right).await.location, "/connections");
        desk.post("/logout", &[]).await;
        let mut tried = 0;
        for _ in 0..3 {
            let guess = || desk.post("/login", &wrong);
            let (a, b, c, d) = tokio::join!(guess(), guess(), guess(), guess());
            tried += [a, b, c, d].iter().filter(|answer| answer.body.contains("do not belong together")).count();
        }
        assert_eq!(tried, 10, "four at once are four");
        desk.sql("DELETE FROM login_failure").await;
        desk.post("/login", &right).await;
        let added = desk.post("/companies", &[("company", "Second SRL")]).await;
        assert_eq!(added.location, "/journals");
        assert!(desk.get("/companies").await.body.contains("Atelier Dubois"));
        let evil = [("email", "claire@example.org"), ("password", "a long enough password"), ("next", "//evil.test")];
        assert_eq!(desk.post("/login", &evil).await.location, "/journals");
        assert_eq!(desk.get("/nowhere").await.status, StatusCode::NOT_FOUND);
    }
}
