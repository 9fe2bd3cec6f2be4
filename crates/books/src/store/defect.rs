//! What a provider sent and nobody could understand. It is kept and shown, and never stops its neighbours.

use db::{DbError, Tx, rows};
use domain::{AccountId, CompanyId, Defect, Timestamp};
use serde_json::{Value, json};

/// Keeps defects; one that is already there is kept once.
pub async fn keep(
    tx: &mut Tx,
    company: CompanyId,
    account: AccountId,
    defects: &[Defect],
    now: Timestamp,
) -> Result<(), DbError> {
    if defects.is_empty() {
        return Ok(());
    }
    let values: Vec<Value> = defects.iter().map(|defect| json!([defect.path, defect.rule, defect.value])).collect();
    tx.run(
        "INSERT INTO defect (company_id, account_id, path, rule, value, seen_at) \
         SELECT $2, $3, r.value->>0, r.value->>1, r.value->>2, $4 FROM json_each($1) AS r WHERE true \
         ON CONFLICT DO NOTHING",
        &[rows(&values), company.to_string().into(), account.to_string().into(), now.as_microsecond().into()],
    )
    .await
    .map(|_| ())
}

/// The defects of an account, newest first.
pub async fn of_account(tx: &mut Tx, company: CompanyId, account: AccountId) -> Result<Vec<Defect>, DbError> {
    let found = tx
        .all(
            "SELECT path, rule, value FROM defect WHERE company_id = $1 AND account_id = $2 \
             ORDER BY seen_at DESC, path LIMIT 100",
            &[company.to_string().into(), account.to_string().into()],
        )
        .await?;
    found
        .iter()
        .map(|row| Ok(Defect { path: row.text("path")?, value: row.text("value")?, rule: row.text("rule")? }))
        .collect()
}
