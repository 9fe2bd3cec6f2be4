DROP TABLE failed_log_ins;
CREATE TABLE throttles (
    scope TEXT NOT NULL PRIMARY KEY,
    since BIGINT NOT NULL,
    uses BIGINT NOT NULL
);
CREATE INDEX throttles_age ON throttles (since);
CREATE TABLE email_links (
    token_hash TEXT NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    next_page TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX email_links_email ON email_links (email_key);
CREATE INDEX email_links_age ON email_links (expires_at)
