-- Packs of the office: one record for each file, so that log, history, undo, backup and checks hold for them.
CREATE TABLE pack_file (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  pack @text NOT NULL, -- C1: id of the pack
  name @text NOT NULL, -- C1: path of the file in the pack, such as tools/office-3.1.yaml
  text @text -- C1: what is in the file; empty files have none
);
CREATE UNIQUE INDEX pack_file_pack_name ON pack_file (pack, name);
