//! What Beancount, hledger and ledger have in common: one file a journal, written whole each time and the same each
//! time, with the bank's balances asserted where they are proven and named in a comment where they are not. Pure.

use std::collections::BTreeMap;

use domain::{Date, Money};

use super::edges::Edges;
use super::parcel::on_one_line;
use super::{Delivered, Desk, Facts, Halt, Item, Outcome, Parcel, Whole, folder};

/// A journal laid out for a plain-text file.
pub(crate) struct Sheet<'a> {
    /// The journal.
    pub(crate) journal: &'a Facts,
    /// The account of the bank there: `Assets:Bank:BE68539007547034-EUR`.
    pub(crate) account: String,
    /// The other side of every line until somebody says what it was for.
    pub(crate) suspense: String,
    /// The other side of the opening balance.
    pub(crate) equity: String,
    /// The day of the opening balance and what it was, where the bank told one before the first line.
    pub(crate) opening: Option<(Date, Money)>,
    /// First day in the file.
    pub(crate) begins_on: Date,
    /// What happened each day.
    pub(crate) days: BTreeMap<Date, Day<'a>>,
}

/// One day of a file.
#[derive(Default)]
pub(crate) struct Day<'a> {
    /// The lines, in the order of arrival.
    pub(crate) lines: Vec<&'a Item>,
    /// The balance at its end, where it is proven.
    pub(crate) proven: Option<Money>,
    /// What the bank said of its end although the lines come to something else.
    pub(crate) unproven: Vec<String>,
}

/// Lays a journal out.
pub(crate) fn sheet<'a>(journal: &'a Facts, whole: &'a Whole) -> Sheet<'a> {
    let counting = whole.lines.iter().filter(|line| !line.taken_back);
    let edges = Edges::of(counting.map(|line| (line.booked_on, line.amount.minor())), &whole.asserted);
    let money = |minor: i64| Money::new(minor, journal.currency);
    let opening = edges.opening().filter(|_| !whole.lines.is_empty());
    let mut days: BTreeMap<Date, Day<'_>> = BTreeMap::new();
    for line in &whole.lines {
        days.entry(line.booked_on).or_default().lines.push(line);
    }
    for edge in edges.all() {
        if opening.is_none_or(|opening| edge.end_of <= opening.end_of) {
            continue;
        }
        let day = days.entry(edge.end_of).or_default();
        if edge.agrees() {
            day.proven = Some(money(edge.told_minor));
        } else {
            let (told, here) = (money(edge.told_minor), money(edge.here_minor));
            day.unproven.push(format!(
                "unproven: the bank says {told} at the end of {}, the lines come to {here}",
                edge.end_of
            ));
        }
    }
    for day in days.values_mut().filter(|day| !day.unproven.is_empty()) {
        day.proven = None;
    }
    let name = journal.place.clone().unwrap_or_else(|| format!("Assets:Bank:{}", journal.stem));
    let opening = opening.map(|edge| (edge.end_of, money(edge.told_minor)));
    let first = days.keys().next().copied().unwrap_or(Date::constant(1970, 1, 1));
    Sheet {
        account: name,
        suspense: format!("Equity:Suspense:{}", journal.stem),
        equity: format!("Equity:Opening:{}", journal.stem),
        begins_on: opening.map_or(first, |(day, _)| day.min(first)),
        opening,
        days,
        journal,
    }
}

impl Sheet<'_> {
    /// The lines at the head of every file, without their comment mark.
    pub(crate) fn head(&self) -> Vec<String> {
        let mut head = vec![
            "Written by Passerelle, and written anew whenever something changed: include this file, do not edit it."
                .into(),
            format!("{} · {} · {}", on_one_line(&self.journal.name), self.journal.reference, self.journal.currency),
        ];
        if self.opening.is_none() {
            head.push("The bank stated no balance before the first line, so no balance is asserted.".into());
        }
        head
    }

    /// The commodity.
    pub(crate) fn commodity(&self) -> &str {
        self.journal.currency.code()
    }
}

/// Who the other side is and what a line is about, each on one line and perhaps empty.
pub(crate) fn words(line: &Item) -> (String, String) {
    let partner = line.partner_name.as_deref().map(on_one_line).unwrap_or_default();
    let label = on_one_line(&line.label);
    if label == partner { (partner, String::new()) } else { (partner, label) }
}

/// What else is known of a line, as names and values on one line each. The key comes first.
pub(crate) fn facts(line: &Item) -> Vec<(&'static str, String)> {
    let account = line.partner_account.as_deref();
    let (reference, id) = (line.structured.as_deref(), line.end_to_end_id.as_deref());
    let value = line.value_on.filter(|day| *day != line.booked_on).map(|day| day.to_string());
    let original = line.original.map(|money| money.to_string());
    let told = [
        ("passerelle-id", Some(line.key.as_str())),
        ("partner-account", account),
        ("reference", reference),
        ("end-to-end-id", id),
        ("value-date", value.as_deref()),
        ("original-amount", original.as_deref()),
    ];
    let told = told.into_iter().filter_map(|(name, value)| Some((name, on_one_line(value?))));
    told.filter(|(_, value)| !value.is_empty()).collect()
}

/// Writes the file of a journal. Every new line of the parcel is in it afterwards.
pub(crate) async fn deliver(desk: &Desk<'_>, parcel: &Parcel, ending: &str, text: String) -> Result<Delivered, Halt> {
    if parcel.whole.as_ref().is_none_or(|whole| whole.lines.is_empty()) {
        return Ok(Delivered::default());
    }
    let name = format!("{}.{ending}", parcel.journal.stem);
    folder::write(&desk.folder, &name, text.into_bytes()).await?;
    let remote = |_: &Item| {
        if parcel.again { Outcome::Exists(Some(name.clone())) } else { Outcome::Created(Some(name.clone())) }
    };
    Ok(Delivered {
        outcomes: parcel.lines.iter().map(|line| (line.id, remote(line))).collect(),
        ..Delivered::default()
    })
}

/// Looks whether files can be written.
pub(crate) async fn check(desk: &Desk<'_>) -> Result<String, Halt> {
    folder::check(&desk.folder).await?;
    Ok(desk.folder.display().to_string())
}
