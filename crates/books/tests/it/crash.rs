//! Any order of pulls, repeats, crashes between any two steps (of the work and of the pages that connect and link), two
//! processes at once, late, corrected and removed rows, new ids with and without a new consent, renewals, lost accounts,
//! re-links, statement files and checks ends with the books equal to the provider, line by line; so does an account
//! beside it that has twins of its movements.

use std::collections::BTreeSet;
use std::pin::pin;
use std::task::Poll;

use domain::{Date, TransactionId};
use proptest::prelude::*;

use crate::desk::{Desk, Engine, engines, held, offer};
use crate::files::file_of;
use crate::provider::{MEUSE, Movement};

const REFERENCE: &str = "BE68539007547034";
/// The account beside it, to which nothing happens but what happens to all.
const NEIGHBOUR: &str = "BE71096123456769";

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
    /// Every movement gets another id, and nobody is told: a provider without a feed may.
    Renumber,
    /// The account is taken from its journal and linked to it again; movements may come in between.
    Relink { away: bool },
    /// The books die while the provider's answer to a person is taken; the person loads the page again.
    DieInReturn(u16),
    /// The books die while an account is linked again; the person sends the form again.
    DieInLink(u16),
    /// Two processes of the books work at once.
    Beside,
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
        1 => Just(Step::Renumber),
        2 => any::<bool>().prop_map(|away| Step::Relink { away }),
        1 => (1u16..120).prop_map(Step::DieInReturn),
        1 => (1u16..120).prop_map(Step::DieInLink),
        1 => Just(Step::Beside),
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
    shelf.authorized = shelf.accounts.iter().map(|held| held.id).collect();
}

/// What a story has used up: ids, and the days that stand in a file.
struct Story {
    connection: String,
    next: u128,
    filed: BTreeSet<Date>,
}

async fn play(engine: &Engine, feeds: bool, steps: &[Step]) {
    let mut desk = Desk::open(engine, feeds).await;
    desk.sign_up("claire@example.org").await;
    offer(&desk.shelf, vec![held(1, MEUSE, REFERENCE, 25), held(2, MEUSE, NEIGHBOUR, 25)]);
    let accounts = desk.connect(MEUSE).await;
    let connection = desk.link_all(&accounts).await;
    let mut story = Story { connection, next: 10_000, filed: BTreeSet::new() };
    for step in steps {
        match step {
            Step::Arrive { .. } | Step::Correct(_) | Step::TakeBack(_) | Step::Renumber | Step::EndToken => {
                at_the_provider(&desk, &mut story, feeds, step);
            }
            Step::DieAtRequest { .. } | Step::DieAtPoll(_) | Step::DieInReturn(_) | Step::DieInLink(_) => {
                die(&mut desk, &story, step).await;
            }
            Step::Ask
            | Step::Work
            | Step::Wait
            | Step::Reissue
            | Step::Renew
            | Step::Forget
            | Step::Relink { .. }
            | Step::Beside
            | Step::File { .. }
            | Step::Check => by_a_person(&desk, &mut story, step).await,
        }
    }
    settle(&desk, &story.connection).await;
}

fn at_the_provider(desk: &Desk, story: &mut Story, feeds: bool, step: &Step) {
    match step {
        Step::Arrive { count, day, minor } => arrive(desk, &mut story.next, *count, *day, *minor),
        Step::Correct(at) => correct(desk, usize::from(*at), story.next),
        // Only a feed tells of what is gone.
        Step::TakeBack(at) if feeds => take_back(desk, usize::from(*at), &story.filed),
        // Ids of a feed are for ever; only a list may change them under one account.
        Step::Renumber if !feeds => renumber(desk, &mut story.next),
        Step::EndToken => desk.shelf.lock().unwrap().access = Some("another".into()),
        // Not its affair.
        Step::TakeBack(_)
        | Step::Ask
        | Step::Work
        | Step::DieAtRequest { .. }
        | Step::DieAtPoll(_)
        | Step::Wait
        | Step::Reissue
        | Step::Renew
        | Step::Forget
        | Step::Renumber
        | Step::Relink { .. }
        | Step::DieInReturn(_)
        | Step::DieInLink(_)
        | Step::Beside
        | Step::File { .. }
        | Step::Check => {}
    }
}

async fn die(desk: &mut Desk, story: &Story, step: &Step) {
    match step {
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
        Step::DieInReturn(polls) => {
            let state = desk.leave(MEUSE).await;
            let back = format!("/connect/return?state={state}&code=code-1");
            abandoned(desk.get(&back), *polls).await;
            desk.reopen().await;
            let answer = desk.get(&back).await;
            assert!(answer.location.ends_with("/accounts"), "{} {}", answer.status, answer.body);
        }
        Step::DieInLink(polls) => {
            let form = unlink(desk, &story.connection).await;
            abandoned(link(desk, &form), *polls).await;
            desk.reopen().await;
            link(desk, &form).await;
        }
        // Not its affair.
        Step::Arrive { .. }
        | Step::Correct(_)
        | Step::TakeBack(_)
        | Step::Ask
        | Step::Work
        | Step::EndToken
        | Step::Wait
        | Step::Reissue
        | Step::Renew
        | Step::Forget
        | Step::Renumber
        | Step::Relink { .. }
        | Step::Beside
        | Step::File { .. }
        | Step::Check => {}
    }
}

async fn by_a_person(desk: &Desk, story: &mut Story, step: &Step) {
    let import = format!("{}/import", story.connection);
    match step {
        Step::Ask => drop(desk.post(&import, &[]).await),
        Step::Work => desk.work().await,
        Step::Wait => desk.wait_hours(12).await,
        Step::Reissue => {
            reissue(desk, &mut story.next);
            desk.connect(MEUSE).await;
        }
        Step::Renew => drop(desk.connect(MEUSE).await),
        Step::Forget => {
            let kept = std::mem::take(&mut desk.shelf.lock().unwrap().authorized);
            desk.connect(MEUSE).await;
            desk.post(&import, &[]).await;
            desk.work().await;
            desk.shelf.lock().unwrap().authorized = kept;
            desk.connect(MEUSE).await;
        }
        Step::Relink { away } => {
            let form = unlink(desk, &story.connection).await;
            if *away {
                arrive(desk, &mut story.next, 3, 20, 2);
                desk.post(&import, &[]).await;
                desk.work().await;
            }
            link(desk, &form).await;
        }
        Step::Beside => {
            let other = desk.beside().await;
            let work = async { while other.work_once().await.unwrap() {} };
            tokio::join!(desk.work(), work);
            other.close().await;
        }
        Step::File { from, days } => story.filed.extend(file(desk, *from, *days).await),
        Step::Check => {
            let journal = desk.journal(REFERENCE).await;
            desk.post(&format!("{journal}/check"), &[]).await;
            desk.work().await;
            desk.post(&format!("{journal}/check/take"), &[]).await;
        }
        // Not its affair.
        Step::Arrive { .. }
        | Step::Correct(_)
        | Step::TakeBack(_)
        | Step::DieAtRequest { .. }
        | Step::DieAtPoll(_)
        | Step::EndToken
        | Step::Renumber
        | Step::DieInReturn(_)
        | Step::DieInLink(_) => {}
    }
}

/// The form that links an account to a journal: its address, its field, and the journal.
type Form = (String, String, String);

/// Takes the account from its journal. Answers the form that links it again.
async fn unlink(desk: &Desk, connection: &str) -> Form {
    let journal = desk.journal(REFERENCE).await;
    desk.post(&format!("{journal}/unlink"), &[]).await;
    let accounts = format!("{connection}/accounts");
    let id = desk.linkable(&accounts).await[0];
    (accounts, format!("journal-{id}"), journal[10..].to_owned())
}

/// Sends the form, perhaps once more than was needed.
async fn link(desk: &Desk, (accounts, field, journal): &Form) {
    desk.post(accounts, &[(field, journal)]).await;
}

fn renumber(desk: &Desk, next: &mut u128) {
    desk.shelf.lock().unwrap().accounts[0].renumber(|| {
        *next += 1;
        *next
    });
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
    let all = desk.shelf.lock().unwrap().accounts.clone();
    let mut before = Vec::new();
    for held in &all {
        desk.assert_equal(held).await;
        before.push(desk.books.lines(&held.reference).await.unwrap());
    }
    desk.post(&format!("{connection}/import"), &[]).await;
    desk.work().await;
    let journals = desk.books.journals().await.unwrap();
    assert_eq!(journals.len(), all.len(), "one journal an account");
    for (held, before) in all.iter().zip(before) {
        assert_eq!(desk.books.lines(&held.reference).await.unwrap(), before);
        // The months that are kept beside the lines agree with them.
        let journal = journals.iter().find(|journal| journal.reference == held.reference).unwrap();
        let counted: Vec<_> = before.iter().filter(|line| line.state != books::LineState::Removed).collect();
        assert_eq!(journal.lines, i64::try_from(counted.len()).unwrap());
        let total: i64 = journal.statements.iter().map(|statement| statement.total.minor()).sum();
        assert_eq!(total, counted.iter().map(|line| line.amount.minor()).sum::<i64>());
    }
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
