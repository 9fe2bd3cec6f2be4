//! The numbered migrations of the hub, forward only.

use db::Migration;

/// All migrations in order. A landed one is never edited.
pub const MIGRATIONS: &[Migration] = &[
    Migration { number: 1, sql: include_str!("migrations/0001_accounts.sql") },
    Migration { number: 2, sql: include_str!("migrations/0002_people.sql") },
    Migration { number: 10, sql: include_str!("migrations/0010_webhooks.sql") },
    Migration { number: 20, sql: include_str!("migrations/0020_listings.sql") },
    Migration { number: 21, sql: include_str!("migrations/0021_account_lists.sql") },
    Migration { number: 22, sql: include_str!("migrations/0022_file_answers.sql") },
    Migration { number: 30, sql: include_str!("migrations/0030_reauthorization_requests.sql") },
    Migration { number: 40, sql: include_str!("migrations/0040_mail.sql") },
    Migration { number: 41, sql: include_str!("migrations/0041_entrance.sql") },
    Migration { number: 42, sql: include_str!("migrations/0042_roles.sql") },
    Migration { number: 43, sql: include_str!("migrations/0043_second_factor.sql") },
    Migration { number: 44, sql: include_str!("migrations/0044_audit.sql") },
    Migration { number: 45, sql: include_str!("migrations/0045_representations.sql") },
    Migration { number: 50, sql: include_str!("migrations/0050_counterparty.sql") },
    Migration { number: 52, sql: include_str!("migrations/0052_payer.sql") },
    Migration { number: 53, sql: include_str!("migrations/0053_invoices.sql") },
    Migration { number: 54, sql: include_str!("migrations/0054_erased.sql") },
    Migration { number: 55, sql: include_str!("migrations/0055_debit_files.sql") },
    Migration { number: 56, sql: include_str!("migrations/0056_brought_lines.sql") },
    Migration { number: 57, sql: include_str!("migrations/0057_invoices_again.sql") },
    Migration { number: 60, sql: include_str!("migrations/0060_institutions.sql") },
    Migration { number: 61, sql: include_str!("migrations/0061_notices.sql") },
    Migration { number: 62, sql: include_str!("migrations/0062_requests.sql") },
    Migration { number: 63, sql: include_str!("migrations/0063_pace.sql") },
    Migration { number: 64, sql: include_str!("migrations/0064_files.sql") },
    Migration { number: 65, sql: include_str!("migrations/0065_announced.sql") },
    Migration { number: 80, sql: include_str!("migrations/0080_token_parent.sql") },
    Migration { number: 90, sql: include_str!("migrations/0090_onboarding.sql") },
    Migration { number: 100, sql: include_str!("migrations/0100_ended.sql") },
    Migration { number: 130, sql: include_str!("migrations/0130_prices.sql") },
    Migration { number: 150, sql: include_str!("migrations/0150_lapses.sql") },
    Migration { number: 160, sql: include_str!("migrations/0160_search.sql") },
];
