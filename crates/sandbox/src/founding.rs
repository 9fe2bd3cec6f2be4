//! Makes the accounts that the banks begin with, and those that are added later.

use domain::{AccountReference, Currency, Date, Defect, Span, Statement};

use crate::bank::{BANKS, Bank, Land};
use crate::control::NewAccount;
use crate::dice::{mix, number_of};
use crate::ledger::{Generated, Ledger, Loaded, Source, accounts_of};
use crate::traffic::{Profile, Role, account_number};
use crate::world::World;
use crate::{SandboxError, Settings};

/// One account that a bank begins with.
struct Plan {
    slug: &'static str,
    name: &'static str,
    role: Role,
    currency: &'static str,
    /// Its share of all movements, in thousandths.
    share: u32,
    /// The place of the account with which it shares its number, in its bank: one IBAN with several currencies.
    shares_number_with: Option<usize>,
    /// The place of the account with which it exchanges a monthly transfer.
    mate: Option<usize>,
}

/// The accounts of the demonstration company. The first two of `meuse` and the first of `seine` hold 74 in a hundred of
/// all movements, which is what the demo links.
const PLANS: [Plan; 8] = [
    Plan::new("meuse", "Compte à vue", Role::Current, 380).mate(1),
    Plan::new("meuse", "Compte boutique", Role::Shop, 130).mate(0),
    Plan::new("lys", "Zichtrekening", Role::Current, 180),
    Plan::new("lys", "Spaarrekening", Role::Savings, 5),
    Plan::new("seine", "Compte courant professionnel", Role::Current, 230).mate(2),
    Plan::new("seine", "Compte courant USD", Role::Foreign, 70).in_currency("USD").shares_number_with(0),
    Plan::new("seine", "Compte épargne entreprise", Role::Savings, 5).mate(0),
    Plan::new("sambre", "Compte à vue", Role::Current, 20),
];

impl Plan {
    const fn new(slug: &'static str, name: &'static str, role: Role, share: u32) -> Plan {
        Plan { slug, name, role, currency: "EUR", share, shares_number_with: None, mate: None }
    }

    const fn mate(mut self, place: usize) -> Plan {
        self.mate = Some(place);
        self
    }

    const fn in_currency(mut self, currency: &'static str) -> Plan {
        self.currency = currency;
        self
    }

    const fn shares_number_with(mut self, place: usize) -> Plan {
        self.shares_number_with = Some(place);
        self
    }
}

/// Makes every account: those of the files at the first bank, generated ones elsewhere.
pub(crate) fn found(world: &mut World, settings: &Settings) -> Result<(), SandboxError> {
    let first_bank = &BANKS[0];
    for bank in &BANKS {
        if bank.slug == first_bank.slug && !settings.load.is_empty() {
            load(world, bank, &settings.load)?;
        } else {
            generate(world, bank, settings.transactions);
        }
    }
    Ok(())
}

fn generate(world: &mut World, bank: &'static Bank, transactions: u32) {
    let plans: Vec<&Plan> = PLANS.iter().filter(|plan| plan.slug == bank.slug).collect();
    let number = |place: usize| mix(world.seed ^ number_of(bank.slug).wrapping_add(place as u64));
    let iban = |place: usize| account_number(bank.land, bank.code, number(place));
    let first = first_day(bank, world.base, world.months);
    let business_days = business_days(first, world.base);
    let ledgers: Vec<Ledger> = plans
        .iter()
        .enumerate()
        .map(|(place, plan)| {
            let profile = Profile {
                seed: number(place),
                bank_seed: mix(world.seed ^ number_of(bank.slug)),
                land: bank.land,
                role: plan.role,
                currency: Currency::parse(plan.currency).expect("a currency of the table"),
                per_thousand_days: u32::try_from(u64::from(transactions) * u64::from(plan.share) / business_days)
                    .unwrap_or(u32::MAX),
                mate: plan.mate.map(iban),
                holder: holder(bank).to_owned(),
                structured_field: bank.structured_field,
            };
            let own = iban(plan.shares_number_with.unwrap_or(place));
            generated(bank, AccountReference::Iban(own), plan.name, profile, first)
        })
        .collect();
    for ledger in ledgers {
        world.add_ledger(ledger);
    }
}

fn generated(bank: &'static Bank, reference: AccountReference, name: &str, profile: Profile, first: Date) -> Ledger {
    let (product, cash_type) = match profile.role {
        Role::Current | Role::Shop => ("Business account", "CACC"),
        Role::Foreign => ("Currency account", "CACC"),
        Role::Savings => ("Business savings", "SVGS"),
    };
    Ledger {
        bank,
        key: Ledger::key_of(&reference, profile.currency),
        reference,
        currency: profile.currency,
        name: name.to_owned(),
        product,
        cash_type,
        holder: Some(profile.holder.clone()),
        number: profile.seed,
        source: Source::Generated(Generated::new(profile.clone(), first)),
        profile,
        overlay: std::sync::RwLock::default(),
    }
}

fn load(world: &mut World, bank: &'static Bank, files: &[(String, Vec<u8>)]) -> Result<(), SandboxError> {
    let (mut statements, mut unread, mut announced) = (Vec::new(), Vec::new(), 0);
    for (name, bytes) in files {
        let file = formats::read_all(bytes)
            .map_err(|error| SandboxError::Unreadable { name: name.clone(), reason: error.to_string() })?;
        for statement in &file.statements {
            nameable(statement).map_err(|reason| SandboxError::Unreadable { name: name.clone(), reason })?;
        }
        // What cannot be read is not invented, and not passed over in silence either. What can be read is booked as the
        // file tells it, odd as it may be: that is for the reader of the bank's answers to judge.
        for defect in &file.defects {
            tracing::warn!(file = %name, at = %defect.path, value = %defect.value, "not as it should be: {}", defect.rule);
        }
        statements.extend(file.statements);
        unread.extend(file.defects);
        announced += file.pending.len();
    }
    let accounts = accounts_of(statements);
    if accounts.is_empty() {
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        let names = names.join(", ");
        return Err(SandboxError::NothingToLoad { names, instead: instead(announced, &unread) });
    }
    for account in accounts {
        let number = mix(world.seed ^ number_of(&Ledger::key_of(&account.reference, account.currency)));
        let profile = Profile {
            seed: number,
            bank_seed: world.seed,
            land: bank.land,
            role: Role::Current,
            currency: account.currency,
            per_thousand_days: 0,
            mate: None,
            holder: account.holder.clone().unwrap_or_default(),
            structured_field: bank.structured_field,
        };
        world.add_ledger(loaded(bank, account.reference, account.holder, profile, account.movements));
    }
    Ok(())
}

/// What files hold that have nothing booked: the end of a sentence.
fn instead(announced: usize, unread: &[Defect]) -> String {
    let mut told = String::new();
    if announced > 0 {
        told += &format!("; announced but not booked: {announced}");
    }
    if let Some(first) = unread.first() {
        told +=
            &format!("; not readable: {}, the first at {}: {} ({})", unread.len(), first.path, first.rule, first.value);
    }
    told
}

/// An account at a bank has a number and a currency.
fn nameable(statement: &Statement) -> Result<(), String> {
    if statement.account.as_str().is_empty() {
        Err("a statement in it names no account".into())
    } else if statement.currency.code() == "XXX" {
        Err("a statement in it names no currency".into())
    } else {
        Ok(())
    }
}

fn loaded(
    bank: &'static Bank,
    reference: AccountReference,
    holder: Option<String>,
    profile: Profile,
    movements: Loaded,
) -> Ledger {
    Ledger {
        bank,
        key: Ledger::key_of(&reference, profile.currency),
        name: format!("Account {}", reference.as_str()),
        reference,
        currency: profile.currency,
        product: "Loaded account",
        cash_type: "CACC",
        holder,
        number: profile.seed,
        profile,
        source: Source::Loaded(movements),
        overlay: std::sync::RwLock::default(),
    }
}

/// Opens one more generated account at a bank.
pub(crate) fn add(world: &mut World, slug: &str, new: &NewAccount, on: Date) -> Result<(), SandboxError> {
    let bank = crate::bank::bank(slug).ok_or_else(|| SandboxError::NoBank(slug.to_owned()))?;
    let place = world.ledgers(bank).len();
    let number = mix(world.seed ^ number_of(bank.slug).wrapping_add(place as u64 + 1000));
    let iban = account_number(bank.land, bank.code, number);
    let profile = Profile {
        seed: number,
        bank_seed: mix(world.seed ^ number),
        land: bank.land,
        role: if new.currency == Currency::EUR { Role::Current } else { Role::Foreign },
        currency: new.currency,
        per_thousand_days: new.rows_per_day.saturating_mul(1000),
        mate: None,
        holder: holder(bank).to_owned(),
        structured_field: bank.structured_field,
    };
    let days = i64::from(new.history_days);
    let first = on.checked_sub(Span::new().days(days)).unwrap_or(on);
    world.add_ledger(generated(bank, AccountReference::Iban(iban), &new.name, profile, first));
    Ok(())
}

/// The first day of a bank's generated history: a bank that gives few days has no more, so that a client can read
/// everything that is true.
fn first_day(bank: &Bank, base: Date, months: i32) -> Date {
    let asked = base.saturating_sub(Span::new().months(months));
    let allowed = base.saturating_sub(Span::new().days(bank.history_days - 5));
    asked.max(allowed)
}

fn business_days(first: Date, last: Date) -> u64 {
    let days = u64::try_from((last - first).get_days()).unwrap_or(0);
    (days * 5 / 7).max(1)
}

fn holder(bank: &Bank) -> &'static str {
    match bank.land {
        Land::Belgium => "Atelier Beauraing SRL",
        Land::France => "Atelier Beauraing SAS",
    }
}
