//! What came with keeping connections up and repairing journals: start dates, statement periods, files, checks,
//! transfers.

/// Lines know the import that brought them and why a person set them aside; journals know where they begin.
pub const ORIGINS: &str = "
ALTER TABLE connection ADD COLUMN every_hours BIGINT NOT NULL DEFAULT 12;
ALTER TABLE journal ADD COLUMN start_on TEXT;
ALTER TABLE journal ADD COLUMN period TEXT NOT NULL DEFAULT 'monthly';
ALTER TABLE journal ADD COLUMN bank TEXT;
ALTER TABLE journal ADD COLUMN bic TEXT;
ALTER TABLE journal ADD COLUMN mixed BIGINT NOT NULL DEFAULT 0;
ALTER TABLE journal ADD COLUMN former_account_id TEXT;
ALTER TABLE line ADD COLUMN import_id TEXT;
ALTER TABLE line ADD COLUMN set_aside TEXT;
ALTER TABLE line ADD COLUMN foreign_minor BIGINT;
ALTER TABLE line ADD COLUMN foreign_currency TEXT;
ALTER TABLE line ADD COLUMN exchange_rate TEXT;
ALTER TABLE line ADD COLUMN bank_id TEXT;
ALTER TABLE line ADD COLUMN seen_in TEXT;
CREATE INDEX line_import ON line (company_id, import_id);
CREATE INDEX account_told ON account (provider, remote_id);
";

/// Statement files that were taken in, with what they asserted.
pub const FILES: &str = "
CREATE TABLE file (
    company_id TEXT NOT NULL,
    id TEXT NOT NULL,
    journal_id TEXT NOT NULL,
    name TEXT NOT NULL,
    format TEXT NOT NULL,
    digest TEXT NOT NULL,
    person_id TEXT NOT NULL,
    taken_at BIGINT NOT NULL,
    entries BIGINT NOT NULL,
    created_lines BIGINT NOT NULL,
    known_lines BIGINT NOT NULL,
    early_lines BIGINT NOT NULL,
    restored_lines BIGINT NOT NULL,
    notes TEXT NOT NULL,
    PRIMARY KEY (company_id, id)
);
CREATE INDEX file_journal ON file (company_id, journal_id, taken_at);
CREATE TABLE file_balance (
    company_id TEXT NOT NULL,
    journal_id TEXT NOT NULL,
    file_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    reference_on TEXT NOT NULL,
    amount_minor BIGINT NOT NULL,
    PRIMARY KEY (company_id, journal_id, file_id, kind, reference_on)
);
CREATE TABLE undo (
    company_id TEXT NOT NULL,
    import_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    person_id TEXT NOT NULL,
    lines BIGINT NOT NULL,
    PRIMARY KEY (company_id, import_id)
);
";

/// Checks of a journal against its provider, transfers between journals, and events that were received.
pub const REPAIR: &str = "
CREATE TABLE inspection (
    company_id TEXT NOT NULL,
    id TEXT NOT NULL,
    journal_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    begun_at BIGINT NOT NULL,
    ended_at BIGINT,
    after_id TEXT,
    listed BIGINT NOT NULL,
    high_sequence BIGINT NOT NULL,
    surplus BIGINT NOT NULL,
    error_code TEXT,
    error_detail TEXT,
    error_reference TEXT,
    PRIMARY KEY (company_id, id)
);
CREATE UNIQUE INDEX inspection_running ON inspection (company_id, journal_id) WHERE ended_at IS NULL;
CREATE INDEX inspection_latest ON inspection (company_id, journal_id, begun_at);
CREATE TABLE inspection_missing (
    company_id TEXT NOT NULL,
    inspection_id TEXT NOT NULL,
    remote_id TEXT NOT NULL,
    booked_on TEXT NOT NULL,
    amount_minor BIGINT NOT NULL,
    label TEXT NOT NULL,
    partner_name TEXT,
    partner_account TEXT,
    raw TEXT NOT NULL,
    wanted BIGINT NOT NULL,
    PRIMARY KEY (company_id, inspection_id, remote_id)
);
CREATE TABLE transfer (
    company_id TEXT NOT NULL,
    debit_line_id TEXT NOT NULL,
    credit_line_id TEXT NOT NULL,
    state TEXT NOT NULL,
    person_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (company_id, debit_line_id, credit_line_id)
);
CREATE TABLE event (
    provider TEXT NOT NULL,
    id TEXT NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (provider, id)
);
";

/// After a provider gave an account a new id, what it no longer tells is looked for once.
pub const REISSUED: &str = "
ALTER TABLE account ADD COLUMN reissued BIGINT NOT NULL DEFAULT 0;
";

/// What a long history is asked for without walking it: both ends of a journal's order, the lines of an account in other
/// journals, and the lines that somebody must look at.
pub const LONG_HISTORIES: &str = "
CREATE INDEX line_sequence ON line (company_id, journal_id, sequence);
CREATE INDEX line_account ON line (company_id, account_id, journal_id);
DROP INDEX line_marked;
CREATE INDEX line_marked ON line (company_id, journal_id, state) WHERE state <> 'posted';
";
