//! The unattended synchronizations as several processes run them: real database, real leases, real runs, a simulated
//! clock and banks that count the calls themselves. `PASSERELLE_TEST_SCHEDULE=ACCOUNTSxDAYS` plays more of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use domain::{AccountId, SimulatedClock, Timestamp};
use domain::{AuthorizationId, Currency, Date, Environment, InstitutionId, Money, OrganizationId, SeededEntropy};
use hub::store::account::{Account, AccountState};
use hub::store::authorization::{Authorization, AuthorizationState};
use hub::store::synchronization::{Status, Subtype};
use hub::store::{account, authorization, due, institution_health, job, synchronization};
use hub::sync::health::Health;
use hub::{Hub, SharedHub};
use outbound::{Fetch, FetchError};
use std::sync::Arc;

use crate::testing::TestHub;

const HOUR: i64 = 3_600_000_000;
const DAY: i64 = 24 * HOUR;
/// Meuse always answers, Lys is down for a while, Seine answers for all accounts but one.
const BANKS: [(u128, &str); 3] = [(0xa1, "meuse"), (0xa2, "lys"), (0xa3, "seine")];

fn institution(bank: usize) -> InstitutionId {
    InstitutionId::parse(&format!("0192f000-0000-7000-8000-0000000000{:02x}", BANKS[bank].0)).unwrap()
}

/// What every bank saw, by account.
#[derive(Default)]
struct Seen {
    calls: BTreeMap<usize, Vec<i64>>,
    good: BTreeMap<usize, Vec<i64>>,
}

/// The banks: they answer, are silent, or the process that asks dies with the call under way.
struct Banks {
    environment: Environment,
    seen: Mutex<Seen>,
    down: (i64, i64),
    every_nth_kills: usize,
    asked: AtomicUsize,
    died: tokio::sync::Notify,
}

impl Banks {
    fn is_down(&self, at: i64) -> bool {
        (self.down.0..self.down.1).contains(&at)
    }
}

#[async_trait::async_trait]
impl Fetch for Banks {
    async fn fetch(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, FetchError> {
        let path: Vec<&str> = request.uri().path().split('/').collect();
        let (bank, number) = (path[1].to_owned(), path[4].parse::<usize>().unwrap());
        let attended = request.headers().contains_key("PSU-IP-Address");
        let at = self.environment.now().as_microsecond();
        if !attended {
            self.seen.lock().unwrap().calls.entry(number).or_default().push(at);
        }
        let nth = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
        if self.every_nth_kills > 0 && nth.is_multiple_of(self.every_nth_kills) {
            self.died.notify_waiters();
            std::future::pending::<()>().await;
        }
        let answer = http::Response::builder().header("Content-Type", "application/json");
        if bank == "lys" && self.is_down(at) {
            return Ok(answer.status(503).body(Bytes::new()).unwrap());
        }
        if bank == "seine" && number == 2 {
            return Ok(answer.status(200).body(Bytes::from_static(b"<html>Wartung</html>")).unwrap());
        }
        self.seen.lock().unwrap().good.entry(number).or_default().push(at);
        let body = r#"{"transactions":{"booked":[],"pending":[],"_links":{}},"balances":[]}"#;
        Ok(answer.status(200).body(Bytes::from_static(body.as_bytes())).unwrap())
    }
}

struct Scene {
    test: TestHub,
    banks: Arc<Banks>,
    organization: OrganizationId,
    cookie: String,
    accounts: Vec<AccountId>,
    begin: i64,
}

impl Scene {
    async fn open(accounts: usize, down_hours: (i64, i64), every_nth_kills: usize) -> Scene {
        let clock = SimulatedClock::at("2026-03-02T12:00:00Z".parse().unwrap());
        let environment = Environment::new(clock.clone(), SeededEntropy::new(5));
        let begin = environment.now().as_microsecond();
        let banks = Arc::new(Banks {
            environment,
            seen: Mutex::default(),
            down: (begin + down_hours.0 * HOUR, begin + down_hours.1 * HOUR),
            every_nth_kills,
            asked: AtomicUsize::new(0),
            died: tokio::sync::Notify::new(),
        });
        let mut test = TestHub::open_with(banks.clone(), |settings| settings.throttle_seconds = 0).await;
        test.hub = Hub::open(test.hub.settings.clone(), banks.environment.clone(), banks.clone()).await.unwrap();
        test.clock = clock;
        let company = test.company("ana@example.com").await;
        let mut scene = Scene {
            test,
            banks,
            organization: company.organization,
            cookie: company.cookie,
            accounts: Vec::new(),
            begin,
        };
        for number in 0..accounts {
            let id = scene.link(number).await;
            scene.accounts.push(id);
        }
        scene
    }

    /// An account that was read before; its time comes within the first six hours.
    async fn link(&self, number: usize) -> AccountId {
        let (hub, organization) = (&self.test.hub, self.organization);
        let (now, bank) = (hub.environment.now(), number % BANKS.len());
        let (id, permission) = (AccountId::new(&hub.environment), AuthorizationId::new(&hub.environment));
        let place = format!("authorizations:consent:{organization}:{permission}");
        let until = Date::constant(2026, 8, 29);
        let new = Account {
            id,
            organization,
            institution: institution(bank),
            authorization: Some(permission),
            reference: format!("BE{number:014}"),
            reference_type: "IBAN".into(),
            currency: Currency::EUR,
            subtype: "checking".into(),
            resource_id: Some(number.to_string()),
            name: Some("Main".into()),
            product: None,
            holder_name: None,
            linked_at: now,
            authorized_at: None,
            expires_on: None,
            state: AccountState::Offered,
            state_reason: None,
            state_since: now,
            opening: None,
            closing: None,
            closing_seen_at: None,
            current_changed_at: None,
            available: None,
            booked: Money::zero(Currency::EUR),
            booked_count: 0,
            listed_through: None,
            last_seq: 0,
            last_change: 0,
            last_balance: 0,
            synchronized_at: None,
            next_unattended_at: None,
        };
        let permitted = Authorization {
            id: permission,
            organization,
            institution: institution(bank),
            state: AuthorizationState::Waiting,
            sealed_consent: Some(hub.keyring.seal(&place, b"consent")),
            bank_url: None,
            renews: None,
            psu_ip: None,
            started_at: now,
            authorized_at: None,
            expires_on: None,
            ended_at: None,
            reason: None,
        };
        let first =
            Timestamp::from_microsecond(self.begin + (i64::try_from(number).unwrap() * 7 % 360) * HOUR / 60).unwrap();
        let written: Result<(), db::DbError> = db::write!(hub.db, tx => {
            authorization::insert(&mut tx, &permitted, &permission.to_string()).await?;
            authorization::validate(&mut tx, organization, permission, until, now).await?;
            account::insert(&mut tx, &new).await?;
            account::activate(&mut tx, organization, id, until, now).await?;
            due::plan(&mut tx, organization, id, first).await
        });
        written.unwrap();
        self.test.book(organization, id, 0).await;
        id
    }

    /// Another process of the same hub.
    async fn process(&self, seed: u64) -> SharedHub {
        let environment = Environment::new(self.test.clock.clone(), SeededEntropy::new(seed));
        Hub::open(self.test.hub.settings.clone(), environment, self.banks.clone()).await.unwrap()
    }

    /// Two processes work side by side for some days; whichever dies is replaced by another. Tells how many died.
    async fn play(&self, days: i64) -> usize {
        let mut processes = [self.process(100).await, self.process(101).await];
        let mut killed = 0;
        while self.test.now().as_microsecond() < self.begin + days * DAY {
            loop {
                let [one, other] = &processes;
                let both = async { tokio::join!(one.work_once(), other.work_once()) };
                let worked = tokio::select! {
                    (one, other) = both => Some(one.unwrap() | other.unwrap()),
                    () = self.banks.died.notified() => None,
                };
                match worked {
                    Some(true) => {}
                    Some(false) => break,
                    // Both are cut off where they stand, as by a power failure.
                    None => {
                        killed += 1;
                        let seed = 200 + 2 * u64::try_from(killed).unwrap();
                        processes = [self.process(seed).await, self.process(seed + 1).await];
                    }
                }
            }
            self.test.clock.advance_seconds(300);
        }
        killed
    }

    async fn read(&self) -> db::Tx {
        self.test.hub.db.read().await.unwrap()
    }
}

fn size() -> (usize, i64) {
    let asked = std::env::var("PASSERELLE_TEST_SCHEDULE").unwrap_or_else(|_| "45x2".into());
    let (accounts, days) = asked.split_once('x').expect("ACCOUNTSxDAYS");
    (accounts.parse().unwrap(), days.parse().unwrap())
}

/// What the banks saw: their limit kept, nobody starved, and a bank that was down left alone.
fn judge(scene: &Scene, count: usize, days: i64, killed: usize) {
    let seen = scene.banks.seen.lock().unwrap();
    let calls: usize = seen.calls.values().map(Vec::len).sum();
    assert!(killed > 3, "{killed} processes died in {calls} calls");
    let end = scene.begin + days * DAY;
    for number in 0..count {
        let calls = &seen.calls[&number];
        assert!(
            calls.windows(5).all(|five| five[4] - five[0] > DAY),
            "account {number} was called five times in a day"
        );
        if number == 2 {
            continue;
        }
        // A process that dies with its call uses one of the four up, so now and then a run waits for the next day.
        let marks: Vec<i64> =
            [scene.begin].into_iter().chain(seen.good[&number].iter().copied()).chain([end]).collect();
        let down = |from: i64, to: i64| {
            let (begin, end) = scene.banks.down;
            if number % BANKS.len() == 1 { (end.min(to) - begin.max(from)).max(0) } else { 0 }
        };
        let longest = marks.windows(2).map(|pair| pair[1] - pair[0] - down(pair[0], pair[1])).max().unwrap() / HOUR;
        assert!(longest < 20, "account {number} had no answer for {longest} hours of an open bank");
    }
    let during = |at: &&i64| scene.banks.is_down(**at);
    let wasted: usize = (1..count).step_by(3).map(|number| seen.calls[&number].iter().filter(during).count()).sum();
    assert!((3..30).contains(&wasted), "{wasted} calls of a bank that was down for twelve hours");
}

#[tokio::test]
async fn never_a_fifth_call_nobody_starves_and_work_survives_killed_processes() {
    let (count, days) = size();
    let accounts_days = count * usize::try_from(days).unwrap();
    let scene = Scene::open(count, (8, 20), (accounts_days / 20).max(41)).await;
    let killed = scene.play(days).await;
    judge(&scene, count, days, killed);
    let mut tx = scene.read().await;
    assert_eq!(job::count(&mut tx).await.unwrap(), 0, "nothing that was begun is left");
    for id in &scene.accounts {
        let runs = synchronization::recent(&mut tx, scene.organization, *id, 1_000).await.unwrap();
        let ended = |status: Status| matches!(status, Status::Success | Status::Error);
        assert!(runs.iter().all(|run| ended(run.status)) && runs.len() > 3, "every run came to its end");
    }
}

#[tokio::test]
async fn a_pause_is_told_in_a_sentence_and_a_persons_answer_ends_it() {
    let scene = Scene::open(3, (0, 0), 0).await;
    let hub = &scene.test.hub;
    let until = hub.environment.now() + domain::ToSpan::hours(2);
    let silent = Health { pauses: 2, paused_until: Some(until), failing: scene.accounts.clone(), ..Health::default() };
    let written: Result<(), db::DbError> =
        db::write!(hub.db, tx => { institution_health::set(&mut tx, institution(0), &silent).await });
    written.unwrap();
    let page = scene.test.page(&format!("/app/accounts/{}", scene.accounts[0]), &scene.cookie).await;
    assert!(page.body.contains("does not answer at the moment, for other accounts either"), "{}", page.body);
    // The account's own time comes: it waits, without a run that fails and without a call.
    while hub.work_once().await.unwrap() {}
    let waiting = account::get(&mut scene.read().await, scene.organization, scene.accounts[0]).await.unwrap().unwrap();
    assert!(waiting.next_unattended_at.unwrap() >= until);
    assert!(!scene.banks.seen.lock().unwrap().calls.contains_key(&0));
    let address = Some("203.0.113.7".parse().unwrap());
    let subtype = Subtype::AccountTransactionsWithUnsettled;
    hub::sync::request(hub, scene.organization, scene.accounts[0], subtype, address).await.unwrap();
    while hub.work_once().await.unwrap() {}
    assert_eq!(institution_health::get(&mut scene.read().await, institution(0)).await.unwrap(), Health::default());
    let page = scene.test.page(&format!("/app/accounts/{}", scene.accounts[0]), &scene.cookie).await;
    assert!(!page.body.contains("for other accounts either"), "{}", page.body);
}

#[tokio::test]
async fn a_maintenance_uses_up_no_calls_and_makes_no_failed_runs() {
    let scene = Scene::open(3, (0, 0), 0).await;
    let standing = hub::institutions::Standing {
        state: connectors::InstitutionState::Maintenance,
        maintained_by: Some(connectors::Maintainer::Bank),
        replaced_by: None,
    };
    hub::institutions::decide(&scene.test.hub, institution(0), standing).await.unwrap();
    while scene.test.hub.work_once().await.unwrap() {}
    let mut tx = scene.read().await;
    let runs = synchronization::recent(&mut tx, scene.organization, scene.accounts[0], 10).await.unwrap();
    assert!(runs.is_empty(), "{runs:?}");
    let asked: BTreeSet<usize> = scene.banks.seen.lock().unwrap().calls.keys().copied().collect();
    assert!(!asked.contains(&0), "{asked:?}");
}
