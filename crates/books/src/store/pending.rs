//! Movements that a bank has announced. They are shown and replaced as a whole; none becomes a line.

use db::{DbError, Tx, rows};
use domain::{AccountId, CompanyId, Date};
use serde_json::{Value, json};

/// An announced movement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// When the bank expects to book it.
    pub expected_on: Option<Date>,
    /// Minor units of the account's currency.
    pub amount_minor: i64,
    /// What it is about.
    pub label: String,
    /// Name of the other side.
    pub partner_name: Option<String>,
    /// Account of the other side.
    pub partner_account: Option<String>,
}

/// Replaces the announced movements of an account.
pub async fn replace(tx: &mut Tx, company: CompanyId, account: AccountId, all: &[Pending]) -> Result<(), DbError> {
    let (company, account) = (company.to_string(), account.to_string());
    let sql = "DELETE FROM pending WHERE company_id = $1 AND account_id = $2";
    tx.run(sql, &[(&company).into(), (&account).into()]).await?;
    let values: Vec<Value> = all
        .iter()
        .enumerate()
        .map(|(position, pending)| {
            json!([
                position,
                pending.expected_on.map(|date| date.to_string()),
                pending.amount_minor,
                pending.label,
                pending.partner_name,
                pending.partner_account
            ])
        })
        .collect();
    tx.run(
        "INSERT INTO pending (company_id, account_id, position, expected_on, amount_minor, label, partner_name, \
         partner_account) SELECT $2, $3, CAST(r.value->>0 AS BIGINT), r.value->>1, CAST(r.value->>2 AS BIGINT), \
         r.value->>3, r.value->>4, r.value->>5 FROM json_each($1) AS r WHERE true",
        &[rows(&values), company.into(), account.into()],
    )
    .await
    .map(|_| ())
}

/// The announced movements of an account, as the provider lists them.
pub async fn of_account(tx: &mut Tx, company: CompanyId, account: AccountId) -> Result<Vec<Pending>, DbError> {
    let found = tx
        .all(
            "SELECT expected_on, amount_minor, label, partner_name, partner_account FROM pending \
             WHERE company_id = $1 AND account_id = $2 ORDER BY position",
            &[company.to_string().into(), account.to_string().into()],
        )
        .await?;
    found
        .iter()
        .map(|row| {
            Ok(Pending {
                expected_on: row.optional_parse("expected_on")?,
                amount_minor: row.int("amount_minor")?,
                label: row.text("label")?,
                partner_name: row.optional_text("partner_name")?,
                partner_account: row.optional_text("partner_account")?,
            })
        })
        .collect()
}
