//! Statement files that people uploaded: each whole file as it came, and what each account took from it. The id of a
//! file for an account is that of the synchronization it counts as.

use db::{DbError, Row, Tx};
use domain::{AccountId, Date, OrganizationId, RawAnswerId, SynchronizationId, Timestamp, ToSpan, UserId};

use super::read;

/// What an account took from a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementFile {
    /// Its id, that of the synchronization it counts as.
    pub id: SynchronizationId,
    /// The account.
    pub account: AccountId,
    /// The upload it is part of.
    pub upload: SynchronizationId,
    /// The stored bytes.
    pub raw: RawAnswerId,
    /// Its name, as the person's machine calls it.
    pub name: String,
    /// Its format, such as `camt.053`.
    pub format: String,
    /// The days of its first and last movement.
    pub days: Option<(Date, Date)>,
    /// Movements it lists for the account.
    pub listed: i64,
    /// Those that were not known.
    pub created: i64,
    /// What could not be understood.
    pub defects: i64,
    /// Announced movements in it, which no file brings in.
    pub pending: i64,
    /// Whether its balances agree with its movements: `proven`, `unproven` or `broken(…)`.
    pub proof: String,
    /// The places of the balances that it told among those of the account: after the first, through the second.
    pub balances: (i64, i64),
    /// Who uploaded it.
    pub user: UserId,
    /// When.
    pub uploaded_at: Timestamp,
    /// When it was undone.
    pub undone_at: Option<Timestamp>,
}

/// Days for which a refused file is kept, for whoever is asked why.
const REFUSED_DAYS: i64 = 30;

/// Keeps a file as it came, before anybody reads it, and forgets refused ones that are old.
pub async fn keep(
    tx: &mut Tx,
    organization: OrganizationId,
    id: SynchronizationId,
    by: (UserId, Timestamp),
    name: &str,
    body: &[u8],
) -> Result<(), DbError> {
    let sql =
        "INSERT INTO uploads (organization_id, id, user_id, name, body, received_at) VALUES ($1, $2, $3, $4, $5, $6)";
    let args = [
        organization.to_string().into(),
        id.to_string().into(),
        by.0.to_string().into(),
        name.into(),
        body.into(),
        by.1.as_microsecond().into(),
    ];
    tx.run(sql, &args).await?;
    let old = by.1 - (24 * REFUSED_DAYS).hours();
    let sql = "DELETE FROM uploads WHERE organization_id = $1 AND received_at < $2 AND refusal IS NOT NULL";
    tx.run(sql, &[organization.to_string().into(), old.as_microsecond().into()]).await.map(|_| ())
}

/// Notes why a file was refused; its bytes stay.
pub async fn refuse(
    tx: &mut Tx,
    organization: OrganizationId,
    id: SynchronizationId,
    why: &str,
) -> Result<(), DbError> {
    let sql = "UPDATE uploads SET refusal = $3 WHERE organization_id = $1 AND id = $2";
    tx.run(sql, &[organization.to_string().into(), id.to_string().into(), why.into()]).await.map(|_| ())
}

/// Notes that the bytes are kept with the accounts that took from them.
pub async fn taken(tx: &mut Tx, organization: OrganizationId, id: SynchronizationId) -> Result<(), DbError> {
    let sql = "UPDATE uploads SET body = NULL WHERE organization_id = $1 AND id = $2";
    tx.run(sql, &[organization.to_string().into(), id.to_string().into()]).await.map(|_| ())
}

/// Adds what an account took from a file.
pub async fn insert(tx: &mut Tx, organization: OrganizationId, new: &StatementFile) -> Result<(), DbError> {
    let sql = "INSERT INTO statement_files (organization_id, id, account_id, upload_id, raw_id, name, format, first_on, \
         last_on, listed_count, created_count, defect_count, proof, user_id, uploaded_at, first_balance, last_balance, \
         pending_count) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)";
    let args = [
        organization.to_string().into(),
        new.id.to_string().into(),
        new.account.to_string().into(),
        new.upload.to_string().into(),
        new.raw.to_string().into(),
        (&new.name).into(),
        (&new.format).into(),
        new.days.map(|(first, _)| first.to_string()).into(),
        new.days.map(|(_, last)| last.to_string()).into(),
        new.listed.into(),
        new.created.into(),
        new.defects.into(),
        (&new.proof).into(),
        new.user.to_string().into(),
        new.uploaded_at.as_microsecond().into(),
        new.balances.0.into(),
        new.balances.1.into(),
        new.pending.into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, account_id, upload_id, raw_id, name, format, first_on, last_on, listed_count, created_count, ",
            "defect_count, pending_count, proof, first_balance, last_balance, user_id, uploaded_at, undone_at FROM statement_files ",
            $rest
        )
    };
}

fn file(row: &Row) -> Result<StatementFile, DbError> {
    let (first, last) = (row.optional_parse("first_on")?, row.optional_parse("last_on")?);
    Ok(StatementFile {
        id: row.parse("id")?,
        account: row.parse("account_id")?,
        upload: row.parse("upload_id")?,
        raw: row.parse("raw_id")?,
        name: row.text("name")?,
        format: row.text("format")?,
        days: first.zip(last),
        listed: row.int("listed_count")?,
        created: row.int("created_count")?,
        defects: row.int("defect_count")?,
        pending: row.int("pending_count")?,
        proof: row.text("proof")?,
        balances: (row.int("first_balance")?, row.int("last_balance")?),
        user: row.parse("user_id")?,
        uploaded_at: read::instant(row, "uploaded_at")?,
        undone_at: read::optional_instant(row, "undone_at")?,
    })
}

/// What the accounts took from one upload.
pub async fn of_upload(
    tx: &mut Tx,
    organization: OrganizationId,
    upload: SynchronizationId,
) -> Result<Vec<StatementFile>, DbError> {
    let sql = select!("WHERE organization_id = $1 AND upload_id = $2 ORDER BY id");
    tx.all(sql, &[organization.to_string().into(), upload.to_string().into()]).await?.iter().map(file).collect()
}

/// The files of an organization, newest first.
pub async fn list(tx: &mut Tx, organization: OrganizationId, limit: i64) -> Result<Vec<StatementFile>, DbError> {
    let sql = select!("WHERE organization_id = $1 ORDER BY uploaded_at DESC, id DESC LIMIT $2");
    tx.all(sql, &[organization.to_string().into(), limit.into()]).await?.iter().map(file).collect()
}

/// The files of an account that were not undone, oldest first.
pub async fn standing(
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
) -> Result<Vec<StatementFile>, DbError> {
    let sql = select!("WHERE organization_id = $1 AND account_id = $2 AND undone_at IS NULL ORDER BY uploaded_at, id");
    tx.all(sql, &[organization.to_string().into(), account.to_string().into()]).await?.iter().map(file).collect()
}

/// The upload of the very same file that brought an account its movements before, when it stands.
pub async fn earlier_copy(
    tx: &mut Tx,
    organization: OrganizationId,
    file: &StatementFile,
) -> Result<Option<SynchronizationId>, DbError> {
    let standing = standing(tx, organization, file.account).await?;
    let copy = standing.iter().find(|known| known.raw == file.raw && known.upload != file.upload && known.created > 0);
    Ok(copy.map(|known| known.upload))
}

/// One of them.
pub async fn get(
    tx: &mut Tx,
    organization: OrganizationId,
    id: SynchronizationId,
) -> Result<Option<StatementFile>, DbError> {
    let sql = select!("WHERE organization_id = $1 AND id = $2");
    let row = tx.optional(sql, &[organization.to_string().into(), id.to_string().into()]).await?;
    row.as_ref().map(file).transpose()
}

/// Notes that a file was undone; false when it had been before.
pub async fn undone(
    tx: &mut Tx,
    organization: OrganizationId,
    id: SynchronizationId,
    at: Timestamp,
) -> Result<bool, DbError> {
    let sql = "UPDATE statement_files SET undone_at = $3 WHERE organization_id = $1 AND id = $2 AND undone_at IS NULL";
    Ok(tx.run(sql, &[organization.to_string().into(), id.to_string().into(), at.as_microsecond().into()]).await? == 1)
}
