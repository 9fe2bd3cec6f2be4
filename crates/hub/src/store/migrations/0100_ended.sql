CREATE INDEX synchronizations_created ON synchronizations (created_at)
