CREATE INDEX raw_answers_files ON raw_answers (organization_id, account_id) WHERE endpoint = 'file'
