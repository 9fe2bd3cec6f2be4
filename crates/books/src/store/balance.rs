//! Balances that the bank asserted. For each kind and day the newest one holds.

use db::{DbError, Tx, rows};
use domain::{AccountId, CompanyId, Date};
use serde_json::{Value, json};

use super::target;

/// A booked balance at the edge of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asserted {
    /// Whether it stands at the beginning of its day; else at its end.
    pub opening: bool,
    /// The day.
    pub on: Date,
    /// Minor units.
    pub amount_minor: i64,
}

/// One step of what an account's balances are told to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The balance.
    pub asserted: Asserted,
    /// Whether it was taken back: nothing holds for its kind and day.
    pub withdrawn: bool,
}

/// Stores balances in the order they were told; a later one of the same kind and day replaces an earlier one, or takes
/// it back.
pub async fn put(tx: &mut Tx, company: CompanyId, account: AccountId, told: &[Step]) -> Result<(), DbError> {
    // A statement may touch a row only once, so the last one of each key is picked here.
    let mut last: Vec<&Step> = Vec::new();
    for step in told.iter().rev() {
        let key = |step: &Step| (step.asserted.opening, step.asserted.on);
        if last.iter().all(|known| key(known) != key(step)) {
            last.push(step);
        }
    }
    let (gone, kept): (Vec<&Step>, Vec<&Step>) = last.into_iter().partition(|step| step.withdrawn);
    for step in gone {
        tx.run(
            "DELETE FROM balance WHERE company_id = $1 AND account_id = $2 AND kind = $3 AND reference_on = $4",
            &[
                company.to_string().into(),
                account.to_string().into(),
                kind(step.asserted.opening).into(),
                step.asserted.on.to_string().into(),
            ],
        )
        .await?;
    }
    let row = |told: &Asserted| json!([kind(told.opening), told.on.to_string(), told.amount_minor]);
    let values: Vec<Value> = kept.iter().map(|step| row(&step.asserted)).collect();
    tx.run(
        "INSERT INTO balance (company_id, account_id, kind, reference_on, amount_minor) \
         SELECT $2, $3, r.value->>0, r.value->>1, CAST(r.value->>2 AS BIGINT) FROM json_each($1) AS r WHERE true \
         ON CONFLICT (company_id, account_id, kind, reference_on) DO UPDATE SET amount_minor = EXCLUDED.amount_minor",
        &[rows(&values), company.to_string().into(), account.to_string().into()],
    )
    .await?;
    target::stir_account(tx, company, account).await
}

/// The balances of an account, oldest first.
pub async fn of_account(tx: &mut Tx, company: CompanyId, account: AccountId) -> Result<Vec<Asserted>, DbError> {
    let found = tx
        .all(
            "SELECT kind, reference_on, amount_minor FROM balance WHERE company_id = $1 AND account_id = $2 \
             ORDER BY reference_on, kind DESC",
            &[company.to_string().into(), account.to_string().into()],
        )
        .await?;
    found
        .iter()
        .map(|row| {
            Ok(Asserted {
                opening: row.text("kind")? == kind(true),
                on: row.parse("reference_on")?,
                amount_minor: row.int("amount_minor")?,
            })
        })
        .collect()
}

fn kind(opening: bool) -> &'static str {
    if opening { "opening" } else { "closing" }
}
