ALTER TABLE invoices ADD COLUMN again BIGINT NOT NULL DEFAULT 0;
DROP INDEX invoices_month;
CREATE UNIQUE INDEX invoices_month ON invoices (organization_id, month, again) WHERE kind = 'invoice'
