-- Assessments about publications, and answers that are more than a word and a text: one for each
-- stakeholder or group of a matrix, one for each year of a profile, with what the tool asks beside them.
ALTER TABLE assessment ADD COLUMN publication_id @id REFERENCES publication (id) DEFERRABLE INITIALLY DEFERRED -- C1: publication it is about
;
CREATE INDEX assessment_publication_id ON assessment (publication_id);
CREATE INDEX assessment_country ON assessment (country);

DROP INDEX answer_assessment_id;
DROP INDEX answer_row;
ALTER TABLE answer RENAME TO answer_before;
CREATE TABLE answer (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  assessment_id @id NOT NULL REFERENCES assessment (id) DEFERRABLE INITIALLY DEFERRED, -- C1: assessment it belongs to
  row @text NOT NULL, -- C1: row of the tool, such as 3.1-Q01
  stakeholder_id @id REFERENCES stakeholder (id) DEFERRABLE INITIALLY DEFERRED, -- C1: column of a matrix
  group_code @text, -- C1: column of a matrix: group the tool names
  year @int, -- C1: year a value of a profile is about
  value @text, -- C3: answer: a level of the scale, a figure, or words
  how @text, -- C3: how it is or will be addressed, or why it is so
  provision @text, -- C3: where it stands in the law
  link @text, -- C3: where the text can be read
  missing @text, -- C3: what is missing
  source @text, -- C3: where a value was taken from
  female @text, -- C3: the value for women and girls
  male @text -- C3: the value for men and boys
);
INSERT INTO answer (id, version, changed_at, assessment_id, row, value, how)
  SELECT id, version, changed_at, assessment_id, row, value, how FROM answer_before;
DROP TABLE answer_before;
CREATE INDEX answer_assessment_id ON answer (assessment_id);
CREATE INDEX answer_stakeholder_id ON answer (stakeholder_id);
CREATE UNIQUE INDEX answer_row ON answer (assessment_id, row, COALESCE(stakeholder_id, ''), COALESCE(group_code, ''), COALESCE(year, 0));
