CREATE TABLE listings (
    organization_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    through_day TEXT NOT NULL,
    from_day TEXT NOT NULL,
    digest TEXT NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, account_id, through_day)
);
CREATE TABLE repeated_answers (
    organization_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    raw_id TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    synchronization_id TEXT NOT NULL,
    PRIMARY KEY (organization_id, account_id, raw_id, received_at)
)
