//! What the operator does to a hub from its own machine: people, organizations, jobs, keys. Each is one function that
//! the command line calls; none of them is reachable over HTTP.

pub mod keys;

use db::DbError;
use domain::{JobId, OrganizationId, Timestamp, UserId};

use crate::Hub;
use crate::store::user::User;
use crate::store::{membership, second_factor, session, user};

/// A person as the operator sees one.
#[derive(Debug, Clone)]
pub struct UserLine {
    /// Who.
    pub user: User,
    /// Whether there is a second factor.
    pub second_factor: bool,
    /// Of how many organizations.
    pub organizations: i64,
}

/// An organization as the operator sees one.
#[derive(Debug, Clone)]
pub struct OrganizationLine {
    /// Its id.
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
    /// Its country.
    pub country: String,
    /// How many people work for it.
    pub people: i64,
    /// How many accounts it has linked.
    pub accounts: i64,
}

/// A job as the operator sees one.
#[derive(Debug, Clone)]
pub struct JobLine {
    /// Its id.
    pub id: JobId,
    /// Whose work it is.
    pub organization: OrganizationId,
    /// What kind of work.
    pub kind: String,
    /// What it is about.
    pub subject: String,
    /// When it is due.
    pub due_at: Timestamp,
    /// How often it was taken.
    pub attempts: i64,
    /// Whether a process has it now.
    pub taken: bool,
}

/// Everybody who can log in.
pub async fn users(hub: &Hub) -> Result<Vec<UserLine>, DbError> {
    let mut tx = hub.db.read().await?;
    let rows = tx.all("SELECT id FROM users ORDER BY email_key", &[]).await?;
    let mut lines = Vec::new();
    for row in rows {
        let id: UserId = row.parse("id")?;
        let Some(user) = user::get(&mut tx, id).await? else { continue };
        let sql = "SELECT COUNT(*) AS n FROM memberships WHERE user_id = $1";
        let organizations = tx.one(sql, &[id.to_string().into()]).await?.int("n")?;
        lines.push(UserLine { user, second_factor: second_factor::has(&mut tx, id).await?, organizations });
    }
    Ok(lines)
}

/// Ends every session of a person; `None` when nobody has that address.
pub async fn log_out(hub: &Hub, email: &str) -> Result<Option<u64>, DbError> {
    db::write!(hub.db, tx => {
        let Some((person, _)) = user::by_email(&mut tx, email).await? else { return Ok(None) };
        session::delete_all(&mut tx, person.id).await.map(Some)
    })
}

/// Takes the second factor away from somebody who lost it, and ends every session; false when nobody has that address.
pub async fn reset_second_factor(hub: &Hub, email: &str) -> Result<bool, DbError> {
    db::write!(hub.db, tx => {
        let Some((person, _)) = user::by_email(&mut tx, email).await? else { return Ok(false) };
        second_factor::reset(&mut tx, person.id).await?;
        session::delete_all(&mut tx, person.id).await?;
        Ok::<_, DbError>(true)
    })
}

/// Every organization, by name.
pub async fn organizations(hub: &Hub) -> Result<Vec<OrganizationLine>, DbError> {
    let sql = "SELECT o.organization_id, o.name, o.country, \
               (SELECT COUNT(*) FROM memberships m WHERE m.organization_id = o.organization_id) AS people, \
               (SELECT COUNT(*) FROM accounts a WHERE a.organization_id = o.organization_id \
               AND a.state IN ('active', 'expired')) AS accounts FROM organizations o ORDER BY o.name, o.organization_id";
    let rows = hub.db.read().await?.all(sql, &[]).await?;
    let line = |row: &db::Row| {
        Ok(OrganizationLine {
            id: row.parse("organization_id")?,
            name: row.text("name")?,
            country: row.text("country")?,
            people: row.int("people")?,
            accounts: row.int("accounts")?,
        })
    };
    rows.iter().map(line).collect()
}

/// Makes a person an owner of an organization, for one whose last owner is out of reach. False when there is no such
/// person or organization.
pub async fn make_owner(hub: &Hub, organization: OrganizationId, email: &str) -> Result<bool, DbError> {
    let now = hub.environment.now();
    db::write!(hub.db, tx => {
        let Some((person, _)) = user::by_email(&mut tx, email).await? else { return Ok(false) };
        if !membership::lock(&mut tx, organization).await? {
            return Ok(false);
        }
        // Who works there already stays, with the new role.
        membership::insert(&mut tx, organization, person.id, membership::Role::Owner, now).await?;
        membership::set_role(&mut tx, organization, person.id, membership::Role::Owner).await?;
        let actor = crate::audit::Actor::operator();
        let subject = format!("{} (owner)", person.email);
        crate::audit::note(&mut tx, hub, organization, &actor, crate::audit::Action::RoleChanged, &subject).await?;
        Ok::<_, DbError>(true)
    })
}

/// Every job, the one due first in front.
pub async fn jobs(hub: &Hub) -> Result<Vec<JobLine>, DbError> {
    let now = hub.environment.now().as_microsecond();
    let sql =
        "SELECT id, organization_id, kind, subject_id, due_at, lease_until, attempts FROM jobs ORDER BY due_at, id";
    let rows = hub.db.read().await?.all(sql, &[]).await?;
    let line = |row: &db::Row| {
        Ok(JobLine {
            id: row.parse("id")?,
            organization: row.parse("organization_id")?,
            kind: row.text("kind")?,
            subject: row.text("subject_id")?,
            due_at: crate::store::read::instant(row, "due_at")?,
            attempts: row.int("attempts")?,
            taken: row.int("lease_until")? > now,
        })
    };
    rows.iter().map(line).collect()
}

/// Makes a job due now; false when there is none such.
pub async fn retry(hub: &Hub, id: JobId) -> Result<bool, DbError> {
    let now = hub.environment.now().as_microsecond();
    let args = [id.to_string().into(), now.into()];
    db::write!(hub.db, tx => {
        Ok::<_, DbError>(tx.run("UPDATE jobs SET due_at = $2 WHERE id = $1", &args).await? == 1)
    })
}
