use domain::{Date, Details, Money, PendingTransaction, Transaction};

use super::{Ledger, Origin, Row, RowKey, Slot, Source, View};
use crate::bank::IdPolicy;
use crate::dice::{code_of, mix};
use crate::traffic::calendar::{is_business_day, tomorrow};
use crate::traffic::{Skeleton, render};

/// Calendar days from one to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) from: Date,
    pub(crate) to: Date,
}

/// The next row that a listing has to serve: so many of that day are served already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) day: Date,
    pub(crate) served: u32,
}

/// One row in so many gets a new id when ids are given anew.
const REISSUED_SHARE: u64 = 4;
/// Pending movements are those of so many business days ahead.
const PENDING_DAYS: usize = 2;

impl Ledger {
    /// Up to `limit` rows of a window from a place on, in the bank's order, and where the next page begins.
    pub(crate) fn page(
        &self,
        view: View,
        window: Window,
        place: Option<Place>,
        limit: usize,
    ) -> (Vec<Row>, Option<Place>) {
        let mut rows = Vec::new();
        let rest = match place {
            Some(place) if self.bank.newest_first => Window { to: place.day.min(window.to), ..window },
            Some(place) => Window { from: place.day.max(window.from), ..window },
            None => window,
        };
        let mut days = self.days(rest, view);
        if self.bank.newest_first {
            days.reverse();
        }
        for day in days {
            let served = place.filter(|place| place.day == day).map_or(0, |place| place.served);
            let slots = self.slots(day, view);
            let skip = usize::try_from(served).expect("a row number fits").min(slots.len());
            if rows.len() == limit && skip < slots.len() {
                return (rows, Some(Place { day, served }));
            }
            let take = (limit - rows.len()).min(slots.len() - skip);
            rows.extend(self.rows_of_day(day, &slots, skip, take, view));
            if skip + take < slots.len() {
                let served = u32::try_from(skip + take).expect("a day has fewer than four thousand million rows");
                return (rows, Some(Place { day, served }));
            }
        }
        (rows, None)
    }

    /// Every row of a window, oldest first.
    pub(crate) fn rows(&self, view: View, window: Window) -> Vec<Row> {
        let mut rows = Vec::new();
        for day in self.days(window, view) {
            let slots = self.slots(day, view);
            let mut of_day = self.rows_of_day(day, &slots, 0, slots.len(), view);
            if self.bank.newest_first {
                of_day.reverse();
            }
            rows.append(&mut of_day);
        }
        rows
    }

    /// The row of an inner name.
    pub(crate) fn row(&self, key: RowKey, view: View) -> Option<Row> {
        let day = self.happened().day_of(key, view).unwrap_or(key.day);
        let slots = self.slots(day, view);
        let place = slots.iter().position(|slot| slot.origin == key.origin && slot.home == key.day)?;
        let skip = if self.bank.newest_first { slots.len() - 1 - place } else { place };
        self.rows_of_day(day, &slots, skip, 1, view).pop()
    }

    /// Some rows of a day in the bank's order.
    fn rows_of_day(&self, day: Date, slots: &[Slot], skip: usize, take: usize, view: View) -> Vec<Row> {
        if take == 0 {
            return Vec::new();
        }
        let mut running = self.balance_before(day, view);
        let mut after = Vec::with_capacity(slots.len());
        for slot in slots {
            running = running.and_then(|before| before.checked_add(Money::new(slot.minor, self.currency)).ok());
            after.push(running);
        }
        // A bank that does not know where a day ends, because its files contradict themselves, makes up nothing between.
        if self.balance_through(day, view) != running {
            after.fill(None);
        }
        let movements = match &self.source {
            Source::Generated(generated) => generated.skeletons(day),
            Source::Loaded(_) => Vec::new(),
        };
        let served =
            (skip..skip + take).map(|index| if self.bank.newest_first { slots.len() - 1 - index } else { index });
        served.map(|place| self.one(day, place, slots[place], &movements, after[place], view)).collect()
    }

    fn one(
        &self,
        day: Date,
        place: usize,
        slot: Slot,
        movements: &[Skeleton],
        after: Option<Money>,
        view: View,
    ) -> Row {
        let (home, key) = (slot.home, RowKey { day: slot.home, origin: slot.origin });
        let elsewhere: Vec<Skeleton> = match &self.source {
            Source::Generated(generated) if home != day => generated.skeletons(home),
            Source::Generated(_) | Source::Loaded(_) => Vec::new(),
        };
        let movements = if home == day { movements } else { &elsewhere };
        let overlay = self.happened();
        let index = |base: u32| usize::try_from(base).expect("a row number fits");
        let (mut transaction, is_ours) = match (slot.origin, &self.source) {
            (Origin::Base(base), Source::Generated(generated)) => {
                (generated.render(movements[index(base)], home), true)
            }
            (Origin::Base(base), Source::Loaded(loaded)) => (loaded.transaction(home, index(base)), false),
            (Origin::Late(number), _) => {
                let late = overlay.late_named(home, number).expect("a slot names a late booking that exists");
                let booked = match overlay.given(number) {
                    None => render(&self.profile, late.skeleton, home),
                    Some(given) => Transaction {
                        booked_on: home,
                        value_on: given.value_on.or(Some(home)),
                        amount: Money::new(late.skeleton.minor, self.currency),
                        details: crate::traffic::in_the_banks_form(&self.profile, given.details.clone()),
                    },
                };
                (booked, true)
            }
        };
        transaction.booked_on = day;
        for edit in overlay.edits(key, view) {
            apply(edit, &mut transaction.details);
        }
        if let Some(text) = overlay.text(key, view) {
            transaction.details.remittance = vec![text.to_owned()];
        }
        if self.bank.gives_balance_after {
            // Files whose statements follow from each other tell the balance after each of their rows, too.
            transaction.details.balance_after = after.or(transaction.details.balance_after);
        }
        self.identify(key, (day, place), is_ours, overlay.epoch(view), &mut transaction.details);
        Row { key, transaction }
    }

    /// Writes the bank's ids. A row of a file keeps its own and is given none that the file does not have, until the
    /// bank gives ids anew.
    fn identify(&self, key: RowKey, (day, place): (Date, usize), is_ours: bool, epoch: u64, details: &mut Details) {
        let renewals =
            (1..=epoch).rev().find(|renewal| mix(key.number() ^ self.number ^ renewal).is_multiple_of(REISSUED_SHARE));
        match self.bank.ids {
            IdPolicy::Stable if is_ours || (renewals.is_some() && details.bank_id.is_some()) => {
                let number = mix(self.number ^ key.number() ^ renewals.unwrap_or(0).wrapping_mul(0x9E37_79B9));
                details.bank_id = Some(format!("{}{}", &self.bank.bic[..4], code_of(number, 16)));
                if is_ours {
                    details.entry_reference =
                        Some(format!("{:011}", mix(self.number ^ key.number()) % 100_000_000_000));
                }
            }
            IdPolicy::Positional if is_ours => details.entry_reference = Some(format!("{day}-{}", place + 1)),
            IdPolicy::Stable | IdPolicy::Positional => {}
        }
    }

    /// What is announced but not booked: a part of the coming days' traffic, under ids that the booking will not keep.
    pub(crate) fn pending(&self, view: View) -> Vec<PendingTransaction> {
        let Source::Generated(generated) = &self.source else { return Vec::new() };
        let mut pending = Vec::new();
        let mut day = view.today;
        for _ in 0..PENDING_DAYS {
            day = tomorrow(day);
            while !is_business_day(day) {
                day = tomorrow(day);
            }
            for (place, movement) in (0..).zip(generated.skeletons(day)) {
                if movement.salt % 5 == 0 {
                    let key = RowKey { day, origin: Origin::Base(place) };
                    pending.push(self.announce(key, generated.render(movement, day)));
                }
            }
        }
        pending
    }

    fn announce(&self, key: RowKey, transaction: Transaction) -> PendingTransaction {
        let mut details = transaction.details;
        details.bank_id = match self.bank.ids {
            IdPolicy::Stable => Some(format!("P{}", code_of(mix(key.number() ^ self.number ^ 0xFE4D), 12))),
            IdPolicy::Positional => None,
        };
        details.entry_reference = None;
        details.end_to_end_id = None;
        PendingTransaction { expected_on: None, value_on: Some(key.day), amount: transaction.amount, details }
    }
}

/// Replaces what an edit tells. The other side keeps a name that it has.
fn apply(edit: &Details, details: &mut Details) {
    let name = &mut details.counterparty.name;
    if name.is_none() {
        name.clone_from(&edit.counterparty.name);
    }
    if !edit.remittance.is_empty() {
        details.remittance.clone_from(&edit.remittance);
        details.structured = None;
    }
    for (from, to) in [
        (&edit.end_to_end_id, &mut details.end_to_end_id),
        (&edit.mandate_id, &mut details.mandate_id),
        (&edit.creditor_id, &mut details.creditor_id),
        (&edit.purpose_code, &mut details.purpose_code),
        (&edit.bank_transaction_code, &mut details.bank_transaction_code),
        (&edit.proprietary_code, &mut details.proprietary_code),
        (&edit.additional_information, &mut details.additional_information),
    ] {
        if from.is_some() {
            to.clone_from(from);
        }
    }
}
