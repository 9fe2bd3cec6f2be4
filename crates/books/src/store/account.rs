//! Accounts as a provider lists them, and how far each has been read.

use db::{DbError, Row, Tx};
use domain::{AccountId, CompanyId, Currency, InstitutionId, Money, Timestamp};

use super::grant::GrantKey;
use super::{instant, micros, optional_instant};
use crate::Trouble;

/// An account. Its id is the books' own; the provider's may change when a consent is made anew.
#[derive(Debug, Clone)]
pub struct Account {
    /// Whose tokens read it, and whose it is.
    pub grant: GrantKey,
    /// Id in the books.
    pub id: AccountId,
    /// Id at the provider.
    pub remote: AccountId,
    /// How often the provider's id changed: ids of transactions from an earlier epoch may have changed too.
    pub epoch: i64,
    /// Its institution.
    pub institution: InstitutionId,
    /// An IBAN without blanks, or another number.
    pub reference: String,
    /// Its currency.
    pub currency: Currency,
    /// Its name.
    pub name: Option<String>,
    /// Who holds it.
    pub holder: Option<String>,
    /// Whether the provider still lists it.
    pub listed: bool,
    /// Since when not.
    pub unlisted_at: Option<Timestamp>,
    /// Whether somebody has taken note that it is gone.
    pub loss_confirmed: bool,
    /// Booked balance, as the bank last told.
    pub current: Option<Money>,
    /// When the provider last asked the bank.
    pub synchronized_at: Option<Timestamp>,
    /// When the consent is expected to end.
    pub authorized_until: Option<Timestamp>,
    /// How far it has been read.
    pub position: Position,
    /// What is wrong with it.
    pub trouble: Option<Trouble>,
    /// When it may be asked for again.
    pub next_allowed_at: Option<Timestamp>,
}

/// How far an account has been read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Position {
    /// Cursor in the feed of changes.
    pub changes: Option<String>,
    /// Cursor in the feed of balances.
    pub balances: Option<String>,
    /// Newest transaction read, where there is no feed.
    pub newest: Option<String>,
    /// First row of a walk through the whole list that goes on.
    pub walk_top: Option<String>,
    /// Last row of that walk so far.
    pub walk_after: Option<String>,
    /// Highest sequence given to a line.
    pub high_sequence: i64,
    /// Lowest sequence given to a line: a list that is read from its newest row fills downwards.
    pub low_sequence: i64,
}

/// What a provider says of an account.
#[derive(Debug, Clone)]
pub struct Told {
    /// Id at the provider.
    pub remote: AccountId,
    /// Its institution.
    pub institution: InstitutionId,
    /// Its number.
    pub reference: String,
    /// Its currency.
    pub currency: Currency,
    /// Its name.
    pub name: Option<String>,
    /// Who holds it.
    pub holder: Option<String>,
    /// Booked balance.
    pub current_minor: Option<i64>,
    /// What can be spent.
    pub available_minor: Option<i64>,
    /// When the provider last asked the bank.
    pub synchronized_at: Option<Timestamp>,
    /// When the consent is expected to end.
    pub authorized_until: Option<Timestamp>,
}

/// Adds an account that was not known.
pub async fn add(tx: &mut Tx, id: AccountId, grant: &GrantKey, told: &Told, now: Timestamp) -> Result<(), DbError> {
    tx.run(
        "INSERT INTO account (company_id, id, provider, subject, remote_id, epoch, institution_id, reference, \
         currency, listed, loss_confirmed, high_sequence, low_sequence, created_at) \
         VALUES ($1, $2, $3, $4, $5, 0, $6, $7, $8, $9, $10, 0, 0, $11)",
        &[
            grant.company.to_string().into(),
            id.to_string().into(),
            (&grant.provider).into(),
            (&grant.subject).into(),
            told.remote.to_string().into(),
            told.institution.to_string().into(),
            (&told.reference).into(),
            told.currency.code().into(),
            true.into(),
            false.into(),
            now.as_microsecond().into(),
        ],
    )
    .await?;
    refresh(tx, grant, id, told).await
}

/// Writes what the provider now says of an account. One that comes back is listed again.
pub async fn refresh(tx: &mut Tx, grant: &GrantKey, id: AccountId, told: &Told) -> Result<(), DbError> {
    tx.run(
        "UPDATE account SET subject = $3, name = $4, holder = $5, current_minor = $6, available_minor = $7, \
         synchronized_at = $8, authorized_until = $9, listed = $10, unlisted_at = NULL, loss_confirmed = $11 \
         WHERE company_id = $1 AND id = $2",
        &[
            grant.company.to_string().into(),
            id.to_string().into(),
            (&grant.subject).into(),
            told.name.clone().into(),
            told.holder.clone().into(),
            told.current_minor.into(),
            told.available_minor.into(),
            micros(told.synchronized_at).into(),
            micros(told.authorized_until).into(),
            true.into(),
            false.into(),
        ],
    )
    .await
    .map(|_| ())
}

/// Gives an account the id under which the provider now knows it. What is read next is recognised by content, because
/// the ids of its transactions may be new as well.
pub async fn rebind(tx: &mut Tx, company: CompanyId, id: AccountId, remote: AccountId) -> Result<(), DbError> {
    tx.run(
        "UPDATE account SET remote_id = $3, epoch = epoch + 1, reissued = 1, change_cursor = NULL, balance_cursor = NULL, \
         newest_id = NULL, walk_top = NULL, walk_after = NULL WHERE company_id = $1 AND id = $2",
        &[company.to_string().into(), id.to_string().into(), remote.to_string().into()],
    )
    .await
    .map(|_| ())
}

/// An account of an epoch whose provider no longer knows the row that was read last: what it lists is read anew, and
/// recognised by content, because every id may be another one. Whoever comes second changes nothing.
pub async fn begin_anew(tx: &mut Tx, company: CompanyId, id: AccountId, epoch: i64) -> Result<(), DbError> {
    let sql = "UPDATE account SET epoch = epoch + 1, reissued = 1, newest_id = NULL, walk_top = NULL, walk_after = NULL \
               WHERE company_id = $1 AND id = $2 AND epoch = $3";
    tx.run(sql, &[company.to_string().into(), id.to_string().into(), epoch.into()]).await.map(|_| ())
}

/// Notes that the provider no longer lists an account. Its lines stay.
pub async fn unlist(tx: &mut Tx, company: CompanyId, id: AccountId, now: Timestamp) -> Result<(), DbError> {
    let sql = "UPDATE account SET listed = $3, unlisted_at = $4 WHERE company_id = $1 AND id = $2 AND listed";
    tx.run(sql, &[company.to_string().into(), id.to_string().into(), false.into(), now.as_microsecond().into()])
        .await
        .map(|_| ())
}

/// Notes that somebody knows that an account is gone.
pub async fn confirm_loss(tx: &mut Tx, company: CompanyId, id: AccountId) -> Result<(), DbError> {
    let sql = "UPDATE account SET loss_confirmed = $3 WHERE company_id = $1 AND id = $2 AND NOT listed";
    tx.run(sql, &[company.to_string().into(), id.to_string().into(), true.into()]).await.map(|_| ())
}

/// One account.
pub async fn find(tx: &mut Tx, company: CompanyId, id: AccountId) -> Result<Option<Account>, DbError> {
    let sql = "SELECT * FROM account WHERE company_id = $1 AND id = $2";
    let row = tx.optional(sql, &[company.to_string().into(), id.to_string().into()]).await?;
    row.as_ref().map(account).transpose()
}

/// The listed accounts that a provider knows by an id, over all companies: for what it tells by itself.
pub async fn by_remote(tx: &mut Tx, provider: &str, remote: AccountId) -> Result<Vec<Account>, DbError> {
    let sql = "SELECT * FROM account WHERE provider = $1 AND remote_id = $2 AND listed ORDER BY company_id";
    let rows = tx.all(sql, &[provider.into(), remote.to_string().into()]).await?;
    rows.iter().map(account).collect()
}

/// Every account that a provider ever told a company of, by reference.
pub async fn of_provider(tx: &mut Tx, company: CompanyId, provider: &str) -> Result<Vec<Account>, DbError> {
    let sql = "SELECT * FROM account WHERE company_id = $1 AND provider = $2 ORDER BY reference, currency, id";
    let rows = tx.all(sql, &[company.to_string().into(), provider.into()]).await?;
    rows.iter().map(account).collect()
}

/// Every account of a company, by reference.
pub async fn of_company(tx: &mut Tx, company: CompanyId) -> Result<Vec<Account>, DbError> {
    let sql = "SELECT * FROM account WHERE company_id = $1 ORDER BY reference, currency, id";
    let rows = tx.all(sql, &[company.to_string().into()]).await?;
    rows.iter().map(account).collect()
}

/// Moves the position of an account, unless another process moved it first or it begins anew. Answers whether it was
/// moved.
pub async fn advance(tx: &mut Tx, company: CompanyId, account: &Account, to: &Position) -> Result<bool, DbError> {
    let from = &account.position;
    let moved = tx
        .run(
            "UPDATE account SET change_cursor = $3, balance_cursor = $4, newest_id = $5, walk_top = $6, \
             walk_after = $7, high_sequence = $8, low_sequence = $9 WHERE company_id = $1 AND id = $2 \
             AND COALESCE(change_cursor, '') = $10 AND COALESCE(balance_cursor, '') = $11 \
             AND COALESCE(newest_id, '') = $12 AND COALESCE(walk_top, '') = $13 AND COALESCE(walk_after, '') = $14 \
             AND high_sequence = $15 AND low_sequence = $16 AND epoch = $17",
            &[
                company.to_string().into(),
                account.id.to_string().into(),
                to.changes.clone().into(),
                to.balances.clone().into(),
                to.newest.clone().into(),
                to.walk_top.clone().into(),
                to.walk_after.clone().into(),
                to.high_sequence.into(),
                to.low_sequence.into(),
                from.changes.clone().unwrap_or_default().into(),
                from.balances.clone().unwrap_or_default().into(),
                from.newest.clone().unwrap_or_default().into(),
                from.walk_top.clone().unwrap_or_default().into(),
                from.walk_after.clone().unwrap_or_default().into(),
                from.high_sequence.into(),
                from.low_sequence.into(),
                account.epoch.into(),
            ],
        )
        .await?;
    Ok(moved == 1)
}

/// Forgets how far an account has been read: the next import reads everything again, and recognises what it has by what
/// it says, because nobody watched over the ids meanwhile.
pub async fn rewind(tx: &mut Tx, company: CompanyId, id: AccountId) -> Result<(), DbError> {
    let sql = "UPDATE account SET epoch = epoch + 1, reissued = 1, change_cursor = NULL, balance_cursor = NULL, \
               newest_id = NULL, walk_top = NULL, walk_after = NULL WHERE company_id = $1 AND id = $2";
    tx.run(sql, &[company.to_string().into(), id.to_string().into()]).await.map(|_| ())
}

/// Whether what an account no longer tells after its id changed is still to be looked for.
pub async fn is_reissued(tx: &mut Tx, company: CompanyId, id: AccountId) -> Result<bool, DbError> {
    let sql = "SELECT reissued FROM account WHERE company_id = $1 AND id = $2";
    let row = tx.optional(sql, &[company.to_string().into(), id.to_string().into()]).await?;
    Ok(row.map(|row| row.int("reissued")).transpose()? == Some(1))
}

/// What an account of an epoch no longer tells was looked for.
pub async fn looked_through(tx: &mut Tx, company: CompanyId, id: AccountId, epoch: i64) -> Result<(), DbError> {
    let sql = "UPDATE account SET reissued = 0 WHERE company_id = $1 AND id = $2 AND epoch = $3";
    tx.run(sql, &[company.to_string().into(), id.to_string().into(), epoch.into()]).await.map(|_| ())
}

/// Makes sure that new lines of an account stand above `high` and below `low`, where a journal holds others.
pub async fn widen(tx: &mut Tx, company: CompanyId, id: AccountId, high: i64, low: i64) -> Result<(), DbError> {
    let sql = "UPDATE account SET high_sequence = CASE WHEN high_sequence < $3 THEN $3 ELSE high_sequence END, \
               low_sequence = CASE WHEN low_sequence > $4 THEN $4 ELSE low_sequence END \
               WHERE company_id = $1 AND id = $2";
    tx.run(sql, &[company.to_string().into(), id.to_string().into(), high.into(), low.into()]).await.map(|_| ())
}

/// Notes what is wrong with an account, or that nothing is. A trouble that goes on keeps the instant it began.
pub async fn note(
    tx: &mut Tx,
    company: CompanyId,
    id: AccountId,
    trouble: Option<&Trouble>,
    next_allowed_at: Option<Timestamp>,
    now: Timestamp,
) -> Result<(), DbError> {
    tx.run(
        "UPDATE account SET error_code = $3, error_detail = $4, error_reference = $5, \
         error_since = CASE WHEN CAST($3 AS TEXT) IS NULL THEN NULL WHEN error_code = $3 THEN error_since ELSE $6 END, \
         next_allowed_at = $7 WHERE company_id = $1 AND id = $2",
        &[
            company.to_string().into(),
            id.to_string().into(),
            trouble.map(|trouble| trouble.code.clone()).into(),
            trouble.map(|trouble| trouble.detail.clone()).into(),
            trouble.and_then(|trouble| trouble.reference.clone()).into(),
            now.as_microsecond().into(),
            micros(next_allowed_at).into(),
        ],
    )
    .await
    .map(|_| ())
}

fn account(row: &Row) -> Result<Account, DbError> {
    let currency: Currency = row.parse("currency")?;
    Ok(Account {
        grant: GrantKey::of_row(row)?,
        id: row.parse("id")?,
        remote: row.parse("remote_id")?,
        epoch: row.int("epoch")?,
        institution: row.parse("institution_id")?,
        reference: row.text("reference")?,
        currency,
        name: row.optional_text("name")?,
        holder: row.optional_text("holder")?,
        listed: row.bool("listed")?,
        unlisted_at: row.optional_int("unlisted_at")?.map(instant).transpose()?,
        loss_confirmed: row.bool("loss_confirmed")?,
        current: row.optional_int("current_minor")?.map(|minor| Money::new(minor, currency)),
        synchronized_at: optional_instant(row.optional_int("synchronized_at")?)?,
        authorized_until: optional_instant(row.optional_int("authorized_until")?)?,
        position: Position {
            changes: row.optional_text("change_cursor")?,
            balances: row.optional_text("balance_cursor")?,
            newest: row.optional_text("newest_id")?,
            walk_top: row.optional_text("walk_top")?,
            walk_after: row.optional_text("walk_after")?,
            high_sequence: row.int("high_sequence")?,
            low_sequence: row.int("low_sequence")?,
        },
        trouble: Trouble::of_row(row, true)?,
        next_allowed_at: optional_instant(row.optional_int("next_allowed_at")?)?,
    })
}
