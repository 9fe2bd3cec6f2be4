//! The traffic of a small company, day by day. A day is a pure function of the account's seed and the date, so a bank
//! can hold a million movements without storing one: first the [`Skeleton`]s of a day (kind, amount, salt), which is
//! cheap, then the words of the few that are asked for ([`render`]).

pub(crate) mod calendar;
mod due;
mod names;
mod party;
mod render;
mod words;

use domain::{Currency, Date, Iban};

pub(crate) use party::account_number;
pub(crate) use render::{in_the_banks_form, render};

use crate::bank::Land;
use crate::dice::{Dice, number_of_day};

/// What an account is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// The company's main account: invoices, suppliers, salaries, taxes.
    Current,
    /// The account of the shop: many small credits.
    Shop,
    /// Monthly transfers and interest.
    Savings,
    /// An account in another currency.
    Foreign,
}

/// Everything that decides an account's traffic.
#[derive(Debug, Clone)]
pub(crate) struct Profile {
    /// The account's own seed.
    pub(crate) seed: u64,
    /// The bank's seed, on which the two sides of a transfer between own accounts agree.
    pub(crate) bank_seed: u64,
    pub(crate) land: Land,
    pub(crate) role: Role,
    pub(crate) currency: Currency,
    /// Movements per thousand business days, without the dated ones such as rent and salaries.
    pub(crate) per_thousand_days: u32,
    /// The company's other account for monthly transfers.
    pub(crate) mate: Option<Iban>,
    pub(crate) holder: String,
    /// Whether references stand in their own field.
    pub(crate) structured_field: bool,
}

/// What a movement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    InvoicePaid,
    InvoicePaidFree,
    InstantCredit,
    TerminalPayout,
    Supplier,
    Card,
    CardAbroad,
    Cash,
    DirectDebit,
    CreditReturned,
    DebitReturned,
    Refund,
    WireIn,
    WireOut,
    Salary,
    SalaryBatch,
    Rent,
    Leasing,
    Telecom,
    Energy,
    Insurance,
    SocialContributions,
    WithholdingTax,
    Vat,
    Loan,
    BankFee,
    Interest,
    OwnTransfer,
    Saved,
    Withdrawn,
}

/// A movement before its words: enough for every sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Skeleton {
    pub(crate) kind: Kind,
    /// Minor units, signed.
    pub(crate) minor: i64,
    /// Decides every word of the movement.
    pub(crate) salt: u64,
}

/// One line of a table: how often in a hundred, what, between which amounts in minor units (signed).
type Share = (u64, Kind, i64, i64);

const CURRENT: &[Share] = &[
    (34, Kind::InvoicePaid, 4_500, 165_000),
    (9, Kind::InvoicePaidFree, 3_900, 120_000),
    (3, Kind::InstantCredit, 2_500, 60_000),
    (2, Kind::TerminalPayout, 9_000, 90_000),
    (19, Kind::Supplier, -2_400, -150_000),
    (17, Kind::Card, -650, -14_000),
    (2, Kind::CardAbroad, -1_200, -60_000),
    (1, Kind::Cash, -5_000, -30_000),
    (8, Kind::DirectDebit, -1_500, -32_000),
    (1, Kind::CreditReturned, 3_000, 70_000),
    (2, Kind::DebitReturned, -2_000, -25_000),
    (2, Kind::Refund, -1_000, -12_000),
];
const SHOP: &[Share] = &[
    (38, Kind::TerminalPayout, 2_000, 65_000),
    (34, Kind::InstantCredit, 700, 19_000),
    (6, Kind::InvoicePaid, 2_500, 48_000),
    (6, Kind::Refund, -700, -9_000),
    (8, Kind::Supplier, -3_000, -65_000),
    (4, Kind::Card, -900, -8_000),
    (4, Kind::DirectDebit, -900, -15_000),
];
const SAVINGS: &[Share] = &[(60, Kind::Saved, 10_000, 500_000), (40, Kind::Withdrawn, -10_000, -400_000)];
const FOREIGN: &[Share] =
    &[(46, Kind::WireIn, 45_000, 900_000), (42, Kind::WireOut, -30_000, -720_000), (12, Kind::Card, -900, -40_000)];

/// The opening balance that suits a role, in minor units.
pub(crate) fn opening_minor(profile: &Profile) -> i64 {
    let mut dice = Dice::of(profile.seed, &[0x0BA1]);
    match profile.role {
        Role::Current => dice.between(2_500_000, 6_500_000),
        Role::Shop => dice.between(400_000, 1_200_000),
        Role::Savings => dice.between(4_000_000, 9_000_000),
        Role::Foreign => dice.between(1_500_000, 4_000_000),
    }
}

/// Every movement that is booked on a day, in booking order.
pub(crate) fn skeletons(profile: &Profile, day: Date) -> Vec<Skeleton> {
    if !calendar::is_business_day(day) {
        return Vec::new();
    }
    let mut movements = due::dated(profile, day);
    let mut dice = Dice::of(profile.seed, &[0xDA1, number_of_day(day)]);
    let wanted = variable_count(profile.per_thousand_days, &mut dice);
    movements.reserve(wanted);
    for _ in 0..wanted {
        let movement = draw(profile.role, &mut dice);
        movements.push(movement);
        // Two customers who pay the same amount with the same words on one day are two payments.
        if dice.percent(2) {
            movements.push(movement);
        }
    }
    movements
}

/// One movement that fits the account, for a late booking.
pub(crate) fn late_skeleton(profile: &Profile, salt: u64) -> Skeleton {
    draw(profile.role, &mut Dice::of(profile.seed, &[0x1A7E, salt]))
}

/// The day's count: the rate, up to a third more or less.
fn variable_count(per_thousand_days: u32, dice: &mut Dice) -> usize {
    let rate = i64::from(per_thousand_days);
    let thousandths = dice.between(rate * 2 / 3, rate * 4 / 3);
    let chance = dice.between(0, 999);
    usize::try_from((thousandths + chance) / 1000).unwrap_or(0)
}

fn draw(role: Role, dice: &mut Dice) -> Skeleton {
    let table = match role {
        Role::Current => CURRENT,
        Role::Shop => SHOP,
        Role::Savings => SAVINGS,
        Role::Foreign => FOREIGN,
    };
    let mut ticket = dice.below(100);
    let mut chosen = table[0];
    for share in table {
        chosen = *share;
        if ticket < share.0 {
            break;
        }
        ticket -= share.0;
    }
    let (_, kind, near, far) = chosen;
    Skeleton { kind, minor: amount(kind, near, far, dice), salt: dice.next() }
}

/// Small amounts are commoner than large ones: the square of an even draw.
fn amount(kind: Kind, near: i64, far: i64, dice: &mut Dice) -> i64 {
    let even = dice.between(0, 999);
    let minor = near + (far - near) * even * even / 1_000_000 + dice.between(-49, 49);
    let is_round = matches!(kind, Kind::Cash | Kind::Saved | Kind::Withdrawn);
    if is_round { minor / 1000 * 1000 } else { minor }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(role: Role) -> Profile {
        Profile {
            seed: 7,
            bank_seed: 1,
            land: Land::Belgium,
            role,
            currency: Currency::EUR,
            per_thousand_days: 25_000,
            mate: None,
            holder: "Atelier".into(),
            structured_field: true,
        }
    }

    #[test]
    fn tables_share_out_a_hundred() {
        for table in [CURRENT, SHOP, SAVINGS, FOREIGN] {
            assert_eq!(table.iter().map(|share| share.0).sum::<u64>(), 100);
        }
    }

    #[test]
    fn a_day_is_the_same_every_time_and_the_rate_is_met() {
        let profile = profile(Role::Current);
        let mut total = 0;
        let mut days = 0;
        let mut day = Date::constant(2026, 1, 5);
        while day < Date::constant(2026, 12, 31) {
            let movements = skeletons(&profile, day);
            assert_eq!(movements, skeletons(&profile, day));
            total += movements.len();
            days += usize::from(calendar::is_business_day(day));
            day = calendar::tomorrow(day);
        }
        let average = total / days;
        assert!((25..=28).contains(&average), "{average} a day");
    }

    #[test]
    fn twins_exist() {
        let profile = profile(Role::Shop);
        let day = Date::constant(2026, 3, 10);
        let twins = (0..30)
            .map(|offset| skeletons(&profile, day.saturating_add(domain::Span::new().days(offset))))
            .any(|movements| movements.windows(2).any(|pair| pair[0] == pair[1]));
        assert!(twins);
    }
}
