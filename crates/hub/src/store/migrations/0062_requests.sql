CREATE TABLE integration_requests (
    organization_id TEXT NOT NULL,
    integration_id TEXT NOT NULL,
    day TEXT NOT NULL,
    requests BIGINT NOT NULL,
    PRIMARY KEY (organization_id, integration_id, day)
);
