-- Theories of change and named versions of the logframe.
CREATE TABLE theory (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  programme_id @id NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED, -- C1: programme
  name @text NOT NULL, -- C1: what it is called
  origin @text NOT NULL, -- C1: planned, reconstructed or revised
  drawn_on @text NOT NULL, -- C1: day it was drawn up
  by_whom @text, -- C1: team, office or role that drew it up
  why @text -- C1: why this version was made, and from what
);
CREATE INDEX theory_programme_id ON theory (programme_id);

CREATE TABLE result_link (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  theory_id @id NOT NULL REFERENCES theory (id) DEFERRABLE INITIALLY DEFERRED, -- C1: version it belongs to
  cause_id @id NOT NULL REFERENCES result (id) DEFERRABLE INITIALLY DEFERRED, -- C1: result that leads to the other
  effect_id @id NOT NULL REFERENCES result (id) DEFERRABLE INITIALLY DEFERRED, -- C1: result it leads to
  assumption @text, -- C1: what must hold for that
  strength @text, -- C1: strength of the evidence: strong, some, weak or none
  evidence @text, -- C1: what shows it
  sphere @text, -- C1: control, influence or interest
  note @text -- C1: remarks
);
CREATE INDEX result_link_theory_id ON result_link (theory_id);
CREATE INDEX result_link_cause_id ON result_link (cause_id);
CREATE INDEX result_link_effect_id ON result_link (effect_id);

CREATE TABLE logframe_version (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  programme_id @id NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED, -- C1: programme
  name @text NOT NULL, -- C1: what it is called
  as_of @text NOT NULL, -- C1: the logframe as it was at the end of this day, or at this moment in UTC
  note @text -- C1: why it is kept
);
CREATE INDEX logframe_version_programme_id ON logframe_version (programme_id);
