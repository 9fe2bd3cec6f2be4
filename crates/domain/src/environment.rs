use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use jiff::Timestamp;

/// Where the time comes from. The system's clock lives in `app`; tests own theirs.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Timestamp;
}

/// Where random bytes come from. The system's source lives in `app`; tests are seeded.
pub trait Entropy: Send + Sync {
    /// Fills the buffer with random bytes.
    fn fill(&self, buffer: &mut [u8]);
}

/// The time and the randomness that a party runs on: the only two things in which a run may differ from its replay.
#[derive(Clone)]
pub struct Environment {
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The source of random bytes.
    pub entropy: Arc<dyn Entropy>,
}

impl Environment {
    /// An environment of a clock and a source of randomness.
    pub fn new(clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>) -> Environment {
        Environment { clock, entropy }
    }

    /// The present instant, cut to microseconds because that is what the databases hold.
    pub fn now(&self) -> Timestamp {
        let micros = self.clock.now().as_microsecond();
        Timestamp::from_microsecond(micros).expect("an instant of the clock is in range")
    }

    /// The present day in UTC. Only for windows and schedules, never for the date of a movement.
    pub fn today(&self) -> jiff::civil::Date {
        jiff::tz::Offset::UTC.to_datetime(self.now()).date()
    }

    /// Random bytes.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.entropy.fill(&mut bytes);
        bytes
    }
}

/// A clock that stands still until it is moved: for tests and simulations.
pub struct SimulatedClock(AtomicI64);

impl SimulatedClock {
    /// A clock that shows an instant.
    pub fn at(now: Timestamp) -> Arc<SimulatedClock> {
        Arc::new(SimulatedClock(AtomicI64::new(now.as_microsecond())))
    }

    /// Moves the clock forward.
    pub fn advance_seconds(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }
}

impl Clock for SimulatedClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(Ordering::SeqCst)).expect("a simulated instant is in range")
    }
}

/// Repeatable pseudo-random bytes from a seed (SplitMix64, Steele, Lea and Flood 2014). Never for secrets.
pub struct SeededEntropy(Mutex<u64>);

impl SeededEntropy {
    /// The generator that a seed gives.
    pub fn new(seed: u64) -> Arc<SeededEntropy> {
        Arc::new(SeededEntropy(Mutex::new(seed)))
    }

    /// The next 64 bits.
    pub fn next_u64(&self) -> u64 {
        let mut state = self.0.lock().expect("the generator's lock is never held across a panic");
        *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = *state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 up to, not including, a bound above 0.
    pub fn below(&self, bound: u64) -> u64 {
        u64::try_from((u128::from(self.next_u64()) * u128::from(bound)) >> 64).expect("the high half fits")
    }

    /// True in `percent` of a hundred cases.
    pub fn percent(&self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

impl Entropy for SeededEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(8) {
            let bytes = self.next_u64().to_le_bytes();
            chunk.copy_from_slice(&bytes[..chunk.len()]);
        }
    }
}
