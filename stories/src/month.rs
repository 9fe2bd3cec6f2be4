use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};

use anyhow::{Context, bail, ensure};
use domain::{AccountId, InstitutionId, OrganizationId};
use hub::audit::Actor;
use hub::link::{self, LinkError, Progress};
use hub::store::account::{Account, AccountState};
use hub::store::synchronization::Subtype;
use hub::sync::{self, SyncRefused};
use sandbox::{Fault, Faults};

use crate::bookkeeper::Bookkeeper;
use crate::world::{Engine, World, organization};
use crate::{oracle, person};

/// The person's address in the documentation range (RFC 5737).
const HOME: IpAddr = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7));

/// What a story came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// Booked at the banks and found in the hub.
    pub transactions: usize,
    /// Lines found in the books.
    pub lines: usize,
    /// Statements of the books that are proven.
    pub proven: usize,
    /// Times that a party died.
    pub deaths: usize,
    /// Times that a permission ended and was renewed.
    pub renewals: usize,
    /// How often each fault happened.
    pub faults: BTreeMap<Fault, usize>,
}

impl std::ops::AddAssign for Told {
    fn add_assign(&mut self, other: Told) {
        self.transactions += other.transactions;
        self.lines += other.lines;
        self.proven += other.proven;
        self.deaths += other.deaths;
        self.renewals += other.renewals;
        for (fault, times) in other.faults {
            *self.faults.entry(fault).or_default() += times;
        }
    }
}

/// Tells the story of one seed. An error means that a promise was broken.
pub async fn tell(seed: u64, engine: &Engine) -> anyhow::Result<Told> {
    let mut world = World::open(seed, engine).await?;
    let told = month(&mut world, seed).await.with_context(|| format!("seed {seed}"))?;
    world.close().await;
    Ok(told)
}

async fn month(world: &mut World, seed: u64) -> anyhow::Result<Told> {
    let mut told = Told::default();
    let ours = organization(&world.hub, "Atelier Nord").await?;
    let theirs = organization(&world.hub, "Maison Claes").await?;
    let mut bookkeeper = Bookkeeper::enter(world.door(), "Atelier Nord").await?;
    // One or two of the three banks, so that every pair is met often and a story stays short.
    let banks = ["meuse", "lys", "seine"];
    let left_out = usize::try_from(world.dice.below(3))?;
    for slug in banks.into_iter().enumerate().filter(|(index, _)| *index != left_out).map(|(_, slug)| slug) {
        link_bank(world, ours, slug).await?;
        world.hub_works().await?;
        bookkeeper.connect(institution(world, slug)?).await?;
    }
    world.all_work().await?;
    let percent = u8::try_from(world.dice.below(12))?;
    let mut faults = Faults::all(seed, percent);
    // A permission that ends all the time leaves no month to tell; the others may.
    faults = faults.with(Fault::ConsentEnded, u8::from(percent > 0 && world.dice.percent(50)));
    world.banks.control().set_faults(faults)?;
    for _ in 0..30 {
        day(world, ours, &mut bookkeeper, &mut told).await?;
    }
    settle(world, ours, &mut bookkeeper, &mut told).await?;
    told.transactions = oracle::hub_equals_banks(world, ours).await?;
    (told.lines, told.proven) = oracle::books_equal_hub(world, ours).await?;
    oracle::always(world, ours, theirs).await?;
    let refused = world.banks.control().exceeded();
    ensure!(refused == 0, "the banks refused {refused} calls because their accesses were used up");
    told.deaths = world.hub_door.deaths() + world.books_door.deaths();
    for fired in world.banks.control().fired() {
        *told.faults.entry(fired.fault).or_default() += 1;
    }
    Ok(told)
}

/// One day: the clock goes on in a few steps, the hub works by itself, the person does something now and then.
async fn day(
    world: &mut World,
    organization: OrganizationId,
    bookkeeper: &mut Bookkeeper,
    told: &mut Told,
) -> anyhow::Result<()> {
    // Most days are quiet; on some the four calls that a bank allows are not enough.
    let steps = if world.dice.percent(15) { 5 } else { 1 + world.dice.below(2) };
    for _ in 0..steps {
        let seconds = i64::try_from(86_400 / steps)?;
        world.clock.advance_seconds(seconds);
        if world.dice.percent(10) {
            world.hub_door.arm(i64::try_from(world.dice.below(12))?, world.dice.percent(50));
        }
        if world.dice.percent(8) {
            world.books_door.arm(i64::try_from(world.dice.below(12))?, world.dice.percent(50));
        }
        if world.dice.percent(15) {
            banks_move(world)?;
        }
        if world.dice.percent(10) {
            bookkeeper.import().await?;
        }
        if world.dice.percent(20) {
            click_everywhere(world, organization).await?;
        }
        world.all_work().await?;
        world.hub_door.disarm();
        world.books_door.disarm();
        if world.dice.percent(50) {
            told.renewals += renew_what_ended(world, organization).await?;
        }
    }
    Ok(())
}

/// Late bookings, corrections and new ids at a random account.
fn banks_move(world: &World) -> anyhow::Result<()> {
    let control = world.banks.control();
    for slug in ["meuse", "lys", "seine"] {
        for account in control.accounts(slug)? {
            match world.dice.below(8) {
                0 => drop(control.book_late(slug, &account.key, 1 + u32::try_from(world.dice.below(3))?)?),
                1 if account.booked > 0 => drop(control.correct(slug, &account.key, None, None)),
                2 => control.reissue_ids(slug, &account.key)?,
                _ => {}
            }
        }
    }
    Ok(())
}

/// The person presses "synchronize" on every account, sometimes twice.
async fn click_everywhere(world: &World, organization: OrganizationId) -> anyhow::Result<()> {
    for account in accounts(world, organization).await? {
        for _ in 0..=world.dice.below(2) {
            let subtype = Subtype::AccountTransactionsWithUnsettled;
            match sync::request(&world.hub, organization, account.id, subtype, Some(HOME)).await {
                Ok(_) | Err(SyncRefused::RecentlySynchronized { .. } | SyncRefused::AuthorizationEnded) => {}
                Err(refused) => bail!("a click was refused: {refused}"),
            }
        }
    }
    Ok(())
}

async fn accounts(world: &World, organization: OrganizationId) -> anyhow::Result<Vec<Account>> {
    let mut tx = world.hub.db.read().await?;
    Ok(hub::store::account::list(&mut tx, organization).await?)
}

fn institution(world: &World, slug: &str) -> anyhow::Result<InstitutionId> {
    let ending = format!("/{slug}");
    let found = world.hub.institutions().into_iter().find(|profile| profile.base_url.ends_with(&ending));
    found.map(|profile| profile.id).with_context(|| format!("no institution {slug}"))
}

/// The person links some accounts of a bank.
async fn link_bank(world: &World, organization: OrganizationId, slug: &str) -> anyhow::Result<()> {
    let institution = institution(world, slug)?;
    if world.dice.percent(20) {
        let started = link::start(&world.hub, organization, institution, None, HOME).await?;
        person::refuse(world.door(), &started.bank_url).await?;
        let refused =
            link::check(&world.hub, organization, started.authorization, Some(HOME), &Actor::operator()).await;
        ensure!(matches!(refused, Err(LinkError::NotGiven(_))), "a refusal was taken for a permission");
    }
    let started = link::start(&world.hub, organization, institution, None, HOME).await?;
    let before = link::check(&world.hub, organization, started.authorization, Some(HOME), &Actor::operator()).await?;
    ensure!(matches!(before, Progress::Waiting { .. }), "a permission that nobody gave");
    person::agree(world.door(), &started.bank_url).await?;
    let progress = link::check(&world.hub, organization, started.authorization, Some(HOME), &Actor::operator()).await?;
    let Progress::Given { offered, .. } = progress else { bail!("{slug}: the permission was given but not found") };
    ensure!(!offered.is_empty(), "{slug} offers no account");
    // One account of a bank, sometimes two, so that many months fit into a few minutes.
    let wanted = 1 + usize::from(world.dice.percent(25));
    let skipped = usize::try_from(world.dice.below(offered.len() as u64))?.min(offered.len().saturating_sub(wanted));
    let ids: Vec<AccountId> = offered.iter().skip(skipped).take(wanted).map(|account| account.id).collect();
    let linked = link::choose(&world.hub, organization, started.authorization, &ids, Some(HOME)).await?;
    ensure!(linked.len() == ids.len(), "{slug}: not every ticked account was linked");
    // A double click.
    let again = link::choose(&world.hub, organization, started.authorization, &ids, Some(HOME)).await?;
    ensure!(again.is_empty(), "{slug}: an account was linked twice");
    Ok(())
}

/// Renews every permission that is over and tells how many. No account may appear or disappear by it.
async fn renew_what_ended(world: &mut World, organization: OrganizationId) -> anyhow::Result<usize> {
    let before = accounts(world, organization).await?;
    let mut over: Vec<InstitutionId> =
        before.iter().filter(|a| a.state == AccountState::Expired).map(|a| a.institution).collect();
    over.dedup();
    let mut renewed = 0;
    for institution in over {
        let Ok(started) = link::start(&world.hub, organization, institution, None, HOME).await else { continue };
        person::agree(world.door(), &started.bank_url).await?;
        // A bank with faults may fail here; the person tries again another day.
        if link::check(&world.hub, organization, started.authorization, Some(HOME), &Actor::operator()).await.is_ok() {
            renewed += 1;
        }
    }
    let ids = |accounts: &[Account]| accounts.iter().map(|account| account.id).collect::<Vec<_>>();
    let after = accounts(world, organization).await?;
    ensure!(ids(&before) == ids(&after), "a renewal changed the accounts");
    world.hub_works().await?;
    Ok(renewed)
}

/// The banks behave again, everything is renewed, and the hub has two days to catch up by itself.
async fn settle(
    world: &mut World,
    organization: OrganizationId,
    bookkeeper: &mut Bookkeeper,
    told: &mut Told,
) -> anyhow::Result<()> {
    world.banks.control().set_faults(Faults::none())?;
    told.renewals += renew_what_ended(world, organization).await?;
    for _ in 0..8 {
        world.clock.advance_seconds(6 * 3600 + 1300);
        world.all_work().await?;
        told.renewals += renew_what_ended(world, organization).await?;
    }
    click_everywhere(world, organization).await?;
    world.hub_works().await?;
    // The books come by every twelve hours, and the hub has nothing new in the meantime.
    world.clock.advance_seconds(1800);
    bookkeeper.import().await?;
    world.all_work().await?;
    bookkeeper.look().await
}
