//! What becomes of an invoice: paid, taken back, collected by direct debit, or returned by the bank. All of it is the
//! operator's to do; mandates are the payer's to give and to end.

use db::{DbError, Tx};
use domain::{Date, Iban, OrganizationId, Span};

use super::debit::{self, Collection, Creditor, Sequence};
use super::invoice::Kind;
use super::{block, run};
use crate::Hub;
use crate::audit::{self, Action, Actor};
use crate::mail::NOBODY;
use crate::people::User;
use crate::store::debit::{self as debits, DebitFile, DebitMandate};
use crate::store::invoice::{self as invoices, Settled, StoredInvoice};
use crate::store::membership;

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum SettleRefused {
    /// There is no such number.
    #[error("there is no invoice or credit note {0}")]
    Unknown(String),
    /// A credit note takes an invoice back, not another note.
    #[error("{0} is a credit note: name the invoice that is to be taken back")]
    Note(String),
    /// It was settled or taken back before.
    #[error("{0} was settled before: {1}")]
    Settled(String, String),
    /// It stands in a file of direct debits.
    #[error(
        "{0} is being collected on {1}: note with 'returned' that the bank refused it, or with 'pay' that it was paid"
    )]
    Collecting(String, Date),
    /// It stands in no file.
    #[error("{0} stands in no file of direct debits")]
    NotCollected(String),
    /// The operator cannot collect.
    #[error("direct debits need the settings hub.seller_name, hub.seller_iban and hub.seller_creditor_id")]
    NoCreditor,
    /// Banks want a day's notice.
    #[error("{0} is too soon: banks collect from tomorrow on")]
    TooSoon(Date),
    /// There is nothing to collect.
    #[error("no open invoice that is due by then has a mandate and is not collected yet")]
    Nothing,
    /// The database.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// A document that nobody else settles or collects until the end of the transaction, and whether its organization still
/// exists: of one that was erased nothing but the document is written.
async fn held(tx: &mut Tx, number: &str) -> Result<(StoredInvoice, bool), SettleRefused> {
    let unknown = || SettleRefused::Unknown(number.to_owned());
    let found = invoices::by_number(tx, number).await?.ok_or_else(unknown)?;
    let exists = membership::lock(tx, found.organization).await?;
    invoices::lock(tx, found.organization, found.id).await?;
    // What was read before the wait may have changed.
    Ok((invoices::by_number(tx, number).await?.ok_or_else(unknown)?, exists))
}

/// Settles a document; refused when somebody did before.
async fn settle(tx: &mut Tx, hub: &Hub, found: &StoredInvoice, how: Settled, on: Date) -> Result<(), SettleRefused> {
    let now = hub.environment.now();
    if invoices::settle(tx, found.organization, found.id, how, on, now).await? {
        return Ok(());
    }
    Err(SettleRefused::Settled(found.document.number.clone(), how.code().to_owned()))
}

fn unsettled(found: &StoredInvoice) -> Result<(), SettleRefused> {
    match found.settled {
        Some((how, on)) => {
            Err(SettleRefused::Settled(found.document.number.clone(), format!("{} on {on}", how.code())))
        }
        None => Ok(()),
    }
}

/// Notes that an invoice was paid, or that the money of a credit note was given back. Who was blocked and owes nothing
/// more is let in again, at once.
pub async fn paid(hub: &Hub, number: &str, on: Date) -> Result<(), SettleRefused> {
    let done = db::write!(hub.db, tx => {
        let (found, exists) = held(&mut tx, number).await?;
        unsettled(&found)?;
        settle(&mut tx, hub, &found, Settled::Paid, on).await?;
        if exists {
            audit::note(&mut tx, hub, found.organization, &Actor::operator(), Action::Paid, number).await?;
            block::release(hub, &mut tx, found.organization).await?;
        }
        Ok::<_, SettleRefused>(())
    });
    hub.wake.notify_one();
    done
}

/// Takes an invoice back as a whole with a credit note, and gives the note's number. One that was not paid is settled by
/// it; of one that was, the note stays open until the money is given back.
pub async fn credit(hub: &Hub, number: &str) -> Result<String, SettleRefused> {
    db::write!(hub.db, tx => {
        let (found, exists) = held(&mut tx, number).await?;
        let (id, organization) = (found.id, found.organization);
        if found.document.kind == Kind::Credit {
            return Err(SettleRefused::Note(number.to_owned()));
        }
        if let Some(on) = found.collect_on.filter(|_| found.settled.is_none()) {
            return Err(SettleRefused::Collecting(number.to_owned(), on));
        }
        if invoices::is_credited(&mut tx, organization, id).await? {
            return Err(SettleRefused::Settled(number.to_owned(), Settled::Credited.code().to_owned()));
        }
        let (today, now) = (hub.environment.today(), hub.environment.now());
        let own = invoices::next_number(&mut tx, &today.year().to_string()).await?;
        let note = found.document.credited(own.clone(), today);
        let mailed_for = if exists { organization } else { NOBODY };
        let note = run::issue(hub, &mut tx, organization, &found.month, &note, Some(id), mailed_for).await?;
        if found.settled.is_none() {
            settle(&mut tx, hub, &found, Settled::Credited, today).await?;
            invoices::settle(&mut tx, organization, note, Settled::Credited, today, now).await?;
        }
        if exists {
            block::release(hub, &mut tx, organization).await?;
        }
        Ok::<_, SettleRefused>(own)
    })
}

/// A file of direct debits that was made, and is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collected {
    /// Its name, under which it is found again.
    pub name: String,
    /// What is in it.
    pub content: String,
    /// How many invoices it collects.
    pub count: usize,
}

/// Collects every open invoice that is due by a day, has a mandate and stands in no file yet; gives the file.
pub async fn collect(hub: &Hub, on: Date) -> Result<Collected, SettleRefused> {
    let seller = &hub.settings.billing.seller;
    let (Some(iban), Some(id)) = (seller.iban.clone(), seller.creditor_id.clone()) else {
        return Err(SettleRefused::NoCreditor);
    };
    if on <= hub.environment.today() {
        return Err(SettleRefused::TooSoon(on));
    }
    let creditor = Creditor { name: seller.name.clone(), iban, bic: seller.bic.clone(), id };
    let now = hub.environment.now();
    let file = format!("DD-{}", now.as_millisecond());
    db::write!(hub.db, tx => {
        let mut collections = Vec::new();
        for open in invoices::open(&mut tx).await? {
            let (found, _) = held(&mut tx, &open.document.number).await?;
            if let Some(collection) = collected(&mut tx, &found, &file, on).await? {
                collections.push(collection);
            }
        }
        if collections.is_empty() {
            return Err(SettleRefused::Nothing);
        }
        let count = collections.len();
        let content = debit::write(&creditor, &file, now, on, &collections);
        let invoices = i64::try_from(count).unwrap_or(i64::MAX);
        let kept = DebitFile { name: file.clone(), collect_on: on, invoices, made_at: now };
        debits::keep_file(&mut tx, &kept, &content).await?;
        Ok::<_, SettleRefused>(Collected { name: file.clone(), content, count })
    })
}

async fn collected(tx: &mut Tx, found: &StoredInvoice, file: &str, on: Date) -> Result<Option<Collection>, DbError> {
    let open = found.settled.is_none() && found.collect_on.is_none();
    let waits = open && found.document.kind == Kind::Invoice && found.document.due_on <= on;
    // What a bank returned is not tried a second time: its payer was asked to pay by hand.
    if !waits || debits::was_returned(tx, found.organization, found.id).await? {
        return Ok(None);
    }
    let Some(mandate) = debits::mandate(tx, found.organization).await? else { return Ok(None) };
    let sequence = if mandate.uses > 0 { Sequence::Recurrent } else { Sequence::First };
    debits::collect(tx, found.organization, found.id, (file, &mandate.reference), sequence, on).await?;
    Ok(Some(Collection {
        invoice: found.document.number.clone(),
        minor: found.document.total_minor,
        mandate: mandate.reference,
        signed_on: mandate.signed_on,
        debtor: mandate.holder,
        iban: mandate.iban,
        sequence,
    }))
}

/// Notes that a bank returned a collection: the invoice is to be paid by hand, and reminders begin.
pub async fn returned(hub: &Hub, number: &str, on: Date) -> Result<(), SettleRefused> {
    db::write!(hub.db, tx => {
        let (found, exists) = held(&mut tx, number).await?;
        unsettled(&found)?;
        if !debits::give_back(&mut tx, found.organization, found.id, on).await? {
            return Err(SettleRefused::NotCollected(number.to_owned()));
        }
        if exists {
            audit::note(&mut tx, hub, found.organization, &Actor::operator(), Action::DebitReturned, number).await?;
        }
        Ok::<_, SettleRefused>(())
    })
}

/// Gives a mandate for direct debits in place of an earlier one: whose account, and the words that the person agreed to.
pub async fn allow_debit(
    hub: &Hub,
    organization: OrganizationId,
    by: &User,
    (holder, iban): (&str, &Iban),
    consent: &str,
) -> Result<String, DbError> {
    let random = vault::token::hex(&hub.environment.random::<8>()).to_uppercase();
    let today = hub.environment.today();
    let mandate = DebitMandate {
        reference: format!("PSR-{}-{random}", today.year()),
        iban: iban.as_str().to_owned(),
        holder: holder.to_owned(),
        signed_on: today,
        given_by: by.email.clone(),
        consent: consent.to_owned(),
        uses: 0,
    };
    let now = hub.environment.now();
    let written: Result<(), DbError> = db::write!(hub.db, tx => {
        membership::lock(&mut tx, organization).await?;
        debits::end(&mut tx, organization, now).await?;
        debits::give(&mut tx, organization, &mandate).await?;
        audit::note(&mut tx, hub, organization, &Actor::person(by), Action::DebitAllowed, &mandate.reference).await
    });
    written?;
    Ok(mandate.reference)
}

/// Ends the mandate for direct debits; false when there is none. What is open is to be paid by hand from now on, with at
/// least as long to do so as the reminders give.
pub async fn end_debit(hub: &Hub, organization: OrganizationId, by: &User) -> Result<bool, DbError> {
    let now = hub.environment.now();
    db::write!(hub.db, tx => {
        membership::lock(&mut tx, organization).await?;
        let Some(mandate) = debits::mandate(&mut tx, organization).await? else { return Ok(false) };
        debits::end(&mut tx, organization, now).await?;
        audit::note(&mut tx, hub, organization, &Actor::person(by), Action::DebitEnded, &mandate.reference).await?;
        Ok::<_, DbError>(true)
    })
}

/// The day after a number of days, for a command that names none.
pub fn in_days(hub: &Hub, days: i32) -> Date {
    hub.environment.today().saturating_add(Span::new().days(days))
}
