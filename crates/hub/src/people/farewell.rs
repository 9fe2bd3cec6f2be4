//! The end of a login: a person goes, the organizations stay.

use db::{DbError, Tx};
use domain::UserId;
use vault::Secret;

use super::passkey::{PasskeyAnswer, owner_of_answer};
use super::second_factor::{FactorError, check_present};
use crate::Hub;
use crate::audit::{self, Action, Actor};
use crate::store::audit as log;
use crate::store::membership::{self, Role};
use crate::store::organization::{self, Organization};
use crate::store::{erased_login, user};

/// How a person shows once more who it is.
#[derive(Debug)]
pub enum Proof {
    /// The present password.
    Password(Secret<String>),
    /// One of the person's passkeys.
    Passkey(PasskeyAnswer),
}

/// Why a login was not erased. Nothing has changed.
#[derive(Debug, thiserror::Error)]
pub enum FarewellError {
    /// These organizations would be left without an owner.
    #[error("some organizations would be left without an owner")]
    SoleOwner(Vec<Organization>),
    /// The person did not show who it is.
    #[error(transparent)]
    Proof(#[from] FactorError),
    /// The database.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// The organizations that have no owner but this person.
pub async fn owned_alone(hub: &Hub, id: UserId) -> Result<Vec<Organization>, DbError> {
    alone(&mut hub.db.read().await?, id).await
}

async fn alone(tx: &mut Tx, id: UserId) -> Result<Vec<Organization>, DbError> {
    let mut found = Vec::new();
    for organization in organization::list_for(tx, id).await? {
        let people = membership::list(tx, organization.id).await?;
        let owners: Vec<UserId> =
            people.iter().filter(|person| person.role == Role::Owner).map(|person| person.id).collect();
        if owners == [id] {
            found.push(organization);
        }
    }
    Ok(found)
}

/// Erases a login: its sessions, password, passkeys, app and recovery codes, the letters to it, and its name in every audit
/// log, where a pseudonym stands from then on. The person leaves every organization.
pub async fn erase_login(hub: &Hub, id: UserId, proof: Proof) -> Result<(), FarewellError> {
    match proof {
        Proof::Password(present) => check_present(hub, id, present).await?,
        Proof::Passkey(answer) => {
            if owner_of_answer(hub, &answer).await? != id {
                return Err(FarewellError::Proof(FactorError::Refused));
            }
        }
    }
    db::write!(hub.db, tx => {
        let mut own = organization::list_for(&mut tx, id).await?;
        // Always in one order, so that two who leave the same organizations wait for each other.
        own.sort_by_key(|organization| organization.id);
        for organization in &own {
            membership::lock(&mut tx, organization.id).await?;
        }
        let alone = alone(&mut tx, id).await?;
        if !alone.is_empty() {
            return Err(FarewellError::SoleOwner(alone));
        }
        let Some(person) = user::get(&mut tx, id).await? else { return Ok(()) };
        let pseudonym = audit::pseudonym(id);
        for organization in own {
            let Some(role) = membership::role(&mut tx, organization.id, id).await? else { continue };
            let said = format!("{pseudonym} ({})", role.code());
            audit::note(&mut tx, hub, organization.id, &Actor::erased(id), Action::Left, &said).await?;
        }
        for organization in log::organizations(&mut tx).await? {
            audit::take_names(&mut tx, hub, organization, id, &person.email).await?;
        }
        erased_login::erase(&mut tx, &person, &pseudonym).await?;
        Ok(())
    })?;
    tracing::info!(user = %id, "a login was erased");
    Ok(())
}
