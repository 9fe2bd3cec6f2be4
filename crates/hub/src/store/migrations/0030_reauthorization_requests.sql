CREATE TABLE reauthorization_requests (
    organization_id TEXT NOT NULL,
    id TEXT NOT NULL,
    integration_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    redirect_uri TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    authorization_id TEXT,
    PRIMARY KEY (organization_id, id)
);
CREATE INDEX reauthorization_requests_attempt ON reauthorization_requests (organization_id, authorization_id);
