CREATE TABLE debit_files (
    name TEXT NOT NULL PRIMARY KEY,
    collect_on TEXT NOT NULL,
    invoices BIGINT NOT NULL,
    content TEXT NOT NULL,
    made_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX invoice_collections_live ON invoice_collections (organization_id, invoice_id) WHERE returned_on IS NULL
