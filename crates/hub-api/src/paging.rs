use url::form_urlencoded;

use crate::{Code, ErrorItem, Kind, List, ListLinks, ListMeta, Paging, Resource};

/// Which page of a list is asked for. Read from `limit`, `before` and `after`, or from `page[limit]` and so on; a key
/// that stands twice counts once, because some clients append it again to a link that has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRequest {
    /// How many rows at most.
    pub limit: u32,
    /// Rows before this id in the list's order, adjacent to it. Any text: an unknown id gives an empty page.
    pub before: Option<String>,
    /// Rows after this id.
    pub after: Option<String>,
    /// Whether the limit was asked for, so that links repeat it.
    explicit: bool,
    /// Whether the bracketed form was used, so that links use it too.
    bracketed: bool,
}

impl PageRequest {
    /// Rows on a page when nothing is asked.
    pub const DEFAULT_LIMIT: u32 = 10;
    /// Most rows on a page of a list.
    pub const MAX_LIMIT: u32 = 100;
    /// Most rows on a page of our own feeds, changes and balances.
    pub const MAX_FEED_LIMIT: u32 = 1000;

    /// The first page with a number of rows.
    pub fn first(limit: u32) -> PageRequest {
        PageRequest { limit, before: None, after: None, explicit: true, bracketed: false }
    }

    /// The page after an id.
    pub fn after(limit: u32, id: impl Into<String>) -> PageRequest {
        PageRequest { after: Some(id.into()), ..PageRequest::first(limit) }
    }

    /// The page before an id.
    pub fn before(limit: u32, id: impl Into<String>) -> PageRequest {
        PageRequest { before: Some(id.into()), ..PageRequest::first(limit) }
    }

    /// Reads a query string. Keys that mean nothing here are left alone. Errors: [`Code::InvalidPagingLimit`].
    pub fn parse(query: &str, max_limit: u32) -> Result<PageRequest, ErrorItem> {
        let mut page = PageRequest {
            limit: PageRequest::DEFAULT_LIMIT,
            before: None,
            after: None,
            explicit: false,
            bracketed: false,
        };
        for (key, value) in form_urlencoded::parse(query.as_bytes()) {
            let name = key.strip_prefix("page[").and_then(|name| name.strip_suffix(']'));
            let slot = match name.unwrap_or(&key) {
                "limit" => {
                    page.limit = limit(&value, max_limit)?;
                    page.explicit = true;
                    page.bracketed |= name.is_some();
                    continue;
                }
                "before" => &mut page.before,
                "after" => &mut page.after,
                _ => continue,
            };
            page.bracketed |= name.is_some();
            *slot = Some(value.into_owned()).filter(|id| !id.is_empty());
        }
        Ok(page)
    }

    /// The query string without a question mark.
    pub fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let parts = [("before", &self.before), ("after", &self.after)];
        for (name, value) in parts {
            if let Some(value) = value {
                query.append_pair(&self.key(name), value);
            }
        }
        if self.explicit {
            query.append_pair(&self.key("limit"), &self.limit.to_string());
        }
        query.finish()
    }

    fn key(&self, name: &str) -> String {
        if self.bracketed { format!("page[{name}]") } else { name.to_owned() }
    }

    fn link(&self, list_url: &str, before: Option<&str>, after: Option<&str>) -> String {
        let page = PageRequest { before: before.map(str::to_owned), after: after.map(str::to_owned), ..self.clone() };
        let query = page.query();
        match (query.is_empty(), list_url.contains('?')) {
            (true, _) => list_url.to_owned(),
            (false, true) => format!("{list_url}&{query}"),
            (false, false) => format!("{list_url}?{query}"),
        }
    }

    /// Makes the document of a page. `list_url` is the list's absolute address as the client called it, with its
    /// filters and without paging; `preceded` and `followed` say whether rows exist before and after these in the
    /// list's order. An empty page tells only the default limit and the first page, as Ponto does.
    pub fn document<K: Kind>(
        &self,
        list_url: &str,
        data: Vec<Resource<K>>,
        preceded: bool,
        followed: bool,
    ) -> List<Resource<K>>
    where
        K::Id: ToString,
    {
        let (Some(first), Some(last)) = (data.first(), data.last()) else {
            let paging = Paging { limit: PageRequest::DEFAULT_LIMIT, before: None, after: None };
            let links = ListLinks { first: Some(list_url.to_owned()), next: None, prev: None };
            return List { meta: ListMeta { paging, ..ListMeta::default() }, links, data };
        };
        let before = preceded.then(|| first.id.to_string());
        let after = followed.then(|| last.id.to_string());
        let links = ListLinks {
            first: Some(self.link(list_url, None, None)),
            next: after.as_deref().map(|id| self.link(list_url, None, Some(id))),
            prev: before.as_deref().map(|id| self.link(list_url, Some(id), None)),
        };
        let paging = Paging { limit: self.limit, before, after };
        List { meta: ListMeta { paging, ..ListMeta::default() }, links, data }
    }
}

fn limit(text: &str, max_limit: u32) -> Result<u32, ErrorItem> {
    let limit = text.parse().ok().filter(|limit| (1..=max_limit).contains(limit));
    limit.ok_or_else(|| {
        ErrorItem::new(Code::InvalidPagingLimit, format!("The limit must be a number from 1 to {max_limit}."))
            .with_parameter("limit")
    })
}
