//! Issued documents, how they were settled, and what was written to remind of them. A document is written once and never
//! changed: what happens to it later are other rows.

use db::{DbError, Row, Tx};
use domain::{Date, InvoiceId, OrganizationId, Timestamp};

use super::read;
use crate::billing::invoice::Invoice;

/// How a document was settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// The money came; of a credit note: it was given back.
    Paid,
    /// A credit note took it back before it was paid.
    Credited,
}

impl Settled {
    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Settled::Paid => "paid",
            Settled::Credited => "credited",
        }
    }
}

impl std::str::FromStr for Settled {
    type Err = String;
    fn from_str(text: &str) -> Result<Settled, String> {
        let found = [Settled::Paid, Settled::Credited].into_iter().find(|known| known.code() == text);
        found.ok_or_else(|| format!("'{text}' is no way to settle an invoice"))
    }
}

/// The files that a document was sent as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// For people.
    pub pdf: Vec<u8>,
    /// For software: UBL.
    pub ubl: Vec<u8>,
}

/// A document that is being issued.
pub struct NewInvoice<'a> {
    /// Who pays.
    pub organization: OrganizationId,
    /// Its id.
    pub id: InvoiceId,
    /// The month that it is about.
    pub month: &'a str,
    /// The document.
    pub document: &'a Invoice,
    /// What it is sent as.
    pub files: &'a Written,
    /// The invoice that it takes back.
    pub credits: Option<InvoiceId>,
    /// How many invoices of this month were drawn up and taken back before it.
    pub again: i64,
    /// When.
    pub at: Timestamp,
}

/// A stored document.
#[derive(Debug, Clone)]
pub struct StoredInvoice {
    /// Who pays.
    pub organization: OrganizationId,
    /// Its id.
    pub id: InvoiceId,
    /// The month that it is about: `2026-03`.
    pub month: String,
    /// The document.
    pub document: Invoice,
    /// How and when it was settled.
    pub settled: Option<(Settled, Date)>,
    /// When a bank returned its collection: it is to be paid by hand, whatever mandate there is.
    pub returned_on: Option<Date>,
    /// When it is collected, while it stands in a file of direct debits that was not returned.
    pub collect_on: Option<Date>,
}

/// The next number of a series. The caller inserts the document in the same transaction, so that no number is lost.
pub async fn next_number(tx: &mut Tx, series: &str) -> Result<String, DbError> {
    let sql = "INSERT INTO invoice_series (series, last_number) VALUES ($1, 1) \
         ON CONFLICT (series) DO UPDATE SET last_number = invoice_series.last_number + 1 RETURNING last_number";
    let number = tx.one(sql, &[series.into()]).await?.int("last_number")?;
    Ok(format!("{series}-{number:06}"))
}

/// Stores a document.
pub async fn insert(tx: &mut Tx, new: &NewInvoice<'_>) -> Result<(), DbError> {
    let sql = "INSERT INTO invoices (organization_id, id, number, kind, month, credits_id, issued_on, due_on, \
         total_minor, document, pdf, ubl, created_at, again) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    let document = new.document;
    let text = serde_json::to_string(document).expect("a document holds only texts and integers");
    let args = [
        new.organization.to_string().into(),
        new.id.to_string().into(),
        (&document.number).into(),
        document.kind.code().into(),
        new.month.into(),
        new.credits.map(|id| id.to_string()).into(),
        document.issued_on.to_string().into(),
        document.due_on.to_string().into(),
        document.total_minor.into(),
        text.into(),
        new.files.pdf.clone().into(),
        new.files.ubl.clone().into(),
        new.at.as_microsecond().into(),
        new.again.into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT v.organization_id, v.id, v.month, v.document, s.how, s.settled_on, c.collect_on, \
             (SELECT MAX(r.returned_on) FROM invoice_collections r WHERE r.organization_id = v.organization_id \
              AND r.invoice_id = v.id) AS returned_on FROM invoices v \
             LEFT JOIN invoice_settlements s ON s.organization_id = v.organization_id AND s.invoice_id = v.id \
             LEFT JOIN invoice_collections c ON c.organization_id = v.organization_id AND c.invoice_id = v.id \
             AND c.returned_on IS NULL ",
            $rest
        )
    };
}

fn invoice(row: &Row) -> Result<StoredInvoice, DbError> {
    let how: Option<Settled> = row.optional_parse("how")?;
    Ok(StoredInvoice {
        organization: row.parse("organization_id")?,
        id: row.parse("id")?,
        month: row.text("month")?,
        document: read::json(row, "document")?,
        settled: how.zip(row.optional_parse("settled_on")?),
        returned_on: row.optional_parse("returned_on")?,
        collect_on: row.optional_parse("collect_on")?,
    })
}

/// The documents of an organization, newest first.
pub async fn list(tx: &mut Tx, organization: OrganizationId) -> Result<Vec<StoredInvoice>, DbError> {
    let sql = select!("WHERE v.organization_id = $1 ORDER BY v.issued_on DESC, v.number DESC");
    tx.all(sql, &[organization.to_string().into()]).await?.iter().map(invoice).collect()
}

/// A document with the files that it was sent as.
pub async fn get(
    tx: &mut Tx,
    organization: OrganizationId,
    id: InvoiceId,
) -> Result<Option<(String, Written)>, DbError> {
    let sql = "SELECT number, pdf, ubl FROM invoices WHERE organization_id = $1 AND id = $2";
    let row = tx.optional(sql, &[organization.to_string().into(), id.to_string().into()]).await?;
    row.map(|row| Ok((row.text("number")?, Written { pdf: row.blob("pdf")?, ubl: row.blob("ubl")? }))).transpose()
}

/// How many invoices of a month an organization had, when each of them was taken back; `None` while one stands.
pub async fn taken_back(tx: &mut Tx, organization: OrganizationId, month: &str) -> Result<Option<i64>, DbError> {
    let sql = "SELECT COUNT(*) AS n, COUNT(c.id) AS credited FROM invoices v LEFT JOIN invoices c \
         ON c.organization_id = v.organization_id AND c.credits_id = v.id \
         WHERE v.organization_id = $1 AND v.month = $2 AND v.kind = 'invoice'";
    let row = tx.one(sql, &[organization.to_string().into(), month.into()]).await?;
    let (all, credited) = (row.int("n")?, row.int("credited")?);
    Ok((all == credited).then_some(all))
}

/// Whether an organization has its invoice of a month, or had.
pub async fn is_drawn_up(tx: &mut Tx, organization: OrganizationId, month: &str) -> Result<bool, DbError> {
    let sql = "SELECT id FROM invoices WHERE organization_id = $1 AND month = $2 AND kind = 'invoice'";
    Ok(tx.optional(sql, &[organization.to_string().into(), month.into()]).await?.is_some())
}

/// A document by its number, whoever it is for: the operator's view.
pub async fn by_number(tx: &mut Tx, number: &str) -> Result<Option<StoredInvoice>, DbError> {
    tx.optional(select!("WHERE v.number = $1"), &[number.into()]).await?.as_ref().map(invoice).transpose()
}

/// The files of a document by its number: the operator's view.
pub async fn files(tx: &mut Tx, number: &str) -> Result<Option<Written>, DbError> {
    let row = tx.optional("SELECT pdf, ubl FROM invoices WHERE number = $1", &[number.into()]).await?;
    row.map(|row| Ok(Written { pdf: row.blob("pdf")?, ubl: row.blob("ubl")? })).transpose()
}

/// Every document, oldest first: the operator's view.
pub async fn all(tx: &mut Tx) -> Result<Vec<StoredInvoice>, DbError> {
    tx.all(select!("ORDER BY v.number"), &[]).await?.iter().map(invoice).collect()
}

/// Every document that is not settled, oldest first: the operator's view.
pub async fn open(tx: &mut Tx) -> Result<Vec<StoredInvoice>, DbError> {
    tx.all(select!("WHERE s.invoice_id IS NULL ORDER BY v.number"), &[]).await?.iter().map(invoice).collect()
}

/// Holds a document until the end of the transaction, so that two who settle or collect it follow one another, even when
/// its organization is erased and can hold nothing. The organization is held first, always.
pub async fn lock(tx: &mut Tx, organization: OrganizationId, id: InvoiceId) -> Result<(), DbError> {
    let sql = "SELECT id FROM invoices WHERE organization_id = $1 AND id = $2 /*for update*/";
    tx.optional(sql, &[organization.to_string().into(), id.to_string().into()]).await.map(|_| ())
}

/// Whether an invoice was taken back.
pub async fn is_credited(tx: &mut Tx, organization: OrganizationId, id: InvoiceId) -> Result<bool, DbError> {
    let sql = "SELECT id FROM invoices WHERE organization_id = $1 AND credits_id = $2";
    Ok(tx.optional(sql, &[organization.to_string().into(), id.to_string().into()]).await?.is_some())
}

/// Settles a document; false when it was before.
pub async fn settle(
    tx: &mut Tx,
    organization: OrganizationId,
    id: InvoiceId,
    how: Settled,
    on: Date,
    at: Timestamp,
) -> Result<bool, DbError> {
    let sql = "INSERT INTO invoice_settlements (organization_id, invoice_id, how, settled_on, at) \
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (organization_id, invoice_id) DO NOTHING";
    let args = [
        organization.to_string().into(),
        id.to_string().into(),
        how.code().into(),
        on.to_string().into(),
        at.as_microsecond().into(),
    ];
    Ok(tx.run(sql, &args).await? == 1)
}

/// Invoices that were due before a day and that nobody settled. Those that are being collected, or will be because
/// there is a mandate, are not among them: their payers have nothing to do. One that a bank returned is.
/// Of one organization, or of all.
pub async fn overdue(
    tx: &mut Tx,
    before: Date,
    organization: Option<OrganizationId>,
) -> Result<Vec<StoredInvoice>, DbError> {
    let sql = select!(
        "WHERE v.kind = 'invoice' AND v.due_on < $1 AND ($2 = '' OR v.organization_id = $2) \
         AND s.invoice_id IS NULL AND c.invoice_id IS NULL \
         AND (NOT EXISTS (SELECT 1 FROM debit_mandates m WHERE m.organization_id = v.organization_id \
                          AND m.ended_at IS NULL) \
              OR EXISTS (SELECT 1 FROM invoice_collections r WHERE r.organization_id = v.organization_id \
                         AND r.invoice_id = v.id)) \
         AND EXISTS (SELECT 1 FROM organizations o WHERE o.organization_id = v.organization_id) ORDER BY v.number"
    );
    let only = organization.map(|id| id.to_string()).unwrap_or_default();
    tx.all(sql, &[before.to_string().into(), only.into()]).await?.iter().map(invoice).collect()
}

/// Notes that a reminder was sent; false when it was before.
pub async fn remind(
    tx: &mut Tx,
    organization: OrganizationId,
    id: InvoiceId,
    stage: &str,
    on: Date,
) -> Result<bool, DbError> {
    let sql = "INSERT INTO invoice_reminders (organization_id, invoice_id, stage, sent_on) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (organization_id, invoice_id, stage) DO NOTHING";
    let args = [organization.to_string().into(), id.to_string().into(), stage.into(), on.to_string().into()];
    Ok(tx.run(sql, &args).await? == 1)
}

/// When a reminder was sent.
pub async fn reminded_on(
    tx: &mut Tx,
    organization: OrganizationId,
    id: InvoiceId,
    stage: &str,
) -> Result<Option<Date>, DbError> {
    let sql = "SELECT sent_on FROM invoice_reminders WHERE organization_id = $1 AND invoice_id = $2 AND stage = $3";
    let args = [organization.to_string().into(), id.to_string().into(), stage.into()];
    tx.optional(sql, &args).await?.map(|row| row.parse("sent_on")).transpose()
}

/// Notes that the work of a day is begun; false when it was before.
pub async fn begin_day(tx: &mut Tx, day: Date) -> Result<bool, DbError> {
    let sql = "INSERT INTO billing_days (day) VALUES ($1) ON CONFLICT (day) DO NOTHING";
    Ok(tx.run(sql, &[day.to_string().into()]).await? == 1)
}

/// Whether the work of a day was begun.
pub async fn is_begun(tx: &mut Tx, day: Date) -> Result<bool, DbError> {
    Ok(tx.optional("SELECT day FROM billing_days WHERE day = $1", &[day.to_string().into()]).await?.is_some())
}
