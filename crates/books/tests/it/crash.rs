//! Any order of pulls, repeats, crashes between any two steps, late, corrected and removed rows, new ids after a new
//! consent, renewals, lost accounts, re-links, statement files, events and checks ends with the books equal to the
//! provider, line by line.

use std::collections::BTreeSet;
use std::pin::pin;
use std::task::Poll;

use domain::{Date, TransactionId};
use proptest::prelude::*;

use crate::desk::{Desk, Engine, engines, held, offer};
use crate::files::file_of;
use crate::provider::{MEUSE, Movement};

const REFERENCE: &str = "BE68539007547034";

/// What happens next.
#[derive(Debug, Clone)]
enum Step {
    /// Movements arrive at the provider, some of them late, some of them twins.
    Arrive { count: u8, day: u8, minor: i64 },
    /// The bank corrects what a movement is about.
    Correct(u16),
    /// The bank takes a movement back.
    TakeBack(u16),
    /// Somebody asks for an import.
    Ask,
    /// The books work to their end.
    Work,
    /// The books die at a request: before it was sent, or after it was received.
    DieAtRequest { after: u8, reached: bool },
    /// The books die in the middle of anything, after a number of steps of the machine.
    DieAtPoll(u16),
    /// The access token ends early.
    EndToken,
    /// Twelve hours pass.
    Wait,
    /// The consent is made anew and every id is another one; the person comes back.
    Reissue,
    /// The consent is renewed and nothing changes.
    Renew,
    /// Somebody forgets to tick the account, notices, and ticks it.
    Forget,
    /// The account is taken from its journal and linked to it again.
    Relink,
    /// Somebody takes in a statement file of some days.
    File { from: u8, days: u8 },
    /// Somebody checks the journal against the provider and takes what is missing.
    Check,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (1u8..30, 0u8..56, -5i64..5).prop_map(|(count, day, minor)| Step::Arrive { count, day, minor }),
        2 => any::<u16>().prop_map(Step::Correct),
        1 => any::<u16>().prop_map(Step::TakeBack),
        3 => Just(Step::Ask),
        3 => Just(Step::Work),
        3 => (0u8..14, any::<bool>()).prop_map(|(after, reached)| Step::DieAtRequest { after, reached }),
        3 => (1u16..400).prop_map(Step::DieAtPoll),
        1 => Just(Step::EndToken),
        1 => Just(Step::Wait),
        2 => Just(Step::Reissue),
        1 => Just(Step::Renew),
        1 => Just(Step::Forget),
        2 => Just(Step::Relink),
        2 => (0u8..56, 1u8..20).prop_map(|(from, days)| Step::File { from, days }),
        1 => Just(Step::Check),
    ]
}

/// Runs a future for at most a number of polls, then drops it where it stands.
async fn abandoned<F: Future>(future: F, mut polls: u16) {
    let mut future = pin!(future);
    std::future::poll_fn(|context| {
        if polls == 0 || future.as_mut().poll(context).is_ready() {
            return Poll::Ready(());
        }
        polls -= 1;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

fn correct(desk: &Desk, at: usize, number: u128) {
    let mut shelf = desk.shelf.lock().unwrap();
    let account = &mut shelf.accounts[0];
    let at = at % account.movements.len().max(1);
    if at < account.movements.len() {
        account.correct(at, &format!("corrected {number}"));
    }
}

/// The bank takes a movement back. At the edge of a history nobody can tell what was taken back from what it no longer
/// reaches, and a bank takes nothing back that stands in a statement file.
fn take_back(desk: &Desk, at: usize, filed: &BTreeSet<Date>) {
    let mut shelf = desk.shelf.lock().unwrap();
    let account = &mut shelf.accounts[0];
    let first = account.movements.iter().map(|movement| movement.booked_on).min();
    let at = at % account.movements.len().max(1);
    let movement = account.movements.get(at).map(|movement| movement.booked_on);
    if movement > first && movement.is_some_and(|day| !filed.contains(&day)) {
        account.take_back(at);
    }
}

/// The bank gives every movement and the account new ids.
fn reissue(desk: &Desk, next: &mut u128) {
    let mut shelf = desk.shelf.lock().unwrap();
    shelf.accounts[0].reissue(|| {
        *next += 1;
        *next
    });
    shelf.authorized = vec![shelf.accounts[0].id];
}

async fn play(engine: &Engine, feeds: bool, steps: &[Step]) {
    let mut desk = Desk::open(engine, feeds).await;
    desk.sign_up("claire@example.org").await;
    offer(&desk.shelf, vec![held(1, MEUSE, REFERENCE, 25)]);
    let accounts = desk.connect(MEUSE).await;
    let connection = desk.link_all(&accounts).await;
    let mut next = 10_000;
    let mut filed = BTreeSet::new();
    for step in steps {
        match step {
            Step::Arrive { count, day, minor } => arrive(&desk, &mut next, *count, *day, *minor),
            Step::Correct(at) => {
                correct(&desk, usize::from(*at), next);
            }
            // Only a feed tells of what is gone.
            Step::TakeBack(at) if feeds => {
                take_back(&desk, usize::from(*at), &filed);
            }
            Step::TakeBack(_) => {}
            Step::Ask => {
                desk.post(&format!("{connection}/import"), &[]).await;
            }
            Step::Work => desk.work().await,
            Step::DieAtRequest { after, reached } => {
                *desk.door.cut.lock().unwrap() = Some((u32::from(*after), *reached));
                let work = async { while desk.books.work_once().await.unwrap() {} };
                abandoned(work, 5_000).await;
                *desk.door.cut.lock().unwrap() = None;
                desk.reopen().await;
            }
            Step::DieAtPoll(polls) => {
                let work = async { while desk.books.work_once().await.unwrap() {} };
                abandoned(work, *polls).await;
                desk.reopen().await;
            }
            Step::EndToken => desk.shelf.lock().unwrap().access = Some("another".into()),
            Step::Wait => desk.wait_hours(12).await,
            Step::Reissue => {
                reissue(&desk, &mut next);
                desk.connect(MEUSE).await;
            }
            Step::Renew => drop(desk.connect(MEUSE).await),
            Step::Forget => {
                let kept = std::mem::take(&mut desk.shelf.lock().unwrap().authorized);
                desk.connect(MEUSE).await;
                desk.post(&format!("{connection}/import"), &[]).await;
                desk.work().await;
                desk.shelf.lock().unwrap().authorized = kept;
                desk.connect(MEUSE).await;
            }
            Step::Relink => relink(&desk, &connection).await,
            Step::File { from, days } => filed.extend(file(&desk, *from, *days).await),
            Step::Check => {
                let journal = desk.journal(REFERENCE).await;
                desk.post(&format!("{journal}/check"), &[]).await;
                desk.work().await;
                desk.post(&format!("{journal}/check/take"), &[]).await;
            }
        }
    }
    settle(&desk, &connection).await;
}

async fn relink(desk: &Desk, connection: &str) {
    let journal = desk.journal(REFERENCE).await;
    desk.post(&format!("{journal}/unlink"), &[]).await;
    let accounts = format!("{connection}/accounts");
    let id = desk.linkable(&accounts).await[0];
    desk.post(&accounts, &[(&format!("journal-{id}"), &journal[10..])]).await;
}

/// A file of some days: of all movements of those days, as a bank's files are. Answers the days in it.
async fn file(desk: &Desk, from: u8, days: u8) -> BTreeSet<Date> {
    let mut held = desk.shelf.lock().unwrap().accounts[0].clone();
    let (first, last) = (day(from), day(from.saturating_add(days).min(55)));
    held.movements.retain(|movement| (first..=last).contains(&movement.booked_on));
    held.movements.sort_by_key(|movement| movement.booked_on);
    let bytes = file_of(&held, "camt053", 0..held.movements.len(), 0);
    let journal = desk.journal(REFERENCE).await;
    let answer = desk.upload(&format!("{journal}/files"), "some days", &bytes).await;
    assert_eq!(answer.status, axum::http::StatusCode::SEE_OTHER, "{}", answer.body);
    held.movements.iter().map(|movement| movement.booked_on).collect()
}

fn day(number: u8) -> Date {
    let (month, day) = if number < 28 { (1, number + 1) } else { (2, number - 27) };
    Date::constant(2026, i8::try_from(month).unwrap(), i8::try_from(day).unwrap())
}

fn arrive(desk: &Desk, next: &mut u128, count: u8, day: u8, minor: i64) {
    let mut shelf = desk.shelf.lock().unwrap();
    for at in 0..count {
        *next += 1;
        shelf.accounts[0].book(Movement {
            id: TransactionId::from_u128(*next),
            booked_on: self::day(day),
            minor,
            label: format!("payment {}", at % 3),
        });
    }
}

/// Whatever happened: one undisturbed import, and the books are equal to the provider; another, and nothing is new.
async fn settle(desk: &Desk, connection: &str) {
    desk.work().await;
    desk.post(&format!("{connection}/import"), &[]).await;
    desk.work().await;
    let held = desk.shelf.lock().unwrap().accounts[0].clone();
    desk.assert_equal(&held).await;
    let before = desk.books.lines(&held.reference).await.unwrap();
    desk.post(&format!("{connection}/import"), &[]).await;
    desk.work().await;
    assert_eq!(desk.books.lines(&held.reference).await.unwrap(), before);
    // The months that are kept beside the lines agree with them.
    let journal = &desk.books.journals().await.unwrap()[0];
    let counted: Vec<_> = before.iter().filter(|line| line.state != books::LineState::Removed).collect();
    assert_eq!(journal.lines, i64::try_from(counted.len()).unwrap());
    let total: i64 = journal.statements.iter().map(|statement| statement.total.minor()).sum();
    assert_eq!(total, counted.iter().map(|line| line.amount.minor()).sum::<i64>());
}

/// Few enough for every day; `PASSERELLE_BOOKS_CASES` asks for more.
fn cases() -> u32 {
    std::env::var("PASSERELLE_BOOKS_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(24)
}

fn run(engine: &Engine, feeds: bool, steps: &[Step]) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(play(engine, feeds, steps));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn books_become_equal_to_a_feed(steps in proptest::collection::vec(step(), 0..14)) {
        for engine in engines() {
            run(&engine, true, &steps);
        }
    }

    #[test]
    fn books_become_equal_to_a_list(steps in proptest::collection::vec(step(), 0..14)) {
        for engine in engines() {
            run(&engine, false, &steps);
        }
    }
}
