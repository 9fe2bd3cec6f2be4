CREATE TABLE invoice_series (
    series TEXT NOT NULL PRIMARY KEY,
    last_number BIGINT NOT NULL
);
CREATE TABLE invoices (
    organization_id TEXT NOT NULL,
    id TEXT NOT NULL,
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    month TEXT NOT NULL,
    credits_id TEXT,
    issued_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    total_minor BIGINT NOT NULL,
    document TEXT NOT NULL,
    pdf BLOB NOT NULL,
    ubl BLOB NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, id)
);
CREATE UNIQUE INDEX invoices_number ON invoices (number);
CREATE UNIQUE INDEX invoices_month ON invoices (organization_id, month) WHERE kind = 'invoice';
CREATE UNIQUE INDEX invoices_credits ON invoices (organization_id, credits_id) WHERE credits_id IS NOT NULL;
CREATE INDEX invoices_due ON invoices (due_on);
CREATE TABLE invoice_settlements (
    organization_id TEXT NOT NULL,
    invoice_id TEXT NOT NULL,
    how TEXT NOT NULL,
    settled_on TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, invoice_id)
);
CREATE TABLE invoice_reminders (
    organization_id TEXT NOT NULL,
    invoice_id TEXT NOT NULL,
    stage TEXT NOT NULL,
    sent_on TEXT NOT NULL,
    PRIMARY KEY (organization_id, invoice_id, stage)
);
CREATE TABLE invoice_collections (
    organization_id TEXT NOT NULL,
    invoice_id TEXT NOT NULL,
    file TEXT NOT NULL,
    mandate TEXT NOT NULL,
    sequence TEXT NOT NULL,
    collect_on TEXT NOT NULL,
    returned_on TEXT,
    PRIMARY KEY (organization_id, invoice_id, file)
);
CREATE TABLE debit_mandates (
    organization_id TEXT NOT NULL,
    reference TEXT NOT NULL,
    iban TEXT NOT NULL,
    holder TEXT NOT NULL,
    signed_on TEXT NOT NULL,
    given_by TEXT NOT NULL,
    consent TEXT NOT NULL,
    uses BIGINT NOT NULL,
    ended_at BIGINT,
    PRIMARY KEY (organization_id, reference)
);
CREATE UNIQUE INDEX debit_mandates_live ON debit_mandates (organization_id) WHERE ended_at IS NULL;
CREATE TABLE organization_blocks (
    organization_id TEXT NOT NULL PRIMARY KEY,
    blocked_at BIGINT NOT NULL
);
CREATE TABLE billing_days (
    day TEXT NOT NULL PRIMARY KEY
)
