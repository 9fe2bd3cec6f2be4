//! Notices: whoever works for an organization is written to 30, 14, 7 days and 1 day before a permission at a bank
//! ends, on its last day, and when it is over, whatever ended it. Each letter leads to the renewal, which interrupts
//! nothing while the permission still holds.
//!
//! One letter for an authorization, not one for each of its accounts: the key of the letter says which it is.

use db::{DbError, Tx};
use domain::{AccountId, AuthorizationId, InstitutionId, OrganizationId};

use crate::Hub;
use crate::mail::{self, Letter};
use crate::store;
use crate::store::expiry_notice::Expiring;
use crate::store::notice_address::{self, NoticeAddress};

/// The most addresses beside the members.
pub const MOST_ADDRESSES: usize = 20;

/// The ways a permission comes to its end, as letters tell them.
enum Stage {
    /// So many days are left.
    Soon(i64),
    /// Today is the last day.
    Today,
    /// It is over.
    Over,
}

/// Writes that an authorization comes to its end.
pub(crate) async fn expiring(tx: &mut Tx, hub: &Hub, found: &Expiring) -> Result<(), DbError> {
    let Some(authorization) = found.authorization else { return Ok(()) };
    let stage = if found.days == 0 { Stage::Today } else { Stage::Soon(found.days) };
    let about = About { authorization, institution: found.institution, account: found.account };
    write(tx, hub, found.organization, &about, stage).await
}

/// Writes that an authorization is over.
pub(crate) async fn ended(
    tx: &mut Tx,
    hub: &Hub,
    organization: OrganizationId,
    authorization: AuthorizationId,
) -> Result<(), DbError> {
    // A permission that nobody's account hangs on ended because somebody wanted it to.
    let Some(account) = store::account::first_bound(tx, organization, authorization).await? else { return Ok(()) };
    let about = About { authorization, institution: account.institution, account: account.id };
    write(tx, hub, organization, &about, Stage::Over).await
}

struct About {
    authorization: AuthorizationId,
    institution: InstitutionId,
    account: AccountId,
}

async fn write(
    tx: &mut Tx,
    hub: &Hub,
    organization: OrganizationId,
    about: &About,
    stage: Stage,
) -> Result<(), DbError> {
    let Some(owner) = store::organization::get(tx, organization).await? else { return Ok(()) };
    let bank = hub.institution(about.institution).map_or_else(String::new, |known| known.name.clone());
    let mut readers = notice_address::of_members(tx, organization).await?;
    readers.extend(notice_address::added(tx, organization).await?);
    let stage_key = match stage {
        Stage::Soon(days) => days.to_string(),
        Stage::Today => "0".to_owned(),
        Stage::Over => "over".to_owned(),
    };
    let until = store::authorization::get(tx, organization, about.authorization).await?;
    let until = until.and_then(|authorization| authorization.expires_on);
    for reader in &readers {
        let words = mail::words(&reader.language);
        let date = until.map(|day| words.date(day)).unwrap_or_default();
        let values =
            [("bank", bank.as_str().into()), ("organization", owner.name.as_str().into()), ("date", date.into())];
        let (subject, text) = match stage {
            Stage::Soon(days) => {
                let [bank, organization, date] = values.clone();
                let with_days = [bank, organization, date, ("days", days.into())];
                (words.say_with("notice-soon-subject", &with_days), words.say_with("notice-soon", &with_days))
            }
            Stage::Today => (words.say_with("notice-today-subject", &values), words.say_with("notice-today", &values)),
            Stage::Over => (words.say_with("notice-over-subject", &values), words.say_with("notice-over", &values)),
        };
        let renewal = format!("{}/app/accounts/{}/renew", hub.settings.public_url, about.account);
        let letter = Letter::new(&reader.email, subject)
            .text(text)
            .link(words.say("notice-renew"), renewal)
            .link(words.say("notice-why"), format!("{}/app/notices", hub.settings.public_url));
        let key = format!("authorization:{}:{stage_key}:{}", about.authorization, reader.email);
        mail::post(tx, hub, organization, &key, &letter).await?;
    }
    Ok(())
}

/// Adds an address that is written to beside the members. False when there are too many.
pub async fn add_address(hub: &Hub, organization: OrganizationId, address: &NoticeAddress) -> Result<bool, DbError> {
    let now = hub.environment.now();
    db::write!(hub.db, tx => {
        if notice_address::added(&mut tx, organization).await?.len() >= MOST_ADDRESSES {
            return Ok(false);
        }
        notice_address::add(&mut tx, organization, address, now).await.map(|()| true)
    })
}
