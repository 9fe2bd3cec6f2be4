//! Journals: what a bookkeeper works in, one a bank account.

use db::{DbError, Row, Tx};
use domain::{AccountId, CompanyId, Currency, JournalId, Timestamp};

/// A journal.
#[derive(Debug, Clone)]
pub struct Journal {
    /// The company.
    pub company: CompanyId,
    /// Id.
    pub id: JournalId,
    /// Short and unique in its company: `BNK1`.
    pub code: String,
    /// Name.
    pub name: String,
    /// The number of its bank account.
    pub reference: String,
    /// Its currency.
    pub currency: Currency,
    /// The account that feeds it.
    pub account: Option<AccountId>,
}

/// Adds a journal with the next free code.
pub async fn add(tx: &mut Tx, journal: &Journal, now: Timestamp) -> Result<(), DbError> {
    let code = format!("BNK{}", next_number(tx, journal.company).await?);
    tx.run(
        "INSERT INTO journal (company_id, id, code, name, reference, currency, account_id, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &[
            journal.company.to_string().into(),
            journal.id.to_string().into(),
            code.into(),
            (&journal.name).into(),
            (&journal.reference).into(),
            journal.currency.code().into(),
            journal.account.map(|account| account.to_string()).into(),
            now.as_microsecond().into(),
        ],
    )
    .await
    .map(|_| ())
}

async fn next_number(tx: &mut Tx, company: CompanyId) -> Result<i64, DbError> {
    let sql = "SELECT code FROM journal WHERE company_id = $1";
    let rows = tx.all(sql, &[company.to_string().into()]).await?;
    let mut highest = 0;
    for row in rows {
        let number = row.text("code")?.strip_prefix("BNK").and_then(|digits| digits.parse().ok()).unwrap_or(0);
        highest = highest.max(number);
    }
    Ok(highest + 1)
}

/// What became of a wish to link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Linked {
    /// The journal is fed by the account now.
    Yes,
    /// The journal is fed by another account.
    JournalTaken,
}

/// Lets an account feed a journal that no account feeds.
pub async fn link(tx: &mut Tx, company: CompanyId, journal: JournalId, account: AccountId) -> Result<Linked, DbError> {
    let sql = "UPDATE journal SET account_id = $3 WHERE company_id = $1 AND id = $2 AND account_id IS NULL";
    let args = [company.to_string().into(), journal.to_string().into(), account.to_string().into()];
    let linked = tx.run(sql, &args).await?;
    Ok(if linked == 1 { Linked::Yes } else { Linked::JournalTaken })
}

/// Takes the account from a journal. Its lines stay.
pub async fn unlink(tx: &mut Tx, company: CompanyId, journal: JournalId) -> Result<(), DbError> {
    let sql = "UPDATE journal SET account_id = NULL WHERE company_id = $1 AND id = $2";
    tx.run(sql, &[company.to_string().into(), journal.to_string().into()]).await.map(|_| ())
}

/// One journal.
pub async fn find(tx: &mut Tx, company: CompanyId, id: JournalId) -> Result<Option<Journal>, DbError> {
    let sql = "SELECT * FROM journal WHERE company_id = $1 AND id = $2";
    let row = tx.optional(sql, &[company.to_string().into(), id.to_string().into()]).await?;
    row.as_ref().map(journal).transpose()
}

/// The journal that an account feeds.
pub async fn of_account(tx: &mut Tx, company: CompanyId, account: AccountId) -> Result<Option<Journal>, DbError> {
    let sql = "SELECT * FROM journal WHERE company_id = $1 AND account_id = $2";
    let row = tx.optional(sql, &[company.to_string().into(), account.to_string().into()]).await?;
    row.as_ref().map(journal).transpose()
}

/// The journals of a company, by name.
pub async fn of_company(tx: &mut Tx, company: CompanyId) -> Result<Vec<Journal>, DbError> {
    let sql = "SELECT * FROM journal WHERE company_id = $1 ORDER BY name, code";
    let rows = tx.all(sql, &[company.to_string().into()]).await?;
    rows.iter().map(journal).collect()
}

/// Every journal of these books, by reference: for the operator.
pub async fn all(tx: &mut Tx) -> Result<Vec<Journal>, DbError> {
    let rows = tx.all("SELECT * FROM journal ORDER BY company_id, reference, currency, id", &[]).await?;
    rows.iter().map(journal).collect()
}

fn journal(row: &Row) -> Result<Journal, DbError> {
    Ok(Journal {
        company: row.parse("company_id")?,
        id: row.parse("id")?,
        code: row.text("code")?,
        name: row.text("name")?,
        reference: row.text("reference")?,
        currency: row.parse("currency")?,
        account: row.optional_parse("account_id")?,
    })
}
