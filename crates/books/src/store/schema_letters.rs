/// Letters to people, who wants them and in which language, and what was last told of troubles.
pub const LETTERS: &str = "
ALTER TABLE person ADD COLUMN language TEXT NOT NULL DEFAULT 'en';
ALTER TABLE membership ADD COLUMN letters BIGINT NOT NULL DEFAULT 1;
CREATE TABLE letter (
    company_id TEXT NOT NULL,
    id TEXT NOT NULL,
    letter_key TEXT NOT NULL,
    recipient TEXT NOT NULL,
    sealed_message TEXT,
    state TEXT NOT NULL,
    tries BIGINT NOT NULL,
    problem TEXT,
    next_try_at BIGINT NOT NULL,
    leased_until BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (company_id, id)
);
CREATE UNIQUE INDEX letter_key ON letter (company_id, letter_key);
CREATE INDEX letter_open ON letter (next_try_at) WHERE state IN ('waiting', 'sending');
CREATE TABLE digest (
    company_id TEXT NOT NULL PRIMARY KEY,
    troubles TEXT NOT NULL,
    sent_at BIGINT NOT NULL
);
";

/// Addresses that are good once, and since when letters to a person are known to arrive.
pub const PASSES: &str = "
ALTER TABLE person ADD COLUMN confirmed_at BIGINT;
CREATE TABLE pass (
    hash TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL,
    purpose TEXT NOT NULL,
    until BIGINT NOT NULL
);
CREATE INDEX pass_person ON pass (person_id);
";

/// When a person took a target out of use. It keeps its settings and its delivery ledger.
pub const RETIRED: &str = "
ALTER TABLE target ADD COLUMN removed_at BIGINT;
";
