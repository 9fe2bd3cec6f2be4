//! What a bank knows of one account: the booked movements (generated or loaded), what happened to them since, and the
//! balances that follow. Everything that is asked is asked of a [`View`], so that a listing in pages stays as it was when
//! it began, whatever is booked in between.

mod generated;
mod happened;
mod loaded;
mod page;
mod row;

use std::sync::RwLock;

use domain::{AccountReference, Currency, Date, Money};

pub(crate) use generated::Generated;
pub(crate) use happened::{Given, Overlay};
pub(crate) use loaded::{Loaded, accounts_of};
pub(crate) use page::{Place, Window};
pub(crate) use row::{Origin, Row, RowKey};

use crate::bank::Bank;
use crate::traffic::Profile;

/// The moment at which an account is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct View {
    /// How many late bookings, corrections and new ids of this account are visible.
    pub(crate) seen: u32,
    /// The last day whose traffic is booked.
    pub(crate) today: Date,
}

/// Where the movements come from.
pub(crate) enum Source {
    Generated(Generated),
    Loaded(Loaded),
}

/// One account in one currency.
pub(crate) struct Ledger {
    pub(crate) bank: &'static Bank,
    /// Stable name of the account on the control surface, `BE68539007547034-EUR`.
    pub(crate) key: String,
    pub(crate) reference: AccountReference,
    pub(crate) currency: Currency,
    pub(crate) name: String,
    pub(crate) product: &'static str,
    /// ISO 20022 cash account type, `CACC` or `SVGS`.
    pub(crate) cash_type: &'static str,
    pub(crate) holder: Option<String>,
    /// Decides ids.
    pub(crate) number: u64,
    /// The traffic that late bookings are drawn from.
    pub(crate) profile: Profile,
    pub(crate) source: Source,
    pub(crate) overlay: RwLock<Overlay>,
}

/// A movement before its words, with its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Slot {
    /// The day on which it was booked first.
    pub(crate) home: Date,
    pub(crate) origin: Origin,
    pub(crate) minor: i64,
}

impl Ledger {
    /// How the control surface calls an account of this reference and currency.
    pub(crate) fn key_of(reference: &AccountReference, currency: Currency) -> String {
        let plain: String =
            reference.as_str().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
        format!("{plain}-{currency}")
    }

    /// The account as it is on a day, with everything that has happened so far.
    pub(crate) fn view(&self, today: Date) -> View {
        View { seen: self.happened().seen(), today }
    }

    /// The first day of the account's history.
    pub(crate) fn first_day(&self) -> Date {
        match &self.source {
            Source::Generated(generated) => generated.first_day(),
            Source::Loaded(loaded) => loaded.first_day(),
        }
    }

    /// The last day on which something is booked or a balance is known.
    pub(crate) fn last_day(&self, today: Date) -> Date {
        match &self.source {
            Source::Generated(_) => today,
            Source::Loaded(loaded) => loaded.last_day(),
        }
    }

    /// Days of a window on which something may be booked, in order.
    fn days(&self, window: Window, view: View) -> Vec<Date> {
        let mut days = match &self.source {
            Source::Generated(generated) => generated.days(window, view.today),
            Source::Loaded(loaded) => loaded.days(window),
        };
        let happened = self.happened();
        for day in happened.late_days(window, view).into_iter().chain(happened.days_come_to(window, view)) {
            if let Err(place) = days.binary_search(&day) {
                days.insert(place, day);
            }
        }
        days
    }

    /// Everything booked on a day, in booking order, without words.
    fn slots(&self, day: Date, view: View) -> Vec<Slot> {
        let mut slots: Vec<Slot> = match &self.source {
            Source::Generated(generated) if day > view.today || day < generated.first_day() => Vec::new(),
            Source::Generated(generated) => generated.slots(day),
            Source::Loaded(loaded) => loaded.slots(day),
        };
        for late in self.happened().late_on(day, view) {
            let place = crate::dice::Dice::of(late.salt, &[0x51]).index(slots.len() + 1);
            slots.insert(place, Slot { home: day, origin: Origin::Late(late.seq), minor: late.skeleton.minor });
        }
        let happened = self.happened();
        let stays = |slot: &Slot| {
            let key = RowKey { day, origin: slot.origin };
            happened.day_of(key, view).is_none_or(|now| now == day)
        };
        slots.retain(stays);
        let come = happened.come_to(day, view).into_iter();
        slots.extend(come.map(|(key, minor)| Slot { home: key.day, origin: key.origin, minor }));
        slots
    }

    /// How many movements are booked up to and on a day.
    pub(crate) fn count_through(&self, day: Date, view: View) -> u64 {
        let base = match &self.source {
            Source::Generated(generated) => generated.through(day.min(view.today)).count,
            Source::Loaded(loaded) => loaded.through(day).count,
        };
        let happened = self.happened();
        let late = base + happened.late_through(day, view).count;
        late.saturating_add_signed(happened.redated_through(day, view).0)
    }

    /// The booked balance at the end of a day; `None` where the bank itself does not know it, which only happens with
    /// loaded files that state no balance or contradict themselves.
    pub(crate) fn balance_through(&self, day: Date, view: View) -> Option<Money> {
        let base = match &self.source {
            Source::Generated(generated) => Some(generated.balance_through(day.min(view.today))),
            Source::Loaded(loaded) => loaded.balance_through(day),
        };
        let happened = self.happened();
        let late = happened.late_through(day, view).minor + happened.redated_through(day, view).1;
        base.map(|minor| Money::new(minor + late, self.currency))
    }

    /// The booked balance before the first movement of a day.
    pub(crate) fn balance_before(&self, day: Date, view: View) -> Option<Money> {
        self.balance_through(crate::traffic::calendar::yesterday(day), view)
    }

    /// The present overlay. Nobody panics while holding it, so it cannot be poisoned.
    fn happened(&self) -> std::sync::RwLockReadGuard<'_, Overlay> {
        self.overlay.read().expect("no holder of this lock panics")
    }

    /// The overlay, to be changed by an event that is already in the journal.
    pub(crate) fn happen(&self) -> std::sync::RwLockWriteGuard<'_, Overlay> {
        self.overlay.write().expect("no holder of this lock panics")
    }
}

/// A count and a sum.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) count: u64,
    pub(crate) minor: i64,
}
