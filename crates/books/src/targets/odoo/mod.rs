//! Odoo 16 to 19, Community and Enterprise, with no module installed.
//!
//! Traps, each known from a real Odoo:
//! - Even an administrator may not create bank lines until a group is given ([`facts`] names it).
//! - A line before the lock date is accepted and moved to an open day without a word; so locks are read before each push
//!   and days are read back after it.
//! - A line without a journal falls into some journal; so every row names it.
//! - `load` overwrites unless told otherwise ([`load::MODULE_CONTEXT`]), and re-creates what a person deleted; so what was
//!   acknowledged is never sent again.
//! - Writing a statement's opening balance resets its closing balance; so both go in one call.

mod facts;
mod journal;
mod load;
mod opening;
mod rows;
mod wire;

use async_trait::async_trait;
use domain::{Date, Proof};

use super::{About, Batch, Checkpoint, Delivered, Desk, Facts, Halt, Kind, Parcel, Setting, Target, Title};
use load::{MODULE_CONTEXT, Push, ids_of};
use wire::{Session, is_busy, short};

/// The target.
pub(crate) struct Odoo;

/// Each line is a posted entry there; more of them at once would outlast Odoo's own time limit.
const MOST_LINES: i64 = 100;
/// Days before the end of a key from which a person is warned.
const WARN_DAYS: i32 = 14;

const fn setting(name: &'static str, label: &'static str, kind: Kind) -> Setting {
    Setting { name, label, hint: None, kind, required: false }
}

const ABOUT: About = About {
    title: Title::Name("Odoo"),
    settings: &[
        Setting { required: true, ..setting("address", "targets-address", Kind::Address) },
        Setting { hint: Some("targets-database-hint"), ..setting("database", "targets-database", Kind::Text) },
        Setting { hint: Some("targets-login-hint"), ..setting("login", "targets-login", Kind::Text) },
        Setting { required: true, hint: Some("targets-key-hint"), ..setting("key", "targets-key", Kind::Secret) },
        Setting { hint: Some("targets-key-until-hint"), ..setting("key_until", "targets-key-until", Kind::Day) },
        Setting { hint: Some("targets-company-hint"), ..setting("company", "targets-company", Kind::Text) },
        setting("only_existing", "targets-only-existing", Kind::Switch),
        Setting {
            hint: Some("targets-checkpoints-hint"),
            ..setting("checkpoints", "targets-checkpoints", Kind::Switch)
        },
        Setting { hint: Some("odoo-opening-hint"), ..setting("opening_account", "odoo-opening", Kind::Text) },
        Setting { hint: Some("odoo-details-hint"), ..setting("details", "odoo-details", Kind::Switch) },
    ],
    place: Some("targets-place-journal"),
    identity: &["address", "database", "company"],
    batch: Batch::Lines(MOST_LINES),
};

/// Account and currency, as the ids of lines begin.
fn account_key(facts: &Facts) -> String {
    super::parcel::account_key(&facts.reference, facts.currency)
}

#[async_trait]
impl Target for Odoo {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    async fn check(&self, desk: &Desk<'_>) -> Result<String, Halt> {
        let mut session = Session::open(desk).await?;
        session.may_create().await?;
        let company = session.company(desk.values.text("company")).await?;
        let features = session.features().await?;
        let oca = if features.unique_import_id { ", OCA import ids" } else { "" };
        Ok(format!("Odoo {}, {} ({}){oca}", session.version, company.name, company.currency))
    }

    async fn deliver(&self, desk: &Desk<'_>, parcel: &Parcel) -> Result<Delivered, Halt> {
        let facts = &parcel.journal;
        let mut session = Session::open(desk).await?;
        let company = session.company(desk.values.text("company")).await?;
        let features = session.features().await?;
        let journal = session.journal(facts, &company, !desk.values.on("only_existing")).await?;
        let lookups = session.lookups(journal, features.unique_import_id, &parcel.lines).await?;
        let (locked_to, again) = (company.locked_to, parcel.again);
        let push = Push { session: &session, facts, lookups, locked_to, again };
        let pushed = push.run(&parcel.lines).await?;
        if desk.values.on("details") && features.transaction_details {
            session.tell_details(&pushed.sent, &parcel.lines).await?;
        }
        // Whoever cannot read them back does not know where they stand: then the same lines are pushed again.
        let moved = push.moved(&pushed).await?;
        let alarm = moved.map(|moved| Halt::journal("moved-date", moved));
        Ok(Delivered { outcomes: pushed.outcomes, alarm, memory: Some(journal.to_string()) })
    }

    async fn checkpoint(&self, desk: &Desk<'_>, checkpoint: &Checkpoint) -> Result<Option<String>, Halt> {
        let (facts, statement) = (&checkpoint.journal, &checkpoint.statement);
        let (Proof::Proven, Some(opening), Some(closing)) = (statement.proof, statement.opening, statement.closing)
        else {
            return Ok(None);
        };
        let mut session = Session::open(desk).await?;
        session.company(desk.values.text("company")).await?;
        let (account, month) = (account_key(facts), &statement.period);
        let reference = format!("passerelle:{account}:{month}");
        if let Some(known) = session.checkpoint_of(&reference).await? {
            return Ok(Some(known.to_string()));
        }
        if !session.are_free(&checkpoint.remotes).await? {
            return Ok(None);
        }
        let head = [
            format!("cp-{account}-{month}"),
            format!("{} {month}", facts.name),
            reference,
            opening.decimal(),
            closing.decimal(),
        ];
        let rows: Vec<Vec<String>> = checkpoint
            .remotes
            .iter()
            .enumerate()
            .map(|(at, remote)| {
                let mut row = if at == 0 { head.to_vec() } else { vec![String::new(); head.len()] };
                row.push(remote.clone());
                row
            })
            .collect();
        let fields = ["id", "name", "reference", "balance_start", "balance_end_real", "line_ids/.id"];
        let arguments = rows::arguments(&fields, &rows);
        let told = session.call_in("account.bank.statement", "load", None, &arguments, MODULE_CONTEXT()).await?;
        if let Some(id) = ids_of(&told).and_then(|ids| ids.first().copied()) {
            return Ok(Some(id.to_string()));
        }
        let said = short(told["messages"][0]["message"].as_str().unwrap_or_default());
        Err(if is_busy(&said) { Halt::later("busy", said) } else { Halt::journal("other", format!("{month}: {said}")) })
    }

    async fn opening(&self, desk: &Desk<'_>, checkpoint: &Checkpoint) -> Result<Option<String>, Halt> {
        let (facts, statement) = (&checkpoint.journal, &checkpoint.statement);
        let counterpart = desk.values.text("opening_account");
        if counterpart.is_empty() || statement.opening.is_none_or(|opening| opening.minor() == 0) {
            return Ok(None);
        }
        let mut session = Session::open(desk).await?;
        let company = session.company(desk.values.text("company")).await?;
        session.opening_entry(facts, statement, counterpart, company.locked_to).await
    }

    fn warning(&self, desk: &Desk<'_>) -> Option<Halt> {
        let until: Date = desk.values.text("key_until").parse().ok()?;
        let left = desk.environment.today().until(until).ok()?.get_days();
        (left <= WARN_DAYS).then(|| Halt::later("key-ends", until.to_string()))
    }
}
