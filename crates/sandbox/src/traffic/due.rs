//! The payments that come with the calendar: rent, salaries, taxes, fees. One falling on a day off is booked on the next
//! business day.

use domain::Date;

use super::calendar::days_settled_on;
use super::{Kind, Profile, Role, Skeleton};
use crate::bank::Land;
use crate::dice::{Dice, mix};

/// Day of the month; 31 stands for the last day.
type Day = i8;

/// Day, months (empty = every month), what, between which amounts in minor units (signed) for a company of full size.
type Due = (Day, &'static [i8], Kind, i64, i64);

const QUARTERS: &[i8] = &[1, 4, 7, 10];
const QUARTER_ENDS: &[i8] = &[3, 6, 9, 12];

/// Belgium: social contributions by the 5th, withholding tax by the 15th, VAT by the 20th.
const BELGIAN_CURRENT: &[Due] = &[
    (1, &[], Kind::Rent, -245_000, -245_000),
    (3, &[], Kind::Leasing, -61_900, -61_900),
    (5, &[], Kind::SocialContributions, -780_000, -960_000),
    (8, &[], Kind::Telecom, -18_900, -24_500),
    (12, &[], Kind::Energy, -42_000, -88_000),
    (15, &[], Kind::WithholdingTax, -510_000, -640_000),
    (18, QUARTERS, Kind::Insurance, -96_000, -131_000),
    (20, &[], Kind::Vat, -350_000, -990_000),
    (27, &[], Kind::OwnTransfer, 500_000, 500_000),
    (28, &[], Kind::Loan, -187_432, -187_432),
    (31, &[], Kind::BankFee, -1_250, -2_950),
];

/// France: social contributions by the 15th (DSN), VAT by the 24th.
const FRENCH_CURRENT: &[Due] = &[
    (1, &[], Kind::Rent, -264_000, -264_000),
    (4, &[], Kind::Leasing, -58_400, -58_400),
    (7, &[], Kind::Telecom, -15_900, -21_500),
    (10, &[], Kind::Energy, -39_000, -81_000),
    (15, &[], Kind::SocialContributions, -690_000, -870_000),
    (15, &[], Kind::WithholdingTax, -240_000, -310_000),
    (16, QUARTERS, Kind::Insurance, -88_000, -119_000),
    (24, &[], Kind::Vat, -320_000, -910_000),
    (26, &[], Kind::OwnTransfer, -300_000, -300_000),
    (28, &[], Kind::SalaryBatch, -1_450_000, -1_720_000),
    (29, &[], Kind::Loan, -143_210, -143_210),
    (31, &[], Kind::BankFee, -1_900, -4_200),
];
const SHOP: &[Due] = &[(27, &[], Kind::OwnTransfer, -500_000, -500_000), (31, &[], Kind::BankFee, -900, -1_900)];
const SAVINGS: &[Due] =
    &[(26, &[], Kind::OwnTransfer, 300_000, 300_000), (31, QUARTER_ENDS, Kind::Interest, 9_000, 19_000)];
const FOREIGN: &[Due] = &[(31, &[], Kind::BankFee, -1_500, -3_500)];

/// A full-size company has this many movements per thousand business days; smaller ones pay less, in proportion.
const FULL_SIZE: u32 = 25_000;

/// What the calendar brings to an account on a business day.
pub(super) fn dated(profile: &Profile, day: Date) -> Vec<Skeleton> {
    let table = match (profile.role, profile.land) {
        (Role::Current, Land::Belgium) => BELGIAN_CURRENT,
        (Role::Current, Land::France) => FRENCH_CURRENT,
        (Role::Shop, _) => SHOP,
        (Role::Savings, _) => SAVINGS,
        (Role::Foreign, _) => FOREIGN,
    };
    let mut movements = Vec::new();
    for settled in days_settled_on(day) {
        for &(due_on, months, kind, near, far) in table {
            let this_month = months.is_empty() || months.contains(&settled.month());
            if this_month && due_on.min(settled.days_in_month()) == settled.day() {
                movements.extend(one(profile, settled, kind, near, far));
            }
        }
        if settled.day() == 25 && profile.role == Role::Current && profile.land == Land::Belgium {
            movements.extend(salaries(profile, settled));
        }
    }
    movements
}

fn one(profile: &Profile, settled: Date, kind: Kind, near: i64, far: i64) -> Option<Skeleton> {
    if kind == Kind::OwnTransfer {
        profile.mate.as_ref()?;
    }
    // Both sides of a transfer between own accounts must come to the same amount, so neither its size nor its dice may
    // depend on the account.
    let seed = if kind == Kind::OwnTransfer { profile.bank_seed } else { profile.seed };
    let mut dice = Dice::of(seed, &[0xD0E, kind as u64, month_number(settled)]);
    let full = dice.between(near.min(far), near.max(far));
    let minor = if kind == Kind::OwnTransfer { full } else { scaled(profile, full) };
    Some(Skeleton { kind, minor, salt: dice.next() })
}

/// One movement for each employee, the same people every month.
fn salaries(profile: &Profile, settled: Date) -> Vec<Skeleton> {
    let heads = i64::from(profile.per_thousand_days.min(FULL_SIZE)) * 9 / i64::from(FULL_SIZE);
    let one_head = |head: i64| {
        let employee = mix(profile.seed ^ 0x5A1A ^ head.unsigned_abs());
        let mut dice = Dice::of(employee, &[month_number(settled)]);
        let base = 190_000 + i64::try_from(employee % 140_000).unwrap_or(0);
        // The salt is the employee's own, so that name and account stay; the month's variation is in the amount.
        Skeleton { kind: Kind::Salary, minor: -(base + dice.between(-4_000, 9_000)), salt: employee }
    };
    (0..=heads).map(one_head).collect()
}

fn month_number(day: Date) -> u64 {
    u64::from(day.year().unsigned_abs()) * 12 + u64::from(day.month().unsigned_abs())
}

fn scaled(profile: &Profile, full: i64) -> i64 {
    let size = i64::from(profile.per_thousand_days.clamp(FULL_SIZE / 20, FULL_SIZE));
    full * size / i64::from(FULL_SIZE)
}
