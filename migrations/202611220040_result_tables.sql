-- Results, indicators, targets and observations.
CREATE TABLE result (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  programme_id @id NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED, -- C1: programme
  level @text NOT NULL, -- C1: goal, outcome or output
  code @text NOT NULL, -- C1: short code within the programme
  parent_id @id REFERENCES result (id) DEFERRABLE INITIALLY DEFERRED, -- C1: result it serves
  statement @text NOT NULL -- C1: what will be different
);
CREATE INDEX result_programme_id ON result (programme_id);
CREATE INDEX result_parent_id ON result (parent_id);

CREATE TABLE indicator (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  programme_id @id NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED, -- C1: programme
  code @text NOT NULL UNIQUE, -- C1: short code, unique: number of the programme, stroke, number
  result_id @id REFERENCES result (id) DEFERRABLE INITIALLY DEFERRED, -- C1: result it measures
  row @text, -- C1: row it was adopted from, such as 4.3.3-R05.1
  title @text NOT NULL, -- C1: what is measured
  definition @text, -- C1: exactly what is counted, and what is not
  unit @text NOT NULL, -- C1: kind of unit
  direction @text NOT NULL, -- C1: whether more is better
  accumulation @text NOT NULL, -- C1: how periods are put together
  disaggregation @text, -- C1: characteristics values are split by
  means @text, -- C1: how the value can be checked
  assumptions @text, -- C1: what must hold for it to tell the truth
  baseline @text, -- C1: value before the work
  baseline_on @text, -- C1: day of the baseline
  baseline_note @text, -- C1: where the baseline comes from
  owner_id @id REFERENCES "user" (id) DEFERRABLE INITIALLY DEFERRED, -- C2: who collects the values
  state @text NOT NULL -- C1: in use or not
);
CREATE INDEX indicator_programme_id ON indicator (programme_id);
CREATE INDEX indicator_result_id ON indicator (result_id);
CREATE INDEX indicator_owner_id ON indicator (owner_id);

CREATE TABLE target (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  indicator_id @id NOT NULL REFERENCES indicator (id) DEFERRABLE INITIALLY DEFERRED, -- C1: indicator
  due_on @text NOT NULL, -- C1: day
  value @text NOT NULL, -- C1: value to be reached
  reason @text, -- C1: why it was set or changed
  replaced @int -- C1: 1 when a newer target takes its place
);
CREATE INDEX target_indicator_id ON target (indicator_id);

CREATE TABLE observation (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  indicator_id @id NOT NULL REFERENCES indicator (id) DEFERRABLE INITIALLY DEFERRED, -- C1: indicator
  period_from @text NOT NULL, -- C1: first day of the period
  period_to @text NOT NULL, -- C1: last day of the period
  value @text, -- C1: value, for counts and scores
  numerator @text, -- C1: upper number of a percentage
  denominator @text, -- C1: lower number of a percentage
  answer @text, -- C1: answer, for yes or no
  source @text, -- C1: document or person it comes from
  note @text, -- C1: note
  state @text NOT NULL, -- C1: entered, verified, approved, locked or returned
  return_reason @text -- C1: what must be mended
);
CREATE INDEX observation_indicator_id ON observation (indicator_id);

CREATE TABLE observation_part (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  observation_id @id NOT NULL REFERENCES observation (id) DEFERRABLE INITIALLY DEFERRED, -- C1: value it is a part of
  sex @text NOT NULL, -- C1: as people describe themselves
  age @text NOT NULL, -- C1: age group
  value @text NOT NULL -- C2: number of people
);
CREATE INDEX observation_part_observation_id ON observation_part (observation_id);
CREATE UNIQUE INDEX observation_part_cell ON observation_part (observation_id, sex, age);
