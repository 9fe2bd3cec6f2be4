//! The cursor table of the Ponto API, row by row, and what clients do to links.

use domain::{Currency, Money, TransactionId};
use hub_api::{Code, Day, List, MovementRelationships, PageRequest, Resource, Transaction};

const URL: &str = "https://h/accounts/1/transactions";

fn row(id: u128) -> Resource<Transaction> {
    let booked = domain::Transaction {
        booked_on: domain::Date::constant(2026, 1, 1),
        value_on: None,
        amount: Money::new(1, Currency::EUR),
        details: domain::Details::default(),
    };
    let attributes = Transaction { execution_date: Day(booked.booked_on), ..Transaction::of(&booked) };
    Resource::new(TransactionId::from_u128(id), attributes, MovementRelationships::default())
}

fn asked(query: &str) -> PageRequest {
    PageRequest::parse(query, PageRequest::MAX_LIMIT).unwrap()
}

/// The list of two rows, A above B, as a server would answer it.
fn served(query: &str) -> List<Resource<Transaction>> {
    let page = asked(query);
    let all = [row(0xA), row(0xB)];
    let at = |id: &Option<String>| id.as_ref().map(|id| all.iter().position(|row| row.id.to_string() == *id));
    let (from, to) = match (at(&page.after), at(&page.before)) {
        (Some(Some(index)), _) => (index + 1, all.len()),
        (_, Some(Some(index))) => (index.saturating_sub(page.limit as usize), index),
        (Some(None), _) | (_, Some(None)) => (0, 0),
        (None, None) => (0, all.len()),
    };
    let to = to.min(from + page.limit as usize);
    page.document(URL, all[from..to].to_vec(), from > 0, to < all.len())
}

fn envelope(query: &str) -> String {
    let list = served(query);
    let mut value = serde_json::to_value(&list).unwrap();
    value["data"] = list.data.iter().map(|row| row.id.to_string()[35..].to_owned()).collect();
    serde_json::to_string(&value).unwrap()
}

const A: &str = "00000000-0000-0000-0000-00000000000a";
const B: &str = "00000000-0000-0000-0000-00000000000b";

#[test]
fn the_live_table() {
    assert_eq!(
        envelope(""),
        format!(r#"{{"data":["a","b"],"links":{{"first":"{URL}"}},"meta":{{"paging":{{"limit":10}}}}}}"#)
    );
    assert_eq!(
        envelope("limit=1"),
        format!(
            r#"{{"data":["a"],"links":{{"first":"{URL}?limit=1","next":"{URL}?after={A}&limit=1"}},"meta":{{"paging":{{"after":"{A}","limit":1}}}}}}"#
        )
    );
    assert_eq!(
        envelope(&format!("after={A}&limit=2")),
        format!(
            r#"{{"data":["b"],"links":{{"first":"{URL}?limit=2","prev":"{URL}?before={B}&limit=2"}},"meta":{{"paging":{{"before":"{B}","limit":2}}}}}}"#
        )
    );
    let empty = format!(r#"{{"data":[],"links":{{"first":"{URL}"}},"meta":{{"paging":{{"limit":10}}}}}}"#);
    assert_eq!(envelope(&format!("after={B}")), empty);
    assert_eq!(envelope("after=00000000-0000-0000-0000-0000000000ff"), empty);
}

#[test]
fn limits_outside_the_range_are_errors() {
    for query in ["limit=0", "limit=-1", "limit=101", "limit=1001", "limit=x", "page[limit]=0", "limit="] {
        let error = PageRequest::parse(query, PageRequest::MAX_LIMIT).unwrap_err();
        assert_eq!(error.code, Code::InvalidPagingLimit, "{query}");
    }
    assert_eq!(PageRequest::parse("limit=1000", PageRequest::MAX_FEED_LIMIT).unwrap().limit, 1000);
}

#[test]
fn repeated_unknown_and_bracketed_keys() {
    let repeated = asked(&format!("after={A}&limit=100&limit=100&filter[x]=y&foo"));
    assert_eq!((repeated.limit, repeated.after.as_deref()), (100, Some(A)));
    let bracketed = asked(&format!("page%5Bafter%5D={A}&page[limit]=1"));
    assert_eq!((bracketed.limit, bracketed.after.as_deref()), (1, Some(A)));
    let list = bracketed.document(URL, vec![row(0xB)], true, false);
    assert_eq!(list.links.prev.unwrap(), format!("{URL}?page%5Bbefore%5D={B}&page%5Blimit%5D=1"));
    assert_eq!(asked("after=").after, None);
}

#[test]
fn filters_stay_in_links() {
    let url = format!("{URL}?filter[country][eq]=BE");
    let list = asked("limit=1").document(&url, vec![row(0xA)], false, true);
    assert_eq!(list.links.next.unwrap(), format!("{url}&after={A}&limit=1"));
}
