CREATE TABLE users (
    id TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX users_email ON users (email_key);
CREATE TABLE failed_log_ins (
    email_key TEXT NOT NULL,
    at BIGINT NOT NULL,
    nonce TEXT NOT NULL,
    PRIMARY KEY (email_key, at, nonce)
);
CREATE TABLE sessions (
    cookie_hash TEXT NOT NULL PRIMARY KEY,
    id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    organization_id TEXT,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);
CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_seen ON sessions (seen_at);
CREATE TABLE organizations (
    organization_id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    vat_number TEXT,
    street TEXT,
    postal_code TEXT,
    city TEXT,
    country TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE TABLE memberships (
    organization_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (organization_id, user_id)
);
CREATE INDEX memberships_user ON memberships (user_id);
CREATE TABLE billing_details (
    organization_id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    street TEXT NOT NULL,
    postal_code TEXT NOT NULL,
    city TEXT NOT NULL,
    country TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE TABLE applications (
    id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT,
    name TEXT NOT NULL,
    client_id TEXT NOT NULL,
    secret_hash TEXT,
    earlier_secret_hash TEXT,
    earlier_secret_until BIGINT,
    redirect_uris TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX applications_client ON applications (client_id);
CREATE INDEX applications_organization ON applications (organization_id);
CREATE TABLE integrations (
    organization_id TEXT NOT NULL,
    id TEXT NOT NULL,
    application_id TEXT NOT NULL,
    scope TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT,
    PRIMARY KEY (organization_id, id)
);
CREATE UNIQUE INDEX integrations_live ON integrations (organization_id, application_id) WHERE revoked_at IS NULL;
CREATE INDEX integrations_application ON integrations (application_id);
CREATE TABLE integration_accounts (
    organization_id TEXT NOT NULL,
    integration_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    removed_at BIGINT,
    last_accessed_at BIGINT,
    PRIMARY KEY (organization_id, integration_id, account_id, added_at)
);
CREATE UNIQUE INDEX integration_accounts_live ON integration_accounts (organization_id, integration_id, account_id)
    WHERE removed_at IS NULL;
CREATE INDEX integration_accounts_account ON integration_accounts (organization_id, account_id);
CREATE TABLE consent_requests (
    request_hash TEXT NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL,
    application_id TEXT NOT NULL,
    redirect_uri TEXT NOT NULL,
    scope TEXT NOT NULL,
    state TEXT,
    code_challenge TEXT,
    expires_at BIGINT NOT NULL
);
CREATE INDEX consent_requests_expiry ON consent_requests (expires_at);
CREATE TABLE authorization_codes (
    code_hash TEXT NOT NULL PRIMARY KEY,
    family TEXT NOT NULL,
    application_id TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    integration_id TEXT NOT NULL,
    redirect_uri TEXT NOT NULL,
    scope TEXT NOT NULL,
    code_challenge TEXT,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX authorization_codes_expiry ON authorization_codes (expires_at);
CREATE TABLE tokens (
    token_hash TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    family TEXT NOT NULL,
    application_id TEXT NOT NULL,
    organization_id TEXT,
    integration_id TEXT,
    scope TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    rotated_at BIGINT
);
CREATE INDEX tokens_family ON tokens (family);
CREATE INDEX tokens_integration ON tokens (organization_id, integration_id);
CREATE INDEX tokens_expiry ON tokens (expires_at);
CREATE TABLE idempotent_answers (
    caller TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    request_digest TEXT NOT NULL,
    status BIGINT,
    body TEXT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (caller, idempotency_key)
);
CREATE INDEX idempotent_answers_age ON idempotent_answers (created_at)
