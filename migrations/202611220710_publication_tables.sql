-- Communication products of a programme: what goes out in its name to the public or to a target group.
CREATE TABLE publication (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  programme_id @id NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED, -- C1: programme it belongs to
  code @text NOT NULL, -- C1: short code within the programme
  title @text NOT NULL, -- C1: title
  sort @text NOT NULL, -- C1: campaign, print, film, web, training, report or other
  audience @text, -- C1: who is meant to see it
  languages @text, -- C1: languages it comes in
  planned_on @text, -- C1: when it is to come out
  published_on @text, -- C1: when it came out
  link @text, -- C1: where it can be seen
  state @text NOT NULL, -- C1: planned, made, published or withdrawn
  note @text -- C1: anything else
);
CREATE UNIQUE INDEX publication_code ON publication (programme_id, code);
