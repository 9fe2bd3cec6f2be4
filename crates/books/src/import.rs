//! Imports: ask the provider to fetch, wait until it has, read what is new. Each account goes its own way, so one that
//! fails stops no other. Every step is a row, and a step that is done twice does no harm: a restart goes on where it
//! stood, and several processes may work on the same import.

use db::DbError;
use domain::{AccountId, CompanyId, ConnectionId, ImportId, Span, SynchronizationId, Timestamp};
use hub_api::{ClientError, NewSynchronization, Subtype, SynchronizationStatus};

use crate::access::{Caller, Failed};
use crate::round::{Round, whole};
use crate::store::account::{self, Account};
use crate::store::connection::{self, Connection};
use crate::store::import::{self, AskedBy, Import, Stage, Step};
use crate::store::journal;
use crate::{BooksError, Inner, Trouble};

/// Hours between two imports that nobody asks for, unless a person chose otherwise.
pub(crate) const EVERY_HOURS: i64 = 12;
/// After a trouble that may pass by itself, minutes until the next try.
const RETRY_MINUTES: i64 = 15;
/// A synchronization that takes longer is no longer waited for; what it finds comes with the next import.
const PATIENCE_MINUTES: i64 = 10;

/// Where the books themselves fail at a step, seconds until each further try; after the last one it has failed.
const PAUSES_SECONDS: [i64; 4] = [2, 15, 60, 300];

/// When a connection imports by itself next.
pub(crate) fn next_after(now: Timestamp, every_hours: i64) -> Timestamp {
    now.saturating_add(Span::new().hours(every_hours)).unwrap_or(now)
}

/// Does what is due. Answers whether anything moved.
pub(crate) async fn work_once(books: &Inner) -> Result<bool, BooksError> {
    let mut round = Round::default();
    round.take("imports that are due", start_due(books)).await;
    round.take("checks", crate::inspect::work_once(books)).await;
    round.take("imports", go_on_all(books)).await;
    round.end()
}

/// Takes every running import a step further.
pub(crate) async fn go_on_all(books: &Inner) -> Result<bool, BooksError> {
    let mut round = Round::default();
    let running = import::running(&mut books.db.read().await?).await?;
    for import in running {
        round.take(import.id, go_on(books, &import)).await;
    }
    round.end()
}

async fn start_due(books: &Inner) -> Result<bool, BooksError> {
    let now = books.environment.now();
    let due = connection::due(&mut books.db.read().await?, now).await?;
    let mut round = Round::default();
    for connection in &due {
        let begun = async {
            let company = connection.company();
            books.begin_import(company, connection.id, AskedBy::Schedule, None).await.map(|_| true)
        };
        round.take(connection.id, begun).await;
    }
    round.end()
}

impl Inner {
    /// Begins an import of the linked accounts of a connection, or joins the one that runs. `None` when no account of
    /// it is linked.
    pub(crate) async fn begin_import(
        &self,
        company: CompanyId,
        connection: ConnectionId,
        asked_by: AskedBy,
        customer_ip: Option<String>,
    ) -> Result<Option<ImportId>, BooksError> {
        self.begin_import_of(company, connection, asked_by, customer_ip, |_| true).await
    }

    /// The same for some accounts only.
    pub(crate) async fn begin_import_of(
        &self,
        company: CompanyId,
        connection: ConnectionId,
        asked_by: AskedBy,
        customer_ip: Option<String>,
        wanted: impl Fn(AccountId) -> bool,
    ) -> Result<Option<ImportId>, BooksError> {
        let now = self.environment.now();
        let import = Import {
            company,
            id: ImportId::new(&self.environment),
            connection,
            number: 0,
            asked_by,
            customer_ip,
            begun_at: now,
            ended_at: None,
        };
        db::write!(self.db, tx => {
            let Some(connection) = connection::find(&mut tx, company, connection).await? else { return Ok(None) };
            let mut accounts = Vec::new();
            let mut all = true;
            for account in accounts_of(&mut tx, &connection).await? {
                if !wanted(account.id) {
                    all = false;
                } else if account.listed && journal::of_account(&mut tx, company, account.id).await?.is_some() {
                    accounts.push(account.id);
                }
            }
            if all {
                connection::schedule(&mut tx, &connection, next_after(now, connection.every_hours)).await?;
            }
            if accounts.is_empty() {
                return Ok(None);
            }
            import::begin(&mut tx, &import, &accounts).await.map(Some).map_err(BooksError::from)
        })
    }
}

/// What a provider told of an account: which, and by which synchronization.
#[derive(Debug, Clone, Copy)]
pub(crate) struct News {
    pub(crate) account: AccountId,
    pub(crate) synchronization: Option<SynchronizationId>,
}

impl Inner {
    /// Begins an import because a provider told of news. One that runs may have read past them already, so another one
    /// follows it. A connection that does not import by itself is left alone.
    pub(crate) async fn heed(
        &self,
        company: CompanyId,
        id: ConnectionId,
        news: Option<News>,
    ) -> Result<(), BooksError> {
        let now = self.environment.now();
        let Some(connection) = connection::find(&mut self.db.read().await?, company, id).await? else { return Ok(()) };
        if !connection.automatic {
            return Ok(());
        }
        let waits: Result<bool, DbError> = db::write!(self.db, tx => {
            let running = import::is_running(&mut tx, company, id).await?;
            if running {
                connection::schedule(&mut tx, &connection, now).await?;
            }
            Ok(running)
        });
        if waits? {
            return Ok(());
        }
        let begun = self.begin_import(company, id, AskedBy::Webhook, None).await?;
        let told = news.and_then(|news| Some((news.account, news.synchronization?)));
        if let (Some(import), Some((account, synchronization))) = (begun, told) {
            let told: Result<(), DbError> = db::write!(self.db, tx => {
                import::follow(&mut tx, company, import, account, synchronization).await
            });
            told?;
        }
        Ok(())
    }
}

/// The accounts of a connection: those of its institution under its grant.
pub(crate) async fn accounts_of(tx: &mut db::Tx, connection: &Connection) -> Result<Vec<Account>, DbError> {
    let all = account::of_provider(tx, connection.company(), &connection.grant.provider).await?;
    let of_connection =
        |account: &Account| account.grant == connection.grant && account.institution == connection.institution;
    Ok(all.into_iter().filter(of_connection).collect())
}

/// Takes each account of an import one step further, and ends the import when all are through.
async fn go_on(books: &Inner, import: &Import) -> Result<bool, BooksError> {
    let steps = import::steps(&mut books.db.read().await?, import.company, import.id).await?;
    let mut moved = false;
    let mut open = false;
    let now = books.environment.now();
    for step in steps.iter().filter(|step| !step.stage.is_final()) {
        if step.again_at.is_some_and(|again| again > now) {
            open = true;
            continue;
        }
        let next = match whole(advance(books, import, step.clone())).await {
            Ok(next) => next,
            Err(error) => stumble(books, import, step.clone(), &error).await?,
        };
        open |= !next.stage.is_final();
        moved |= next.stage != step.stage;
    }
    if !open {
        end(books, import).await?;
        moved = true;
    }
    Ok(moved)
}

async fn advance(books: &Inner, import: &Import, mut step: Step) -> Result<Step, BooksError> {
    let before = step.stage;
    let outcome = match step.stage {
        Stage::Waiting => ask(books, import, &mut step).await,
        Stage::Asked => wait(books, import, &mut step).await,
        Stage::Pulling => read(books, import, &mut step).await,
        Stage::Done | Stage::Failed => Ok(()),
    };
    match outcome {
        Ok(()) => {}
        Err(Failed::Books(error)) => return Err(error),
        Err(Failed::Provider(trouble)) => {
            step.stage = Stage::Failed;
            step.trouble = Some(trouble);
        }
    }
    if step.stage != before {
        store(books, import, &step).await?;
    }
    Ok(step)
}

/// What becomes of a step at which the books themselves failed: another try, later each time, and an end with a code.
async fn stumble(books: &Inner, import: &Import, mut step: Step, error: &BooksError) -> Result<Step, BooksError> {
    tracing::error!(import = %import.id, account = %step.account, tries = step.tries, %error, "a step of an import failed");
    let pause = usize::try_from(step.tries).ok().and_then(|tried| PAUSES_SECONDS.get(tried));
    step.tries += 1;
    let Some(pause) = pause else {
        step.stage = Stage::Failed;
        step.trouble = Some(Trouble::new("booksFailed", ""));
        store(books, import, &step).await?;
        return Ok(step);
    };
    step.again_at = books.environment.now().checked_add(Span::new().seconds(*pause)).ok();
    let noted: Result<(), DbError> = db::write!(books.db, tx => { import::stumble(&mut tx, import, &step).await });
    noted?;
    Ok(step)
}

/// Writes a step; one that is through also tells its account how it went.
async fn store(books: &Inner, import: &Import, step: &Step) -> Result<(), BooksError> {
    let now = books.environment.now();
    db::write!(books.db, tx => {
        import::set(&mut tx, import, step).await?;
        // Whoever asked nothing and was told nothing of an account does not know that its trouble is over.
        let knows = import.asked_by != AskedBy::Webhook || step.transactions.is_some() || step.trouble.is_some();
        if step.stage.is_final() && knows {
            let (trouble, next) = (step.trouble.as_ref(), step.next_allowed_at);
            account::note(&mut tx, import.company, step.account, trouble, next, now).await?;
        }
        Ok(())
    })
}

async fn caller<'a>(books: &'a Inner, import: &Import, account: AccountId) -> Result<(Caller<'a>, Account), Failed> {
    let found = account::find(&mut books.db.read().await?, import.company, account).await?;
    let account = found.ok_or_else(|| Trouble::new("resourceNotFound", "the account is gone"))?;
    Ok((books.caller(&account.grant).await?, account))
}

/// Asks the provider for both kinds of synchronization. One that ran a moment ago is not asked again: what it found is
/// there to be read.
async fn ask(books: &Inner, import: &Import, step: &mut Step) -> Result<(), Failed> {
    if import.asked_by == AskedBy::Webhook {
        // The provider has asked the bank already; what it found is there to be read, and how its asking went.
        step.asked_at = Some(books.environment.now());
        step.stage = if step.transactions.is_some() { Stage::Asked } else { Stage::Pulling };
        return Ok(());
    }
    let (mut caller, account) = caller(books, import, step.account).await?;
    let with_unsettled = Subtype::AccountTransactionsWithUnsettled;
    step.details = request(&mut caller, import, &account, Subtype::AccountDetails, step).await?;
    step.transactions = request(&mut caller, import, &account, with_unsettled, step).await?;
    if step.transactions.is_none() {
        // Refused as too soon: perhaps it still runs, asked for by us before a crash or by somebody else.
        let remote = account.remote;
        let told = caller.call(|client, token| async move { client.account(&token, remote).await }).await?;
        let latest = told.meta.and_then(|meta| meta.latest_synchronization);
        step.transactions = latest.filter(|latest| !latest.attributes.status.is_final()).map(|latest| latest.id);
    }
    step.asked_at = Some(books.environment.now());
    step.stage = Stage::Asked;
    Ok(())
}

async fn request(
    caller: &mut Caller<'_>,
    import: &Import,
    account: &Account,
    subtype: Subtype,
    step: &mut Step,
) -> Result<Option<SynchronizationId>, Failed> {
    let new = NewSynchronization {
        resource_type: "account".to_owned(),
        resource_id: account.remote,
        subtype,
        customer_ip_address: match import.asked_by {
            AskedBy::Person => import.customer_ip.clone(),
            AskedBy::Schedule | AskedBy::Webhook => None,
        },
    };
    let call = |client: std::sync::Arc<hub_api::Client>, token| {
        let new = new.clone();
        async move { client.synchronize(&token, &new).await }
    };
    match caller.attempt(&call).await? {
        Ok(begun) => Ok(Some(begun.id)),
        Err(ClientError::RecentlySynchronized { next_allowed_at, .. }) => {
            step.next_allowed_at = step.next_allowed_at.max(next_allowed_at);
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

/// Looks whether the provider is through. A synchronization that failed is no reason not to read what is there: the
/// trouble is noted, and the account ends as failed after reading.
async fn wait(books: &Inner, import: &Import, step: &mut Step) -> Result<(), Failed> {
    let (mut caller, _) = caller(books, import, step.account).await?;
    let mut running = false;
    let mut trouble = None;
    for id in [step.details, step.transactions].into_iter().flatten() {
        let call =
            |client: std::sync::Arc<hub_api::Client>, token| async move { client.synchronization(&token, id).await };
        let found = caller.call(call).await?.attributes;
        running |= !found.status.is_final();
        if found.status == SynchronizationStatus::Error {
            trouble = found.errors.first().map(Trouble::from).or_else(|| Some(Trouble::new("providerFailed", "")));
        }
    }
    if running {
        let asked_at = step.asked_at.unwrap_or(import.begun_at);
        let waited = books.environment.now().duration_since(asked_at).as_mins();
        if waited < PATIENCE_MINUTES {
            return Ok(());
        }
        trouble = Some(Trouble::new("slow", format!("no answer within {PATIENCE_MINUTES} minutes")));
    }
    step.trouble = trouble;
    step.stage = Stage::Pulling;
    Ok(())
}

async fn read(books: &Inner, import: &Import, step: &mut Step) -> Result<(), Failed> {
    books.pull(import.company, step.account, import.id, step.transactions).await?;
    step.stage = if step.trouble.is_some() { Stage::Failed } else { Stage::Done };
    Ok(())
}

/// Ends an import: the connection keeps the worst of what went wrong, and is tried again sooner when it may pass.
async fn end(books: &Inner, import: &Import) -> Result<(), BooksError> {
    let now = books.environment.now();
    db::write!(books.db, tx => {
        let steps = import::steps(&mut tx, import.company, import.id).await?;
        let mut held = Vec::new();
        for step in &steps {
            held.extend(account::find(&mut tx, import.company, step.account).await?.and_then(|found| found.trouble));
        }
        let own = steps.iter().filter_map(|step| step.trouble.as_ref());
        let troubles: Vec<&Trouble> = own.chain(&held).collect();
        let worst = troubles.iter().find(|trouble| trouble.needs_person()).or(troubles.first()).copied();
        import::end(&mut tx, import, now).await?;
        connection::note(&mut tx, import.company, import.connection, worst, now).await?;
        if let Some(trouble) = worst.filter(|trouble| !trouble.needs_person())
            && let Some(connection) = connection::find(&mut tx, import.company, import.connection).await?
        {
            let seconds = trouble.retry_after_seconds.unwrap_or(0).clamp(RETRY_MINUTES * 60, EVERY_HOURS * 3600);
            let soon = now.saturating_add(Span::new().seconds(seconds)).unwrap_or(now);
            connection::schedule(&mut tx, &connection, soon.min(connection.next_import_at)).await?;
        }
        Ok(())
    })
}
