-- What can be searched: rows of packs and texts of records, and an index of their tokens. All of it can be
-- made anew (docs/decisions); the texts of records follow in the transaction that saves them.
CREATE TABLE search_doc (
  id @int PRIMARY KEY, -- C1: hash of source and key; below 2^60 of the library with its shelf, above of records
  source @text NOT NULL, -- C1: record, or the pack it comes from
  kind @text NOT NULL, -- C1: kind of record, or tool, row, chapter, treaty, correction
  key @text NOT NULL, -- C1: id of the record, or tool and row of the pack
  scope @text NOT NULL, -- C1: programme it belongs to, organisation, or * for everybody
  title @text NOT NULL, -- C3: first line of it
  body @text NOT NULL -- C3: its other texts
);
CREATE INDEX search_doc_source ON search_doc (source);
CREATE TABLE search_source (
  source @text PRIMARY KEY, -- C1: record, or a pack
  state @text NOT NULL -- C1: hash of what was taken in; another one: it must be made anew
);
-- sqlite:
CREATE VIRTUAL TABLE search_index USING fts5 (title, body, tokenize = 'ascii');
INSERT INTO search_index (search_index, rank) VALUES ('rank', 'bm25(4.0, 1.0)');
-- postgres:
CREATE TABLE search_index (
  rowid bigint PRIMARY KEY,
  title text NOT NULL,
  body text NOT NULL,
  tokens tsvector NOT NULL GENERATED ALWAYS AS
    (setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', body), 'D')) STORED
);
CREATE INDEX search_index_tokens ON search_index USING gin (tokens);
