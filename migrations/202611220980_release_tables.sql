-- Releases: tables about people that may leave, rounded once, proved, and published by a second person.
CREATE TABLE release (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  programme_id @id NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED, -- C1: programme it belongs to
  code @text NOT NULL, -- C1: its name, in addresses and files
  title @text NOT NULL, -- C1: title
  indicator_id @id NOT NULL REFERENCES indicator (id) DEFERRABLE INITIALLY DEFERRED, -- C1: indicator whose people are counted
  split_by @text, -- C1: characteristics, country and period it is by, separated by commas
  class @text NOT NULL, -- C1: class of data, from the pack of disclosure control
  base @int, -- C1: counts are rounded to multiples of it
  periods @text, -- C1: periods with their state when drawn, and the release in which each was drawn
  cutoff_on @text, -- C1: day on which the values were counted
  collapsed @text, -- C1: what was given up because the table was too thin
  repeats @int, -- C1: the same person may be counted in several of its cells
  counts @text, -- C1: the rounded table as CSV; never a true inner count
  seed_commitment @text, -- C1: hash of the secret seed, from which nothing follows
  made_by @text, -- C1: id of the person who made it, or owner
  audited_on @text, -- C1: day of the proof
  audited_against @text, -- C1: names of the earlier releases that the proof took in
  verdict @text, -- C1: protected, open or unproved
  audited_counts @int, -- C1: counts whose interval was proved
  weakest_low @int, -- C1: lower end of the narrowest interval
  weakest_high @int, -- C1: its upper end
  published_by @text, -- C1: id of the person who published it, or owner
  published_on @text, -- C1: day on which it was published
  reason @text, -- C1: why it was refused or withdrawn
  state @text NOT NULL -- C1: draft, audited, published, refused or withdrawn
);
CREATE UNIQUE INDEX release_code ON release (code);
CREATE INDEX release_indicator ON release (indicator_id);
