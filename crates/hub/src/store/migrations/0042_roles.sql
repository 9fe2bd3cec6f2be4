ALTER TABLE memberships ADD COLUMN role TEXT NOT NULL DEFAULT 'owner';
CREATE TABLE invitations (
    organization_id TEXT NOT NULL,
    id TEXT NOT NULL,
    email TEXT NOT NULL,
    role TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    invited_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, id)
);
CREATE UNIQUE INDEX invitations_token ON invitations (token_hash)
