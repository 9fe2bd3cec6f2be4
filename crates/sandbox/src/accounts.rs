//! `GET /v1/accounts`, `/v1/accounts/{id}` and `/v1/accounts/{id}/balances`.

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use domain::Date;

use crate::Sandbox;
use crate::access::{Admitted, Endpoint};
use crate::answer::Answer;
use crate::call::Call;
use crate::ledger::{Ledger, Source};
use crate::problem::Problem;
use crate::wire::{
    AccountDetails, AccountLinks, AccountList, AccountRef, BalanceItem, BalanceReport, Href, OneAccount,
};

/// The accounts that the consent covers.
pub(crate) async fn list(
    State(sandbox): State<Sandbox>,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    let answer = || {
        let call = Call::of(&slug, &headers, &uri)?;
        let with_balance = wants_balance(query.as_deref())?;
        let admitted = sandbox.admit(&call, Endpoint::Accounts, None, false)?;
        let accounts = admitted.accounts.iter();
        let accounts = accounts.map(|(id, ledger)| details(&call, &admitted, id, ledger, with_balance)).collect();
        Ok(Answer::json(&AccountList { accounts }, admitted.roll.clone()))
    };
    let outcome = answer();
    sandbox.deliver(outcome).await
}

/// One account.
pub(crate) async fn one(
    State(sandbox): State<Sandbox>,
    Path((slug, resource)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    let answer = || {
        let call = Call::of(&slug, &headers, &uri)?;
        let with_balance = wants_balance(query.as_deref())?;
        let admitted = sandbox.admit(&call, Endpoint::Account, Some(&resource), false)?;
        let ledger = admitted.ledger(&resource)?;
        let account = details(&call, &admitted, &resource, &ledger, with_balance);
        Ok(Answer::json(&OneAccount { account }, admitted.roll))
    };
    let outcome = answer();
    sandbox.deliver(outcome).await
}

/// The balances of one account now.
pub(crate) async fn balances(
    State(sandbox): State<Sandbox>,
    Path((slug, resource)): Path<(String, String)>,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    let answer = || {
        let call = Call::of(&slug, &headers, &uri)?;
        let admitted = sandbox.admit(&call, Endpoint::Balances, Some(&resource), false)?;
        let ledger = admitted.ledger(&resource)?;
        let report = BalanceReport { account: reference(&ledger), balances: balances_of(&ledger, admitted.today) };
        Ok(Answer::json(&report, admitted.roll))
    };
    let outcome = answer();
    sandbox.deliver(outcome).await
}

/// The value of `withBalance`.
fn wants_balance(query: Option<&str>) -> Result<bool, Problem> {
    let pairs = url::form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    let given = pairs.filter(|(name, _)| name == "withBalance").last();
    match given.as_ref().map(|(_, value)| value.as_ref()) {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(_) => Err(Problem::format("withBalance is true or false.")),
    }
}

/// How the wire names an account: its number and currency.
pub(crate) fn reference(ledger: &Ledger) -> AccountRef {
    AccountRef { currency: Some(ledger.currency.code().to_owned()), ..AccountRef::of(ledger.reference.as_str()) }
}

fn details(call: &Call, admitted: &Admitted, resource: &str, ledger: &Ledger, with_balance: bool) -> AccountDetails {
    let rights = &admitted.consent.request;
    let link = |covered: bool, what: &str| {
        covered.then(|| Href { href: call.link(&format!("/v1/accounts/{resource}/{what}")) })
    };
    AccountDetails {
        resource_id: resource.to_owned(),
        number: AccountRef::of(ledger.reference.as_str()),
        currency: ledger.currency.code().to_owned(),
        name: ledger.name.clone(),
        product: ledger.product,
        cash_account_type: ledger.cash_type,
        status: "enabled",
        bic: ledger.bank.bic,
        usage: "ORGA",
        owner_name: ledger.holder.clone(),
        balances: (with_balance && rights.may_read_balances).then(|| balances_of(ledger, admitted.today)),
        links: AccountLinks {
            balances: link(rights.may_read_balances, "balances"),
            transactions: link(rights.may_read_transactions, "transactions"),
        },
    }
}

/// The booked balance with its day, what can be spent, and what is expected. A loaded account has only the first, since
/// its files say no more.
fn balances_of(ledger: &Ledger, today: Date) -> Vec<BalanceItem> {
    let view = ledger.view(today);
    let last = ledger.last_day(today);
    let Some(booked) = ledger.balance_through(last, view) else { return Vec::new() };
    let closing = BalanceItem::new("closingBooked", booked, Some(last));
    match ledger.source {
        Source::Loaded(_) => vec![closing],
        Source::Generated(_) => {
            let pending = ledger.pending(view);
            let mut expected = booked;
            let mut available = booked;
            for announced in &pending {
                expected = expected.checked_add(announced.amount).unwrap_or(expected);
                if announced.amount.is_debit() {
                    available = available.checked_add(announced.amount).unwrap_or(available);
                }
            }
            vec![
                closing,
                BalanceItem::new("interimAvailable", available, None),
                BalanceItem::new("expected", expected, None),
            ]
        }
    }
}
