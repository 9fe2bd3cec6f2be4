/// What tells a removed target again when it is added once more: a hash of where it was. Its ledger is kept.
pub const REMOVED: &str = "
ALTER TABLE target ADD COLUMN identity TEXT;
CREATE INDEX target_identity ON target (company_id, identity);
";

/// Targets, the journals that each receives, and what became of every line there.
pub const TARGETS: &str = "
CREATE TABLE target (
    company_id TEXT NOT NULL,
    id TEXT NOT NULL,
    system TEXT NOT NULL,
    name TEXT NOT NULL,
    settings TEXT NOT NULL,
    secret_sealed TEXT,
    from_file BOOLEAN NOT NULL,
    memory TEXT,
    created_at BIGINT NOT NULL,
    delivered_at BIGINT,
    next_try_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    leased_until BIGINT NOT NULL,
    error_code TEXT,
    error_detail TEXT,
    error_stops BOOLEAN NOT NULL,
    error_since BIGINT,
    PRIMARY KEY (company_id, id)
);
CREATE UNIQUE INDEX target_name ON target (company_id, name);
CREATE TABLE target_journal (
    company_id TEXT NOT NULL,
    target_id TEXT NOT NULL,
    journal_id TEXT NOT NULL,
    stem TEXT NOT NULL,
    place TEXT,
    memory TEXT,
    asked BIGINT NOT NULL,
    served BIGINT NOT NULL,
    look_again_at BIGINT,
    delivered_at BIGINT,
    error_code TEXT,
    error_detail TEXT,
    error_since BIGINT,
    PRIMARY KEY (company_id, target_id, journal_id)
);
CREATE UNIQUE INDEX target_journal_stem ON target_journal (company_id, target_id, stem);
CREATE INDEX target_journal_journal ON target_journal (company_id, journal_id);
CREATE INDEX target_journal_due ON target_journal (company_id, target_id) WHERE asked > served;
CREATE TABLE delivery (
    company_id TEXT NOT NULL,
    target_id TEXT NOT NULL,
    line_id TEXT NOT NULL,
    journal_id TEXT NOT NULL,
    status TEXT NOT NULL,
    parcel TEXT NOT NULL,
    line_key TEXT NOT NULL,
    remote TEXT,
    reason TEXT,
    detail TEXT,
    retries BOOLEAN NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (company_id, target_id, line_id)
);
CREATE INDEX delivery_open ON delivery (company_id, target_id, journal_id, status) WHERE status IN ('sending', 'parked');
CREATE INDEX delivery_parcel ON delivery (company_id, target_id, journal_id, parcel);
CREATE TABLE checkpoint (
    company_id TEXT NOT NULL,
    target_id TEXT NOT NULL,
    journal_id TEXT NOT NULL,
    month TEXT NOT NULL,
    remote TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (company_id, target_id, journal_id, month)
);
";

/// The months in which lines may wait for a target.
pub const WAITING: &str = "
CREATE TABLE waiting_month (
    company_id TEXT NOT NULL,
    target_id TEXT NOT NULL,
    journal_id TEXT NOT NULL,
    month TEXT NOT NULL,
    PRIMARY KEY (company_id, target_id, journal_id, month)
);
INSERT INTO waiting_month (company_id, target_id, journal_id, month) SELECT l.company_id, l.target_id, l.journal_id, m.month
    FROM target_journal AS l JOIN month AS m ON m.company_id = l.company_id AND m.journal_id = l.journal_id;
";
