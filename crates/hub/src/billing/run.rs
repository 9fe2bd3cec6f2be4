//! The month's work: each organization's invoice.

use db::{DbError, Tx};
use domain::{Date, InvoiceId, OrganizationId};

use super::invoice::{Draft, Invoice, Kind, Party};
use super::usage::{self, Month};
use super::{paper, ubl};
use crate::Hub;
use crate::audit::{self, Action, Actor};
use crate::mail::{self, Attachment, Letter};
use crate::store::debit as debits;
use crate::store::invoice::{self as invoices, NewInvoice, Written};
use crate::store::{membership, organization, price};

/// Organizations that are read in one go.
const BATCH: i64 = 200;

/// What became of an organization in a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Drawn {
    /// It was invoiced, under this number and total in cents.
    Invoiced(String, i64),
    /// It was before.
    Before,
    /// It used nothing that it pays for.
    Nothing,
    /// It never said whom to bill: somebody has to ask.
    NoAddress,
}

/// Why a run did not begin.
#[derive(Debug, thiserror::Error)]
pub enum RunRefused {
    /// The month goes on or has not begun.
    #[error("{0} is not over yet; invoices are drawn up for months that are")]
    NotOver(Month),
    /// There is no price.
    #[error("billing is turned off: the price (hub.price_cents) is 0")]
    Off,
    /// The operator has not said who it is.
    #[error("an invoice needs these settings first: {}", .0.join(", "))]
    NoSeller(Vec<&'static str>),
    /// The database.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// Whether invoices can be drawn up at all.
pub fn ready(hub: &Hub) -> Result<(), RunRefused> {
    if hub.settings.price_minor == 0 {
        return Err(RunRefused::Off);
    }
    let missing = hub.settings.billing.missing();
    if missing.is_empty() { Ok(()) } else { Err(RunRefused::NoSeller(missing)) }
}

/// Draws up the invoices of a month that is over, each once, and sends them by mail. Running it again draws up what is
/// missing.
pub async fn run(hub: &Hub, month: Month) -> Result<Vec<(OrganizationId, Drawn)>, RunRefused> {
    let today = hub.environment.today();
    if today <= month.last() {
        return Err(RunRefused::NotOver(month));
    }
    ready(hub)?;
    let (mut done, mut after) = (Vec::new(), None);
    loop {
        let batch = organization::page(&mut hub.db.read().await?, after, BATCH).await?;
        let Some(last) = batch.last() else { return Ok(done) };
        after = Some(*last);
        for id in batch {
            let drawn: Result<Drawn, DbError> =
                db::write!(hub.db, tx => { one(hub, &mut tx, id, month, today, id).await });
            done.push((id, drawn?));
        }
    }
}

/// Draws up, for every organization, the invoices that are missing of each month until the last that is over, however long
/// the hub stood still; nothing of the time before the operator charged. Running it again draws up what is missing.
pub async fn catch_up(hub: &Hub) -> Result<Vec<(OrganizationId, Month, Drawn)>, RunRefused> {
    ready(hub)?;
    let (mut done, mut after) = (Vec::new(), None);
    let Some(last) = Month::of(hub.environment.today()).and_then(|month| month.before()) else { return Ok(done) };
    loop {
        let batch = price::behind(&mut hub.db.read().await?, &last.to_string(), after, BATCH).await?;
        let Some(end) = batch.last() else { return Ok(done) };
        after = Some(*end);
        for id in batch {
            let drawn: Result<Vec<(Month, Drawn)>, DbError> =
                db::write!(hub.db, tx => { until(hub, &mut tx, id, last, id).await });
            done.extend(drawn?.into_iter().map(|(month, drawn)| (id, month, drawn)));
        }
    }
}

/// The missing invoices of one organization until a month, oldest first, in a transaction of the caller's. Where nobody
/// knows whom to bill it stays where it is, and goes on from there when somebody does.
pub(crate) async fn until(
    hub: &Hub,
    tx: &mut Tx,
    id: OrganizationId,
    last: Month,
    mailed_for: OrganizationId,
) -> Result<Vec<(Month, Drawn)>, DbError> {
    let mut done = Vec::new();
    if !membership::lock(tx, id).await? {
        return Ok(done);
    }
    let today = hub.environment.today();
    let mut next = usage::first_open(tx, id).await?.filter(|first| *first <= last);
    while let Some(month) = next {
        let drawn = one(hub, tx, id, month, today, mailed_for).await?;
        let stuck = drawn == Drawn::NoAddress;
        done.push((month, drawn));
        if stuck {
            return Ok(done);
        }
        next = month.after().filter(|after| *after <= last);
    }
    price::set_invoiced_through(tx, id, &last.to_string()).await?;
    Ok(done)
}

/// Draws up the invoice of one organization for a month that is over once more, after each one before was taken back.
/// Never by itself: what was taken back may have been meant to be.
pub async fn again(hub: &Hub, month: Month, id: OrganizationId) -> Result<Drawn, RunRefused> {
    let today = hub.environment.today();
    if today <= month.last() {
        return Err(RunRefused::NotOver(month));
    }
    ready(hub)?;
    db::write!(hub.db, tx => {
        if !membership::lock(&mut tx, id).await? {
            return Ok(Drawn::Nothing);
        }
        if invoices::taken_back(&mut tx, id, &month.to_string()).await?.is_none() {
            return Ok(Drawn::Before);
        }
        Ok::<_, RunRefused>(draw(hub, &mut tx, id, month, today, id).await?)
    })
}

/// The invoice of one organization, when it is missing. A month that goes on is billed until today: only for an
/// organization that ends, whose mail is then nobody's, because its own goes with it.
pub(crate) async fn one(
    hub: &Hub,
    tx: &mut Tx,
    id: OrganizationId,
    month: Month,
    today: Date,
    mailed_for: OrganizationId,
) -> Result<Drawn, DbError> {
    // Two processes that draw up the same month follow one another here.
    if !membership::lock(tx, id).await? {
        return Ok(Drawn::Nothing);
    }
    if invoices::is_drawn_up(tx, id, &month.to_string()).await? {
        return Ok(Drawn::Before);
    }
    draw(hub, tx, id, month, today, mailed_for).await
}

async fn draw(
    hub: &Hub,
    tx: &mut Tx,
    id: OrganizationId,
    month: Month,
    today: Date,
    mailed_for: OrganizationId,
) -> Result<Drawn, DbError> {
    let mut lines = usage::used(hub, tx, id, month).await?.lines;
    lines.retain(|line| line.net_minor > 0);
    if lines.is_empty() {
        return Ok(Drawn::Nothing);
    }
    let (known, billing) = (organization::get(tx, id).await?, organization::billing(tx, id).await?);
    let Some((known, billing)) = known.zip(billing) else { return Ok(Drawn::NoAddress) };
    let buyer = Party {
        name: billing.name,
        vat_number: known.vat_number,
        registration: None,
        street: billing.street,
        postal_code: billing.postal_code,
        city: billing.city,
        country: billing.country,
        email: billing.email,
    };
    let mandate = debits::mandate(tx, id).await?.map(|mandate| (mandate.reference, mandate.iban));
    let language = membership::language(tx, id).await?;
    let words = mail::words(&language);
    let draft = Draft { month, issued_on: today, buyer, buyer_reference: id.to_string(), lines, mandate, language };
    let number = invoices::next_number(tx, &today.year().to_string()).await?;
    let document = Invoice::drawn_up(&hub.settings.billing, draft, number, &words);
    issue(hub, tx, id, &month.to_string(), &document, None, mailed_for).await?;
    Ok(Drawn::Invoiced(document.number, document.total_minor))
}

/// Stores a document with the files that it was sent as, and sends it by mail.
pub(super) async fn issue(
    hub: &Hub,
    tx: &mut Tx,
    organization: OrganizationId,
    month: &str,
    document: &Invoice,
    credits: Option<InvoiceId>,
    mailed_for: OrganizationId,
) -> Result<InvoiceId, DbError> {
    let id = InvoiceId::new(&hub.environment);
    let words = mail::words(&document.language);
    let files = Written { pdf: paper::write(document, &words), ubl: ubl::write(document).into_bytes() };
    let at = hub.environment.now();
    // The caller made sure that none stands; a note is no invoice of its month.
    let again = match document.kind {
        Kind::Invoice => invoices::taken_back(tx, organization, month).await?.unwrap_or(0),
        Kind::Credit => 0,
    };
    invoices::insert(tx, &NewInvoice { organization, id, month, document, files: &files, credits, again, at }).await?;
    let action = match document.kind {
        Kind::Invoice => Action::Invoiced,
        Kind::Credit => Action::Credited,
    };
    // Of an organization that ends or has ended, no log is left either.
    if mailed_for == organization {
        audit::note(tx, hub, organization, &Actor::operator(), action, &document.number).await?;
    }
    let number = [("number", document.number.as_str().into())];
    let (from, to) = document.period;
    let total = words.money(document.money(document.total_minor));
    let said = [("from", words.date(from).into()), ("to", words.date(to).into()), ("total", total.into())];
    let text = match document.kind {
        Kind::Invoice => words.say_with("invoice-mail-text", &said),
        Kind::Credit => words.say_with("invoice-mail-credit", &said),
    };
    let mut letter = Letter::new(&document.buyer.email, words.say_with("invoice-mail-subject", &number)).text(text);
    for sentence in paper::closing(document, &words) {
        letter = letter.text(sentence);
    }
    let letter = letter
        .link(words.say("invoice-mail-look"), format!("{}/app/billing/invoices", hub.settings.public_url))
        .attach(attachment(document, "pdf", "application/pdf", files.pdf))
        .attach(attachment(document, "xml", "application/xml", files.ubl));
    mail::post(tx, hub, mailed_for, &format!("invoice:{id}"), &letter).await?;
    Ok(id)
}

fn attachment(document: &Invoice, ending: &str, media_type: &str, content: Vec<u8>) -> Attachment {
    Attachment { name: format!("{}.{ending}", document.number), media_type: media_type.to_owned(), content }
}
