CREATE TABLE brought_lines (
    organization_id TEXT NOT NULL,
    month TEXT NOT NULL,
    erased_id TEXT NOT NULL,
    lines TEXT NOT NULL,
    PRIMARY KEY (organization_id, month, erased_id)
)
