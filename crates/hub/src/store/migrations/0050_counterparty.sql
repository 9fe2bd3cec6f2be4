ALTER TABLE transactions ADD COLUMN counterparty TEXT NOT NULL DEFAULT '';
UPDATE transactions SET counterparty = search
