//! Statement files as a way in: for banks that no connector reaches, for history that a bank no longer gives, and
//! beside a connector, since the same movement is recognised wherever it comes from.
//!
//! The bytes are kept before they are read. Each account of the file then takes its part in one transaction, by the
//! same rules of identity as a synchronization ([`crate::sync::identity`]): a file adds what is not known and never
//! withdraws or overwrites. An account is known by its number and currency; a new one is made when it is not.

mod reading;
mod undoing;

use db::{DbError, Tx};
use domain::{
    AccountId, AccountReference, InstitutionId, Money, OrganizationId, RawAnswerId, SynchronizationId, Timestamp,
    UserId,
};
use reading::Part;

use crate::audit::{self, Action, Actor};
use crate::store;
use crate::store::account::{Account, AccountState};
use crate::store::file::StatementFile;
use crate::store::raw::{FILE, NewRaw};
use crate::store::synchronization::{Status, Subtype, Synchronization};
use crate::sync::apply;
use crate::sync::plan::Window;
use crate::{Hub, webhooks};

pub use undoing::undo;

/// The largest file that is taken.
pub const MOST_BYTES: usize = 20_000_000;

/// The institution of accounts that only files feed and whose bank is not in the catalogue.
pub const FILES_INSTITUTION: InstitutionId = InstitutionId::from_u128(0x0192_f000_0000_7000_8000_0000_0000_f11e);

/// Why a file was not taken. Nothing but the file itself was stored.
#[derive(Debug, thiserror::Error)]
pub enum FileRefused {
    /// It is no statement; the sentence says what stood there.
    #[error("{0}")]
    NotAStatement(String),
    /// It names no account, and the person chose none.
    #[error("the file does not say which account it is about; choose the account and send it again")]
    NoAccount,
    /// It names no currency, and the person chose no account.
    #[error("the file does not say in which currency it is; choose the account and send it again")]
    NoCurrency,
    /// Not one movement or balance in it could be read.
    #[error("nothing in this file could be read: {0}")]
    Empty(String),
    /// It is too large.
    #[error("the file is larger than 20 MB; export a shorter period")]
    TooLarge,
    /// The database.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// Who uploads what.
pub struct Upload<'a> {
    /// For which organization.
    pub organization: OrganizationId,
    /// Who.
    pub user: UserId,
    /// The same, for the audit log.
    pub by: &'a Actor,
    /// The file's name on the person's machine.
    pub name: &'a str,
    /// The file.
    pub bytes: &'a [u8],
    /// The account it is about, where the person chose one: for files that do not say.
    pub account: Option<&'a Account>,
}

/// Takes in a file. Gives the id under which what each account took is listed.
pub async fn receive(hub: &Hub, upload: &Upload<'_>) -> Result<SynchronizationId, FileRefused> {
    if upload.bytes.len() > MOST_BYTES {
        return Err(FileRefused::TooLarge);
    }
    let (organization, id) = (upload.organization, SynchronizationId::new(&hub.environment));
    let now = hub.environment.now();
    let name: String = upload.name.chars().filter(|c| !c.is_control()).take(200).collect();
    db::write!(hub.db, tx => {
        store::file::keep(&mut tx, organization, id, (upload.user, now), &name, upload.bytes).await
    })?;
    let parts = match reading::read(upload.bytes, upload.account) {
        Ok(parts) => parts,
        Err(refused) => {
            let why = refused.to_string();
            db::write!(hub.db, tx => { store::file::refuse(&mut tx, organization, id, &why).await })?;
            return Err(refused);
        }
    };
    let received = Received { id, name, now };
    match take_all(hub, upload, &received, &parts).await {
        // Somebody else made the same account in the same instant: now it is known.
        Err(DbError::Constraint(_)) => take_all(hub, upload, &received, &parts).await?,
        other => other?,
    }
    hub.wake.notify_one();
    Ok(id)
}

async fn take_all(hub: &Hub, upload: &Upload<'_>, received: &Received, parts: &[Part]) -> Result<(), DbError> {
    let organization = upload.organization;
    db::write!(hub.db, tx => {
        for part in parts {
            take(hub, &mut tx, upload, received, part).await?;
        }
        audit::note(&mut tx, hub, organization, upload.by, Action::Uploaded, &received.name).await?;
        store::file::taken(&mut tx, organization, received.id).await
    })
}

struct Received {
    id: SynchronizationId,
    name: String,
    now: Timestamp,
}

/// One account takes its part.
async fn take(hub: &Hub, tx: &mut Tx, upload: &Upload<'_>, received: &Received, part: &Part) -> Result<(), DbError> {
    let organization = upload.organization;
    let account = account_of(hub, tx, upload, part).await?;
    let id = SynchronizationId::new(&hub.environment);
    store::synchronization::insert(tx, organization, &run(id, account.id, received.now)).await?;
    let digest = vault::token::hex(&vault::token::sha256(upload.bytes));
    let raw = store::raw::keep(
        tx,
        organization,
        &NewRaw {
            id: RawAnswerId::new(&hub.environment),
            account: account.id,
            synchronization: id,
            endpoint: FILE,
            content_type: &part.format,
            digest: &digest,
            body: upload.bytes,
            received_at: received.now,
        },
    )
    .await?;
    let listed = i64::try_from(part.listed.iter().map(Vec::len).sum::<usize>()).unwrap_or(i64::MAX);
    store::synchronization::progress(tx, organization, id, (1, listed), received.now).await?;
    let today = hub.environment.today();
    let (from, to) = part.days().unwrap_or((today, today));
    let listing = part.listing(raw, received.now);
    let window = Window { from, to: Some(to) };
    let outcome = apply::apply(tx, &hub.environment, &account, id, window, &listing).await?;
    store::synchronization::finish(tx, organization, id, None, received.now).await?;
    webhooks::finished(tx, hub, &account, id, false).await?;
    let last_balance = store::account::lock(tx, organization, account.id).await?.map(|after| after.last_balance);
    let taken = StatementFile {
        id,
        account: account.id,
        upload: received.id,
        raw,
        name: received.name.clone(),
        format: part.format.clone(),
        days: part.days(),
        listed,
        // A file corrects nothing: what it updated are rows that were withdrawn, and that it brought back.
        created: outcome.created + outcome.updated,
        defects: i64::try_from(part.defects.len()).unwrap_or(i64::MAX),
        pending: part.pending,
        proof: part.proof.to_string(),
        balances: (account.last_balance, last_balance.unwrap_or(account.last_balance)),
        user: upload.user,
        uploaded_at: received.now,
        undone_at: None,
    };
    store::file::insert(tx, organization, &taken).await
}

/// The synchronization that a file counts as: software that follows the account's changes is told of it as of any.
fn run(id: SynchronizationId, account: AccountId, now: Timestamp) -> Synchronization {
    Synchronization {
        id,
        account,
        subtype: Subtype::AccountTransactions,
        status: Status::Running,
        attended: true,
        psu_ip: None,
        created_at: now,
        updated_at: now,
        pages: 0,
        rows_read: 0,
        created_count: 0,
        updated_count: 0,
        changes: None,
        error: None,
    }
}

/// The account that the part is about, locked: the linked one with its number and currency, else the one that files
/// made, else a new one.
async fn account_of(hub: &Hub, tx: &mut Tx, upload: &Upload<'_>, part: &Part) -> Result<Account, DbError> {
    let organization = upload.organization;
    let (reference, currency) = (part.reference.as_str(), part.currency);
    let linked = store::account::list(tx, organization).await?;
    let fits = |account: &&Account| account.reference == reference && account.currency == currency;
    if let Some(known) = linked.iter().find(fits) {
        return Ok(store::account::lock(tx, organization, known.id).await?.unwrap_or_else(|| known.clone()));
    }
    let institution = institution(hub, part);
    if let Some(known) = store::account::by_reference(tx, organization, institution, reference, currency).await?
        && (known.is_fed_by_files() || matches!(known.state, AccountState::Offered | AccountState::Unlinked))
    {
        store::account::feed_by_files(tx, organization, known.id, hub.environment.now()).await?;
        return Ok(store::account::lock(tx, organization, known.id).await?.unwrap_or(known));
    }
    let new = new_account(hub, organization, institution, part);
    store::account::insert(tx, &new).await?;
    Ok(store::account::lock(tx, organization, new.id).await?.unwrap_or(new))
}

/// The institution of the catalogue whose account it is, where that can be told.
fn institution(hub: &Hub, part: &Part) -> InstitutionId {
    let said = part.bic.as_deref().and_then(|bic| bic.get(..8));
    let by_code = match &part.reference {
        AccountReference::Iban(iban) => connectors::bank_of(iban).map(|bank| bank.bic),
        AccountReference::Other(_) => None,
    };
    let of =
        |bic: &str| hub.institutions().into_iter().find(|known| known.bic.get(..8) == Some(bic)).map(|known| known.id);
    said.and_then(of).or_else(|| by_code.and_then(of)).unwrap_or(FILES_INSTITUTION)
}

fn new_account(hub: &Hub, organization: OrganizationId, institution: InstitutionId, part: &Part) -> Account {
    let now = hub.environment.now();
    let iban = matches!(part.reference, AccountReference::Iban(_));
    Account {
        id: AccountId::new(&hub.environment),
        organization,
        institution,
        authorization: None,
        reference: part.reference.as_str().to_owned(),
        reference_type: if iban { "IBAN" } else { "BBAN" }.to_owned(),
        currency: part.currency,
        subtype: "checking".to_owned(),
        resource_id: None,
        name: None,
        product: None,
        holder_name: part.holder.clone(),
        linked_at: now,
        authorized_at: None,
        expires_on: None,
        state: AccountState::Active,
        state_reason: None,
        state_since: now,
        opening: None,
        closing: None,
        closing_seen_at: None,
        current_changed_at: None,
        available: None,
        booked: Money::zero(part.currency),
        booked_count: 0,
        listed_through: None,
        last_seq: 0,
        last_change: 0,
        last_balance: 0,
        synchronized_at: None,
        next_unattended_at: None,
    }
}
