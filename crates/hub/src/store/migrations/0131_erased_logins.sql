ALTER TABLE audit_entries ADD COLUMN erased TEXT
