//! Who does not pay is reminded twice, then blocked after a time of grace: software is refused its data and its
//! synchronizations rest, while its people go on reading and exporting what is there. Who has paid is let in again at once.
//! Software is told of both.
//!
//! Nobody is blocked without a last reminder some days before, even where the hub stood still meanwhile.

use db::{DbError, Tx};
use domain::{Date, OrganizationId, Span};
use hub_api::EventKind;
use web::Locale;

use super::invoice::Invoice;
use crate::Hub;
use crate::audit::{self, Action, Actor};
use crate::mail::{self, Letter};
use crate::store::invoice::{self as invoices, StoredInvoice};
use crate::store::webhook::Concerned;
use crate::store::{block, due, membership, organization};
use crate::webhooks::{self, News};

/// How many days before an organization is blocked the last reminder is sent, at the latest.
const WARNED_DAYS: i32 = 3;
/// The stages of reminding.
const FIRST: &str = "first";
const LAST: &str = "last";

fn days(count: i32) -> Span {
    Span::new().days(count)
}

/// The day on which an organization is blocked for an invoice, when no payment comes.
fn blocked_on(hub: &Hub, due_on: Date) -> Date {
    due_on.saturating_add(days(hub.settings.billing.grace_days.saturating_add(1)))
}

/// Reminds of what is overdue: on the day after it was due, and some days before the organization is blocked.
pub(super) async fn remind(hub: &Hub) -> Result<(), DbError> {
    let today = hub.environment.today();
    for found in invoices::overdue(&mut hub.db.read().await?, today, None).await? {
        let end = blocked_on(hub, found.document.due_on);
        let stage = if today >= end.saturating_sub(days(WARNED_DAYS)) { LAST } else { FIRST };
        let end = end.max(today.saturating_add(days(WARNED_DAYS)));
        let sent: Result<(), DbError> = db::write!(hub.db, tx => {
            let still = is_overdue(&mut tx, today, &found).await?;
            if still && invoices::remind(&mut tx, found.organization, found.id, stage, today).await? {
                let key = format!("invoice:{}:{stage}", found.id);
                write(&mut tx, hub, &found, &key, &["reminder-text"], &[("day", end)]).await?;
            }
            Ok(())
        });
        sent?;
    }
    Ok(())
}

/// Blocks those whose time of grace is over.
pub(super) async fn sweep(hub: &Hub) -> Result<(), DbError> {
    let today = hub.environment.today();
    let before = today.saturating_sub(days(hub.settings.billing.grace_days));
    for found in invoices::overdue(&mut hub.db.read().await?, before, None).await? {
        let id = found.organization;
        let done: Result<(), DbError> = db::write!(hub.db, tx => {
            let still = is_overdue(&mut tx, before, &found).await?;
            let warned = invoices::reminded_on(&mut tx, id, found.id, LAST).await?;
            let ripe = warned.is_some_and(|on| on.saturating_add(days(WARNED_DAYS)) <= today);
            if ripe && still && block::block(&mut tx, id, hub.environment.now()).await? {
                let number = &found.document.number;
                audit::note(&mut tx, hub, id, &Actor::operator(), Action::Blocked, number).await?;
                let news = News::new(EventKind::OrganizationBlocked);
                webhooks::tell(&mut tx, hub, id, Concerned::Everybody, &news).await?;
                let key = format!("invoice:{}:blocked", found.id);
                write(&mut tx, hub, &found, &key, &["blocked-what", "blocked-do"], &[]).await?;
            }
            Ok(())
        });
        done?;
    }
    Ok(())
}

/// Whether an invoice is overdue still: a payment may have been noted since the list was read. No other is noted until
/// the end of the transaction.
async fn is_overdue(tx: &mut Tx, before: Date, found: &StoredInvoice) -> Result<bool, DbError> {
    let id = found.organization;
    Ok(membership::lock(tx, id).await?
        && invoices::overdue(tx, before, Some(id)).await?.iter().any(|one| one.id == found.id))
}

/// Looks at every block again: a mandate that was given since, or a longer time of grace, ends one too.
pub(super) async fn review(hub: &Hub) -> Result<(), DbError> {
    for (id, _) in block::all(&mut hub.db.read().await?).await? {
        let done: Result<(), DbError> = db::write!(hub.db, tx => {
            if membership::lock(&mut tx, id).await? {
                release(hub, &mut tx, id).await?;
            }
            Ok(())
        });
        done?;
    }
    Ok(())
}

/// Lets an organization in again when it owes nothing more that is long overdue.
pub(super) async fn release(hub: &Hub, tx: &mut Tx, id: OrganizationId) -> Result<(), DbError> {
    let before = hub.environment.today().saturating_sub(days(hub.settings.billing.grace_days));
    if invoices::overdue(tx, before, Some(id)).await?.is_empty() && block::unblock(tx, id).await? {
        audit::note(tx, hub, id, &Actor::operator(), Action::Unblocked, "").await?;
        due::wake(tx, id, hub.environment.now()).await?;
        let news = News::new(EventKind::OrganizationUnblocked);
        webhooks::tell(tx, hub, id, Concerned::Everybody, &news).await?;
    }
    Ok(())
}

/// Writes about an invoice to where invoices go now.
async fn write(
    tx: &mut Tx,
    hub: &Hub,
    found: &StoredInvoice,
    key: &str,
    texts: &[&str],
    dates: &[(&str, Date)],
) -> Result<(), DbError> {
    let words = mail::words(&membership::language(tx, found.organization).await?);
    let billing = organization::billing(tx, found.organization).await?;
    let to = billing.map_or_else(|| found.document.buyer.email.clone(), |billing| billing.email);
    let number = [("number", found.document.number.as_str().into())];
    let mut letter = Letter::new(&to, words.say_with("reminder-subject", &number));
    for text in texts {
        let mut values =
            vec![("number", found.document.number.as_str().into()), ("due", words.date(found.document.due_on).into())];
        values.extend(dates.iter().map(|(name, day)| (*name, words.date(*day).into())));
        letter = letter.text(words.say_with(text, &values));
    }
    let letter = letter
        .text(how_to_pay(&found.document, &words))
        .link(words.say("invoice-mail-look"), format!("{}/app/billing/invoices", hub.settings.public_url));
    mail::post(tx, hub, found.organization, key, &letter).await.map(|_| ())
}

/// How an invoice is paid by hand: the sentence of reminders and of the page.
pub fn how_to_pay(document: &Invoice, words: &Locale) -> String {
    let iban = document.seller_iban().map(|iban| words.iban(iban)).unwrap_or_default();
    let values = [
        ("total", words.money(document.money(document.total_minor)).into()),
        ("iban", iban.into()),
        ("name", document.seller.name.as_str().into()),
        ("number", document.number.as_str().into()),
    ];
    words.say_with("invoice-how", &values)
}
