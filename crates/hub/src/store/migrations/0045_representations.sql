CREATE TABLE representation_links (
    organization_id TEXT NOT NULL,
    id TEXT NOT NULL,
    label TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, id)
);
CREATE UNIQUE INDEX representation_links_token ON representation_links (token_hash);
CREATE TABLE representations (
    organization_id TEXT NOT NULL,
    id TEXT NOT NULL,
    representative_id TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    ended_at BIGINT,
    PRIMARY KEY (organization_id, id)
);
CREATE UNIQUE INDEX representations_live ON representations (organization_id, representative_id) WHERE ended_at IS NULL;
CREATE INDEX representations_representative ON representations (representative_id);
CREATE TABLE representation_accounts (
    organization_id TEXT NOT NULL,
    mandate_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, mandate_id, account_id)
);
CREATE TABLE representation_integrations (
    organization_id TEXT NOT NULL,
    mandate_id TEXT NOT NULL,
    integration_id TEXT NOT NULL,
    PRIMARY KEY (organization_id, integration_id)
)
