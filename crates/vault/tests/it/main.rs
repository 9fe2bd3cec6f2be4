//! The vault against the published test vectors of its algorithms, and against tampering.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on shall stop")]

mod keyring;
mod password;
mod token;

use domain::{Environment, SeededEntropy, SimulatedClock};

/// A repeatable environment.
pub fn environment(seed: u64) -> Environment {
    let clock = SimulatedClock::at("2026-01-02T03:04:05Z".parse().unwrap());
    Environment::new(clock, SeededEntropy::new(seed))
}
