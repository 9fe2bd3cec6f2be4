CREATE TABLE prices (
    since TEXT NOT NULL PRIMARY KEY,
    minor BIGINT NOT NULL
);
CREATE TABLE invoiced_through (
    organization_id TEXT NOT NULL PRIMARY KEY,
    month TEXT NOT NULL
)
