//! Movements that a bank books on another day, across the edge of what a listing covers: they came from before its
//! first day, or went there. A bank's id alone proves nothing, for ids are line numbers at some banks and used again at
//! others. Two witnesses decide together: what the two rows tell, and the bank's balance before the listing's first
//! day, which differs from ours by exactly what has crossed the edge.
//!
//! - The balance is ours: nothing has crossed. Equal ids are then two movements, and what is not listed any more was
//!   taken back.
//! - It differs by a set of the crossings that the rows allow: those crossed. Of several such sets the smallest, with
//!   the best witnesses, is taken; each of them makes our sum the bank's, so that no choice loses or doubles money.
//! - It differs otherwise, or there is none: no row is withdrawn, and a movement that has the id and the content of a
//!   stored one is not added, until a listing that reaches back over both days tells.

use std::collections::HashMap;

use domain::Date;

use super::{Candidate, Known, Matched, Verdict, is_name, trusted_ids};

/// How many days before a listing a movement is looked for: banks move a booking by days.
pub const BEYOND_DAYS: i32 = 31;
/// Crossings that are tried in every combination.
const MOST_COMBINED: usize = 12;

/// The bank's balance before the first day of a listing, less the sum of what is stored before it, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shift {
    /// The whole difference.
    pub minor: i64,
    /// The difference that there was before this listing: history that the bank never told, say.
    pub before: i64,
}

/// What has crossed the edge. The numbers are places in the slices that were given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Crossing {
    /// Listed movements that are rows from beyond: the movement, the row, and why.
    pub arrived: Vec<(usize, usize, &'static str)>,
    /// Rows that are not listed any more, and not withdrawn either: booked before the listing now, or perhaps.
    pub kept: Vec<usize>,
    /// Listed movements that may be rows from beyond, and those rows.
    pub doubtful: Vec<(usize, usize)>,
    /// Whether the days before this listing have changed.
    pub looks_back: bool,
}

/// A listed movement and the row from beyond that it may be.
struct Pair {
    listed: usize,
    row: usize,
    witness: Witness,
}

/// What a movement and a row from beyond have in common, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Witness {
    IdAndContent,
    Content,
    IdAndAmount,
}

impl Witness {
    fn reason(self) -> &'static str {
        match self {
            Witness::IdAndContent => "the bank books it on another day: same id and content, and its balances agree",
            Witness::Content => "the bank books it on another day: same content, and its balances agree",
            Witness::IdAndAmount => "the bank books it on another day: same id and amount, and its balances agree",
        }
    }

    /// What stands against choosing it. A row that is gone from the listing stands between ids and mere content.
    fn weight(self) -> usize {
        match self {
            Witness::IdAndContent => 0,
            Witness::Content => 2,
            Witness::IdAndAmount => 3,
        }
    }
}

/// The weight of a row that is gone.
const GONE: usize = 1;

/// Decides what crossed the edges of a listing that was matched within its `days`. `beyond` are stored rows of other
/// days, within [`BEYOND_DAYS`] or behind the listing; `shift` is known where the bank's balances agree with the listing
/// and ours are complete.
pub fn crossing(
    listed: &[Candidate],
    matched: &Matched,
    known: &[Known],
    beyond: &[Known],
    days: (Date, Date),
    shift: Option<Shift>,
) -> Crossing {
    let pairs = pairs(listed, matched, beyond, days);
    let mut crossing = Crossing::default();
    let mut open = Vec::new();
    for pair in pairs {
        let row = &beyond[pair.row];
        let before = row.booked_on < days.0;
        match pair.witness {
            // It counts nowhere: whether it comes back or is new is the same to every balance.
            Witness::IdAndContent if row.withdrawn => {
                crossing.arrived.push((pair.listed, pair.row, "the bank lists it again"));
            }
            // The listing of the later days follows, and adds a movement if there are two.
            Witness::IdAndContent if !before && row.bank_id.as_deref().is_some_and(is_name) => {
                let reason = "the bank books it on another day: same id and content";
                crossing.arrived.push((pair.listed, pair.row, reason));
            }
            Witness::IdAndContent | Witness::Content | Witness::IdAndAmount if before && !row.withdrawn => {
                open.push(pair);
            }
            Witness::IdAndContent | Witness::Content | Witness::IdAndAmount => {}
        }
    }
    let gone = &matched.withdrawn;
    let arriving = open.iter().map(|pair| (-beyond[pair.row].minor, pair.witness.weight()));
    let items: Vec<(i64, usize)> = arriving.chain(gone.iter().map(|index| (known[*index].minor, GONE))).collect();
    let explained = shift.and_then(|shift| {
        explanation(&items, shift.minor).or_else(|| explanation(&items, shift.minor.checked_sub(shift.before)?))
    });
    match explained {
        Some(chosen) => {
            for place in chosen {
                match open.get(place) {
                    Some(pair) => crossing.arrived.push((pair.listed, pair.row, pair.witness.reason())),
                    None => crossing.kept.push(gone[place - open.len()]),
                }
            }
            // The next listing reaches back and tells which of several alike it was, and on which day.
            crossing.looks_back = shift.is_some_and(|shift| shift.minor != 0 && shift.minor != shift.before);
        }
        None => {
            let doubtful = open.iter().filter(|pair| pair.witness == Witness::IdAndContent);
            crossing.doubtful = doubtful.map(|pair| (pair.listed, pair.row)).collect();
            if shift.is_some() {
                crossing.kept.clone_from(gone);
                crossing.looks_back = true;
            }
        }
    }
    crossing
}

/// The listed movements taken for new, each with the row from beyond that fits best; no row twice.
fn pairs(listed: &[Candidate], matched: &Matched, beyond: &[Known], days: (Date, Date)) -> Vec<Pair> {
    let trusted = trusted_ids(listed);
    let mut rows: HashMap<i64, Vec<usize>> = HashMap::new();
    for (index, row) in beyond.iter().enumerate().filter(|(_, row)| row.booked_on < days.0 || row.booked_on > days.1) {
        rows.entry(row.minor).or_default().push(index);
    }
    let mut found = Vec::new();
    let new = |verdict: &Verdict| matches!(verdict, Verdict::New { .. });
    for (index, candidate) in listed.iter().enumerate().filter(|(index, _)| new(&matched.verdicts[*index])) {
        let id = candidate.bank_id.as_deref().filter(|id| trusted.contains(id));
        for row in rows.get(&candidate.transaction.amount.minor()).into_iter().flatten() {
            let stored = &beyond[*row];
            let same_id = id.is_some() && stored.bank_id.as_deref() == id;
            let same_content = candidate.fingerprint_on(stored.booked_on) == stored.fingerprint;
            let witness = match (same_id, same_content) {
                (true, true) => Witness::IdAndContent,
                (false, true) => Witness::Content,
                (true, false) => Witness::IdAndAmount,
                (false, false) => continue,
            };
            let apart = (candidate.transaction.booked_on - stored.booked_on).get_days().abs();
            found.push(((witness, stored.withdrawn, apart), Pair { listed: index, row: *row, witness }));
        }
    }
    found.sort_by_key(|(fit, pair)| (*fit, pair.listed, pair.row));
    let (mut taken, mut used) = (vec![false; listed.len()], vec![false; beyond.len()]);
    let free = |pair: &Pair| {
        let free = !taken[pair.listed] && !used[pair.row];
        if free {
            (taken[pair.listed], used[pair.row]) = (true, true);
        }
        free
    };
    found.into_iter().map(|(_, pair)| pair).filter(free).collect()
}

/// The smallest set of items, with the least weight, whose effects add up to a difference.
fn explanation(items: &[(i64, usize)], difference: i64) -> Option<Vec<usize>> {
    if difference == 0 {
        return Some(vec![]);
    }
    let sets: Vec<Vec<usize>> = if items.len() <= MOST_COMBINED {
        let chosen = |set: u32| (0..items.len()).filter(|item| set >> item & 1 == 1).collect();
        (1..1_u32 << items.len()).map(chosen).collect()
    } else {
        // Too many to combine: each alone, all of a weight, and all.
        let of = |weight: usize| (0..items.len()).filter(move |item| items[*item].1 == weight).collect::<Vec<_>>();
        let alone = (0..items.len()).map(|item| vec![item]);
        alone.chain((0..=3).map(of)).chain([(0..items.len()).collect()]).collect()
    };
    let adds_up =
        |set: &&Vec<usize>| set.iter().map(|item| i128::from(items[*item].0)).sum::<i128>() == i128::from(difference);
    let weight = |set: &Vec<usize>| (set.len(), set.iter().map(|item| items[*item].1).sum::<usize>());
    sets.iter().filter(adds_up).min_by_key(|set| weight(set)).cloned()
}

#[cfg(test)]
mod tests;
