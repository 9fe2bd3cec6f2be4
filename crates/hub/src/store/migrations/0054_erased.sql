CREATE TABLE erased_organizations (
    id TEXT NOT NULL PRIMARY KEY,
    erased_at BIGINT NOT NULL
)
