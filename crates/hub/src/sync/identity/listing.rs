//! A bank's listing as one sequence: what it repeats dropped, the oldest first.

use std::collections::{HashMap, HashSet};

use connectors::Listed;

use super::{Candidate, Frame};

/// Drops what a bank listed twice: pages that came again and rows that stand on two pages. When the frame can tell
/// whether a doubtful copy is a second payment, it decides; else a copy within one page is a second payment, and a
/// copy under the same id on another page is not. The pages of a file are its statements: two that tell the same are
/// two, for their rows may have no text of their own to tell them apart.
pub fn deduplicate(pages: &[Vec<Listed>], frame: Option<&Frame>, from_file: bool) -> Vec<Candidate> {
    let kept = without_copies(pages, frame, !from_file);
    let Some(frame) = frame.filter(|frame| !from_file && !holds(frame, &kept)) else { return kept };
    // Two pages full of the same payment tell the same, and are one unless the bank's balances need both.
    let all = without_copies(pages, Some(frame), false);
    if holds(frame, &all) { all } else { kept }
}

fn holds(frame: &Frame, listed: &[Candidate]) -> bool {
    frame.holds(listed.iter().map(|candidate| candidate.transaction.amount))
}

fn without_copies(pages: &[Vec<Listed>], frame: Option<&Frame>, equal_pages_are_one: bool) -> Vec<Candidate> {
    let mut seen_pages: HashSet<Vec<&str>> = HashSet::new();
    let mut certain: Vec<Candidate> = Vec::new();
    let mut doubtful: Vec<(usize, Candidate, bool)> = Vec::new();
    let mut first_page: HashMap<(Option<String>, String), usize> = HashMap::new();
    for (number, page) in pages.iter().enumerate() {
        let told = || page.iter().map(|listed| listed.raw.as_str()).collect();
        if !page.is_empty() && equal_pages_are_one && !seen_pages.insert(told()) {
            continue;
        }
        for listed in page {
            let candidate = Candidate::new(listed, number);
            let key = (candidate.bank_id.clone(), candidate.fingerprint.clone());
            match first_page.get(&key) {
                None => {
                    first_page.insert(key, number);
                    certain.push(candidate);
                }
                Some(first) => {
                    let likely = *first == number || candidate.bank_id.is_none();
                    doubtful.push((certain.len() + doubtful.len(), candidate, likely));
                }
            }
        }
    }
    let kept = decided(certain, doubtful, frame);
    let contradicts = frame.filter(|frame| !holds(frame, &kept));
    contradicts.and_then(|frame| without_ids(&kept, frame)).unwrap_or(kept)
}

/// For a page that came again with other ids: what stands on several pages counts as often as on the page where it
/// stands most often. Believed only when the bank's balances then agree.
fn without_ids(listed: &[Candidate], frame: &Frame) -> Option<Vec<Candidate>> {
    let mut on_page: HashMap<(&str, usize), usize> = HashMap::new();
    let mut most: HashMap<&str, usize> = HashMap::new();
    for candidate in listed {
        let count = on_page.entry((&candidate.fingerprint, candidate.page)).or_default();
        *count += 1;
        let most = most.entry(&candidate.fingerprint).or_default();
        *most = (*most).max(*count);
    }
    let mut left = most;
    let mut takes = |candidate: &&Candidate| {
        let left = left.get_mut(candidate.fingerprint.as_str()).expect("every content was counted");
        let taken = *left > 0;
        *left = left.saturating_sub(1);
        taken
    };
    let kept: Vec<Candidate> = listed.iter().filter(|candidate| takes(candidate)).cloned().collect();
    holds(frame, &kept).then_some(kept)
}

/// Puts the doubtful copies that are second payments back in their places.
fn decided(
    mut certain: Vec<Candidate>,
    doubtful: Vec<(usize, Candidate, bool)>,
    frame: Option<&Frame>,
) -> Vec<Candidate> {
    if doubtful.is_empty() {
        return certain;
    }
    let sum = |extra: bool| {
        let copies = doubtful.iter().filter(move |_| extra).map(|(_, candidate, _)| candidate.transaction.amount);
        certain.iter().map(|candidate| candidate.transaction.amount).chain(copies).collect::<Vec<_>>()
    };
    let keep = frame.and_then(|frame| match (frame.holds(sum(false)), frame.holds(sum(true))) {
        (true, false) => Some(false),
        (false, true) => Some(true),
        // Copies that move nothing, or balances that fit neither way, decide nothing.
        (true, true) | (false, false) => None,
    });
    let kept = doubtful.into_iter().filter(|(_, _, likely)| keep.unwrap_or(*likely));
    for (place, candidate, _) in kept {
        certain.insert(place.min(certain.len()), candidate);
    }
    certain
}

/// Puts a listing into booking order, oldest first, keeping the bank's order within a day.
pub fn in_booking_order(mut listed: Vec<Candidate>) -> Vec<Candidate> {
    if newest_first(&listed) {
        listed.reverse();
    }
    listed.sort_by_key(|candidate| candidate.transaction.booked_on);
    listed
}

fn newest_first(listed: &[Candidate]) -> bool {
    let day = |candidate: &Candidate| candidate.transaction.booked_on;
    match (listed.first(), listed.last()) {
        (Some(first), Some(last)) if day(first) != day(last) => day(first) > day(last),
        // One day only: the running balance tells the direction, when there is one.
        (Some(_), Some(_)) => {
            let chain = |older: &Candidate, newer: &Candidate| {
                let (Some(before), Some(after)) =
                    (older.transaction.details.balance_after, newer.transaction.details.balance_after)
                else {
                    return false;
                };
                before.checked_add(newer.transaction.amount) == Ok(after)
            };
            let upward = listed.windows(2).all(|pair| chain(&pair[0], &pair[1]));
            listed.len() > 1 && !upward && listed.windows(2).all(|pair| chain(&pair[1], &pair[0]))
        }
        _ => false,
    }
}
