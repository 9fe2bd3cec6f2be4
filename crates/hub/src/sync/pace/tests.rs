//! A month of a thousand accounts at twenty-five banks under the very functions that run the hub: quota, circuit
//! breaker and pace. Banks fail for hours and for days, some accounts always, and processes die with a call under way.
//! (`tests/it/scheduler.rs` shows that the hub with its database and its leases does the same.)

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use domain::{AccountId, Environment, SeededEntropy, SimulatedClock};

use super::*;
use crate::sync::health::{FAILING_ACCOUNTS, Health};

const ACCOUNTS: usize = 1_000;
const BANKS: usize = 25;
const DAYS: i64 = 30;
const HOUR: i64 = 3_600_000_000;
const DAY: i64 = 24 * HOUR;

/// What the banks saw of one account, and what it got.
#[derive(Default)]
struct Seen {
    calls: Vec<i64>,
    good: Vec<i64>,
    failures: i64,
}

struct Month {
    environment: Environment,
    begin: i64,
    ids: Vec<AccountId>,
    seen: Vec<Seen>,
    health: Vec<Health>,
    outages: Vec<Vec<(i64, i64)>>,
    killed: usize,
}

impl Month {
    fn new(seed: u64) -> Month {
        let clock = SimulatedClock::at("2026-03-02T00:00:00Z".parse().unwrap());
        let environment = Environment::new(clock, SeededEntropy::new(seed));
        let begin = environment.now().as_microsecond();
        let mut month = Month {
            begin,
            ids: (0..ACCOUNTS).map(|_| AccountId::new(&environment)).collect(),
            seen: (0..ACCOUNTS).map(|_| Seen::default()).collect(),
            health: vec![Health::default(); BANKS],
            outages: vec![Vec::new(); BANKS],
            killed: 0,
            environment,
        };
        // Bank 0 never fails, bank 1 for four days in a row, the others now and then for up to half a day.
        month.outages[1].push((begin + 5 * DAY, begin + 9 * DAY));
        for bank in 2..BANKS {
            for day in (month.below(6)..DAYS - 1).step_by(3) {
                let from = begin + day * DAY + month.below(24 * 60) * HOUR / 60;
                let to = from + month.below(12 * 60) * HOUR / 60;
                month.outages[bank].push((from, to));
            }
        }
        month
    }

    fn below(&self, limit: i64) -> i64 {
        let random = u64::from_le_bytes(self.environment.random());
        i64::try_from(random % limit.unsigned_abs()).unwrap()
    }

    fn is_down(&self, bank: usize, at: i64) -> bool {
        self.outages[bank].iter().any(|(from, to)| (*from..*to).contains(&at))
    }

    /// One in a hundred accounts never gets an answer, whatever its bank does.
    fn is_doomed(account: usize) -> bool {
        account % 100 == 7
    }

    /// What happens when the time of an account has come; answers when it comes again.
    fn step(&mut self, account: usize, at: i64) -> i64 {
        let now = Timestamp::from_microsecond(at).unwrap();
        let (bank, id, jitter) = (account % BANKS, self.ids[account], self.below(JITTER_SECONDS));
        if let Err(until) = self.health[bank].may_ask(id, now) {
            return (until + jitter.seconds()).as_microsecond();
        }
        let horizon = (now - 24.hours().minutes(2)).as_microsecond();
        let made = |seen: &Seen| seen.calls.iter().copied().filter(|at| *at > horizon).collect::<Vec<i64>>();
        if let Err(until) = quota::allowed(&made(&self.seen[account]), now, 1) {
            return next(Ended::Held(until), &made(&self.seen[account]), now, jitter).as_microsecond();
        }
        self.seen[account].calls.push(at);
        if self.below(300) == 0 {
            // The process dies with the call under way. The call counts; the lease runs out and another does it again.
            self.killed += 1;
            return at + 15_000_000;
        }
        let ended = if self.is_down(bank, at) || Month::is_doomed(account) {
            self.health[bank].failed(id, now);
            self.seen[account].failures += 1;
            Ended::Badly { failures: self.seen[account].failures, bank_waits: None }
        } else {
            self.health[bank] = Health::default();
            self.seen[account].failures = 0;
            self.seen[account].good.push(at);
            Ended::Well
        };
        next(ended, &made(&self.seen[account]), now, jitter).as_microsecond()
    }

    fn run(&mut self) {
        let mut due: BinaryHeap<Reverse<(i64, usize)>> =
            (0..ACCOUNTS).map(|account| Reverse((self.begin + self.below(6 * 60) * HOUR / 60, account))).collect();
        while let Some(Reverse((at, account))) = due.pop() {
            if at > self.begin + DAYS * DAY {
                continue;
            }
            let again = self.step(account, at);
            assert!(again > at, "an account comes again at once");
            due.push(Reverse((again, account)));
        }
    }

    /// The longest time without a good answer, in hours, counting only time in which the bank could be reached.
    fn longest_wait(&self, account: usize) -> i64 {
        let bank = account % BANKS;
        let marks = self.seen[account].good.iter().copied().chain([self.begin + DAYS * DAY]);
        let mut before = self.begin;
        let mut longest = 0;
        for mark in marks {
            let down = self.outages[bank].iter().map(|(from, to)| (*to.min(&mark) - *from.max(&before)).max(0));
            longest = longest.max(mark - before - down.sum::<i64>());
            before = mark;
        }
        longest / HOUR
    }
}

#[test]
fn a_month_of_a_thousand_accounts_keeps_the_banks_limit_and_starves_nobody() {
    for seed in 1..=3 {
        let mut month = Month::new(seed);
        month.run();
        let calls: usize = month.seen.iter().map(|seen| seen.calls.len()).sum();
        assert!(month.killed > 200 && calls > 90_000, "{} of {calls} calls were cut off", month.killed);
        for (account, seen) in month.seen.iter().enumerate() {
            for five in seen.calls.windows(5) {
                assert!(five[4] - five[0] > DAY, "account {account} was called five times in a day");
            }
            if Month::is_doomed(account) {
                // Asked every day of the month while its bank answers others; four days of it bank 1 does not.
                let days =
                    seen.calls.iter().map(|at| (at - month.begin) / DAY).collect::<std::collections::BTreeSet<_>>();
                assert!(days.len() >= 25, "account {account} was given up");
            } else {
                let wait = month.longest_wait(account);
                assert!(wait < 20, "account {account} had no answer for {wait} hours of an open bank");
            }
        }
        // Forty accounts, four days: without the pauses these would be 640 calls, and five accounts would storm at once.
        let in_outage = |at: &&i64| month.is_down(1, **at);
        let wasted: usize =
            (1..ACCOUNTS).step_by(BANKS).map(|a| month.seen[a].calls.iter().filter(in_outage).count()).sum();
        assert!((FAILING_ACCOUNTS..60).contains(&wasted), "{wasted} calls of a bank that was down");
        assert!(month.seen[0].good.len() >= 110, "nearly four a day where nothing fails");
    }
}

#[test]
fn the_last_call_of_a_day_is_kept_for_the_middle_of_what_is_left() {
    let now: Timestamp = "2026-03-02T12:00:00Z".parse().unwrap();
    let badly = |failures| Ended::Badly { failures, bank_waits: None };
    let hours_ago = |hours: i64| (now - hours.hours()).as_microsecond();
    assert_eq!(next(badly(1), &[hours_ago(0)], now, 0), now + 30.minutes());
    assert_eq!(next(badly(2), &[hours_ago(1), hours_ago(0)], now, 0), now + 60.minutes());
    assert_eq!(next(badly(3), &[hours_ago(2), hours_ago(1), hours_ago(0)], now, 0), now + 11.hours().minutes(1));
    let full = [hours_ago(3), hours_ago(2), hours_ago(1), hours_ago(0)];
    assert_eq!(next(badly(4), &full, now, 0), now + 21.hours().minutes(2));
    assert_eq!(next(Ended::Badly { failures: 1, bank_waits: Some(120) }, &[], now, 60), now + 3.minutes());
}
