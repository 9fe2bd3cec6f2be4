//! The scenes that the benchmark plays. Durations are measured here and nowhere else.

use anyhow::{Context, ensure};
use domain::{Date, Details, Money, OrganizationId, Timestamp, ToSpan, TransactionId};
use hub::link::{self, Progress};
use hub::store::account::Account;
use hub::store::figures::Applied;
use hub::store::synchronization::Subtype;
use hub::store::transaction::StoredTransaction;
use hub::{store, sync};

use crate::bookkeeper::Bookkeeper;
use crate::month::HOME;
use crate::person;
use crate::world::{Engine, World, organization};

/// What one act cost.
#[derive(Debug, Clone, Copy, Default)]
pub struct Figures {
    /// Transactions that arrived.
    pub transactions: u64,
    /// Wall time.
    pub wall_ms: u64,
    /// Processor time of this process, all threads.
    pub cpu_ms: u64,
}

/// Banks, hub and books with so much business.
pub struct Scene {
    world: World,
    owner: OrganizationId,
    bookkeeper: Bookkeeper,
}

impl Scene {
    /// A scene whose banks hold about so many transactions together.
    pub async fn open(transactions: u32) -> anyhow::Result<Scene> {
        let world = World::open_with(1, &Engine::Sqlite, 6, transactions).await?;
        let owner = organization(&world.hub, "Atelier Nord").await?;
        let bookkeeper = Bookkeeper::enter(world.door(), "Atelier Nord").await?;
        Ok(Scene { world, owner, bookkeeper })
    }

    /// Links every account of every bank and measures the first synchronization.
    pub async fn link(&mut self) -> anyhow::Result<Figures> {
        for institution in self.world.hub.institutions.clone() {
            let started = link::start(&self.world.hub, self.owner, institution.id, None, HOME).await?;
            person::agree(self.world.door(), &started.bank_url).await?;
            let given = link::check(&self.world.hub, self.owner, started.authorization, Some(HOME)).await?;
            let Progress::Given { offered, .. } = given else { anyhow::bail!("no permission was given") };
            let ids: Vec<_> = offered.iter().map(|account| account.id).collect();
            link::choose(&self.world.hub, self.owner, started.authorization, &ids, Some(HOME)).await?;
        }
        let begun = Begun::now();
        self.world.hub_works().await?;
        let accounts = self.accounts().await?;
        Ok(begun.ended(accounts.iter().map(|account| account.booked_count).sum()))
    }

    /// Connects the books and measures the first import.
    pub async fn import(&mut self) -> anyhow::Result<Figures> {
        for institution in self.world.hub.institutions.clone() {
            self.bookkeeper.connect(institution.id).await?;
        }
        let begun = Begun::now();
        self.world.all_work().await?;
        let lines: i64 = self.world.books.journals().await?.iter().map(|journal| journal.lines).sum();
        Ok(begun.ended(lines))
    }

    /// Gives the first account so many stored transactions that are older than the bank's history.
    pub async fn store(&mut self, wanted: i64) -> anyhow::Result<()> {
        let account = self.accounts().await?.into_iter().next().context("no account")?;
        let mut missing = wanted - account.last_seq;
        let first: Date = "1990-01-01".parse()?;
        while missing > 0 {
            let chunk = missing.min(20_000);
            let hub = &self.world.hub;
            let done: Result<(), db::DbError> = db::write!(hub.db, tx => {
                let locked = store::account::lock(&mut tx, self.owner, account.id).await?;
                let Some(locked) = locked else { return Ok(()) };
                let rows: Vec<_> = (1..=chunk).map(|n| self.old_row(&locked, first, n)).collect();
                store::transaction::append(&mut tx, self.owner, &rows).await?;
                store::figures::apply(&mut tx, &locked, &counted(&locked, chunk)).await
            });
            done?;
            missing -= chunk;
        }
        Ok(())
    }

    fn old_row(&self, account: &Account, first: Date, n: i64) -> StoredTransaction {
        let place = account.last_seq + n;
        let now = self.world.environment.now();
        StoredTransaction {
            id: TransactionId::new(&self.world.environment),
            account: account.id,
            seq: place,
            change: account.last_change + n,
            // A hundred a day, as a busy company has.
            booked_on: first.saturating_add((place / 100).days()),
            value_on: None,
            amount: Money::zero(account.currency),
            withdrawn: false,
            reason: "stored for a measurement".into(),
            fingerprint: format!("measurement-{place}"),
            bank_id: Some(format!("measurement-{place}")),
            details: Details { remittance: vec!["an old movement".into()], ..Details::default() },
            raw: None,
            created_at: now,
            updated_at: now,
        }
    }

    /// Books so many transactions late at the first account's bank and measures one attended synchronization.
    pub async fn synchronize(&mut self, new: u32) -> anyhow::Result<Figures> {
        let account = self.accounts().await?.into_iter().next().context("no account")?;
        let key = format!("{}-{}", account.reference, account.currency);
        let slug = self.world.slug(&account)?;
        if new > 0 {
            self.world.banks.control().book_late(&slug, &key, new)?;
        }
        // Past the throttle, not into another day.
        self.world.clock.advance_seconds(400);
        let subtype = Subtype::AccountTransactionsWithUnsettled;
        sync::request(&self.world.hub, self.owner, account.id, subtype, Some(HOME)).await?;
        let begun = Begun::now();
        self.world.hub_works().await?;
        let after = self.accounts().await?.into_iter().find(|now| now.id == account.id).context("no account")?;
        let arrived = after.booked_count - account.booked_count;
        ensure!(arrived == i64::from(new), "{arrived} transactions arrived instead of {new}");
        Ok(begun.ended(arrived))
    }

    /// Removes the scene.
    pub async fn close(self) {
        self.world.close().await;
    }

    async fn accounts(&self) -> anyhow::Result<Vec<Account>> {
        Ok(store::account::list(&mut self.world.hub.db.read().await?, self.owner).await?)
    }
}

fn counted(account: &Account, chunk: i64) -> Applied {
    Applied {
        opening: None,
        closing: None,
        available: None,
        booked_minor: 0,
        booked_count: chunk,
        last_seq: account.last_seq + chunk,
        last_change: account.last_change + chunk,
        last_balance: account.last_balance,
        listed_through: account.listed_through.unwrap_or(Date::MIN),
        seen_at: account.closing_seen_at.unwrap_or(Timestamp::UNIX_EPOCH),
    }
}

#[expect(clippy::disallowed_types, reason = "a benchmark measures durations")]
struct Begun {
    wall: std::time::Instant,
    cpu_ms: u64,
}

impl Begun {
    #[expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "a benchmark measures durations")]
    fn now() -> Begun {
        Begun { wall: std::time::Instant::now(), cpu_ms: cpu_ms() }
    }

    fn ended(self, transactions: i64) -> Figures {
        Figures {
            transactions: u64::try_from(transactions).unwrap_or(0),
            wall_ms: u64::try_from(self.wall.elapsed().as_millis()).unwrap_or(u64::MAX),
            cpu_ms: cpu_ms() - self.cpu_ms,
        }
    }
}

/// User and system time of this process, from proc(5), where ticks are hundredths of a second.
fn cpu_ms() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(") ").next().unwrap_or_default();
    let ticks = |place: usize| after_name.split(' ').nth(place).and_then(|text| text.parse::<u64>().ok()).unwrap_or(0);
    (ticks(11) + ticks(12)) * 10
}
