//! `GET /v1/accounts/{id}/transactions`: booked and pending movements, in pages or, where the bank speaks it, as camt.053.

use std::collections::HashMap;

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use domain::{Date, Money, Span};

use crate::Sandbox;
use crate::access::{Admitted, Endpoint};
use crate::accounts::reference;
use crate::answer::Answer;
use crate::bank::Bank;
use crate::call::{Call, Preference};
use crate::faults::Fault;
use crate::ledger::{Ledger, Row, Source, View, Window};
use crate::problem::Problem;
use crate::token::{BookingStatus, Listing};
use crate::wire::{AccountReport, BalanceItem, Href, Movement, ReportLinks, TransactionReport};

/// The most rows a client may ask for in a page.
const MOST_ROWS: usize = 1000;

/// A page of movements.
pub(crate) async fn list(
    State(sandbox): State<Sandbox>,
    Path((slug, resource)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    let outcome = answer(&sandbox, &slug, &resource, query.as_deref().unwrap_or_default(), &headers, &uri);
    sandbox.deliver(outcome).await
}

fn answer(
    sandbox: &Sandbox,
    slug: &str,
    resource: &str,
    query: &str,
    headers: &HeaderMap,
    uri: &Uri,
) -> Result<Answer, Problem> {
    let call = Call::of(slug, headers, uri)?;
    let preference = call.preference()?;
    let query: HashMap<String, String> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let token = query.get("pageToken");
    // The form of the question is judged before the caller's rights are used up by it.
    let asked = token.is_none().then(|| Asked::read(&query, call.bank)).transpose()?;
    let mut admitted = sandbox.admit(&call, Endpoint::Transactions, Some(resource), token.is_some())?;
    let ledger = admitted.ledger(resource)?;
    let listing = match (asked, token) {
        (Some(asked), _) => asked.listing(&ledger, admitted.today)?,
        (None, token) => token
            .and_then(|token| Listing::parse(token, ledger.number))
            .ok_or_else(|| Problem::format("The page's link was altered or belongs to another account."))?,
    };
    let answer = match preference {
        Preference::Json => page(&call, resource, &ledger, listing, &mut admitted)?,
        Preference::Xml => crate::camt::statement(&ledger, listing, admitted.roll.clone())?,
    };
    if token.is_none() {
        sandbox.after_listing(&ledger, &admitted.roll)?;
    }
    Ok(answer)
}

/// The parameters of a first page.
struct Asked {
    status: BookingStatus,
    from: Option<Date>,
    to: Option<Date>,
    limit: usize,
    with_balance: bool,
}

impl Asked {
    fn read(query: &HashMap<String, String>, bank: &Bank) -> Result<Asked, Problem> {
        for unsupported in ["entryReferenceFrom", "deltaList", "pageIndex"] {
            if query.contains_key(unsupported) {
                return Err(Problem::not_supported(format!("This bank does not serve {unsupported}.")));
            }
        }
        let status = match query.get("bookingStatus").map(String::as_str) {
            None => return Err(Problem::format("bookingStatus is missing.")),
            Some(all @ ("information" | "all")) => {
                return Err(Problem::not_supported(format!("This bank does not serve bookingStatus={all}.")));
            }
            Some(word) => BookingStatus::parse(word)
                .ok_or_else(|| Problem::format("bookingStatus is booked, pending or both."))?,
        };
        let from = date(query, "dateFrom")?;
        if from.is_none() && status != BookingStatus::Pending {
            return Err(Problem::format("dateFrom is missing."));
        }
        let limit = match query.get("itemsPerPage") {
            None => bank.page_rows,
            Some(text) => text
                .parse()
                .ok()
                .filter(|rows| (1..=MOST_ROWS).contains(rows))
                .ok_or_else(|| Problem::format(format!("itemsPerPage is a number from 1 to {MOST_ROWS}.")))?,
        };
        let with_balance = match query.get("withBalance").map(String::as_str) {
            None | Some("false") => false,
            Some("true") => true,
            Some(_) => return Err(Problem::format("withBalance is true or false.")),
        };
        Ok(Asked { status, from, to: date(query, "dateTo")?, limit, with_balance })
    }

    /// The listing that begins now.
    fn listing(&self, ledger: &Ledger, today: Date) -> Result<Listing, Problem> {
        let from = self.from.unwrap_or(today);
        let to = self.to.unwrap_or_else(|| today.max(ledger.last_day(today)));
        if self.to.is_some_and(|to| to < from) {
            return Err(Problem::not_consistent("dateTo is before dateFrom."));
        }
        // An account that was given a longer history than the bank's others shows all of it.
        let earliest = today.saturating_sub(Span::new().days(ledger.bank.history_days)).min(ledger.first_day());
        if matches!(ledger.source, Source::Generated(_)) && from < earliest {
            return Err(Problem::period(format!("Transactions are given from {earliest} on.")));
        }
        Ok(Listing {
            status: self.status,
            window: Window { from, to },
            view: ledger.view(today),
            limit: self.limit,
            with_balance: self.with_balance,
            place: None,
            is_repeated: false,
        })
    }
}

fn date(query: &HashMap<String, String>, name: &str) -> Result<Option<Date>, Problem> {
    let read = |text: &String| {
        let plain = text.len() == 10;
        let day = text.parse().ok().filter(|_| plain);
        day.ok_or_else(|| Problem::format(format!("{name} is a day such as 2026-03-31.")))
    };
    query.get(name).map(read).transpose()
}

fn page(
    call: &Call,
    resource: &str,
    ledger: &Ledger,
    listing: Listing,
    admitted: &mut Admitted,
) -> Result<Answer, Problem> {
    let mut booked = None;
    let mut next = None;
    if listing.status != BookingStatus::Pending {
        let (rows, place) = ledger.page(listing.view, listing.window, listing.place, listing.limit);
        let mut movements: Vec<Movement> = rows.into_iter().map(|row: Row| Movement::from(row.transaction)).collect();
        if admitted.roll.has(Fault::RepeatedIds) && movements.len() > 1 {
            let victim = 1 + admitted.roll.dice.index(movements.len() - 1);
            movements[victim].transaction_id = movements[victim - 1].transaction_id.clone();
            movements[victim].entry_reference = movements[victim - 1].entry_reference.clone();
        }
        if admitted.roll.has(Fault::PageTwice) && !listing.is_repeated && !movements.is_empty() {
            next = Some(Listing { is_repeated: true, ..listing });
        } else if place.is_some() {
            next = Some(Listing { place, is_repeated: false, ..listing });
        }
        booked = Some(movements);
    }
    let pending = (listing.status != BookingStatus::Booked).then(|| match listing.place {
        None => pending(ledger, listing.view, admitted),
        Some(_) => Vec::new(),
    });
    let path = format!("/v1/accounts/{resource}");
    let shows_balances = listing.with_balance && admitted.consent.request.may_read_balances;
    let report = TransactionReport {
        account: reference(ledger),
        transactions: AccountReport {
            booked,
            pending,
            links: ReportLinks {
                account: Href { href: call.link(&path) },
                first: Href { href: call.link(&format!("{path}/transactions?{}", first_query(&listing))) },
                next: next.map(|next| Href {
                    href: call.link(&format!("{path}/transactions?pageToken={}", next.token(ledger.number))),
                }),
            },
        },
        balances: shows_balances.then(|| balances(ledger, listing.window, listing.view)),
    };
    Ok(Answer::json(&report, admitted.roll.clone()))
}

/// The question of a listing's first page.
fn first_query(listing: &Listing) -> String {
    format!(
        "bookingStatus={}&dateFrom={}&dateTo={}&itemsPerPage={}&withBalance={}",
        listing.status.as_str(),
        listing.window.from,
        listing.window.to,
        listing.limit,
        listing.with_balance,
    )
}

/// What is announced, as the faults of this call distort it.
fn pending(ledger: &Ledger, view: View, admitted: &mut Admitted) -> Vec<Movement> {
    let mut announced = ledger.pending(view);
    let roll = &mut admitted.roll;
    if roll.has(Fault::PendingVanishes) && !announced.is_empty() {
        let victim = roll.dice.index(announced.len());
        announced.remove(victim);
    }
    if roll.has(Fault::PendingChanges) && !announced.is_empty() {
        let victim = roll.dice.index(announced.len());
        let changed = roll.dice.between(1, 99);
        let amount = &mut announced[victim].amount;
        *amount = amount.checked_add(Money::new(changed, amount.currency())).unwrap_or(*amount);
    }
    announced.into_iter().map(Movement::from).collect()
}

/// The booked balances around a window: before its first day and after its last. A window that begins before the account
/// does is answered with the balance at the account's beginning, one that ends after it with the last that is known.
pub(crate) fn bounds(ledger: &Ledger, window: Window, view: View) -> [(Date, Option<Money>); 2] {
    let first = ledger.first_day();
    if window.to < first {
        let opening = ledger.balance_before(first, view);
        return [(window.from, opening), (window.to, opening)];
    }
    let from = window.from.max(first);
    let to = window.to.min(ledger.last_day(view.today)).max(from);
    [(from, ledger.balance_before(from, view)), (to, ledger.balance_through(to, view))]
}

fn balances(ledger: &Ledger, window: Window, view: View) -> Vec<BalanceItem> {
    let [(opened_on, opening), (closed_on, closing)] = bounds(ledger, window, view);
    let opening = opening.map(|amount| BalanceItem::new("openingBooked", amount, Some(opened_on)));
    let closing = closing.map(|amount| BalanceItem::new("closingBooked", amount, Some(closed_on)));
    opening.into_iter().chain(closing).collect()
}
