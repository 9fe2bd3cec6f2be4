CREATE TABLE uploads (
    organization_id TEXT NOT NULL,
    id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    name TEXT NOT NULL,
    body BLOB,
    refusal TEXT,
    received_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, id)
);
CREATE TABLE statement_files (
    organization_id TEXT NOT NULL,
    id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    upload_id TEXT NOT NULL,
    raw_id TEXT NOT NULL,
    name TEXT NOT NULL,
    format TEXT NOT NULL,
    first_on TEXT,
    last_on TEXT,
    listed_count BIGINT NOT NULL,
    created_count BIGINT NOT NULL,
    defect_count BIGINT NOT NULL,
    proof TEXT NOT NULL,
    first_balance BIGINT NOT NULL,
    last_balance BIGINT NOT NULL,
    user_id TEXT NOT NULL,
    uploaded_at BIGINT NOT NULL,
    undone_at BIGINT,
    PRIMARY KEY (organization_id, id)
);
CREATE INDEX statement_files_account ON statement_files (organization_id, account_id, uploaded_at)
