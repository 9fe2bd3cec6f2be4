//! What a provider has granted to a company: the tokens of one organization there. All connections to that organization
//! share them, because a provider knows one integration for it, whatever bank was picked first.

use db::{DbError, Row, Tx};
use domain::{CompanyId, Timestamp};

use super::{instant, optional_instant};

/// Which grant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct GrantKey {
    /// The company.
    pub company: CompanyId,
    /// The provider's name in the settings.
    pub provider: String,
    /// The organization's id at the provider.
    pub subject: String,
}

impl GrantKey {
    /// Where its tokens are sealed.
    pub fn place(&self, column: &str) -> String {
        format!("access_grant:{column}:{}:{}:{}", self.company, self.provider, self.subject)
    }

    pub(crate) fn of_row(row: &Row) -> Result<GrantKey, DbError> {
        let (provider, subject) = (row.text("provider")?, row.text("subject")?);
        Ok(GrantKey { company: row.parse("company_id")?, provider, subject })
    }
}

/// Tokens at rest.
#[derive(Debug, Clone)]
pub struct Grant {
    /// Sealed.
    pub access_sealed: String,
    /// Until when the access token is good.
    pub access_until: Timestamp,
    /// Sealed; absent when the provider gave none.
    pub refresh_sealed: Option<String>,
    /// Counts the refreshes: who refreshed first wins.
    pub generation: i64,
    /// Since when the provider refuses it.
    pub ended_at: Option<Timestamp>,
}

/// Reads the tokens.
pub async fn find(tx: &mut Tx, key: &GrantKey) -> Result<Option<Grant>, DbError> {
    let row = tx
        .optional(
            "SELECT access_sealed, access_until, refresh_sealed, generation, ended_at FROM access_grant \
             WHERE company_id = $1 AND provider = $2 AND subject = $3",
            &[key.company.to_string().into(), (&key.provider).into(), (&key.subject).into()],
        )
        .await?;
    row.map(|row| {
        Ok(Grant {
            access_sealed: row.text("access_sealed")?,
            access_until: instant(row.int("access_until")?)?,
            refresh_sealed: row.optional_text("refresh_sealed")?,
            generation: row.int("generation")?,
            ended_at: optional_instant(row.optional_int("ended_at")?)?,
        })
    })
    .transpose()
}

/// Stores the tokens of a new consent, whatever was there before: the newest consent holds.
pub async fn put(
    tx: &mut Tx,
    key: &GrantKey,
    subject_name: Option<&str>,
    grant: &Grant,
    now: Timestamp,
) -> Result<(), DbError> {
    tx.run(
        "INSERT INTO access_grant (company_id, provider, subject, subject_name, access_sealed, access_until, \
         refresh_sealed, generation, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8) \
         ON CONFLICT (company_id, provider, subject) DO UPDATE SET subject_name = EXCLUDED.subject_name, \
         access_sealed = EXCLUDED.access_sealed, access_until = EXCLUDED.access_until, \
         refresh_sealed = EXCLUDED.refresh_sealed, generation = access_grant.generation + 1, ended_at = NULL",
        &[
            key.company.to_string().into(),
            (&key.provider).into(),
            (&key.subject).into(),
            subject_name.into(),
            (&grant.access_sealed).into(),
            grant.access_until.as_microsecond().into(),
            grant.refresh_sealed.clone().into(),
            now.as_microsecond().into(),
        ],
    )
    .await
    .map(|_| ())
}

/// Stores refreshed tokens, unless somebody else stored newer ones meanwhile. Answers whether ours were stored.
pub async fn refresh(tx: &mut Tx, key: &GrantKey, grant: &Grant) -> Result<bool, DbError> {
    let stored = tx
        .run(
            "UPDATE access_grant SET access_sealed = $4, access_until = $5, refresh_sealed = $6, \
             generation = generation + 1, ended_at = NULL \
             WHERE company_id = $1 AND provider = $2 AND subject = $3 AND generation = $7",
            &[
                key.company.to_string().into(),
                (&key.provider).into(),
                (&key.subject).into(),
                (&grant.access_sealed).into(),
                grant.access_until.as_microsecond().into(),
                grant.refresh_sealed.clone().into(),
                grant.generation.into(),
            ],
        )
        .await?;
    Ok(stored == 1)
}

/// Notes that the provider refuses the tokens of a generation.
pub async fn end(tx: &mut Tx, key: &GrantKey, generation: i64, now: Timestamp) -> Result<(), DbError> {
    tx.run(
        "UPDATE access_grant SET ended_at = $5 WHERE company_id = $1 AND provider = $2 AND subject = $3 \
         AND generation = $4 AND ended_at IS NULL",
        &[
            key.company.to_string().into(),
            (&key.provider).into(),
            (&key.subject).into(),
            generation.into(),
            now.as_microsecond().into(),
        ],
    )
    .await
    .map(|_| ())
}
