//! The work of bulk statements follows their rows: counted in steps of SQLite, not in time.

use std::sync::atomic::Ordering;

use db::{Db, Tx};
use domain::{CompanyId, Environment, JournalId, LineId, SeededEntropy, SimulatedClock, TargetId, Timestamp};

use super::delivery::{self, Lane, Outcome, Sending};
use super::line::{self, Line, LineState, LineText};
use super::{month, schema};

/// So many rows lie there; a few of them, and ten times as many, are written.
const THERE: usize = 5000;
const FEW: usize = 500;
const NOW: Timestamp = Timestamp::UNIX_EPOCH;

struct Scene {
    db: Db,
    path: std::path::PathBuf,
    lane: Lane,
    lines: Vec<Line>,
}

impl Scene {
    async fn set(name: &str) -> Scene {
        let path = std::env::temp_dir().join(format!("books_bulk_{}_{name}.sqlite", std::process::id()));
        let _ = std::fs::remove_file(&path);
        let db = Db::open(&format!("sqlite:{}", path.display())).await.unwrap();
        db.migrate(schema::MIGRATIONS).await.unwrap();
        let environment = Environment::new(SimulatedClock::at(NOW), SeededEntropy::new(1));
        let lane = Lane {
            company: CompanyId::new(&environment),
            target: TargetId::new(&environment),
            journal: JournalId::new(&environment),
        };
        let lines: Vec<Line> = (0..THERE).map(|number| written(LineId::new(&environment), number)).collect();
        let mut tx = db.begin().await.unwrap();
        line::add(&mut tx, lane.company, lane.journal, &lines).await.unwrap();
        let sending: Vec<Sending> =
            lines.iter().map(|line| Sending { line: line.id, key: line.remote.clone() }).collect();
        delivery::begin(&mut tx, lane, "all", &sending, NOW).await.unwrap();
        tx.commit().await.unwrap();
        Scene { db, path, lane, lines }
    }

    /// The steps that a statement takes; it is undone afterwards.
    async fn steps(&self, statement: impl AsyncFnOnce(&mut Tx)) -> u64 {
        let mut tx = self.db.begin().await.unwrap();
        let steps = tx.count_steps().await.unwrap().unwrap();
        statement(&mut tx).await;
        steps.load(Ordering::SeqCst)
    }

    async fn end(self) {
        self.db.close().await;
        let _ = std::fs::remove_file(&self.path);
    }
}

fn written(id: LineId, number: usize) -> Line {
    let month = 1 + number / 28 % 12;
    Line {
        id,
        source: "account".into(),
        import: None,
        set_aside: None,
        sequence: i64::try_from(number).unwrap(),
        remote: format!("remote-{number}"),
        epoch: 1,
        booked_on: format!("{}-{month:02}-{:02}", 2010 + number / 336, 1 + number % 28).parse().unwrap(),
        amount_minor: 1,
        text: LineText {
            value_on: None,
            label: "rent".into(),
            partner_name: None,
            partner_account: None,
            structured: None,
            end_to_end_id: None,
            foreign: None,
            exchange_rate: None,
            bank_id: None,
            raw: "{}".into(),
        },
        state: LineState::Posted,
        note: None,
    }
}

/// Ten times the rows may take twelve times the steps, not a hundred times.
fn follows(name: &str, few: u64, many: u64) {
    assert!(few > 0, "{name}: nothing was counted");
    assert!(many < 12 * few, "{name}: {few} steps for some rows, {many} for ten times as many");
}

#[tokio::test]
async fn what_a_target_took_is_written_in_steps_that_follow_the_rows() {
    let scene = Scene::set("settle").await;
    let (lane, lines) = (scene.lane, &scene.lines);
    let settle = async |count: usize| {
        let outcomes: Vec<_> =
            lines.iter().take(count).map(|line| (line.id, Outcome::Created(Some(line.remote.clone())))).collect();
        scene
            .steps(async |tx: &mut Tx| {
                delivery::settle(tx, lane, &outcomes, NOW).await.unwrap();
                let sent = i64::try_from(count).unwrap();
                assert_eq!(delivery::tally(tx, lane).await.unwrap().delivered, sent, "all of them, and no other");
            })
            .await
    };
    follows("settle", settle(FEW).await, settle(10 * FEW).await);
    scene.end().await;
}

#[tokio::test]
async fn lines_are_corrected_in_steps_that_follow_the_rows() {
    let scene = Scene::set("correct").await;
    let lane = scene.lane;
    let correct = async |count: usize| {
        let mut lines: Vec<Line> = scene.lines.iter().take(count).cloned().collect();
        lines.iter_mut().for_each(|line| line.text.label = "rent of May".into());
        scene
            .steps(async |tx: &mut Tx| {
                let touched = line::correct(tx, lane.company, &lines).await.unwrap();
                assert_eq!(touched, count as u64);
            })
            .await
    };
    follows("correct", correct(FEW).await, correct(10 * FEW).await);
    scene.end().await;
}

#[tokio::test]
async fn months_are_added_up_in_steps_that_follow_their_lines() {
    let scene = Scene::set("recount").await;
    let lane = scene.lane;
    let mut months: Vec<String> = scene.lines.iter().map(|line| line.booked_on.to_string()[..7].to_owned()).collect();
    months.dedup();
    let recount = async |count: usize| {
        let some = &months[..count];
        let counted = async |tx: &mut Tx| {
            month::recount(tx, lane.company, lane.journal, some).await.unwrap();
            assert_eq!(month::of_journal(tx, lane.company, lane.journal).await.unwrap().len(), count);
        };
        scene.steps(counted).await
    };
    follows("recount", recount(15).await, recount(150).await);
    scene.end().await;
}
