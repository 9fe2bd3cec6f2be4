CREATE TABLE bank_lists (
    host TEXT NOT NULL PRIMARY KEY,
    due_at BIGINT NOT NULL
);
CREATE TABLE listed_banks (
    host TEXT NOT NULL,
    bic TEXT NOT NULL,
    institution_id TEXT NOT NULL,
    told TEXT NOT NULL,
    gone_at BIGINT,
    PRIMARY KEY (host, bic)
);
CREATE UNIQUE INDEX listed_banks_institution ON listed_banks (institution_id)
