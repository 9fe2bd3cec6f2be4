//! `filter[executionDate][gte|lte]` and `filter[updatedAt][gte]` on a list of transactions. A field or comparison that
//! is not known here filters nothing, as everywhere in this API; a value that cannot be read is refused, because a list
//! that silently holds more than was asked for would be taken for the answer.

use axum::extract::FromRequestParts;
use domain::Timestamp;
use http::request::Parts;
use hub_api::Day;
use url::form_urlencoded;

use super::error::ApiError;
use crate::SharedHub;
use crate::store::transaction_list::Filter;

/// The filters of a query, and how they were written.
#[derive(Debug, Default)]
pub(super) struct Bounds {
    pub bounds: Filter,
    pairs: Vec<(String, String)>,
}

impl Bounds {
    /// Reads the filters of a query. One that stands more than once counts as it stands last.
    pub fn read(query: &str) -> Result<Bounds, ApiError> {
        let mut read = Bounds::default();
        for (key, value) in form_urlencoded::parse(query.as_bytes()) {
            let day = || {
                let day = Day::parse(&value).map(|Day(day)| day);
                day.ok_or_else(|| ApiError::parameter(&key, "This is not a date such as 2026-03-01."))
            };
            match key.as_ref() {
                "filter[executionDate][gte]" => read.bounds.booked_from = Some(day()?),
                "filter[executionDate][lte]" => read.bounds.booked_to = Some(day()?),
                "filter[updatedAt][gte]" => read.bounds.updated_from = Some(instant(&key, &value)?),
                _ => continue,
            }
            read.pairs.retain(|(known, _)| *known != key);
            read.pairs.push((key.into_owned(), value.into_owned()));
        }
        Ok(read)
    }

    /// A path with the filters as they came, for links.
    pub fn on(&self, path: &str) -> String {
        if self.pairs.is_empty() {
            return path.to_owned();
        }
        format!("{path}?{}", form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.pairs).finish())
    }
}

impl FromRequestParts<SharedHub> for Bounds {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &SharedHub) -> Result<Bounds, ApiError> {
        Bounds::read(parts.uri.query().unwrap_or_default())
    }
}

/// An instant, or the beginning of a day in UTC.
fn instant(key: &str, value: &str) -> Result<Timestamp, ApiError> {
    let whole_day = || format!("{value}T00:00:00Z").parse().ok();
    let read = value.parse().ok().or_else(whole_day);
    read.ok_or_else(|| ApiError::parameter(key, "This is not an instant such as 2026-03-01T10:15:30.123Z."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_are_read_and_written_again() {
        let query = "limit=2&filter%5BexecutionDate%5D%5Bgte%5D=2026-02-01&filter[updatedAt][gte]=2026-03-01T10:00:00Z\
                     &filter[executionDate][gte]=2026-02-03T00:00:00.000Z&filter[x][eq]=1&filter[executionDate][near]=z";
        let read = Bounds::read(query).unwrap();
        assert_eq!(read.bounds.booked_from.unwrap().to_string(), "2026-02-03");
        assert_eq!(read.bounds.updated_from.unwrap().to_string(), "2026-03-01T10:00:00Z");
        let address = read.on("/x");
        assert_eq!(Bounds::read(address.split_once('?').unwrap().1).unwrap().bounds, read.bounds);
        assert_eq!(Bounds::read("limit=2").unwrap().on("/x"), "/x");
        for wrong in ["filter[executionDate][lte]=yesterday", "filter[updatedAt][gte]=12:00", "filter[updatedAt][gte]="]
        {
            assert!(Bounds::read(wrong).is_err(), "{wrong}");
        }
    }
}
