//! Journals: what a bookkeeper works in, one a bank account.

use db::{DbError, Row, Tx};
use domain::{AccountId, CompanyId, Currency, Date, JournalId, Timestamp};

/// How long a statement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// There are none.
    None,
    /// A day.
    Daily,
    /// Monday to Sunday.
    Weekly,
    /// A calendar month.
    Monthly,
}

impl Period {
    /// Every choice.
    pub const ALL: [Period; 4] = [Period::None, Period::Daily, Period::Weekly, Period::Monthly];

    /// As it is stored and sent.
    pub fn as_str(self) -> &'static str {
        match self {
            Period::None => "none",
            Period::Daily => "daily",
            Period::Weekly => "weekly",
            Period::Monthly => "monthly",
        }
    }

    /// Reads what was stored or sent.
    pub fn parse(text: &str) -> Option<Period> {
        Period::ALL.into_iter().find(|period| period.as_str() == text)
    }
}

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
    /// The account that fed it last, when none does now.
    pub former: Option<AccountId>,
    /// Nothing is imported from before this day.
    pub start_on: Option<Date>,
    /// How long its statements are.
    pub period: Period,
    /// The name of the bank, where a person wrote it.
    pub bank: Option<String>,
    /// The bank's BIC, where a person wrote it.
    pub bic: Option<String>,
    /// Whether lines of another origin than its account lie in it: of statement files, or of an account before.
    pub mixed: bool,
}

impl Journal {
    /// A new journal without account.
    pub fn new(company: CompanyId, id: JournalId, name: &str, reference: &str, currency: Currency) -> Journal {
        Journal {
            company,
            id,
            code: String::new(),
            name: name.to_owned(),
            reference: reference.to_owned(),
            currency,
            account: None,
            former: None,
            start_on: None,
            period: Period::Monthly,
            bank: None,
            bic: None,
            mixed: false,
        }
    }

    /// Whether a number names the same bank account.
    pub fn is_of(&self, reference: &str, currency: Currency) -> bool {
        self.currency == currency && bare(&self.reference) == bare(reference)
    }
}

/// A number without blanks and marks, in capitals.
pub fn bare(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase()
}

/// Adds a journal with the next free code.
pub async fn add(tx: &mut Tx, journal: &Journal, now: Timestamp) -> Result<(), DbError> {
    let code = format!("BNK{}", next_number(tx, journal.company).await?);
    tx.run(
        "INSERT INTO journal (company_id, id, code, name, reference, currency, account_id, created_at, start_on, \
         period, bank, bic) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        &[
            journal.company.to_string().into(),
            journal.id.to_string().into(),
            code.into(),
            (&journal.name).into(),
            (&journal.reference).into(),
            journal.currency.code().into(),
            journal.account.map(|account| account.to_string()).into(),
            now.as_microsecond().into(),
            journal.start_on.map(|date| date.to_string()).into(),
            journal.period.as_str().into(),
            journal.bank.clone().into(),
            journal.bic.clone().into(),
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

/// Takes the account from a journal. Its lines stay, and so do the balances that prove them.
pub async fn unlink(tx: &mut Tx, company: CompanyId, journal: JournalId) -> Result<(), DbError> {
    let sql = "UPDATE journal SET former_account_id = COALESCE(account_id, former_account_id), account_id = NULL \
               WHERE company_id = $1 AND id = $2";
    tx.run(sql, &[company.to_string().into(), journal.to_string().into()]).await.map(|_| ())
}

/// Notes that lines of another origin than its account lie in a journal.
pub async fn mix(tx: &mut Tx, company: CompanyId, journal: JournalId) -> Result<(), DbError> {
    let sql = "UPDATE journal SET mixed = 1 WHERE company_id = $1 AND id = $2";
    tx.run(sql, &[company.to_string().into(), journal.to_string().into()]).await.map(|_| ())
}

/// Sets from which day on a journal is filled.
pub async fn start(tx: &mut Tx, company: CompanyId, journal: JournalId, on: Option<Date>) -> Result<(), DbError> {
    let sql = "UPDATE journal SET start_on = $3 WHERE company_id = $1 AND id = $2";
    let args = [company.to_string().into(), journal.to_string().into(), on.map(|date| date.to_string()).into()];
    tx.run(sql, &args).await.map(|_| ())
}

/// Sets name and length of statements.
pub async fn shape(
    tx: &mut Tx,
    company: CompanyId,
    journal: JournalId,
    name: &str,
    period: Period,
) -> Result<(), DbError> {
    let sql = "UPDATE journal SET name = $3, period = $4 WHERE company_id = $1 AND id = $2";
    let args = [company.to_string().into(), journal.to_string().into(), name.into(), period.as_str().into()];
    tx.run(sql, &args).await.map(|_| ())
}

/// One journal, held until the transaction ends, so that a file and a pull do not write into it at once.
pub async fn lock(tx: &mut Tx, company: CompanyId, id: JournalId) -> Result<Option<Journal>, DbError> {
    let sql = "SELECT * FROM journal WHERE company_id = $1 AND id = $2 /*for update*/";
    let row = tx.optional(sql, &[company.to_string().into(), id.to_string().into()]).await?;
    row.as_ref().map(journal).transpose()
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
    let period = row.text("period")?;
    Ok(Journal {
        company: row.parse("company_id")?,
        id: row.parse("id")?,
        code: row.text("code")?,
        name: row.text("name")?,
        reference: row.text("reference")?,
        currency: row.parse("currency")?,
        account: row.optional_parse("account_id")?,
        former: row.optional_parse("former_account_id")?,
        start_on: row.optional_parse("start_on")?,
        period: Period::parse(&period)
            .ok_or_else(|| DbError::Column { column: "period".into(), problem: format!("'{period}' is no period") })?,
        bank: row.optional_text("bank")?,
        bic: row.optional_text("bic")?,
        mixed: row.int("mixed")? != 0,
    })
}
