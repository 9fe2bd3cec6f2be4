//! Ways to a provider that were begun: kept from the click to the return, so that a closed tab or a restart loses
//! nothing.

use db::{DbError, Row, Tx};
use domain::{CompanyId, ConnectionId, InstitutionId, Timestamp, UserId};

use super::{instant, optional_instant};

/// Why somebody went to the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To connect an institution for the first time.
    Connect,
    /// To authorise more accounts.
    FetchAccounts,
    /// To renew what was authorised.
    UpdateCredentials,
}

impl Purpose {
    /// As it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Purpose::Connect => "connect",
            Purpose::FetchAccounts => "fetch-accounts",
            Purpose::UpdateCredentials => "update-credentials",
        }
    }

    /// Reads what was stored or sent.
    pub fn parse(text: &str) -> Option<Purpose> {
        let all = [Purpose::Connect, Purpose::FetchAccounts, Purpose::UpdateCredentials];
        all.into_iter().find(|purpose| purpose.as_str() == text)
    }
}

/// One way that was begun.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// The company.
    pub company: CompanyId,
    /// Hash of the state that comes back.
    pub state_hash: String,
    /// Why.
    pub purpose: Purpose,
    /// The provider's name in the settings.
    pub provider: String,
    /// The institution that was picked.
    pub institution: InstitutionId,
    /// Its name.
    pub institution_name: String,
    /// The connection that is renewed or extended; after the return, the one that came of it.
    pub connection: Option<ConnectionId>,
    /// PKCE verifier, sealed.
    pub verifier_sealed: String,
    /// Who went.
    pub person: UserId,
    /// When.
    pub begun_at: Timestamp,
    /// When it came to an end.
    pub finished_at: Option<Timestamp>,
}

impl Attempt {
    /// Where its verifier is sealed.
    pub fn place(company: CompanyId, state_hash: &str) -> String {
        format!("attempt:verifier:{company}:{state_hash}")
    }
}

/// Stores a way that begins. Others of the same person to the same institution, unfinished, are replaced by it.
pub async fn begin(tx: &mut Tx, attempt: &Attempt) -> Result<(), DbError> {
    let company = attempt.company.to_string();
    tx.run(
        "DELETE FROM attempt WHERE company_id = $1 AND provider = $2 AND institution_id = $3 AND finished_at IS NULL \
         AND begun_at < $4",
        &[
            (&company).into(),
            (&attempt.provider).into(),
            attempt.institution.to_string().into(),
            (attempt.begun_at.as_microsecond() - KEPT_BESIDE_MICROS).into(),
        ],
    )
    .await?;
    tx.run(
        "INSERT INTO attempt (company_id, state_hash, kind, provider, institution_id, institution_name, \
         connection_id, verifier_sealed, person_id, begun_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &[
            company.into(),
            (&attempt.state_hash).into(),
            attempt.purpose.as_str().into(),
            (&attempt.provider).into(),
            attempt.institution.to_string().into(),
            (&attempt.institution_name).into(),
            attempt.connection.map(|id| id.to_string()).into(),
            (&attempt.verifier_sealed).into(),
            attempt.person.to_string().into(),
            attempt.begun_at.as_microsecond().into(),
        ],
    )
    .await
    .map(|_| ())
}

/// How long two ways to the same institution may lie beside each other, so that a double click breaks neither: an hour.
const KEPT_BESIDE_MICROS: i64 = 3_600_000_000;

/// The way to which a state belongs.
pub async fn find(tx: &mut Tx, company: CompanyId, state_hash: &str) -> Result<Option<Attempt>, DbError> {
    let row = tx
        .optional(
            "SELECT company_id, state_hash, kind, provider, institution_id, institution_name, connection_id, \
             verifier_sealed, person_id, begun_at, finished_at FROM attempt WHERE company_id = $1 AND state_hash = $2",
            &[company.to_string().into(), state_hash.into()],
        )
        .await?;
    row.as_ref().map(attempt).transpose()
}

/// Who the operator is among people: nobody, because a command line has no login.
pub const OPERATOR: UserId = UserId::from_u128(0);

/// The company of a way that the operator began. The state is a secret of 256 bits, so whoever has it was sent on this
/// way; this is the one question that is asked before the company is known.
pub async fn of_operator(tx: &mut Tx, state_hash: &str) -> Result<Option<CompanyId>, DbError> {
    let sql = "SELECT company_id FROM attempt WHERE state_hash = $1 AND person_id = $2";
    let row = tx.optional(sql, &[state_hash.into(), OPERATOR.to_string().into()]).await?;
    row.map(|row| row.parse("company_id")).transpose()
}

/// The ways that did not come back, newest first, one an institution.
pub async fn unfinished(tx: &mut Tx, company: CompanyId) -> Result<Vec<Attempt>, DbError> {
    let rows = tx
        .all(
            "SELECT company_id, state_hash, kind, provider, institution_id, institution_name, connection_id, \
             verifier_sealed, person_id, begun_at, finished_at FROM attempt \
             WHERE company_id = $1 AND finished_at IS NULL ORDER BY begun_at DESC",
            &[company.to_string().into()],
        )
        .await?;
    let mut found: Vec<Attempt> = Vec::new();
    for row in &rows {
        let next = attempt(row)?;
        if found.iter().all(|known| known.provider != next.provider || known.institution != next.institution) {
            found.push(next);
        }
    }
    Ok(found)
}

/// Ends every way of a company to an institution: one came back, or the person gave up.
pub async fn finish(
    tx: &mut Tx,
    company: CompanyId,
    provider: &str,
    institution: InstitutionId,
    outcome: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    tx.run(
        "UPDATE attempt SET finished_at = $4, outcome = $5 WHERE company_id = $1 AND provider = $2 \
         AND institution_id = $3 AND finished_at IS NULL",
        &[
            company.to_string().into(),
            provider.into(),
            institution.to_string().into(),
            now.as_microsecond().into(),
            outcome.into(),
        ],
    )
    .await
    .map(|_| ())
}

/// Notes which connection came of a way.
pub async fn lead_to(tx: &mut Tx, attempt: &Attempt, connection: ConnectionId) -> Result<(), DbError> {
    let sql = "UPDATE attempt SET connection_id = $3 WHERE company_id = $1 AND state_hash = $2";
    let args = [attempt.company.to_string().into(), (&attempt.state_hash).into(), connection.to_string().into()];
    tx.run(sql, &args).await.map(|_| ())
}

fn attempt(row: &Row) -> Result<Attempt, DbError> {
    let kind = row.text("kind")?;
    let purpose = Purpose::parse(&kind)
        .ok_or_else(|| DbError::Column { column: "kind".into(), problem: format!("'{kind}' is no purpose") })?;
    Ok(Attempt {
        company: row.parse("company_id")?,
        state_hash: row.text("state_hash")?,
        purpose,
        provider: row.text("provider")?,
        institution: row.parse("institution_id")?,
        institution_name: row.text("institution_name")?,
        connection: row.optional_parse("connection_id")?,
        verifier_sealed: row.text("verifier_sealed")?,
        person: row.parse("person_id")?,
        begun_at: instant(row.int("begun_at")?)?,
        finished_at: optional_instant(row.optional_int("finished_at")?)?,
    })
}
