ALTER TABLE accounts ADD COLUMN failures BIGINT NOT NULL DEFAULT 0;
CREATE TABLE institution_health (
    institution_id TEXT NOT NULL PRIMARY KEY,
    failing TEXT NOT NULL,
    failing_since BIGINT NOT NULL,
    pauses BIGINT NOT NULL,
    paused_until BIGINT,
    probe TEXT
);
