-- What applications know of people who are about to sign up. No organization yet; kept for a short time only.
CREATE TABLE onboarding_details (
    id TEXT PRIMARY KEY,
    application_id TEXT NOT NULL,
    told TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    opened_at BIGINT,
    expires_at BIGINT NOT NULL
);
CREATE INDEX onboarding_details_age ON onboarding_details (expires_at);
ALTER TABLE consent_requests ADD COLUMN onboarding_details_id TEXT;
ALTER TABLE integrations ADD COLUMN partner_reference TEXT;
