//! From the paging words of the wire to those of the stores.

use std::str::FromStr;

use axum::extract::FromRequestParts;
use http::request::Parts;
use hub_api::PageRequest;

use super::error::ApiError;
use crate::SharedHub;
use crate::store::transaction::{Cursor, Page};

/// The page that a query asks for, of a list with at most a hundred rows a page.
pub(super) struct ListPage(pub PageRequest);

/// The page that a query asks for, of a feed of ours.
pub(super) struct FeedPage(pub PageRequest);

impl FromRequestParts<SharedHub> for ListPage {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &SharedHub) -> Result<ListPage, ApiError> {
        let query = parts.uri.query().unwrap_or_default();
        Ok(ListPage(PageRequest::parse(query, PageRequest::MAX_LIMIT)?))
    }
}

impl FromRequestParts<SharedHub> for FeedPage {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &SharedHub) -> Result<FeedPage, ApiError> {
        let query = parts.uri.query().unwrap_or_default();
        Ok(FeedPage(PageRequest::parse(query, PageRequest::MAX_FEED_LIMIT)?))
    }
}

/// Where a page begins; `None` for an id that cannot exist, whose page is empty.
pub(super) fn cursor<Id: FromStr>(page: &PageRequest) -> Option<Cursor<Id>> {
    match (&page.after, &page.before) {
        (Some(after), _) => after.parse().ok().map(Cursor::After),
        (None, Some(before)) => before.parse().ok().map(Cursor::Before),
        (None, None) => Some(Cursor::Newest),
    }
}

/// A page without rows.
pub(super) fn nothing<T>() -> Page<T> {
    Page { rows: Vec::new(), has_newer: false, has_older: false }
}

/// A page of a list that is short enough to be read as a whole, by the cursor rules of all lists.
pub(super) fn of_whole<T>(all: Vec<T>, page: &PageRequest, id: impl Fn(&T) -> String) -> Page<T> {
    let limit = page.limit as usize;
    let place = |wanted: &str| all.iter().position(|row| id(row).eq_ignore_ascii_case(wanted));
    let range = match (&page.after, &page.before) {
        (Some(after), _) => place(after).map(|at| at + 1..all.len().min(at + 1 + limit)),
        (None, Some(before)) => place(before).map(|at| at.saturating_sub(limit)..at),
        (None, None) => Some(0..all.len().min(limit)),
    };
    let Some(range) = range.filter(|range| !range.is_empty()) else { return nothing() };
    let (has_newer, has_older) = (range.start > 0, range.end < all.len());
    let rows = all.into_iter().skip(range.start).take(range.len()).collect();
    Page { rows, has_newer, has_older }
}

#[cfg(test)]
mod tests {
    use hub_api::PageRequest;

    use super::of_whole;

    fn page(query: &str) -> (Vec<u32>, bool, bool) {
        let request = PageRequest::parse(query, 100).unwrap();
        let page = of_whole(vec![5, 4, 3, 2, 1], &request, u32::to_string);
        (page.rows, page.has_newer, page.has_older)
    }

    #[test]
    fn before_is_the_page_next_to_its_row() {
        assert_eq!(page("limit=2"), (vec![5, 4], false, true));
        assert_eq!(page("limit=2&after=4"), (vec![3, 2], true, true));
        assert_eq!(page("limit=2&after=2"), (vec![1], true, false));
        assert_eq!(page("limit=2&before=2"), (vec![4, 3], true, true));
        assert_eq!(page("limit=9&before=3"), (vec![5, 4], false, true));
        for nothing in ["after=1", "before=5", "after=99", "before=x"] {
            assert_eq!(page(nothing), (vec![], false, false), "{nothing}");
        }
    }
}
