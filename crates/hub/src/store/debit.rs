//! The mandates by which invoices are collected, and the collections. An ended mandate is kept: it proves that what was
//! collected was allowed.

use db::{DbError, Row, Tx};
use domain::{Date, InvoiceId, OrganizationId, Timestamp};

use crate::billing::debit::Sequence;

/// The permission to collect from an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DebitMandate {
    /// Its reference.
    pub reference: String,
    /// The account.
    pub iban: String,
    /// Whose it is.
    pub holder: String,
    /// When it was given.
    pub signed_on: Date,
    /// The e-mail address of the person who gave it.
    pub given_by: String,
    /// The words that the person agreed to.
    pub consent: String,
    /// How often it was used.
    pub uses: i64,
}

/// The live mandate of an organization.
pub async fn mandate(tx: &mut Tx, organization: OrganizationId) -> Result<Option<DebitMandate>, DbError> {
    let sql = "SELECT reference, iban, holder, signed_on, given_by, consent, uses FROM debit_mandates \
         WHERE organization_id = $1 AND ended_at IS NULL";
    let read = |row: Row| {
        Ok(DebitMandate {
            reference: row.text("reference")?,
            iban: row.text("iban")?,
            holder: row.text("holder")?,
            signed_on: row.parse("signed_on")?,
            given_by: row.text("given_by")?,
            consent: row.text("consent")?,
            uses: row.int("uses")?,
        })
    };
    tx.optional(sql, &[organization.to_string().into()]).await?.map(read).transpose()
}

/// Gives a mandate; the one before must have ended.
pub async fn give(tx: &mut Tx, organization: OrganizationId, mandate: &DebitMandate) -> Result<(), DbError> {
    let sql = "INSERT INTO debit_mandates (organization_id, reference, iban, holder, signed_on, given_by, consent, uses) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let args = [
        organization.to_string().into(),
        (&mandate.reference).into(),
        (&mandate.iban).into(),
        (&mandate.holder).into(),
        mandate.signed_on.to_string().into(),
        (&mandate.given_by).into(),
        (&mandate.consent).into(),
        mandate.uses.into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// Ends the live mandate; false when there is none.
pub async fn end(tx: &mut Tx, organization: OrganizationId, at: Timestamp) -> Result<bool, DbError> {
    let sql = "UPDATE debit_mandates SET ended_at = $2 WHERE organization_id = $1 AND ended_at IS NULL";
    Ok(tx.run(sql, &[organization.to_string().into(), at.as_microsecond().into()]).await? == 1)
}

/// Notes that an invoice stands in a file of direct debits, and that its mandate was used.
pub async fn collect(
    tx: &mut Tx,
    organization: OrganizationId,
    id: InvoiceId,
    (file, mandate): (&str, &str),
    sequence: Sequence,
    on: Date,
) -> Result<(), DbError> {
    let sql = "INSERT INTO invoice_collections (organization_id, invoice_id, file, mandate, sequence, collect_on) \
         VALUES ($1, $2, $3, $4, $5, $6)";
    let args = [
        organization.to_string().into(),
        id.to_string().into(),
        file.into(),
        mandate.into(),
        sequence.code().into(),
        on.to_string().into(),
    ];
    tx.run(sql, &args).await?;
    let sql = "UPDATE debit_mandates SET uses = uses + 1 WHERE organization_id = $1 AND reference = $2";
    tx.run(sql, &[organization.to_string().into(), mandate.into()]).await.map(|_| ())
}

/// A file of direct debits as it was made. It is the operator's own and holds the payers of many organizations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DebitFile {
    /// Its name, which is also the number of its message.
    pub name: String,
    /// The day that it collects on.
    pub collect_on: Date,
    /// How many invoices stand in it.
    pub invoices: i64,
    /// When it was made.
    pub made_at: Timestamp,
}

/// Keeps a file, in the transaction that notes what stands in it.
pub async fn keep_file(tx: &mut Tx, file: &DebitFile, content: &str) -> Result<(), DbError> {
    let sql = "INSERT INTO debit_files (name, collect_on, invoices, content, made_at) VALUES ($1, $2, $3, $4, $5)";
    let args = [
        (&file.name).into(),
        file.collect_on.to_string().into(),
        file.invoices.into(),
        content.into(),
        file.made_at.as_microsecond().into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// Every file, oldest first: the operator's view.
pub async fn files(tx: &mut Tx) -> Result<Vec<DebitFile>, DbError> {
    let sql = "SELECT name, collect_on, invoices, made_at FROM debit_files ORDER BY made_at, name";
    let read = |row: &Row| {
        Ok(DebitFile {
            name: row.text("name")?,
            collect_on: row.parse("collect_on")?,
            invoices: row.int("invoices")?,
            made_at: super::read::instant(row, "made_at")?,
        })
    };
    tx.all(sql, &[]).await?.iter().map(read).collect()
}

/// The content of a file.
pub async fn file(tx: &mut Tx, name: &str) -> Result<Option<String>, DbError> {
    let row = tx.optional("SELECT content FROM debit_files WHERE name = $1", &[name.into()]).await?;
    row.map(|row| row.text("content")).transpose()
}

/// Notes that a bank returned a collection; false when the invoice is in none.
pub async fn give_back(tx: &mut Tx, organization: OrganizationId, id: InvoiceId, on: Date) -> Result<bool, DbError> {
    let sql = "UPDATE invoice_collections SET returned_on = $3 WHERE organization_id = $1 AND invoice_id = $2 \
         AND returned_on IS NULL";
    let args = [organization.to_string().into(), id.to_string().into(), on.to_string().into()];
    Ok(tx.run(sql, &args).await? == 1)
}

/// Whether a collection of an invoice was ever returned.
pub async fn was_returned(tx: &mut Tx, organization: OrganizationId, id: InvoiceId) -> Result<bool, DbError> {
    let sql = "SELECT file FROM invoice_collections WHERE organization_id = $1 AND invoice_id = $2 \
         AND returned_on IS NOT NULL LIMIT 1";
    Ok(tx.optional(sql, &[organization.to_string().into(), id.to_string().into()]).await?.is_some())
}
