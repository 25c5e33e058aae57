-- Arguments for rights and gender equality: concerns that were met, arguments used, what came of it.
CREATE TABLE advocacy_concern (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  programme_id @id NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED, -- C1: programme that met it
  heading @text NOT NULL, -- C1: heading of tool 3.7, such as legislation
  concern @text NOT NULL, -- C1: what is said or feared
  argument @text -- C1: what can be said in reply
);
CREATE INDEX advocacy_concern_programme_id ON advocacy_concern (programme_id);

CREATE TABLE advocacy_use (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  programme_id @id NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED, -- C1: programme
  heading @text NOT NULL, -- C1: heading of tool 3.7
  row @text, -- C1: concern of the Toolkit, such as 3.7-1-01
  concern_id @id REFERENCES advocacy_concern (id) DEFERRABLE INITIALLY DEFERRED, -- C1: concern of our own instead
  argument_row @text, -- C1: row whose argument was used
  argument @text, -- C1: own words that were used
  article @text, -- C1: article of a treaty that was used, such as 2.2-I05 14(1)
  with_sort @text NOT NULL, -- C1: kind of stakeholder
  stakeholder_id @id REFERENCES stakeholder (id) DEFERRABLE INITIALLY DEFERRED, -- C1: body or group
  country @text NOT NULL, -- C1: country it was used in
  used_on @text NOT NULL, -- C1: day
  result @text NOT NULL, -- C3: persuaded, part, not or not_known
  what_worked @text, -- C3: what worked
  next_time @text, -- C3: what to do differently
  lesson @int NOT NULL -- C1: 1 when others can learn from it
);
CREATE INDEX advocacy_use_programme_id ON advocacy_use (programme_id);
CREATE INDEX advocacy_use_concern_id ON advocacy_use (concern_id);
CREATE INDEX advocacy_use_stakeholder_id ON advocacy_use (stakeholder_id);
