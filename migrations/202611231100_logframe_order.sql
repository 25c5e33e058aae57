-- The order of results and indicators in the logframe, where people changed it.
ALTER TABLE result ADD COLUMN position @int -- C1: place among the results of its level that serve the same, from 1; empty: behind those, by code
;
ALTER TABLE indicator ADD COLUMN position @int -- C1: place among the indicators of its result, from 1; empty: behind those, by code
;
