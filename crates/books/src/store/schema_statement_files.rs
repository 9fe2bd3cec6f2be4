/// The statement files that each journal has at each target, with the balances between which each lies. A row is written
/// before its file is, so that a file which is written again after a crash is the same.
pub const STATEMENT_FILES: &str = "
CREATE TABLE statement_file (
    company_id TEXT NOT NULL,
    target_id TEXT NOT NULL,
    journal_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    parcel TEXT NOT NULL,
    name TEXT,
    from_on TEXT NOT NULL,
    to_on TEXT NOT NULL,
    opening_on TEXT,
    opening_minor BIGINT,
    closing_on TEXT,
    closing_minor BIGINT,
    total_minor BIGINT NOT NULL,
    line_count BIGINT NOT NULL,
    written_at BIGINT,
    PRIMARY KEY (company_id, target_id, journal_id, number)
);
";
