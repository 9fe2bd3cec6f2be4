//! The same movements as a camt.053 message, for clients that would rather have XML. There are no pages then.

use domain::{Balance, BalanceKind, Date, Entry, Money, Statement};

use crate::answer::Answer;
use crate::faults::Roll;
use crate::ledger::Ledger;
use crate::problem::Problem;
use crate::token::Listing;
use crate::transactions::bounds;

/// The whole window of a listing as one statement.
pub(crate) fn statement(ledger: &Ledger, listing: Listing, roll: Roll) -> Result<Answer, Problem> {
    let format = formats::Format::named("camt053").ok_or_else(Problem::formats)?;
    let written =
        format.write(&[as_statement(ledger, listing)]).map_err(|error| Problem::internal(error.to_string()))?;
    Ok(Answer::xml(written.bytes, roll))
}

fn as_statement(ledger: &Ledger, listing: Listing) -> Statement {
    let [(opened_on, opening), (closed_on, closing)] = bounds(ledger, listing.window, listing.view);
    let balance =
        |kind: BalanceKind, date: Date, amount: Option<Money>| amount.map(|amount| Balance { kind, date, amount });
    let rows = ledger.rows(listing.view, listing.window);
    let entry = |(position, row): (u32, crate::ledger::Row)| Entry {
        transaction: row.transaction,
        position,
        raw: String::new(),
        parts: Vec::new(),
    };
    Statement {
        account: ledger.reference.clone(),
        currency: ledger.currency,
        id: Some(format!("{}-{}-{}", ledger.bank.bic, opened_on, closed_on)),
        number: None,
        period: Some((opened_on, closed_on)),
        holder: ledger.holder.clone(),
        servicer_bic: Some(ledger.bank.bic.to_owned()),
        opening: balance(BalanceKind::OpeningBooked, opened_on, opening),
        closing: balance(BalanceKind::ClosingBooked, closed_on, closing),
        other_balances: Vec::new(),
        entries: (1..).zip(rows).map(entry).collect(),
        pages: None,
    }
}
