//! Sixty seeds, each a month of everything that can go wrong. `cargo xtask stories --seeds N --from M` tells any
//! others; a failing seed replays exactly.

use stories::{Engine, Told, tell};

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// Tells the seeds on two threads, since the machine that runs this often has two cores.
fn tell_all(engine: &Engine, from: u64, seeds: u64) -> Told {
    let threads: Vec<_> = (0..2)
        .map(|thread| {
            let engine = engine.clone();
            std::thread::spawn(move || {
                let mut sum = Told::default();
                for seed in (from..from + seeds).filter(|seed| seed % 2 == thread) {
                    let runtime = tokio::runtime::Builder::new_current_thread()
                        .enable_all()
                        .build()
                        .expect("the machine lets a thread run tasks");
                    let told = runtime.block_on(tell(seed, &engine)).unwrap_or_else(|error| panic!("{error:#}"));
                    sum.transactions += told.transactions;
                    sum.lines += told.lines;
                    sum.deaths += told.deaths;
                    sum.renewals += told.renewals;
                    sum.faults += told.faults;
                }
                sum
            })
        })
        .collect();
    let mut all = Told::default();
    for thread in threads {
        let told = thread.join().expect("a story of this thread failed; its seed stands above");
        all.transactions += told.transactions;
        all.lines += told.lines;
        all.deaths += told.deaths;
        all.renewals += told.renewals;
        all.faults += told.faults;
    }
    all
}

#[test]
fn every_seed_ends_with_the_books_equal_to_the_bank() {
    let (from, seeds) = (number("PASSERELLE_STORY_FROM", 1), number("PASSERELLE_STORY_SEEDS", 60));
    let told = tell_all(&Engine::Sqlite, from, seeds);
    println!("{seeds} stories: {told:?}");
    if seeds >= 60 {
        // Stories in which nothing happens prove nothing.
        assert!(told.transactions > 5_000 && told.deaths > 100 && told.renewals > 10 && told.faults > 1000, "{told:?}");
    }
}

#[test]
fn postgresql_tells_the_same_stories() {
    let Ok(server) = std::env::var("PASSERELLE_TEST_POSTGRES") else {
        println!("PASSERELLE_TEST_POSTGRES names no server: PostgreSQL is left out of this run");
        return;
    };
    let told = tell_all(&Engine::Postgres(server), number("PASSERELLE_STORY_FROM", 1), 4);
    assert!(told.transactions > 200, "{told:?}");
}

#[test]
fn a_seed_replays_exactly() {
    assert_eq!(tell_all(&Engine::Sqlite, 7, 1), tell_all(&Engine::Sqlite, 7, 1));
}
