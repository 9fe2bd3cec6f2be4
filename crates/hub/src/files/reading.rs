//! Reads a statement file and sorts what it says by account. Pure.

use std::collections::BTreeMap;

use connectors::Listed;
use domain::{
    AccountReference, Balance, BalanceKind, Currency, Date, Defect, Entry, Proof, RawAnswerId, Statement, Timestamp,
};
use formats::{Options, Pending, ReadError, Sink, Summary};

use super::FileRefused;
use crate::store::account::Account;
use crate::sync::Listing;

/// What a file says of one account.
pub(super) struct Part {
    pub(super) format: String,
    pub(super) reference: AccountReference,
    pub(super) currency: Currency,
    pub(super) holder: Option<String>,
    pub(super) bic: Option<String>,
    pub(super) listed: Vec<Vec<Listed>>,
    pub(super) balances: Vec<Balance>,
    pub(super) defects: Vec<Defect>,
    /// How many movements it only announces: they come in when a statement books them.
    pub(super) pending: i64,
    pub(super) proof: Proof,
}

/// Collects what the reader finds, statement by statement.
#[derive(Default)]
struct Collecting {
    entries: Vec<Entry>,
    defects: Vec<Defect>,
    pending: i64,
    statements: Vec<Told>,
}

/// One statement, and what could not be taken from it.
struct Told {
    statement: Statement,
    defects: Vec<Defect>,
    pending: i64,
}

impl Sink for Collecting {
    fn entry(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    fn pending(&mut self, _: Pending) {
        self.pending += 1;
    }

    fn defect(&mut self, defect: Defect) {
        self.defects.push(defect);
    }

    fn end(&mut self, statement: &Statement) {
        let entries = std::mem::take(&mut self.entries);
        self.statements.push(Told {
            statement: Statement { entries, ..statement.clone() },
            defects: std::mem::take(&mut self.defects),
            pending: std::mem::take(&mut self.pending),
        });
    }
}

pub(super) fn read(bytes: &[u8], chosen: Option<&Account>) -> Result<Vec<Part>, FileRefused> {
    let options = Options {
        currency: chosen.map(|account| account.currency),
        account: chosen.map(|account| account.reference.clone()),
        ..Options::default()
    };
    let mut collecting = Collecting::default();
    let summary = formats::read(&mut &*bytes, &options, &mut collecting).map_err(|error| match error {
        ReadError::NotAStatement(_) => FileRefused::NotAStatement(error.to_string()),
        ReadError::Input(_) => FileRefused::NotAStatement(error.to_string()),
    })?;
    let Collecting { mut statements, defects: after, .. } = collecting;
    if let Some(last) = statements.last_mut() {
        last.defects.extend(after.iter().cloned());
    }
    let nothing = |Told { statement, .. }: &Told| {
        statement.entries.is_empty() && statement.opening.is_none() && statement.closing.is_none()
    };
    if statements.iter().all(nothing) {
        let first = statements.iter().flat_map(|told| &told.defects).chain(&after).next();
        let why =
            first.map_or_else(|| nothing_booked(&statements), |d| format!("{} ({}: {})", d.rule, d.path, d.value));
        return Err(FileRefused::Empty(why));
    }
    parts(&summary, statements)
}

fn nothing_booked(statements: &[Told]) -> String {
    match statements.iter().map(|told| told.pending).sum::<i64>() {
        0 => "it holds no movement".to_owned(),
        announced => format!("it holds no booked movement, only {announced} that the bank announces"),
    }
}

fn parts(summary: &Summary, statements: Vec<Told>) -> Result<Vec<Part>, FileRefused> {
    let format = match &summary.version {
        Some(version) => format!("{} {version}", summary.format),
        None => summary.format.clone(),
    };
    let mut parts: BTreeMap<(String, Currency), Part> = BTreeMap::new();
    for (Told { statement, defects, pending }, judged) in statements.into_iter().zip(&summary.statements) {
        let reference = statement.account.clone();
        if reference.as_str().is_empty() {
            return Err(FileRefused::NoAccount);
        }
        if statement.currency.code() == "XXX" {
            return Err(FileRefused::NoCurrency);
        }
        let key = (reference.as_str().to_owned(), statement.currency);
        let part = parts.entry(key).or_insert_with(|| Part {
            format: format.clone(),
            reference,
            currency: statement.currency,
            holder: None,
            bic: None,
            listed: vec![],
            balances: vec![],
            defects: vec![],
            pending: 0,
            proof: Proof::Proven,
        });
        part.proof = worse(part.proof, judged.proof);
        part.pending += pending;
        part.add(statement, defects);
    }
    Ok(parts.into_values().collect())
}

/// What two statements together are: broken when one is, proven when both are.
fn worse(one: Proof, other: Proof) -> Proof {
    match (one, other) {
        (Proof::Broken(gap), _) | (_, Proof::Broken(gap)) => Proof::Broken(gap),
        (Proof::Unproven, _) | (_, Proof::Unproven) => Proof::Unproven,
        (Proof::Proven, Proof::Proven) => Proof::Proven,
    }
}

impl Part {
    fn add(&mut self, statement: Statement, defects: Vec<Defect>) {
        let first = statement.entries.iter().map(|entry| entry.transaction.booked_on).min();
        self.holder = self.holder.take().or(statement.holder);
        self.bic = self.bic.take().or(statement.servicer_bic);
        // Some formats date the opening balance with the last day before the statement: it holds until its first
        // movement.
        let opening = statement.opening.map(|balance| Balance {
            kind: BalanceKind::OpeningBooked,
            date: first.map_or(balance.date, |first| first.max(balance.date)),
            ..balance
        });
        let closing = statement.closing.map(|balance| Balance { kind: BalanceKind::ClosingBooked, ..balance });
        let usable = |balance: &Balance| balance.amount.currency() == self.currency;
        self.balances.extend([opening, closing].into_iter().flatten().filter(usable));
        self.defects.extend(defects);
        // Money of another currency is no part of the account's sum; the reader has told it as a defect.
        let own = |entry: &Entry| entry.transaction.amount.currency() == self.currency;
        let entries = statement.entries.into_iter().filter(own);
        self.listed.push(entries.map(|entry| Listed { transaction: entry.transaction, raw: entry.raw }).collect());
    }

    /// What the account takes, as a bank's listing.
    pub(super) fn listing(&self, raw: RawAnswerId, seen_at: Timestamp) -> Listing {
        Listing {
            raws: vec![raw; self.listed.len()],
            pages: self.listed.clone(),
            pending: None,
            balances: self.balances.clone(),
            defects: self.defects.iter().map(|defect| (raw, defect.clone())).collect(),
            seen_at: Some(seen_at),
            familiar: Vec::new(),
            from_file: true,
        }
    }

    pub(super) fn days(&self) -> Option<(Date, Date)> {
        let days = || self.listed.iter().flatten().map(|listed| listed.transaction.booked_on);
        days().min().zip(days().max())
    }
}
