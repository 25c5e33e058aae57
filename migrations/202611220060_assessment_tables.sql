-- Tools filled in: assessments and their answers.
CREATE TABLE assessment (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  programme_id @id REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED, -- C1: programme it is about
  country @text, -- C1: country it is about
  tool @text NOT NULL, -- C1: id of the tool, such as 3.1
  pack @text NOT NULL, -- C1: id of the pack
  pack_version @text NOT NULL, -- C1: version the tool had
  title @text, -- C1: title
  state @text NOT NULL, -- C1: draft, submitted, returned or approved
  return_reason @text, -- C3: what must be mended
  assigned_id @id REFERENCES "user" (id) DEFERRABLE INITIALLY DEFERRED -- C2: who fills it in
);
CREATE INDEX assessment_programme_id ON assessment (programme_id);
CREATE INDEX assessment_assigned_id ON assessment (assigned_id);

CREATE TABLE answer (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  assessment_id @id NOT NULL REFERENCES assessment (id) DEFERRABLE INITIALLY DEFERRED, -- C1: assessment it belongs to
  row @text NOT NULL, -- C1: row of the tool, such as 3.1-Q01
  value @text NOT NULL, -- C3: answer
  how @text -- C3: how it is or will be addressed
);
CREATE INDEX answer_assessment_id ON answer (assessment_id);
CREATE UNIQUE INDEX answer_row ON answer (assessment_id, row);
