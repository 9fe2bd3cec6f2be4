CREATE TABLE institution_maintenances (
    institution_id TEXT NOT NULL PRIMARY KEY,
    maintained_by TEXT NOT NULL,
    from_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL
)
