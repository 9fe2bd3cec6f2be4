//! Any order of pulls, repeats, crashes between any two steps, and late, corrected and removed rows ends with the books
//! equal to the provider.

use std::pin::pin;
use std::task::Poll;

use domain::{AccountId, Date, TransactionId};
use proptest::prelude::*;

use crate::desk::{Desk, Engine, engines, held, offer};
use crate::provider::{MEUSE, Movement};

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

async fn play(engine: &Engine, feeds: bool, steps: &[Step]) {
    let mut desk = Desk::open(engine, feeds).await;
    desk.sign_up("claire@example.org").await;
    offer(&desk.shelf, vec![held(1, MEUSE, "BE68539007547034", 25)]);
    let accounts = desk.connect(MEUSE).await;
    let connection = desk.link_all(&accounts).await;
    let mut next = 10_000;
    for step in steps {
        match step {
            Step::Arrive { count, day, minor } => arrive(&desk, &mut next, *count, *day, *minor),
            Step::Correct(at) => {
                let mut shelf = desk.shelf.lock().unwrap();
                let account = &mut shelf.accounts[0];
                let at = usize::from(*at) % account.movements.len().max(1);
                if at < account.movements.len() {
                    account.correct(at, &format!("corrected {next}"));
                }
            }
            // Only a feed tells of what is gone.
            Step::TakeBack(at) if feeds => {
                let mut shelf = desk.shelf.lock().unwrap();
                let account = &mut shelf.accounts[0];
                if !account.movements.is_empty() {
                    let at = usize::from(*at) % account.movements.len();
                    account.take_back(at);
                }
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
        }
    }
    settle(&desk, &connection).await;
}

fn arrive(desk: &Desk, next: &mut u128, count: u8, day: u8, minor: i64) {
    let mut shelf = desk.shelf.lock().unwrap();
    for at in 0..count {
        *next += 1;
        let (month, day) = if day < 28 { (1, day + 1) } else { (2, day - 27) };
        shelf.accounts[0].book(Movement {
            id: TransactionId::from_u128(*next),
            booked_on: Date::constant(2026, i8::try_from(month).unwrap(), i8::try_from(day).unwrap()),
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
    let held = desk.shelf.lock().unwrap().account(AccountId::from_u128(1)).unwrap().clone();
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

fn run(engine: &Engine, feeds: bool, steps: &[Step]) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(play(engine, feeds, steps));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

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
