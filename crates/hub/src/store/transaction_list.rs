//! The list of an account's booked transactions, page by page, with filters that keep it exact: a page of a filtered
//! list is a page of the whole list without the rows that are not wanted, in the same order and with the same cursors.

use db::{Arg, DbError, Tx};
use domain::{AccountId, Date, OrganizationId, Timestamp, TransactionId};

use super::transaction::{Cursor, Page, StoredTransaction, as_page, position, select, transaction};

/// Which rows of a list are wanted; everything when nothing is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Filter {
    /// Booked on this day or later.
    pub booked_from: Option<Date>,
    /// Booked on this day or earlier.
    pub booked_to: Option<Date>,
    /// Last changed at this instant or later.
    pub updated_from: Option<Timestamp>,
}

impl Filter {
    /// The bounds as the statements take them; days are compared as texts.
    fn args(self) -> [Arg; 3] {
        let day = |day: Option<Date>, open: &str| day.map_or_else(|| open.to_owned(), |day| day.to_string());
        [
            day(self.booked_from, "").into(),
            day(self.booked_to, "~").into(),
            self.updated_from.map_or(i64::MIN, Timestamp::as_microsecond).into(),
        ]
    }
}

/// A page of an account's booked transactions, newest ingested first, of those that a filter lets through. A cursor that
/// is not a row of this account gives an empty page; one that the filter leaves out is a place all the same.
pub async fn page(
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
    filter: Filter,
    cursor: Cursor<TransactionId>,
    limit: i64,
) -> Result<Page<StoredTransaction>, DbError> {
    let nothing = Page { rows: vec![], has_newer: false, has_older: false };
    let (key, upward) = match cursor {
        Cursor::Newest => (Some(i64::MAX), false),
        Cursor::After(id) => (position(tx, organization, account, id).await?, false),
        Cursor::Before(id) => (position(tx, organization, account, id).await?, true),
    };
    let Some(key) = key else { return Ok(nothing) };
    let sql = if upward {
        select!(
            "WHERE organization_id = $1 AND account_id = $2 AND seq > $3 AND state = 'booked' \
             AND booked_on >= $4 AND booked_on <= $5 AND updated_at >= $6 ORDER BY seq LIMIT $7"
        )
    } else {
        select!(
            "WHERE organization_id = $1 AND account_id = $2 AND seq < $3 AND state = 'booked' \
             AND booked_on >= $4 AND booked_on <= $5 AND updated_at >= $6 ORDER BY seq DESC LIMIT $7"
        )
    };
    let [from, to, updated] = filter.args();
    let (owner, of) = (organization.to_string(), account.to_string());
    let args = [owner.into(), of.into(), key.into(), from, to, updated, (limit + 1).into()];
    let found = tx.all(sql, &args).await?;
    let mut page = as_page(found.iter().map(transaction).collect::<Result<_, _>>()?, cursor, limit);
    // The row of the cursor may itself be left out, so whether the filter lets rows through on its side is asked.
    if filter != Filter::default() && cursor != Cursor::Newest {
        let edge = if upward { page.rows.last() } else { page.rows.first() };
        let beyond = match edge.map(|row| row.seq) {
            None => false,
            Some(edge) => exists(tx, organization, account, filter, edge, upward).await?,
        };
        if upward { page.has_older = beyond } else { page.has_newer = beyond }
    }
    Ok(page)
}

/// Whether a filter lets a row through below a place, or above it.
async fn exists(
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
    filter: Filter,
    edge: i64,
    below: bool,
) -> Result<bool, DbError> {
    let sql = if below {
        "SELECT seq FROM transactions WHERE organization_id = $1 AND account_id = $2 AND seq < $3 AND state = 'booked' \
         AND booked_on >= $4 AND booked_on <= $5 AND updated_at >= $6 LIMIT 1"
    } else {
        "SELECT seq FROM transactions WHERE organization_id = $1 AND account_id = $2 AND seq > $3 AND state = 'booked' \
         AND booked_on >= $4 AND booked_on <= $5 AND updated_at >= $6 LIMIT 1"
    };
    let [from, to, updated] = filter.args();
    let args = [organization.to_string().into(), account.to_string().into(), edge.into(), from, to, updated];
    Ok(tx.optional(sql, &args).await?.is_some())
}
