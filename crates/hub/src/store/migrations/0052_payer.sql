ALTER TABLE applications ADD COLUMN paid_by TEXT;
CREATE INDEX applications_payer ON applications (paid_by)
