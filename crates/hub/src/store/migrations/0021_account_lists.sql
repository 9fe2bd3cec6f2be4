CREATE TABLE account_lists (
    organization_id TEXT NOT NULL,
    id TEXT NOT NULL,
    authorization_id TEXT NOT NULL,
    content_type TEXT NOT NULL,
    digest TEXT NOT NULL,
    body BLOB NOT NULL,
    received_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, id),
    UNIQUE (organization_id, authorization_id, digest)
);
CREATE TABLE account_list_defects (
    organization_id TEXT NOT NULL,
    authorization_id TEXT NOT NULL,
    position BIGINT NOT NULL,
    list_id TEXT NOT NULL,
    path TEXT NOT NULL,
    value TEXT NOT NULL,
    rule TEXT NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, authorization_id, position)
)
