//! The work of bulk statements follows their rows: counted in steps of SQLite, not in time.

use std::sync::atomic::Ordering;

use db::Tx;
use domain::{AccountId, Currency, Date, Details, Money, OrganizationId, RawAnswerId, ToSpan, TransactionId};
use hub::store::transaction::{self, StoredTransaction};

use crate::testing::TestHub;

const THERE: i64 = 5000;
const FEW: i64 = 500;

struct Scene {
    hub: TestHub,
    organization: OrganizationId,
    account: AccountId,
}

impl Scene {
    /// An account with many rows.
    async fn set() -> Scene {
        let hub = TestHub::open().await;
        let environment = &hub.hub.environment;
        let (organization, account) = (OrganizationId::new(environment), AccountId::new(environment));
        let first: Date = "2020-01-01".parse().unwrap();
        let rows: Vec<StoredTransaction> = (1..=THERE)
            .map(|seq| StoredTransaction {
                id: TransactionId::new(environment),
                account,
                seq,
                change: seq,
                booked_on: first.checked_add((seq / 4).days()).unwrap(),
                value_on: None,
                amount: Money::new(1, Currency::EUR),
                withdrawn: false,
                reason: "first seen".into(),
                fingerprint: seq.to_string(),
                bank_id: None,
                details: Details::default(),
                raw: None,
                created_at: hub.now(),
                updated_at: hub.now(),
            })
            .collect();
        let mut tx = hub.hub.db.begin().await.unwrap();
        transaction::append(&mut tx, organization, &rows).await.unwrap();
        tx.commit().await.unwrap();
        Scene { hub, organization, account }
    }

    /// The steps that a statement takes; it is undone afterwards. `None` on an engine that counts none.
    async fn steps(&self, statement: impl AsyncFnOnce(&mut Tx)) -> Option<u64> {
        let mut tx = self.hub.hub.db.begin().await.unwrap();
        let steps = tx.count_steps().await.unwrap();
        statement(&mut tx).await;
        steps.map(|steps| steps.load(Ordering::SeqCst))
    }
}

/// Ten times the rows may take twelve times the steps, not a hundred times.
fn follows(few: Option<u64>, many: Option<u64>) {
    let (Some(few), Some(many)) = (few, many) else { return };
    assert!(few > 0, "nothing was counted");
    assert!(many < 12 * few, "{few} steps for some rows, {many} for ten times as many");
}

#[tokio::test]
async fn new_ids_of_a_bank_are_noted_in_steps_that_follow_the_rows() {
    let scene = Scene::set().await;
    let (organization, account) = (scene.organization, scene.account);
    let note = async |count: i64| {
        let ids: Vec<_> = (1..=count).map(|seq| (seq, Some(format!("b{seq}")))).collect();
        let noted = async |tx: &mut Tx| {
            transaction::note_bank_ids(tx, organization, account, &ids).await.unwrap();
            let rows = transaction::by_seq(tx, organization, account, &[count, count + 1]).await.unwrap();
            let told: Vec<_> = rows.into_iter().map(|row| row.bank_id).collect();
            let mut want = vec![Some(format!("b{count}")), None];
            want.truncate(told.len());
            assert_eq!(told, want);
        };
        scene.steps(noted).await
    };
    follows(note(FEW).await, note(10 * FEW).await);
}

#[tokio::test]
async fn the_answers_that_tell_rows_now_are_noted_in_steps_that_follow_the_rows() {
    let scene = Scene::set().await;
    let (organization, account) = (scene.organization, scene.account);
    let raw = RawAnswerId::new(&scene.hub.hub.environment);
    let (first, last) = ("2020-01-01".parse().unwrap(), "2030-01-01".parse().unwrap());
    let note = async |count: i64| {
        let raws: Vec<_> = (1..=count).map(|seq| (seq, raw)).collect();
        let noted = async |tx: &mut Tx| {
            transaction::note_raws(tx, organization, account, &raws).await.unwrap();
            assert_eq!(transaction::told_by(tx, organization, account, raw, (first, last)).await.unwrap(), count);
        };
        scene.steps(noted).await
    };
    follows(note(FEW).await, note(10 * FEW).await);
}
