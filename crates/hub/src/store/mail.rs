//! Mail on its way and how that went. What it says is sealed, because it may hold a link that opens something, and is
//! forgotten once it was handed over.

use db::{DbError, Row, Tx};
use domain::{MailId, OrganizationId, Timestamp};

use super::read;

/// How far a mail is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailState {
    /// To be sent, for the first time or again.
    Waiting,
    /// A process is handing it over, or died while it did.
    Sending,
    /// The next server has it.
    Sent,
    /// It was refused for good, or nobody took it for three days.
    Failed,
    /// It was handed over, but nobody heard the answer. It is not sent again, because nothing is sent twice.
    Uncertain,
}

impl MailState {
    /// Every state.
    pub const ALL: [MailState; 5] =
        [MailState::Waiting, MailState::Sending, MailState::Sent, MailState::Failed, MailState::Uncertain];

    /// The word in the database.
    pub const fn code(self) -> &'static str {
        match self {
            MailState::Waiting => "waiting",
            MailState::Sending => "sending",
            MailState::Sent => "sent",
            MailState::Failed => "failed",
            MailState::Uncertain => "uncertain",
        }
    }
}

impl std::str::FromStr for MailState {
    type Err = String;

    fn from_str(text: &str) -> Result<MailState, String> {
        let found = MailState::ALL.into_iter().find(|state| state.code() == text);
        found.ok_or_else(|| format!("'{text}' is no state of a mail"))
    }
}

/// A mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Whose affair it is; [`crate::mail::NOBODY`] when it concerns a login alone.
    pub organization: OrganizationId,
    /// Ours.
    pub id: MailId,
    /// What makes two mails of an organization the same.
    pub key: String,
    /// Who gets it.
    pub recipient: String,
    /// What it is about.
    pub subject: String,
    /// The whole message, sealed, until it was handed over.
    pub sealed_message: Option<String>,
    /// How far it is.
    pub state: MailState,
    /// How often it was tried.
    pub tries: i64,
    /// Why it did not go, for the operator.
    pub problem: Option<String>,
    /// Since when.
    pub created_at: Timestamp,
    /// When the state changed.
    pub changed_at: Timestamp,
}

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "SELECT organization_id, id, mail_key, recipient, subject, sealed_message, state, tries, problem, \
             created_at, changed_at FROM mails ",
            $tail
        )
    };
}

/// Adds a mail; false when one with its key exists already.
pub async fn insert(tx: &mut Tx, mail: &Mail) -> Result<bool, DbError> {
    let sql = "INSERT INTO mails (organization_id, id, mail_key, recipient, subject, sealed_message, state, tries, \
               problem, created_at, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
               ON CONFLICT (organization_id, mail_key) DO NOTHING";
    let args = [
        mail.organization.to_string().into(),
        mail.id.to_string().into(),
        (&mail.key).into(),
        (&mail.recipient).into(),
        (&mail.subject).into(),
        mail.sealed_message.clone().into(),
        mail.state.code().into(),
        mail.tries.into(),
        mail.problem.clone().into(),
        mail.created_at.as_microsecond().into(),
        mail.changed_at.as_microsecond().into(),
    ];
    Ok(tx.run(sql, &args).await? == 1)
}

/// A mail by its id.
pub async fn get(tx: &mut Tx, organization: OrganizationId, id: MailId) -> Result<Option<Mail>, DbError> {
    let args = [organization.to_string().into(), id.to_string().into()];
    tx.optional(select!("WHERE organization_id = $1 AND id = $2"), &args).await?.as_ref().map(mail).transpose()
}

/// The newest mails of an organization.
pub async fn recent(tx: &mut Tx, organization: OrganizationId, limit: i64) -> Result<Vec<Mail>, DbError> {
    let args = [organization.to_string().into(), limit.into()];
    let sql = select!("WHERE organization_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2");
    tx.all(sql, &args).await?.iter().map(mail).collect()
}

/// Writes down how far a mail is; what is sent or given up loses its message.
pub async fn stand(tx: &mut Tx, mail: &Mail) -> Result<(), DbError> {
    let sql = "UPDATE mails SET sealed_message = $3, state = $4, tries = $5, problem = $6, changed_at = $7 \
               WHERE organization_id = $1 AND id = $2";
    let args = [
        mail.organization.to_string().into(),
        mail.id.to_string().into(),
        mail.sealed_message.clone().into(),
        mail.state.code().into(),
        mail.tries.into(),
        mail.problem.clone().into(),
        mail.changed_at.as_microsecond().into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

fn mail(row: &Row) -> Result<Mail, DbError> {
    Ok(Mail {
        organization: row.parse("organization_id")?,
        id: row.parse("id")?,
        key: row.text("mail_key")?,
        recipient: row.text("recipient")?,
        subject: row.text("subject")?,
        sealed_message: row.optional_text("sealed_message")?,
        state: row.parse("state")?,
        tries: row.int("tries")?,
        problem: row.optional_text("problem")?,
        created_at: read::instant(row, "created_at")?,
        changed_at: read::instant(row, "changed_at")?,
    })
}
