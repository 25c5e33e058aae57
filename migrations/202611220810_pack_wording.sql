-- Official wording of rows of packs, laid over ours by somebody who holds the published document.
CREATE TABLE wording (
  id @id PRIMARY KEY, -- C1: identifier
  version @text NOT NULL, -- C1: hash of the change that made this state
  changed_at @text NOT NULL, -- C1: when that was, UTC
  pack @text NOT NULL, -- C1: id of the pack
  row @text NOT NULL, -- C1: row, tool or level of the pack, such as 3.4-R07
  cell @text NOT NULL, -- C1: which text of the row: text, mitigation, means, ...
  text @text NOT NULL -- C1: the wording, in the characters of the document
);
CREATE UNIQUE INDEX wording_pack_row_cell ON wording (pack, row, cell);
