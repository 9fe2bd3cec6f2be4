//! Mail: every message that the hub sends to a person goes through [`post`].
//!
//! `post` writes the message and its job in the transaction of its cause, so nothing is announced that did not happen
//! and nothing that happened goes unannounced. `deliver` hands it over with a lease, and again after a failure for
//! three days. It is **never sent twice**: a key names each message, and before a message is handed to a server that is
//! written down; a process that dies at that instant leaves a message whose fate is unknown, which is shown to the
//! operator and not sent again.
//!
//! ```ignore
//! let words = mail::words(language);              // the reader's language: `User::language`
//! let letter = Letter::new(&user.email, words.say("expiry-mail-subject"))
//!     .text(words.say_with("expiry-mail-text", &[("days", 7.into())]))
//!     .link(words.say("expiry-mail-renew"), format!("{}/app/…", hub.settings.public_url));
//! mail::post(&mut tx, &hub, organization, &format!("expiry:{account}:7:{user}"), &letter).await?;
//! ```

mod deliver;

use db::{DbError, Tx};
use domain::{JobId, MailId, OrganizationId};
use web::{Language, Locale};

pub use ::mail::{Attachment, Letter, MailSettings, Security, SmtpServer, Way};
pub(crate) use deliver::run;

use crate::Hub;
use crate::store::job;
use crate::store::mail::{self as store, Mail, MailState};

/// The kind of these jobs.
pub const KIND: &str = "mail";

/// In place of an organization, for mail that concerns a login alone.
pub const NOBODY: OrganizationId = OrganizationId::from_u128(0);

/// The words of a language, as [`User::language`](crate::people::User) names it.
pub fn words(language: &str) -> Locale {
    crate::words::locale(Language::parse(language).unwrap_or(Language::En))
}

/// Writes a letter to be sent, in the transaction of its cause. The key names it among the mail of the organization
/// ([`NOBODY`] for that of a login): a second letter with the same key is not written, and the answer is false.
pub async fn post(
    tx: &mut Tx,
    hub: &Hub,
    organization: OrganizationId,
    key: &str,
    letter: &Letter,
) -> Result<bool, DbError> {
    let id = MailId::new(&hub.environment);
    let now = hub.environment.now();
    let (sealed_message, state, problem) =
        match letter.message(id, &hub.settings.mail.sender, &hub.settings.public_url, now) {
            Ok(message) => (Some(hub.keyring.seal(&place(organization, id), &message)), MailState::Waiting, None),
            Err(problem) => (None, MailState::Failed, Some(problem)),
        };
    let mail = Mail {
        organization,
        id,
        key: key.to_owned(),
        recipient: letter.to().to_owned(),
        subject: letter.subject().to_owned(),
        sealed_message,
        state,
        tries: 0,
        problem,
        created_at: now,
        changed_at: now,
    };
    let new = store::insert(tx, &mail).await?;
    if new && state == MailState::Waiting {
        job::add(tx, JobId::new(&hub.environment), organization, KIND, &id.to_string(), now).await?;
        // Whoever waits may look before the transaction is committed; then the next round finds the job.
        hub.wake.notify_one();
    }
    Ok(new)
}

/// Where a sealed message belongs.
fn place(organization: OrganizationId, id: MailId) -> String {
    format!("mails:sealed_message:{organization}:{id}")
}
