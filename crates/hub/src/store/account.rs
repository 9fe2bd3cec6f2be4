//! Accounts: one currency of one account at an institution. Its row also carries the counters of its append-only
//! feed and the running figures of its proof, so that neither ever costs a scan of history.

use db::{Arg, DbError, Row, Tx};
use domain::{AccountId, AuthorizationId, Currency, Date, InstitutionId, Money, OrganizationId, Proof, Timestamp};

use super::read;

/// A linked, offered or formerly linked account.
#[derive(Debug, Clone)]
pub struct Account {
    /// Its id, for ever.
    pub id: AccountId,
    /// Its owner.
    pub organization: OrganizationId,
    /// Its bank.
    pub institution: InstitutionId,
    /// The permission that it is read by.
    pub authorization: Option<AuthorizationId>,
    /// IBAN without blanks, or what the bank uses instead.
    pub reference: String,
    /// `IBAN`, `BBAN`, …
    pub reference_type: String,
    /// Its currency.
    pub currency: Currency,
    /// `checking`, `savings`, `card`, …
    pub subtype: String,
    /// The bank's id of it in the present consent.
    pub resource_id: Option<String>,
    /// Name.
    pub name: Option<String>,
    /// Product.
    pub product: Option<String>,
    /// Holder.
    pub holder_name: Option<String>,
    /// When it was linked.
    pub linked_at: Timestamp,
    /// When the permission was last given.
    pub authorized_at: Option<Timestamp>,
    /// Last day of the permission, as expected.
    pub expires_on: Option<Date>,
    /// Where it stands.
    pub state: AccountState,
    /// Why, in the bank's words or ours.
    pub state_reason: Option<String>,
    /// Since when.
    pub state_since: Timestamp,
    /// The bank's balance at the beginning of our history.
    pub opening: Option<(Date, Money)>,
    /// The bank's newest closing balance.
    pub closing: Option<(Date, Money)>,
    /// When the closing balance was told.
    pub closing_seen_at: Option<Timestamp>,
    /// When the closing balance last moved.
    pub current_changed_at: Option<Timestamp>,
    /// What can be spent.
    pub available: Option<Money>,
    /// Sum of all booked transactions in our history.
    pub booked: Money,
    /// Number of all booked transactions in our history.
    pub booked_count: i64,
    /// Through which day listings are complete.
    pub listed_through: Option<Date>,
    /// Highest position in the ingest order.
    pub last_seq: i64,
    /// Highest position in the change feed.
    pub last_change: i64,
    /// Highest position among the balances.
    pub last_balance: i64,
    /// Last good synchronization.
    pub synchronized_at: Option<Timestamp>,
    /// When the next unattended synchronization is planned.
    pub next_unattended_at: Option<Timestamp>,
}

/// Where an account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountState {
    /// The bank listed it; the person has not linked it.
    Offered,
    /// Linked and readable.
    Active,
    /// Linked, but its permission is over: history stays readable, nothing new comes.
    Expired,
    /// The person unlinked it; its history is erased.
    Unlinked,
}

impl AccountState {
    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            AccountState::Offered => "offered",
            AccountState::Active => "active",
            AccountState::Expired => "expired",
            AccountState::Unlinked => "unlinked",
        }
    }

    fn parse(text: &str) -> AccountState {
        match text {
            "active" => AccountState::Active,
            "expired" => AccountState::Expired,
            "unlinked" => AccountState::Unlinked,
            _ => AccountState::Offered,
        }
    }
}

impl Account {
    /// Whether only statement files feed it: no bank ever listed it.
    pub fn is_fed_by_files(&self) -> bool {
        self.authorization.is_none() && self.resource_id.is_none()
    }

    /// Whether the bank's own balances confirm every transaction we hold.
    pub fn proof(&self) -> Proof {
        Proof::of(self.opening.map(|(_, money)| money), [self.booked], self.closing.map(|(_, money)| money))
    }
}

/// One `SELECT` for every question, so that a new column is added in one place.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT organization_id, id, institution_id, authorization_id, reference, reference_type, currency, ",
            "subtype, resource_id, name, product, holder_name, linked_at, authorized_at, expires_on, state, ",
            "state_reason, state_since, opening_on, opening_minor, closing_on, closing_minor, closing_seen_at, ",
            "current_changed_at, available_minor, booked_minor, booked_count, listed_through, last_seq, ",
            "last_change, last_balance, synchronized_at, next_unattended_at FROM accounts ",
            $rest
        )
    };
}

fn account(row: &Row) -> Result<Account, DbError> {
    let currency: Currency = row.parse("currency")?;
    let dated = |day: &str, minor: &str| -> Result<Option<(Date, Money)>, DbError> {
        let money = row.optional_int(minor)?.map(|minor| Money::new(minor, currency));
        Ok(row.optional_parse::<Date>(day)?.zip(money))
    };
    Ok(Account {
        id: row.parse("id")?,
        organization: row.parse("organization_id")?,
        institution: row.parse("institution_id")?,
        authorization: row.optional_parse("authorization_id")?,
        reference: row.text("reference")?,
        reference_type: row.text("reference_type")?,
        currency,
        subtype: row.text("subtype")?,
        resource_id: row.optional_text("resource_id")?,
        name: row.optional_text("name")?,
        product: row.optional_text("product")?,
        holder_name: row.optional_text("holder_name")?,
        linked_at: read::instant(row, "linked_at")?,
        authorized_at: read::optional_instant(row, "authorized_at")?,
        expires_on: row.optional_parse("expires_on")?,
        state: AccountState::parse(&row.text("state")?),
        state_reason: row.optional_text("state_reason")?,
        state_since: read::instant(row, "state_since")?,
        opening: dated("opening_on", "opening_minor")?,
        closing: dated("closing_on", "closing_minor")?,
        closing_seen_at: read::optional_instant(row, "closing_seen_at")?,
        current_changed_at: read::optional_instant(row, "current_changed_at")?,
        available: row.optional_int("available_minor")?.map(|minor| Money::new(minor, currency)),
        booked: Money::new(row.int("booked_minor")?, currency),
        booked_count: row.int("booked_count")?,
        listed_through: row.optional_parse("listed_through")?,
        last_seq: row.int("last_seq")?,
        last_change: row.int("last_change")?,
        last_balance: row.int("last_balance")?,
        synchronized_at: read::optional_instant(row, "synchronized_at")?,
        next_unattended_at: read::optional_instant(row, "next_unattended_at")?,
    })
}

/// The linked accounts of an organization (active and expired), oldest first.
pub async fn list(tx: &mut Tx, organization: OrganizationId) -> Result<Vec<Account>, DbError> {
    let sql = select!("WHERE organization_id = $1 AND state IN ('active', 'expired') ORDER BY linked_at, id");
    tx.all(sql, &[organization.to_string().into()]).await?.iter().map(account).collect()
}

/// The accounts that an authorization brought and that wait for the person's choice.
pub async fn offered(
    tx: &mut Tx,
    organization: OrganizationId,
    authorization: AuthorizationId,
) -> Result<Vec<Account>, DbError> {
    let sql = select!(
        "WHERE organization_id = $1 AND authorization_id = $2 AND state IN ('offered', 'unlinked') ORDER BY reference, currency"
    );
    tx.all(sql, &[organization.to_string().into(), authorization.to_string().into()])
        .await?
        .iter()
        .map(account)
        .collect()
}

/// One linked account; `None` when it is not this organization's, or was never linked, or was unlinked.
pub async fn get(tx: &mut Tx, organization: OrganizationId, id: AccountId) -> Result<Option<Account>, DbError> {
    let sql = select!("WHERE organization_id = $1 AND id = $2 AND state IN ('active', 'expired')");
    tx.optional(sql, &[organization.to_string().into(), id.to_string().into()]).await?.as_ref().map(account).transpose()
}

/// The same in any state, locked until the transaction ends: whoever changes an account's feed holds this.
pub async fn lock(tx: &mut Tx, organization: OrganizationId, id: AccountId) -> Result<Option<Account>, DbError> {
    let sql = select!("WHERE organization_id = $1 AND id = $2 /*for update*/");
    tx.optional(sql, &[organization.to_string().into(), id.to_string().into()]).await?.as_ref().map(account).transpose()
}

/// The account that an institution knows by a reference and currency: our identity of an account, whatever ids the
/// bank gives it in a new consent.
pub async fn by_reference(
    tx: &mut Tx,
    organization: OrganizationId,
    institution: InstitutionId,
    reference: &str,
    currency: Currency,
) -> Result<Option<Account>, DbError> {
    let sql = select!(
        "WHERE organization_id = $1 AND institution_id = $2 AND reference = $3 AND currency = $4 /*for update*/"
    );
    let args =
        [organization.to_string().into(), institution.to_string().into(), reference.into(), currency.code().into()];
    tx.optional(sql, &args).await?.as_ref().map(account).transpose()
}

/// Adds an account that a bank listed, in state offered.
pub async fn insert(tx: &mut Tx, new: &Account) -> Result<(), DbError> {
    let sql = "INSERT INTO accounts (organization_id, id, institution_id, authorization_id, reference, \
         reference_type, currency, subtype, resource_id, name, product, holder_name, linked_at, state, state_since, \
         booked_minor, booked_count, last_seq, last_change, last_balance) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $13, 0, 0, 0, 0, 0)";
    let args = [
        new.organization.to_string().into(),
        new.id.to_string().into(),
        new.institution.to_string().into(),
        new.authorization.map(|id| id.to_string()).into(),
        (&new.reference).into(),
        (&new.reference_type).into(),
        new.currency.code().into(),
        (&new.subtype).into(),
        new.resource_id.clone().into(),
        new.name.clone().into(),
        new.product.clone().into(),
        new.holder_name.clone().into(),
        new.linked_at.as_microsecond().into(),
        new.state.as_str().into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// Binds an account to a new permission and its bank's present id and names of it.
pub async fn bind(tx: &mut Tx, known: &Account) -> Result<(), DbError> {
    let sql = "UPDATE accounts SET authorization_id = $3, resource_id = $4, name = $5, product = $6, \
         holder_name = $7 WHERE organization_id = $1 AND id = $2";
    let args = [
        known.organization.to_string().into(),
        known.id.to_string().into(),
        known.authorization.map(|id| id.to_string()).into(),
        known.resource_id.clone().into(),
        known.name.clone().into(),
        known.product.clone().into(),
        known.holder_name.clone().into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// Makes an account active under its permission.
pub async fn activate(
    tx: &mut Tx,
    organization: OrganizationId,
    id: AccountId,
    expires_on: Date,
    now: Timestamp,
) -> Result<(), DbError> {
    let sql = "UPDATE accounts SET state = 'active', state_reason = NULL, state_since = $3, authorized_at = $3, \
         expires_on = $4, unlinked_at = NULL, next_unattended_at = NULL WHERE organization_id = $1 AND id = $2";
    let args = [
        organization.to_string().into(),
        id.to_string().into(),
        now.as_microsecond().into(),
        expires_on.to_string().into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// Marks every account of a permission as expired; their history stays readable.
pub async fn expire(
    tx: &mut Tx,
    organization: OrganizationId,
    authorization: AuthorizationId,
    reason: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    let sql = "UPDATE accounts SET state = 'expired', state_reason = $3, state_since = $4, next_unattended_at = NULL \
         WHERE organization_id = $1 AND authorization_id = $2 AND state = 'active'";
    let args =
        [organization.to_string().into(), authorization.to_string().into(), reason.into(), now.as_microsecond().into()];
    tx.run(sql, &args).await.map(|_| ())
}

/// Unlinks an account: everything it told is erased, only the ids, days, amounts and fingerprints stay, so that the
/// same movements keep their ids should it be linked again.
pub async fn unlink(tx: &mut Tx, organization: OrganizationId, id: AccountId, now: Timestamp) -> Result<(), DbError> {
    let key: [Arg; 2] = [organization.to_string().into(), id.to_string().into()];
    for sql in [
        "UPDATE transactions SET details = '{}', search = '', counterparty = '', raw_id = NULL WHERE organization_id = $1 AND account_id = $2",
        "UPDATE changes SET before = '{}' WHERE organization_id = $1 AND account_id = $2",
        "DELETE FROM pending_transactions WHERE organization_id = $1 AND account_id = $2",
        "DELETE FROM raw_answers WHERE organization_id = $1 AND account_id = $2",
        "DELETE FROM statement_files WHERE organization_id = $1 AND account_id = $2",
        "DELETE FROM defects WHERE organization_id = $1 AND account_id = $2",
        "DELETE FROM repeated_answers WHERE organization_id = $1 AND account_id = $2",
        "DELETE FROM listings WHERE organization_id = $1 AND account_id = $2",
    ] {
        tx.run(sql, &key).await?;
    }
    let sql = "UPDATE accounts SET state = 'unlinked', state_since = $3, unlinked_at = $3, next_unattended_at = NULL, \
         name = NULL, product = NULL, holder_name = NULL, listed_through = NULL WHERE organization_id = $1 AND id = $2";
    let [organization, id] = key;
    tx.run(sql, &[organization, id, now.as_microsecond().into()]).await.map(|_| ())
}

/// How many active accounts a permission still serves.
pub async fn count_bound(
    tx: &mut Tx,
    organization: OrganizationId,
    authorization: AuthorizationId,
) -> Result<i64, DbError> {
    let sql =
        "SELECT COUNT(*) AS n FROM accounts WHERE organization_id = $1 AND authorization_id = $2 AND state = 'active'";
    tx.one(sql, &[organization.to_string().into(), authorization.to_string().into()]).await?.int("n")
}

/// The first account that hangs on a permission, living or expired.
pub async fn first_bound(
    tx: &mut Tx,
    organization: OrganizationId,
    authorization: AuthorizationId,
) -> Result<Option<Account>, DbError> {
    let sql = select!(
        "WHERE organization_id = $1 AND authorization_id = $2 AND state IN ('active', 'expired') ORDER BY id LIMIT 1"
    );
    let args = [organization.to_string().into(), authorization.to_string().into()];
    tx.optional(sql, &args).await?.as_ref().map(account).transpose()
}

/// Makes an account readable that has no permission at a bank, was offered and not chosen, or was unlinked: files feed
/// it from now on.
pub async fn feed_by_files(
    tx: &mut Tx,
    organization: OrganizationId,
    id: AccountId,
    now: Timestamp,
) -> Result<(), DbError> {
    let sql = "UPDATE accounts SET state = 'active', state_reason = NULL, state_since = $3, unlinked_at = NULL, \
         authorization_id = NULL, resource_id = NULL \
         WHERE organization_id = $1 AND id = $2 AND (authorization_id IS NULL OR state IN ('offered', 'unlinked'))";
    tx.run(sql, &[organization.to_string().into(), id.to_string().into(), now.as_microsecond().into()])
        .await
        .map(|_| ())
}

/// Gives an account that only files fed to the institution that lists it now. Its id and history stay.
pub async fn adopt(
    tx: &mut Tx,
    organization: OrganizationId,
    id: AccountId,
    institution: InstitutionId,
) -> Result<(), DbError> {
    let sql =
        "UPDATE accounts SET institution_id = $3 WHERE organization_id = $1 AND id = $2 AND authorization_id IS NULL";
    tx.run(sql, &[organization.to_string().into(), id.to_string().into(), institution.to_string().into()])
        .await
        .map(|_| ())
}
