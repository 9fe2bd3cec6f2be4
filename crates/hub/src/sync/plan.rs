//! Which windows a synchronization asks for. Pure.

use connectors::{Profile, Slice};
use domain::{Date, ToSpan};

/// How far a listing reaches back over days that are already complete: banks book late.
pub const OVERLAP_DAYS: i32 = 14;
/// What is asked for, in turn, when a bank refuses a longer history: what banks usually give, less a day where the
/// bank's calendar may be ahead of ours.
const SHORTER_DAYS: [i32; 4] = [729, 394, 179, 89];

/// The next shorter history to ask for; `None` when there is none.
pub fn shorter(history_days: i32) -> Option<i32> {
    SHORTER_DAYS.into_iter().find(|days| *days < history_days)
}

/// One listing: from a day, to a day or up to now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// First booking date.
    pub from: Date,
    /// Last booking date; `None` means up to now.
    pub to: Option<Date>,
}

/// The windows that bring an account up to date, oldest first. Each is complete in itself, so that a run that stops
/// in between goes on behind the last one. Without a person there is one window, since each costs one of the bank's
/// four calls a day; the very first history is cut in any case. Days that have changed since they were listed
/// (`relist_from`) are listed again, with what follows them.
pub fn windows(
    profile: &Profile,
    (listed_through, relist_from): (Option<Date>, Option<Date>),
    today: Date,
    history_days: i32,
    attended: bool,
) -> Vec<Window> {
    let oldest = today.saturating_sub(history_days.days());
    let overlapping = |day: Date| day.saturating_sub(OVERLAP_DAYS.days()).min(relist_from.unwrap_or(Date::MAX));
    let mut from = listed_through.map_or(oldest, |day| overlapping(day).max(oldest)).min(today);
    if !attended && listed_through.is_some() {
        return vec![Window { from, to: None }];
    }
    let mut windows = Vec::new();
    loop {
        let end = match profile.slice {
            Slice::Days => from.saturating_add((profile.slice_days.max(1) - 1).days()),
            Slice::Month => from.last_of_month(),
        };
        if end >= today {
            windows.push(Window { from, to: None });
            return windows;
        }
        windows.push(Window { from, to: Some(end) });
        from = end.saturating_add(1.day());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Span;

    fn profile(slice: Slice, slice_days: i32) -> Profile {
        let mut profile = connectors::profiles(Some("http://localhost:8600")).unwrap().remove(0);
        profile.slice = slice;
        profile.slice_days = slice_days;
        profile
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn windows_follow_each_other_without_gap_or_overlap() {
        for (slice, days) in [(Slice::Days, 30), (Slice::Days, 366), (Slice::Month, 0)] {
            let windows = windows(&profile(slice, days), (None, None), day("2026-03-01"), 400, true);
            assert_eq!(windows[0].from, day("2025-01-25"));
            assert_eq!(windows.last().unwrap().to, None);
            for pair in windows.windows(2) {
                assert_eq!(pair[0].to.unwrap().checked_add(Span::new().days(1)).unwrap(), pair[1].from);
            }
        }
    }

    #[test]
    fn a_later_run_reaches_back_over_the_overlap_only() {
        let windows =
            windows(&profile(Slice::Days, 366), (Some(day("2026-02-20")), None), day("2026-03-01"), 400, true);
        assert_eq!(windows, [Window { from: day("2026-02-06"), to: None }]);
    }

    #[test]
    fn days_that_changed_are_listed_again_as_far_as_the_bank_gives_them() {
        let changed = (Some(day("2026-02-20")), Some(day("2026-01-10")));
        let windows = |days| windows(&profile(Slice::Days, 366), changed, day("2026-03-01"), days, false)[0].from;
        assert_eq!(windows(400), day("2026-01-10"));
        assert_eq!(windows(40), day("2026-01-20"));
    }

    #[test]
    fn a_month_end_inside_the_overlap_gets_its_own_listing() {
        let windows = windows(&profile(Slice::Month, 0), (Some(day("2026-03-05")), None), day("2026-03-06"), 400, true);
        let february = Window { from: day("2026-02-19"), to: Some(day("2026-02-28")) };
        assert_eq!(windows, [february, Window { from: day("2026-03-01"), to: None }]);
    }

    #[test]
    fn without_a_person_one_call_brings_everything() {
        let windows =
            windows(&profile(Slice::Month, 0), (Some(day("2026-03-05")), None), day("2026-03-06"), 400, false);
        assert_eq!(windows, [Window { from: day("2026-02-19"), to: None }]);
    }
}
