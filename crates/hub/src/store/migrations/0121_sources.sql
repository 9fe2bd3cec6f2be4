ALTER TABLE balances ADD COLUMN raw_id TEXT;
ALTER TABLE balances ADD COLUMN withdrawn BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE balances SET raw_id = (
    SELECT MAX(f.raw_id) FROM statement_files AS f
    WHERE f.organization_id = balances.organization_id AND f.account_id = balances.account_id
        AND f.first_balance < balances.seq AND balances.seq <= f.last_balance
)
