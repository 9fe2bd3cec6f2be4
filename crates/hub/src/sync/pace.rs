//! When an account is read next without a person. Pure: the same functions run the hub and the simulation of a month
//! that tests them.

use domain::{Timestamp, ToSpan};

use super::quota;

/// Hours between two regular runs: with the jitter a little less than four a day.
pub const EVERY_HOURS: i64 = 6;
/// Runs are spread by up to this much, so that accounts that were linked together do not come together for ever.
pub const JITTER_SECONDS: i64 = 20 * 60;
/// After the first failure; doubled with each one in a row, up to the regular interval.
const RETRY_MINUTES: i64 = 30;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Well.
    Well,
    /// The bank failed.
    Badly {
        /// How often in a row by now, from 1.
        failures: i64,
        /// Seconds that the bank asked to wait, when it did.
        bank_waits: Option<i64>,
    },
    /// The bank was not asked, and may be at an instant.
    Held(Timestamp),
}

/// When the next run is due, given the unattended calls that count now (microseconds, oldest first). Never before the
/// bank's limit allows it. After a failure sooner than regularly, but the last call of a day is not spent soon: it is
/// kept for the middle of what is left of the day, so that a bank that comes back finds the account with a call left.
pub fn next(ended: Ended, made: &[i64], now: Timestamp, jitter_seconds: i64) -> Timestamp {
    let wanted = match ended {
        Ended::Well => now + EVERY_HOURS.hours(),
        Ended::Badly { bank_waits: Some(seconds), .. } => now + seconds.clamp(60, 86_400).seconds(),
        Ended::Badly { failures, bank_waits: None } => {
            let minutes = (RETRY_MINUTES << (failures - 1).clamp(0, 10)).min(EVERY_HOURS * 60);
            let soon = now + minutes.minutes();
            if quota::left(made) == 1 { soon.max(middle(made, now)) } else { soon }
        }
        Ended::Held(until) => until,
    };
    let allowed = quota::allowed(made, now, 1).err().unwrap_or(wanted);
    wanted.max(allowed) + jitter_seconds.clamp(0, JITTER_SECONDS).seconds()
}

/// Half way to when the oldest call counts no longer.
fn middle(made: &[i64], now: Timestamp) -> Timestamp {
    let Some(oldest) = made.first().and_then(|at| Timestamp::from_microsecond(*at).ok()) else { return now };
    let free = quota::free_again(oldest);
    let half = (free.as_microsecond() - now.as_microsecond()).max(0) / 2;
    Timestamp::from_microsecond(now.as_microsecond() + half).unwrap_or(free)
}

#[cfg(test)]
mod tests;
