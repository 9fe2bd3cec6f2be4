//! Two hundred seeds, each a month of everything that can go wrong. `cargo xtask stories --seeds N --from M` tells any
//! others; a failing seed replays exactly.

use std::sync::atomic::{AtomicU64, Ordering};

use sandbox::Fault;
use stories::{Engine, Told, tell};

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// Tells the seeds, twice as many at a time as the machine has cores: each now and then waits for its disk.
fn tell_all(engine: &Engine, from: u64, seeds: u64) -> Told {
    let next = AtomicU64::new(from);
    let work = || {
        let mut sum = Told::default();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= from + seeds {
                return sum;
            }
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("the machine lets a thread run tasks");
            sum += runtime.block_on(tell(seed, engine)).unwrap_or_else(|error| panic!("{error:#}"));
        }
    };
    std::thread::scope(|scope| {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let threads: Vec<_> = (0..cores * 2).map(|_| scope.spawn(work)).collect();
        let mut all = Told::default();
        for thread in threads {
            all += thread.join().expect("a story of this thread failed; its seed stands above");
        }
        all
    })
}

#[test]
fn every_seed_ends_with_the_books_equal_to_the_bank() {
    let (from, seeds) = (number("PASSERELLE_STORY_FROM", 1), number("PASSERELLE_STORY_SEEDS", 200));
    let told = tell_all(&Engine::Sqlite, from, seeds);
    println!("{seeds} stories: {told:?}");
    // Stories in which nothing happens prove nothing.
    if seeds >= 200 {
        assert!(told.transactions > 15_000 && told.proven > 1_200, "{told:?}");
        assert!(told.deaths > 500 && told.renewals > 30, "{told:?}");
        let rare: Vec<Fault> = Fault::ALL.into_iter().filter(|f| told.faults.get(f).is_none_or(|n| *n < 10)).collect();
        assert!(rare.is_empty(), "faults that hardly ever happened: {rare:?}; {told:?}");
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
