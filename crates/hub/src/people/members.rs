//! The people of an organization: inviting, changing roles, leaving.

use db::{DbError, Tx};
use domain::{InvitationId, OrganizationId, ToSpan, UserId};
use vault::{PasswordError, Secret, password, token};
use web::Language;

use super::field::{Fields, email};
use super::login::check_password;
use super::throttle::{Brake, press};
use super::{FieldError, Problem, Right, Role};
use crate::Hub;
use crate::audit::{self, Action, Actor};
use crate::mail::{self, Letter};
use crate::store::membership::{self as store, Invitation, Person};
use crate::store::user::{self, Inserted, User};
use crate::store::{organization, session};

/// How long an invitation can be accepted, in days.
const INVITATION_DAYS: i64 = 7;

/// Why the people of an organization were not changed.
#[derive(Debug, thiserror::Error)]
pub enum MemberError {
    /// Something was typed wrongly.
    #[error("some fields are not right")]
    Invalid(Vec<FieldError>),
    /// The role of whoever asks does not allow it.
    #[error("your role does not allow this")]
    NotAllowed,
    /// An organization without an owner could never be managed again.
    #[error("the last owner cannot go: make somebody else an owner first")]
    LastOwner,
    /// The person works for the organization already.
    #[error("this person works for the organization already")]
    Known,
    /// Too many letters to this address.
    #[error("too many letters went to this address: wait an hour")]
    TooMany,
    /// There is no such person or invitation.
    #[error("there is no such person or invitation")]
    Unknown,
    /// The database.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// Why an invitation was not accepted.
#[derive(Debug, thiserror::Error)]
pub enum AcceptError {
    /// It is unknown, taken back, accepted, or too old.
    #[error("this link does not work any more")]
    Link,
    /// It is for another address than that of whoever is logged in.
    #[error("this invitation is for somebody else")]
    SomebodyElse,
    /// The address has a login: log in first.
    #[error("log in to accept the invitation")]
    LogInFirst,
    /// The password is not good enough.
    #[error("{0}")]
    Invalid(Problem),
    /// The password could not be hashed.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The database.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// The people and the open invitations of an organization.
pub async fn members(hub: &Hub, id: OrganizationId) -> Result<(Vec<Person>, Vec<Invitation>), DbError> {
    let now = hub.environment.now();
    let mut tx = hub.db.read().await?;
    let mut open = store::invitations(&mut tx, id).await?;
    open.retain(|invitation| invitation.expires_at > now);
    Ok((store::list(&mut tx, id).await?, open))
}

/// The role of a person in an organization.
pub async fn role(hub: &Hub, id: OrganizationId, user: UserId) -> Result<Option<Role>, DbError> {
    store::role(&mut hub.db.read().await?, id, user).await
}

/// Sends somebody an invitation by mail.
pub async fn invite(
    hub: &Hub,
    id: OrganizationId,
    by: &User,
    email_text: &str,
    role_text: &str,
) -> Result<(), MemberError> {
    let mut fields = Fields::default();
    let address = fields.read("email", email(email_text));
    let role = fields.read("role", role_text.parse::<Role>().map_err(|_| Problem::Missing));
    let (Some(address), Some(role)) = (address, role) else { return Err(MemberError::Invalid(fields.into_errors())) };
    let now = hub.environment.now();
    let (plain, hash) = token::new(&hub.environment);
    let invitation = Invitation {
        organization: id,
        id: InvitationId::new(&hub.environment),
        email: address,
        role,
        invited_by: by.id,
        created_at: now,
        expires_at: now + (INVITATION_DAYS * 24).hours(),
    };
    db::write!(hub.db, tx => {
        allowed(&mut tx, id, by.id, &[role]).await?;
        let people = store::list(&mut tx, id).await?;
        if people.iter().any(|person| person.email.eq_ignore_ascii_case(&invitation.email)) {
            return Err(MemberError::Known);
        }
        if press(&mut tx, &Brake::MailTo(&invitation.email), now).await?.is_some() {
            return Err(MemberError::TooMany);
        }
        store::invite(&mut tx, &invitation, &hash).await?;
        let name = organization::get(&mut tx, id).await?.ok_or(MemberError::Unknown)?.name;
        // Somebody who has a login reads its language; a newcomer most likely that of whoever invites.
        let known = user::by_email(&mut tx, &invitation.email).await?;
        let words = mail::words(known.as_ref().map_or(&by.language, |(user, _)| &user.language));
        let values = [("who", by.email.as_str().into()), ("organization", name.as_str().into())];
        let letter = Letter::new(&invitation.email, words.say_with("people-mail-invitation", &values[1..]))
            .text(words.say_with("people-mail-invitation-text", &values))
            .link(words.say("people-mail-invitation-do"), page(hub, plain.expose()))
            .text(words.say("people-mail-invitation-else"));
        mail::post(&mut tx, hub, id, &format!("invitation:{}", invitation.id), &letter).await?;
        let subject = format!("{} ({})", invitation.email, role.code());
        audit::note(&mut tx, hub, id, &Actor::person(by), Action::Invited, &subject).await?;
        Ok(())
    })
}

fn page(hub: &Hub, plain: &str) -> String {
    format!("{}/invitation/{plain}", hub.settings.public_url)
}

/// Takes an invitation back.
pub async fn withdraw(hub: &Hub, id: OrganizationId, by: UserId, invitation: InvitationId) -> Result<(), MemberError> {
    db::write!(hub.db, tx => {
        allowed(&mut tx, id, by, &[]).await?;
        if store::withdraw(&mut tx, id, invitation).await? { Ok(()) } else { Err(MemberError::Unknown) }
    })
}

/// Gives a person another role.
pub async fn set_role(hub: &Hub, id: OrganizationId, by: UserId, whom: UserId, role: &str) -> Result<(), MemberError> {
    let role: Role = role.parse().map_err(|_| MemberError::Unknown)?;
    db::write!(hub.db, tx => {
        store::lock(&mut tx, id).await?;
        let present = store::role(&mut tx, id, whom).await?.ok_or(MemberError::Unknown)?;
        allowed(&mut tx, id, by, &[present, role]).await?;
        if role != Role::Owner {
            keeps_an_owner(&mut tx, id, whom).await?;
        }
        store::set_role(&mut tx, id, whom, role).await?;
        noted(&mut tx, hub, id, by, whom, (Action::RoleChanged, role.code())).await?;
        Ok(())
    })
}

/// Ends a person's work for an organization. Everybody may go; sending others away takes a right.
pub async fn remove(hub: &Hub, id: OrganizationId, by: UserId, whom: UserId) -> Result<(), MemberError> {
    db::write!(hub.db, tx => {
        store::lock(&mut tx, id).await?;
        let present = store::role(&mut tx, id, whom).await?.ok_or(MemberError::Unknown)?;
        if by != whom {
            allowed(&mut tx, id, by, &[present]).await?;
        }
        keeps_an_owner(&mut tx, id, whom).await?;
        noted(&mut tx, hub, id, by, whom, (Action::Left, present.code())).await?;
        store::delete(&mut tx, id, whom).await?;
        session::leave(&mut tx, whom, id).await?;
        Ok(())
    })
}

/// Whether a person may change the people of an organization, and owners among the roles that are touched.
async fn allowed(tx: &mut Tx, id: OrganizationId, by: UserId, touched: &[Role]) -> Result<(), MemberError> {
    let own = store::role(tx, id, by).await?.ok_or(MemberError::Unknown)?;
    let needed = if touched.contains(&Role::Owner) { Right::Own } else { Right::Manage };
    if own.may(needed) { Ok(()) } else { Err(MemberError::NotAllowed) }
}

/// Writes down what somebody did to somebody.
async fn noted(
    tx: &mut Tx,
    hub: &Hub,
    id: OrganizationId,
    by: UserId,
    whom: UserId,
    (action, role): (Action, &str),
) -> Result<(), MemberError> {
    let by = user::get(tx, by).await?.ok_or(MemberError::Unknown)?;
    let whom = user::get(tx, whom).await?.ok_or(MemberError::Unknown)?;
    let subject = format!("{} ({role})", whom.email);
    Ok(audit::note(tx, hub, id, &Actor::person(&by), action, &subject).await?)
}

async fn keeps_an_owner(tx: &mut Tx, id: OrganizationId, without: UserId) -> Result<(), MemberError> {
    let people = store::list(tx, id).await?;
    let left = people.iter().any(|person| person.role == Role::Owner && person.id != without);
    if left { Ok(()) } else { Err(MemberError::LastOwner) }
}

/// An invitation as its link shows it: with the organization's name, and whether the address has a login.
pub async fn invitation(hub: &Hub, plain: &str) -> Result<Option<(Invitation, String, bool)>, DbError> {
    let mut tx = hub.db.read().await?;
    let found = store::invitation_of(&mut tx, &token::hash(plain), hub.environment.now()).await?;
    let Some(found) = found else { return Ok(None) };
    let Some(organization) = organization::get(&mut tx, found.organization).await? else { return Ok(None) };
    let has_login = user::by_email(&mut tx, &found.email).await?.is_some();
    Ok(Some((found, organization.name, has_login)))
}

/// Accepts an invitation as the person who is logged in, whose address it must be for.
pub async fn accept(hub: &Hub, plain: &str, who: &User) -> Result<OrganizationId, AcceptError> {
    let (found, _, _) = invitation(hub, plain).await?.ok_or(AcceptError::Link)?;
    if !found.email.eq_ignore_ascii_case(&who.email) {
        return Err(AcceptError::SomebodyElse);
    }
    db::write!(hub.db, tx => { join(&mut tx, hub, &found, who.id).await })?;
    Ok(found.organization)
}

/// Accepts an invitation as a newcomer: the link proves the address, so it makes the login too.
pub async fn accept_as_newcomer(
    hub: &Hub,
    plain: &str,
    chosen: Secret<String>,
    language: Language,
) -> Result<(UserId, OrganizationId), AcceptError> {
    let (found, _, has_login) = invitation(hub, plain).await?.ok_or(AcceptError::Link)?;
    if has_login {
        return Err(AcceptError::LogInFirst);
    }
    check_password(chosen.expose(), &found.email).map_err(AcceptError::Invalid)?;
    let hash = password::hash(&hub.environment, chosen).await?;
    let (id, created_at) = (UserId::new(&hub.environment), hub.environment.now());
    let new = User { id, email: found.email.clone(), language: language.code().to_owned(), created_at };
    db::write!(hub.db, tx => {
        if user::insert(&mut tx, &new, &hash).await? == Inserted::EmailTaken {
            return Err(AcceptError::LogInFirst);
        }
        join(&mut tx, hub, &found, id).await
    })?;
    Ok((id, found.organization))
}

async fn join(tx: &mut Tx, hub: &Hub, found: &Invitation, id: UserId) -> Result<(), AcceptError> {
    if !store::withdraw(tx, found.organization, found.id).await? {
        return Err(AcceptError::Link);
    }
    store::insert(tx, found.organization, id, found.role, hub.environment.now()).await?;
    if let Some(person) = user::get(tx, id).await? {
        let actor = Actor::person(&person);
        audit::note(tx, hub, found.organization, &actor, Action::Joined, found.role.code()).await?;
    }
    Ok(())
}
