-- How often values of an indicator are collected.
ALTER TABLE indicator ADD COLUMN frequency @text -- C1: how often it is collected: monthly, quarterly, half_yearly, yearly, twice, once or event
;
