//! Which of the bank's balances the lines come to. Pure.
//!
//! A bank asserts a balance at an edge of a day. The first that it asserts is where the account of its own word begins;
//! from there the lines are added up, and each later assertion agrees or not.

use domain::{Date, ToSpan};

use crate::store::balance::Asserted;

/// What a bank asserted at the end of a day, held against the lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Edge {
    /// The day at whose end it stands.
    pub(crate) end_of: Date,
    /// What the bank said.
    pub(crate) told_minor: i64,
    /// What the first assertion and the lines come to.
    pub(crate) here_minor: i64,
}

impl Edge {
    /// Whether the bank and the lines say the same.
    pub(crate) fn agrees(&self) -> bool {
        self.told_minor == self.here_minor
    }
}

/// The edges of a journal, oldest first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Edges {
    edges: Vec<Edge>,
    /// Day and amount of the lines that count, by day.
    lines: Vec<(Date, i64)>,
}

impl Edges {
    /// Holds assertions against lines in the order of their days.
    pub(crate) fn of(lines: impl IntoIterator<Item = (Date, i64)>, asserted: &[Asserted]) -> Edges {
        let lines: Vec<(Date, i64)> = lines.into_iter().collect();
        let mut told: Vec<(Date, bool, i64)> = asserted
            .iter()
            .map(|told| {
                // An opening balance of a day stands at the end of the day before.
                let day = if told.opening { told.on.checked_sub(1.day()).unwrap_or(told.on) } else { told.on };
                (day, told.opening, told.amount_minor)
            })
            .collect();
        told.sort_by_key(|(day, opening, _)| (*day, *opening));
        let mut edges: Vec<Edge> = Vec::new();
        for (end_of, _, told_minor) in told {
            let here_minor = match edges.first() {
                None => told_minor,
                Some(first) => first.told_minor + sum(&lines, |day| day > first.end_of && day <= end_of),
            };
            edges.push(Edge { end_of, told_minor, here_minor });
        }
        Edges { edges, lines }
    }

    /// Every edge.
    pub(crate) fn all(&self) -> &[Edge] {
        &self.edges
    }

    /// The first edge, when it stands before the first line: then every line is accounted for.
    pub(crate) fn opening(&self) -> Option<Edge> {
        let first = *self.edges.first()?;
        let before = self.lines.first().is_none_or(|(day, _)| *day > first.end_of);
        before.then_some(first)
    }
}

fn sum(lines: &[(Date, i64)], within: impl Fn(Date) -> bool) -> i64 {
    lines.iter().filter(|(day, _)| within(*day)).map(|(_, minor)| minor).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: i8) -> Date {
        Date::constant(2026, 1, day)
    }

    fn told(opening: bool, on: i8, amount_minor: i64) -> Asserted {
        Asserted { opening, on: day(on), amount_minor }
    }

    #[test]
    fn a_balance_that_the_lines_come_to_agrees() {
        let edges = Edges::of([(day(5), 10), (day(7), 20)], &[told(true, 5, 100), told(false, 8, 130)]);
        assert_eq!(edges.opening().map(|edge| (edge.end_of, edge.told_minor)), Some((day(4), 100)));
        assert!(edges.all().iter().all(Edge::agrees));
    }

    #[test]
    fn a_missing_line_is_seen_from_there_on() {
        let asserted = [told(true, 5, 100), told(false, 5, 110), told(false, 8, 131)];
        let edges = Edges::of([(day(5), 10), (day(7), 20)], &asserted);
        let agrees: Vec<bool> = edges.all().iter().map(Edge::agrees).collect();
        assert_eq!(agrees, [true, true, false]);
    }

    #[test]
    fn a_balance_after_the_first_line_opens_nothing() {
        let edges = Edges::of([(day(5), 10)], &[told(false, 5, 110)]);
        assert_eq!(edges.opening(), None, "the line came before it");
    }
}
