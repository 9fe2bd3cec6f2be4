//! The audit log: who saw, linked, shared and revoked what in an organization, for its own eyes.
//!
//! Entries are only ever added. Each one's hash covers the entry before it, so none can be changed, taken out or put
//! between others without the rest showing it; and the end of the chain is sealed with a key that is kept outside the
//! database, so whoever has the database alone can neither shorten a log nor write a new one. [`verify`] checks all
//! of that. What it cannot tell is a database that was set back as a whole to an earlier day.
//!
//! The names of somebody whose login was erased are taken out of the entries, which keep their hashes; what an entry says
//! since is sealed with the same key, so that taking out a name is not a way to change anything else.
//!
//! What somebody merely looks at is noted once a day for each actor and account.

mod names;

use db::{DbError, Tx};
use domain::{OrganizationId, UserId};
use serde_json::json;
use vault::token;

use crate::Hub;
use crate::store::audit::{self as store, Head};
use crate::store::user::User;

pub use crate::store::audit::Entry;
pub(crate) use names::{pseudonym, take_names};

/// Who did something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    kind: &'static str,
    id: String,
    name: String,
}

impl Actor {
    /// A person who works for the organization.
    pub fn person(user: &User) -> Actor {
        Actor { kind: "person", id: user.id.to_string(), name: user.email.clone() }
    }

    /// A person of an organization that represents this one.
    pub fn representative(user: &User, organization: &str) -> Actor {
        Actor { kind: "representative", id: user.id.to_string(), name: format!("{} ({organization})", user.email) }
    }

    /// Somebody whose login is being erased.
    pub(crate) fn erased(user: UserId) -> Actor {
        Actor { kind: "person", id: user.to_string(), name: pseudonym(user) }
    }

    /// Software.
    pub fn software(id: impl ToString, name: &str) -> Actor {
        Actor { kind: "software", id: id.to_string(), name: name.to_owned() }
    }

    /// Whoever operates the hub.
    pub fn operator() -> Actor {
        Actor { kind: "operator", id: "operator".to_owned(), name: "operator".to_owned() }
    }
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// An account's movements were looked at.
    Saw,
    /// An account was linked.
    Linked,
    /// An account was unlinked and its history erased.
    Unlinked,
    /// Software, or another set of accounts for it, was let in.
    Shared,
    /// Software was shut out.
    Revoked,
    /// Software got a new secret.
    SecretRenewed,
    /// Somebody was invited.
    Invited,
    /// Somebody joined.
    Joined,
    /// Somebody got another role.
    RoleChanged,
    /// Somebody left or was sent away.
    Left,
    /// A representative may see accounts.
    MandateGiven,
    /// A representative may see no longer.
    MandateEnded,
    /// What describes the organization, or whom to bill, was changed.
    Described,
    /// Everything was exported.
    Exported,
    /// Took movements of an account away: a file of a period, or a payload as it came.
    Downloaded,
    /// The permission at a bank was renewed.
    Renewed,
    /// A statement file was taken in.
    Uploaded,
    /// A statement file was taken back.
    UploadUndone,
    /// An invoice was drawn up.
    Invoiced,
    /// An invoice was taken back.
    Credited,
    /// A payment was noted.
    Paid,
    /// A direct debit was returned.
    DebitReturned,
    /// A mandate for direct debits was given.
    DebitAllowed,
    /// A mandate for direct debits was ended.
    DebitEnded,
    /// The organization was blocked for not paying.
    Blocked,
    /// The organization was let in again.
    Unblocked,
}

impl Action {
    /// Every action.
    pub const ALL: [Action; 26] = [
        Action::Saw,
        Action::Linked,
        Action::Unlinked,
        Action::Shared,
        Action::Revoked,
        Action::SecretRenewed,
        Action::Invited,
        Action::Joined,
        Action::RoleChanged,
        Action::Left,
        Action::MandateGiven,
        Action::MandateEnded,
        Action::Described,
        Action::Exported,
        Action::Downloaded,
        Action::Renewed,
        Action::Uploaded,
        Action::UploadUndone,
        Action::Invoiced,
        Action::Credited,
        Action::Paid,
        Action::DebitReturned,
        Action::DebitAllowed,
        Action::DebitEnded,
        Action::Blocked,
        Action::Unblocked,
    ];

    /// The word in the database; `audit-` with it is the key of its message.
    pub const fn code(self) -> &'static str {
        match self {
            Action::Saw => "saw",
            Action::Linked => "linked",
            Action::Unlinked => "unlinked",
            Action::Shared => "shared",
            Action::Revoked => "revoked",
            Action::SecretRenewed => "secret-renewed",
            Action::Invited => "invited",
            Action::Joined => "joined",
            Action::RoleChanged => "role-changed",
            Action::Left => "left",
            Action::MandateGiven => "mandate-given",
            Action::MandateEnded => "mandate-ended",
            Action::Described => "described",
            Action::Exported => "exported",
            Action::Downloaded => "downloaded",
            Action::Renewed => "renewed",
            Action::Uploaded => "uploaded",
            Action::UploadUndone => "upload-undone",
            Action::Invoiced => "invoiced",
            Action::Credited => "credited",
            Action::Paid => "paid",
            Action::DebitReturned => "debit-returned",
            Action::DebitAllowed => "debit-allowed",
            Action::DebitEnded => "debit-ended",
            Action::Blocked => "blocked",
            Action::Unblocked => "unblocked",
        }
    }
}

/// What the check of a log found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// So many entries, every one as it was written.
    Whole(i64),
    /// From this entry on the log is not what was written.
    Broken {
        /// The entry.
        seq: i64,
        /// What is wrong, for the operator.
        problem: String,
    },
}

/// Adds an entry, in a transaction of the caller's.
pub async fn note(
    tx: &mut Tx,
    hub: &Hub,
    organization: OrganizationId,
    actor: &Actor,
    action: Action,
    subject: &str,
) -> Result<(), DbError> {
    let before = match store::lock_head(tx, organization).await? {
        Some(head) => head,
        None => {
            let empty = Head { seq: 0, hash: String::new(), sealed_head: seal(hub, organization, 0, "") };
            store::begin(tx, organization, &empty).await?;
            // Another process may have begun it in the same instant; then this waits for its entry.
            store::lock_head(tx, organization).await?.unwrap_or(empty)
        }
    };
    let mut entry = Entry {
        organization,
        seq: before.seq + 1,
        at: hub.environment.now(),
        actor_kind: actor.kind.to_owned(),
        actor_id: actor.id.clone(),
        actor_name: actor.name.clone(),
        action: action.code().to_owned(),
        subject: subject.to_owned(),
        hash: String::new(),
        erased: None,
    };
    entry.hash = hash(&before.hash, &entry);
    let sealed = seal(hub, organization, entry.seq, &entry.hash);
    store::append(tx, &entry, &sealed).await
}

/// The same in a transaction of its own.
pub async fn record(
    hub: &Hub,
    organization: OrganizationId,
    actor: &Actor,
    action: Action,
    subject: &str,
) -> Result<(), DbError> {
    db::write!(hub.db, tx => { note(&mut tx, hub, organization, actor, action, subject).await })
}

/// Notes that somebody looked at something, once a day.
pub async fn saw(hub: &Hub, organization: OrganizationId, actor: &Actor, subject: &str) -> Result<(), DbError> {
    saw_each(hub, organization, actor, &[subject]).await
}

/// The same for several things on one page.
pub async fn saw_each(
    hub: &Hub,
    organization: OrganizationId,
    actor: &Actor,
    subjects: &[&str],
) -> Result<(), DbError> {
    let today = hub.environment.today();
    // Most looks are not the first of the day, and reading disturbs nobody.
    let sighted = store::sighted(&mut hub.db.read().await?, organization, &actor.id, subjects, today).await?;
    let new: Vec<&str> = subjects.iter().copied().filter(|subject| !sighted.contains(*subject)).collect();
    if new.is_empty() {
        return Ok(());
    }
    db::write!(hub.db, tx => {
        for subject in &new {
            if store::sight(&mut tx, organization, &actor.id, subject, today).await? {
                note(&mut tx, hub, organization, actor, Action::Saw, subject).await?;
            }
        }
        Ok::<_, DbError>(())
    })
}

/// Checks every entry of a log and its end.
pub async fn verify(hub: &Hub, organization: OrganizationId) -> Result<Verdict, DbError> {
    let mut tx = hub.db.read().await?;
    let broken = |seq: i64, problem: &str| Ok(Verdict::Broken { seq, problem: problem.to_owned() });
    let Some(head) = store::get_head(&mut tx, organization).await? else {
        let first = store::after(&mut tx, organization, 0, 1).await?;
        return if first.is_empty() { Ok(Verdict::Whole(0)) } else { broken(1, "the end of the log is gone") };
    };
    let (mut seq, mut last) = (0, String::new());
    loop {
        let entries = store::after(&mut tx, organization, seq, 500).await?;
        if entries.is_empty() {
            break;
        }
        for entry in entries {
            if entry.seq != seq + 1 {
                return broken(seq + 1, "this entry is missing");
            }
            if !names::is_as_written(hub, &last, &entry) {
                return broken(entry.seq, "this entry, or the one before it, was changed");
            }
            (seq, last) = (entry.seq, entry.hash);
        }
    }
    if (head.seq, &head.hash) != (seq, &last) {
        return broken(seq + 1, "entries at the end are missing, or were added by somebody else");
    }
    let said = hub.keyring.open_text(&place(organization), &head.sealed_head);
    match said {
        Ok(text) if *text.expose() == format!("{seq}:{last}") => Ok(Verdict::Whole(seq)),
        Ok(_) => broken(seq, "the sealed end of the log names another entry"),
        Err(error) => broken(seq, &error.to_string()),
    }
}

fn hash(before: &str, entry: &Entry) -> String {
    let said = json!([
        before,
        entry.organization.to_string(),
        entry.seq,
        entry.at.as_microsecond(),
        entry.actor_kind,
        entry.actor_id,
        entry.actor_name,
        entry.action,
        entry.subject,
    ]);
    token::hash(&said.to_string())
}

fn place(organization: OrganizationId) -> String {
    format!("audit_heads:sealed_head:{organization}")
}

fn seal(hub: &Hub, organization: OrganizationId, seq: i64, hash: &str) -> String {
    hub.keyring.seal(&place(organization), format!("{seq}:{hash}").as_bytes())
}
