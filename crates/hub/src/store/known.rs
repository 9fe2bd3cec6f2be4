//! Stored transactions as far as a listing is held against them: no more of each than that takes.

use db::{DbError, Row, Tx, rows};
use domain::{AccountId, Date, OrganizationId};
use serde_json::json;

use crate::sync::identity::Known;

/// Where a row stands that a listing is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownRow {
    /// Its place in the ingest order.
    pub seq: i64,
    /// Whether its texts were erased when its account was unlinked.
    pub erased: bool,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT seq, booked_on, minor, fingerprint, bank_id, state = 'withdrawn' AS withdrawn, ",
            "details = '{}' AS erased FROM transactions WHERE organization_id = $1 AND account_id = $2 ",
            $rest
        )
    };
}

fn read(found: &[Row]) -> Result<(Vec<Known>, Vec<KnownRow>), DbError> {
    let (mut known, mut rows) = (Vec::new(), Vec::new());
    for row in found {
        known.push(Known {
            booked_on: row.parse("booked_on")?,
            minor: row.int("minor")?,
            fingerprint: row.text("fingerprint")?,
            bank_id: row.optional_text("bank_id")?,
            withdrawn: row.bool("withdrawn")?,
            foreign: None,
        });
        rows.push(KnownRow { seq: row.int("seq")?, erased: row.bool("erased")? });
    }
    Ok((known, rows))
}

/// Every stored row booked in a window, withdrawn ones too, in ingest order.
pub async fn window(
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
    from: Date,
    to: Date,
) -> Result<(Vec<Known>, Vec<KnownRow>), DbError> {
    let sql = select!("AND booked_on >= $3 AND booked_on <= $4 ORDER BY seq");
    let args =
        [organization.to_string().into(), account.to_string().into(), from.to_string().into(), to.to_string().into()];
    read(&tx.all(sql, &args).await?)
}

/// Rows booked from a day on, outside of a window, for which the bank used one of these ids last.
pub async fn with_ids(
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
    ids: &[&str],
    from: Date,
    window: (Date, Date),
) -> Result<(Vec<Known>, Vec<KnownRow>), DbError> {
    let sql = select!(
        "AND bank_id IN (SELECT r.value->>0 FROM json_each($3) AS r) AND booked_on >= $4 \
         AND (booked_on < $5 OR booked_on > $6) ORDER BY seq"
    );
    let values: Vec<_> = ids.iter().map(|id| json!([id])).collect();
    let args = [
        organization.to_string().into(),
        account.to_string().into(),
        rows(&values),
        from.to_string().into(),
        window.0.to_string().into(),
        window.1.to_string().into(),
    ];
    read(&tx.all(sql, &args).await?)
}
