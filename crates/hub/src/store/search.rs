//! Looking for transactions across all accounts of an organization.

use db::{DbError, Tx, rows};
use domain::{AccountId, Currency, Date, OrganizationId, TransactionId};
use serde_json::json;

use super::search_text::folded;
use super::transaction::{StoredTransaction, select, transaction};

/// What is looked for across the accounts of an organization.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// Words that must all occur, in any order.
    pub words: String,
    /// Only these accounts; empty means all.
    pub accounts: Vec<AccountId>,
    /// First booking date.
    pub from: Option<Date>,
    /// Last booking date.
    pub to: Option<Date>,
    /// Words of the name or account of the other side, which must all occur.
    pub counterparty: String,
    /// The least and the most, without sign, in minor units of each currency that is looked at; empty means any.
    pub amounts: Vec<(Currency, i64, i64)>,
    /// Only what came in, or only what went out.
    pub direction: Option<Direction>,
    /// The last row of the page before: booking date and id.
    pub after: Option<(Date, TransactionId)>,
}

/// Which way money went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// To the account.
    In,
    /// From the account.
    Out,
}

/// Booked transactions across accounts, newest booking date first, by keyset.
pub async fn search(
    tx: &mut Tx,
    organization: OrganizationId,
    search: &Search,
    limit: i64,
) -> Result<Vec<StoredTransaction>, DbError> {
    let sql = select!(
        "WHERE organization_id = $1 AND state = 'booked' AND booked_on >= $2 AND booked_on <= $3 \
         AND ($4 = '[]' OR account_id IN (SELECT r.value->>0 FROM json_each($4) AS r)) \
         AND NOT EXISTS (SELECT 1 FROM json_each($5) AS r WHERE search NOT LIKE r.value->>0 ESCAPE '!') \
         AND NOT EXISTS (SELECT 1 FROM json_each($9) AS r WHERE counterparty NOT LIKE r.value->>0 ESCAPE '!') \
         AND ($10 = '[]' OR EXISTS (SELECT 1 FROM json_each($10) AS r WHERE r.value->>0 = currency \
              AND ABS(minor) >= CAST(r.value->>1 AS BIGINT) AND ABS(minor) <= CAST(r.value->>2 AS BIGINT))) \
         AND minor * $11 >= 0 \
         AND (booked_on, id) < ($6, $7) \
         AND account_id IN (SELECT id FROM accounts WHERE organization_id = $1 AND state IN ('active', 'expired')) \
         ORDER BY booked_on DESC, id DESC LIMIT $8"
    );
    let accounts: Vec<_> = search.accounts.iter().map(|id| json!([id.to_string()])).collect();
    let patterns = |words: &str| rows(&words.split_whitespace().map(|word| json!([pattern(word)])).collect::<Vec<_>>());
    let amounts: Vec<_> =
        search.amounts.iter().map(|(currency, least, most)| json!([currency.code(), least, most])).collect();
    let sign: i64 = match search.direction {
        None => 0,
        Some(Direction::In) => 1,
        Some(Direction::Out) => -1,
    };
    let (day, id) =
        search.after.map_or(("9999-12-31".into(), "~".into()), |(day, id)| (day.to_string(), id.to_string()));
    let args = [
        organization.to_string().into(),
        search.from.map_or("0000-01-01".into(), |day| day.to_string()).into(),
        search.to.map_or("9999-12-31".into(), |day| day.to_string()).into(),
        rows(&accounts),
        patterns(&search.words),
        day.into(),
        id.into(),
        limit.into(),
        patterns(&search.counterparty),
        rows(&amounts),
        sign.into(),
    ];
    tx.all(sql, &args).await?.iter().map(transaction).collect()
}

fn pattern(word: &str) -> String {
    let mut pattern = String::from("%");
    for c in folded(word).chars() {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}
