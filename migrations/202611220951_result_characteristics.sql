-- Values by place and by any characteristic: a part of a value names its characteristics in one text instead of
-- having a column for sex and one for age, and shares can be split too. The log keeps the older fields; the
-- description of the kind says what became of them.
ALTER TABLE indicator ADD COLUMN repeats @text -- C1: where the same person can be counted again
;
ALTER TABLE indicator ADD COLUMN per_country @int -- C1: 1 when each country of the programme has a value of its own
;
ALTER TABLE observation ADD COLUMN country @text -- C1: country it is about; empty for the whole programme
;

DROP INDEX observation_part_cell;
DROP INDEX observation_part_observation_id;
ALTER TABLE observation_part RENAME TO observation_part_before;
CREATE TABLE observation_part (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  observation_id @id NOT NULL REFERENCES observation (id) DEFERRABLE INITIALLY DEFERRED, -- C1: value it is a part of
  split @text NOT NULL, -- C1: characteristics, such as age=18-24 sex=female, in the order of their codes
  value @text, -- C2: number of people
  numerator @text, -- C2: part, of a share
  denominator @text -- C2: whole, of a share
);
INSERT INTO observation_part (id, version, changed_at, observation_id, split, value)
SELECT id, version, changed_at, observation_id, 'age=' || age || ' sex=' || sex, value
  FROM observation_part_before;
DROP TABLE observation_part_before;
CREATE INDEX observation_part_observation_id ON observation_part (observation_id);
CREATE UNIQUE INDEX observation_part_split ON observation_part (observation_id, split);
