//! What is true at the bank must be true in the hub and in the books, row by row; and what always holds must hold.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, bail, ensure};
use domain::{BalanceKind, Date, OrganizationId, Proof, Transaction};
use hub::store::account::Account;
use hub::store::balance::{self, StoredBalance};
use hub::store::change::ChangeKind;
use hub::store::transaction::{Cursor, StoredTransaction};
use hub::store::transaction_list::Filter;
use hub::store::{account, bank_call, change, synchronization, transaction, transaction_list};

use crate::world::World;

/// A movement as both sides must agree on it.
type Line = (String, i64, String, String, String, String);

fn line(transaction: &Transaction) -> Line {
    let details = &transaction.details;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    (
        transaction.booked_on.to_string(),
        transaction.amount.minor(),
        text(&details.counterparty.name),
        text(&details.counterparty.account),
        words(&details.remittance.join(" ")),
        details.structured.as_ref().map(|reference| reference.as_str().to_owned()).unwrap_or_default(),
    )
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn stored_line(stored: &StoredTransaction) -> Line {
    line(&Transaction {
        booked_on: stored.booked_on,
        value_on: stored.value_on,
        amount: stored.amount,
        details: stored.details.clone(),
    })
}

/// Every row of an account in the hub, newest ingested first, read page by page as a client would.
pub async fn all(world: &World, owner: OrganizationId, account: &Account) -> anyhow::Result<Vec<StoredTransaction>> {
    let mut rows = Vec::new();
    let mut cursor = Cursor::Newest;
    loop {
        let mut tx = world.hub.db.read().await?;
        let page = transaction_list::page(&mut tx, owner, account.id, Filter::default(), cursor, 37).await?;
        let Some(last) = page.rows.last() else { return Ok(rows) };
        cursor = Cursor::After(last.id);
        rows.extend(page.rows);
    }
}

/// Holds every account of the hub against the bank's truth and gives the number of rows.
pub async fn hub_equals_banks(world: &World, owner: OrganizationId) -> anyhow::Result<usize> {
    let accounts = account::list(&mut world.hub.db.read().await?, owner).await?;
    let control = world.banks.control();
    let mut count = 0;
    for account in &accounts {
        let slug = world.slug(account)?;
        let key = format!("{}-{}", account.reference, account.currency);
        let rows = all(world, owner, account).await?;
        let oldest = rows.iter().map(|row| row.booked_on).min();
        // The bank gives so much history and no more: what lies before it was never told.
        let opened_on = account.opening.map(|(day, _)| day).or(oldest);
        let truth = control.truth_between(&slug, &key, opened_on, None)?;
        let mut bank: Vec<Line> = truth.booked.iter().map(|row| line(&row.transaction)).collect();
        let mut ours: Vec<Line> = rows.iter().map(stored_line).collect();
        bank.sort();
        ours.sort();
        if bank != ours {
            let missing: Vec<_> = difference(&bank, &ours);
            let surplus: Vec<_> = difference(&ours, &bank);
            let runs = synchronization::recent(&mut world.hub.db.read().await?, owner, account.id, 4).await?;
            bail!("{key} of {slug}: missing {missing:?}, surplus {surplus:?}; last runs {runs:#?}");
        }
        ensure!(account.proof() == Proof::Proven, "{key} of {slug}: {}", account.proof());
        let closing = truth.closing.as_ref().map(|balance| balance.amount);
        ensure!(account.closing.map(|(_, money)| money) == closing, "{key} of {slug}: another closing balance");
        count += rows.len();
    }
    Ok(count)
}

fn difference(one: &[Line], other: &[Line]) -> Vec<Line> {
    let mut counts: BTreeMap<&Line, i64> = BTreeMap::new();
    one.iter().for_each(|line| *counts.entry(line).or_default() += 1);
    other.iter().for_each(|line| *counts.entry(line).or_default() -= 1);
    counts.into_iter().filter(|(_, count)| *count > 0).map(|(line, _)| line.clone()).collect()
}

/// A line of the books, and the row of the hub that it must equal: day, amount, what it is about, the other side.
type Told = (String, i64, String, String, String);

/// Holds every journal of the books against its account in the hub, line by line and statement by statement, and gives
/// the number of lines and of proven statements.
pub async fn books_equal_hub(world: &World, owner: OrganizationId) -> anyhow::Result<(usize, usize)> {
    let accounts = account::list(&mut world.hub.db.read().await?, owner).await?;
    let journals = world.books.journals().await?;
    let (mut count, mut proven) = (0, 0);
    for account in &accounts {
        let own = |journal: &&books::JournalRow| journal.remote_account == Some(account.id);
        let found: Vec<_> = journals.iter().filter(own).collect();
        let [journal] = found.as_slice() else { bail!("{} has {} journals", account.reference, found.len()) };
        let rows = all(world, owner, account).await?;
        let hub: BTreeMap<String, Told> = rows.iter().map(|row| (row.id.to_string(), told_by_hub(row))).collect();
        let lines = world.books.lines(&journal.reference).await?;
        let counted = lines
            .iter()
            .filter(|line| line.state != books::LineState::Removed && line.amount.currency() == account.currency);
        let mut books: BTreeMap<String, Told> = BTreeMap::new();
        for line in counted {
            ensure!(line.state == books::LineState::Posted, "{}: nobody had to look at {line:?}", account.reference);
            let known = hub.get(&line.remote_transaction);
            let twice = books.insert(line.remote_transaction.clone(), told_by_books(line, known));
            ensure!(twice.is_none(), "{}: two lines tell {line:?}", account.reference);
        }
        let differing: Vec<_> = hub.iter().filter(|(id, row)| books.get(*id) != Some(row)).take(3).collect();
        ensure!(
            hub == books,
            "{}: the hub has {} rows, the books {} lines; the hub tells {differing:?}, the books {:?}",
            account.reference,
            hub.len(),
            books.len(),
            differing.iter().map(|(id, _)| books.get(*id)).collect::<Vec<_>>()
        );
        proven += proven_as_told(world, owner, account, journal, &rows).await?;
        count += books.len();
    }
    Ok((count, proven))
}

fn told_by_hub(row: &StoredTransaction) -> Told {
    let (booked_on, minor, partner, number, about, _) = stored_line(row);
    (booked_on, minor, about, partner, number)
}

/// Where the bank says nothing of what a movement is about, the books find other words for it.
fn told_by_books(line: &books::LineRow, known: Option<&Told>) -> Told {
    let silent = known.is_some_and(|(_, _, about, _, _)| about.is_empty());
    let about = if silent { String::new() } else { words(&line.label) };
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    (line.booked_on.to_string(), line.amount.minor(), about, text(&line.partner_name), text(&line.partner_account))
}

/// No statement is broken, and each for which the bank asserted a balance on either side is proven; gives their number.
async fn proven_as_told(
    world: &World,
    owner: OrganizationId,
    account: &Account,
    journal: &books::JournalRow,
    rows: &[StoredTransaction],
) -> anyhow::Result<usize> {
    let mut tx = world.hub.db.read().await?;
    let balances = balance::feed(&mut tx, owner, account.id, account.currency, 0, i64::MAX).await?;
    let days: BTreeSet<Date> = rows.iter().map(|row| row.booked_on).collect();
    let mut proven = 0;
    for statement in &journal.statements {
        match statement.proof {
            Proof::Proven => proven += 1,
            Proof::Broken(_) => bail!("{}: a statement is broken: {statement:?}", account.reference),
            Proof::Unproven => {
                let framed = is_framed(&days, &balances, (statement.from, statement.to));
                ensure!(!framed, "{}: the bank told both balances of {statement:?}: {balances:?}", account.reference);
            }
        }
    }
    Ok(proven)
}

/// Whether the bank asserted a balance between the movement before some days and their first one, and another between
/// their last one and the next.
fn is_framed(days: &BTreeSet<Date>, balances: &[StoredBalance], (from, to): (Date, Date)) -> bool {
    let (Some(first), Some(last)) = (days.range(from..=to).next(), days.range(from..=to).next_back()) else {
        return false;
    };
    let before = days.range(..from).next_back();
    let opens = |told: &StoredBalance| match told.kind {
        BalanceKind::ClosingBooked => told.on < *first && before.is_none_or(|before| told.on >= *before),
        BalanceKind::OpeningBooked => told.on <= *first && before.is_none_or(|before| told.on > *before),
        BalanceKind::InterimBooked | BalanceKind::Available | BalanceKind::ForwardAvailable => false,
    };
    let closes = |told: &StoredBalance| told.kind == BalanceKind::ClosingBooked && told.on >= *last && told.on <= to;
    balances.iter().any(opens) && balances.iter().any(closes)
}

/// What must hold at any time.
pub async fn always(world: &World, owner: OrganizationId, stranger: OrganizationId) -> anyhow::Result<()> {
    let accounts = account::list(&mut world.hub.db.read().await?, owner).await?;
    for account in &accounts {
        order_is_gapless(world, owner, account).await?;
        feed_replays(world, owner, account).await?;
        limits_were_obeyed(world, owner, account).await?;
        let mut tx = world.hub.db.read().await?;
        ensure!(account::get(&mut tx, stranger, account.id).await?.is_none(), "another tenant sees an account");
        let page = transaction_list::page(&mut tx, stranger, account.id, Filter::default(), Cursor::Newest, 5).await?;
        ensure!(page.rows.is_empty(), "another tenant sees transactions");
    }
    Ok(())
}

/// Every row ever appended stands at its place: 1, 2, 3 … without a gap, each with a stored answer and a reason.
async fn order_is_gapless(world: &World, owner: OrganizationId, account: &Account) -> anyhow::Result<()> {
    let mut tx = world.hub.db.read().await?;
    let every: Vec<i64> = (1..=account.last_seq).collect();
    let rows = transaction::by_seq(&mut tx, owner, account.id, &every).await?;
    let found: Vec<i64> = rows.iter().map(|row| row.seq).collect();
    ensure!(found == every, "the ingest order has a gap");
    let ids: BTreeSet<_> = rows.iter().map(|row| row.id).collect();
    ensure!(ids.len() == rows.len(), "an id was given twice");
    for row in &rows {
        ensure!(!row.reason.is_empty(), "a decision without a reason");
        let raw = row.raw.context("a row that names no stored answer")?;
        ensure!(hub::store::raw::get(&mut tx, owner, raw).await?.is_some(), "a row whose answer was not kept");
    }
    let sum: i64 = rows.iter().filter(|row| !row.withdrawn).map(|row| row.amount.minor()).sum();
    ensure!(sum == account.booked.minor(), "the running sum is wrong");
    Ok(())
}

/// The change feed is gapless, replays the same from any place, and ends in what is stored.
async fn feed_replays(world: &World, owner: OrganizationId, account: &Account) -> anyhow::Result<()> {
    let whole = feed(world, owner, account, 0, 1000).await?;
    let places: Vec<i64> = whole.iter().map(|(place, ..)| *place).collect();
    ensure!(places == (1..=account.last_change).collect::<Vec<_>>(), "the change feed has a gap");
    ensure!(whole == feed(world, owner, account, 0, 7).await?, "the feed depends on the page size");
    let half = account.last_change / 2;
    let tail: Vec<_> = whole.iter().filter(|(place, ..)| *place > half).cloned().collect();
    ensure!(tail == feed(world, owner, account, half, 13).await?, "the feed does not replay from the middle");
    let mut replayed: BTreeMap<String, Line> = BTreeMap::new();
    for (_, kind, id, line) in whole {
        if kind == ChangeKind::Removed.as_str() {
            replayed.remove(&id);
        } else {
            replayed.insert(id, line);
        }
    }
    let rows = all(world, owner, account).await?;
    let stored: BTreeMap<String, Line> = rows.iter().map(|row| (row.id.to_string(), stored_line(row))).collect();
    ensure!(replayed == stored, "replaying the feed does not give what is stored");
    Ok(())
}

type Entry = (i64, &'static str, String, Line);

async fn feed(
    world: &World,
    owner: OrganizationId,
    account: &Account,
    mut after: i64,
    limit: i64,
) -> anyhow::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    loop {
        let page = change::page(&mut world.hub.db.read().await?, owner, account.id, after, limit).await?;
        let Some(last) = page.last() else { return Ok(entries) };
        after = last.change;
        let entry =
            |c: &change::Change| (c.change, c.kind.as_str(), c.transaction.id.to_string(), stored_line(&c.transaction));
        entries.extend(page.iter().map(entry));
    }
}

/// No rolling day of the last two holds a fifth unattended call.
async fn limits_were_obeyed(world: &World, owner: OrganizationId, account: &Account) -> anyhow::Result<()> {
    let mut tx = world.hub.db.read().await?;
    for endpoint in ["transactions", "balances"] {
        let calls =
            bank_call::unattended_since(&mut tx, owner, account.id, endpoint, domain::Timestamp::UNIX_EPOCH).await?;
        for window in calls.windows(5) {
            ensure!(window[4] - window[0] > 86_400_000_000, "a fifth unattended call within a day");
        }
    }
    Ok(())
}
