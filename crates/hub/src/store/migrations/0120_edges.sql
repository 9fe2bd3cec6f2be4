ALTER TABLE accounts ADD COLUMN relist_from TEXT;
CREATE INDEX transactions_bank_id ON transactions (organization_id, account_id, bank_id, booked_on)
