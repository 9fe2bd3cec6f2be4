//! Jobs that break off whenever they are taken: a synchronization ends in a sentence, and a job that was given back has
//! not broken off.

use domain::ToSpan;
use hub::store::job::{self, Job};
use hub::store::synchronization::{self, Status, Subtype};
use hub::sync;

use crate::testing::TestHub;

/// Takes a job as a process would that dies with it.
async fn taken(test: &TestHub) -> Job {
    let now = test.now();
    let taken: Result<Option<Job>, db::DbError> =
        db::write!(test.hub.db, tx => { job::take(&mut tx, now, now + 15.seconds()).await });
    taken.unwrap().expect("a job is due")
}

/// A hub whose only job is a synchronization that was just asked for.
async fn asked() -> (TestHub, domain::OrganizationId, domain::SynchronizationId) {
    let test = TestHub::open().await;
    let ana = test.company("ana@example.com").await;
    let account = test.account(ana.organization, "BE68539007547034", 3).await;
    while test.hub.work_once().await.unwrap() {}
    test.clock.advance_seconds(301);
    let address = Some("203.0.113.7".parse().unwrap());
    let id = sync::request(&test.hub, ana.organization, account, Subtype::AccountDetails, address).await.unwrap();
    (test, ana.organization, id)
}

#[tokio::test]
async fn a_synchronization_that_always_breaks_off_ends_in_a_sentence() {
    let (test, organization, id) = asked().await;
    for lapses in 0..5 {
        assert_eq!(taken(&test).await.lapses, lapses);
        test.clock.advance_seconds(16);
    }
    assert!(test.hub.work_once().await.unwrap());
    let mut tx = test.hub.db.read().await.unwrap();
    let ended = synchronization::get(&mut tx, organization, id).await.unwrap().unwrap();
    let error = ended.error.unwrap();
    assert_eq!((ended.status, error.code.as_str()), (Status::Error, "internalError"));
    assert!(error.detail.contains("broke off 5 times") && error.detail.contains("gave up"), "{}", error.detail);
    assert_eq!(job::count(&mut tx).await.unwrap(), 0);
}

#[tokio::test]
async fn a_job_that_was_given_back_has_not_broken_off() {
    let (test, ..) = asked().await;
    for _ in 0..7 {
        let job = taken(&test).await;
        assert_eq!(job.lapses, 0);
        let now = test.now();
        let given: Result<(), db::DbError> = db::write!(test.hub.db, tx => { job::postpone(&mut tx, &job, now).await });
        given.unwrap();
    }
}
