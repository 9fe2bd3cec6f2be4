CREATE TABLE webhook_keys (
    kid TEXT NOT NULL PRIMARY KEY,
    modulus TEXT NOT NULL,
    exponent TEXT NOT NULL,
    sealed_key TEXT NOT NULL,
    signs_from BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE TABLE webhook_addresses (
    application_id TEXT NOT NULL PRIMARY KEY,
    url TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE TABLE webhook_events (
    organization_id TEXT NOT NULL,
    id TEXT NOT NULL,
    application_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    give_up_at BIGINT NOT NULL,
    next_at BIGINT,
    PRIMARY KEY (organization_id, id)
);
CREATE INDEX webhook_events_age ON webhook_events (organization_id, created_at);
CREATE TABLE webhook_attempts (
    organization_id TEXT NOT NULL,
    event_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    url TEXT NOT NULL,
    status BIGINT,
    problem TEXT,
    at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, event_id, number)
);
CREATE TABLE expiry_notices (
    organization_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    expires_on TEXT NOT NULL,
    days BIGINT NOT NULL,
    PRIMARY KEY (organization_id, account_id, expires_on, days)
);
CREATE INDEX accounts_expiry ON accounts (expires_on);
ALTER TABLE synchronizations ADD COLUMN pending_created BIGINT NOT NULL DEFAULT 0;
ALTER TABLE synchronizations ADD COLUMN pending_updated BIGINT NOT NULL DEFAULT 0;
ALTER TABLE synchronizations ADD COLUMN details_updated BOOLEAN NOT NULL DEFAULT FALSE
