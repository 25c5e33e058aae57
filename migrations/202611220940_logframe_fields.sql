-- What a logframe shows and no record held: what must hold for a result, where an indicator's data come
-- from, and what a programme calls its levels.
ALTER TABLE result ADD COLUMN assumptions @text -- C1: what must hold outside the programme
;
ALTER TABLE indicator ADD COLUMN source @text -- C1: where the data come from
;
ALTER TABLE programme ADD COLUMN goal_name @text -- C1: what the programme calls a goal
;
ALTER TABLE programme ADD COLUMN outcome_name @text -- C1: what the programme calls an outcome
;
ALTER TABLE programme ADD COLUMN output_name @text -- C1: what the programme calls an output
;
