use db::Migration;

use super::{schema_headless, schema_letters, schema_patience, schema_statement_files, schema_targets, schema_upkeep};

/// The books' own tables. A company is the tenant: every table of its data begins its key with the company.
pub const MIGRATIONS: &[Migration] = &[
    Migration { number: 1, sql: FIRST },
    Migration { number: 30, sql: schema_targets::TARGETS },
    Migration { number: 40, sql: schema_upkeep::ORIGINS },
    Migration { number: 41, sql: schema_upkeep::FILES },
    Migration { number: 42, sql: schema_upkeep::REPAIR },
    Migration { number: 43, sql: schema_upkeep::REISSUED },
    Migration { number: 44, sql: schema_upkeep::LONG_HISTORIES },
    Migration { number: 50, sql: schema_headless::HEADLESS },
    Migration { number: 51, sql: schema_letters::LETTERS },
    Migration { number: 52, sql: schema_letters::RETIRED },
    Migration { number: 70, sql: schema_statement_files::STATEMENT_FILES },
    Migration { number: 110, sql: schema_targets::WAITING },
    Migration { number: 140, sql: schema_targets::REMOVED },
    Migration { number: 141, sql: schema_letters::PASSES },
    Migration { number: 150, sql: schema_patience::TRIES },
];

const FIRST: &str = "
CREATE TABLE person (
    id TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    password TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE TABLE company (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE TABLE membership (
    company_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (company_id, person_id)
);
CREATE INDEX membership_person ON membership (person_id);
CREATE TABLE session (
    hash TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL,
    company_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);
CREATE TABLE login_failure (
    email TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX login_failure_email ON login_failure (email, at);
CREATE TABLE access_grant (
    company_id TEXT NOT NULL,
    provider TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_name TEXT,
    access_sealed TEXT NOT NULL,
    access_until BIGINT NOT NULL,
    refresh_sealed TEXT,
    generation BIGINT NOT NULL,
    ended_at BIGINT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (company_id, provider, subject)
);
CREATE TABLE attempt (
    company_id TEXT NOT NULL,
    state_hash TEXT NOT NULL,
    kind TEXT NOT NULL,
    provider TEXT NOT NULL,
    institution_id TEXT NOT NULL,
    institution_name TEXT NOT NULL,
    connection_id TEXT,
    verifier_sealed TEXT NOT NULL,
    person_id TEXT NOT NULL,
    begun_at BIGINT NOT NULL,
    finished_at BIGINT,
    outcome TEXT,
    PRIMARY KEY (company_id, state_hash)
);
CREATE TABLE connection (
    company_id TEXT NOT NULL,
    id TEXT NOT NULL,
    provider TEXT NOT NULL,
    subject TEXT NOT NULL,
    institution_id TEXT NOT NULL,
    institution_name TEXT NOT NULL,
    institution_status TEXT NOT NULL,
    automatic BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    next_import_at BIGINT NOT NULL,
    error_code TEXT,
    error_detail TEXT,
    error_reference TEXT,
    error_since BIGINT,
    comparison TEXT,
    PRIMARY KEY (company_id, id)
);
CREATE UNIQUE INDEX connection_institution ON connection (company_id, provider, subject, institution_id);
CREATE INDEX connection_due ON connection (automatic, next_import_at);
CREATE TABLE account (
    company_id TEXT NOT NULL,
    id TEXT NOT NULL,
    provider TEXT NOT NULL,
    subject TEXT NOT NULL,
    remote_id TEXT NOT NULL,
    epoch BIGINT NOT NULL,
    institution_id TEXT NOT NULL,
    reference TEXT NOT NULL,
    currency TEXT NOT NULL,
    name TEXT,
    holder TEXT,
    listed BOOLEAN NOT NULL,
    unlisted_at BIGINT,
    loss_confirmed BOOLEAN NOT NULL,
    current_minor BIGINT,
    available_minor BIGINT,
    synchronized_at BIGINT,
    authorized_until BIGINT,
    change_cursor TEXT,
    balance_cursor TEXT,
    newest_id TEXT,
    walk_top TEXT,
    walk_after TEXT,
    high_sequence BIGINT NOT NULL,
    low_sequence BIGINT NOT NULL,
    error_code TEXT,
    error_detail TEXT,
    error_reference TEXT,
    error_since BIGINT,
    next_allowed_at BIGINT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (company_id, id)
);
CREATE UNIQUE INDEX account_remote ON account (company_id, provider, remote_id);
CREATE TABLE journal (
    company_id TEXT NOT NULL,
    id TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    reference TEXT NOT NULL,
    currency TEXT NOT NULL,
    account_id TEXT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (company_id, id)
);
CREATE UNIQUE INDEX journal_account ON journal (company_id, account_id);
CREATE UNIQUE INDEX journal_code ON journal (company_id, code);
CREATE TABLE line (
    company_id TEXT NOT NULL,
    id TEXT NOT NULL,
    journal_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    remote_id TEXT NOT NULL,
    epoch BIGINT NOT NULL,
    booked_on TEXT NOT NULL,
    value_on TEXT,
    amount_minor BIGINT NOT NULL,
    label TEXT NOT NULL,
    partner_name TEXT,
    partner_account TEXT,
    structured TEXT,
    end_to_end_id TEXT,
    search TEXT NOT NULL,
    raw TEXT NOT NULL,
    state TEXT NOT NULL,
    note TEXT,
    PRIMARY KEY (company_id, id)
);
CREATE UNIQUE INDEX line_remote ON line (company_id, account_id, remote_id);
CREATE INDEX line_order ON line (company_id, journal_id, booked_on, sequence, amount_minor, state);
CREATE INDEX line_marked ON line (company_id, journal_id) WHERE state <> 'posted';
CREATE TABLE line_event (
    company_id TEXT NOT NULL,
    line_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    action TEXT NOT NULL,
    reason TEXT,
    before TEXT NOT NULL,
    PRIMARY KEY (company_id, line_id, at, action)
);
CREATE TABLE month (
    company_id TEXT NOT NULL,
    journal_id TEXT NOT NULL,
    month TEXT NOT NULL,
    line_count BIGINT NOT NULL,
    total_minor BIGINT NOT NULL,
    first_on TEXT NOT NULL,
    last_on TEXT NOT NULL,
    PRIMARY KEY (company_id, journal_id, month)
);
CREATE TABLE balance (
    company_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    reference_on TEXT NOT NULL,
    amount_minor BIGINT NOT NULL,
    PRIMARY KEY (company_id, account_id, kind, reference_on)
);
CREATE TABLE pending (
    company_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    position BIGINT NOT NULL,
    expected_on TEXT,
    amount_minor BIGINT NOT NULL,
    label TEXT NOT NULL,
    partner_name TEXT,
    partner_account TEXT,
    PRIMARY KEY (company_id, account_id, position)
);
CREATE TABLE defect (
    company_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    path TEXT NOT NULL,
    rule TEXT NOT NULL,
    value TEXT NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (company_id, account_id, path, rule)
);
CREATE TABLE import (
    company_id TEXT NOT NULL,
    id TEXT NOT NULL,
    connection_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    asked_by TEXT NOT NULL,
    customer_ip TEXT,
    begun_at BIGINT NOT NULL,
    ended_at BIGINT,
    PRIMARY KEY (company_id, id)
);
CREATE UNIQUE INDEX import_running ON import (company_id, connection_id) WHERE ended_at IS NULL;
CREATE INDEX import_latest ON import (company_id, connection_id, number);
CREATE TABLE import_account (
    company_id TEXT NOT NULL,
    import_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    stage TEXT NOT NULL,
    transactions_id TEXT,
    details_id TEXT,
    asked_at BIGINT,
    created_lines BIGINT NOT NULL,
    updated_lines BIGINT NOT NULL,
    removed_lines BIGINT NOT NULL,
    error_code TEXT,
    error_detail TEXT,
    error_reference TEXT,
    next_allowed_at BIGINT,
    PRIMARY KEY (company_id, import_id, account_id)
);
";
