//! The system's clock and randomness: the one place of the program where time is read and chance enters. Everybody
//! else is handed a [`domain::Environment`].

use std::sync::Arc;

use domain::{Clock, Environment, Timestamp};

/// The clock of this machine.
struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is where the program's time comes from")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// The real time, and randomness fit for keys.
pub fn environment() -> Environment {
    Environment::new(Arc::new(SystemClock), Arc::new(vault::SystemEntropy::new()))
}

/// Measures how long something takes, unmoved by a clock that is set.
#[expect(clippy::disallowed_types, reason = "app measures durations; nothing is decided by them")]
pub struct Stopwatch(std::time::Instant);

impl Stopwatch {
    /// Begins to measure.
    #[expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "app measures durations")]
    pub fn start() -> Stopwatch {
        Stopwatch(std::time::Instant::now())
    }

    /// How long it has been, in milliseconds.
    pub fn millis(&self) -> u64 {
        u64::try_from(self.0.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}
