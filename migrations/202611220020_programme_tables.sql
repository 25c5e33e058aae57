-- Programmes, their partners and revisions, evidence and actions.
CREATE TABLE programme (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  number @text NOT NULL UNIQUE, -- C1: short code people use, unique
  title @text NOT NULL, -- C1: full title
  objective @text, -- C1: what the programme wants to change
  crime @text NOT NULL, -- C1: trafficking in persons, smuggling of migrants or both
  starts_on @text NOT NULL, -- C1: first day
  ends_on @text NOT NULL, -- C1: last day, with extensions
  state @text NOT NULL, -- C1: planned, running or closed
  areas @text, -- C1: areas of work
  countries @text, -- C1: ISO 3166-1 alpha-2 codes
  currency @text NOT NULL, -- C1: ISO 4217 code of all its money
  approved_total_minor @int, -- C1: total approved budget as printed, minor units
  overall_total_minor @int, -- C1: total budget with what is not yet funded, minor units
  manager_id @id REFERENCES "user" (id) DEFERRABLE INITIALLY DEFERRED, -- C2: who runs it
  links @text, -- C1: other programmes and strategies it serves
  source @text -- C1: where these facts come from
);
CREATE INDEX programme_manager_id ON programme (manager_id);

CREATE TABLE partner (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  programme_id @id NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED, -- C1: programme
  name @text NOT NULL, -- C1: name of the organisation
  role @text -- C1: its part in the programme
);
CREATE INDEX partner_programme_id ON partner (programme_id);

CREATE TABLE revision (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  programme_id @id NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED, -- C1: programme
  number @int NOT NULL, -- C1: order of the revision, from 1
  decided_on @text, -- C1: day of the decision
  reason @text NOT NULL, -- C1: why
  changes_budget @int, -- C1: 1 when the budget changes
  changes_time @int, -- C1: 1 when the period changes
  changes_logframe @int, -- C1: 1 when outcomes, outputs or indicators change
  overall_before_minor @int, -- C1: minor units
  overall_after_minor @int, -- C1: minor units
  ends_on_after @text, -- C1: last day after the revision
  what_changed @text, -- C1: what is different now
  source @text -- C1: where these facts come from
);
CREATE INDEX revision_programme_id ON revision (programme_id);

CREATE TABLE evidence (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  about_kind @text NOT NULL, -- C1: kind of the record it supports
  about_id @text NOT NULL, -- C1: id of the record it supports
  programme_id @id REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED, -- C1: programme
  title @text NOT NULL, -- C1: what it is
  link @text, -- C1: web address
  file_hash @text, -- C1: content hash of the file
  file_name @text, -- C2: name the file had
  file_size @int, -- C1: bytes
  media_type @text, -- C1: media type
  note @text -- C3: what it shows
);
CREATE INDEX evidence_programme_id ON evidence (programme_id);
CREATE INDEX evidence_about ON evidence (about_id);

CREATE TABLE action (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  about_kind @text NOT NULL, -- C1: kind of the record it answers
  about_id @text NOT NULL, -- C1: id of the record it answers
  programme_id @id REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED, -- C1: programme
  what @text NOT NULL, -- C1: what will be done
  owner_id @id REFERENCES "user" (id) DEFERRABLE INITIALLY DEFERRED, -- C2: who will do it
  due_on @text, -- C1: day it should be done
  state @text NOT NULL, -- C1: open, done or dropped
  done_on @text -- C1: day it was done
);
CREATE INDEX action_programme_id ON action (programme_id);
CREATE INDEX action_owner_id ON action (owner_id);
CREATE INDEX action_about ON action (about_id);
