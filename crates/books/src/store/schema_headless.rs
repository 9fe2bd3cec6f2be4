/// Companies that the operator's settings file names, and the processes that do the books' work just now.
pub const HEADLESS: &str = "
ALTER TABLE company ADD COLUMN label TEXT;
CREATE UNIQUE INDEX company_label ON company (label);
CREATE TABLE worker (
    holder TEXT NOT NULL PRIMARY KEY,
    seen_at BIGINT NOT NULL
);
";
