//! Authorizations: the permission of one organization at one institution, from asked to ended.

use db::{DbError, Row, Tx};
use domain::{AuthorizationId, Date, InstitutionId, OrganizationId, Timestamp};

use super::read;

/// A stored authorization. The bank's id of the consent is a secret and stands here sealed.
#[derive(Debug, Clone)]
pub struct Authorization {
    /// Its id.
    pub id: AuthorizationId,
    /// Whose it is.
    pub organization: OrganizationId,
    /// At which bank.
    pub institution: InstitutionId,
    /// Where it stands.
    pub state: AuthorizationState,
    /// The bank's consent id, sealed; absent until the bank has given one.
    pub sealed_consent: Option<String>,
    /// The bank's page for the person, while waiting.
    pub bank_url: Option<String>,
    /// The permission that it is meant to renew.
    pub renews: Option<AuthorizationId>,
    /// Address of the person who started it, until it is done.
    pub psu_ip: Option<String>,
    /// Asked.
    pub started_at: Timestamp,
    /// Given.
    pub authorized_at: Option<Timestamp>,
    /// Last day.
    pub expires_on: Option<Date>,
    /// Over since.
    pub ended_at: Option<Timestamp>,
    /// Why it is over.
    pub reason: Option<String>,
}

/// Where an authorization stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthorizationState {
    /// The person is at the bank.
    Waiting,
    /// Usable.
    Valid,
    /// Over, or never given.
    Ended,
}

impl AuthorizationState {
    fn parse(text: &str) -> AuthorizationState {
        match text {
            "valid" => AuthorizationState::Valid,
            "ended" => AuthorizationState::Ended,
            _ => AuthorizationState::Waiting,
        }
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT organization_id, id, institution_id, state, consent, bank_url, renews, psu_ip, started_at, ",
            "authorized_at, expires_on, ended_at, reason FROM authorizations ",
            $rest
        )
    };
}

fn authorization(row: &Row) -> Result<Authorization, DbError> {
    Ok(Authorization {
        id: row.parse("id")?,
        organization: row.parse("organization_id")?,
        institution: row.parse("institution_id")?,
        state: AuthorizationState::parse(&row.text("state")?),
        sealed_consent: row.optional_text("consent")?,
        bank_url: row.optional_text("bank_url")?,
        renews: row.optional_parse("renews")?,
        psu_ip: row.optional_text("psu_ip")?,
        started_at: read::instant(row, "started_at")?,
        authorized_at: read::optional_instant(row, "authorized_at")?,
        expires_on: row.optional_parse("expires_on")?,
        ended_at: read::optional_instant(row, "ended_at")?,
        reason: row.optional_text("reason")?,
    })
}

/// One authorization of an organization.
pub async fn get(
    tx: &mut Tx,
    organization: OrganizationId,
    id: AuthorizationId,
) -> Result<Option<Authorization>, DbError> {
    let sql = select!("WHERE organization_id = $1 AND id = $2");
    let row = tx.optional(sql, &[organization.to_string().into(), id.to_string().into()]).await?;
    row.as_ref().map(authorization).transpose()
}

/// The same, locked until the transaction ends.
pub async fn lock(
    tx: &mut Tx,
    organization: OrganizationId,
    id: AuthorizationId,
) -> Result<Option<Authorization>, DbError> {
    let sql = select!("WHERE organization_id = $1 AND id = $2 /*for update*/");
    let row = tx.optional(sql, &[organization.to_string().into(), id.to_string().into()]).await?;
    row.as_ref().map(authorization).transpose()
}

/// All of an organization, newest first.
pub async fn list(tx: &mut Tx, organization: OrganizationId) -> Result<Vec<Authorization>, DbError> {
    let sql = select!("WHERE organization_id = $1 ORDER BY started_at DESC, id DESC");
    tx.all(sql, &[organization.to_string().into()]).await?.iter().map(authorization).collect()
}

/// The attempts since an instant that nobody has finished: still waiting, or given without an account being chosen. Of
/// several at one bank only the newest, and none where a later one was given.
pub async fn unfinished(
    tx: &mut Tx,
    organization: OrganizationId,
    since: Timestamp,
) -> Result<Vec<Authorization>, DbError> {
    let sql = select!(
        "AS a WHERE organization_id = $1 AND started_at > $2 AND (state = 'waiting' OR (state = 'valid' \
         AND EXISTS (SELECT 1 FROM accounts AS o WHERE o.organization_id = $1 AND o.authorization_id = a.id) \
         AND NOT EXISTS (SELECT 1 FROM accounts AS l WHERE l.organization_id = $1 AND l.authorization_id = a.id \
                         AND l.state IN ('active', 'expired')))) \
         AND NOT EXISTS (SELECT 1 FROM authorizations AS n WHERE n.organization_id = $1 \
                         AND n.institution_id = a.institution_id AND n.started_at > a.started_at \
                         AND n.state IN ('waiting', 'valid')) ORDER BY started_at DESC LIMIT 5"
    );
    let args = [organization.to_string().into(), since.as_microsecond().into()];
    tx.all(sql, &args).await?.iter().map(authorization).collect()
}

/// The authorization that a bank's return belongs to, by the hash of the return's token.
pub async fn by_return(tx: &mut Tx, return_hash: &str) -> Result<Option<Authorization>, DbError> {
    let sql = select!("WHERE return_hash = $1");
    tx.optional(sql, &[return_hash.into()]).await?.as_ref().map(authorization).transpose()
}

/// Adds one that waits for the person.
pub async fn insert(tx: &mut Tx, new: &Authorization, return_hash: &str) -> Result<(), DbError> {
    let sql = "INSERT INTO authorizations (organization_id, id, institution_id, state, consent, bank_url, \
         return_hash, renews, psu_ip, started_at) VALUES ($1, $2, $3, 'waiting', $4, $5, $6, $7, $8, $9)";
    let args = [
        new.organization.to_string().into(),
        new.id.to_string().into(),
        new.institution.to_string().into(),
        new.sealed_consent.clone().into(),
        new.bank_url.clone().into(),
        return_hash.into(),
        new.renews.map(|id| id.to_string()).into(),
        new.psu_ip.clone().into(),
        new.started_at.as_microsecond().into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// Notes that the permission was given.
pub async fn validate(
    tx: &mut Tx,
    organization: OrganizationId,
    id: AuthorizationId,
    expires_on: Date,
    now: Timestamp,
) -> Result<(), DbError> {
    let sql = "UPDATE authorizations SET state = 'valid', authorized_at = COALESCE(authorized_at, $3), \
         expires_on = $4, bank_url = NULL WHERE organization_id = $1 AND id = $2 AND state <> 'ended'";
    let args = [
        organization.to_string().into(),
        id.to_string().into(),
        now.as_microsecond().into(),
        expires_on.to_string().into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// Ends it; the consent id is forgotten.
pub async fn end(
    tx: &mut Tx,
    organization: OrganizationId,
    id: AuthorizationId,
    reason: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    let sql = "UPDATE authorizations SET state = 'ended', ended_at = $3, reason = $4, consent = NULL, \
         bank_url = NULL, psu_ip = NULL WHERE organization_id = $1 AND id = $2 AND state <> 'ended'";
    let args = [organization.to_string().into(), id.to_string().into(), now.as_microsecond().into(), reason.into()];
    tx.run(sql, &args).await.map(|_| ())
}

/// Authorizations whose last day is over but that are still marked valid.
pub async fn overdue(tx: &mut Tx, today: Date, limit: i64) -> Result<Vec<Authorization>, DbError> {
    let sql = select!("WHERE state = 'valid' AND expires_on < $1 ORDER BY expires_on LIMIT $2 /*skip locked*/");
    tx.all(sql, &[today.to_string().into(), limit.into()]).await?.iter().map(authorization).collect()
}
