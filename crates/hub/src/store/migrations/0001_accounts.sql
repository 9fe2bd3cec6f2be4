CREATE TABLE authorizations (
    organization_id TEXT NOT NULL,
    id TEXT NOT NULL,
    institution_id TEXT NOT NULL,
    state TEXT NOT NULL,
    consent TEXT,
    bank_url TEXT,
    return_hash TEXT,
    renews TEXT,
    psu_ip TEXT,
    started_at BIGINT NOT NULL,
    authorized_at BIGINT,
    expires_on TEXT,
    ended_at BIGINT,
    reason TEXT,
    PRIMARY KEY (organization_id, id)
);
CREATE UNIQUE INDEX authorizations_return ON authorizations (return_hash);
CREATE TABLE accounts (
    organization_id TEXT NOT NULL,
    id TEXT NOT NULL,
    institution_id TEXT NOT NULL,
    authorization_id TEXT,
    reference TEXT NOT NULL,
    reference_type TEXT NOT NULL,
    currency TEXT NOT NULL,
    subtype TEXT NOT NULL,
    resource_id TEXT,
    name TEXT,
    product TEXT,
    holder_name TEXT,
    linked_at BIGINT NOT NULL,
    unlinked_at BIGINT,
    authorized_at BIGINT,
    expires_on TEXT,
    state TEXT NOT NULL,
    state_reason TEXT,
    state_since BIGINT NOT NULL,
    opening_on TEXT,
    opening_minor BIGINT,
    closing_on TEXT,
    closing_minor BIGINT,
    closing_seen_at BIGINT,
    current_minor BIGINT,
    current_on TEXT,
    current_changed_at BIGINT,
    available_minor BIGINT,
    booked_minor BIGINT NOT NULL,
    booked_count BIGINT NOT NULL,
    listed_through TEXT,
    last_seq BIGINT NOT NULL,
    last_change BIGINT NOT NULL,
    last_balance BIGINT NOT NULL,
    synchronized_at BIGINT,
    next_unattended_at BIGINT,
    PRIMARY KEY (organization_id, id),
    UNIQUE (organization_id, institution_id, reference, currency)
);
CREATE INDEX accounts_due ON accounts (next_unattended_at);
CREATE TABLE transactions (
    organization_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    change BIGINT NOT NULL,
    id TEXT NOT NULL,
    booked_on TEXT NOT NULL,
    value_on TEXT,
    minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    bank_id TEXT,
    details TEXT NOT NULL,
    search TEXT NOT NULL,
    raw_id TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, account_id, seq)
);
CREATE UNIQUE INDEX transactions_id ON transactions (organization_id, id);
CREATE INDEX transactions_booked ON transactions (organization_id, account_id, booked_on, seq);
CREATE UNIQUE INDEX transactions_change ON transactions (organization_id, account_id, change);
CREATE TABLE changes (
    organization_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    change BIGINT NOT NULL,
    kind TEXT NOT NULL,
    transaction_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    before TEXT NOT NULL,
    reason TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, account_id, change)
);
CREATE INDEX changes_transaction ON changes (organization_id, transaction_id, change);
CREATE TABLE pending_transactions (
    organization_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    position BIGINT NOT NULL,
    id TEXT NOT NULL,
    expected_on TEXT,
    value_on TEXT,
    minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    bank_id TEXT,
    details TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, account_id, position)
);
CREATE TABLE balances (
    organization_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    on_date TEXT NOT NULL,
    minor BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, account_id, seq)
);
CREATE UNIQUE INDEX balances_id ON balances (organization_id, id);
CREATE INDEX balances_day ON balances (organization_id, account_id, on_date, kind, seq);
CREATE TABLE raw_answers (
    organization_id TEXT NOT NULL,
    id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    synchronization_id TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    content_type TEXT NOT NULL,
    digest TEXT NOT NULL,
    body BLOB NOT NULL,
    received_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, id)
);
CREATE INDEX raw_answers_digest ON raw_answers (organization_id, account_id, digest);
CREATE TABLE defects (
    organization_id TEXT NOT NULL,
    id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    raw_id TEXT,
    path TEXT NOT NULL,
    value TEXT NOT NULL,
    rule TEXT NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, id),
    UNIQUE (organization_id, account_id, path, value, rule)
);
CREATE TABLE synchronizations (
    organization_id TEXT NOT NULL,
    id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    subtype TEXT NOT NULL,
    status TEXT NOT NULL,
    attended BOOLEAN NOT NULL,
    psu_ip TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    pages BIGINT NOT NULL,
    rows_read BIGINT NOT NULL,
    created_count BIGINT NOT NULL,
    updated_count BIGINT NOT NULL,
    first_change BIGINT,
    last_change BIGINT,
    error_code TEXT,
    error_detail TEXT,
    error_reply TEXT,
    PRIMARY KEY (organization_id, id)
);
CREATE INDEX synchronizations_account ON synchronizations (organization_id, account_id, created_at);
CREATE TABLE bank_calls (
    organization_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    called_at BIGINT NOT NULL,
    attended BOOLEAN NOT NULL,
    nonce TEXT NOT NULL,
    PRIMARY KEY (organization_id, account_id, endpoint, called_at, nonce)
);
CREATE TABLE jobs (
    id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    lease_until BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    UNIQUE (kind, subject_id)
);
CREATE INDEX jobs_due ON jobs (due_at)
