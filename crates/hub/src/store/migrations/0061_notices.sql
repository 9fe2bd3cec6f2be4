CREATE TABLE notice_addresses (
    organization_id TEXT NOT NULL,
    email TEXT NOT NULL,
    language TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, email)
);
