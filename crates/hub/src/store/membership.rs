//! Who works for an organization, in which role, and who was invited to.

use db::{DbError, Row, Tx};
use domain::{InvitationId, OrganizationId, Timestamp, UserId};

use super::read;
use super::user::email_key;

/// What a person is in an organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Decides everything, also who else is an owner, and may end the organization.
    Owner,
    /// Decides everything else.
    Admin,
    /// Links and renews accounts, imports and exports.
    Member,
    /// Reads.
    Accountant,
}

impl Role {
    /// Every role, the one that may most in front.
    pub const ALL: [Role; 4] = [Role::Owner, Role::Admin, Role::Member, Role::Accountant];

    /// The word in the database and in forms.
    pub const fn code(self) -> &'static str {
        match self {
            Role::Owner => "owner",
            Role::Admin => "admin",
            Role::Member => "member",
            Role::Accountant => "accountant",
        }
    }
}

impl std::str::FromStr for Role {
    type Err = String;

    fn from_str(text: &str) -> Result<Role, String> {
        Role::ALL.into_iter().find(|role| role.code() == text).ok_or_else(|| format!("'{text}' is no role"))
    }
}

/// A person in an organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: UserId,
    /// The person's address.
    pub email: String,
    /// The code of the language that the person reads.
    pub language: String,
    /// In which role.
    pub role: Role,
    /// Since when.
    pub since: Timestamp,
}

/// An invitation that was not accepted yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Whose.
    pub organization: OrganizationId,
    /// Ours.
    pub id: InvitationId,
    /// Who is invited.
    pub email: String,
    /// To which role.
    pub role: Role,
    /// Who invites.
    pub invited_by: UserId,
    /// Since when.
    pub created_at: Timestamp,
    /// Until when it can be accepted.
    pub expires_at: Timestamp,
}

/// The role of a person, when the person works for the organization.
pub async fn role(tx: &mut Tx, organization: OrganizationId, user: UserId) -> Result<Option<Role>, DbError> {
    let args = [organization.to_string().into(), user.to_string().into()];
    let sql = "SELECT role FROM memberships WHERE organization_id = $1 AND user_id = $2";
    tx.optional(sql, &args).await?.map(|row| row.parse("role")).transpose()
}

/// Everybody who works for an organization, the one who joined first in front.
pub async fn list(tx: &mut Tx, organization: OrganizationId) -> Result<Vec<Person>, DbError> {
    let sql = "SELECT u.id, u.email, u.language, m.role, m.since FROM memberships m JOIN users u ON u.id = m.user_id \
               WHERE m.organization_id = $1 ORDER BY m.since, u.id";
    let person = |row: &Row| {
        Ok(Person {
            id: row.parse("id")?,
            email: row.text("email")?,
            language: row.text("language")?,
            role: row.parse("role")?,
            since: read::instant(row, "since")?,
        })
    };
    tx.all(sql, &[organization.to_string().into()]).await?.iter().map(person).collect()
}

/// Holds an organization until the end of the transaction, so that two changes of its people follow one another. False
/// when there is none.
pub async fn lock(tx: &mut Tx, organization: OrganizationId) -> Result<bool, DbError> {
    let sql = "SELECT organization_id FROM organizations WHERE organization_id = $1 /*for update*/";
    Ok(tx.optional(sql, &[organization.to_string().into()]).await?.is_some())
}

/// The language of the one who has worked for an organization longest: what is written to the organization is in it.
pub async fn language(tx: &mut Tx, organization: OrganizationId) -> Result<String, DbError> {
    let sql = "SELECT u.language FROM memberships m JOIN users u ON u.id = m.user_id WHERE m.organization_id = $1 \
               ORDER BY m.since, m.user_id LIMIT 1";
    let row = tx.optional(sql, &[organization.to_string().into()]).await?;
    row.map_or_else(|| Ok("en".to_owned()), |row| row.text("language"))
}

/// Lets a person work for an organization; false when the person does so already.
pub async fn insert(
    tx: &mut Tx,
    organization: OrganizationId,
    user: UserId,
    role: Role,
    since: Timestamp,
) -> Result<bool, DbError> {
    let sql = "INSERT INTO memberships (organization_id, user_id, role, since) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (organization_id, user_id) DO NOTHING";
    let args =
        [organization.to_string().into(), user.to_string().into(), role.code().into(), since.as_microsecond().into()];
    Ok(tx.run(sql, &args).await? == 1)
}

/// Gives a person another role.
pub async fn set_role(tx: &mut Tx, organization: OrganizationId, user: UserId, role: Role) -> Result<(), DbError> {
    let args = [organization.to_string().into(), user.to_string().into(), role.code().into()];
    let sql = "UPDATE memberships SET role = $3 WHERE organization_id = $1 AND user_id = $2";
    tx.run(sql, &args).await.map(|_| ())
}

/// Lets a person no longer work for an organization.
pub async fn delete(tx: &mut Tx, organization: OrganizationId, user: UserId) -> Result<(), DbError> {
    let args = [organization.to_string().into(), user.to_string().into()];
    tx.run("DELETE FROM memberships WHERE organization_id = $1 AND user_id = $2", &args).await.map(|_| ())
}

/// Keeps an invitation in place of earlier ones to the same address.
pub async fn invite(tx: &mut Tx, invitation: &Invitation, token_hash: &str) -> Result<(), DbError> {
    for earlier in invitations(tx, invitation.organization).await? {
        if email_key(&earlier.email) == email_key(&invitation.email) {
            withdraw(tx, invitation.organization, earlier.id).await?;
        }
    }
    let sql = "INSERT INTO invitations (organization_id, id, email, role, token_hash, invited_by, created_at, expires_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let args = [
        invitation.organization.to_string().into(),
        invitation.id.to_string().into(),
        (&invitation.email).into(),
        invitation.role.code().into(),
        token_hash.into(),
        invitation.invited_by.to_string().into(),
        invitation.created_at.as_microsecond().into(),
        invitation.expires_at.as_microsecond().into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

macro_rules! select {
    ($tail:literal) => {
        concat!("SELECT organization_id, id, email, role, invited_by, created_at, expires_at FROM invitations ", $tail)
    };
}

/// The invitations of an organization, the newest in front.
pub async fn invitations(tx: &mut Tx, organization: OrganizationId) -> Result<Vec<Invitation>, DbError> {
    let sql = select!("WHERE organization_id = $1 ORDER BY created_at DESC, id");
    tx.all(sql, &[organization.to_string().into()]).await?.iter().map(invitation).collect()
}

/// An invitation by the hash of its link, while it can be accepted.
pub async fn invitation_of(tx: &mut Tx, token_hash: &str, now: Timestamp) -> Result<Option<Invitation>, DbError> {
    let args = [token_hash.into(), now.as_microsecond().into()];
    let sql = select!("WHERE token_hash = $1 AND expires_at > $2");
    tx.optional(sql, &args).await?.as_ref().map(invitation).transpose()
}

/// Removes an invitation, because it was accepted or taken back. False when it is gone already.
pub async fn withdraw(tx: &mut Tx, organization: OrganizationId, id: InvitationId) -> Result<bool, DbError> {
    let args = [organization.to_string().into(), id.to_string().into()];
    Ok(tx.run("DELETE FROM invitations WHERE organization_id = $1 AND id = $2", &args).await? == 1)
}

fn invitation(row: &Row) -> Result<Invitation, DbError> {
    Ok(Invitation {
        organization: row.parse("organization_id")?,
        id: row.parse("id")?,
        email: row.text("email")?,
        role: row.parse("role")?,
        invited_by: row.parse("invited_by")?,
        created_at: read::instant(row, "created_at")?,
        expires_at: read::instant(row, "expires_at")?,
    })
}
