//! What came with work that fails here, not at a provider or a target.

/// A step of an import that fails here is tried a few times, later each time, before it is given up.
pub const TRIES: &str = "
ALTER TABLE import_account ADD COLUMN tries BIGINT NOT NULL DEFAULT 0;
ALTER TABLE import_account ADD COLUMN again_at BIGINT;
";
