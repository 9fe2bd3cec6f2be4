//! What a bank tells again word for word, and what it tells that cannot be read.

use axum::body::Body;
use axum::extract::Request;
use axum::middleware::{self, Next};
use axum::response::Response;
use domain::{AccountId, Environment, OrganizationId, SeededEntropy, SimulatedClock};
use hub::store::account::Account;
use hub::store::synchronization::{Subtype, Synchronization};
use hub::store::transaction::Cursor;
use hub::store::transaction_list::{self, Filter};
use hub::store::{account, account_list, listing, raw, synchronization};
use hub::sync;

use crate::dashboard::Walk;

/// One account of a bank with its history, after two synchronizations: the first listing of a bank differs from the
/// later ones in its window.
struct Scene {
    walk: Walk,
    organization: OrganizationId,
    account: AccountId,
}

impl Scene {
    async fn set() -> Scene {
        let mut walk = Walk::begin().await;
        walk.enter("ana@example.com").await;
        walk.link("Banque de la Meuse").await;
        let account: AccountId = walk.first_account().await.rsplit('/').next().unwrap().parse().unwrap();
        let organization = {
            let mut tx = walk.hub.hub.db.read().await.unwrap();
            let row = tx.one("SELECT organization_id FROM accounts WHERE id = $1", &[account.to_string().into()]).await;
            row.unwrap().parse("organization_id").unwrap()
        };
        let scene = Scene { walk, organization, account };
        scene.synchronize().await;
        scene
    }

    async fn synchronize(&self) -> Synchronization {
        let hub = &self.walk.hub.hub;
        let home = Some("203.0.113.7".parse().unwrap());
        let subtype = Subtype::AccountTransactionsWithUnsettled;
        let id = sync::request(hub, self.organization, self.account, subtype, home).await.unwrap();
        while hub.work_once().await.unwrap() {}
        let mut tx = hub.db.read().await.unwrap();
        synchronization::get(&mut tx, self.organization, id).await.unwrap().unwrap()
    }

    async fn account(&self) -> Account {
        let mut tx = self.walk.hub.hub.db.read().await.unwrap();
        account::get(&mut tx, self.organization, self.account).await.unwrap().unwrap()
    }

    /// Makes the newest row one that the bank's listing would no longer be matched with.
    async fn spoil(&self) {
        let mut tx = self.walk.hub.hub.db.begin().await.unwrap();
        let sql = "UPDATE transactions SET fingerprint = 'spoilt', bank_id = NULL \
             WHERE organization_id = $1 AND account_id = $2 AND seq = $3";
        let account = self.account().await;
        let key = [self.organization.to_string().into(), self.account.to_string().into(), account.last_seq.into()];
        assert_eq!(tx.run(sql, &key).await.unwrap(), 1);
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn an_answer_that_repeats_the_last_one_is_passed_over() {
    let scene = Scene::set().await;
    let before = (scene.synchronize().await, scene.account().await);
    scene.spoil().await;
    scene.walk.hub.clock.advance_seconds(60);
    let again = scene.synchronize().await;
    assert_eq!(
        (again.created_count, again.updated_count, again.changes),
        (0, 0, before.0.changes),
        "nothing was matched"
    );
    assert_eq!((again.pages, again.rows_read), (before.0.pages, before.0.rows_read), "it is counted all the same");
    assert!(again.rows_read > 20, "{}", again.rows_read);
    let mut tx = scene.walk.hub.hub.db.read().await.unwrap();
    let sql = "SELECT raw_id FROM repeated_answers WHERE synchronization_id = $1";
    let came_again = tx.all(sql, &[again.id.to_string().into()]).await.unwrap();
    assert_eq!(came_again.len() as i64, again.pages, "that the stored answers came again is kept");
    let first = came_again[0].parse("raw_id").unwrap();
    let repeats = raw::repeats(&mut tx, scene.organization, scene.account, first).await.unwrap();
    assert_eq!(repeats.last(), Some(&again.created_at));
    drop(tx);
    let after = scene.account().await;
    assert!(after.closing_seen_at > before.1.closing_seen_at, "the bank's word holds until now");
    assert!(after.synchronized_at > before.1.synchronized_at);
    assert_eq!(
        (after.closing, after.booked, after.listed_through),
        (before.1.closing, before.1.booked, before.1.listed_through)
    );

    // Whoever writes to the account has it matched again.
    let mut tx = scene.walk.hub.hub.db.begin().await.unwrap();
    listing::forget(&mut tx, scene.organization, scene.account).await.unwrap();
    tx.commit().await.unwrap();
    let matched = scene.synchronize().await;
    assert!(matched.created_count + matched.updated_count > 0, "the spoilt row is noticed now: {matched:?}");
}

#[tokio::test]
async fn a_program_that_was_just_started_reads_every_answer_once() {
    let scene = Scene::set().await;
    scene.synchronize().await;
    scene.spoil().await;
    let hub = &scene.walk.hub.hub;
    let door = scene.walk.network.clone();
    let next = hub::Hub::open(hub.settings.clone(), hub.environment.clone(), door).await.unwrap();
    let home = Some("203.0.113.7".parse().unwrap());
    scene.walk.hub.clock.advance_seconds(60);
    sync::request(&next, scene.organization, scene.account, Subtype::AccountTransactions, home).await.unwrap();
    while next.work_once().await.unwrap() {}
    let runs = synchronization::recent(&mut hub.db.read().await.unwrap(), scene.organization, scene.account, 1).await;
    let run = &runs.unwrap()[0];
    assert!(run.created_count + run.updated_count > 0, "{run:?}");
}

#[tokio::test]
async fn what_is_new_is_found_between_answers_that_repeat() {
    let scene = Scene::set().await;
    let before = scene.account().await;
    let account = before.reference.clone() + "-" + before.currency.code();
    scene.walk.banks.control().book_late("meuse", &account, 3).unwrap();
    let run = scene.synchronize().await;
    assert_eq!((run.created_count, run.updated_count), (3, 0));
    assert_eq!(scene.synchronize().await.created_count, 0);
    let after = scene.account().await;
    assert_eq!(after.booked_count, before.booked_count + 3);
    assert_eq!(after.proof(), domain::Proof::Proven);
}

#[tokio::test]
async fn an_erased_account_is_read_again_though_the_bank_repeats_itself() {
    let mut scene = Scene::set().await;
    scene.synchronize().await;
    hub::link::unlink(&scene.walk.hub.hub, scene.organization, scene.account).await.unwrap();
    scene.walk.hub.clock.advance_seconds(3600);
    scene.walk.link("Banque de la Meuse").await;
    let mut tx = scene.walk.hub.hub.db.read().await.unwrap();
    let page =
        transaction_list::page(&mut tx, scene.organization, scene.account, Filter::default(), Cursor::Newest, 500)
            .await;
    let rows = page.unwrap().rows;
    assert!(!rows.is_empty() && rows.iter().all(|row| row.details != domain::Details::default()), "texts are back");
}

/// Adds an account without a currency, and one that is no object at all, to a bank's list of accounts.
async fn spoilt_list(request: Request, next: Next) -> Response {
    let is_list = request.uri().path().ends_with("/v1/accounts");
    let answer = next.run(request).await;
    if !is_list || !answer.status().is_success() {
        return answer;
    }
    let (mut parts, body) = answer.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let text = String::from_utf8(body.to_vec()).unwrap();
    let spoilt = r#"{"accounts":[7,{"resourceId":"x","iban":"BE71096123456769"},"#;
    parts.headers.remove("content-length");
    Response::from_parts(parts, Body::from(text.replacen("{\"accounts\":[", spoilt, 1)))
}

#[tokio::test]
async fn accounts_that_cannot_be_read_are_kept_and_shown() {
    let mut walk = Walk::begin().await;
    walk.network.listen("bank.test", Some(walk.banks.router().layer(middleware::from_fn(spoilt_list))));
    walk.enter("ana@example.com").await;
    let page = walk.agree("Banque de la Meuse").await;
    assert!(page.text().contains("2 accounts that the bank lists could not be read."), "{}", page.text());
    let page = walk.browser.submit(&page.form("/app/link/attempts/").unwrap()).await.unwrap();
    assert!(page.status.is_success());
    while walk.hub.hub.work_once().await.unwrap() {}
    let page = walk.open("/app/accounts").await;
    assert!(page.html.contains("data-unread=\"2\""), "{}", page.html);
    assert!(page.text().contains("BE71096123456769") && page.text().contains("Accounts that could not be read"));

    let mut tx = walk.hub.hub.db.read().await.unwrap();
    let row = tx.one("SELECT organization_id, list_id FROM account_list_defects ORDER BY position LIMIT 1", &[]).await;
    let row = row.unwrap();
    let (organization, list) = (row.parse("organization_id").unwrap(), row.parse("list_id").unwrap());
    let (_, body) = account_list::get(&mut tx, organization, list).await.unwrap().unwrap();
    assert!(String::from_utf8(body).unwrap().contains("BE71096123456769"), "the answer was kept as it came");
    let stranger = OrganizationId::new(&Environment::new(
        SimulatedClock::at("2026-03-02T12:00:00Z".parse().unwrap()),
        SeededEntropy::new(1),
    ));
    assert!(account_list::get(&mut tx, stranger, list).await.unwrap().is_none());
    assert!(account_list::unread(&mut tx, stranger).await.unwrap().is_empty());
    drop(tx);

    // The bank mends its list.
    walk.network.listen("bank.test", Some(walk.banks.router()));
    let id = {
        let mut tx = walk.hub.hub.db.read().await.unwrap();
        let row = tx.one("SELECT id FROM authorizations", &[]).await.unwrap();
        row.parse("id").unwrap()
    };
    hub::link::check(&walk.hub.hub, organization, id, None, &hub::audit::Actor::operator()).await.unwrap();
    assert!(!walk.open("/app/accounts").await.html.contains("data-unread"));
}
