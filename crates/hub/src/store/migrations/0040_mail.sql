ALTER TABLE users ADD COLUMN language TEXT NOT NULL DEFAULT 'en';
CREATE TABLE mails (
    organization_id TEXT NOT NULL,
    id TEXT NOT NULL,
    mail_key TEXT NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    sealed_message TEXT,
    state TEXT NOT NULL,
    tries BIGINT NOT NULL,
    problem TEXT,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, id)
);
CREATE UNIQUE INDEX mails_key ON mails (organization_id, mail_key)
