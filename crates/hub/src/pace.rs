//! How fast one client may ask. Each client has an allowance of requests a minute that it may spend at once and that
//! fills up again evenly (the generic cell rate algorithm: one instant a client says everything). The allowances live
//! in memory, each process of a hub counts for itself, and nothing is lost when one ends.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

use domain::{ApplicationId, IntegrationId, Timestamp};

const MINUTE_US: i64 = 60_000_000;
/// So many clients are remembered before those whose allowance is full again are forgotten.
const FORGET_AT: usize = 1024;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Client {
    /// Software, for one organization.
    Integration(IntegrationId),
    /// Software, for itself.
    Application(ApplicationId),
    /// Somebody without a good token.
    Stranger(IpAddr),
}

impl Client {
    /// Somebody at an address. A site has 64 bits of IPv6 for itself, so only the rest tells strangers apart.
    pub fn at(address: IpAddr) -> Client {
        let site = match address.to_canonical() {
            IpAddr::V4(address) => IpAddr::V4(address),
            IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
        };
        Client::Stranger(site)
    }
}

/// The allowances of everybody who asked lately.
#[derive(Debug)]
pub struct Pace {
    /// How long one request takes to fill up again; `None` when nothing is limited.
    refill_us: Option<i64>,
    full_again: Mutex<Clients>,
}

/// When the allowance of each client is full again, in microseconds since 1970.
#[derive(Debug)]
struct Clients {
    at: HashMap<Client, i64>,
    forget_at: usize,
}

impl Pace {
    /// So many requests a minute for each client; 0 limits nothing.
    pub fn per_minute(requests: u32) -> Pace {
        let refill_us = (requests > 0).then(|| (MINUTE_US / i64::from(requests)).max(1));
        Pace { refill_us, full_again: Mutex::new(Clients { at: HashMap::new(), forget_at: FORGET_AT }) }
    }

    /// Counts a request.
    ///
    /// # Errors
    /// The allowance is used up: in how many seconds to ask again, at least 1.
    pub fn count(&self, client: Client, now: Timestamp) -> Result<(), u64> {
        let Some(refill_us) = self.refill_us else { return Ok(()) };
        let now = now.as_microsecond();
        // A map of instants is whole whatever a thread that held it did.
        let mut clients = self.full_again.lock().unwrap_or_else(PoisonError::into_inner);
        let full = clients.at.get(&client).copied().unwrap_or(now).max(now) + refill_us;
        let too_much = full - now - MINUTE_US;
        if too_much > 0 {
            return Err(u64::try_from(too_much).unwrap_or_default().div_ceil(1_000_000));
        }
        clients.at.insert(client, full);
        if clients.at.len() >= clients.forget_at {
            clients.at.retain(|_, full| *full > now);
            clients.forget_at = FORGET_AT.max(2 * clients.at.len());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use domain::Timestamp;

    use super::{Client, FORGET_AT, Pace};

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    fn stranger(text: &str) -> Client {
        Client::at(text.parse().unwrap())
    }

    #[test]
    fn a_minutes_allowance_may_be_spent_at_once_and_fills_up_evenly() {
        let pace = Pace::per_minute(60);
        let client = stranger("203.0.113.7");
        for _ in 0..60 {
            assert_eq!(pace.count(client, at(0)), Ok(()));
        }
        assert_eq!(pace.count(client, at(0)), Err(1));
        assert_eq!(pace.count(stranger("203.0.113.8"), at(0)), Ok(()), "another client has its own");
        assert_eq!(pace.count(client, at(1)), Ok(()), "a second later there is one again");
        assert_eq!(pace.count(client, at(1)), Err(1), "and no more: a refusal costs nothing and gives nothing");
        for _ in 0..60 {
            assert_eq!(pace.count(client, at(100)), Ok(()));
        }
        assert_eq!(pace.count(client, at(100)), Err(1));
        assert_eq!(pace.count(client, at(99)), Err(2), "a clock that steps back makes nobody wait for ever");
    }

    #[test]
    fn one_a_minute_says_how_long_to_wait_and_none_limits_nothing() {
        let client = stranger("2001:db8::1");
        let slow = Pace::per_minute(1);
        assert_eq!(slow.count(client, at(0)), Ok(()));
        assert_eq!(slow.count(stranger("2001:db8::ffff"), at(15)), Err(45), "the same site");
        assert_eq!(slow.count(stranger("2001:db8:1::1"), at(15)), Ok(()));
        let free = Pace::per_minute(0);
        assert!((0..10_000).all(|_| free.count(client, at(0)).is_ok()));
    }

    #[test]
    fn whoever_is_full_again_is_forgotten() {
        let pace = Pace::per_minute(60);
        for number in 0..u32::try_from(FORGET_AT * 3).unwrap() {
            let client = Client::at(std::net::Ipv4Addr::from_bits(number).into());
            assert_eq!(pace.count(client, at(i64::from(number))), Ok(()));
        }
        assert!(pace.full_again.lock().unwrap().at.len() <= FORGET_AT);
    }
}
