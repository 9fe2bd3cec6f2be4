//! The circuit breaker of an institution, pure. One account that fails says nothing about its bank; several that fail
//! one after the other without an answer in between do. Then the bank is left alone for a while, for every account at
//! once, and asked again through one of them. While it is paused no account uses up calls that the bank would not
//! answer, and when it is back nobody storms it: the accounts come when their own time comes.
//!
//! A person who asks is let through: there is one of them at a time, and an answer ends the pause for all.

use domain::{AccountId, Timestamp, ToSpan};

/// How many different accounts must fail in a row.
pub const FAILING_ACCOUNTS: usize = 3;
/// The first pause; each one after it is twice as long, up to the longest.
const PAUSE_MINUTES: i64 = 15;
const LONGEST_PAUSE_MINUTES: i64 = 240;
/// How long the one account that asks again has for it, before another may.
const PROBE_MINUTES: i64 = 10;

/// How a bank answers lately, over all organizations. Nothing is kept of a bank that answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Health {
    /// The accounts that failed since the bank's last answer, each once, up to [`FAILING_ACCOUNTS`].
    pub failing: Vec<AccountId>,
    /// When the first of them failed.
    pub failing_since: Timestamp,
    /// How many pauses there were in a row, this one included.
    pub pauses: i64,
    /// Until when the bank is left alone.
    pub paused_until: Option<Timestamp>,
    /// The account that asks whether the bank is back.
    pub probe: Option<AccountId>,
}

impl Health {
    /// Whether the bank may be asked for an account without a person; else when to come again. Where a pause is over,
    /// the account becomes the one that asks for all, and the others wait for it.
    pub fn may_ask(&mut self, account: AccountId, now: Timestamp) -> Result<(), Timestamp> {
        match self.paused_until {
            None => Ok(()),
            Some(until) if now < until => {
                if self.probe == Some(account) {
                    Ok(())
                } else {
                    Err(until)
                }
            }
            Some(_) => {
                self.probe = Some(account);
                self.paused_until = Some(now + PROBE_MINUTES.minutes());
                Ok(())
            }
        }
    }

    /// Notes that the bank did not answer for an account.
    pub fn failed(&mut self, account: AccountId, now: Timestamp) {
        if self.failing.is_empty() {
            self.failing_since = now;
        }
        if self.failing.len() < FAILING_ACCOUNTS && !self.failing.contains(&account) {
            self.failing.push(account);
        }
        let asked_for_all = self.probe == Some(account);
        // What was under way when the pause began, or what a person asked for, does not prolong it.
        if asked_for_all || (self.paused_until.is_none() && self.failing.len() >= FAILING_ACCOUNTS) {
            let minutes = PAUSE_MINUTES << self.pauses.clamp(0, 10);
            self.pauses += 1;
            self.paused_until = Some(now + minutes.min(LONGEST_PAUSE_MINUTES).minutes());
            self.probe = None;
        }
    }

    /// Whether the bank is left alone now.
    pub fn is_paused(&self, now: Timestamp) -> bool {
        self.paused_until.is_some_and(|until| now < until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u128) -> AccountId {
        AccountId::from_u128(number)
    }

    #[test]
    fn it_opens_after_several_accounts_asks_through_one_and_closes_with_an_answer() {
        let begin: Timestamp = "2026-03-02T12:00:00Z".parse().unwrap();
        let mut health = Health::default();
        for _ in 0..20 {
            health.failed(id(1), begin);
        }
        assert!(!health.is_paused(begin), "one account says nothing about its bank");
        health.failed(id(2), begin);
        health.failed(id(3), begin);
        let until = begin + 15.minutes();
        assert_eq!((health.paused_until, health.may_ask(id(4), begin)), (Some(until), Err(until)));
        health.failed(id(5), begin);
        assert_eq!(health.paused_until, Some(until), "what was under way does not prolong the pause");
        assert_eq!(health.may_ask(id(4), until), Ok(()));
        assert_eq!(health.may_ask(id(4), until), Ok(()), "the one that asks may begin");
        assert_eq!(health.may_ask(id(5), until), Err(until + 10.minutes()), "the others wait for it");
        health.failed(id(4), until);
        assert_eq!(health.paused_until, Some(until + 30.minutes()), "twice as long");
        let later = until + 30.minutes();
        assert_eq!(health.may_ask(id(6), later), Ok(()));
        let died = later + 10.minutes();
        assert_eq!(health.may_ask(id(7), died), Ok(()), "the one that asked has died: another takes over");
    }
}
