CREATE TABLE institution_standings (
    institution_id TEXT NOT NULL PRIMARY KEY,
    state TEXT NOT NULL,
    maintained_by TEXT,
    replaced_by TEXT,
    set_at BIGINT NOT NULL
);
CREATE TABLE bank_wishes (
    organization_id TEXT NOT NULL,
    bic TEXT NOT NULL,
    email TEXT NOT NULL,
    wished_at BIGINT NOT NULL,
    told_at BIGINT,
    PRIMARY KEY (organization_id, bic, email)
);
CREATE TABLE problem_reports (
    organization_id TEXT NOT NULL,
    id TEXT NOT NULL,
    institution_id TEXT NOT NULL,
    email TEXT NOT NULL,
    words TEXT NOT NULL,
    diagnostic TEXT NOT NULL,
    reported_at BIGINT NOT NULL,
    closed_at BIGINT,
    PRIMARY KEY (organization_id, id)
);
CREATE INDEX problem_reports_institution ON problem_reports (institution_id, reported_at);
