-- Values of an indicator are looked for by their period whenever one is saved or read from a file.
DROP INDEX observation_indicator_id;
CREATE INDEX observation_indicator_period ON observation (indicator_id, period_from, period_to);
